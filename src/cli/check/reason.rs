//! Why input cannot be used, typed, and in words: line, key, what is wrong with it, what is allowed.
//! Keys, codes and values stand in the words as they stand in JSON.

use crate::cli::cause;
use crate::desk::encoding::Foreign;
use crate::store::Cause;
use crate::ui::i18n::{Arg, Words};

/// Input that cannot be used: the line, and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadInput {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong with the input. Texts from outside are short and show what cannot be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Not JSON.
    NotJson {
        /// The column, counted from 1.
        column: usize,
        /// What the reader of JSON said.
        detail: String,
    },
    /// The input could not be read any further.
    Unreadable(Cause),
    /// Not UTF-8.
    Encoding(Foreign),
    /// JSON, but not an object.
    NotACase,
    /// A key there is not.
    NoSuchFact {
        /// The key, with the repair it stands in.
        key: String,
        /// Every key there is.
        allowed: Vec<&'static str>,
    },
    /// A key that stands in one object twice.
    Twice {
        /// The key.
        key: String,
    },
    /// A value the key does not take.
    NotAllowed {
        /// The key.
        key: String,
        /// The value, as JSON.
        value: String,
        /// What it takes.
        allowed: Vec<Allowed>,
    },
    /// A value of another kind than the key takes.
    OtherKind {
        /// The key.
        key: String,
        /// What it takes.
        allowed: Vec<Allowed>,
    },
    /// The day of the decision is not there.
    NoDay,
    /// More earlier repairs than are taken.
    TooManyRepairs {
        /// The most there may be.
        most: usize,
    },
}

/// What a key may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// This code.
    Code(&'static str),
    /// A day.
    Day,
    /// Several days of which one is right.
    Days,
    /// Words.
    Words,
    /// A list of words.
    WordList,
    /// Earlier repairs.
    Repairs,
    /// One earlier repair.
    Repair,
    /// `null`: not known.
    Null,
}

/// What is wrong with the input, in words.
pub fn told(words: &Words, bad: &BadInput) -> String {
    let line = number(bad.line);
    let reason = reason(words, &bad.reason);
    words.say_with(
        "check-line",
        &[("line", line), ("reason", Arg::Text(&reason))],
    )
}

fn reason(words: &Words, reason: &Reason) -> String {
    match reason {
        Reason::NotJson { column, detail } => words.say_with(
            "check-not-json",
            &[("column", number(*column)), ("detail", Arg::Text(detail))],
        ),
        Reason::Unreadable(cause) => {
            let why = cause::told(words, cause);
            words.say_with("check-cut-off", &[("why", Arg::Text(&why))])
        }
        Reason::Encoding(foreign) => cause::encoding(words, *foreign),
        Reason::NotACase => words.say("check-not-a-case").into_owned(),
        Reason::NoSuchFact { key, allowed } => {
            let names: Vec<String> = allowed.iter().map(|name| (*name).to_string()).collect();
            let names = names.join(&words.say("check-comma"));
            let args = [("key", Arg::Text(key)), ("allowed", Arg::Text(&names))];
            words.say_with("check-no-such-fact", &args)
        }
        Reason::Twice { key } => words.say_with("check-twice", &[("key", Arg::Text(key))]),
        Reason::NotAllowed {
            key,
            value,
            allowed,
        } => words.say_with(
            "check-not-allowed",
            &[
                ("key", Arg::Text(key)),
                ("value", Arg::Text(value)),
                ("allowed", Arg::Text(&listed(words, allowed))),
            ],
        ),
        Reason::OtherKind { key, allowed } => words.say_with(
            "check-other-kind",
            &[
                ("key", Arg::Text(key)),
                ("allowed", Arg::Text(&listed(words, allowed))),
            ],
        ),
        Reason::NoDay => words.say("check-no-day").into_owned(),
        Reason::TooManyRepairs { most } => {
            words.say_with("check-too-many-repairs", &[("most", number(*most))])
        }
    }
}

/// What is allowed: `"yes", "no", "unknown" or null`.
fn listed(words: &Words, allowed: &[Allowed]) -> String {
    let each: Vec<String> = allowed.iter().map(|it| one(words, *it)).collect();
    match each.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            let rest = rest.join(&words.say("check-comma"));
            format!("{rest}{}{last}", words.say("check-or"))
        }
        _ => each.concat(),
    }
}

fn one(words: &Words, allowed: Allowed) -> String {
    let id = match allowed {
        Allowed::Code(code) => return format!("\"{code}\""),
        Allowed::Null => return "null".to_string(),
        Allowed::Day => "check-allowed-day",
        Allowed::Days => "check-allowed-days",
        Allowed::Words => "check-allowed-words",
        Allowed::WordList => "check-allowed-word-list",
        Allowed::Repairs => "check-allowed-repairs",
        Allowed::Repair => "check-allowed-repair",
    };
    words.say(id).into_owned()
}

fn number(number: usize) -> Arg<'static> {
    Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
}
