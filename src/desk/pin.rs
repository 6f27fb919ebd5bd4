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
}
