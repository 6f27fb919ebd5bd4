//! Arguments and subcommands. Floor F5.
//!
//! | module | what |
//! |---|---|
//! | [`arguments`] | what can be asked for, and what is said when it cannot |
//! | [`desk`] | opening the desk in the terminal |
//! | [`check`] | `aftercare check`: the terms without a screen |
//! | [`demo`] | `aftercare demo`: a desk of invented cases |
//! | [`backup`], [`restore`], [`doctor`] | `aftercare backup`, `restore`, `doctor`: the file over the years |
//! | [`opening`] | why a desk was not opened, in words |
//! | [`pictures`] | the main screens of the demo desk as pictures |
//! | [`terms_folder`] | versions of the terms in a folder |

pub mod arguments;
pub mod backup;
pub mod check;
pub mod demo;
pub mod desk;
pub mod doctor;
pub mod opening;
pub mod pictures;
pub mod restore;
pub mod terms_folder;
mod who;

use crate::desk::language::Language;
use crate::ui::i18n::Words;
use arguments::{Arguments, Command};
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
    match arguments.command {
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Backup(args)) => backup::run(&args, &arguments.session, &words),
        Some(Command::Restore(args)) => restore::run(&args, &arguments.session, &words),
        Some(Command::Doctor) => doctor::run(&arguments.session, &words),
        Some(Command::Demo(args)) => demo::run(args, arguments.session, words),
        Some(Command::Help { command }) => arguments::help(command.as_deref(), &words).give(),
        None => desk::run(arguments.session, words),
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
