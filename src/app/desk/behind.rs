//! What a session has behind it: the store and the place of its draft, each on a thread of its own.

use crate::app::Knocker;
use crate::store::{
    Draft, DraftFile, DraftKeeper, Ended, Other, Reply, Request, Store, Token, Worker,
};
use crate::work::action::Refusal;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// What a session asks and tells outside of itself. Threads in the program ([`Threads`]); a schedule in
/// the simulation of many sessions. Dropping it ends both: the draft goes to the disk first and is left
/// to be claimed, then what was still to be saved is saved.
pub trait Behind {
    /// Asks the store for something; never waits.
    ///
    /// # Errors
    /// Nobody is there any more.
    fn ask(&mut self, request: Request<Refusal>) -> Result<Token, Ended>;

    /// The next reply; waits for it no longer than `patience`.
    fn reply(&mut self, patience: Duration) -> Option<Reply<Refusal>>;

    /// Where the other sessions are, once whenever that is different.
    fn others(&mut self) -> Option<Vec<Other>> {
        None
    }

    /// Whether what is half typed can be kept, where that has changed since the last call: the
    /// reason why not, or nothing where it can again.
    fn drafts(&mut self) -> Option<Result<(), io::ErrorKind>> {
        None
    }

    /// Whether the store's work has ended by itself: nothing that was asked for will be answered.
    fn has_ended(&self) -> bool {
        false
    }

    /// Hands over what is half typed now. Never waits.
    fn keep(&mut self, draft: Draft);

    /// Nothing is half typed any more: nothing is left to claim.
    fn forget(&mut self);

    /// Another person has sat down at the bench: what a session of theirs that ended left.
    fn take_seat(&mut self, who: &str) -> Option<Draft>;

    /// The person has left the bench; the draft kept last is left for them to claim.
    fn leave_seat(&mut self);
}

/// The store's thread and the drafts' thread.
pub(super) struct Threads {
    // Dropped first: see `Behind`.
    drafts: Option<DraftKeeper>,
    store: Worker<Refusal>,
    replies: Receiver<Reply<Refusal>>,
    /// The store's thread is gone: it panicked.
    has_ended: bool,
    others: Receiver<Vec<Other>>,
    drafts_told: Receiver<Result<(), io::ErrorKind>>,
    /// For the drafts' thread of whoever sits down.
    tell: Tell,
    db: PathBuf,
}

/// What the drafts' thread tells; each wakes the loop.
#[derive(Clone)]
struct Tell {
    others: Sender<Vec<Other>>,
    drafts: Sender<Result<(), io::ErrorKind>>,
    knocker: Knocker,
}

impl Tell {
    fn others(&self, others: Vec<Other>) {
        let _ = self.others.send(others);
        self.knocker.knock();
    }

    fn drafts(&self, told: Result<(), io::Error>) {
        let _ = self.drafts.send(told.map_err(|error| error.kind()));
        self.knocker.knock();
    }
}

/// Wakes the loop when the thread that has it ends, however it does.
struct KnockAtTheEnd(Knocker);

impl Drop for KnockAtTheEnd {
    fn drop(&mut self) {
        self.0.knock();
    }
}

impl Threads {
    /// Starts them, and claims what a dead session of the same person left. Without a place for drafts
    /// the desk works all the same; what is half typed is then lost with the session.
    ///
    /// # Errors
    /// When the store's thread cannot be started.
    pub fn begin(
        store: Store,
        who: &str,
        knocker: Knocker,
    ) -> io::Result<(Threads, Option<Draft>)> {
        let db = store.path().to_path_buf();
        let (others_sender, others) = channel();
        let (drafts_sender, drafts_told) = channel();
        let tell = Tell {
            others: others_sender,
            drafts: drafts_sender,
            knocker: knocker.clone(),
        };
        // Nobody sits at a locked bench.
        let (drafts, left) = match who {
            "" => (None, None),
            who => keep_drafts(&db, who, tell.clone()),
        };
        // The last to go, so that whoever is woken finds the sender gone.
        let knock = KnockAtTheEnd(knocker);
        let (sender, replies) = channel();
        let answer = move |reply| {
            let _ = sender.send(reply);
            knock.0.knock();
        };
        let threads = Threads {
            drafts,
            store: Worker::spawn(store, answer)?,
            replies,
            has_ended: false,
            others,
            drafts_told,
            tell,
            db,
        };
        Ok((threads, left))
    }
}

impl Behind for Threads {
    fn ask(&mut self, request: Request<Refusal>) -> Result<Token, Ended> {
        self.store.ask(request)
    }

    fn reply(&mut self, patience: Duration) -> Option<Reply<Refusal>> {
        match self.replies.recv_timeout(patience) {
            Ok(reply) => Some(reply),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                self.has_ended = true;
                None
            }
        }
    }

    fn drafts(&mut self) -> Option<Result<(), io::ErrorKind>> {
        self.drafts_told.try_iter().last()
    }

    fn has_ended(&self) -> bool {
        self.has_ended
    }

    fn others(&mut self) -> Option<Vec<Other>> {
        self.others.try_iter().last()
    }

    fn keep(&mut self, draft: Draft) {
        if let Some(keeper) = &self.drafts {
            keeper.keep(draft);
        }
    }

    fn forget(&mut self) {
        if let Some(keeper) = self.drafts.take() {
            keeper.finish();
        }
    }

    fn take_seat(&mut self, who: &str) -> Option<Draft> {
        let (drafts, left) = keep_drafts(&self.db, who, self.tell.clone());
        self.drafts = drafts;
        left
    }

    fn leave_seat(&mut self) {
        drop(self.drafts.take());
    }
}

fn keep_drafts(db: &Path, who: &str, tell: Tell) -> (Option<DraftKeeper>, Option<Draft>) {
    let mut file = match DraftFile::begin(db, who) {
        Ok(file) => file,
        Err(error) => {
            tell.drafts(Err(error));
            return (None, None);
        }
    };
    let left = file.claim_orphans().unwrap_or_else(|error| {
        tell.drafts(Err(error));
        None
    });
    let drafts = tell.clone();
    let keeper = DraftKeeper::spawn(
        file,
        move |told| drafts.drafts(told),
        move |found| tell.others(found),
    );
    (keeper.ok(), left)
}
