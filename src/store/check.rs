//! Looking at a file without changing it: is it a desk, is it whole, what is in it.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::cause::{Cause, Sqlite};
use super::fault::{OpenFault, Trouble};
use super::journal::{ErasedChange, Kept};
use super::open::{self, APPLICATION_ID, BUSY, SCHEMA};
use super::row::instant;

/// What a file is, by its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// The schema version.
    pub schema: i64,
    /// How many cases.
    pub cases: i64,
    /// How many changes.
    pub changes: i64,
    /// When the last change was made.
    pub newest: Option<DateTime<Utc>>,
    /// The revision.
    pub rev: i64,
    /// How often it was put back from a backup, from 1.
    pub epoch: i64,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Opens a file to be read only. Where no log belongs to it nothing beside it is touched either.
pub(super) fn open_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(uri_to_read(path), flags)?;
    conn.busy_timeout(BUSY)?;
    // Nothing a strange file brings along is to be run.
    conn.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA query_only = ON;")?;
    Ok(conn)
}

/// Names a file to be read only.
pub(super) fn uri_to_read(path: &Path) -> String {
    let uri = open::immutable_uri(path);
    if open::has_log_file(path) {
        uri.replace("&immutable=1", "")
    } else {
        uri
    }
}

/// Opens a desk that this program can read.
///
/// # Errors
/// [`OpenFault`]: it is none, or a newer one, or it cannot be read.
pub(super) fn open_desk(path: &Path) -> Result<Connection, OpenFault> {
    let fault = |trouble| OpenFault::from_trouble(path.to_path_buf(), trouble);
    let meta = std::fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => OpenFault::Missing { path: path.into() },
        _ => super::place::io_fault(path, &error),
    })?;
    if meta.is_dir() {
        return Err(OpenFault::IsFolder { path: path.into() });
    }
    let not_a_desk = || OpenFault::NotADesk { path: path.into() };
    // A pipe would keep whoever opens it waiting.
    if !meta.is_file() {
        return Err(not_a_desk());
    }
    let look = |conn: &Connection| -> rusqlite::Result<(i64, i64)> {
        let id = conn.query_row("PRAGMA application_id", [], |row| row.get(0))?;
        let have = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        Ok((id, have))
    };
    let conn = open_to_read(path).map_err(|error| fault(error.into()))?;
    match look(&conn) {
        Ok((APPLICATION_ID, have)) if have > SCHEMA => Err(OpenFault::Newer {
            path: path.into(),
            have,
            know: SCHEMA,
        }),
        Ok((APPLICATION_ID, _)) => Ok(conn),
        Ok(_) => Err(not_a_desk()),
        Err(error) => match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => Err(not_a_desk()),
            _ => Err(fault(error.into())),
        },
    }
}

/// Whether every page, index and link is as it must be. Reads the whole file.
///
/// # Errors
/// [`Trouble::Damaged`] with what SQLite found first; another one when it could not be looked at.
pub(super) fn is_whole(conn: &Connection) -> Result<(), Trouble> {
    let said: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if said != "ok" {
        return Err(Trouble::Damaged(Cause::Sqlite {
            kind: Sqlite::Disagrees,
            said,
        }));
    }
    let loose: Option<String> = conn
        .query_row("PRAGMA foreign_key_check", [], |row| row.get(0))
        .optional()?;
    match loose {
        None => Ok(()),
        Some(table) => Err(Trouble::Damaged(Cause::LooseLink { table })),
    }
}

/// What is in a file.
pub(super) fn contents(conn: &Connection, path: &Path) -> Result<Contents, Trouble> {
    let number = |sql: &str| -> Result<i64, Trouble> {
        Ok(conn
            .query_row(sql, [], |row| row.get::<_, Option<i64>>(0))?
            .unwrap_or(0))
    };
    let newest: Option<i64> = conn
        .query_row(
            "SELECT at FROM change ORDER BY rev DESC LIMIT 1",
            [],
            |row| row.get(0),
        )
        .optional()?;
    Ok(Contents {
        schema: number("PRAGMA user_version")?,
        cases: number("SELECT count(*) FROM entity WHERE kind = 'case'")?,
        changes: number("SELECT count(*) FROM change")?,
        newest: newest.map(instant).transpose()?,
        rev: number("SELECT rev FROM meta WHERE one = 1")?,
        epoch: number("SELECT epoch FROM meta WHERE one = 1")?,
        bytes: std::fs::metadata(path).map_or(0, |meta| meta.len()),
    })
}

/// The last count given for each prefix of case numbers, by the counters.
pub(super) fn counters(conn: &Connection) -> Result<BTreeMap<String, u32>, Trouble> {
    let mut find = conn.prepare("SELECT prefix, n FROM counter WHERE n > 0")?;
    let rows = find.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The numbers a file has given: by its counters, and by the numbers that stand in it.
pub(super) fn numbers(conn: &Connection) -> Result<BTreeMap<String, u32>, Trouble> {
    let mut kept = Kept {
        numbers: counters(conn)?,
        ..Kept::default()
    };
    let mut find = conn.prepare("SELECT number FROM case_row WHERE number IS NOT NULL")?;
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        let number: String = row.get(0)?;
        if let Some((prefix, n)) = split(&number) {
            kept.number(&prefix, n);
        }
    }
    Ok(kept.numbers)
}

/// The changes of a file whose values were erased.
pub(super) fn erased(conn: &Connection) -> Result<Vec<ErasedChange>, Trouble> {
    let mut find = conn.prepare("SELECT entity, seq, action FROM change WHERE state = 'erased'")?;
    let mut rows = find.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(ErasedChange {
            entity: row.get(0)?,
            seq: row.get(1)?,
            action: row.get(2)?,
        });
    }
    Ok(found)
}

/// The prefix and the count of a case number; `RMA26-00042` is `RMA26-` and 42.
pub(super) fn split(number: &str) -> Option<(String, u32)> {
    let at = number.rfind('-')?;
    let (prefix, count) = number.split_at_checked(at + 1)?;
    Some((prefix.to_string(), count.parse().ok()?))
}

/// The tables, indexes and triggers of a file that are not as a new file of this version has them:
/// missing, added, or another one. By name.
///
/// # Errors
/// [`Trouble`]: the file would not be read.
pub(super) fn strange_schema(conn: &Connection) -> Result<Vec<String>, Trouble> {
    let fresh = open::fresh()?;
    let (wanted, have) = (objects(&fresh)?, objects(conn)?);
    let mut names: Vec<String> = wanted
        .iter()
        .filter(|(name, sql)| have.get(*name) != Some(sql))
        .map(|(name, _)| name.clone())
        .collect();
    names.extend(have.into_keys().filter(|name| !wanted.contains_key(name)));
    Ok(names)
}

/// Refuses a file of this version whose tables, indexes or triggers are others.
///
/// # Errors
/// [`Trouble::Damaged`] names the first of them; [`Trouble`] where the file would not be read.
pub(super) fn has_a_desks_schema(conn: &Connection) -> Result<(), Trouble> {
    match strange_schema(conn)?.into_iter().next() {
        Some(name) => Err(Trouble::Damaged(Cause::OtherSchema { name })),
        None => Ok(()),
    }
}

fn objects(conn: &Connection) -> Result<BTreeMap<String, Option<String>>, Trouble> {
    let mut find = conn.prepare(
        "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )?;
    let rows = find.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
