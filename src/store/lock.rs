//! Who has the file in use: `<db>.lock`, held shared by everything that opens the desk for as long as
//! it lives, and alone by a restore, so that nobody goes on writing into a file that was replaced.
//!
//! The system lets go of the lock however a process ends. The file itself is never removed: whoever
//! held a removed one would be alone with it.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a start waits for a restore that is just putting the file in place.
pub const PATIENCE: Duration = Duration::from_secs(3);

/// How often a lock that is taken is tried again.
const AGAIN: Duration = Duration::from_millis(20);

/// A hold on the file; dropping it lets go.
#[derive(Debug)]
pub struct Hold {
    _lock: Locked,
}

/// A file with a lock on it. Dropping it unlocks it; closing alone would not, as long as a process that
/// is just being started beside it has the file open, too.
#[derive(Debug)]
pub(super) struct Locked(File);

impl Locked {
    /// Locks a file for oneself, where nobody else has it locked.
    pub(super) fn alone(file: File) -> Result<Locked, TryLockError> {
        file.try_lock()?;
        Ok(Locked(file))
    }

    /// Locks a file together with others, where nobody has it alone.
    pub(super) fn shared(file: File) -> Result<Locked, TryLockError> {
        file.try_lock_shared()?;
        Ok(Locked(file))
    }

    /// The file.
    pub(super) fn file(&self) -> &File {
        &self.0
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// The file a path stands for: links are followed, so that two names of one file have one lock.
pub(super) fn real(db: &Path) -> PathBuf {
    if let Ok(real) = std::fs::canonicalize(db) {
        return real;
    }
    let folder = std::fs::canonicalize(super::place::folder_of(db));
    match (folder, db.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => db.to_path_buf(),
    }
}

/// The path with an ending put behind its name.
pub(super) fn beside(db: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(db.as_os_str());
    name.push(ending);
    PathBuf::from(name)
}

/// Works on the file together with others; waits as long as `patience` for a restore to end.
///
/// # Errors
/// `WouldBlock` while a restore has the file for itself; what the system says of the lock file.
pub fn share(db: &Path, patience: Duration) -> io::Result<Hold> {
    take(open(db)?, patience, File::try_lock_shared)
}

/// Has the file for itself; waits as long as `patience` for others to end.
///
/// # Errors
/// `WouldBlock` while others work on it; what the system says of the lock file.
pub fn alone(db: &Path, patience: Duration) -> io::Result<Hold> {
    take(open(db)?, patience, File::try_lock)
}

/// Looks on while others work, where there is a lock file at all: for those who change nothing.
pub(super) fn look_on(db: &Path) -> Option<Hold> {
    let file = File::open(path(db)).ok()?;
    take(file, Duration::ZERO, File::try_lock_shared).ok()
}

/// The lock file of a desk.
pub(super) fn path(db: &Path) -> PathBuf {
    beside(&real(db), ".lock")
}

fn open(db: &Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path(db))
}

fn take(
    file: File,
    patience: Duration,
    lock: fn(&File) -> Result<(), TryLockError>,
) -> io::Result<Hold> {
    let began = Instant::now();
    loop {
        match lock(&file) {
            Ok(()) => {
                return Ok(Hold {
                    _lock: Locked(file),
                });
            }
            Err(TryLockError::WouldBlock) if began.elapsed() < patience => {
                std::thread::sleep(AGAIN);
            }
            Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::WouldBlock.into()),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn many_share_a_file_and_one_has_it_alone() {
        let home = tempfile::tempdir().unwrap();
        let db = home.path().join("desk.db");
        let first = share(&db, Duration::ZERO).unwrap();
        let second = share(&db, Duration::ZERO).unwrap();
        let refused = alone(&db, Duration::ZERO).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::WouldBlock);
        drop((first, second));
        let restore = alone(&db, Duration::ZERO).unwrap();
        let refused = share(&db, Duration::ZERO).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::WouldBlock);
        drop(restore);
        assert!(share(&db, Duration::ZERO).is_ok());
        let mode = std::fs::metadata(path(&db)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    /// What a process that is just being started does for an instant with everything that is open.
    #[test]
    fn a_lock_that_is_let_go_is_free_though_its_file_is_open_elsewhere() {
        let home = tempfile::tempdir().unwrap();
        let db = home.path().join("desk.db");
        let hold = alone(&db, Duration::ZERO).unwrap();
        let copy = hold._lock.file().try_clone().unwrap();
        drop(hold);
        assert!(alone(&db, Duration::ZERO).is_ok());
        drop(copy);
    }

    #[test]
    fn a_link_to_the_file_has_the_same_lock() {
        let home = tempfile::tempdir().unwrap();
        let (db, link) = (home.path().join("desk.db"), home.path().join("link.db"));
        std::fs::write(&db, "").unwrap();
        std::os::unix::fs::symlink(&db, &link).unwrap();
        let _session = share(&link, Duration::ZERO).unwrap();
        assert!(alone(&db, Duration::ZERO).is_err());
    }
}
