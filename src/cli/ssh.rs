//! What a person asks for over SSH: `SSH_ORIGINAL_COMMAND` against the program's own short list.
//!
//! It is no command line: no shell reads it, nothing is quoted, expanded or started. It is words of
//! plain characters between blanks; whatever is not exactly on the list is refused.

use super::export::{Export, Format};
use crate::ui::text::visible;
use crate::work::role::Remote;

/// The variable in which sshd hands over what the client asked for.
pub const VARIABLE: &str = "SSH_ORIGINAL_COMMAND";

/// The most bytes a command has.
const MOST: usize = 512;

/// The most characters of a refused command that are shown.
const SHOWN: usize = 60;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// `check [--pretty]`: cases on standard input are decided.
    Check {
        /// For a person, clause by clause.
        pretty: bool,
    },
    /// `export [--format csv|jsonl|xlsx] [--open] [--plain]`.
    Export(Export),
}

impl Asked {
    /// What it is in the table of roles.
    pub fn remote(self) -> Remote {
        match self {
            Asked::Check { .. } => Remote::Check,
            Asked::Export(_) => Remote::Export,
        }
    }
}

/// Why a command is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nothing but blanks.
    Nothing,
    /// More than [`MOST`] bytes.
    TooLong,
    /// A byte that does not stand in commands: a quote, a control character, anything not ASCII.
    Character,
    /// Not on the list.
    Command,
    /// The command is on the list, but does not take this.
    Argument,
}

/// A command that is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub why: Why,
    /// The beginning of it, harmless to show.
    pub shown: String,
}

/// The names on the list, for the words of a refusal.
pub fn list() -> String {
    let names: Vec<&str> = Remote::ALL.iter().map(|remote| remote.code()).collect();
    names.join(", ")
}

/// Reads a command.
///
/// # Errors
/// [`Refused`] for everything that is not exactly on the list.
pub fn parse(bytes: &[u8]) -> Result<Asked, Refused> {
    words(bytes).map_err(|why| Refused {
        why,
        shown: shown(bytes),
    })
}

fn words(bytes: &[u8]) -> Result<Asked, Why> {
    if bytes.len() > MOST {
        return Err(Why::TooLong);
    }
    let stands = |byte: &u8| byte.is_ascii_alphanumeric() || b" \t-_=.".contains(byte);
    if !bytes.iter().all(stands) {
        return Err(Why::Character);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Why::Character)?;
    let mut words = text.split([' ', '\t']).filter(|word| !word.is_empty());
    match words.next().ok_or(Why::Nothing)? {
        "check" => check(words),
        "export" => export(words),
        _ => Err(Why::Command),
    }
}

fn check<'a>(words: impl Iterator<Item = &'a str>) -> Result<Asked, Why> {
    let mut pretty = false;
    for word in words {
        match word {
            "--pretty" => once(&mut pretty)?,
            _ => return Err(Why::Argument),
        }
    }
    Ok(Asked::Check { pretty })
}

fn export<'a>(mut words: impl Iterator<Item = &'a str>) -> Result<Asked, Why> {
    let (mut format, mut open, mut plain) = (None, false, false);
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--format") {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None if word == "--open" => {
                once(&mut open)?;
                continue;
            }
            None if word == "--plain" => {
                once(&mut plain)?;
                continue;
            }
            None => None,
        };
        let named = value.and_then(Format::from_code).ok_or(Why::Argument)?;
        if format.replace(named).is_some() {
            return Err(Why::Argument);
        }
    }
    Ok(Asked::Export(Export {
        format: format.unwrap_or_default(),
        open,
        plain,
    }))
}

fn once(flag: &mut bool) -> Result<(), Why> {
    if std::mem::replace(flag, true) {
        return Err(Why::Argument);
    }
    Ok(())
}

/// The beginning of a command, with everything that could act on a terminal made visible.
fn shown(bytes: &[u8]) -> String {
    let start = bytes.get(..bytes.len().min(4 * SHOWN)).unwrap_or_default();
    let text = String::from_utf8_lossy(start);
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() || start.len() < bytes.len() {
        shown.push('…');
    }
    visible(&shown).into_owned()
}

#[cfg(test)]
mod tests;
