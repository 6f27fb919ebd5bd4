//! Arguments and subcommands. Floor F5.
//!
//! | module | what |
//! |---|---|
//! | [`arguments`] | what can be asked for, and what is said when it cannot |
//! | [`desk`] | opening the desk in the terminal |
//! | [`check`] | `aftercare check`: the terms without a screen |
//! | [`demo`] | `aftercare demo`: a desk of invented cases |
//! | [`backup`], [`restore`], [`doctor`] | `aftercare backup`, `restore`, `doctor`: the file over the years |
//! | [`staff`] | `aftercare staff`: who works here; [`key`] reads SSH keys, [`authorized`] writes the line |
//! | [`export`] | `aftercare export`: the cases as lines |
//! | [`start`] | which desk, as whom, and what of the environment is followed |
//! | [`look`] | what is said of the terminal's look, on the command line or in the environment |
//! | [`remote`] | what is served under `--staff`; [`ssh`] reads what was asked for over SSH |
//! | [`opening`] | why a desk was not opened, in words; [`cause`] what lies behind it |
//! | [`pictures`] | the main screens of the demo desk as pictures |
//! | [`terms_folder`] | versions of the terms in a folder; [`dated_file`] what is wrong with one, in words |

pub mod arguments;
pub mod authorized;
pub mod backup;
pub mod cause;
pub mod check;
pub mod dated_file;
pub mod demo;
pub mod desk;
pub mod doctor;
pub mod export;
pub mod key;
#[cfg(test)]
#[path = "../../tests/support/long.rs"]
mod long;
mod look;
pub mod opening;
pub mod pictures;
mod remote;
pub mod restore;
pub mod ssh;
pub mod staff;
pub mod start;
pub mod terms_folder;
mod who;

use crate::desk::language::Language;
use crate::ui::i18n::{Arg, Words};
use arguments::{Arguments, Command};
use std::io::Write;
use std::process::ExitCode;

/// Bad arguments, as programs report it.
pub const USAGE: u8 = 2;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let given: Vec<_> = std::env::args_os().collect();
    let language = arguments::language(&given).unwrap_or_else(locale_language);
    let words = Words::new(language);
    let arguments = match Arguments::read(given, &words) {
        Ok(arguments) => arguments,
        Err(answer) => return answer.give(),
    };
    let session = arguments.session;
    if session.is_guarded() {
        // Such a line stands in `authorized_keys`, or is one's own: nothing else is done under it.
        return match arguments.command {
            None => remote::run(session, words),
            Some(command) => {
                let what = Arg::Text(command.name());
                Stop::refused(words.say_with("start-no-command", &[("what", what)])).tell()
            }
        };
    }
    match arguments.command {
        Some(Command::Check(args)) => check::run(&args, &words),
        Some(Command::Backup(args)) => backup::run(&args, &session, &words),
        Some(Command::Restore(args)) => restore::run(&args, &session, &words),
        Some(Command::Doctor(args)) => doctor::run(&args, &session, &words),
        Some(Command::Demo(args)) => demo::run(args, session, words),
        Some(Command::Staff(args)) => staff::run(args, session, &words),
        Some(Command::Export(args)) => export::run(args, session, &words),
        Some(Command::Help { command }) => arguments::help(command.as_deref(), &words).give(),
        None => desk::run(session, words),
    }
}

/// Why something was not done, in words, and with which status the program ends.
#[derive(Debug)]
pub struct Stop {
    said: String,
    status: u8,
}

impl Stop {
    /// What was asked for cannot be: it has to be asked otherwise.
    pub fn refused(said: impl Into<String>) -> Stop {
        Stop {
            said: said.into(),
            status: USAGE,
        }
    }

    /// It was asked for rightly, and did not work.
    pub fn failed(said: impl Into<String>) -> Stop {
        Stop {
            said: said.into(),
            status: 1,
        }
    }

    /// Says it; the exit status.
    pub fn tell(self) -> ExitCode {
        // Whoever started it has gone, or reads it.
        let _ = writeln!(std::io::stderr(), "{}", self.said);
        ExitCode::from(self.status)
    }
}

impl From<String> for Stop {
    fn from(said: String) -> Stop {
        Stop::failed(said)
    }
}

/// The language the environment asks for.
fn locale_language() -> Language {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(set)
        .and_then(|locale| Language::from_locale(&locale))
        .unwrap_or_default()
}
