//! What is wrong with a file of terms or of working days: the line and the reason.

use std::fmt;

use super::clause::ClauseId;
use super::day::Day;

/// Why a dated file is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: FileReason,
}

/// What is wrong with a dated file. Names and texts are as they stand in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileReason {
    /// Something in the file that no other reason names; what the reader of TOML said.
    Toml(String),
    /// A key that has to be there is not.
    MissingKey(String),
    /// There is no such key.
    UnknownKey {
        /// The key.
        key: String,
        /// The keys there are.
        allowed: Vec<String>,
    },
    /// A word the key does not take.
    UnknownValue {
        /// The word.
        value: String,
        /// The words it takes.
        allowed: Vec<String>,
    },
    /// A value of another kind is needed.
    Needed(Kind),
    /// No day that exists, as `YYYY-MM-DD`.
    NoDay(String),
    /// A number of days outside what makes sense.
    Days {
        /// The key.
        key: &'static str,
        /// The number.
        number: i32,
        /// The fewest.
        least: i32,
        /// The most.
        most: i32,
    },
    /// The words of a clause are not there.
    NoClause(ClauseId),
    /// A clause has no words in one of the languages.
    ClauseWords(ClauseId),
    /// There is no such clause.
    UnknownClause(String),
    /// The terms would take effect before the day they are brought in.
    TooEarly {
        /// When they would take effect.
        from: Day,
        /// When they are brought in.
        brought_in: Day,
    },
    /// No year.
    NoYear(String),
    /// Working days at weekends, but no holidays, of this year.
    WeekendsAlone(i32),
    /// No Saturday or Sunday of this year.
    NoWeekendDay {
        /// The day.
        day: Day,
        /// The year.
        year: i32,
    },
    /// No first and last day of this year.
    NoSpan {
        /// The first day.
        first: Day,
        /// The last day.
        last: Day,
        /// The year.
        year: i32,
    },
}

/// A kind of value in a dated file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Number,
    /// Text in quotes.
    Text,
    /// `true` or `false`.
    YesNo,
    /// A list.
    List,
    /// A first and a last day.
    Pair,
    /// A table.
    Table,
}

impl Kind {
    /// The kind serde names as what it expected.
    fn expected(said: &str) -> Option<Kind> {
        Some(match said {
            "i32" => Kind::Number,
            "a string" => Kind::Text,
            "a boolean" => Kind::YesNo,
            "a sequence" => Kind::List,
            "a tuple of size 2" => Kind::Pair,
            "a map" => Kind::Table,
            _ if said.starts_with("struct ") => Kind::Table,
            _ => return None,
        })
    }
}

impl FileReason {
    /// The reason behind what the reader of TOML said. It has no kinds of errors, but serde's texts
    /// are few; what is none of them is told as it is.
    fn of_toml(said: &str) -> FileReason {
        let mut quoted = said.split('`').skip(1).step_by(2).map(str::to_string);
        let begins = |with: &str| said.starts_with(with);
        let found = if begins("missing field ") {
            quoted.next().map(FileReason::MissingKey)
        } else if begins("unknown field ") {
            quoted.next().map(|key| FileReason::UnknownKey {
                key,
                allowed: quoted.collect(),
            })
        } else if begins("unknown variant ") {
            quoted.next().map(|value| FileReason::UnknownValue {
                value,
                allowed: quoted.collect(),
            })
        } else if begins("invalid type: ") || begins("invalid length ") {
            let expected = said.rsplit_once(", expected ").map(|(_, kind)| kind);
            expected.and_then(Kind::expected).map(FileReason::Needed)
        } else {
            None
        };
        found.unwrap_or_else(|| FileReason::Toml(said.to_string()))
    }
}

impl Fault {
    /// A fault at a byte of the text.
    fn at(text: &str, byte: usize, reason: FileReason) -> Fault {
        let before = text.as_bytes().get(..byte).unwrap_or(text.as_bytes());
        Fault {
            line: 1 + before.iter().filter(|b| **b == b'\n').count(),
            reason,
        }
    }

    /// A fault at the first line that begins with `needle`, else the first that holds it (a comment
    /// may speak of it before), or the first line.
    pub(super) fn near(text: &str, needle: &str, reason: FileReason) -> Fault {
        let line = |fits: &dyn Fn(&str) -> bool| text.lines().position(fits);
        let found = line(&|line| line.trim_start().starts_with(needle))
            .or_else(|| line(&|line| line.contains(needle)));
        Fault {
            line: 1 + found.unwrap_or(0),
            reason,
        }
    }

    pub(super) fn toml(text: &str, error: &toml::de::Error) -> Fault {
        let byte = error.span().map_or(0, |span| span.start);
        Fault::at(text, byte, FileReason::of_toml(error.message()))
    }
}

/// For whoever works on the program; people are told in their language.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {:?}", self.line, self.reason)
    }
}

impl std::error::Error for Fault {}
