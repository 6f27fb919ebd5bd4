//! What is said of arguments that cannot be taken: cause, field and remedy.

use super::Answer;
use crate::cli::USAGE;
use crate::ui::i18n::{Arg as Value, Words};
use crate::ui::text::visible;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What clap answers, in the person's words where we have them.
pub(super) fn answer(error: &clap::Error, words: &Words) -> Answer {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let option = argument.split_whitespace().next().unwrap_or_default();
    let prior = context(ContextKind::PriorArg);
    let other = prior.split_whitespace().next().unwrap_or_default();
    let value = context(ContextKind::InvalidValue);
    let command = context(ContextKind::InvalidSubcommand);
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Answer {
            text: error.render(),
            status: 0,
        },
        ErrorKind::UnknownArgument => wrong(words, "cli-wrong-argument", &[("what", &argument)]),
        ErrorKind::InvalidSubcommand => wrong(words, "cli-wrong-command", &[("what", &command)]),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => {
            match takes(words, option) {
                Some(takes) => wrong(
                    words,
                    "cli-wrong-value-missing-takes",
                    &[("what", option), ("takes", &takes)],
                ),
                None => wrong(words, "cli-wrong-value-missing", &[("what", option)]),
            }
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            refusal(words, &wrong_value(words, option, &value, option))
        }
        ErrorKind::InvalidUtf8 => wrong(words, "cli-wrong-text", &[]),
        ErrorKind::ArgumentConflict if other.is_empty() || other == option => {
            wrong(words, "cli-wrong-twice", &[("what", option)])
        }
        ErrorKind::ArgumentConflict => wrong(
            words,
            "cli-wrong-together",
            &[("what", option), ("other", other)],
        ),
        ErrorKind::MissingRequiredArgument => {
            wrong(words, "cli-wrong-missing", &[("what", &argument)])
        }
        _ => Answer {
            text: error.render(),
            status: USAGE,
        },
    }
}

/// What an option takes (`--zone`, or `<ROLE>` for one without a name), where it is not any text.
pub(super) fn takes(words: &Words, option: &str) -> Option<String> {
    let name = option
        .trim_matches(|c: char| !c.is_ascii_alphanumeric())
        .to_ascii_lowercase();
    let id = format!("cli-takes-{name}");
    words.has(&id).then(|| words.say(&id).into_owned())
}

/// That `what` does not take `value`, and what it takes: the same as this option.
pub fn wrong_value(words: &Words, what: &str, value: &str, option: &str) -> String {
    let (id, takes) = match takes(words, option) {
        Some(takes) => ("cli-wrong-value-takes", takes),
        None => ("cli-wrong-value", String::new()),
    };
    let (what, value) = (visible(what), visible(value));
    let args = [
        ("what", Value::Text(&what)),
        ("value", Value::Text(&value)),
        ("takes", Value::Text(&takes)),
    ];
    words.say_with(id, &args)
}

/// The sentence under this id, with how to go on.
pub(super) fn wrong(words: &Words, id: &str, args: &[(&str, &str)]) -> Answer {
    let shown: Vec<(&str, String)> = args
        .iter()
        .map(|(name, text)| (*name, visible(text).into_owned()))
        .collect();
    let args: Vec<(&str, Value)> = shown
        .iter()
        .map(|(name, text)| (*name, Value::Text(text)))
        .collect();
    refusal(words, &words.say_with(id, &args))
}

/// What is wrong, and how to go on.
fn refusal(words: &Words, said: &str) -> Answer {
    let hint = words.say("cli-see-help");
    Answer {
        text: format!("{said}\n{hint}").into(),
        status: USAGE,
    }
}
