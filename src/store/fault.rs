//! What can go wrong with the file, typed; the words for it are in `assets/i18n`.

use std::fmt;
use std::io;
use std::path::PathBuf;

use rusqlite::ErrorCode;

use super::cause::{Cause, Sqlite};
use crate::desk::field::Field;
use crate::desk::id::{EntityId, ItemId};
use crate::desk::record::Fact;
use crate::desk::value::Entry;

/// Why a desk was not opened. In every one of these cases the file that is there was left as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenFault {
    /// Neither a path was given nor does the platform name a data folder (no home folder).
    NoPlace,
    /// The folder is not there and could not be made.
    FolderMissing {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        why: io::ErrorKind,
    },
    /// This person may not read or write the file or its folder.
    NoPermission {
        /// The file or folder.
        path: PathBuf,
    },
    /// The file, or the disk it is on, can only be read.
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The path is a folder, not a file.
    IsFolder {
        /// The path.
        path: PathBuf,
    },
    /// The file is something else: no SQLite file, or one of another program.
    NotADesk {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a newer version of the program.
    Newer {
        /// The file.
        path: PathBuf,
        /// The schema version of the file.
        have: i64,
        /// The newest this program knows.
        know: i64,
    },
    /// The file is a desk, but cannot be read as one.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: Cause,
    },
    /// There is no such file.
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file is missing or empty, and yet case numbers were given at this desk before.
    Lost {
        /// The file.
        path: PathBuf,
    },
    /// A backup is being put back just now.
    Restoring {
        /// The file.
        path: PathBuf,
    },
    /// Another process kept the file locked.
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// There is no room on the disk.
    Full {
        /// The file.
        path: PathBuf,
    },
    /// Something else.
    Other {
        /// The file.
        path: PathBuf,
        /// What lies behind it.
        why: Cause,
    },
}

impl fmt::Display for OpenFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the desk was not opened: {self:?}")
    }
}

impl std::error::Error for OpenFault {}

impl OpenFault {
    /// Why a desk was not opened whose file was in this trouble.
    pub fn from_trouble(path: PathBuf, trouble: Trouble) -> OpenFault {
        match trouble {
            Trouble::Busy => OpenFault::Busy { path },
            Trouble::Full => OpenFault::Full { path },
            Trouble::ReadOnly => OpenFault::ReadOnly { path },
            Trouble::NoPermission => OpenFault::NoPermission { path },
            Trouble::Gone => OpenFault::FolderMissing {
                folder: super::place::folder_of(&path).to_path_buf(),
                why: io::ErrorKind::NotFound,
            },
            Trouble::Damaged(why) => OpenFault::Damaged { path, why },
            // Every schema this program knows was reached before: somebody took it away.
            Trouble::Other(
                why @ Cause::Sqlite {
                    kind: Sqlite::Schema,
                    ..
                },
            ) => OpenFault::Damaged { path, why },
            Trouble::Other(why) => OpenFault::Other { path, why },
        }
    }
}

/// Why reading or writing an open desk failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Another process kept the file locked longer than we wait. Trying again is fine.
    Busy,
    /// There is no room on the disk.
    Full,
    /// The file can only be read.
    ReadOnly,
    /// The file or its folder may not be touched any more.
    NoPermission,
    /// The file is not in its place any more: moved, deleted, or its disk taken away. What the system
    /// would still take would be lost with it.
    Gone,
    /// What stands in the file cannot be.
    Damaged(Cause),
    /// Something else.
    Other(Cause),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the desk's file: {self:?}")
    }
}

impl std::error::Error for Trouble {}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Trouble {
        let why = Cause::sqlite(&error);
        let extended = error.sqlite_error().map(|error| error.extended_code);
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Trouble::Busy,
            Some(ErrorCode::DiskFull) => Trouble::Full,
            // The file beside the log that every process shares could not be made long enough.
            Some(_) if extended == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE) => Trouble::Full,
            Some(ErrorCode::ReadOnly) => Trouble::ReadOnly,
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Trouble::NoPermission,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Trouble::Damaged(why),
            Some(_) => Trouble::Other(why),
            // A column that is not what the schema says.
            None => Trouble::Damaged(why),
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Trouble::Full,
            io::ErrorKind::ReadOnlyFilesystem => Trouble::ReadOnly,
            io::ErrorKind::PermissionDenied | io::ErrorKind::NotFound => Trouble::NoPermission,
            io::ErrorKind::WouldBlock => Trouble::Busy,
            _ => Trouble::Other(Cause::system(&error)),
        }
    }
}

/// One field that somebody else changed after the person had looked at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The entity.
    pub entity: EntityId,
    /// The item, or [`ItemId::SELF`].
    pub item: ItemId,
    /// The field.
    pub field: Field,
    /// How the person wanted it.
    pub wanted: Entry,
    /// The change the person had seen; 0 for none.
    pub base: u32,
    /// How it stands now; `None` where somebody emptied it.
    pub current: Option<Fact>,
    /// The latest change of this field.
    pub seq: u32,
}

/// Why a check inside a commit did not let a batch pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckFault<R> {
    /// A gate is closed.
    Refused(R),
    /// The file would not: nobody knows how the gates stand.
    Trouble(Trouble),
}

impl<R> From<Trouble> for CheckFault<R> {
    fn from(trouble: Trouble) -> CheckFault<R> {
        CheckFault::Trouble(trouble)
    }
}

impl<R> From<CheckFault<R>> for CommitFault<R> {
    fn from(fault: CheckFault<R>) -> CommitFault<R> {
        match fault {
            CheckFault::Refused(refusal) => CommitFault::Refused(refusal),
            CheckFault::Trouble(trouble) => CommitFault::Trouble(trouble),
        }
    }
}

/// Why a batch was not saved. Nothing of it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommitFault<R> {
    /// Somebody else changed these fields meanwhile, to something else.
    Stale(Vec<Conflict>),
    /// The check of the gates, made on the records as they stand now, said no.
    Refused(R),
    /// Only a personal value can be erased.
    NotPersonal(Field),
    /// The file would not.
    Trouble(Trouble),
}

impl<R> From<rusqlite::Error> for CommitFault<R> {
    fn from(error: rusqlite::Error) -> CommitFault<R> {
        CommitFault::Trouble(error.into())
    }
}

impl<R> From<Trouble> for CommitFault<R> {
    fn from(trouble: Trouble) -> CommitFault<R> {
        CommitFault::Trouble(trouble)
    }
}
