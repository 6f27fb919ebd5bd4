//! The bytes of the keyboard.

use super::{cases, in_time};
use aftercare::app::input::{Decoder, Input};
use proptest::prelude::*;
use ratatui::crossterm::event::KeyCode;

/// What terminals send, whole and in pieces, and what they never do.
const PIECES: &[&[u8]] = &[
    b"\x1b",
    b"\x1b[",
    b"\x1b[A",
    b"\x1bOP",
    b"\x1b[15~",
    b"\x1b[1;5D",
    b"\x1b[200~",
    b"\x1b[201~",
    b"\x1b[M",
    b"\x1b[<0;1;1M",
    b"\x1b[?64;1c",
    b"\x1b]52;c;",
    b"\x07",
    b"\x1b\\",
    b"\x1bP",
    b"\x1b_",
    b"\x1b^",
    b"\x9b",
    b"\xc2\x9b",
    b"\xe7\x8e\x8b",
    b"\xe7",
    b"\x8e",
    b"\xf0\x9f",
    b"\xff",
    b"\xed\xa0\x80",
    b"\xc0\x80",
    b"\r",
    b"\n",
    b"\r\n",
    b"\t",
    b"\x7f",
    b"\x08",
    b"\x00",
    b"\x03",
    b"a",
    b"Z",
    b"1",
    b";",
    b"~",
    b"u",
    b"R",
    b"c",
    b"n",
    b"y",
    b"q",
    b" ",
    b"$",
    b"?",
    b">",
    b"9999999999",
    b"\x1b[97;5u",
    b"\x1b[57344u",
    b"\x1b[27;2;13~",
    b"\x1b[[A",
    b"\x1b[;",
    b"\x1b[1;",
    b"\x1b[I",
];

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        9 => prop::sample::select(PIECES).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 1..4),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Text as a person copies it: no end of a paste inside.
fn pasted() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-z王\r\n\t\u{1b}\\[\u{202e}0-9~]{0,60}"]
        .prop_filter("the end of a paste", |text| !text.contains("\u{1b}[201~"))
}

/// The same text cut anywhere comes in pieces: put together again.
fn joined(inputs: Vec<Input>) -> Vec<Input> {
    let mut all: Vec<Input> = Vec::new();
    for input in inputs {
        match (all.last_mut(), input) {
            (Some(Input::Paste(before)), Input::Paste(more)) => before.push_str(&more),
            (_, other) => all.push(other),
        }
    }
    all
}

proptest! {
    #![proptest_config(cases(3_000))]

    #[test]
    fn it_does_not_matter_where_the_line_cuts(bytes in bytes(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6)) {
        let whole = Decoder::default().feed(&bytes);
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        let mut decoder = Decoder::default();
        let mut inputs = Vec::new();
        for ends in cuts.windows(2) {
            inputs.extend(decoder.feed(&bytes[ends[0]..ends[1]]));
        }
        prop_assert_eq!(joined(inputs), joined(whole), "cut at {:?}", cuts);
    }

    #[test]
    fn after_a_pause_the_next_key_is_the_next_key(bytes in bytes()) {
        let mut decoder = Decoder::default();
        decoder.feed(&bytes);
        // Twice for a paste without an end, once more for a character without one.
        while decoder.patience(std::time::Instant::now()).is_some() {
            decoder.pause();
        }
        let inputs = decoder.feed(b"\x1b[Ax");
        let codes: Vec<KeyCode> = inputs.iter().filter_map(|input| match input {
            // The beginning of a character that never went on.
            Input::Key(key) => Some(key.code).filter(|code| *code != KeyCode::Char('\u{fffd}')),
            _ => None,
        }).collect();
        prop_assert_eq!(codes, [KeyCode::Up, KeyCode::Char('x')]);
    }

    #[test]
    fn a_paste_is_what_was_copied(text in pasted(), cut in any::<prop::sample::Index>()) {
        let sent = [b"\x1b[200~", text.as_bytes(), b"\x1b[201~"].concat();
        let (a, b) = sent.split_at(cut.index(sent.len() + 1));
        let mut decoder = Decoder::default();
        let mut inputs = decoder.feed(a);
        inputs.extend(decoder.feed(b));
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        let wanted = if lines.is_empty() { vec![] } else { vec![Input::Paste(lines)] };
        prop_assert_eq!(joined(inputs), wanted);
        prop_assert_eq!(decoder.finish(), vec![]);
    }

    #[test]
    fn a_paste_cut_off_anywhere_keeps_whole_characters(text in pasted(), cut in any::<prop::sample::Index>()) {
        let sent = [b"\x1b[200~", text.as_bytes()].concat();
        let cut = cut.index(sent.len() + 1);
        let mut decoder = Decoder::default();
        let mut inputs = decoder.feed(&sent[..cut]);
        inputs.extend(decoder.finish());
        let got: String = inputs.iter().map(|input| match input {
            Input::Paste(text) => text.as_str(),
            other => panic!("{other:?}"),
        }).collect();
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        // What was cut in its middle is a mark; nothing else is invented.
        let got = got.trim_end_matches('\u{fffd}');
        let whole = lines.starts_with(got) || lines.starts_with(got.trim_end_matches('\n'));
        prop_assert!(whole, "{:?} of {:?}", got, lines);
        let least = cut.saturating_sub(6 + 6 + 3);
        prop_assert!(text.floor_char_boundary(least) <= got.len() + text.matches("\r\n").count());
    }

    #[test]
    fn every_control_character_is_a_key_of_its_own(bytes in bytes()) {
        let mut decoder = Decoder::default();
        let mut inputs = decoder.feed(&bytes);
        inputs.extend(decoder.pause());
        for input in inputs {
            if let Input::Key(key) = input && let KeyCode::Char(c) = key.code {
                prop_assert!(!c.is_ascii_control(), "{:?}", key);
            }
        }
    }
}

#[test]
fn a_megabyte_of_keys_is_read_in_a_moment() {
    let floods: [&[u8]; 9] = [
        b"a",
        b"\x1b",
        b"\x1b[",
        b"\xff",
        b"\x1b]x",
        b"\x1b[200~x\x1b[201~",
        b"\x1b[200~",
        b"\xe7\x8e",
        b"\x1b[1;",
    ];
    for flood in floods {
        // Again and again, and once with a tail that never ends it.
        for endless in [false, true] {
            in_time(&format!("{flood:?} {endless}"), move || {
                let mut decoder = Decoder::default();
                let sent = if endless {
                    [flood, &vec![b'1'; 1 << 20]].concat()
                } else {
                    flood.repeat((1 << 20) / flood.len())
                };
                for read in sent.chunks(64 * 1024) {
                    decoder.feed(read);
                }
                decoder.finish();
                assert_eq!(decoder.feed(b"x").len(), 1);
            });
        }
    }
}
