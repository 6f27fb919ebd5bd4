//! Opening the file: looked at before it is touched, migrated, set up.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use super::cause::{Cause, Sqlite};
use super::copy::Copy;
use super::fault::{OpenFault, Trouble};
use super::journal::{self, Kept};
use super::lock::{self, Hold};
use super::{backup, check, place, restore, turn};

/// `ACDK`; also in `assets/schema/0001_desk.sql`.
pub const APPLICATION_ID: i64 = 0x4143_444b;

pub use super::turn::BUSY;

/// The migrations, in order. One that has landed is never edited.
const STEPS: &[M<'_>] = &[
    M::up(include_str!("../../assets/schema/0001_desk.sql")),
    M::up(include_str!("../../assets/schema/0002_staff.sql")),
    M::up(include_str!("../../assets/schema/0003_real_desks.sql")),
];

/// The schema version this program knows.
pub const SCHEMA: i64 = STEPS.len() as i64;

/// Opens the file, makes it first where there is none, and brings it to the latest schema. The hold
/// keeps a restore away for as long as the connection is used.
pub(super) fn open(path: &Path) -> Result<(Connection, Hold), OpenFault> {
    place::make_folder(place::folder_of(path))?;
    restore::finish_what_was_cut_off(path)?;
    if std::fs::metadata(path).is_ok() {
        place::check_writable(path)?;
        look_at(path)?;
    }
    refuse_lost(path)?;
    // Whose log it is can be told while nobody writes it back into the file.
    let is_first = has_log(path) && lock::alone(path, Duration::ZERO).is_ok();
    let hold = restore::share(path)?;
    if std::fs::metadata(path).is_err() {
        make(path)?;
    }
    Ok((open_held(path, is_first)?, hold))
}

/// Makes a new desk: one that has its name is whole. Two processes may do so at once: the second finds
/// it made.
fn make(path: &Path) -> Result<(), OpenFault> {
    let copy = Copy::begin(path).map_err(|error| place::io_fault(path, &error))?;
    fresh()
        .and_then(|empty| copy.fill(&empty))
        .map_err(|trouble| OpenFault::from_trouble(path.into(), trouble))?;
    match copy.takes_name(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(place::io_fault(path, &error))
        }
        _ => Ok(()),
    }
}

/// Opens a file that nobody replaces meanwhile.
fn open_held(path: &Path, is_first: bool) -> Result<Connection, OpenFault> {
    place::make_private(path);
    let fault = |error: rusqlite::Error| OpenFault::from_trouble(path.into(), error.into());
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags).map_err(fault)?;
    turn::take_turns(&conn).map_err(fault)?;
    // Until it is known to be ours, closing must not write a log back either. Where there is no log,
    // closing only clears away what opening made.
    let has_log = has_log(path);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_log)
        .map_err(fault)?;
    refuse_newer(path, version(&conn).map_err(fault)?)?;
    set_up(&conn).map_err(fault)?;
    if is_first {
        refuse_log_of_another(path, &conn)?;
    }
    migrate(path, &mut conn, STEPS)?;
    keep_numbers(path, &mut conn)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
        .map_err(fault)?;
    Ok(conn)
}

/// An empty desk in memory, for comparing.
pub(super) fn fresh() -> Result<Connection, Trouble> {
    let mut conn = Connection::open_in_memory()?;
    run(&mut conn, STEPS)?;
    Ok(conn)
}

/// A file that is missing or empty where case numbers were given before is not begun anew: it is lost,
/// and a backup may be there.
fn refuse_lost(path: &Path) -> Result<(), OpenFault> {
    if std::fs::metadata(path).is_ok_and(|meta| meta.len() > 0) {
        return Ok(());
    }
    let kept = journal::read(path).map_err(|error| journal_fault(path, &error))?;
    if kept.numbers.is_empty() {
        Ok(())
    } else {
        Err(OpenFault::Lost { path: path.into() })
    }
}

fn journal_fault(path: &Path, error: &std::io::Error) -> OpenFault {
    place::io_fault(&journal::path(path), error)
}

/// Brings the file and the journal beside it together: numbers only one of them knows become known to
/// both. The file knows less where somebody has put an old copy in its place by hand.
fn keep_numbers(path: &Path, conn: &mut Connection) -> Result<(), OpenFault> {
    let fault = |trouble| OpenFault::from_trouble(path.into(), trouble);
    let kept = journal::read(path).map_err(|error| journal_fault(path, &error))?;
    let given = check::counters(conn).map_err(fault)?;
    if given == kept.numbers {
        return Ok(());
    }
    let mut raise = || -> Result<(), Trouble> {
        let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Read again: whoever was just giving a number has given it now.
        let kept = journal::read(path)?;
        let given = Kept {
            numbers: check::counters(&transaction)?,
            ..Kept::default()
        };
        restore::raise_counters(&transaction, &kept.beyond(&given).numbers)?;
        journal::note(path, &given.beyond(&kept))?;
        transaction.commit()?;
        Ok(())
    };
    raise().map_err(fault)
}

/// Whether the log beside a file is of another file: SQLite would take it for the file's own. Changes
/// are never deleted, so those that stand in the file itself stand there still when the log is read
/// with it.
fn refuse_log_of_another(path: &Path, conn: &Connection) -> Result<(), OpenFault> {
    for attempt in 0..5 {
        if attempt > 0 {
            // Somebody may be writing the log back into the file just now.
            std::thread::sleep(Duration::from_millis(20));
        }
        if log_fits(path, conn).map_err(|trouble| OpenFault::from_trouble(path.into(), trouble))? {
            return Ok(());
        }
    }
    Err(OpenFault::Damaged {
        path: path.into(),
        why: Cause::OtherLog,
    })
}

fn log_fits(path: &Path, conn: &Connection) -> Result<bool, Trouble> {
    for (entity, seq, action) in landmarks(path).unwrap_or_default() {
        let is_there: bool = conn.query_row(
            "SELECT EXISTS (SELECT 1 FROM change WHERE entity = ?1 AND seq = ?2 AND action = ?3)",
            (entity, seq, action),
            |row| row.get(0),
        )?;
        if !is_there {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The first and the last change in the file itself, without its log.
fn landmarks(path: &Path) -> rusqlite::Result<Vec<(i64, i64, i64)>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(immutable_uri(path), flags)?;
    let mut found = Vec::new();
    for order in ["entity, seq", "rev DESC"] {
        let sql = format!("SELECT entity, seq, action FROM change ORDER BY {order} LIMIT 1");
        let mut find = conn.prepare(&sql)?;
        let rows = find.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        for row in rows {
            found.push(row?);
        }
    }
    Ok(found)
}

/// Reads the head of the file without a lock and without touching anything beside it.
fn look_at(path: &Path) -> Result<(), OpenFault> {
    let empty = std::fs::metadata(path).is_ok_and(|meta| meta.len() == 0);
    if empty {
        return Ok(());
    }
    let not_a_desk = || OpenFault::NotADesk { path: path.into() };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let head = Connection::open_with_flags(immutable_uri(path), flags).and_then(|conn| {
        let id: i64 = conn.query_row("PRAGMA application_id", [], |row| row.get(0))?;
        let have = version(&conn)?;
        if id == APPLICATION_ID && have <= SCHEMA {
            conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        }
        Ok((id, have))
    });
    match head {
        Ok((APPLICATION_ID, have)) => refuse_newer(path, have),
        Ok(_) => Err(not_a_desk()),
        Err(error) => match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => Err(not_a_desk()),
            // A head shorter than the file it speaks of; SQLite reads on from the log, or says so.
            Some(rusqlite::ErrorCode::DatabaseCorrupt) if has_log(path) => Ok(()),
            _ => Err(OpenFault::from_trouble(path.into(), error.into())),
        },
    }
}

fn has_log(path: &Path) -> bool {
    std::fs::metadata(lock::beside(path, "-wal")).is_ok_and(|meta| meta.len() > 0)
}

/// Whether there is a log, or may be one soon: somebody has the file open.
pub(super) fn has_log_file(path: &Path) -> bool {
    lock::beside(path, "-wal").exists()
}

/// `file:` URI of a path, with everything that has a meaning in one escaped.
pub(super) fn immutable_uri(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(char::from(*byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri.push_str("?mode=ro&immutable=1");
    uri
}

fn version(conn: &Connection) -> rusqlite::Result<i64> {
    conn.query_row("PRAGMA user_version", [], |row| row.get(0))
}

fn refuse_newer(path: &Path, have: i64) -> Result<(), OpenFault> {
    if have > SCHEMA {
        return Err(OpenFault::Newer {
            path: path.into(),
            have,
            know: SCHEMA,
        });
    }
    Ok(())
}

fn set_up(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA recursive_triggers = ON;
         PRAGMA secure_delete = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -2000;",
    )?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Brings the file to the latest schema and to its log. Two processes may do so at once: the one that
/// comes second finds the work done. An older desk is backed up first.
fn migrate(path: &Path, conn: &mut Connection, steps: &[M<'_>]) -> Result<(), OpenFault> {
    let fault = |trouble| OpenFault::from_trouble(path.into(), trouble);
    let latest = steps.len() as i64;
    let have = version(conn).map_err(|error| fault(error.into()))?;
    if 0 < have && have < latest {
        upgrade(path, conn, steps)?;
    }
    let began = Instant::now();
    let mut is_second = false;
    loop {
        match to_latest(conn, steps) {
            Ok(()) => break,
            Err(Trouble::Busy) if began.elapsed() < BUSY => {
                std::thread::sleep(Duration::from_millis(10));
            }
            // Somebody else was as fast: what this one wanted to make is there.
            Err(Trouble::Other(_)) if !is_second => is_second = true,
            Err(trouble) => return Err(fault(trouble)),
        }
    }
    let have = version(conn).map_err(|error| fault(error.into()))?;
    refuse_newer(path, have)
}

/// Backs an older desk up and brings it to the latest schema: one process does, the others wait. What
/// fails leaves the file as it was.
fn upgrade(path: &Path, conn: &mut Connection, steps: &[M<'_>]) -> Result<(), OpenFault> {
    let fault = |trouble| OpenFault::from_trouble(path.into(), trouble);
    let folder = backup::Folder::beside(path)?;
    let _alone = folder.work(BUSY * 6)?;
    if version(conn).map_err(|error| fault(error.into()))? < steps.len() as i64 {
        folder.keep_before_schema(path, steps.len())?;
        run(conn, steps).map_err(fault)?;
    }
    Ok(())
}

fn run(conn: &mut Connection, steps: &[M<'_>]) -> Result<(), Trouble> {
    Migrations::from_slice(steps)
        .to_latest(conn)
        .map_err(|error| match error {
            // A step that is wrong says nothing of the file.
            rusqlite_migration::Error::RusqliteError {
                err: err @ rusqlite::Error::SqlInputError { .. },
                ..
            } => Trouble::Other(Cause::Sqlite {
                kind: Sqlite::Other,
                said: err.to_string(),
            }),
            rusqlite_migration::Error::RusqliteError { err, .. } => Trouble::from(err),
            other => Trouble::Other(Cause::Sqlite {
                kind: Sqlite::Other,
                said: other.to_string(),
            }),
        })
}

fn to_latest(conn: &mut Connection, steps: &[M<'_>]) -> Result<(), Trouble> {
    if version(conn)? < steps.len() as i64 {
        run(conn, steps)?;
    }
    let mode: String = conn.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    if mode != "wal" {
        conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    }
    Ok(())
}

/// Brings a file that nobody else knows of to the latest schema, without a log.
pub(super) fn upgrade_copy(conn: &mut Connection) -> Result<(), Trouble> {
    set_up(conn)?;
    if version(conn)? < SCHEMA {
        run(conn, STEPS)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_migrations_are_valid() {
        assert!(Migrations::from_slice(STEPS).validate().is_ok());
    }

    #[test]
    fn every_commit_reaches_the_disk_before_it_is_answered() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("desk.db");
        // The one that makes the file, one that finds it, and one beside it.
        let first = open(&path).unwrap();
        drop(open(&path).unwrap());
        drop(first);
        let (conn, _hold) = open(&path).unwrap();
        for (pragma, wanted) in [
            ("synchronous", "2"), // FULL
            ("journal_mode", "wal"),
            ("foreign_keys", "1"),
            ("recursive_triggers", "1"),
            ("secure_delete", "1"),
            ("trusted_schema", "0"),
        ] {
            let sql = format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}");
            let set: String = conn.query_row(&sql, [], |row| row.get(0)).unwrap();
            assert_eq!(set, wanted, "{pragma}");
        }
    }

    /// A desk with one case of the schema before the latest, closed.
    fn older(home: &Path) -> std::path::PathBuf {
        let path = home.join("desk.db");
        place::make_file(&path).unwrap();
        let mut conn = Connection::open(&path).unwrap();
        to_latest(&mut conn, &STEPS[..1]).unwrap();
        conn.execute_batch(
            "INSERT INTO entity (id, kind) VALUES (7, 'case');
             INSERT INTO change VALUES (7, 1, 1, 0, 'li', 'staff', 'begin', 1, 0, 'caller', 'Ann', 'known', 0);",
        )
        .unwrap();
        path
    }

    fn said(path: &Path) -> (i64, Vec<String>, i64) {
        let conn = Connection::open(path).unwrap();
        let version = version(&conn).unwrap();
        let mut find = conn
            .prepare("SELECT name FROM sqlite_schema ORDER BY name")
            .unwrap();
        let names = find.query_map([], |row| row.get(0)).unwrap();
        let names = names.map(Result::unwrap).collect();
        let changes = conn.query_row("SELECT count(*) FROM change", [], |row| row.get(0));
        (version, names, changes.unwrap())
    }

    fn backups(home: &Path) -> Vec<std::path::PathBuf> {
        let entries = std::fs::read_dir(home.join("backups"))
            .into_iter()
            .flatten();
        entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "db"))
            .collect()
    }

    #[test]
    fn an_older_desk_is_backed_up_before_it_is_upgraded() {
        let home = tempfile::tempdir().unwrap();
        let path = older(home.path());
        let before = said(&path);
        drop(open(&path).unwrap());
        assert_eq!(said(&path).0, SCHEMA);
        let backups = backups(home.path());
        let [backup] = backups.as_slice() else {
            panic!("{backups:?}");
        };
        let name = backup.file_name().unwrap().to_str().unwrap();
        assert!(
            name.starts_with(&format!("before-schema-{SCHEMA}-")),
            "{name}"
        );
        assert_eq!(said(backup), before);
        // The next start has nothing to upgrade.
        drop(open(&path).unwrap());
        assert_eq!(self::backups(home.path()), backups);
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was_with_a_backup_beside_it() {
        let home = tempfile::tempdir().unwrap();
        let path = older(home.path());
        let before = said(&path);
        let steps = [
            STEPS[0].clone(),
            M::up("CREATE TABLE half (a); INSERT INTO half VALUES (1);"),
            M::up("CREATE TABLE other (a); DROP TABLE change; SELECT no_such_thing();"),
        ];
        let mut conn = Connection::open(&path).unwrap();
        let fault = migrate(&path, &mut conn, &steps).unwrap_err();
        assert!(matches!(fault, OpenFault::Other { .. }), "{fault:?}");
        drop(conn);
        assert_eq!(said(&path), before);
        assert_eq!(backups(home.path()).len(), 1);
        drop(open(&path).unwrap());
        assert_eq!(said(&path).0, SCHEMA);
    }

    #[test]
    fn a_desk_that_cannot_be_backed_up_is_not_upgraded() {
        let home = tempfile::tempdir().unwrap();
        let path = older(home.path());
        let before = said(&path);
        std::fs::write(home.path().join("backups"), "in the way").unwrap();
        assert!(open(&path).is_err());
        assert_eq!(said(&path), before);
    }

    #[test]
    fn many_processes_upgrade_a_desk_once() {
        let home = tempfile::tempdir().unwrap();
        let path = older(home.path());
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| drop(open(&path).unwrap()));
            }
        });
        assert_eq!(said(&path).0, SCHEMA);
        assert_eq!(backups(home.path()).len(), 1);
    }

    #[test]
    fn a_path_becomes_a_uri_whatever_is_in_it() {
        assert_eq!(
            immutable_uri(Path::new("/a b/ü?#%.db")),
            "file:/a%20b/%C3%BC%3F%23%25.db?mode=ro&immutable=1"
        );
    }
}
