//! What is half typed and where one was, kept beside the desk, outside its list of changes.
//!
//! A session has two private files in `<db>.drafts/`: `<session>.json` with its draft and
//! `<session>.lock`, locked while the session lives. The lock, not the content, tells a dead session
//! from a living one: the system lets go of it however the process ends. A draft is written to a new
//! file and renamed, so a half-written one is never seen.
//!
//! The folder lies beside the desk, where other hands reach: nothing in it is believed. A link, a
//! pipe, a file that is too long or that says something else is no draft; it is put aside, not
//! deleted, since it may be the draft of a newer program.

use std::ffi::OsString;
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};

use super::lock::Locked;

/// The most bytes a draft has: a long text whose every character is escaped, many times over.
const MOST: u64 = 4 << 20;

/// What is half typed and where one was. New parts can be added: a missing one is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// The login name.
    pub who: String,
    /// The case that is open.
    pub case: Option<i64>,
    /// The parcel that is open.
    pub parcel: Option<i64>,
    /// The screen.
    pub screen: String,
    /// The item and the field the caret is in.
    pub field: Option<(u32, String)>,
    /// The text of that field as far as it was typed, where it is not saved.
    pub text: Option<String>,
    /// The line and the column of the caret.
    pub caret: (usize, usize),
    /// What stands in the search line.
    pub search: String,
    /// The change of that field the person had seen when beginning to type; 0 for none.
    pub base: u32,
    /// What was entered and is not saved yet, action by action.
    pub unsaved: Vec<Unsaved>,
    /// The open prompt.
    pub prompt: Option<Prompt>,
    /// What is typed in the open palette.
    pub palette: Option<String>,
}

/// The fields of one action that are not saved yet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Unsaved {
    /// The case or parcel.
    pub entity: i64,
    /// Which of the two.
    pub kind: String,
    /// Whether these only go into the history.
    pub settles: bool,
    /// The fields.
    pub fields: Vec<UnsavedField>,
}

/// A field that is not saved yet; the words are those of the list of changes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UnsavedField {
    /// The item.
    pub item: u32,
    /// The field.
    pub field: String,
    /// `known`, `unreadable` or `unknown`.
    pub state: String,
    /// The value as it is stored, or what was typed.
    pub value: String,
    /// On what ground.
    pub ground: String,
    /// The change the person had seen; 0 for none.
    pub base: u32,
}

/// A prompt with what is typed in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Prompt {
    /// What is asked for.
    pub asks: String,
    /// What that is about.
    pub about: String,
    /// The text.
    pub text: String,
    /// The line and the column of the caret.
    pub caret: (usize, usize),
}

/// Another living session, and where it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Other {
    /// The login name.
    pub who: String,
    /// The case that is open there.
    pub case: Option<i64>,
    /// The parcel that is open there.
    pub parcel: Option<i64>,
}

impl Other {
    /// Where the session of a draft is; none where it has nothing open.
    pub fn of(draft: &Draft) -> Option<Other> {
        let is_somewhere = draft.case.is_some() || draft.parcel.is_some();
        is_somewhere.then(|| Other {
            who: draft.who.clone(),
            case: draft.case,
            parcel: draft.parcel,
        })
    }
}

/// A session's place for its draft. Dropping it leaves the draft for the next session to claim.
#[derive(Debug)]
pub struct DraftFile {
    db: PathBuf,
    folder: PathBuf,
    name: String,
    who: String,
    /// Held for its lock.
    lock: Locked,
    written: Option<Vec<u8>>,
    /// The dead session whose draft was taken over and is not saved as one's own yet, and its lock.
    inherited: Option<(String, Locked)>,
}

impl DraftFile {
    /// The place of a new session of `who`, beside the desk's file `db`.
    ///
    /// # Errors
    /// The folder or the file could not be made.
    pub fn begin(db: &Path, who: &str) -> io::Result<DraftFile> {
        let folder = folder_beside(db);
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder)?;
        let pid = std::process::id();
        let mut stamp = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_nanos());
        loop {
            let name = format!("{stamp:x}-{pid}");
            match make_locked(&folder.join(format!("{name}.lock")))? {
                Some(lock) => {
                    return Ok(DraftFile {
                        db: db.to_path_buf(),
                        folder,
                        name,
                        who: who.to_string(),
                        lock,
                        written: None,
                        inherited: None,
                    });
                }
                None => stamp += 1,
            }
        }
    }

    /// Writes the draft durably, unless it is the one that was written last; says whether it wrote.
    ///
    /// # Errors
    /// The file could not be written; the draft before it is still there.
    pub fn save(&mut self, draft: &Draft) -> io::Result<bool> {
        let bytes = serde_json::to_vec(draft)?;
        if self.written.as_ref() == Some(&bytes) {
            return Ok(false);
        }
        let written = self.write(&bytes).or_else(|error| {
            // Half a draft would only take room.
            let _ = std::fs::remove_file(self.new_path());
            if error.kind() != io::ErrorKind::NotFound {
                return Err(error);
            }
            self.begin_again()?;
            self.write(&bytes)
        });
        written?;
        self.written = Some(bytes);
        if let Some((name, _lock)) = self.inherited.take() {
            self.remove(&name);
        }
        Ok(true)
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let new = self.new_path();
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&new)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&new, self.json(&self.name))?;
        File::open(&self.folder)?.sync_all()
    }

    /// Makes the folder and the lock anew where somebody took the folder away. Not where the desk
    /// itself is gone: a draft beside another file, or under a disk that comes back, is never found.
    fn begin_again(&mut self) -> io::Result<()> {
        std::fs::metadata(&self.db)?;
        match DirBuilder::new().mode(0o700).create(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        if let Some(lock) = make_locked(&self.lock_path(&self.name))? {
            self.lock = lock;
        }
        Ok(())
    }

    /// Takes over the newest draft that a dead session of the same person left. It is saved as one's
    /// own before the old one goes. Others of the same person stay for other sessions.
    ///
    /// # Errors
    /// The folder could not be read; nothing is lost then.
    pub fn claim_orphans(&mut self) -> io::Result<Option<Draft>> {
        let mut dead = Vec::new();
        let mut names = self.sessions()?;
        for look in 0..LOOKS {
            if look > 0 && !names.is_empty() {
                std::thread::sleep(BETWEEN_LOOKS);
            }
            names.retain(|name| {
                // The lock is kept while the draft is looked at, so two sessions never take the same
                // one.
                let Some(lock) = lock_of_the_dead(&self.lock_path(name)) else {
                    return true;
                };
                match read(&self.json(name)) {
                    Some((draft, written)) if draft.who == self.who => {
                        dead.push((written, name.clone(), draft, lock));
                    }
                    Some(_) => {}
                    None => self.put_aside(name),
                }
                false
            });
        }
        let newest = dead.into_iter().max_by_key(|(written, ..)| *written);
        let Some((_, name, draft, lock)) = newest else {
            return Ok(None);
        };
        self.inherited = Some((name, lock));
        // Where it cannot be saved now it is saved when it can be, and the old one stays till then.
        let _ = self.save(&draft);
        Ok(Some(draft))
    }

    /// Where the other living sessions are, as far as they have written it.
    ///
    /// # Errors
    /// The folder could not be read.
    pub fn others(&self) -> io::Result<Vec<Draft>> {
        let mut others = Vec::new();
        for name in self.sessions()? {
            if is_alive(&self.lock_path(&name)) {
                others.extend(read(&self.json(&name)).map(|(draft, _)| draft));
            }
        }
        Ok(others)
    }

    /// Ends the session: nothing is left to claim.
    pub fn finish(self) {
        if let Some((name, _lock)) = &self.inherited {
            self.remove(name);
        }
        self.remove(&self.name);
    }

    fn json(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.json"))
    }

    fn new_path(&self) -> PathBuf {
        self.folder.join(format!("{}.new", self.name))
    }

    fn lock_path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.lock"))
    }

    /// What is there and cannot be read as a draft stays under another name; a session that never
    /// wrote one leaves nothing.
    fn put_aside(&self, name: &str) {
        let _ = std::fs::rename(
            self.json(name),
            self.folder.join(format!("{name}.unreadable")),
        );
        self.remove(name);
    }

    /// The draft goes before the lock, so that no draft ever stands there without one.
    fn remove(&self, name: &str) {
        let _ = std::fs::remove_file(self.json(name));
        let _ = std::fs::remove_file(self.folder.join(format!("{name}.new")));
        let _ = std::fs::remove_file(self.lock_path(name));
    }

    /// Every session that has a lock file, living or dead, except this one.
    fn sessions(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let name = entry?.file_name();
            if let Some(name) = name.to_str().and_then(|name| name.strip_suffix(".lock"))
                && name != self.name
            {
                names.push(name.to_string());
            }
        }
        Ok(names)
    }
}

/// Whoever looks whether a session lives holds its lock for an instant: a claim looks again before it
/// takes the session for a living one.
const LOOKS: usize = 3;
/// Between two looks.
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);

/// Who has a living session at a desk, as far as their drafts tell; each name once.
pub(super) fn working(db: &Path) -> Vec<String> {
    let folder = folder_beside(db);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == "lock") && is_alive(&path) {
            names.extend(read(&path.with_extension("json")).map(|(draft, _)| draft.who));
        }
    }
    names.sort();
    names.dedup();
    names
}

fn folder_beside(db: &Path) -> PathBuf {
    let mut folder = OsString::from(db.as_os_str());
    folder.push(".drafts");
    PathBuf::from(folder)
}

/// Makes a lock file and locks it. `None` when somebody else got at it in between.
fn make_locked(path: &Path) -> io::Result<Option<Locked>> {
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    let file = match made {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(None),
        Err(error) => return Err(error),
    };
    let lock = match Locked::alone(file) {
        Ok(lock) => lock,
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(error)) => return Err(error),
    };
    // A session that claims drafts may have taken the new file for a dead one's, and removed it.
    let same = std::fs::metadata(path).is_ok_and(|there| {
        lock.file()
            .metadata()
            .is_ok_and(|ours| (there.dev(), there.ino()) == (ours.dev(), ours.ino()))
    });
    Ok(same.then_some(lock))
}

/// Whether a session lives. Looked at with a shared lock, so that several may look at the same time and
/// none takes the other for the living.
fn is_alive(path: &Path) -> bool {
    let Some(file) = open_plain(path) else {
        return false;
    };
    matches!(Locked::shared(file), Err(TryLockError::WouldBlock))
}

/// The lock of a session that is dead; `None` for one that lives, or that is gone.
fn lock_of_the_dead(path: &Path) -> Option<Locked> {
    Locked::alone(open_plain(path)?).ok()
}

/// Opens a file that is one: no link is followed, no pipe waited for.
fn open_plain(path: &Path) -> Option<File> {
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(i32::try_from(flags).ok()?)
        .open(path)
        .ok()?;
    let is_plain = file.metadata().is_ok_and(|meta| meta.is_file());
    is_plain.then_some(file)
}

fn read(path: &Path) -> Option<(Draft, SystemTime)> {
    let file = open_plain(path)?;
    let written = file.metadata().and_then(|meta| meta.modified()).ok()?;
    let mut bytes = Vec::new();
    file.take(MOST + 1).read_to_end(&mut bytes).ok()?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST) {
        return None;
    }
    let draft = serde_json::from_slice(&bytes).ok()?;
    Some((draft, written))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn draft(who: &str, text: &str) -> Draft {
        Draft {
            who: who.to_string(),
            case: Some(7),
            parcel: None,
            screen: "intake".to_string(),
            field: Some((0, "fault".to_string())),
            text: Some(text.to_string()),
            caret: (0, text.chars().count()),
            search: String::new(),
            ..Draft::default()
        }
    }

    fn desk() -> (tempfile::TempDir, PathBuf) {
        let home = tempfile::tempdir().unwrap();
        let db = home.path().join("desk.db");
        (home, db)
    }

    #[test]
    fn the_draft_of_a_dead_session_comes_back_to_the_same_person_once() {
        let (_home, db) = desk();
        let mut dead = DraftFile::begin(&db, "li").unwrap();
        dead.save(&draft("li", "no output af")).unwrap();
        drop(dead);
        let mut other = DraftFile::begin(&db, "chen").unwrap();
        assert_eq!(other.claim_orphans().unwrap(), None);
        let mut again = DraftFile::begin(&db, "li").unwrap();
        assert_eq!(
            again.claim_orphans().unwrap(),
            Some(draft("li", "no output af"))
        );
        let mut third = DraftFile::begin(&db, "li").unwrap();
        assert_eq!(third.claim_orphans().unwrap(), None);
    }

    #[test]
    fn a_claimed_draft_survives_the_session_that_claimed_it() {
        let (_home, db) = desk();
        for _ in 0..3 {
            let mut session = DraftFile::begin(&db, "li").unwrap();
            match session.claim_orphans().unwrap() {
                Some(found) => assert_eq!(found, draft("li", "half")),
                None => {
                    session.save(&draft("li", "half")).unwrap();
                }
            }
        }
        let mut last = DraftFile::begin(&db, "li").unwrap();
        assert!(last.claim_orphans().unwrap().is_some());
    }

    #[test]
    fn two_dead_sessions_are_claimed_newest_first() {
        let (_home, db) = desk();
        for (text, seconds) in [("older", 10), ("newer", 20)] {
            let mut dead = DraftFile::begin(&db, "li").unwrap();
            dead.save(&draft("li", text)).unwrap();
            let written = UNIX_EPOCH + Duration::from_secs(seconds);
            let file = File::options()
                .write(true)
                .open(dead.json(&dead.name))
                .unwrap();
            file.set_modified(written).unwrap();
        }
        let mut first = DraftFile::begin(&db, "li").unwrap();
        let mut second = DraftFile::begin(&db, "li").unwrap();
        assert_eq!(
            first.claim_orphans().unwrap().unwrap().text.as_deref(),
            Some("newer")
        );
        assert_eq!(
            second.claim_orphans().unwrap().unwrap().text.as_deref(),
            Some("older")
        );
    }

    #[test]
    fn the_draft_of_a_living_session_is_seen_but_not_taken() {
        let (_home, db) = desk();
        let mut living = DraftFile::begin(&db, "li").unwrap();
        living.save(&draft("li", "typing")).unwrap();
        let mut second = DraftFile::begin(&db, "li").unwrap();
        assert_eq!(second.claim_orphans().unwrap(), None);
        assert_eq!(second.others().unwrap(), [draft("li", "typing")]);
        living.finish();
        assert_eq!(second.others().unwrap(), []);
        assert_eq!(second.claim_orphans().unwrap(), None);
    }

    #[test]
    fn whoever_looks_is_not_taken_for_the_living() {
        let (_home, db) = desk();
        let mut dead = DraftFile::begin(&db, "chen").unwrap();
        dead.save(&draft("chen", "half")).unwrap();
        let lock = dead.lock_path(&dead.name);
        drop(dead);
        let session = DraftFile::begin(&db, "li").unwrap();
        let looker = File::open(&lock).unwrap();
        looker.try_lock_shared().unwrap();
        assert_eq!(session.others().unwrap(), []);
        // A claim waits for the looker to let go, which is an instant.
        let held = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(2));
            drop(looker);
        });
        let mut again = DraftFile::begin(&db, "chen").unwrap();
        assert!(again.claim_orphans().unwrap().is_some());
        held.join().unwrap();
    }

    #[test]
    fn drafts_are_private_and_an_unchanged_one_is_not_written_again() {
        let (_home, db) = desk();
        let mut session = DraftFile::begin(&db, "li").unwrap();
        assert!(session.save(&draft("li", "a")).unwrap());
        assert!(!session.save(&draft("li", "a")).unwrap());
        assert!(session.save(&draft("li", "ab")).unwrap());
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&session.folder), 0o700);
        assert_eq!(mode(&session.json(&session.name)), 0o600);
        assert_eq!(mode(&session.lock_path(&session.name)), 0o600);
        assert!(
            !session
                .folder
                .join(format!("{}.new", session.name))
                .exists()
        );
    }

    #[test]
    fn a_folder_that_was_taken_away_is_made_again_where_the_desk_still_is() {
        let (_home, db) = desk();
        std::fs::write(&db, "").unwrap();
        let mut session = DraftFile::begin(&db, "li").unwrap();
        std::fs::remove_dir_all(&session.folder).unwrap();
        assert!(session.save(&draft("li", "on")).unwrap());
        let mut second = DraftFile::begin(&db, "li").unwrap();
        assert_eq!(second.claim_orphans().unwrap(), None);
        assert_eq!(second.others().unwrap(), [draft("li", "on")]);
        std::fs::remove_dir_all(&session.folder).unwrap();
        std::fs::remove_file(&db).unwrap();
        let gone = session.save(&draft("li", "on and on")).unwrap_err();
        assert_eq!(gone.kind(), io::ErrorKind::NotFound);
        assert!(!session.folder.exists());
    }

    #[test]
    fn a_draft_that_cannot_be_taken_over_yet_comes_back_and_stays() {
        let (_home, db) = desk();
        let mut dead = DraftFile::begin(&db, "li").unwrap();
        dead.save(&draft("li", "kept")).unwrap();
        drop(dead);
        let mut session = DraftFile::begin(&db, "li").unwrap();
        // Nothing can be written where a folder stands.
        std::fs::create_dir(session.new_path()).unwrap();
        let found = session.claim_orphans().unwrap();
        assert_eq!(found, Some(draft("li", "kept")));
        let mut other = DraftFile::begin(&db, "li").unwrap();
        assert_eq!(other.claim_orphans().unwrap(), None, "it is somebody's");
        drop(session);
        let found = other.claim_orphans().unwrap();
        assert_eq!(found, Some(draft("li", "kept")));
    }

    #[test]
    fn what_is_no_draft_is_put_aside_and_the_next_one_claimed() {
        let long = format!(r#"{{"who":"li","text":"{}"}}"#, "a".repeat(5 << 20));
        for no_draft in ["", "{", "[7]", r#"{"who":7}"#, r#"{"caret":"x"}"#, &long] {
            let (_home, db) = desk();
            let dead = DraftFile::begin(&db, "li").unwrap();
            std::fs::write(dead.json(&dead.name), no_draft).unwrap();
            let aside = dead.folder.join(format!("{}.unreadable", dead.name));
            drop(dead);
            let mut good = DraftFile::begin(&db, "li").unwrap();
            good.save(&draft("li", "good")).unwrap();
            drop(good);
            let mut session = DraftFile::begin(&db, "li").unwrap();
            let found = session.claim_orphans().unwrap();
            assert_eq!(found, Some(draft("li", "good")));
            assert_eq!(std::fs::read_to_string(aside).unwrap(), no_draft);
        }
    }

    #[test]
    fn neither_a_link_nor_a_pipe_is_read_as_a_draft() {
        let (home, db) = desk();
        let elsewhere = home.path().join("elsewhere");
        std::fs::write(&elsewhere, r#"{"who":"li","text":"not mine"}"#).unwrap();
        let linked = DraftFile::begin(&db, "li").unwrap();
        std::os::unix::fs::symlink(&elsewhere, linked.json(&linked.name)).unwrap();
        let piped = DraftFile::begin(&db, "li").unwrap();
        let (kind, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR);
        for path in [piped.json(&piped.name), piped.lock_path("pipe")] {
            rustix::fs::mknodat(rustix::fs::CWD, &path, kind, mode, 0).unwrap();
        }
        drop((linked, piped));
        let mut session = DraftFile::begin(&db, "li").unwrap();
        assert_eq!(session.claim_orphans().unwrap(), None);
        assert!(elsewhere.exists());
    }

    #[test]
    fn a_draft_with_unknown_or_missing_parts_is_read() {
        let (_home, db) = desk();
        let dead = DraftFile::begin(&db, "li").unwrap();
        std::fs::write(
            dead.json(&dead.name),
            r#"{"who":"li","text":"x","later":1}"#,
        )
        .unwrap();
        drop(dead);
        let mut session = DraftFile::begin(&db, "li").unwrap();
        let found = session.claim_orphans().unwrap().unwrap();
        assert_eq!((found.text.as_deref(), found.case), (Some("x"), None));
    }
}
