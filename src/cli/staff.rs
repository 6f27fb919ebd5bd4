//! `aftercare staff`: who works at the desk. For the account that owns the file.

mod given;
mod list;
mod pin;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono_tz::Tz;
use clap::Subcommand;

use super::arguments::Session;
use super::authorized::{self, Forced, Server};
use super::key::Key;
use super::start::{self, Started};
use super::{Stop, cause, who};
use crate::app::clock::Moment;
use crate::desk::id::Fresh;
use crate::desk::now::Now;
use crate::desk::staff::{Role, Staff, StaffName};
use crate::store::{CheckFault, CommitFault, Trouble};
use crate::ui::ambiguous::Ambiguous;
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible;
use crate::ui::theme::Background;
use crate::work::action::Actor;
use crate::work::staff::{StaffAction, StaffRefusal, plan};

/// What is done. The help is in `assets/i18n` (`cli-arg-staff-...`).
#[derive(Debug, clap::Args)]
#[command(disable_help_subcommand = true)]
pub struct StaffArgs {
    #[command(subcommand)]
    command: StaffCommand,
    #[arg(long, value_name = "FILE", global = true)]
    db: Option<PathBuf>,
    #[arg(long, value_name = "ZONE", global = true)]
    zone: Option<Tz>,
    #[arg(long, value_name = "DIR", global = true)]
    terms: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum StaffCommand {
    Add {
        name: String,
        #[arg(long, value_parser = parse_role)]
        role: Role,
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
        #[arg(
            long,
            value_enum,
            default_value_t,
            hide_default_value = true,
            requires = "key"
        )]
        #[arg(value_name = "openssh|dropbear", hide_possible_values = true)]
        server: Server,
        #[arg(long, value_name = "CODE")]
        badge: Option<String>,
        #[arg(long)]
        pin: bool,
    },
    List,
    Role {
        name: String,
        #[arg(value_parser = parse_role)]
        role: Role,
    },
    Disable {
        name: String,
    },
    Enable {
        name: String,
    },
    Key {
        name: String,
        file: PathBuf,
        #[arg(long, value_enum, default_value_t, hide_default_value = true)]
        #[arg(value_name = "openssh|dropbear", hide_possible_values = true)]
        server: Server,
    },
    Badge {
        name: String,
        code: String,
    },
    Pin {
        name: String,
    },
}

fn parse_role(text: &str) -> Result<Role, String> {
    Role::from_code(text).ok_or_else(|| text.to_string())
}

/// Runs the command.
pub fn run(args: StaffArgs, session: Session, words: &Words) -> ExitCode {
    let session = Session {
        db: args.db.or(session.db),
        zone: args.zone.or(session.zone),
        terms: args.terms.or(session.terms),
        ..session
    };
    start::end(does(args.command, &session, words).map(|()| ExitCode::SUCCESS))
}

fn does(command: StaffCommand, session: &Session, words: &Words) -> Result<(), Stop> {
    let (name, action, key) = match command {
        StaffCommand::List => {
            let started = start::open_there(session, words)?;
            return list::print(&started, words);
        }
        StaffCommand::Add {
            name,
            role,
            key,
            server,
            badge,
            pin,
        } => {
            let name = given::name(&name, words)?;
            let badge = badge.map(|code| given::badge(&code, words)).transpose()?;
            if pin && key.as_deref() == Some(Path::new("-")) {
                return Err(Stop::refused(words.say("pin-and-key")));
            }
            let key = key.map(|file| given::key(&file, words)).transpose()?;
            let pin = pin.then(|| pin::ask(words)).transpose()?;
            let action = StaffAction::Add {
                role,
                key: key.as_ref().map(Key::text),
                badge,
                pin,
            };
            (name, action, key.map(|key| (server, key)))
        }
        StaffCommand::Role { name, role } => {
            (given::name(&name, words)?, StaffAction::Role(role), None)
        }
        StaffCommand::Disable { name } => (given::name(&name, words)?, StaffAction::Disable, None),
        StaffCommand::Enable { name } => (given::name(&name, words)?, StaffAction::Enable, None),
        StaffCommand::Key { name, file, server } => {
            let name = given::name(&name, words)?;
            let key = given::key(&file, words)?;
            (name, StaffAction::Key(key.text()), Some((server, key)))
        }
        StaffCommand::Badge { name, code } => {
            let badge = given::badge(&code, words)?;
            (given::name(&name, words)?, StaffAction::Badge(badge), None)
        }
        StaffCommand::Pin { name } => {
            let name = given::name(&name, words)?;
            (name, StaffAction::Pin(pin::ask(words)?), None)
        }
    };
    let mut started = start::open(session, words)?;
    // Before anything is entered: a path that cannot stand in the line is to be mended first.
    let line = key
        .map(|(server, key)| line(&started, session, &name, server, &key, words))
        .transpose()?;
    let is_new = commit(&mut started, &name, &action, words)?;
    say(done(&name, &action, is_new, words));
    if let Some(line) = line {
        writeln!(io::stdout(), "{line}").map_err(|error| output_fault(&error, words))?;
        say(words.say("staff-put-line"));
    }
    let has_supervisor = lines(&started, words)?
        .iter()
        .any(|line| line.role == Role::Supervisor && !line.is_disabled);
    if !has_supervisor {
        say(words.say("staff-no-supervisor"));
    }
    Ok(())
}

/// Plans it inside the commit, on everybody as they stand then. Whether anything was changed.
fn commit(
    started: &mut Started,
    name: &StaffName,
    action: &StaffAction,
    words: &Words,
) -> Result<bool, Stop> {
    let moment = Moment::by(&*started.clock);
    let owner = Staff {
        name: who::login_name(),
        role: Role::Supervisor,
    };
    let now = Now {
        at: moment.utc,
        today: started.opened.knowledge.day(moment.utc),
    };
    let mut fresh = Fresh::new(super::desk::seed(moment));
    let mut actor = Actor {
        staff: &owner,
        now,
        fresh: &mut fresh,
    };
    let trouble = |trouble: Trouble| file_fault(&trouble, words);
    let refused = |refusal: StaffRefusal| Stop::refused(told(&refusal, name, words));
    let store = &mut started.opened.store;
    let people = store.view().people().map_err(trouble)?;
    let Some(batch) = plan(&people, name, action, &mut actor).map_err(refused)? else {
        return Ok(false);
    };
    let committed = store.commit(&batch, |view| {
        // Somebody may have changed people since: then it is planned on nothing that holds.
        let now = view.people()?;
        if now == people {
            return Ok(());
        }
        let refusal = plan(&now, name, action, &mut actor).err();
        Err(CheckFault::Refused(refusal))
    });
    match committed {
        Ok(_) => Ok(true),
        Err(CommitFault::Refused(Some(refusal))) => Err(refused(refusal)),
        Err(CommitFault::Trouble(fault)) => Err(trouble(fault)),
        Err(_) => Err(Stop::refused(words.say("staff-changed-meanwhile"))),
    }
}

/// The line for `authorized_keys`.
fn line(
    started: &Started,
    session: &Session,
    name: &StaffName,
    server: Server,
    key: &Key,
    words: &Words,
) -> Result<String, Stop> {
    let fault = |error: io::Error| {
        let why = cause::system(words, &error);
        Stop::failed(words.say_with("staff-line-unmade", &[("why", Arg::Text(&why))]))
    };
    let absolute = |path: &Path| std::path::absolute(path).map_err(fault);
    let terms = session.terms.as_deref();
    let forced = Forced {
        program: std::env::current_exe().map_err(fault)?,
        db: absolute(started.opened.store.path())?,
        zone: session.zone.map(|zone| zone.name().to_string()),
        terms: terms.map(absolute).transpose()?,
        language: session.language.map(|language| language.tag().to_string()),
        ambiguous: session
            .ambiguous
            .map(|it| it.code(Ambiguous::code).to_string()),
        background: session
            .background
            .map(|it| it.code(Background::code).to_string()),
    };
    authorized::line(server, &forced, name, key).map_err(|unquotable| {
        let path = unquotable.0.display().to_string();
        Stop::refused(words.say_with("key-path", &[("path", Arg::Text(&visible(&path)))]))
    })
}

fn lines(started: &Started, words: &Words) -> Result<Vec<crate::store::StaffLine>, Stop> {
    let lines = started.opened.store.view().staff();
    lines.map_err(|trouble| {
        let why = cause::trouble(words, &trouble);
        Stop::failed(words.say_with("staff-unread", &[("why", Arg::Text(&why))]))
    })
}

fn file_fault(trouble: &Trouble, words: &Words) -> Stop {
    let why = cause::trouble(words, trouble);
    Stop::failed(words.say_with("staff-file", &[("why", Arg::Text(&why))]))
}

fn output_fault(error: &io::Error, words: &Words) -> Stop {
    let why = cause::system(words, error);
    Stop::failed(words.say_with("staff-unwritten", &[("why", Arg::Text(&why))]))
}

/// Says it beside the output, which is for `authorized_keys`.
fn say(words: impl AsRef<str>) {
    let _ = writeln!(io::stderr(), "{}", words.as_ref());
}

/// Why nothing is done, with the remedy.
fn told(refusal: &StaffRefusal, name: &StaffName, words: &Words) -> String {
    let (id, other) = match refusal {
        StaffRefusal::NameTaken => ("staff-name-taken", ""),
        StaffRefusal::NoSuchPerson => ("staff-no-such", ""),
        StaffRefusal::LastSupervisor => ("staff-last-supervisor", ""),
        StaffRefusal::KeyOf(other) => ("staff-key-of", other.as_str()),
        StaffRefusal::BadgeOf(other) => ("staff-badge-of", other.as_str()),
    };
    let args = [
        ("name", Arg::Text(name.as_str())),
        ("other", Arg::Text(other)),
    ];
    words.say_with(id, &args)
}

/// What was done.
fn done(name: &StaffName, action: &StaffAction, is_new: bool, words: &Words) -> String {
    let (id, role) = match action {
        _ if !is_new => ("staff-unchanged", None),
        StaffAction::Add { role, .. } => ("staff-added", Some(role)),
        StaffAction::Role(role) => ("staff-role-set", Some(role)),
        StaffAction::Disable => ("staff-disabled", None),
        StaffAction::Enable => ("staff-enabled", None),
        StaffAction::Key(_) => ("staff-key-set", None),
        StaffAction::Badge(_) => ("staff-badge-set", None),
        StaffAction::Pin(_) => ("staff-pin-set", None),
    };
    let role = role.map(|role| words.say(&format!("role-{}", role.code())).into_owned());
    let args = [
        ("name", Arg::Text(name.as_str())),
        ("role", Arg::Text(role.as_deref().unwrap_or_default())),
    ];
    words.say_with(id, &args)
}
