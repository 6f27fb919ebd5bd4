//! The folder of a simulated desk: its file, opened as the program opens it.

use super::dice::Dice;
use super::disk::{Disk, disk};
use super::vfs;
use aftercare::app::opening;
use aftercare::store::{OpenFault, Projection, Store};
use aftercare::terms::{Calendar, Library};
use aftercare::work::case::Knowledge;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// What every desk here knows apart from its cases; read once.
pub fn knowledge() -> Arc<Knowledge> {
    Arc::new(Knowledge {
        library: Library::built_in(),
        calendar: Calendar::built_in(),
        zone: opening::ZONE,
    })
}

/// A desk in a folder that goes away with it, on a disk that nothing was written to.
pub struct Place {
    projection: Projection,
    db: PathBuf,
    // Dropped last.
    _home: TempDir,
}

impl Place {
    pub fn new(knowledge: &Arc<Knowledge>) -> Place {
        vfs::install();
        Disk::renew();
        // Where there is a file system in memory, drafts need not wait for a real disk.
        let memory = Path::new("/dev/shm");
        let home = if memory.is_dir() {
            tempfile::tempdir_in(memory)
        } else {
            tempfile::tempdir()
        };
        let home = home.expect("a folder");
        Place {
            projection: opening::projection(knowledge, 1),
            db: home.path().join("desk.db"),
            _home: home,
        }
    }

    pub fn open(&self) -> Result<Store, OpenFault> {
        Store::open(&self.db, self.projection.clone())
    }

    /// The power goes; whoever had the file open has been dropped dead. Comes back at once.
    pub fn lose_power(&self, dice: &mut Dice) {
        disk(|disk| disk.lose_power(dice)).expect("the files are written");
        // The log's index is shared memory.
        let mut index = self.db.as_os_str().to_os_string();
        index.push("-shm");
        let _ = std::fs::remove_file(index);
    }
}
