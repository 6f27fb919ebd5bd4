//! What a person asks for under `--staff`: the desk, or what stands in `SSH_ORIGINAL_COMMAND`.

use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt;
use std::process::ExitCode;

use super::arguments::Session;
use super::ssh::{self, Asked, Why};
use super::{Stop, check, desk, export, start};
use crate::ui::i18n::{Arg, Words};
use crate::work::role::may_ask;

/// Serves a person whom a forced command names. Where no command was asked for, OpenSSH sets no
/// variable and Dropbear sets an empty one.
pub fn run(session: Session, words: Words) -> ExitCode {
    let asked = std::env::var_os(ssh::VARIABLE).filter(|asked| !asked.is_empty());
    match asked {
        None => desk::run(session, words),
        Some(_) if session.bench => bench(&words).tell(),
        Some(command) => start::end(answer(&session, &command, &words)),
    }
}

/// What is asked for with a command at a bench: nothing, since nobody is known there.
fn bench(words: &Words) -> Stop {
    Stop::refused(words.say("ssh-bench"))
}

fn answer(session: &Session, command: &OsString, words: &Words) -> Result<ExitCode, Stop> {
    let asked = ssh::parse(command.as_bytes()).map_err(|refused| told(&refused, words))?;
    let started = start::open(session, words)?;
    let staff = start::person(session, started.opened.store.view(), words)?;
    let remote = asked.remote();
    if !may_ask(staff.role, remote) {
        let role = format!("role-{}", staff.role.code());
        let role = words.say(&role);
        let args = [
            ("role", Arg::Text(&role)),
            ("what", Arg::Text(remote.code())),
        ];
        return Err(Stop::refused(words.say_with("ssh-role", &args)));
    }
    match asked {
        Asked::Check { pretty } => {
            let terms = start::terms_folder(session, started.opened.store.path());
            // The desk's file is not needed while somebody types cases.
            drop(started);
            let args = check::CheckArgs {
                file: None,
                pretty,
                terms,
            };
            Ok(check::run(&args, words))
        }
        Asked::Export(export) => {
            export::write(&started.opened, export, words).map(|()| ExitCode::SUCCESS)
        }
    }
}

/// One line that says why a command is refused, and what there is.
fn told(refused: &ssh::Refused, words: &Words) -> Stop {
    let id = match refused.why {
        Why::Nothing => "ssh-nothing",
        Why::TooLong => "ssh-too-long",
        Why::Character => "ssh-character",
        Why::Command => "ssh-no-command",
        Why::Argument => "ssh-no-argument",
    };
    let args = [
        ("what", Arg::Text(&refused.shown)),
        ("list", Arg::Text(&ssh::list())),
    ];
    Stop::refused(words.say_with(id, &args))
}
