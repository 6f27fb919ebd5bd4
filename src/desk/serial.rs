//! Serial numbers, as they are printed, typed and scanned.

use std::fmt;

use super::fold::fold_trim;

/// A serial number in the form it is compared and stored in: half-width, upper case, one kind of
/// dash, no white space at the ends and single spaces inside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serial(String);

/// Why a text is no serial number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SerialFault {
    /// Nothing but white space.
    Empty,
    /// A control character, such as a scanner's group separator.
    Control(char),
    /// More characters than [`Serial::MAX`].
    TooLong {
        /// The number of characters there are.
        have: usize,
    },
}

impl Serial {
    /// The most characters a serial number has.
    pub const MAX: usize = 40;

    /// Reads a serial number as typed or scanned.
    ///
    /// # Errors
    /// Nothing there, a control character inside, or more than [`Serial::MAX`] characters.
    pub fn parse(text: &str) -> Result<Serial, SerialFault> {
        let folded = fold_trim(text).to_ascii_uppercase();
        if let Some(control) = folded.chars().find(|c| c.is_control()) {
            return Err(SerialFault::Control(control));
        }
        let serial = folded.split_whitespace().collect::<Vec<_>>().join(" ");
        let have = serial.chars().count();
        match have {
            0 => Err(SerialFault::Empty),
            _ if have > Serial::MAX => Err(SerialFault::TooLong { have }),
            _ => Ok(Serial(serial)),
        }
    }

    /// The serial number as it is stored and shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The letters and digits alone, in upper case: `80H2-7731` and `80h2 7731` have the same key.
    /// By it units are compared, everywhere; a number without any is its own key. Two models may have
    /// numbers with one key: see [`crate::work::unit`].
    pub fn key(&self) -> String {
        let plain = self.0.chars().filter(|c| c.is_alphanumeric());
        let key: String = plain.flat_map(char::to_uppercase).collect();
        if key.is_empty() { self.0.clone() } else { key }
    }
}

impl fmt::Display for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_same_number_typed_and_scanned_is_the_same() {
        let printed = Serial::parse("80H2-7731").unwrap();
        for typed in [
            "80h2-7731",
            " 80H2-7731\t",
            "８０ｈ２－７７３１",
            "80H2–7731",
            "80h2—7731",
        ] {
            assert_eq!(Serial::parse(typed).unwrap(), printed, "{typed}");
        }
        assert_eq!(Serial::parse("80h2 7731").unwrap().key(), printed.key());
        assert_eq!(Serial::parse("a  b").unwrap().as_str(), "A B");
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(Serial::parse(" \u{3000}"), Err(SerialFault::Empty));
        assert_eq!(
            Serial::parse("80\u{1d}H2"),
            Err(SerialFault::Control('\u{1d}'))
        );
        assert_eq!(
            Serial::parse(&"9".repeat(41)),
            Err(SerialFault::TooLong { have: 41 })
        );
        assert!(Serial::parse(&"9".repeat(40)).is_ok());
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(text in any::<String>()) {
            if let Ok(serial) = Serial::parse(&text) {
                prop_assert_eq!(Serial::parse(&serial.to_string()), Ok(serial));
            }
        }

        #[test]
        fn letters_and_digits_read_back(text in "[0-9A-Za-z０-９ａ-ｚ\u{2013}-]{1,30}") {
            let serial = Serial::parse(&text).unwrap();
            prop_assert_eq!(Serial::parse(serial.as_str()), Ok(serial));
        }
    }
}
