//! Who works at the desk, and as what.

use std::fmt;

use super::fold::fold_trim;
use super::scan::{Shape, shape};

/// What a person may do follows from the role; the table is in `work::role`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Logs calls, quotes, dispatches.
    Operator,
    /// Receives, inspects, repairs.
    Technician,
    /// Everything, and exceptions with a reason.
    Supervisor,
    /// Looks, changes nothing.
    Viewer,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 4] = [
        Role::Operator,
        Role::Technician,
        Role::Supervisor,
        Role::Viewer,
    ];

    /// The word stored in the file.
    pub fn code(self) -> &'static str {
        match self {
            Role::Operator => "operator",
            Role::Technician => "technician",
            Role::Supervisor => "supervisor",
            Role::Viewer => "viewer",
        }
    }

    /// The role a stored word names.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// The person at this terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The login name; goes into every change.
    pub name: String,
    /// What the person may do.
    pub role: Role,
}

/// How a name stands at a desk now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// No staff are entered at all: whoever owns the file works as a supervisor, under any name.
    Owner,
    /// A person of this role, who may work.
    Works(Role),
    /// A person who may not work any more, or not for now.
    Disabled,
    /// Staff are entered, and nobody has this name.
    Unknown,
}

impl Standing {
    /// As what one works; `None` for those who may not.
    pub fn role(self) -> Option<Role> {
        match self {
            Standing::Owner => Some(Role::Supervisor),
            Standing::Works(role) => Some(role),
            Standing::Disabled | Standing::Unknown => None,
        }
    }
}

/// The name a person works under. It stands on the command line of a forced command in
/// `authorized_keys`, in every change and in the history, so it is plain: lower-case ASCII letters,
/// digits, `-`, `_` and `.`, a letter first. It cannot be mistaken for an option, nor be changed by a
/// shell, a locale or an input method.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StaffName(String);

/// Why a text is no name of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameFault {
    /// Nothing there.
    Empty,
    /// More characters than [`StaffName::MAX`].
    TooLong,
    /// The first character is not a lower-case letter from a to z.
    First(char),
    /// A character that does not stand in names.
    Character(char),
}

impl StaffName {
    /// The most characters a name has.
    pub const MAX: usize = 32;

    /// Reads a name exactly as it is written: nothing is folded, so that two spellings are never one
    /// person.
    ///
    /// # Errors
    /// [`NameFault`].
    pub fn parse(text: &str) -> Result<StaffName, NameFault> {
        let first = text.chars().next().ok_or(NameFault::Empty)?;
        if !first.is_ascii_lowercase() {
            return Err(NameFault::First(first));
        }
        let stands =
            |c: &char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
        if let Some(other) = text.chars().find(|c| !stands(c)) {
            return Err(NameFault::Character(other));
        }
        if text.len() > StaffName::MAX {
            return Err(NameFault::TooLong);
        }
        Ok(StaffName(text.to_string()))
    }

    /// The name as it is stored and shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StaffName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a badge says when it is scanned, in the form it is compared and stored in: half-width, upper
/// case, without white space at the ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Badge(String);

/// Why a text is no badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BadgeFault {
    /// Fewer characters than [`Badge::MIN`] or more than [`Badge::MAX`].
    Length {
        /// The number of characters there are.
        have: usize,
    },
    /// A character that is not a printable one of ASCII.
    Character(char),
    /// A scan of it means something else at the desk: a command card, or the number of a case.
    Means,
}

impl Badge {
    /// The fewest characters a badge has.
    pub const MIN: usize = 4;
    /// The most characters a badge has.
    pub const MAX: usize = 64;

    /// Reads a badge as typed or scanned.
    ///
    /// # Errors
    /// [`BadgeFault`].
    pub fn parse(text: &str) -> Result<Badge, BadgeFault> {
        let code = fold_trim(text).to_ascii_uppercase();
        if let Some(other) = code.chars().find(|c| !c.is_ascii_graphic()) {
            return Err(BadgeFault::Character(other));
        }
        if !(Badge::MIN..=Badge::MAX).contains(&code.len()) {
            return Err(BadgeFault::Length { have: code.len() });
        }
        if matches!(shape(&code), Shape::Command(_) | Shape::CaseNumber(_)) {
            return Err(BadgeFault::Means);
        }
        Ok(Badge(code))
    }

    /// The badge as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_plain() {
        for good in ["li", "wang.xm", "a", "x-1_2", &"a".repeat(32)] {
            assert_eq!(StaffName::parse(good).unwrap().as_str(), good);
        }
        let table = [
            ("", NameFault::Empty),
            ("Li", NameFault::First('L')),
            ("-li", NameFault::First('-')),
            ("9li", NameFault::First('9')),
            ("王小明", NameFault::First('王')),
            ("li wang", NameFault::Character(' ')),
            ("li\n", NameFault::Character('\n')),
            ("li;sh", NameFault::Character(';')),
            ("li\u{202e}", NameFault::Character('\u{202e}')),
            (&"a".repeat(33), NameFault::TooLong),
        ];
        for (text, fault) in table {
            assert_eq!(StaffName::parse(text), Err(fault), "{text:?}");
        }
    }

    #[test]
    fn a_badge_typed_and_scanned_is_the_same() {
        let badge = Badge::parse("B-00417a").unwrap();
        for typed in ["b-00417A\r\n", "Ｂ－００４１７ａ", " B-00417A "] {
            assert_eq!(Badge::parse(typed).unwrap(), badge, "{typed}");
        }
        assert_eq!(Badge::parse("417"), Err(BadgeFault::Length { have: 3 }));
        for other in ["AC:TAKE-IN", "ac:lock", "RMA26-00001"] {
            assert_eq!(Badge::parse(other), Err(BadgeFault::Means), "{other}");
        }
        assert_eq!(Badge::parse("4 1 7"), Err(BadgeFault::Character(' ')));
        assert_eq!(
            Badge::parse(&"7".repeat(65)),
            Err(BadgeFault::Length { have: 65 })
        );
    }

    proptest! {
        #[test]
        fn whatever_is_a_name_is_safe_on_a_command_line(text in "\\PC{0,40}|[a-z0-9._-]{0,40}|.{0,40}") {
            if let Ok(name) = StaffName::parse(&text) {
                prop_assert_eq!(name.as_str(), text.as_str());
                prop_assert!(!text.starts_with('-'));
                prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)));
            }
        }

        #[test]
        fn what_a_badge_is_stored_as_reads_back(text in any::<String>()) {
            if let Ok(badge) = Badge::parse(&text) {
                prop_assert_eq!(Badge::parse(badge.as_str()), Ok(badge));
            }
        }
    }
}
