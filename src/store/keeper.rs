//! A thread that keeps drafts: the newest, at most once a second, so that typing never waits for the
//! disk and the disk never for typing.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::draft::{Draft, DraftFile};

/// How often a draft is written at most.
pub const PACE: Duration = Duration::from_secs(1);

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
    /// Starts keeping drafts in `file`; `failed` is told when one could not be written. It is tried
    /// again with the next.
    ///
    /// # Errors
    /// The thread could not be started.
    pub fn spawn(
        file: DraftFile,
        failed: impl Fn(io::Error) + Send + 'static,
    ) -> io::Result<DraftKeeper> {
        DraftKeeper::with_pace(file, PACE, failed)
    }

    fn with_pace(
        file: DraftFile,
        pace: Duration,
        failed: impl Fn(io::Error) + Send + 'static,
    ) -> io::Result<DraftKeeper> {
        let shared = Shared::default();
        let theirs = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("drafts".to_string())
            .spawn(move || keep(file, pace, &theirs, &failed))?;
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
    failed: &impl Fn(io::Error),
) -> DraftFile {
    let (state, woken) = &**shared;
    let mut last: Option<Instant> = None;
    loop {
        let mut state = lock(state);
        // Until there is something to write and a second has gone by, or the end has come.
        loop {
            let wait = last.and_then(|last| pace.checked_sub(last.elapsed()));
            state = match (state.ended, state.newest.is_some(), wait) {
                (true, ..) | (_, true, None) => break,
                (false, true, Some(wait)) => {
                    let (state, _) = woken
                        .wait_timeout(state, wait)
                        .unwrap_or_else(PoisonError::into_inner);
                    state
                }
                (false, false, _) => woken.wait(state).unwrap_or_else(PoisonError::into_inner),
            };
        }
        let (newest, ended) = (state.newest.take(), state.ended);
        drop(state);
        if let Some(draft) = newest {
            match file.save(&draft) {
                Ok(true) => last = Some(Instant::now()),
                Ok(false) => {}
                Err(error) => failed(error),
            }
        }
        if ended {
            return file;
        }
    }
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
        let keeper = DraftKeeper::with_pace(file, pace, |error| panic!("{error}"));
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
