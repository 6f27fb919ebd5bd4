//! The PIN that goes with a badge at a shared bench.

use std::fmt;

use super::fold::fold_trim;

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

    /// Whether anybody would try it first: all digits the same, or one following the other, up or down.
    pub fn is_easy(&self) -> bool {
        [0, 1, 9].iter().any(|step| {
            let pairs = self.0.bytes().zip(self.0.bytes().skip(1));
            pairs.fold(true, |fits, (one, next)| {
                fits && (one - b'0' + step) % 10 == next - b'0'
            })
        })
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
    fn a_pin_is_digits_and_is_not_printed() {
        let pin = Pin::parse("４7１1").unwrap();
        assert_eq!(pin.digits(), "4711");
        assert!(!format!("{pin:?}").contains("4711"));
        for none in ["", "123", "1234567890123", "12a4", "12 34"] {
            assert_eq!(Pin::parse(none), None, "{none:?}");
        }
    }

    #[test]
    fn a_pin_that_is_tried_first_is_easy() {
        for easy in ["0000", "1234", "7890", "987654", "3210"] {
            assert!(Pin::parse(easy).unwrap().is_easy(), "{easy}");
        }
        for fair in ["4711", "1235", "1212", "0001"] {
            assert!(!Pin::parse(fair).unwrap().is_easy(), "{fair}");
        }
    }
}
