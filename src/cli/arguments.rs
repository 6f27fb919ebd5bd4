//! What can be asked for on the command line, in the person's language.

mod wrong;

pub(super) use wrong::wrong_value;

use super::look::Said;
use super::{backup, check, demo, doctor, export, restore, staff};
use crate::desk::language::Language;
use crate::ui::ambiguous::Ambiguous;
use crate::ui::i18n::Words;
use crate::ui::theme::Background;
use chrono::NaiveDate;
use chrono_tz::Tz;
use clap::builder::StyledStr;
use clap::{Arg, ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Everything that was asked for. The help is in `assets/i18n` (`cli-arg-...`, `cli-about-...`).
#[derive(Debug, Parser)]
#[command(name = "aftercare", version, disable_help_subcommand = true)]
#[command(disable_help_flag = true, disable_version_flag = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub session: Session,
}

/// How the desk is opened.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Session {
    #[arg(long, value_name = "FILE")]
    pub db: Option<PathBuf>,
    /// Read before the others, by [`language`]; kept here so that it is known.
    #[arg(long, value_name = "en|zh", value_parser = parse_language, global = true)]
    pub language: Option<Language>,
    #[arg(long, value_name = "narrow|wide|auto", value_parser = parse_ambiguous, global = true)]
    pub ambiguous: Option<Said<Ambiguous>>,
    #[arg(long, value_name = "light|dark|auto", value_parser = parse_background, global = true)]
    pub background: Option<Said<Background>>,
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<Tz>,
    #[arg(long, value_name = "NAME")]
    pub staff: Option<String>,
    #[arg(long, conflicts_with = "staff")]
    pub bench: bool,
    #[arg(
        long,
        value_name = "MINUTES",
        requires = "bench",
        default_value_t = 5,
        hide_default_value = true
    )]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=480))]
    pub idle: u16,
    #[arg(long, value_name = "DIR")]
    pub terms: Option<PathBuf>,
    #[arg(long, value_name = "DAY", hide = true)]
    pub today: Option<NaiveDate>,
    /// Whether the desk is gone when the session ends: it needs no backup.
    #[arg(skip)]
    pub is_thrown_away: bool,
}

impl Session {
    /// Whether a forced command may have started this, with what a client sent as environment: people
    /// are told apart by the arguments or by a badge, and nothing of the environment is followed.
    pub fn is_guarded(&self) -> bool {
        self.staff.is_some() || self.bench
    }
}

impl Session {
    /// The same at another file, where one is named behind the command.
    pub fn at(mut self, db: &Option<PathBuf>) -> Session {
        if let Some(db) = db {
            self.db = Some(db.clone());
        }
        self
    }
}

/// What else there is besides the desk.
#[derive(Debug, Subcommand)]
pub enum Command {
    Check(check::CheckArgs),
    Backup(backup::BackupArgs),
    Restore(restore::RestoreArgs),
    Doctor(doctor::DoctorArgs),
    Demo(demo::DemoArgs),
    Staff(staff::StaffArgs),
    Export(export::ExportArgs),
    Help { command: Option<String> },
}

impl Command {
    /// As it is typed.
    pub fn name(&self) -> &'static str {
        match self {
            Command::Check(_) => "check",
            Command::Backup(_) => "backup",
            Command::Restore(_) => "restore",
            Command::Doctor(_) => "doctor",
            Command::Demo(_) => "demo",
            Command::Staff(_) => "staff",
            Command::Export(_) => "export",
            Command::Help { .. } => "help",
        }
    }
}

/// What is printed instead of running: help, the version, or what is wrong.
#[derive(Debug)]
pub struct Answer {
    text: StyledStr,
    status: u8,
}

impl Answer {
    /// Prints it; the exit status.
    pub fn give(self) -> ExitCode {
        let text = self.text.to_string();
        // Whoever asked has gone, or not: nothing else is left to do.
        let _ = match self.status {
            0 => writeln!(std::io::stdout(), "{}", text.trim_end()),
            _ => writeln!(std::io::stderr(), "{}", text.trim_end()),
        };
        ExitCode::from(self.status)
    }
}

impl Arguments {
    /// Reads the arguments.
    ///
    /// # Errors
    /// What to print instead.
    pub fn read(given: Vec<OsString>, words: &Words) -> Result<Arguments, Answer> {
        command(words)
            .try_get_matches_from(given)
            .and_then(|matches| Arguments::from_arg_matches(&matches))
            .map_err(|error| wrong::answer(&error, words))
    }
}

/// The language `--language` asks for, looked for before anything else is read, so that even what is
/// wrong with the arguments is said in it.
pub fn language(given: &[OsString]) -> Option<Language> {
    let mut values = given.iter().filter_map(|arg| arg.to_str());
    while let Some(arg) = values.next() {
        let value = match arg.strip_prefix("--language") {
            Some("") => values.next(),
            Some(rest) => rest.strip_prefix('='),
            None => continue,
        };
        return value.and_then(Language::from_locale);
    }
    None
}

fn parse_ambiguous(text: &str) -> Result<Said<Ambiguous>, String> {
    Said::parse(text, Ambiguous::from_code).ok_or_else(|| text.to_string())
}

fn parse_background(text: &str) -> Result<Said<Background>, String> {
    Said::parse(text, Background::from_code).ok_or_else(|| text.to_string())
}

fn parse_language(text: &str) -> Result<Language, String> {
    Language::from_locale(text).ok_or_else(|| text.to_string())
}

/// The help of the program or of one of its commands.
pub fn help(of: Option<&str>, words: &Words) -> Answer {
    let mut command = command(words);
    command.build();
    let found = match of {
        Some(name) => command.find_subcommand_mut(name),
        None => Some(&mut command),
    };
    match found {
        Some(command) => Answer {
            text: command.render_help(),
            status: 0,
        },
        None => wrong::wrong(
            words,
            "cli-wrong-command",
            &[("what", of.unwrap_or_default())],
        ),
    }
}

/// The command line with its words put in.
fn command(words: &Words) -> clap::Command {
    translated(Arguments::command(), words)
}

fn translated(mut command: clap::Command, words: &Words) -> clap::Command {
    let name = command.get_name().to_string();
    let options = words.say("cli-options").into_owned();
    let arguments = words.say("cli-arguments").into_owned();
    let word = |id: String| words.has(&id).then(|| words.say(&id).into_owned());
    if let Some(about) = word(format!("cli-about-{name}")) {
        command = command.about(about);
    }
    if let Some(after) = word(format!("cli-after-{name}")) {
        command = command.after_help(after);
    }
    command = command.mut_args(|arg| {
        let id = format!("cli-arg-{name}-{}", arg.get_id());
        let heading = if arg.is_positional() {
            &arguments
        } else {
            &options
        };
        let arg = arg.help_heading(heading.clone());
        match word(id) {
            Some(help) => arg.help(help),
            None => arg,
        }
    });
    let flag = |id: &'static str, short, action| {
        Arg::new(id)
            .short(short)
            .long(id)
            .action(action)
            .help(words.say(&format!("cli-arg-{id}")).into_owned())
            .help_heading(options.clone())
    };
    command = command
        .disable_help_flag(true)
        .arg(flag("help", 'h', ArgAction::Help));
    if name == "aftercare" {
        command = command.arg(flag("version", 'V', ArgAction::Version));
    }
    let names: Vec<String> = command
        .get_subcommands()
        .map(|command| command.get_name().to_string())
        .collect();
    for name in names {
        command = command.mut_subcommand(name, |inner| translated(inner, words));
    }
    command
        .subcommand_help_heading(words.say("cli-commands").into_owned())
        .help_template(format!(
            "{{about}}\n\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
            words.say("cli-usage")
        ))
}

#[cfg(test)]
mod tests;
