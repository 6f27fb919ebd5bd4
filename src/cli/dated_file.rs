//! What is wrong with a file of terms or of working days, in words. Names and values stand in them as
//! they stand in the file.

use crate::terms::fault::{FileReason, Kind};
use crate::terms::{Choice, Day};
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible_beginning as shown;

/// The reason, as it follows file and line.
pub fn told(words: &Words, reason: &FileReason) -> String {
    let say = |id: &str, args: &[(&str, &str)]| {
        let args: Vec<(&str, Arg)> = args
            .iter()
            .map(|(name, text)| (*name, Arg::Text(text)))
            .collect();
        words.say_with(id, &args)
    };
    match reason {
        FileReason::Toml(said) => say("file-toml", &[("said", &shown(said))]),
        FileReason::MissingKey(key) => say("file-missing-key", &[("key", &shown(key))]),
        FileReason::UnknownKey { key, allowed } => say(
            "file-unknown-key",
            &[("key", &shown(key)), ("allowed", &listed(words, allowed))],
        ),
        FileReason::UnknownValue { value, allowed } => say(
            "file-unknown-value",
            &[
                ("value", &shown(value)),
                ("allowed", &listed(words, allowed)),
            ],
        ),
        FileReason::Needed(kind) => words.say(needed(*kind)).into_owned(),
        FileReason::NoDay(day) => say("file-no-day", &[("day", &shown(day))]),
        FileReason::Days {
            key,
            number,
            least,
            most,
        } => say(
            "file-days",
            &[
                ("key", key),
                ("number", &number.to_string()),
                ("least", &least.to_string()),
                ("most", &most.to_string()),
            ],
        ),
        FileReason::NoClause(clause) => say("file-no-clause", &[("clause", clause.code())]),
        FileReason::ClauseWords(clause) => say("file-clause-words", &[("clause", clause.code())]),
        FileReason::UnknownClause(clause) => {
            say("file-unknown-clause", &[("clause", &shown(clause))])
        }
        FileReason::TooEarly { from, brought_in } => say(
            "file-too-early",
            &[("from", &day(*from)), ("today", &day(*brought_in))],
        ),
        FileReason::NoYear(year) => say("file-no-year", &[("year", &shown(year))]),
        FileReason::WeekendsAlone(year) => {
            say("file-weekends-alone", &[("year", &year.to_string())])
        }
        FileReason::NoWeekendDay { day: it, year } => say(
            "file-no-weekend-day",
            &[("day", &day(*it)), ("year", &year.to_string())],
        ),
        FileReason::NoSpan { first, last, year } => say(
            "file-no-span",
            &[
                ("first", &day(*first)),
                ("last", &day(*last)),
                ("year", &year.to_string()),
            ],
        ),
    }
}

fn needed(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "file-needs-number",
        Kind::Text => "file-needs-text",
        Kind::YesNo => "file-needs-yes-no",
        Kind::List => "file-needs-list",
        Kind::Pair => "file-needs-pair",
        Kind::Table => "file-needs-table",
    }
}

fn listed(words: &Words, names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| shown(name)).collect();
    names.join(&words.say("check-comma"))
}

fn day(day: Day) -> String {
    day.to_string()
}
