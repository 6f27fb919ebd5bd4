//! A disk that can lose its power: what was written and not flushed is lost then, wholly or in part.
//!
//! The files themselves hold what the system would hold in memory: every process sees every write at
//! once. Beside each file stands what has reached the platter, and the writes after that, in order. A
//! flush (`xSync`) brings them down. When the power goes, each sector of a file keeps one of the states
//! it had since the last flush, each sector for itself: writes are torn and overtake one another.

use super::dice::Dice;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

thread_local! {
    /// The disk under the files that this thread opens. A schedule runs on one thread.
    static DISK: RefCell<Disk> = RefCell::new(Disk::default());
}

/// Looks at or changes the disk of this thread.
pub fn disk<T>(act: impl FnOnce(&mut Disk) -> T) -> T {
    DISK.with_borrow_mut(act)
}

/// The disk, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Disk {
    platters: BTreeMap<PathBuf, Platter>,
    /// Files that were taken away, as long as that has not reached the platter.
    ghosts: BTreeMap<PathBuf, Platter>,
    /// After so many more operations nothing is taken any more.
    until_failure: Option<u32>,
    is_dead: bool,
    /// Whether there is no room.
    pub is_full: bool,
    /// Whether `PRAGMA synchronous = FULL` becomes `OFF`: the desk as it would be without it.
    pub is_careless: bool,
    /// Operations so far, and flushes among them.
    pub operations: u64,
    pub flushes: u64,
}

/// One file: what has reached the platter, and what has not.
#[derive(Debug, Clone, Default)]
struct Platter {
    /// `None` where not even its name has.
    durable: Option<Vec<u8>>,
    pending: Vec<Write>,
}

#[derive(Debug, Clone)]
enum Write {
    Bytes(usize, Vec<u8>),
    Length(usize),
}

/// Why an operation is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    Dead,
    Full,
}

impl Disk {
    /// A disk that nothing was written to.
    pub fn renew() {
        disk(|disk| *disk = Disk::default());
    }

    /// From now on nothing is taken: what closes its files now does so as a process does that is gone.
    pub fn die(&mut self) {
        self.is_dead = true;
    }

    /// Dies in the middle of something: after so many operations more.
    pub fn die_after(&mut self, operations: u32) {
        self.until_failure = Some(operations);
    }

    /// Takes writes again. Whether it had died in between.
    pub fn revive(&mut self) -> bool {
        self.until_failure = None;
        std::mem::take(&mut self.is_dead)
    }

    /// Whether it has died.
    pub fn is_dead(&self) -> bool {
        self.is_dead
    }

    fn begin(&mut self) -> Result<(), Refused> {
        self.operations += 1;
        if let Some(left) = &mut self.until_failure {
            match left.checked_sub(1) {
                Some(fewer) => *left = fewer,
                None => self.is_dead = true,
            }
        }
        if self.is_dead {
            Err(Refused::Dead)
        } else {
            Ok(())
        }
    }

    /// A file is opened; what it holds already counts as on the platter.
    pub fn opened(&mut self, path: &Path, held: Option<Vec<u8>>) {
        self.ghosts.remove(path);
        let platter = || Platter {
            durable: held,
            pending: Vec::new(),
        };
        self.platters
            .entry(path.to_path_buf())
            .or_insert_with(platter);
    }

    /// Whether a file is known.
    pub fn knows(&self, path: &Path) -> bool {
        self.platters.contains_key(path)
    }

    /// Whether bytes may be written; noted with [`Disk::wrote`] when they are.
    pub fn may_write(&mut self) -> Result<(), Refused> {
        self.begin()?;
        if self.is_full {
            Err(Refused::Full)
        } else {
            Ok(())
        }
    }

    /// Whether something else may be done: a file cut, flushed or taken away.
    pub fn may_act(&mut self) -> Result<(), Refused> {
        self.begin()
    }

    pub fn wrote(&mut self, path: &Path, at: usize, bytes: &[u8]) {
        if let Some(platter) = self.platters.get_mut(path) {
            platter.pending.push(Write::Bytes(at, bytes.to_vec()));
        }
    }

    pub fn cut(&mut self, path: &Path, length: usize) {
        if let Some(platter) = self.platters.get_mut(path) {
            platter.pending.push(Write::Length(length));
        }
    }

    /// A file is flushed; with it what was taken away before (file systems keep that order).
    pub fn flushed(&mut self, path: &Path) {
        self.flushes += 1;
        self.ghosts.clear();
        if let Some(platter) = self.platters.get_mut(path) {
            let mut durable = platter.durable.take().unwrap_or_default();
            for write in platter.pending.drain(..) {
                write.apply(&mut durable);
            }
            platter.durable = Some(durable);
        }
    }

    /// A file is taken away; `for_good` when the folder is flushed as well.
    pub fn deleted(&mut self, path: &Path, for_good: bool) {
        let gone = self.platters.remove(path);
        if for_good {
            self.ghosts.clear();
        } else if let Some(platter) = gone {
            self.ghosts.insert(path.to_path_buf(), platter);
        }
    }

    /// The power is gone. Nobody may have a file open any more. Writes to the files what is left.
    pub fn lose_power(&mut self, dice: &mut Dice) -> std::io::Result<()> {
        self.revive();
        self.is_full = false;
        let loses = *dice.pick(&[Loses::All, Loses::Nothing, Loses::Some, Loses::Some]);
        for (path, platter) in std::mem::take(&mut self.ghosts) {
            if platter.durable.is_some() && dice.chance(50) {
                self.platters.entry(path).or_insert(platter);
            }
        }
        let mut kept = BTreeMap::new();
        for (path, platter) in std::mem::take(&mut self.platters) {
            let left = platter.left_by(loses, dice);
            match &left {
                Some(bytes) => std::fs::write(&path, bytes)?,
                None if path.exists() => std::fs::remove_file(&path)?,
                None => continue,
            }
            if left.is_some() {
                let pending = Vec::new();
                kept.insert(
                    path,
                    Platter {
                        durable: left,
                        pending,
                    },
                );
            }
        }
        self.platters = kept;
        Ok(())
    }
}

/// How much a loss of power takes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loses {
    All,
    Nothing,
    Some,
}

impl Platter {
    /// What is left of a file, and whether it is there at all.
    fn left_by(&self, loses: Loses, dice: &mut Dice) -> Option<Vec<u8>> {
        let has_name = match loses {
            Loses::All => false,
            Loses::Nothing => true,
            Loses::Some => dice.chance(50),
        };
        let mut left = match &self.durable {
            Some(durable) => durable.clone(),
            None if has_name => Vec::new(),
            None => return None,
        };
        // How many of the writes to it each sector has seen.
        let mut writes: BTreeMap<usize, usize> = BTreeMap::new();
        for write in &self.pending {
            for (sector, ..) in write.pieces() {
                *writes.entry(sector).or_default() += 1;
            }
        }
        let mut seen: BTreeMap<usize, usize> = writes
            .into_iter()
            .map(|(sector, writes)| {
                let kept = match loses {
                    Loses::All => 0,
                    Loses::Nothing => writes,
                    Loses::Some => dice.below(writes + 1),
                };
                (sector, kept)
            })
            .collect();
        for write in &self.pending {
            if let Write::Length(length) = write {
                let cuts = match loses {
                    Loses::All => false,
                    Loses::Nothing => true,
                    Loses::Some => dice.chance(50),
                };
                if cuts {
                    left.resize(*length, 0);
                }
            }
            for (sector, at, bytes) in write.pieces() {
                let more = seen.entry(sector).or_default();
                if *more > 0 {
                    *more -= 1;
                    put(&mut left, at, bytes);
                }
            }
        }
        Some(left)
    }
}

impl Write {
    fn apply(self, file: &mut Vec<u8>) {
        match self {
            Write::Bytes(at, bytes) => put(file, at, &bytes),
            Write::Length(length) => file.resize(length, 0),
        }
    }

    /// What of it goes into which sector, and where.
    fn pieces(&self) -> Vec<(usize, usize, &[u8])> {
        let Write::Bytes(at, bytes) = self else {
            return Vec::new();
        };
        let mut pieces = Vec::new();
        let mut done = 0;
        while done < bytes.len() {
            let here = at + done;
            let sector = here / SECTOR;
            let room = (sector + 1) * SECTOR - here;
            let end = bytes.len().min(done + room);
            pieces.push((sector, here, &bytes[done..end]));
            done = end;
        }
        pieces
    }
}

fn put(file: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    if file.len() < at + bytes.len() {
        file.resize(at + bytes.len(), 0);
    }
    file[at..at + bytes.len()].copy_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "/nowhere/desk.db";

    fn after(seed: u64, act: impl FnOnce(&mut Disk)) -> Vec<u8> {
        let mut disk = Disk::default();
        disk.opened(Path::new(PATH), Some(Vec::new()));
        act(&mut disk);
        let platter = disk.platters.remove(Path::new(PATH)).unwrap();
        platter.left_by(Loses::Some, &mut Dice(seed)).unwrap()
    }

    #[test]
    fn what_was_flushed_stays_and_what_was_not_is_torn_at_sectors() {
        let path = Path::new(PATH);
        let mut kinds = std::collections::BTreeSet::new();
        for seed in 0..50 {
            let left = after(seed, |disk| {
                disk.wrote(path, 0, &[1; 2 * SECTOR]);
                disk.flushed(path);
                disk.wrote(path, SECTOR / 2, &[2; SECTOR]);
            });
            assert_eq!(left[..SECTOR / 2], [1; SECTOR / 2]);
            let torn = (left[SECTOR / 2], left[SECTOR]);
            assert!(left[SECTOR / 2..SECTOR].iter().all(|byte| *byte == torn.0));
            kinds.insert(torn);
        }
        assert_eq!(kinds.len(), 4, "{kinds:?}");
    }
}
