//! A file that gets its name only when it is whole and on the disk, so that no loss of power leaves a
//! half of one: a desk that is made, a backup, a desk that is put back.

use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

use super::fault::Trouble;
use super::open::BUSY;
use super::{journal, lock, place};

/// A copy that has no name yet; dropping it removes it.
pub(super) struct Copy {
    pub(super) path: PathBuf,
    is_done: bool,
}

impl Copy {
    /// An empty private file beside the one it will be.
    ///
    /// # Errors
    /// What the system says of it.
    pub fn begin(to: &Path) -> io::Result<Copy> {
        let name = to.file_name().ok_or(io::ErrorKind::IsADirectory)?;
        let mut count = 0_u32;
        loop {
            let mut part = OsString::from(".");
            part.push(name);
            part.push(format!(".{}-{count}.part", std::process::id()));
            let path = place::folder_of(to).join(part);
            match place::make_file(&path) {
                Ok(_) => {
                    return Ok(Copy {
                        path,
                        is_done: false,
                    });
                }
                // Another thread's, or one that a process of this number left long ago.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => count += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Copies a desk into it, in one step, and puts it on the disk. It is a file then that no log
    /// belongs to.
    ///
    /// # Errors
    /// What the desk or the disk would not.
    pub fn fill(&self, from: &Connection) -> Result<(), Trouble> {
        let mut copy = Connection::open(&self.path)?;
        copy.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
        let backup = Backup::new(from, &mut copy)?;
        let began = Instant::now();
        loop {
            match backup.step(-1)? {
                StepResult::Done => break,
                _ if began.elapsed() > BUSY * 6 => return Err(Trouble::Busy),
                _ => std::thread::sleep(Duration::from_millis(20)),
            }
        }
        drop(backup);
        copy.close().map_err(|(_, error)| Trouble::from(error))?;
        let mut file = OpenOptions::new().read(true).write(true).open(&self.path)?;
        // The format versions of the head: 1 is a file without a log, so that the copy can be read from
        // a disk that cannot be written to.
        if file.metadata()?.len() >= 100 {
            file.seek(SeekFrom::Start(18))?;
            file.write_all(&[1, 1])?;
        }
        file.sync_all()?;
        Ok(())
    }

    /// Gives it its name, unless there is a file of that name.
    ///
    /// # Errors
    /// `AlreadyExists`; what the system says.
    pub fn takes_name(self, to: &Path) -> io::Result<()> {
        match std::fs::hard_link(&self.path, to) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
            // A file system without links.
            Err(_) => match renameat_with(CWD, &self.path, CWD, to, RenameFlags::NOREPLACE) {
                // Nor with this: between the look and the act somebody else could be as fast.
                Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP)
                    if std::fs::symlink_metadata(to).is_err() =>
                {
                    std::fs::rename(&self.path, to)?;
                }
                renamed => renamed?,
            },
        }
        // The name it was made under, where it still has it, goes away with it.
        drop(self);
        journal::sync_folder(to)
    }

    /// Gives it its name, in the place of whatever has it.
    ///
    /// # Errors
    /// What the system says.
    pub fn replaces(mut self, to: &Path) -> io::Result<()> {
        std::fs::rename(&self.path, to)?;
        self.is_done = true;
        Ok(())
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        if !self.is_done {
            let _ = std::fs::remove_file(&self.path);
            let _ = std::fs::remove_file(lock::beside(&self.path, "-journal"));
        }
    }
}
