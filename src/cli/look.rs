//! What is said of the terminal's look: on the command line, else in the environment, else nothing, and
//! the terminal is asked.
//!
//! The environment is followed here under `--staff` and `--bench` too: like the locale, this changes
//! nothing but how the screen looks.

use super::arguments::{Session, wrong_value};
use crate::terminal::look::{Between, Look};
use crate::ui::ambiguous::Ambiguous;
use crate::ui::i18n::Words;
use crate::ui::theme::Background;

/// Something somebody says for themselves, or leaves to the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said<T> {
    /// The terminal is asked.
    Auto,
    /// It is so.
    Is(T),
}

impl<T> Said<T> {
    /// By its name: `auto`, or what `from_code` knows.
    pub fn parse(text: &str, from_code: impl Fn(&str) -> Option<T>) -> Option<Said<T>> {
        match text {
            "auto" => Some(Said::Auto),
            code => from_code(code).map(Said::Is),
        }
    }

    /// Its name, with that of what is so.
    pub fn code(self, code: impl Fn(T) -> &'static str) -> &'static str {
        match self {
            Said::Auto => "auto",
            Said::Is(it) => code(it),
        }
    }

    /// What is so, where somebody says it.
    pub fn is(self) -> Option<T> {
        match self {
            Said::Auto => None,
            Said::Is(it) => Some(it),
        }
    }
}

/// The variables, named as the options are.
const AMBIGUOUS: &str = "AFTERCARE_AMBIGUOUS";
const BACKGROUND: &str = "AFTERCARE_BACKGROUND";

/// What is known of the terminal's look before it is asked.
///
/// # Errors
/// In words, that a variable holds what it does not take.
pub fn of(session: &Session, words: &Words) -> Result<Look, String> {
    look(session, words, |name| {
        std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
    })
}

fn look(
    session: &Session,
    words: &Words,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Look, String> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let wrong = |name: &str, value: &str, option: &str| wrong_value(words, name, value, option);
    let ambiguous = match (session.ambiguous, set(AMBIGUOUS)) {
        (None, Some(value)) => Some(
            Said::parse(&value, Ambiguous::from_code)
                .ok_or_else(|| wrong(AMBIGUOUS, &value, "--ambiguous"))?,
        ),
        (said, _) => said,
    };
    let background = match (session.background, set(BACKGROUND)) {
        (None, Some(value)) => Some(
            Said::parse(&value, Background::from_code)
                .ok_or_else(|| wrong(BACKGROUND, &value, "--background"))?,
        ),
        (said, _) => said,
    };
    Ok(Look::of(
        ambiguous.and_then(Said::is),
        background.and_then(Said::is),
        Between::from_environment(&variable),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::language::Language;

    #[test]
    fn the_command_line_counts_before_the_environment() {
        let words = Words::new(Language::English);
        let under = |session: &Session, value: &'static str| {
            look(session, &words, |name| {
                (name == AMBIGUOUS).then(|| value.to_string())
            })
        };
        let plain = Session::default();
        let said = |said| Session {
            ambiguous: Some(said),
            ..Session::default()
        };
        let table = [
            (&plain, "", None),
            (&plain, "wide", Some(Ambiguous::Wide)),
            (&plain, "narrow", Some(Ambiguous::Narrow)),
            (&plain, "auto", None),
            (&said(Said::Auto), "wide", None),
            (
                &said(Said::Is(Ambiguous::Narrow)),
                "wide",
                Some(Ambiguous::Narrow),
            ),
        ];
        for (session, value, expected) in table {
            let known = under(session, value).map(|look| look.said_ambiguous);
            assert_eq!(known, Ok(expected), "{value}");
        }
        let why = under(&plain, "broad").unwrap_err();
        assert!(why.contains(AMBIGUOUS) && why.contains("narrow"), "{why}");
    }
}
