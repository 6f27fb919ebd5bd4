//! What is half typed, kept outside the desk's file.
//!
//! Once a second is too often for a durable commit by everybody who types, so each session keeps its
//! draft in a file of its own, in a private folder beside the desk's file. A lock on a second file
//! says that the session lives; a draft whose lock is free was left behind by a session that was
//! killed or cut off, and the same person's next session takes it over.
//!
//! ```text
//! desk.db-sessions/            0700
//!     4711-18c2f0a1.session    locked while the session lives; holds who it is
//!     4711-18c2f0a1.draft      replaced in one step; not there while nothing is half typed
//! ```

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::ffi::OsString;
use std::fs::{DirBuilder, File, OpenOptions, remove_file, rename};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A draft is small; more than this is no draft of ours.
const LARGEST: u64 = 1 << 20;

/// This session's place for its draft.
#[derive(Debug)]
pub struct Drafts {
    folder: PathBuf,
    name: String,
    who: String,
    /// Open and locked as long as the session lives.
    _lock: File,
    /// What the file holds; `None` when there is none.
    kept: Option<Vec<u8>>,
}

impl Drafts {
    /// Begins a session of a person beside the desk's file.
    ///
    /// # Errors
    /// When the folder or the files in it cannot be made; the desk works without, but what is half
    /// typed is lost with the session then.
    pub fn begin(desk: &Path, who: &str) -> io::Result<Drafts> {
        let folder = folder_of(desk);
        let mut builder = DirBuilder::new();
        builder.recursive(true).mode(0o700).create(&folder)?;
        let since = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        let name = format!("{}-{:x}", std::process::id(), since.as_nanos());
        let mut lock = private(&folder.join(format!("{name}.session")))?;
        lock.try_lock()?;
        lock.write_all(who.as_bytes())?;
        Ok(Drafts {
            folder,
            name,
            who: who.to_owned(),
            _lock: lock,
            kept: None,
        })
    }

    /// Keeps what is half typed; `None` when nothing is. Writes only when it is something else than
    /// before, and is on the disk when it returns.
    ///
    /// # Errors
    /// When the file cannot be written; the draft before it is still there then.
    pub fn keep<T: Serialize>(&mut self, draft: Option<&T>) -> io::Result<()> {
        let bytes = draft.map(serde_json::to_vec).transpose()?;
        if bytes == self.kept {
            return Ok(());
        }
        let path = self.path("draft");
        match &bytes {
            Some(bytes) => {
                let new = self.path("new");
                let mut file = private(&new)?;
                file.write_all(bytes)?;
                file.sync_data()?;
                rename(new, path)?;
            }
            None => remove_file(path)?,
        }
        self.kept = bytes;
        Ok(())
    }

    /// Takes over the newest draft that a session of the same person left behind: it is this
    /// session's draft from now on. Older ones stay for the sessions after this one.
    ///
    /// # Errors
    /// When the folder cannot be read, or the draft not be written anew; it stays where it was then.
    pub fn take_over<T: Serialize + DeserializeOwned>(&mut self) -> io::Result<Option<T>> {
        let mut left: Vec<(SystemTime, PathBuf)> = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == "draft") && path != self.path("draft") {
                let changed = path.metadata().and_then(|m| m.modified());
                left.extend(changed.ok().map(|at| (at, path)));
            }
        }
        left.sort_unstable();
        while let Some((_, path)) = left.pop() {
            let Some((draft, lock)) = self.left_behind(&path) else {
                continue;
            };
            self.keep(Some(&draft))?;
            // Its own copy is safe now; who looks at the same time finds the lock taken.
            remove_file(&path)?;
            remove_file(path.with_extension("session"))?;
            drop(lock);
            return Ok(Some(draft));
        }
        Ok(None)
    }

    /// The draft in a file if it was left behind by this person, and the lock of its session.
    fn left_behind<T: DeserializeOwned>(&self, path: &Path) -> Option<(T, File)> {
        let lock = File::open(path.with_extension("session")).ok()?;
        let mut who = String::new();
        (&lock).take(LARGEST).read_to_string(&mut who).ok()?;
        if who != self.who || lock.try_lock().is_err() {
            return None;
        }
        let mut bytes = Vec::new();
        File::open(path)
            .ok()?
            .take(LARGEST)
            .read_to_end(&mut bytes)
            .ok()?;
        Some((serde_json::from_slice(&bytes).ok()?, lock))
    }

    fn path(&self, extension: &str) -> PathBuf {
        self.folder.join(format!("{}.{extension}", self.name))
    }
}

impl Drop for Drafts {
    fn drop(&mut self) {
        if self.kept.is_none() {
            let _ = remove_file(self.path("session"));
        }
    }
}

/// The folder of the sessions at a desk.
fn folder_of(desk: &Path) -> PathBuf {
    let mut name = OsString::from(desk);
    name.push("-sessions");
    PathBuf::from(name)
}

/// A new file that only its owner can read.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(true);
    options.mode(0o600).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn desk() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let desk = folder.path().join("desk.db");
        (folder, desk)
    }

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn what_a_dead_session_left_is_taken_over_by_the_same_person() {
        let (_folder, desk) = desk();
        let mut first = Drafts::begin(&desk, "li").unwrap();
        first.keep(text("王小").as_ref()).unwrap();
        drop(first);
        let mut other = Drafts::begin(&desk, "zhao").unwrap();
        assert_eq!(other.take_over::<String>().unwrap(), None);
        let mut second = Drafts::begin(&desk, "li").unwrap();
        assert_eq!(second.take_over().unwrap(), text("王小"));
        // It is the second one's now, and survives it too.
        drop(second);
        let mut third = Drafts::begin(&desk, "li").unwrap();
        assert_eq!(third.take_over().unwrap(), text("王小"));
        assert_eq!(third.take_over::<String>().unwrap(), None);
    }

    #[test]
    fn what_a_living_session_types_is_left_alone() {
        let (_folder, desk) = desk();
        let mut first = Drafts::begin(&desk, "li").unwrap();
        first.keep(text("138").as_ref()).unwrap();
        let mut second = Drafts::begin(&desk, "li").unwrap();
        assert_eq!(second.take_over::<String>().unwrap(), None);
    }

    #[test]
    fn the_newest_is_taken_first_and_none_is_lost() {
        let (_folder, desk) = desk();
        let mut a = Drafts::begin(&desk, "li").unwrap();
        let mut b = Drafts::begin(&desk, "li").unwrap();
        b.keep(text("older").as_ref()).unwrap();
        a.keep(text("newer").as_ref()).unwrap();
        let older = SystemTime::now() - std::time::Duration::from_secs(60);
        File::open(b.path("draft"))
            .unwrap()
            .set_modified(older)
            .unwrap();
        drop((a, b));
        let mut c = Drafts::begin(&desk, "li").unwrap();
        let mut d = Drafts::begin(&desk, "li").unwrap();
        assert_eq!(c.take_over().unwrap(), text("newer"));
        assert_eq!(d.take_over().unwrap(), text("older"));
    }

    #[test]
    fn nothing_half_typed_leaves_nothing_behind() {
        let (_folder, desk) = desk();
        let mut drafts = Drafts::begin(&desk, "li").unwrap();
        drafts.keep(text("x").as_ref()).unwrap();
        drafts.keep(None::<&String>).unwrap();
        drop(drafts);
        assert_eq!(std::fs::read_dir(folder_of(&desk)).unwrap().count(), 0);
    }

    #[test]
    fn only_the_owner_can_read_it() {
        let (_folder, desk) = desk();
        let mut drafts = Drafts::begin(&desk, "li").unwrap();
        drafts.keep(text("x").as_ref()).unwrap();
        for (path, mode) in [
            (folder_of(&desk), 0o700),
            (drafts.path("session"), 0o600),
            (drafts.path("draft"), 0o600),
        ] {
            let found = path.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(found, mode, "{}", path.display());
        }
    }

    #[test]
    fn a_file_that_is_no_draft_is_passed_over() {
        let (_folder, desk) = desk();
        let mut first = Drafts::begin(&desk, "li").unwrap();
        first.keep(text("good").as_ref()).unwrap();
        let mut second = Drafts::begin(&desk, "li").unwrap();
        second.keep(text("bad").as_ref()).unwrap();
        std::fs::write(second.path("draft"), b"\xff\x00{").unwrap();
        std::fs::write(folder_of(&desk).join("stray.draft"), b"{}").unwrap();
        drop((first, second));
        let mut third = Drafts::begin(&desk, "li").unwrap();
        assert_eq!(third.take_over().unwrap(), text("good"));
    }
}
