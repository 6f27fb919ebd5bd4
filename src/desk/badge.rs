//! What says who works at a shared bench: a badge that is scanned, and a PIN that is typed.

use std::fmt;

use super::fold::fold_trim;

/// The code on a person's badge, as a scanner types it: without regard to case, or to the width an
/// input method gives its characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Badge(String);

impl Badge {
    /// The longest code.
    pub const LONGEST: usize = 64;

    /// Reads a code: 3 to 64 letters, digits and marks of ASCII, no blanks. `None` for anything else.
    pub fn parse(text: &str) -> Option<Badge> {
        let code = fold_trim(text).to_ascii_uppercase();
        let fits = (3..=Badge::LONGEST).contains(&code.len());
        (fits && code.bytes().all(|byte| byte.is_ascii_graphic())).then_some(Badge(code))
    }

    /// The code, in upper case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A PIN: 4 to 12 digits. It is never shown and never logged; only a salted hash of it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(String);

impl Pin {
    /// Reads a PIN, full-width digits as well. `None` for anything else.
    pub fn parse(text: &str) -> Option<Pin> {
        let digits = fold_trim(text);
        let fits = (4..=12).contains(&digits.len());
        (fits && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(Pin(digits))
    }

    /// Its digits, for hashing.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badge_is_the_same_however_it_was_typed() {
        let badge = Badge::parse("B-0042").unwrap();
        for typed in [" b-0042 ", "Ｂ-００４２", "b-0042\n"] {
            assert_eq!(Badge::parse(typed), Some(badge.clone()), "{typed:?}");
        }
        for none in ["", "ab", "a b c", "名牌42", &"x".repeat(65), "a\u{7f}bc"] {
            assert_eq!(Badge::parse(none), None, "{none:?}");
        }
    }

    #[test]
    fn a_pin_is_digits_and_is_not_printed() {
        let pin = Pin::parse("４7１1").unwrap();
        assert_eq!(pin.digits(), "4711");
        assert!(!format!("{pin:?}").contains("4711"));
        for none in ["", "123", "1234567890123", "12a4", "12 34"] {
            assert_eq!(Pin::parse(none), None, "{none:?}");
        }
    }
}
