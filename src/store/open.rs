//! Opening the file: looked at before it is touched, migrated, set up.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

use super::fault::{OpenFault, Trouble};
use super::place;

/// `ACDK`; also in `assets/schema/0001_desk.sql`.
pub const APPLICATION_ID: i64 = 0x4143_444b;

/// How long a statement waits for another process that is writing.
pub const BUSY: Duration = Duration::from_secs(5);

/// The migrations, in order. One that has landed is never edited.
const STEPS: &[M<'_>] = &[
    M::up(include_str!("../../assets/schema/0001_desk.sql")),
    M::up(include_str!("../../assets/schema/0002_staff.sql")),
];

/// The schema version this program knows.
pub const SCHEMA: i64 = STEPS.len() as i64;

/// Opens the file, makes it first where there is none, and brings it to the latest schema.
pub(super) fn open(path: &Path) -> Result<Connection, OpenFault> {
    place::make_folder(place::folder_of(path))?;
    if std::fs::metadata(path).is_ok() {
        place::check_writable(path)?;
        look_at(path)?;
    } else {
        place::make_file(path)?;
    }
    place::make_private(path);
    let fault = |error: rusqlite::Error| OpenFault::from_trouble(path.into(), error.into());
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags).map_err(fault)?;
    conn.busy_timeout(BUSY).map_err(fault)?;
    // Until it is known to be ours, closing must not write a log back either. Where there is no log,
    // closing only clears away what opening made.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_log(path))
        .map_err(fault)?;
    refuse_newer(path, version(&conn).map_err(fault)?)?;
    set_up(&conn).map_err(fault)?;
    migrate(path, &mut conn)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
        .map_err(fault)?;
    Ok(conn)
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
    let mut log = path.as_os_str().to_os_string();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|meta| meta.len() > 0)
}

/// `file:` URI of a path, with everything that has a meaning in one escaped.
fn immutable_uri(path: &Path) -> String {
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
/// comes second finds the work done.
fn migrate(path: &Path, conn: &mut Connection) -> Result<(), OpenFault> {
    let began = Instant::now();
    loop {
        match to_latest(conn) {
            Ok(()) => break,
            Err(Trouble::Busy | Trouble::Other(_)) if began.elapsed() < BUSY => {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(trouble) => return Err(OpenFault::from_trouble(path.into(), trouble)),
        }
    }
    let have = version(conn).map_err(|error| OpenFault::from_trouble(path.into(), error.into()))?;
    refuse_newer(path, have)
}

fn to_latest(conn: &mut Connection) -> Result<(), Trouble> {
    if version(conn)? < SCHEMA {
        Migrations::from_slice(STEPS)
            .to_latest(conn)
            .map_err(|error| match error {
                rusqlite_migration::Error::RusqliteError { err, .. } => Trouble::from(err),
                other => Trouble::Other(other.to_string()),
            })?;
    }
    let mode: String = conn.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    if mode != "wal" {
        conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
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
        let conn = open(&path).unwrap();
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
        assert_eq!(
            conn.query_row("SELECT timeout FROM pragma_busy_timeout", [], |row| row
                .get(0)),
            Ok(5000)
        );
    }

    #[test]
    fn a_path_becomes_a_uri_whatever_is_in_it() {
        assert_eq!(
            immutable_uri(Path::new("/a b/ü?#%.db")),
            "file:/a%20b/%C3%BC%3F%23%25.db?mode=ro&immutable=1"
        );
    }
}
