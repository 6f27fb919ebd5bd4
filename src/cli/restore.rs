//! `aftercare restore FILE`: puts a backup in the place of the desk's file.

use super::arguments::Session;
use super::backup::{about, print, time};
use super::opening::{self, shown};
use super::start;
use crate::app::opening::{Place, look};
use crate::desk::scan::{CaseNumber, ShortNumber};
use crate::store::restore::{Restore, RestoreFault, Restored};
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible;
use chrono::Utc;
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Which backup.
#[derive(Debug, Clone, clap::Args)]
pub struct RestoreArgs {
    pub file: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub db: Option<PathBuf>,
    #[arg(long)]
    pub yes: bool,
    #[arg(long, value_name = "NUMBER", value_parser = number)]
    pub given: Option<CaseNumber>,
}

/// A case number after which there is a next one.
fn number(text: &str) -> Result<CaseNumber, String> {
    ShortNumber::parse(text)
        .and_then(ShortNumber::whole)
        .filter(|number| CaseNumber::parse(&number_after(&prefix(number), number.number)).is_some())
        .ok_or_else(|| text.to_string())
}

/// What stands before the count in a case number.
fn prefix(number: &CaseNumber) -> String {
    let text = number.to_string();
    let (prefix, _) = text.split_at(text.rfind('-').map_or(0, |at| at + 1));
    prefix.to_string()
}

fn number_of(prefix: &str, count: u32) -> String {
    visible(&format!("{prefix}{count:05}")).into_owned()
}

fn number_after(prefix: &str, count: u32) -> String {
    number_of(prefix, count.saturating_add(1))
}

/// Puts the backup back and says what came back and what is gone; exit status 1 when nothing changed.
pub fn run(args: &RestoreArgs, session: &Session, words: &Words) -> ExitCode {
    told(put_back(args, session, words))
}

/// Prints what was done, or why it was not.
pub(super) fn told(outcome: Result<String, String>) -> ExitCode {
    match outcome {
        Ok(text) => {
            print(&text);
            ExitCode::SUCCESS
        }
        Err(why) => {
            let _ = writeln!(std::io::stderr(), "{why}");
            ExitCode::FAILURE
        }
    }
}

fn put_back(args: &RestoreArgs, session: &Session, words: &Words) -> Result<String, String> {
    let place = start::place(&session.clone().at(&args.db), words)?;
    let restore = Restore::begin(&place.db, &args.file).map_err(|fault| said(words, &fault))?;
    print(&comes_back(words, &restore, &place));
    let given = args.given.map(|number| (prefix(&number), number.number));
    if let Some((prefix, count)) = &given {
        print(&goes_on_after(words, &restore, prefix, *count));
    }
    if !args.yes {
        is_confirmed(words)?;
    }
    let now = Utc::now().with_timezone(&place.zone);
    let restored = restore
        .carry_out(now.naive_local(), given, |view| {
            look(&place, view, now.date_naive()).map(|(projection, ..)| projection)
        })
        .map_err(|fault| said(words, &fault))?;
    Ok(done(words, &restored, &place))
}

/// What comes back, and what goes.
fn comes_back(words: &Words, restore: &Restore, place: &Place) -> String {
    let backup = about(restore.backup(), place.zone);
    let before = restore.before();
    let path = shown(&place.db);
    let path = ("path", Arg::Text(&path));
    let goes = match (&before.contents, before.changes_lost) {
        (Some(_), Some(0)) => words.say_with("restore-before-same", &[path]),
        (Some(contents), Some(changes)) => {
            let newest = time(contents.newest, place.zone);
            words.say_with(
                "restore-before",
                &[
                    path,
                    ("changes", Arg::Number(changes)),
                    ("cases", Arg::Number(before.cases_lost.unwrap_or(0))),
                    ("newest", Arg::Text(&newest)),
                ],
            )
        }
        _ if before.is_there => words.say_with("restore-before-unreadable", &[path]),
        _ => words.say_with("restore-before-none", &[path]),
    };
    format!(
        "{}\n{goes}",
        words.say_with("restore-backup", &backup.each())
    )
}

/// Which number is next once this one is taken for given, and which would be without it.
fn goes_on_after(words: &Words, restore: &Restore, prefix: &str, given: u32) -> String {
    let last = restore.last_number(prefix);
    let next = number_after(prefix, given.max(last.unwrap_or(0)));
    let next = ("next", Arg::Text(&next));
    match last.map(|last| number_of(prefix, last)) {
        Some(last) => words.say_with("restore-given", &[next, ("last", Arg::Text(&last))]),
        None => words.say_with("restore-given-first", &[next]),
    }
}

fn is_confirmed(words: &Words) -> Result<(), String> {
    if !std::io::stdin().is_terminal() {
        return Err(words.say("restore-needs-yes").into_owned());
    }
    let mut out = std::io::stdout();
    let _ = write!(out, "{} ", words.say("restore-ask"));
    let _ = out.flush();
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    let yes = ["yes", "y", "是"];
    if read.is_ok() && yes.contains(&answer.trim().to_lowercase().as_str()) {
        Ok(())
    } else {
        Err(words.say("cli-unchanged").into_owned())
    }
}

fn done(words: &Words, restored: &Restored, place: &Place) -> String {
    let db = shown(&place.db);
    let mut lines = vec![words.say_with("restore-done", &[("path", Arg::Text(&db))])];
    if let Some(before) = &restored.before {
        let path = shown(before);
        lines.push(words.say_with("restore-kept", &[("path", Arg::Text(&path))]));
    }
    for (prefix, n) in &restored.numbers {
        let next = number_after(prefix, *n);
        lines.push(words.say_with("restore-next-number", &[("number", Arg::Text(&next))]));
    }
    if !restored.numbers_are_sure {
        lines.push(words.say("restore-numbers-unsure").into_owned());
    }
    if restored.erased > 0 {
        let count = i64::try_from(restored.erased).unwrap_or(i64::MAX);
        lines.push(words.say_with("restore-erased", &[("count", Arg::Number(count))]));
    }
    lines.join("\n")
}

fn said(words: &Words, fault: &RestoreFault) -> String {
    let unchanged = words.say("cli-unchanged");
    match fault {
        RestoreFault::Backup(fault) | RestoreFault::Desk(fault) => opening::plain(words, fault),
        RestoreFault::Same => format!("{}\n{unchanged}", words.say("restore-same")),
        RestoreFault::Working { who } => {
            let who = visible(&who.join(", ")).into_owned();
            let text = if who.is_empty() {
                words.say("restore-working-somebody").into_owned()
            } else {
                words.say_with("restore-working", &[("who", Arg::Text(&who))])
            };
            format!("{text}\n{unchanged}")
        }
    }
}
