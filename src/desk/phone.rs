//! Telephone numbers: read as people type them, compared by digits.
//!
//! Numbers of mainland China are kept in the form they are dialled there: a mobile number has 11
//! digits and begins with 13-19; a landline number begins with its area code (`010`, `02x`, else
//! four digits) and has seven or eight digits after it; `400` and `800` numbers have ten. The
//! prefixes `+86`, `0086` and `86` and a `0` before a mobile number are folded away. Numbers of
//! other countries keep their country code and are marked by a `+`.

use std::fmt;

use super::fold::fold_trim;

/// A telephone number. Two numbers are equal when their digits, country and extension are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone {
    digits: String,
    abroad: bool,
    extension: Option<String>,
}

/// Why a text is no telephone number (yet).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhoneFault {
    /// Nothing there.
    Empty,
    /// A character that has no place in a number.
    Unexpected(char),
    /// Digits are missing: `have` of at least `need`.
    TooShort {
        /// The digits there are.
        have: usize,
        /// The fewest a number that begins like this has.
        need: usize,
    },
    /// Too many digits: `have`, where `most` are possible.
    TooLong {
        /// The digits there are.
        have: usize,
        /// The most a number that begins like this has.
        most: usize,
    },
    /// The word for an extension (`ext`, `x`, `转`) without digits after it.
    ExtensionMissing,
    /// An extension of more than [`Phone::MAX_EXTENSION`] digits.
    ExtensionTooLong,
    /// A country code that cannot be, such as `+0`.
    Country,
}

impl PhoneFault {
    /// Whether typing on may still make it a number.
    pub fn is_incomplete(self) -> bool {
        matches!(
            self,
            PhoneFault::Empty | PhoneFault::TooShort { .. } | PhoneFault::ExtensionMissing
        )
    }
}

/// The words that set an extension off, longest first; compared without regard to case.
const EXTENSION_WORDS: [&str; 13] = [
    ";ext=",
    "extension",
    "分机号",
    "转分机",
    "extn",
    "转接",
    "分机",
    "ext.",
    "ext",
    "转",
    "x.",
    "x",
    "#",
];

impl Phone {
    /// The most digits an extension has.
    pub const MAX_EXTENSION: usize = 8;

    /// Reads a number as people type it: spaces, dashes, dots and brackets; `+86`, `0086` or `86`
    /// in front; an extension after `ext`, `x`, `#`, `转` or `分机`, or after a dash behind a whole
    /// number (`0755-23456789-8012`, and the privacy numbers of shops, `17000000000-1234`).
    /// Full-width characters are folded first.
    ///
    /// # Errors
    /// See [`PhoneFault`].
    pub fn parse(text: &str) -> Result<Phone, PhoneFault> {
        let folded = fold_trim(text).to_lowercase();
        let (number, spoken) = split_extension_word(&folded);
        let mut digits = String::new();
        let mut groups = Vec::new();
        let mut plus = false;
        for c in number.chars() {
            match c {
                '0'..='9' => digits.push(c),
                '+' if digits.is_empty() && !plus => plus = true,
                '-' => groups.push(digits.len()),
                ' ' | '.' | '/' | '(' | ')' | '[' | ']' | '【' | '】' | ',' => {}
                other => return Err(PhoneFault::Unexpected(other)),
            }
        }
        if let Some(words) = spoken {
            let extension = read_extension(words)?;
            return Phone::from_parts(&digits, plus, Some(extension));
        }
        // A dash behind a whole number sets off an extension.
        if let Some((line, rest)) = groups.last().and_then(|at| digits.split_at_checked(*at))
            && !rest.is_empty()
            && let Ok(phone) = Phone::from_parts(line, plus, None)
            && phone.is_whole()
            && Phone::from_parts(&digits, plus, None).map_or(true, |all| !all.is_whole())
        {
            return Phone::from_parts(line, plus, Some(read_extension(rest)?));
        }
        Phone::from_parts(&digits, plus, None)
    }

    fn from_parts(
        digits: &str,
        plus: bool,
        extension: Option<String>,
    ) -> Result<Phone, PhoneFault> {
        if digits.is_empty() {
            return Err(PhoneFault::Empty);
        }
        let abroad = if plus {
            Some(digits)
        } else {
            digits.strip_prefix("00")
        };
        if let Some(rest) = abroad.filter(|rest| !rest.starts_with("86")) {
            return abroad_number(rest, extension);
        }
        let national = match abroad.and_then(|rest| rest.strip_prefix("86")) {
            Some(rest) => without_bare_country(&with_trunk_zero(rest)),
            None => without_bare_country(digits),
        };
        if national.starts_with("00") {
            return Err(PhoneFault::Country);
        }
        let digits = match national.strip_prefix('0') {
            Some(mobile) if is_mobile(mobile) => mobile.to_string(),
            _ => national,
        };
        check_length(&digits)?;
        Ok(Phone {
            digits,
            abroad: false,
            extension,
        })
    }

    /// The digits to find and compare by, without the prefix of mainland China and without the
    /// extension; with the country code for other countries.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// The digits of the extension, where there is one.
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// Whether the number is outside the numbering of mainland China.
    pub fn is_abroad(&self) -> bool {
        self.abroad
    }

    /// Whether it is a mobile number of mainland China.
    pub fn is_mobile(&self) -> bool {
        !self.abroad && is_mobile(&self.digits)
    }

    /// Whether the number says by its own shape that it is one, complete with area code: mobile,
    /// landline, `400`/`800`, or one with a country code. A bare `2345 6789` is not.
    pub fn is_whole(&self) -> bool {
        self.abroad
            || is_mobile(&self.digits)
            || is_landline(&self.digits)
            || is_hotline(&self.digits)
    }

    /// The last four digits (fewer only if there are no more): what a caller is asked for.
    pub fn last_four(&self) -> &str {
        let start = self.digits.len().saturating_sub(4);
        self.digits.get(start..).unwrap_or(&self.digits)
    }

    /// Whether both are the same line, whatever the extension.
    pub fn same_line(&self, other: &Phone) -> bool {
        self.abroad == other.abroad && self.digits == other.digits
    }

    /// The form it is stored in: digits, `+` before a country code, `;ext=` before an extension
    /// (RFC 3966). [`Phone::parse`] reads it back.
    pub fn storage(&self) -> String {
        let plus = if self.abroad { "+" } else { "" };
        match &self.extension {
            Some(extension) => format!("{plus}{};ext={extension}", self.digits),
            None => format!("{plus}{}", self.digits),
        }
    }

    /// The number without its extension, in groups: `138 0000 0000`, `0755 2345 6789`.
    pub fn grouped(&self) -> String {
        let digits = self.digits.as_str();
        if self.abroad {
            return format!("+{digits}");
        }
        let sizes: &[usize] = if is_mobile(digits) {
            &[3, 4, 4]
        } else if is_landline(digits) {
            match (area_length(digits), digits.len()) {
                (3, _) => &[3, 4, 4],
                (_, 11) => &[4, 3, 4],
                _ => &[4, 4, 4],
            }
        } else if is_hotline(digits) {
            &[3, 3, 4]
        } else {
            match digits.len() {
                7 => &[3, 4],
                8 => &[4, 4],
                _ => return digits.to_string(),
            }
        };
        let mut groups = Vec::new();
        let mut rest = digits;
        for size in sizes {
            let (group, after) = rest.split_at_checked(*size).unwrap_or((rest, ""));
            groups.push(group);
            rest = after;
        }
        groups.join(" ")
    }
}

/// The number in groups, with ` ext 12` where there is an extension.
impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.grouped())?;
        match &self.extension {
            Some(extension) => write!(f, " ext {extension}"),
            None => Ok(()),
        }
    }
}

/// Splits `138... ext 12` at the first word for an extension.
fn split_extension_word(text: &str) -> (&str, Option<&str>) {
    let first = EXTENSION_WORDS
        .iter()
        .filter_map(|word| text.find(word).map(|at| (at, *word)))
        .min_by_key(|(at, word)| (*at, usize::MAX - word.len()));
    match first {
        Some((at, word)) => (
            text.get(..at).unwrap_or(text),
            Some(text.get(at + word.len()..).unwrap_or("")),
        ),
        None => (text, None),
    }
}

fn read_extension(text: &str) -> Result<String, PhoneFault> {
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '-' | '.' | ':' | '号' => {}
            other => return Err(PhoneFault::Unexpected(other)),
        }
    }
    match digits.len() {
        0 => Err(PhoneFault::ExtensionMissing),
        have if have > Phone::MAX_EXTENSION => Err(PhoneFault::ExtensionTooLong),
        _ => Ok(digits),
    }
}

fn abroad_number(digits: &str, extension: Option<String>) -> Result<Phone, PhoneFault> {
    // ITU-T E.164: at most 15 digits, no country code begins with 0.
    let have = digits.len();
    if digits.starts_with('0') {
        Err(PhoneFault::Country)
    } else if have < 7 {
        Err(PhoneFault::TooShort { have, need: 7 })
    } else if have > 15 {
        Err(PhoneFault::TooLong { have, most: 15 })
    } else {
        Ok(Phone {
            digits: digits.to_string(),
            abroad: true,
            extension,
        })
    }
}

/// What follows `+86`, as it is dialled inside the country: landline numbers get their `0` back.
fn with_trunk_zero(rest: &str) -> String {
    let as_it_is = rest.starts_with('0') || is_mobile_start(rest) || is_hotline(rest);
    match format!("0{rest}") {
        landline if !as_it_is && is_landline(&landline) => landline,
        _ => rest.to_string(),
    }
}

/// `86` without a plus counts as the country only before a whole number.
fn without_bare_country(digits: &str) -> String {
    match digits.strip_prefix("86").map(with_trunk_zero) {
        Some(rest) if digits.len() >= 12 && (is_mobile(&rest) || is_landline(&rest)) => rest,
        _ => digits.to_string(),
    }
}

fn check_length(digits: &str) -> Result<(), PhoneFault> {
    let (need, most) = if is_mobile_start(digits) {
        (11, 11)
    } else if digits.starts_with('0') {
        match area_length(digits) {
            3 => (11, 11),
            _ => (11, 12),
        }
    } else if digits.starts_with("400") || digits.starts_with("800") {
        // A local number may begin like this as well.
        (7, 10)
    } else {
        // 95338, 12315, local numbers, and the long service numbers.
        (5, 12)
    };
    let have = digits.len();
    if have < need {
        Err(PhoneFault::TooShort { have, need })
    } else if have > most {
        Err(PhoneFault::TooLong { have, most })
    } else {
        Ok(())
    }
}

fn is_mobile_start(digits: &str) -> bool {
    matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..])
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && is_mobile_start(digits)
}

/// Area codes of Beijing and of the `02x` cities have three digits, all others four.
fn area_length(digits: &str) -> usize {
    match digits.as_bytes() {
        [b'0', b'1' | b'2', ..] => 3,
        _ => 4,
    }
}

fn is_landline(digits: &str) -> bool {
    let shape = match digits.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => digits.len() == 11,
        [b'0', b'3'..=b'9', ..] => matches!(digits.len(), 11 | 12),
        _ => false,
    };
    shape && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_hotline(digits: &str) -> bool {
    digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn storage(text: &str) -> String {
        Phone::parse(text).unwrap().storage()
    }

    #[test]
    fn one_number_however_it_is_typed() {
        let mobile = [
            "13800000000",
            "138 0000 0000",
            "138-0000-0000",
            "1380000-0000",
            "138.0000.0000",
            "(138) 0000 0000",
            "+86 138 0000 0000",
            "+86-13800000000",
            "（＋８６）１３８００００００００",
            "0086 13800000000",
            "8613800000000",
            "013800000000",
            "+86 013800000000",
            "\u{202D}138 0000 0000\u{202C}",
        ];
        for typed in mobile {
            assert_eq!(storage(typed), "13800000000", "{typed}");
        }
        let landline = [
            "075523456789",
            "0755-23456789",
            "0755-2345-6789",
            "(0755) 2345 6789",
            "+86 755 23456789",
            "+86 (0)755 2345 6789",
            "0086-755-23456789",
            "86-755-23456789",
        ];
        for typed in landline {
            assert_eq!(storage(typed), "075523456789", "{typed}");
        }
        assert_eq!(storage("+86 10 1234 5678"), "01012345678");
        assert_eq!(storage("+86 400 820 8198"), "4008208198");
        assert_eq!(storage("2345 6789"), "23456789");
        assert_eq!(storage("95338"), "95338");
        assert_eq!(storage("+44 20 7946 0000"), "+442079460000");
        assert_eq!(storage("0044 20 7946 0000"), "+442079460000");
        assert_eq!(storage("+852 2345 6789"), "+85223456789");
    }

    #[test]
    fn extensions_are_kept() {
        let table = [
            ("0755-23456789-8012", "075523456789;ext=8012"),
            ("0755-2345-6789-8012", "075523456789;ext=8012"),
            ("0755 2345 6789 ext 12", "075523456789;ext=12"),
            ("0755 2345 6789 Ext. 12", "075523456789;ext=12"),
            ("0755 2345 6789 x12", "075523456789;ext=12"),
            ("075523456789转12", "075523456789;ext=12"),
            (
                "０７５５－２３４５６７８９　转　１２",
                "075523456789;ext=12",
            ),
            ("0755-23456789 分机号：12", "075523456789;ext=12"),
            ("0755-23456789#12", "075523456789;ext=12"),
            ("17000000000-1234", "17000000000;ext=1234"),
            ("400-820-8198-1", "4008208198;ext=1"),
            ("+442079460000 x 7", "+442079460000;ext=7"),
            ("075523456789;ext=8012", "075523456789;ext=8012"),
        ];
        for (typed, stored) in table {
            assert_eq!(storage(typed), stored, "{typed}");
        }
        let with = Phone::parse("0755-23456789-8012").unwrap();
        let without = Phone::parse("0755-23456789").unwrap();
        assert_ne!(with, without);
        assert!(with.same_line(&without));
        assert_eq!(with.extension(), Some("8012"));
    }

    #[test]
    fn numbers_are_shown_in_groups() {
        let table = [
            ("13800000000", "138 0000 0000"),
            ("075523456789", "0755 2345 6789"),
            ("03721234567", "0372 123 4567"),
            ("01012345678", "010 1234 5678"),
            ("4008208198", "400 820 8198"),
            ("23456789", "2345 6789"),
            ("95338", "95338"),
            ("+442079460000", "+442079460000"),
            ("0755-23456789-12", "0755 2345 6789 ext 12"),
        ];
        for (typed, shown) in table {
            assert_eq!(Phone::parse(typed).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn the_last_four_leave_the_extension_out() {
        let last = |text: &str| Phone::parse(text).unwrap().last_four().to_string();
        assert_eq!(last("138 0000 1234"), "1234");
        assert_eq!(last("0755-23456789-8012"), "6789");
    }

    #[test]
    fn what_is_wrong_is_named_while_typing() {
        use PhoneFault::*;
        let table = [
            ("", Empty),
            ("+", Empty),
            ("138 0000 000", TooShort { have: 10, need: 11 }),
            ("138 0000 00000", TooLong { have: 12, most: 11 }),
            ("0755 2345", TooShort { have: 8, need: 11 }),
            ("010 1234 56789", TooLong { have: 12, most: 11 }),
            ("1380000000O", Unexpected('o')),
            ("王小明", Unexpected('王')),
            ("075523456789 ext", ExtensionMissing),
            ("075523456789 转 123456789", ExtensionTooLong),
            ("075523456789 x1y", Unexpected('y')),
            ("+0123456789", Country),
            ("+44 20", TooShort { have: 4, need: 7 }),
            ("13800+000000", Unexpected('+')),
        ];
        for (typed, fault) in table {
            assert_eq!(Phone::parse(typed), Err(fault), "{typed}");
        }
        assert!(Phone::parse("138").unwrap_err().is_incomplete());
        assert!(!Phone::parse("138x00y").unwrap_err().is_incomplete());
    }

    #[test]
    fn a_local_number_is_not_whole() {
        assert!(!Phone::parse("2345 6789").unwrap().is_whole());
        assert!(Phone::parse("0755 2345 6789").unwrap().is_whole());
    }

    fn reads_back(text: &str) -> Result<(), TestCaseError> {
        if let Ok(phone) = Phone::parse(text) {
            prop_assert_eq!(Phone::parse(&phone.storage()), Ok(phone.clone()));
            prop_assert_eq!(Phone::parse(&phone.to_string()), Ok(phone.clone()));
            prop_assert!(phone.digits().bytes().all(|b| b.is_ascii_digit()));
            prop_assert!(phone.digits().ends_with(phone.last_four()));
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in any::<String>()) {
            reads_back(&text)?;
        }

        #[test]
        fn what_is_shown_reads_back(
            text in "(\\+|00|86|\\+86|0086)?[ -]?(1[3-9]|0|010|0755|400|)[0-9]{0,14}[ -]?[0-9 -]{0,6}((ext|x|转|-)[0-9]{0,6})?",
        ) {
            reads_back(&text)?;
        }

        #[test]
        fn every_mobile_number_reads_back(number in "1[3-9][0-9]{9}", extension in proptest::option::of("[0-9]{1,8}")) {
            let typed = match &extension {
                Some(extension) => format!("+86 {number}-{extension}"),
                None => format!("+86 {number}"),
            };
            let phone = Phone::parse(&typed).unwrap();
            prop_assert_eq!(phone.digits(), number.as_str());
            prop_assert_eq!(phone.extension(), extension.as_deref());
            reads_back(&typed)?;
        }
    }
}
