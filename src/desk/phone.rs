//! Telephone numbers: read as people type them, compared by what is dialled.
//!
//! Numbers of mainland China are kept in the form they are dialled there: a mobile number has 11
//! digits and begins with 13-19; a landline number begins with its area code (`010`, `02x`, else
//! four digits) and has seven or eight digits after it; `400` and `800` numbers have ten. The
//! prefixes `+86`, `0086` and `86` and a `0` before a mobile number are folded away. Numbers of
//! other countries keep their country code and are marked by a `+`; the zero that is dialled only
//! inside the country (`+44 (0)20`) is folded away.
//!
//! | module | what |
//! |---|---|
//! | `reading` | from a typed text to digits, an extension, or two numbers |
//! | `plan` | how numbers are built: mainland China, country codes |

mod plan;
mod reading;
#[cfg(test)]
mod tests;

use std::fmt;

use plan::{area_length, is_hotline, is_landline, is_mobile};

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
    /// Two numbers, where one is kept.
    TwoNumbers,
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

impl Phone {
    /// The most digits an extension has.
    pub const MAX_EXTENSION: usize = 8;

    /// Reads a number as people type it: spaces, dashes, dots, slashes and brackets; `+86`, `0086`
    /// or `86` in front, the zero dialled inside a country (`+44 (0)20`); an extension after `ext`,
    /// `x`, `#`, `转` or `分机`, and after a dash, comma or semicolon behind a whole number
    /// (`0755-23456789-8012`, and the virtual numbers of shops, `17000000000-1234`). Full-width
    /// characters are folded first.
    ///
    /// # Errors
    /// See [`PhoneFault`].
    pub fn parse(text: &str) -> Result<Phone, PhoneFault> {
        reading::read(text)
    }

    /// Reads what [`Phone::storage`] wrote, also what an earlier version wrote: a number that would be
    /// refused today for how many digits it has is still one.
    ///
    /// # Errors
    /// See [`PhoneFault`].
    pub fn from_storage(text: &str) -> Result<Phone, PhoneFault> {
        Phone::parse(text).or_else(|fault| reading::read_stored(text).ok_or(fault))
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

    /// Whether both are the same line, whatever the extension. Behind one line there may be many
    /// people: see [`Phone::same_caller`].
    pub fn same_line(&self, other: &Phone) -> bool {
        // A country code typed without `+` or `00` is one all the same, unless the number is a whole one
        // of the mainland.
        let fits = |one: &Phone, other: &Phone| one.abroad == other.abroad || !one.is_mainland();
        self.digits == other.digits && fits(self, other) && fits(other, self)
    }

    fn is_mainland(&self) -> bool {
        !self.abroad && self.is_whole()
    }

    /// Whether the same person answers: the same line with the same extension, or with none.
    pub fn same_caller(&self, other: &Phone) -> bool {
        self.same_line(other) && self.extension == other.extension
    }

    /// The form it is stored in: digits, `+` before a country code, `;ext=` before an extension
    /// (RFC 3966). [`Phone::from_storage`] reads it back.
    pub fn storage(&self) -> String {
        self.with_extension(&self.dialled(), ";ext=")
    }

    /// All digits in one piece, as other programs take it up: `13800000000`, `+442079460000`,
    /// `17000000000 ext 1234`. [`Phone::parse`] reads it back.
    pub fn plain(&self) -> String {
        self.with_extension(&self.dialled(), " ext ")
    }

    fn dialled(&self) -> String {
        let plus = if self.abroad { "+" } else { "" };
        format!("{plus}{}", self.digits)
    }

    fn with_extension(&self, number: &str, sign: &str) -> String {
        match &self.extension {
            Some(extension) => format!("{number}{sign}{extension}"),
            None => number.to_string(),
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
        f.write_str(&self.with_extension(&self.grouped(), " ext "))
    }
}
