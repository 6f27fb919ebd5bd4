//! Putting a backup back in the place of the desk's file, while nobody works.
//!
//! The backup is copied, brought to the latest schema, given everything that must not be forgotten
//! (numbers, erasures, the next epoch) and put on the disk under a name of its own. Then it is renamed to
//! `<db>.restored-<stamp>`: with that the restore is decided. What is left is the same however often it
//! is begun anew, and whoever opens the desk next does it where it was cut off: the old file and its log
//! get the name `<db>.before-restore-<stamp>`, and the new one the desk's. So at every moment there is
//! the old file or the new one, and never a log beside a file it does not belong to.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::NaiveDateTime;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::backup::{self, Folder, Made};
use super::check::{self, Contents};
use super::copy::Copy;
use super::fault::{OpenFault, Trouble};
use super::journal::{self, Kept};
use super::lock::{self, Hold};
use super::project::Projection;
use super::read::View;
use super::{draft, open, place};
use crate::desk::id::EntityId;

/// How long a restore waits for sessions that are just ending.
const ENDING: Duration = Duration::from_secs(1);

/// Why nothing was put back. The desk's file is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreFault {
    /// The backup cannot be used.
    Backup(OpenFault),
    /// The backup is the desk's file itself.
    Same,
    /// Somebody works on the desk.
    Working {
        /// Who, as far as their drafts tell.
        who: Vec<String>,
    },
    /// The desk's place cannot be written to.
    Desk(OpenFault),
}

/// The file a backup takes the place of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Before {
    /// Whether there is one.
    pub is_there: bool,
    /// What is in it; `None` where it cannot be read any more.
    pub contents: Option<Contents>,
    /// How many of its changes are not in the backup; `None` where it cannot be read.
    pub changes_lost: Option<i64>,
    /// How many of its cases are not in the backup.
    pub cases_lost: Option<i64>,
}

/// A backup that was put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Where the old file is now, if there was one.
    pub before: Option<PathBuf>,
    /// The last count given for each prefix of case numbers, by everything that still tells.
    pub numbers: BTreeMap<String, u32>,
    /// Whether something told of the numbers given after the backup: the journal or the old file.
    pub numbers_are_sure: bool,
    /// How many values were erased again.
    pub erased: usize,
    /// The schema the backup had.
    pub schema: i64,
}

/// A restore that has the desk for itself and has not changed anything yet.
#[derive(Debug)]
pub struct Restore {
    db: PathBuf,
    backup: Made,
    before: Before,
    /// Held to the end.
    _alone: Hold,
}

impl Restore {
    /// Checks the backup, and that nobody works on the desk; from now on nobody can begin to.
    ///
    /// # Errors
    /// [`RestoreFault`].
    pub fn begin(db: &Path, file: &Path) -> Result<Restore, RestoreFault> {
        let backup = backup::that_can_be_put_back(file).map_err(RestoreFault::Backup)?;
        let db = lock::real(db);
        place::make_folder(place::folder_of(&db)).map_err(RestoreFault::Desk)?;
        finish_what_was_cut_off(&db).map_err(RestoreFault::Desk)?;
        if db.is_dir() {
            return Err(RestoreFault::Desk(OpenFault::IsFolder { path: db }));
        }
        if is_same(&db, file) {
            return Err(RestoreFault::Same);
        }
        let alone = lock::alone(&db, ENDING).map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => RestoreFault::Working {
                who: draft::working(&db),
            },
            _ => RestoreFault::Desk(place::io_fault(&lock::path(&db), &error)),
        })?;
        sweep(&db);
        if is_open_elsewhere(&db) {
            return Err(RestoreFault::Working { who: Vec::new() });
        }
        Ok(Restore {
            before: before(&db, file),
            db,
            backup,
            _alone: alone,
        })
    }

    /// The backup.
    pub fn backup(&self) -> &Made {
        &self.backup
    }

    /// The file it takes the place of.
    pub fn before(&self) -> &Before {
        &self.before
    }

    /// The last count given for a prefix of case numbers, by everything that still tells.
    pub fn last_number(&self, prefix: &str) -> Option<u32> {
        let noted = journal::read(&self.db).unwrap_or_default();
        self.gather(&noted).numbers.get(prefix).copied()
    }

    /// Puts the backup in the place of the desk's file. `now` is the time of day at the service centre,
    /// for the name the old file gets; `given` is the highest case number that somebody knows was given.
    ///
    /// # Errors
    /// [`RestoreFault`]; the desk's file is as it was.
    pub fn carry_out(
        self,
        now: NaiveDateTime,
        given: Option<(String, u32)>,
        projection: impl FnOnce(View<'_>) -> Result<Projection, Trouble>,
    ) -> Result<Restored, RestoreFault> {
        let desk = |trouble| RestoreFault::Desk(OpenFault::from_trouble(self.db.clone(), trouble));
        let disk = |error: io::Error| RestoreFault::Desk(place::io_fault(&self.db, &error));
        let noted = journal::read(&self.db).map_err(disk)?;
        // A journal without its file may be a copy of another day.
        let is_beside_its_file = self.before.is_there && !noted.is_empty();
        let numbers_are_sure = is_beside_its_file || self.before.contents.is_some();
        let mut kept = self.gather(&noted);
        if let Some((prefix, n)) = given {
            kept.number(&prefix, n);
        }
        let copy = Copy::begin(&self.db).map_err(disk)?;
        let from = check::open_desk(&self.backup.path).map_err(RestoreFault::Backup)?;
        copy.fill(&from).map_err(desk)?;
        let erased = self.prepare(&copy.path, &kept, projection).map_err(desk)?;
        journal::note(&self.db, &kept.beyond(&noted)).map_err(disk)?;
        let stamp = self.free_stamp(now);
        copy.replaces(&lock::beside(&self.db, &format!("{RESTORED}{stamp}")))
            .map_err(disk)?;
        journal::sync_folder(&self.db).map_err(disk)?;
        finish(&self.db).map_err(disk)?;
        Ok(Restored {
            before: self
                .before
                .is_there
                .then(|| lock::beside(&self.db, &format!("{BEFORE}{stamp}"))),
            numbers: kept.numbers,
            numbers_are_sure,
            erased,
            schema: self.backup.contents.schema,
        })
    }

    /// Everything that must not be forgotten, from whatever tells of it: the journal, the old file, the
    /// backup, and the other backups.
    fn gather(&self, noted: &Kept) -> Kept {
        let mut kept = noted.clone();
        let others = Folder::of(&self.db)
            .backups()
            .into_iter()
            .map(|(_, path)| path);
        for path in others.chain([self.backup.path.clone(), self.db.clone()]) {
            let Ok(conn) = check::open_desk(&path) else {
                continue;
            };
            kept.add(&Kept {
                numbers: check::numbers(&conn).unwrap_or_default(),
                erased: check::erased(&conn)
                    .unwrap_or_default()
                    .into_iter()
                    .collect(),
                unreadable: 0,
            });
        }
        kept
    }

    /// Makes the copy what the desk will be; how many values were erased again.
    fn prepare(
        &self,
        copy: &Path,
        kept: &Kept,
        projection: impl FnOnce(View<'_>) -> Result<Projection, Trouble>,
    ) -> Result<usize, Trouble> {
        let mut conn = Connection::open(copy)?;
        open::upgrade_copy(&mut conn)?;
        check::has_a_desks_schema(&conn)?;
        let projection = projection(View { conn: &conn })?;
        let transaction = conn.transaction()?;
        let (epoch, rev) = match &self.before.contents {
            Some(old) => (old.epoch, old.rev),
            None => (0, 0),
        };
        // Both are above everything any session has ever seen here.
        let rev: i64 = transaction.query_row(
            "UPDATE meta SET epoch = max(epoch, ?1) + 1, rev = max(rev, ?2) + 1 RETURNING rev",
            [epoch, rev],
            |row| row.get(0),
        )?;
        raise_counters(&transaction, &kept.numbers)?;
        let mut changed = BTreeSet::new();
        let mut erased = 0;
        for change in &kept.erased {
            let found = transaction.execute(
                "UPDATE change SET state = 'erased', value = NULL
                 WHERE entity = ?1 AND seq = ?2 AND action = ?3 AND state IN ('known', 'unreadable')",
                (change.entity, change.seq, change.action),
            )?;
            if found > 0 {
                erased += found;
                changed.insert(EntityId(change.entity));
            }
        }
        super::renew(&transaction, &projection, rev, changed)?;
        if erased > 0 {
            transaction.execute("INSERT INTO find (find) VALUES ('optimize')", [])?;
        }
        transaction.commit()?;
        check::is_whole(&conn)?;
        conn.close().map_err(|(_, error)| Trouble::from(error))?;
        std::fs::File::open(copy)?.sync_all()?;
        Ok(erased)
    }

    /// A stamp no earlier restore has.
    fn free_stamp(&self, now: NaiveDateTime) -> String {
        let mut at = now;
        loop {
            let stamp = at.format("%Y-%m-%d-%H%M%S").to_string();
            let name = lock::beside(&self.db, &format!("{BEFORE}{stamp}"));
            if std::fs::symlink_metadata(name).is_err() {
                return stamp;
            }
            at += chrono::TimeDelta::seconds(1);
        }
    }
}

/// What a file that is decided to be the desk's, and what the desk's file before it, are called.
const RESTORED: &str = ".restored-";
const BEFORE: &str = ".before-restore-";

/// Holds the desk's file together with others, and no restore that was cut off is left.
pub(super) fn share(db: &Path) -> Result<Hold, OpenFault> {
    let mut last = None;
    for _ in 0..3 {
        finish_what_was_cut_off(db)?;
        let hold = lock::share(db, lock::PATIENCE).map_err(|error| busy(db, &error))?;
        if decided(db).is_empty() {
            return Ok(hold);
        }
        last = Some(OpenFault::Restoring { path: db.into() });
    }
    Err(last.unwrap_or(OpenFault::Restoring { path: db.into() }))
}

/// Does what is left of a restore that was cut off after it was decided.
pub(super) fn finish_what_was_cut_off(db: &Path) -> Result<(), OpenFault> {
    let db = lock::real(db);
    if decided(&db).is_empty() {
        return Ok(());
    }
    let _alone = lock::alone(&db, lock::PATIENCE).map_err(|error| busy(&db, &error))?;
    finish(&db).map_err(|error| place::io_fault(&db, &error))
}

fn busy(db: &Path, error: &io::Error) -> OpenFault {
    match error.kind() {
        io::ErrorKind::WouldBlock => OpenFault::Restoring { path: db.into() },
        _ => place::io_fault(&lock::path(db), error),
    }
}

/// The files that are decided to be the desk's, oldest first, with their stamps. More than one only if
/// somebody put it there.
pub(super) fn decided(db: &Path) -> Vec<(PathBuf, String)> {
    let db = lock::real(db);
    let Some(name) = db.file_name().and_then(|name| name.to_str()) else {
        return Vec::new();
    };
    let prefix = format!("{name}{RESTORED}");
    let entries = std::fs::read_dir(place::folder_of(&db))
        .into_iter()
        .flatten();
    let mut found: Vec<(PathBuf, String)> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let stamp = path
                .file_name()?
                .to_str()?
                .strip_prefix(&prefix)?
                .to_string();
            Some((path, stamp))
        })
        .collect();
    found.sort();
    found
}

/// Puts what is decided in its place; can be cut off anywhere and done again.
fn finish(db: &Path) -> io::Result<()> {
    for (restored, stamp) in decided(db) {
        let before = lock::beside(db, &format!("{BEFORE}{stamp}"));
        if db.exists() {
            keep(db, &before)?;
        }
        for ending in ["-wal", "-journal"] {
            let log = lock::beside(db, ending);
            match std::fs::metadata(&log) {
                Ok(meta) if meta.len() > 0 => {
                    std::fs::rename(&log, lock::beside(&before, ending))?;
                }
                Ok(_) => std::fs::remove_file(&log)?,
                Err(_) => {}
            }
        }
        // The index of the log; SQLite makes it anew.
        let _ = std::fs::remove_file(lock::beside(db, "-shm"));
        journal::sync_folder(db)?;
        std::fs::rename(&restored, db)?;
        journal::sync_folder(db)?;
    }
    Ok(())
}

/// Gives a file a second name; where the file system knows no links, a copy has it.
fn keep(file: &Path, name: &Path) -> io::Result<()> {
    match std::fs::hard_link(file, name) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(_) => {
            let copy = Copy::begin(name)?;
            std::fs::copy(file, &copy.path)?;
            std::fs::File::open(&copy.path)?.sync_all()?;
            copy.replaces(name)
        }
    }
}

/// Removes the copies of restores that were cut off before they were decided.
fn sweep(db: &Path) {
    let name = db
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let prefix = format!(".{name}.");
    for entry in std::fs::read_dir(place::folder_of(db))
        .into_iter()
        .flatten()
        .flatten()
    {
        let left = entry.file_name();
        let left = left.to_str().and_then(|left| left.strip_prefix(&prefix));
        if left.is_some_and(|rest| rest.ends_with(".part") || rest.ends_with(".part-journal")) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Raises counters to at least these counts.
pub(super) fn raise_counters(
    conn: &Connection,
    numbers: &BTreeMap<String, u32>,
) -> Result<(), Trouble> {
    for (prefix, n) in numbers {
        let raised = conn.execute(
            "UPDATE counter SET n = ?2 WHERE prefix = ?1 AND n < ?2",
            (prefix, n),
        )?;
        let is_known: bool = conn.query_row(
            "SELECT EXISTS (SELECT 1 FROM counter WHERE prefix = ?1)",
            [prefix],
            |row| row.get(0),
        )?;
        if !is_known {
            conn.execute(
                "INSERT INTO counter (prefix, n) VALUES (?1, ?2)",
                (prefix, n),
            )?;
        }
        if raised > 0 || !is_known {
            let number = format!("{prefix}{n:05}");
            conn.execute("UPDATE meta SET high_water = ?1 WHERE one = 1", [number])?;
        }
    }
    Ok(())
}

fn is_same(db: &Path, file: &Path) -> bool {
    match (std::fs::metadata(db), std::fs::metadata(file)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// Whether another program, or a version of this one that knows no lock, has the file open. Looks only.
fn is_open_elsewhere(db: &Path) -> bool {
    let ask = || -> rusqlite::Result<()> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(db, flags)?;
        conn.busy_timeout(ENDING)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        // With the file locked for oneself, the log is read without its shared index: that is refused
        // while anybody else has the file open.
        conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE")?;
        conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
    };
    ask().is_err_and(|error| Trouble::from(error) == Trouble::Busy)
}

/// What is in the file that will be replaced, as far as it can be read.
fn before(db: &Path, file: &Path) -> Before {
    let is_there = std::fs::metadata(db).is_ok();
    let read = |conn: Connection| -> Result<(Contents, i64, i64), Trouble> {
        let contents = check::contents(&conn, db)?;
        conn.execute("ATTACH ?1 AS backup", [check::uri_to_read(file)])?;
        let changes = conn.query_row(
            "SELECT count(*) FROM main.change AS old WHERE NOT EXISTS (SELECT 1 FROM backup.change AS kept
                 WHERE kept.entity = old.entity AND kept.seq = old.seq AND kept.action = old.action)",
            [],
            |row| row.get(0),
        )?;
        let cases = conn.query_row(
            "SELECT count(*) FROM main.entity AS old WHERE kind = 'case'
                 AND NOT EXISTS (SELECT 1 FROM backup.entity AS kept WHERE kept.id = old.id)",
            [],
            |row| row.get(0),
        )?;
        Ok((contents, changes, cases))
    };
    let found = check::open_desk(db).ok().and_then(|conn| read(conn).ok());
    Before {
        is_there,
        changes_lost: found.as_ref().map(|(_, changes, _)| *changes),
        cases_lost: found.as_ref().map(|(_, _, cases)| *cases),
        contents: found.map(|(contents, ..)| contents),
    }
}
