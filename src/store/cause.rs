//! What lies behind a fault of the file or the system, typed; the words for it are in `assets/i18n`
//! (`cause-...`). What the system or SQLite said itself is kept, as a detail behind those words.

use std::io;

use rusqlite::ErrorCode;

/// What lies behind a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The system would not.
    System {
        /// What kind of refusal it was.
        kind: io::ErrorKind,
        /// What the system said.
        said: String,
    },
    /// SQLite would not.
    Sqlite {
        /// What it met.
        kind: Sqlite,
        /// What it said.
        said: String,
    },
    /// A value in the file is none of those it can be.
    Value {
        /// What it has to be, by its name in the file.
        what: &'static str,
        /// The value, cut off after 40 characters.
        text: String,
    },
    /// A table names something that is not there.
    LooseLink {
        /// The table.
        table: String,
    },
    /// The log beside the file belongs to another file.
    OtherLog,
    /// A table, index or trigger is not as the schema of this program has it.
    OtherSchema {
        /// What it is and what it is called.
        name: String,
    },
}

/// What SQLite met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sqlite {
    /// The structure of the file is broken (`SQLITE_CORRUPT`).
    Malformed,
    /// It is no file of SQLite, or its beginning is broken (`SQLITE_NOTADB`).
    NotADatabase,
    /// The disk gave an error (`SQLITE_IOERR`).
    Disk,
    /// A value is of another kind than its column, or is missing.
    Column,
    /// A table or a column is not there.
    Schema,
    /// Pages, tables and indexes do not agree (`PRAGMA integrity_check`).
    Disagrees,
    /// Something else.
    Other,
}

impl Cause {
    /// The cause behind an error of the system.
    pub fn system(error: &io::Error) -> Cause {
        Cause::System {
            kind: error.kind(),
            said: error.to_string(),
        }
    }

    pub(super) fn sqlite(error: &rusqlite::Error) -> Cause {
        let said = match error {
            // The statement behind it is ours and says nothing of the file.
            rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
            error => error.to_string(),
        };
        let kind = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt) => Sqlite::Malformed,
            Some(ErrorCode::NotADatabase) => Sqlite::NotADatabase,
            Some(ErrorCode::SystemIoFailure) => Sqlite::Disk,
            Some(ErrorCode::Unknown) if is_missing(&said) => Sqlite::Schema,
            Some(_) => Sqlite::Other,
            None => Sqlite::Column,
        };
        Cause::Sqlite { kind, said }
    }
}

/// Whether SQLite misses a table or a column: it has no code of its own for that.
fn is_missing(said: &str) -> bool {
    ["no such table", "no such column"]
        .iter()
        .any(|words| said.starts_with(words))
}
