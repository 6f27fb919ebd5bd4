//! `aftercare backup [FILE]`: a copy of the desk while others work.

use super::arguments::Session;
use super::opening::{self, shown};
use super::{cause, restore, start};
use crate::store::backup::{self, BackupFault, Made};
use crate::ui::i18n::{Arg, Words};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Where to.
#[derive(Debug, Clone, clap::Args)]
pub struct BackupArgs {
    pub file: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub db: Option<PathBuf>,
}

/// Makes a backup and says what it made; exit status 1 when there is none.
pub fn run(args: &BackupArgs, session: &Session, words: &Words) -> ExitCode {
    restore::told(back_up(args, session, words))
}

fn back_up(args: &BackupArgs, session: &Session, words: &Words) -> Result<String, String> {
    let place = start::place(&session.clone().at(&args.db), words)?;
    let now = Utc::now().with_timezone(&place.zone).naive_local();
    let made = backup::back_up(&place.db, args.file.as_deref(), now)
        .map_err(|fault| said(words, &fault, place.zone))?;
    let args = about(&made, place.zone);
    Ok(words.say_with("backup-made", &args.each()))
}

/// Why there is no backup. Times are those of `zone`.
pub fn said(words: &Words, fault: &BackupFault, zone: Tz) -> String {
    match fault {
        BackupFault::Desk(fault) | BackupFault::Target(fault) => opening::fault(words, fault, zone),
        BackupFault::Exists { path } => {
            words.say_with("backup-exists", &[("path", Arg::Text(&shown(path)))])
        }
        BackupFault::Damaged { path, why } => {
            let why = cause::told(words, why);
            let args = [("path", Arg::Text(&shown(path))), ("why", Arg::Text(&why))];
            format!(
                "{}\n{}",
                words.say_with("backup-damaged", &args),
                opening::way_out(words, path, zone)
            )
        }
    }
}

/// What is told of a backup.
pub(super) struct About {
    path: String,
    size: String,
    cases: i64,
    changes: i64,
    newest: String,
}

/// What is told of a backup, times as they are at the service centre.
pub(super) fn about(made: &Made, zone: Tz) -> About {
    About {
        path: shown(&made.path),
        size: size(made.contents.bytes),
        cases: made.contents.cases,
        changes: made.contents.changes,
        newest: time(made.contents.newest, zone),
    }
}

impl About {
    pub(super) fn each(&self) -> [(&str, Arg<'_>); 5] {
        [
            ("path", Arg::Text(&self.path)),
            ("size", Arg::Text(&self.size)),
            ("cases", Arg::Number(self.cases)),
            ("changes", Arg::Number(self.changes)),
            ("newest", Arg::Text(&self.newest)),
        ]
    }
}

/// A time at the service centre; `-` for none.
pub(super) fn time(at: Option<DateTime<Utc>>, zone: Tz) -> String {
    at.map_or_else(
        || "-".to_string(),
        |at| at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string(),
    )
}

/// A size in KB, MB or GB.
pub(super) fn size(bytes: u64) -> String {
    let (unit, divisor) = match bytes {
        0..1_000_000 => ("KB", 1_000),
        1_000_000..1_000_000_000 => ("MB", 1_000_000),
        _ => ("GB", 1_000_000_000),
    };
    let tenths = bytes.saturating_mul(10).div_ceil(divisor);
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

/// Prints a line; whoever asked has gone, or reads it.
pub(super) fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_has_one_place_behind_the_point() {
        let table = [
            (0, "0.0 KB"),
            (225_280, "225.3 KB"),
            (98_000_000, "98.0 MB"),
            (3_250_000_000, "3.3 GB"),
        ];
        for (bytes, said) in table {
            assert_eq!(size(bytes), said);
        }
    }
}
