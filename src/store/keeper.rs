//! A thread that keeps drafts: the newest, at most once a second, so that typing never waits for the
//! disk and the disk never for typing. It also looks who else is at the desk, and tells when that is
//! somebody else than before.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::draft::{Draft, DraftFile, Other};

/// How often a draft is written at most.
pub const PACE: Duration = Duration::from_secs(1);

/// How often it is looked who else is here.
pub const LOOK: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
struct State {
    newest: Option<Draft>,
    ended: bool,
}

type Shared = Arc<(Mutex<State>, Condvar)>;

/// Keeps the draft of a session. Dropping it writes what is still to be written and leaves the draft
/// to be claimed; [`DraftKeeper::finish`] ends the session without one.
#[derive(Debug)]
pub struct DraftKeeper {
    shared: Shared,
    thread: Option<JoinHandle<DraftFile>>,
}

impl DraftKeeper {
    /// Starts keeping drafts in `file`. `told` hears when one could not be written, with the reason,
    /// and with nothing when one could again. What could not be written is tried again and again, as
    /// often as drafts are written at most, so that it is there as soon as it can be. `others` is told
    /// where the other sessions are, at first and whenever that is different.
    ///
    /// # Errors
    /// The thread could not be started.
    pub fn spawn(
        file: DraftFile,
        told: impl Fn(Result<(), io::Error>) + Send + 'static,
        others: impl Fn(Vec<Other>) + Send + 'static,
    ) -> io::Result<DraftKeeper> {
        DraftKeeper::with_pace(file, PACE, told, others)
    }

    fn with_pace(
        file: DraftFile,
        pace: Duration,
        told: impl Fn(Result<(), io::Error>) + Send + 'static,
        others: impl Fn(Vec<Other>) + Send + 'static,
    ) -> io::Result<DraftKeeper> {
        let shared = Shared::default();
        let theirs = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("drafts".to_string())
            .spawn(move || keep(file, pace, &theirs, &told, &others))?;
        Ok(DraftKeeper {
            shared,
            thread: Some(thread),
        })
    }

    /// Hands over the draft as it is now. Never waits.
    pub fn keep(&self, draft: Draft) {
        lock(&self.shared.0).newest = Some(draft);
        self.shared.1.notify_one();
    }

    /// Ends the session: nothing is half typed any more, nothing is left to claim.
    pub fn finish(mut self) {
        lock(&self.shared.0).newest = None;
        if let Some(file) = self.end() {
            file.finish();
        }
    }

    fn end(&mut self) -> Option<DraftFile> {
        lock(&self.shared.0).ended = true;
        self.shared.1.notify_one();
        self.thread.take()?.join().ok()
    }
}

impl Drop for DraftKeeper {
    fn drop(&mut self) {
        drop(self.end());
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn keep(
    mut file: DraftFile,
    pace: Duration,
    shared: &Shared,
    told: &impl Fn(Result<(), io::Error>),
    others: &impl Fn(Vec<Other>),
) -> DraftFile {
    let (state, woken) = &**shared;
    let mut last: Option<Instant> = None;
    let mut failing = false;
    let mut looked: Option<Instant> = None;
    let mut seen = Vec::new();
    loop {
        if looked.is_none_or(|looked| looked.elapsed() >= LOOK) {
            looked = Some(Instant::now());
            let now = look(&file);
            if now != seen {
                seen.clone_from(&now);
                others(now);
            }
        }
        let mut state = lock(state);
        // Until there is something to write and a second has gone by, it is time to look who is here,
        // or the end has come.
        loop {
            let until_look = looked.and_then(|looked| LOOK.checked_sub(looked.elapsed()));
            let until_write = match state.newest {
                Some(_) => last.and_then(|last| pace.checked_sub(last.elapsed())),
                None => Some(Duration::MAX),
            };
            let (Some(until_look), Some(until_write), false) =
                (until_look, until_write, state.ended)
            else {
                break;
            };
            let wait = until_look.min(until_write);
            let (again, _) = woken
                .wait_timeout(state, wait)
                .unwrap_or_else(PoisonError::into_inner);
            state = again;
        }
        let is_time = last.is_none_or(|last| last.elapsed() >= pace);
        if !state.ended && !is_time {
            continue;
        }
        let (newest, ended) = (state.newest.take(), state.ended);
        drop(state);
        if let Some(draft) = newest {
            let saved = file.save(&draft);
            if !matches!(saved, Ok(false)) {
                last = Some(Instant::now());
            }
            if saved.is_err() {
                // Nothing newer meanwhile: this one is still to be written.
                lock(&shared.0).newest.get_or_insert(draft);
            }
            if failing != saved.is_err() {
                failing = saved.is_err();
                told(saved.map(|_| ()));
            }
        }
        if ended {
            return file;
        }
    }
}

/// Where the other sessions are, in a fixed order.
fn look(file: &DraftFile) -> Vec<Other> {
    let others = file.others().unwrap_or_default();
    let mut others: Vec<Other> = others.iter().filter_map(Other::of).collect();
    others.sort();
    others
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: String) -> Draft {
        Draft {
            who: "li".to_string(),
            text: Some(text),
            ..Draft::default()
        }
    }

    const NEVER: Duration = Duration::from_secs(100_000);

    fn keeper(pace: Duration) -> (tempfile::TempDir, DraftFile, DraftKeeper) {
        let home = tempfile::tempdir().unwrap();
        let db = home.path().join("desk.db");
        let file = DraftFile::begin(&db, "li").unwrap();
        let looker = DraftFile::begin(&db, "li").unwrap();
        let keeper = DraftKeeper::with_pace(file, pace, |told| panic!("{told:?}"), |_| {});
        (home, looker, keeper.unwrap())
    }

    /// Waits until the draft says this.
    fn until(looker: &DraftFile, text: &str) {
        let began = Instant::now();
        while looker.others().unwrap() != [draft(text.to_string())] {
            assert!(began.elapsed().as_secs() < 30, "{text} never came");
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_first_keystroke_is_written_at_once_and_the_last_when_the_session_is_dropped() {
        let (_home, mut looker, keeper) = keeper(NEVER);
        keeper.keep(draft("a".to_string()));
        until(&looker, "a");
        for key in 0..50 {
            keeper.keep(draft(format!("{key} keys")));
        }
        assert_eq!(looker.others().unwrap(), [draft("a".to_string())]);
        drop(keeper);
        let found = looker.claim_orphans().unwrap();
        assert_eq!(found, Some(draft("49 keys".to_string())));
    }

    #[test]
    fn a_draft_that_could_not_be_written_is_told_once_and_written_when_it_can_be() {
        let home = tempfile::tempdir().unwrap();
        let db = home.path().join("desk.db");
        let (folder, away) = (home.path().join("desk.db.drafts"), home.path().join("away"));
        let file = DraftFile::begin(&db, "li").unwrap();
        let (sender, told) = std::sync::mpsc::channel();
        let tell = move |result: Result<(), io::Error>| {
            let _ = sender.send(result.is_ok());
        };
        let keeper = DraftKeeper::with_pace(file, Duration::from_millis(20), tell, |_| {}).unwrap();
        std::fs::rename(&folder, &away).unwrap();
        for text in ["a", "ab", "abc"] {
            keeper.keep(draft(text.to_string()));
        }
        assert_eq!(told.recv(), Ok(false));
        std::fs::rename(&away, &folder).unwrap();
        assert_eq!(told.recv(), Ok(true));
        drop(keeper);
        assert!(told.recv().is_err(), "nothing else is told");
        let found = DraftFile::begin(&db, "li").unwrap().claim_orphans();
        assert_eq!(found.unwrap(), Some(draft("abc".to_string())));
    }

    #[test]
    fn what_is_typed_on_is_written_after_the_pace() {
        let pace = Duration::from_millis(200);
        let (_home, looker, keeper) = keeper(pace);
        keeper.keep(draft("a".to_string()));
        until(&looker, "a");
        keeper.keep(draft("ab".to_string()));
        keeper.keep(draft("abc".to_string()));
        until(&looker, "abc");
    }

    #[test]
    fn who_comes_moves_and_goes_is_told_once_each() {
        let home = tempfile::tempdir().unwrap();
        let db = home.path().join("desk.db");
        let file = DraftFile::begin(&db, "li").unwrap();
        let (tell, told) = std::sync::mpsc::channel();
        let others = move |others: Vec<Other>| tell.send(others).unwrap();
        let _keeper = DraftKeeper::with_pace(file, NEVER, |told| panic!("{told:?}"), others);
        let next = || told.recv_timeout(Duration::from_secs(30)).unwrap();
        let mut wang = DraftFile::begin(&db, "wang").unwrap();
        let at = |case| Draft {
            who: "wang".to_string(),
            case,
            ..Draft::default()
        };
        let seen = |case| {
            vec![Other {
                who: "wang".to_string(),
                case,
                parcel: None,
            }]
        };
        wang.save(&at(Some(7))).unwrap();
        assert_eq!(next(), seen(Some(7)));
        wang.save(&at(Some(8))).unwrap();
        assert_eq!(next(), seen(Some(8)));
        wang.save(&at(None)).unwrap();
        assert_eq!(next(), []);
        wang.save(&at(Some(8))).unwrap();
        assert_eq!(next(), seen(Some(8)));
        // Killed: the draft stays, the lock is let go.
        drop(wang);
        assert_eq!(next(), []);
    }

    #[test]
    fn a_session_that_ends_leaves_nothing_to_claim() {
        let (_home, mut looker, keeper) = keeper(NEVER);
        keeper.keep(draft("a".to_string()));
        until(&looker, "a");
        keeper.keep(draft("ab".to_string()));
        keeper.finish();
        assert_eq!(looker.others().unwrap(), []);
        assert_eq!(looker.claim_orphans().unwrap(), None);
    }
}
