//! Text of other programs: UTF-8, with or without a byte order mark; anything else is named, never
//! guessed at and read.

use std::borrow::Cow;

use encoding_rs::GB18030;

/// What a text is written in that is not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Foreign {
    /// UTF-16, with or without a byte order mark, either way round.
    Utf16,
    /// GB18030, which GBK and GB2312 are parts of.
    Gb18030,
    /// None that is known here.
    Unknown,
}

impl Foreign {
    /// Every kind.
    pub const ALL: [Foreign; 3] = [Foreign::Utf16, Foreign::Gb18030, Foreign::Unknown];

    /// The end of the message id `encoding-...`.
    pub fn code(self) -> &'static str {
        match self {
            Foreign::Utf16 => "utf-16",
            Foreign::Gb18030 => "gb18030",
            Foreign::Unknown => "unknown",
        }
    }
}

/// A text that is not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotUtf8 {
    /// What it is most likely written in.
    pub encoding: Foreign,
    /// The line, counted from 1, in which this is seen.
    pub line: usize,
}

/// The byte order mark of UTF-8, which some programs put in front of a text.
pub const MARK: &[u8] = b"\xef\xbb\xbf";

/// The bytes behind one byte order mark of UTF-8, where there is one.
pub fn behind_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK).unwrap_or(bytes)
}

/// The text of bytes that another program wrote, without a byte order mark. Line ends stay as they are.
///
/// # Errors
/// [`NotUtf8`]: what it is written in instead.
pub fn text(bytes: &[u8]) -> Result<&str, NotUtf8> {
    let bytes = behind_mark(bytes);
    if is_utf_16(bytes) {
        return Err(NotUtf8 {
            encoding: Foreign::Utf16,
            line: 1,
        });
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        NotUtf8 {
            encoding: of(bytes),
            line: 1 + good.iter().filter(|byte| **byte == b'\n').count(),
        }
    })
}

/// What bytes that are not UTF-8 are most likely written in.
pub fn of(bytes: &[u8]) -> Foreign {
    if is_utf_16(bytes) {
        Foreign::Utf16
    } else if is_gb18030(bytes) {
        Foreign::Gb18030
    } else {
        Foreign::Unknown
    }
}

/// A byte order mark of UTF-16, or every other byte of the beginning is zero where the text is Latin.
fn is_utf_16(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return true;
    }
    let start = bytes.get(..bytes.len().min(512)).unwrap_or_default();
    let pairs = start.chunks_exact(2).count();
    let zeros = |place: usize| {
        let at = start.chunks_exact(2).filter_map(|pair| pair.get(place));
        at.filter(|byte| **byte == 0).count()
    };
    // No text in UTF-8 holds so many zeros, and on one side only.
    pairs > 0
        && [(0, 1), (1, 0)]
            .iter()
            .any(|(side, other)| zeros(*side) * 4 >= pairs && zeros(*other) == 0)
}

/// It reads as GB18030 without a mistake, and what is not ASCII in it is mostly Chinese. A piece that
/// is cut in the middle of a character counts as well.
fn is_gb18030(bytes: &[u8]) -> bool {
    let whole = (0..4).find_map(|cut| {
        let piece = bytes.get(..bytes.len().checked_sub(cut)?)?;
        GB18030.decode_without_bom_handling_and_without_replacement(piece)
    });
    let Some(text) = whole else {
        return false;
    };
    let text: &Cow<str> = &text;
    let (mut chinese, mut other) = (0, 0);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        match u32::from(c) {
            0x3000..=0x303F | 0x4E00..=0x9FFF | 0xFF00..=0xFF60 => chinese += 1,
            _ => other += 1,
        }
    }
    chinese > other
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn utf_16(text: &str, turned: bool) -> Vec<u8> {
        let units = text.encode_utf16();
        let bytes = |unit: u16| match turned {
            true => unit.to_be_bytes(),
            false => unit.to_le_bytes(),
        };
        units.flat_map(bytes).collect()
    }

    #[test]
    fn one_mark_is_skipped_and_other_encodings_are_named() {
        let gb = |text: &str| GB18030.encode(text).0.into_owned();
        let fault = |encoding, line| Err(NotUtf8 { encoding, line });
        let table: [(&str, Vec<u8>, Result<&str, NotUtf8>); 13] = [
            ("nothing", vec![], Ok("")),
            ("plain", b"a\r\nb".to_vec(), Ok("a\r\nb")),
            ("a mark", b"\xef\xbb\xbfa".to_vec(), Ok("a")),
            (
                "two marks",
                b"\xef\xbb\xbf\xef\xbb\xbfa".to_vec(),
                Ok("\u{feff}a"),
            ),
            ("Chinese", "型号 王小明".into(), Ok("型号 王小明")),
            (
                "UTF-16 with a mark",
                [b"\xff\xfe".to_vec(), utf_16("王", false)].concat(),
                fault(Foreign::Utf16, 1),
            ),
            (
                "UTF-16 with a mark, turned",
                [b"\xfe\xff".to_vec(), utf_16("王", true)].concat(),
                fault(Foreign::Utf16, 1),
            ),
            (
                "UTF-16",
                utf_16("from = \"2027\"", false),
                fault(Foreign::Utf16, 1),
            ),
            (
                "UTF-16, turned",
                utf_16("{\"a\":1}", true),
                fault(Foreign::Utf16, 1),
            ),
            (
                "UTF-16, Latin and Chinese",
                utf_16("name = \"王小明\"\n", false),
                fault(Foreign::Utf16, 1),
            ),
            (
                "GB18030",
                gb("from = 1\nname = \"王小明，售后\"\n"),
                fault(Foreign::Gb18030, 2),
            ),
            (
                "Latin-1",
                b"x\ncaf\xe9 cr\xe8me\n".to_vec(),
                fault(Foreign::Unknown, 2),
            ),
            ("bytes", vec![b'a', 0xff, 0xff], fault(Foreign::Unknown, 1)),
        ];
        for (name, bytes, expected) in table {
            assert_eq!(text(&bytes), expected, "{name}");
        }
    }

    #[test]
    fn a_zero_in_a_text_makes_it_no_utf_16() {
        assert_eq!(
            text(b"a\0b and more that follows it"),
            Ok("a\0b and more that follows it")
        );
    }

    proptest! {
        #[test]
        fn a_text_is_itself_with_and_without_a_mark(written in "[^\u{0}\u{feff}]{0,40}") {
            prop_assert_eq!(text(written.as_bytes()), Ok(written.as_str()));
            let marked = [MARK, written.as_bytes()].concat();
            prop_assert_eq!(text(&marked), Ok(written.as_str()));
        }

        #[test]
        fn any_bytes_have_an_answer(bytes in any::<Vec<u8>>()) {
            let _ = text(&bytes);
        }

        #[test]
        fn chinese_of_other_programs_is_named(written in "[a-z \n]{0,9}[一-龥]{2,30}[a-z\n]{0,9}") {
            let bytes = GB18030.encode(&written).0;
            // Two characters of it can happen to be UTF-8 as well.
            if let Err(fault) = text(&bytes) {
                prop_assert_eq!(fault.encoding, Foreign::Gb18030);
            }
            let bytes = [b"\xff\xfe".to_vec(), utf_16(&written, false)].concat();
            prop_assert_eq!(text(&bytes).unwrap_err().encoding, Foreign::Utf16);
        }
    }
}
