//! Everything about the desk's file that can be looked at without changing it: works while others work,
//! and on a damaged file as far as it can be read. Typed findings; the words are in `assets/i18n`.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::backup::{self, Folder, Made};
use super::cause::Cause;
use super::check::{self, Contents};
use super::fault::{OpenFault, Trouble};
use super::project::{self, Projection};
use super::read::View;
use super::{journal, lock, place, restore};

/// How a finding is to be taken. The worst one is the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// As it should be.
    Good,
    /// Worth knowing; nothing has to be done now.
    Note,
    /// Something is to be done.
    ToDo,
    /// The file is damaged.
    Damaged,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The file opens and is a desk.
    Opens(Contents),
    /// The file does not open.
    DoesNotOpen(OpenFault),
    /// Every page, index and link is as it must be; or what SQLite found.
    Whole(Result<(), Trouble>),
    /// Tables and triggers are those of a new file; else the names of those that are not.
    Schema(Vec<String>),
    /// The file has an older schema; opening the desk upgrades it.
    OlderSchema {
        /// Its schema.
        have: i64,
        /// The latest.
        latest: i64,
    },
    /// So many records were replayed from their changes; so many could not be.
    Replayed {
        /// How many could.
        records: usize,
        /// How many could not.
        broken: usize,
    },
    /// Lines of cases that are not what their changes give, and cases the search does not know.
    Lines {
        /// How many lines differ.
        differing: usize,
        /// How many cases cannot be found.
        unfound: i64,
    },
    /// Cases whose version of the terms is not stored any more.
    Terms {
        /// How many.
        unknown: i64,
    },
    /// Counters below numbers that were given: the prefix, the counter, the highest number.
    Counters(Vec<(String, u32, u32)>),
    /// What is kept beside the file: how many lines cannot be read, how many numbers and erasures of
    /// the file are missing in it.
    Journal {
        /// Lines that cannot be read.
        unreadable: usize,
        /// What is missing.
        missing: usize,
    },
    /// What is kept beside the file cannot be read.
    JournalUnreadable(Cause),
    /// Files and folders that others may look into, or that belong to somebody else.
    Permissions(Vec<PathBuf>),
    /// Files and folders their owner may not write: nothing can be saved.
    Unwritable(Vec<PathBuf>),
    /// The newest backup that opens and is whole, and how many days old it is.
    Backup {
        /// The backup.
        made: Made,
        /// Its age in days.
        days: i64,
    },
    /// There is no good backup; so many files there are not.
    NoBackup {
        /// Backups that do not open or are not whole.
        bad: usize,
    },
    /// Free room on the disk and the size of the file, in bytes.
    Room {
        /// What is free.
        free: u64,
        /// What the file has.
        file: u64,
    },
    /// A restore was cut off; opening the desk does the rest.
    CutOff,
}

/// A backup older than this is too old: one is made every day somebody works.
const BACKUP_DAYS: i64 = 3;
/// Less free room than this is too little, in bytes.
const ROOM: u64 = 200 << 20;

impl Finding {
    /// How it is to be taken.
    pub fn level(&self) -> Level {
        let to_do = |is_bad: bool| if is_bad { Level::ToDo } else { Level::Good };
        match self {
            Finding::Opens(_) => Level::Good,
            Finding::DoesNotOpen(OpenFault::Damaged { .. } | OpenFault::Lost { .. }) => {
                Level::Damaged
            }
            Finding::DoesNotOpen(_) | Finding::JournalUnreadable(_) => Level::ToDo,
            Finding::Whole(Ok(())) => Level::Good,
            Finding::Whole(Err(_)) => Level::Damaged,
            Finding::Schema(strange) if strange.is_empty() => Level::Good,
            Finding::Schema(_) => Level::Damaged,
            Finding::OlderSchema { .. } | Finding::CutOff => Level::Note,
            Finding::Replayed { broken, .. } if *broken > 0 => Level::Damaged,
            Finding::Replayed { .. } => Level::Good,
            Finding::Lines { differing, unfound } => to_do(*differing > 0 || *unfound > 0),
            Finding::Terms { unknown } => to_do(*unknown > 0),
            Finding::Counters(low) => to_do(!low.is_empty()),
            Finding::Journal { missing, .. } if *missing > 0 => Level::ToDo,
            Finding::Journal { unreadable, .. } if *unreadable > 0 => Level::Note,
            Finding::Journal { .. } => Level::Good,
            Finding::Permissions(open) => to_do(!open.is_empty()),
            Finding::Unwritable(_) => Level::ToDo,
            Finding::Backup { days, .. } => to_do(*days > BACKUP_DAYS),
            Finding::NoBackup { .. } => Level::ToDo,
            Finding::Room { free, file } => to_do(*free < ROOM.max(file.saturating_mul(3))),
        }
    }
}

/// Looks at everything. `projection` is asked once the file could be opened; lines are compared with
/// what it computes.
pub fn examine(
    db: &Path,
    now: DateTime<Utc>,
    projection: impl FnOnce(View<'_>) -> Result<Projection, Trouble>,
) -> Vec<Finding> {
    // Where somebody works, a restore waits until we have looked.
    let _hold = lock::look_on(db);
    let mut findings = Vec::new();
    if !restore::decided(db).is_empty() {
        findings.push(Finding::CutOff);
    }
    let had_log = super::open::has_log_file(db);
    let mut inside = look_inside(db, projection);
    // Somebody began to work meanwhile and wrote into the file: what was read may be of two times.
    if !had_log && super::open::has_log_file(db) && is_bad(&inside) {
        inside.retain(|finding| finding.level() < Level::ToDo);
        inside.extend(look_again(db));
    }
    // What is no desk has its own rights and needs no backup of ours.
    let is_no_desk = inside.iter().any(|finding| {
        matches!(
            finding,
            Finding::DoesNotOpen(
                OpenFault::NotADesk { .. } | OpenFault::IsFolder { .. } | OpenFault::Missing { .. }
            )
        )
    });
    findings.append(&mut inside);
    if is_no_desk {
        return findings;
    }
    let paths = belongings(db);
    findings.push(permissions(db, &paths));
    findings.extend(unwritable(&paths));
    findings.push(newest_backup(db, now));
    findings.extend(room(db));
    findings
}

fn is_bad(findings: &[Finding]) -> bool {
    findings
        .iter()
        .any(|finding| finding.level() >= Level::ToDo)
}

/// The file itself once more, with its log.
fn look_again(db: &Path) -> Vec<Finding> {
    match check::open_desk(db) {
        Err(fault) => vec![Finding::DoesNotOpen(fault)],
        Ok(conn) => vec![whole(&conn)],
    }
}

fn look_inside(
    db: &Path,
    projection: impl FnOnce(View<'_>) -> Result<Projection, Trouble>,
) -> Vec<Finding> {
    let missing = std::fs::metadata(db).map_or(true, |meta| meta.len() == 0);
    if missing && journal::read(db).is_ok_and(|kept| !kept.numbers.is_empty()) {
        return vec![Finding::DoesNotOpen(OpenFault::Lost { path: db.into() })];
    }
    let conn = match check::open_desk(db) {
        Ok(conn) => conn,
        Err(fault) => return vec![Finding::DoesNotOpen(fault)],
    };
    let mut findings = Vec::new();
    match check::contents(&conn, db) {
        Ok(contents) => {
            let (have, latest) = (contents.schema, super::open::SCHEMA);
            findings.push(Finding::Opens(contents));
            if have < latest {
                findings.extend([whole(&conn), Finding::OlderSchema { have, latest }]);
                return findings;
            }
        }
        Err(trouble) => findings.push(Finding::DoesNotOpen(OpenFault::from_trouble(
            db.into(),
            trouble,
        ))),
    }
    findings.push(whole(&conn));
    findings.extend(check::strange_schema(&conn).map(Finding::Schema));
    findings.push(replayed(&conn));
    let projection = projection(View { conn: &conn });
    findings.extend(projection.and_then(|projection| lines(&conn, &projection)));
    findings.extend(terms(&conn));
    findings.extend(numbers(&conn, db).into_iter().flatten());
    findings
}

fn whole(conn: &Connection) -> Finding {
    match check::is_whole(conn) {
        Ok(()) => Finding::Whole(Ok(())),
        Err(trouble) => Finding::Whole(Err(trouble)),
    }
}

fn replayed(conn: &Connection) -> Finding {
    let view = View { conn };
    let (mut records, mut broken) = (0, 0);
    match view.ids("SELECT id FROM entity", []) {
        Ok(ids) => {
            for id in ids {
                match view.record(id) {
                    Ok(_) => records += 1,
                    Err(_) => broken += 1,
                }
            }
        }
        Err(_) => broken += 1,
    }
    Finding::Replayed { records, broken }
}

fn lines(conn: &Connection, projection: &Projection) -> Result<Finding, Trouble> {
    let differing = project::differing(conn, projection)?.len();
    let unfound = conn.query_row(
        "SELECT count(*) FROM case_row WHERE place NOT IN (SELECT id FROM find_docsize)",
        [],
        |row| row.get(0),
    )?;
    Ok(Finding::Lines { differing, unfound })
}

fn terms(conn: &Connection) -> Result<Finding, Trouble> {
    let unknown = conn.query_row(
        "SELECT count(*) FROM case_row WHERE terms IS NOT NULL AND terms NOT IN (SELECT hash FROM terms)",
        [],
        |row| row.get(0),
    )?;
    Ok(Finding::Terms { unknown })
}

fn numbers(conn: &Connection, db: &Path) -> Result<Vec<Finding>, Trouble> {
    let counters = check::counters(conn)?;
    let kept = match journal::read(db) {
        Ok(kept) => kept,
        Err(error) => return Ok(vec![Finding::JournalUnreadable(Cause::system(&error))]),
    };
    let mut given = check::numbers(conn)?;
    for (prefix, n) in &kept.numbers {
        let known = given.entry(prefix.clone()).or_default();
        *known = (*n).max(*known);
    }
    let low = given
        .into_iter()
        .map(|(prefix, n)| {
            let counter = counters.get(&prefix).copied().unwrap_or(0);
            (prefix, counter, n)
        })
        .filter(|(_, counter, n)| counter < n)
        .collect();
    let of_file = journal::Kept {
        numbers: counters,
        erased: check::erased(conn)?.into_iter().collect(),
        unreadable: 0,
    };
    let missing = of_file.beyond(&kept);
    Ok(vec![
        Finding::Counters(low),
        Finding::Journal {
            unreadable: kept.unreadable,
            missing: missing.numbers.len() + missing.erased.len(),
        },
    ])
}

/// The files and folders of a desk, whether they are there or not.
fn belongings(db: &Path) -> Vec<PathBuf> {
    let real = lock::real(db);
    let mut paths = vec![real.clone(), place::folder_of(&real).to_path_buf()];
    for ending in ["-wal", "-shm", ".lock", ".kept", ".drafts"] {
        paths.push(lock::beside(&real, ending));
    }
    let folder = Folder::of(db);
    paths.push(folder.path().to_path_buf());
    paths.extend(folder.backups().into_iter().map(|(_, path)| path));
    let drafts = std::fs::read_dir(lock::beside(&real, ".drafts"));
    paths.extend(
        drafts
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path()),
    );
    paths
}

/// What belongs to the desk and its owner may not write. Backups are not written again.
fn unwritable(paths: &[PathBuf]) -> Option<Finding> {
    let is_shut = |path: &&PathBuf| {
        let is_backup =
            path.extension().is_some_and(|it| it == "db") && paths.first() != Some(*path);
        !is_backup && std::fs::metadata(path).is_ok_and(|meta| meta.mode() & 0o200 == 0)
    };
    let shut: Vec<PathBuf> = paths.iter().filter(is_shut).cloned().collect();
    (!shut.is_empty()).then_some(Finding::Unwritable(shut))
}

/// What belongs to the desk and is open to others, or belongs to somebody else than the file's folder.
fn permissions(db: &Path, paths: &[PathBuf]) -> Finding {
    let real = lock::real(db);
    let me = rustix::process::geteuid().as_raw();
    let is_open = |path: &&PathBuf| {
        std::fs::metadata(path).is_ok_and(|meta| meta.mode() & 0o077 != 0 || meta.uid() != me)
    };
    // A folder that others may look into shows names only, as long as they may not write in it, or not
    // take away what is another's, as in /tmp.
    let is_common = |path: &&PathBuf| {
        path.as_path() == place::folder_of(&real)
            && std::fs::metadata(path)
                .is_ok_and(|meta| meta.mode() & 0o022 == 0 || meta.mode() & 0o1000 != 0)
    };
    let open = paths
        .iter()
        .filter(|path| is_open(path) && !is_common(path));
    Finding::Permissions(open.cloned().collect())
}

fn newest_backup(db: &Path, now: DateTime<Utc>) -> Finding {
    let all = Folder::of(db).backups();
    let times: BTreeMap<_, _> = all.iter().map(|(written, path)| (path, *written)).collect();
    match backup::newest_good(db) {
        None => Finding::NoBackup { bad: all.len() },
        Some(made) => {
            let written = times.get(&made.path).copied().map(DateTime::<Utc>::from);
            let days = written.map_or(0, |written| (now - written).num_days().max(0));
            Finding::Backup { made, days }
        }
    }
}

fn room(db: &Path) -> Option<Finding> {
    let disk = rustix::fs::statvfs(place::folder_of(&lock::real(db))).ok()?;
    Some(Finding::Room {
        free: disk.f_bavail.saturating_mul(disk.f_frsize),
        file: std::fs::metadata(db).map_or(0, |meta| meta.len()),
    })
}
