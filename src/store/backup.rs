//! Copies of the file, made while others work on it.
//!
//! A copy is made in one step, so that writers do not make it begin anew; under a temporary name; put on
//! the disk; checked whole; and only then given its name, so a file with the name of a backup is one.
//!
//! The desk's own backups are in `backups` beside its file, `desk-2026-11-22-143000.db`. One is made each
//! day. Kept are: everything of today, the newest of each of the newest [`DAYS`] days that have one, of
//! the newest [`WEEKS`] weeks, and of the newest [`MONTHS`] months. Other files in the folder, and
//! backups with a day that has not come yet, are never touched. Nothing is taken away unless the new
//! copy is whole: else the old ones may be all there is.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::cause::Cause;
use super::check::{self, Contents};
use super::copy::Copy;
use super::fault::{OpenFault, Trouble};
use super::lock::{self, Hold};
use super::open::{self, BUSY};
use super::{journal, place, restore};

/// So many days keep their newest backup.
pub const DAYS: usize = 7;
/// So many weeks (from Monday) keep their newest backup.
pub const WEEKS: usize = 4;
/// So many months keep their newest backup.
pub const MONTHS: usize = 12;

const STAMP: &str = "%Y-%m-%d-%H%M%S";

/// A backup that is on the disk and was found whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The file.
    pub path: PathBuf,
    /// What is in it.
    pub contents: Contents,
}

/// Why there is no backup. No half of one is left either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackupFault {
    /// The desk cannot be read.
    Desk(OpenFault),
    /// The copy is not whole, so the desk's file is not. Earlier backups were left alone.
    Damaged {
        /// The desk's file.
        path: PathBuf,
        /// What is wrong with it.
        why: Cause,
    },
    /// There is a file of that name.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The backup cannot be written there.
    Target(OpenFault),
}

/// What became of the day's backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Daily {
    /// It was made.
    Made(Made),
    /// There is one, or somebody else is making it, or nothing was ever recorded.
    NotNeeded,
    /// It could not be made.
    Failed(BackupFault),
}

/// Backs the desk up into a new file; without one into the desk's own folder, named after `now`, the
/// time of day at the service centre.
///
/// # Errors
/// [`BackupFault`].
pub fn back_up(db: &Path, to: Option<&Path>, now: NaiveDateTime) -> Result<Made, BackupFault> {
    let source = Source::open(db).map_err(BackupFault::Desk)?;
    match to {
        Some(to) => make(&source, to),
        None => {
            let folder = Folder::beside(db).map_err(BackupFault::Target)?;
            let _alone = folder.work(BUSY * 6).map_err(BackupFault::Target)?;
            folder.make_named(&source, now)
        }
    }
}

/// Makes the day's backup where there is none yet, and takes away what is kept no longer. Of several
/// processes one does it.
pub fn daily(db: &Path, now: NaiveDateTime) -> Daily {
    match try_daily(db, now) {
        Ok(None) => Daily::NotNeeded,
        Ok(Some(made)) => Daily::Made(made),
        Err(fault) => Daily::Failed(fault),
    }
}

fn try_daily(db: &Path, now: NaiveDateTime) -> Result<Option<Made>, BackupFault> {
    let has_one = |folder: &Folder| folder.stamps().iter().any(|at| at.date() == now.date());
    let source = Source::open(db).map_err(BackupFault::Desk)?;
    if source.is_empty().map_err(|trouble| source.fault(trouble))? {
        return Ok(None);
    }
    let folder = Folder::beside(db).map_err(BackupFault::Target)?;
    if has_one(&folder) {
        return Ok(None);
    }
    let _alone = match folder.work(Duration::ZERO) {
        Ok(alone) => alone,
        Err(OpenFault::Busy { .. }) => return Ok(None),
        Err(fault) => return Err(BackupFault::Target(fault)),
    };
    if has_one(&folder) {
        return Ok(None);
    }
    let made = folder.make_named(&source, now)?;
    keep_erasures(db, &made.path);
    folder.rotate(now.date());
    Ok(Some(made))
}

/// Erasures that the journal does not know, from before there was one, are noted.
fn keep_erasures(db: &Path, copy: &Path) {
    let (Ok(kept), Ok(conn)) = (journal::read(db), check::open_to_read(copy)) else {
        return;
    };
    let Ok(erased) = check::erased(&conn) else {
        return;
    };
    let found = journal::Kept {
        erased: erased.into_iter().collect(),
        ..journal::Kept::default()
    };
    // What cannot be noted now is found again tomorrow.
    let _ = journal::note(db, &found.beyond(&kept));
}

/// The newest backup in the desk's own folder that opens and is whole.
pub fn newest_good(db: &Path) -> Option<Made> {
    let folder = Folder::of(db);
    let mut files = folder.backups();
    files.sort_by_key(|(written, _)| std::cmp::Reverse(*written));
    files
        .into_iter()
        .find_map(|(_, path)| that_can_be_put_back(&path).ok())
}

/// The same as [`inspect`], of a backup that is to take the desk's place: one of this schema has the
/// tables and triggers of a desk. An older one is looked at once it is upgraded.
///
/// # Errors
/// [`OpenFault`], as for [`inspect`].
pub(super) fn that_can_be_put_back(path: &Path) -> Result<Made, OpenFault> {
    let made = inspect(path)?;
    if made.contents.schema == open::SCHEMA {
        let fault = |trouble| OpenFault::from_trouble(path.to_path_buf(), trouble);
        check::has_a_desks_schema(&check::open_desk(path)?).map_err(fault)?;
    }
    Ok(made)
}

/// What is in a backup, which is checked whole.
///
/// # Errors
/// [`OpenFault`]: it is no desk, a newer one, or not whole.
pub fn inspect(path: &Path) -> Result<Made, OpenFault> {
    let conn = check::open_desk(path)?;
    let fault = |trouble| OpenFault::from_trouble(path.to_path_buf(), trouble);
    check::is_whole(&conn).map_err(fault)?;
    Ok(Made {
        path: path.to_path_buf(),
        contents: check::contents(&conn, path).map_err(fault)?,
    })
}

/// The desk that is copied, kept from being replaced meanwhile.
struct Source {
    conn: Connection,
    path: PathBuf,
    _hold: Option<Hold>,
}

impl Source {
    fn open(db: &Path) -> Result<Source, OpenFault> {
        restore::finish_what_was_cut_off(db)?;
        // Refuses what is no desk before anything is made beside it.
        drop(check::open_desk(db)?);
        let hold = match restore::share(db) {
            Ok(hold) => Some(hold),
            Err(OpenFault::ReadOnly { .. } | OpenFault::NoPermission { .. }) => None,
            Err(fault) => return Err(fault),
        };
        let fault = |error: rusqlite::Error| OpenFault::from_trouble(db.into(), error.into());
        let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let has_log = open::has_log_file(db);
        let conn = Connection::open_with_flags(db, flags | OpenFlags::SQLITE_OPEN_READ_WRITE)
            .map_err(fault)?;
        conn.busy_timeout(BUSY).map_err(fault)?;
        // Whatever the log is, it is not for a backup to write it into the file.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_log)
            .map_err(fault)?;
        Ok(Source {
            conn,
            path: db.to_path_buf(),
            _hold: hold,
        })
    }

    fn is_empty(&self) -> Result<bool, Trouble> {
        let has_change = "SELECT EXISTS (SELECT 1 FROM change)";
        Ok(!self
            .conn
            .query_row(has_change, [], |row| row.get::<_, bool>(0))?)
    }

    fn fault(&self, trouble: Trouble) -> BackupFault {
        match trouble {
            Trouble::Damaged(why) => BackupFault::Damaged {
                path: self.path.clone(),
                why,
            },
            trouble => BackupFault::Desk(OpenFault::from_trouble(self.path.clone(), trouble)),
        }
    }
}

/// Makes a backup in a new file.
fn make(source: &Source, to: &Path) -> Result<Made, BackupFault> {
    let target = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => BackupFault::Exists { path: to.into() },
        _ => BackupFault::Target(place::io_fault(to, &error)),
    };
    if std::fs::symlink_metadata(to).is_ok() {
        return Err(BackupFault::Exists { path: to.into() });
    }
    let copy = Copy::begin(to).map_err(target)?;
    copy.fill(&source.conn).map_err(|trouble| match trouble {
        Trouble::Full | Trouble::ReadOnly | Trouble::NoPermission => {
            BackupFault::Target(OpenFault::from_trouble(to.to_path_buf(), trouble))
        }
        trouble => source.fault(trouble),
    })?;
    let contents = inspect(&copy.path).map_err(|fault| match fault {
        OpenFault::Damaged { why, .. } => BackupFault::Damaged {
            path: source.path.clone(),
            why,
        },
        other => BackupFault::Desk(other),
    })?;
    copy.takes_name(to).map_err(target)?;
    Ok(Made {
        path: to.to_path_buf(),
        ..contents
    })
}

/// The folder of a desk's own backups.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder, whether it is there or not.
    pub fn of(db: &Path) -> Folder {
        Folder {
            path: place::folder_of(&lock::real(db)).join("backups"),
        }
    }

    /// The folder, made for this person alone where it is not there.
    ///
    /// # Errors
    /// [`OpenFault`]: it cannot be made.
    pub fn beside(db: &Path) -> Result<Folder, OpenFault> {
        let folder = Folder::of(db);
        place::make_folder(&folder.path)?;
        Ok(folder)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Waits until nobody else makes a backup here, and clears away what killed ones left.
    ///
    /// # Errors
    /// [`OpenFault::Busy`] when somebody still does after `patience`.
    pub(super) fn work(&self, patience: Duration) -> Result<Hold, OpenFault> {
        let all = self.path.join("making");
        let alone = lock::alone(&all, patience).map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => OpenFault::Busy {
                path: self.path.clone(),
            },
            _ => place::io_fault(&self.path, &error),
        })?;
        for path in self.files() {
            let name = path.file_name().and_then(|name| name.to_str());
            if name.is_some_and(|name| name.starts_with('.') && name.ends_with(".part")) {
                let _ = std::fs::remove_file(path);
            }
        }
        Ok(alone)
    }

    /// Keeps a copy of a desk before it is brought to a later schema.
    pub(super) fn keep_before_schema(&self, db: &Path, schema: usize) -> Result<(), OpenFault> {
        let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_READ_ONLY;
        let conn = Connection::open_with_flags(db, flags)
            .map_err(|error| OpenFault::from_trouble(db.into(), error.into()))?;
        let source = Source {
            conn,
            path: db.to_path_buf(),
            _hold: None,
        };
        let now = Utc::now().naive_utc();
        let named = |at: NaiveDateTime| {
            let stamp = at.format(STAMP);
            self.path.join(format!("before-schema-{schema}-{stamp}.db"))
        };
        self.make_free(&source, now, named)
            .map(|_| ())
            .map_err(|fault| match fault {
                BackupFault::Desk(fault) | BackupFault::Target(fault) => fault,
                BackupFault::Damaged { path, why } => OpenFault::Damaged { path, why },
                BackupFault::Exists { path } => OpenFault::Busy { path },
            })
    }

    fn make_named(&self, source: &Source, now: NaiveDateTime) -> Result<Made, BackupFault> {
        self.make_free(source, now, |at| self.named(at))
    }

    /// Makes a backup under the first name that is free, from `now` on.
    fn make_free(
        &self,
        source: &Source,
        now: NaiveDateTime,
        named: impl Fn(NaiveDateTime) -> PathBuf,
    ) -> Result<Made, BackupFault> {
        let mut at = now;
        while std::fs::symlink_metadata(named(at)).is_ok() {
            at += TimeDelta::seconds(1);
        }
        make(source, &named(at))
    }

    fn named(&self, at: NaiveDateTime) -> PathBuf {
        self.path.join(format!("desk-{}.db", at.format(STAMP)))
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(&self.path).into_iter().flatten();
        entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect()
    }

    /// The backups that are named after a time.
    fn stamps(&self) -> BTreeSet<NaiveDateTime> {
        self.files().iter().filter_map(|path| stamp(path)).collect()
    }

    /// Everything that is named as a backup, with the time of its last writing.
    pub(super) fn backups(&self) -> Vec<(std::time::SystemTime, PathBuf)> {
        let mut found = Vec::new();
        for path in self.files() {
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            let is_one = stamp(&path).is_some()
                || (name.starts_with("before-schema-") && name.ends_with(".db"));
            if is_one && let Ok(meta) = std::fs::metadata(&path) {
                let written = meta.modified().unwrap_or(std::time::UNIX_EPOCH);
                found.push((written, path));
            }
        }
        found
    }

    fn rotate(&self, today: NaiveDate) {
        for at in superfluous(&self.stamps(), today) {
            // One that cannot be taken away now is taken away tomorrow.
            let _ = std::fs::remove_file(self.named(at));
        }
        if let Ok(folder) = File::open(&self.path) {
            let _ = folder.sync_all();
        }
    }
}

/// The time in the name of a backup, `desk-2026-11-22-143000.db`.
fn stamp(path: &Path) -> Option<NaiveDateTime> {
    let name = path.file_name()?.to_str()?;
    let text = name.strip_prefix("desk-")?.strip_suffix(".db")?;
    let at = NaiveDateTime::parse_from_str(text, STAMP).ok()?;
    // Only names as we write them.
    (at.format(STAMP).to_string() == text).then_some(at)
}

/// The backups that are kept no longer; see the rule at the head of this file.
fn superfluous(all: &BTreeSet<NaiveDateTime>, today: NaiveDate) -> BTreeSet<NaiveDateTime> {
    let past: Vec<NaiveDateTime> = all
        .iter()
        .copied()
        .filter(|at| at.date() <= today)
        .rev()
        .collect();
    let mut kept: BTreeSet<NaiveDateTime> = past
        .iter()
        .copied()
        .filter(|at| at.date() == today)
        .collect();
    kept.extend(newest_of_each(&past, DAYS, |at| at.date()));
    kept.extend(newest_of_each(&past, WEEKS, |at| at.date().iso_week()));
    kept.extend(newest_of_each(&past, MONTHS, |at| (at.year(), at.month())));
    past.into_iter().filter(|at| !kept.contains(at)).collect()
}

/// The newest of each of the newest spans; `newest_first` is in that order.
fn newest_of_each<S: PartialEq>(
    newest_first: &[NaiveDateTime],
    spans: usize,
    span: impl Fn(&NaiveDateTime) -> S,
) -> Vec<NaiveDateTime> {
    let mut found: Vec<NaiveDateTime> = Vec::new();
    for at in newest_first {
        if found.len() < spans && found.last().is_none_or(|last| span(last) != span(at)) {
            found.push(*at);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    /// A backup each day at noon, with the rotation after each.
    fn after_days(first: &str, count: u64) -> BTreeSet<NaiveDateTime> {
        let mut all = BTreeSet::new();
        let first = at(&format!("{first} 12:00"));
        for day in 0..count {
            let now = first + chrono::Days::new(day);
            all.insert(now);
            for gone in superfluous(&all, now.date()) {
                all.remove(&gone);
            }
        }
        all
    }

    #[test]
    fn after_two_years_seven_days_four_weeks_and_twelve_months_are_there() {
        // 2026-12-31 is a Thursday.
        let kept: Vec<String> = after_days("2025-01-01", 730)
            .iter()
            .map(|at| at.format("%m-%d").to_string())
            .collect();
        let months = [
            "01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30",
            "10-31", "11-30",
        ];
        let weeks = ["12-13", "12-20"];
        let days = [
            "12-25", "12-26", "12-27", "12-28", "12-29", "12-30", "12-31",
        ];
        let expected: Vec<&str> = [&months[..], &weeks, &days].concat();
        assert_eq!(kept, expected);
    }

    #[test]
    fn days_without_a_backup_do_not_count() {
        let all: BTreeSet<_> = ["2026-03-01 09:00", "2026-06-01 09:00", "2026-11-01 09:00"]
            .map(at)
            .into();
        assert_eq!(
            superfluous(&all, at("2026-11-22 00:00").date()),
            BTreeSet::new()
        );
    }

    #[test]
    fn of_a_past_day_the_newest_stays_and_of_today_all() {
        let all: BTreeSet<_> = [
            "2026-11-20 09:00",
            "2026-11-20 17:00",
            "2026-11-21 09:00",
            "2026-11-22 08:00",
            "2026-11-22 09:00",
            "2099-01-01 09:00",
        ]
        .map(at)
        .into();
        let gone = superfluous(&all, at("2026-11-22 00:00").date());
        assert_eq!(gone, [at("2026-11-20 09:00")].into());
    }

    #[test]
    fn only_names_as_we_write_them_are_backups() {
        let table = [
            ("desk-2026-11-22-143000.db", true),
            ("desk-2026-11-22-1430.db", false),
            ("desk-2026-2-2-143000.db", false),
            ("desk-2026-11-31-143000.db", false),
            ("desk-2026-11-22-143000.db-wal", false),
            ("my-desk-2026-11-22-143000.db", false),
            ("before-schema-2-2026-11-22-143000.db", false),
        ];
        for (name, is_one) in table {
            assert_eq!(stamp(Path::new(name)).is_some(), is_one, "{name}");
        }
    }
}
