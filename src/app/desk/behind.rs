//! What a session has behind it: the store and the place of its draft, each on a thread of its own.

use crate::app::Knocker;
use crate::store::{
    Draft, DraftFile, DraftKeeper, Ended, Other, Reply, Request, Store, Token, Worker,
};
use crate::work::action::Refusal;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
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
    others: Receiver<Vec<Other>>,
    /// For the drafts' thread of whoever sits down.
    tell_others: TellOthers,
    db: PathBuf,
}

/// Hands over where the other sessions are, and wakes the loop.
#[derive(Clone)]
struct TellOthers(Sender<Vec<Other>>, Knocker);

impl TellOthers {
    fn tell(&self, others: Vec<Other>) {
        let _ = self.0.send(others);
        self.1.knock();
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
        let (sender, others) = channel();
        let tell_others = TellOthers(sender, knocker.clone());
        // Nobody sits at a locked bench.
        let (drafts, left) = match who {
            "" => (None, None),
            who => keep_drafts(&db, who, tell_others.clone()),
        };
        let (sender, replies) = channel();
        let tell = move |reply| {
            let _ = sender.send(reply);
            knocker.knock();
        };
        let threads = Threads {
            drafts,
            store: Worker::spawn(store, tell)?,
            replies,
            others,
            tell_others,
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
        if patience.is_zero() {
            return self.replies.try_recv().ok();
        }
        self.replies.recv_timeout(patience).ok()
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
        let (drafts, left) = keep_drafts(&self.db, who, self.tell_others.clone());
        self.drafts = drafts;
        left
    }

    fn leave_seat(&mut self) {
        drop(self.drafts.take());
    }
}

fn keep_drafts(db: &Path, who: &str, others: TellOthers) -> (Option<DraftKeeper>, Option<Draft>) {
    let Ok(mut file) = DraftFile::begin(db, who) else {
        return (None, None);
    };
    let left = file.claim_orphans().ok().flatten();
    let keeper = DraftKeeper::spawn(file, |_| {}, move |found| others.tell(found));
    (keeper.ok(), left)
}
