//! `aftercare doctor`: is everything about the desk's file as it should be.

use super::arguments::Session;
use super::backup::{about, print, size};
use super::opening::{self, shown};
use super::{cause, start};
use crate::app::opening::{Place, Refused, look};
use crate::store::Trouble;
use crate::store::doctor::{self, Finding, Level};
use crate::terms::day::Day;
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible;
use crate::work::case::Knowledge;
use chrono::{Datelike, NaiveDate, Utc};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// The exit status where something is to be done.
const TO_DO: u8 = 1;
/// The exit status of a damaged file.
const DAMAGED: u8 = 2;
/// A year whose working days are not stored is named so many weeks before it begins, as on the board.
const WEEKS_AHEAD: i32 = 8;

/// Which desk.
#[derive(Debug, Clone, clap::Args)]
pub struct DoctorArgs {
    #[arg(long, value_name = "FILE")]
    pub db: Option<PathBuf>,
}

/// Looks at everything and says it: a line each, and the verdict first. Exit status 0 for good, 1 where
/// something is to be done, 2 for a damaged file.
pub fn run(args: &DoctorArgs, session: &Session, words: &Words) -> ExitCode {
    let place = match start::place(&session.clone().at(&args.db), words) {
        Ok(place) => place,
        Err(why) => {
            let _ = writeln!(std::io::stderr(), "{why}");
            return ExitCode::from(TO_DO);
        }
    };
    let now = Utc::now();
    let today = now.with_timezone(&place.zone).date_naive();
    let mut known = None;
    let findings = doctor::examine(&place.db, now, |view| {
        let (projection, knowledge, refused) = look(&place, view, today)?;
        known = Some((knowledge, refused));
        Ok(projection)
    });
    let mut lines: Vec<(Level, String)> = findings
        .iter()
        .map(|finding| (finding.level(), line(words, finding, &place)))
        .collect();
    if let Some((knowledge, refused)) = known {
        lines.push(years(words, &knowledge, today));
        lines.push(terms(words, &refused));
    }
    let worst = lines.iter().map(|(level, _)| *level).max();
    let worst = worst.unwrap_or(Level::Good);
    let path = shown(&place.db);
    let (verdict, status) = match worst {
        Level::Good | Level::Note => ("doctor-good", 0),
        Level::ToDo => ("doctor-to-do", TO_DO),
        Level::Damaged => ("doctor-damaged", DAMAGED),
    };
    print(&words.say_with(verdict, &[("path", Arg::Text(&path))]));
    for (level, text) in &lines {
        print(&format!("{} {text}", sign(words, *level)));
    }
    if worst == Level::Damaged {
        print(&opening::way_out(words, &place.db, place.zone));
    }
    ExitCode::from(status)
}

fn sign(words: &Words, level: Level) -> String {
    let id = match level {
        Level::Good => "doctor-sign-good",
        Level::Note => "doctor-sign-note",
        Level::ToDo => "doctor-sign-to-do",
        Level::Damaged => "doctor-sign-damaged",
    };
    words.say(id).into_owned()
}

fn line(words: &Words, finding: &Finding, place: &Place) -> String {
    let text = |text: &str| visible(text).into_owned();
    let count = |count: usize| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
    match finding {
        Finding::Opens(contents) => {
            let made = crate::store::backup::Made {
                path: place.db.clone(),
                contents: contents.clone(),
            };
            words.say_with("doctor-opens", &about(&made, place.zone).each())
        }
        Finding::DoesNotOpen(fault) => opening::plain(words, fault),
        Finding::Whole(Ok(())) => words.say("doctor-whole").into_owned(),
        Finding::Whole(Err(why)) => {
            let why = match why {
                Trouble::Damaged(why) => cause::told(words, why),
                other => cause::trouble(words, other),
            };
            words.say_with("doctor-not-whole", &[("why", Arg::Text(&why))])
        }
        Finding::Schema(strange) if strange.is_empty() => words.say("doctor-schema").into_owned(),
        Finding::Schema(strange) => {
            let names = text(&strange.join(", "));
            words.say_with("doctor-schema-strange", &[("names", Arg::Text(&names))])
        }
        Finding::OlderSchema { have, latest } => words.say_with(
            "doctor-older",
            &[
                ("have", Arg::Number(*have)),
                ("latest", Arg::Number(*latest)),
            ],
        ),
        Finding::Replayed { records, broken: 0 } => {
            words.say_with("doctor-replayed", &[("records", count(*records))])
        }
        Finding::Replayed { broken, .. } => {
            words.say_with("doctor-broken", &[("broken", count(*broken))])
        }
        Finding::Lines {
            differing: 0,
            unfound: 0,
        } => words.say("doctor-lines").into_owned(),
        Finding::Lines { differing, unfound } => words.say_with(
            "doctor-lines-differ",
            &[
                ("differing", count(*differing)),
                ("unfound", Arg::Number(*unfound)),
            ],
        ),
        Finding::Terms { unknown: 0 } => words.say("doctor-versions").into_owned(),
        Finding::Terms { unknown } => words.say_with(
            "doctor-versions-unknown",
            &[("cases", Arg::Number(*unknown))],
        ),
        Finding::Counters(low) if low.is_empty() => words.say("doctor-counters").into_owned(),
        Finding::Counters(low) => {
            let each: Vec<String> = low
                .iter()
                .map(|(prefix, counter, n)| format!("{prefix}{counter:05} < {prefix}{n:05}"))
                .collect();
            let each = text(&each.join(", "));
            words.say_with("doctor-counters-low", &[("numbers", Arg::Text(&each))])
        }
        Finding::Journal { missing, .. } if *missing > 0 => {
            words.say_with("doctor-journal-missing", &[("missing", count(*missing))])
        }
        Finding::Journal { unreadable, .. } if *unreadable > 0 => {
            words.say_with("doctor-journal-torn", &[("unreadable", count(*unreadable))])
        }
        Finding::Journal { .. } => words.say("doctor-journal").into_owned(),
        Finding::JournalUnreadable(why) => {
            let why = cause::told(words, why);
            words.say_with("doctor-journal-unreadable", &[("why", Arg::Text(&why))])
        }
        Finding::Permissions(open) if open.is_empty() => {
            words.say("doctor-permissions").into_owned()
        }
        Finding::Permissions(open) => {
            let paths: Vec<String> = open.iter().map(|path| shown(path)).collect();
            let paths = paths.join(" ");
            words.say_with("doctor-permissions-open", &[("paths", Arg::Text(&paths))])
        }
        Finding::Unwritable(paths) => {
            let paths: Vec<String> = paths.iter().map(|path| shown(path)).collect();
            let paths = paths.join(" ");
            words.say_with("doctor-unwritable", &[("paths", Arg::Text(&paths))])
        }
        Finding::Backup { made, days } => {
            let about = about(made, place.zone);
            let mut args = about.each().to_vec();
            args.push(("days", Arg::Number(*days)));
            let id = match finding.level() {
                Level::Good => "doctor-backup",
                _ => "doctor-backup-old",
            };
            words.say_with(id, &args)
        }
        Finding::NoBackup { bad: 0 } => words.say("doctor-no-backup").into_owned(),
        Finding::NoBackup { bad } => words.say_with("doctor-backups-bad", &[("bad", count(*bad))]),
        Finding::Room { free, file } => {
            let (free, file) = (size(*free), size(*file));
            let args = [("free", Arg::Text(&free)), ("file", Arg::Text(&file))];
            let id = match finding.level() {
                Level::Good => "doctor-room",
                _ => "doctor-room-little",
            };
            words.say_with(id, &args)
        }
        Finding::CutOff => words.say("doctor-cut-off").into_owned(),
    }
}

/// Whether the working days of this and the coming year are known.
fn years(words: &Words, knowledge: &Knowledge, today: NaiveDate) -> (Level, String) {
    let year = |year: i32| year.to_string();
    let (this, next) = (today.year(), today.year().saturating_add(1));
    let calendar = &knowledge.calendar;
    let missing = [this, next].into_iter().find(|it| !calendar.knows(*it));
    match missing {
        None => {
            let (this, next) = (year(this), year(next));
            let args = [("this", Arg::Text(&this)), ("next", Arg::Text(&next))];
            (Level::Good, words.say_with("doctor-years", &args))
        }
        Some(missing) => {
            let is_soon = calendar
                .missing_soon(Day::from_date(today), WEEKS_AHEAD)
                .is_some();
            let level = if is_soon { Level::ToDo } else { Level::Note };
            let missing = year(missing);
            let args = [("year", Arg::Text(&missing))];
            (level, words.say_with("doctor-year-missing", &args))
        }
    }
}

/// Whether every file of terms and working days beside the desk can be used.
fn terms(words: &Words, refused: &[Refused]) -> (Level, String) {
    if refused.is_empty() {
        return (Level::Good, words.say("doctor-terms").into_owned());
    }
    let between = words.say("doctor-files-between");
    let files = opening::refused(words, refused).replace('\n', &between);
    let args = [("files", Arg::Text(&files))];
    (Level::ToDo, words.say_with("doctor-terms-refused", &args))
}
