//! What a restore must not forget, kept beside the file in `<db>.kept`: the highest case number that was
//! given, and which values were erased.
//!
//! Lines of JSON, only ever added to. A line is on the disk before the commit it tells of returns, so
//! before anybody is told a number. Power may fail in between: then a number stands here that nobody was
//! told, and after a restore it is left out; none is ever given twice. An erasure that stands here was
//! asked for at least. A line that cannot be read (the end of one, after a power cut) is passed over.
//!
//! Nothing personal is in it: an erased value is named by its change (entity, place, action), which also
//! tells it from another change in the same place after a restore.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::lock;

/// The highest count of a case number: nine digits. A higher one would stand here by somebody's hand, and
/// after it no number could be given any more.
const MOST: u32 = 999_999_998;

/// A change whose value was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ErasedChange {
    /// The entity.
    pub entity: i64,
    /// Its place in the list of the entity.
    pub seq: u32,
    /// The action it belongs to.
    pub action: i64,
}

/// What is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// The last count given for each prefix of case numbers.
    pub numbers: BTreeMap<String, u32>,
    /// The changes whose values were erased.
    pub erased: BTreeSet<ErasedChange>,
    /// How many lines could not be read.
    pub unreadable: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Number { prefix: String, n: u32 },
    Erased(ErasedChange),
}

impl Kept {
    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.erased.is_empty()
    }

    /// Takes note of a number; a lower one than is known changes nothing, nor does one no case can have.
    pub fn number(&mut self, prefix: &str, n: u32) {
        if n > MOST {
            return;
        }
        let known = self.numbers.entry(prefix.to_string()).or_default();
        *known = n.max(*known);
    }

    /// Takes note of everything another one says.
    pub fn add(&mut self, other: &Kept) {
        for (prefix, n) in &other.numbers {
            self.number(prefix, *n);
        }
        self.erased.extend(&other.erased);
    }

    /// What it says beyond another one.
    pub fn beyond(&self, other: &Kept) -> Kept {
        Kept {
            numbers: self
                .numbers
                .iter()
                .filter(|(prefix, n)| **n > other.numbers.get(*prefix).copied().unwrap_or(0))
                .map(|(prefix, n)| (prefix.clone(), *n))
                .collect(),
            erased: self.erased.difference(&other.erased).copied().collect(),
            unreadable: 0,
        }
    }
}

/// The file of what is kept beside a desk.
pub fn path(db: &Path) -> PathBuf {
    lock::beside(&lock::real(db), ".kept")
}

/// Reads what is kept beside a desk; nothing where there is no such file.
///
/// # Errors
/// The file is there and cannot be read.
pub fn read(db: &Path) -> io::Result<Kept> {
    let mut kept = Kept::default();
    let bytes = match std::fs::read(path(db)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(kept),
        Err(error) => return Err(error),
    };
    for line in bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
    {
        match serde_json::from_slice(line) {
            Ok(Line::Number { prefix, n }) if n <= MOST => kept.number(&prefix, n),
            Ok(Line::Erased(change)) => {
                kept.erased.insert(change);
            }
            Ok(Line::Number { .. }) | Err(_) => kept.unreadable += 1,
        }
    }
    Ok(kept)
}

/// Adds lines; they are on the disk when this returns. Whoever calls it has the writer's lock of the
/// desk, or the desk for itself.
///
/// # Errors
/// The lines may not be there, or not all of them.
pub(super) fn note(db: &Path, kept: &Kept) -> io::Result<()> {
    if kept.is_empty() {
        return Ok(());
    }
    let path = path(db);
    let is_new = !path.exists();
    let mut file = OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .mode(0o600)
        .open(&path)?;
    let mut text = String::new();
    if is_torn(&mut file)? {
        text.push('\n');
    }
    let numbers = kept.numbers.iter().map(|(prefix, n)| Line::Number {
        prefix: prefix.clone(),
        n: *n,
    });
    let erased = kept.erased.iter().map(|change| Line::Erased(*change));
    for line in numbers.chain(erased) {
        text.push_str(&serde_json::to_string(&line)?);
        text.push('\n');
    }
    file.write_all(text.as_bytes())?;
    file.sync_data()?;
    if is_new {
        sync_folder(&path)?;
    }
    Ok(())
}

/// Makes what was made, renamed or removed in the folder of a file last.
pub(super) fn sync_folder(of: &Path) -> io::Result<()> {
    File::open(super::place::folder_of(of))?.sync_all()
}

/// Whether its last line has no end: power failed, or the disk was full.
fn is_torn(file: &mut File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != [b'\n'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn erased(seq: u32) -> ErasedChange {
        ErasedChange {
            entity: 7,
            seq,
            action: -9,
        }
    }

    #[test]
    fn what_was_noted_is_read_and_the_highest_number_counts() {
        let home = tempfile::tempdir().unwrap();
        let db = home.path().join("desk.db");
        assert_eq!(read(&db).unwrap(), Kept::default());
        for n in [3, 5, 4] {
            let mut kept = Kept::default();
            kept.number("RMA26-", n);
            kept.erased.insert(erased(n));
            note(&db, &kept).unwrap();
        }
        let kept = read(&db).unwrap();
        assert_eq!(kept.numbers, BTreeMap::from([("RMA26-".to_string(), 5)]));
        assert_eq!(kept.erased, [3, 4, 5].map(erased).into());
        let mode = std::fs::metadata(path(&db)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_torn_line_spoils_neither_what_stands_before_it_nor_what_comes_after() {
        let home = tempfile::tempdir().unwrap();
        let db = home.path().join("desk.db");
        let kept = |n| {
            let mut kept = Kept::default();
            kept.number("RMA26-", n);
            kept
        };
        note(&db, &kept(41)).unwrap();
        let mut whole = std::fs::read(path(&db)).unwrap();
        whole.extend_from_slice(b"{\"number\":{\"prefix\":\"RMA26-\",\"n\":4294967295}}\n");
        whole.extend_from_slice(br#"{"number":{"prefix":"RMA2"#);
        std::fs::write(path(&db), whole).unwrap();
        note(&db, &kept(42)).unwrap();
        let found = read(&db).unwrap();
        assert_eq!((found.numbers["RMA26-"], found.unreadable), (42, 2));
    }
}
