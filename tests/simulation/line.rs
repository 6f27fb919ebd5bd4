//! What a simulated session has behind it: the real store's work and the real draft file, done when the
//! schedule says so instead of by threads.

use super::disk::{Disk, disk};
use super::moment::Moment;
use aftercare::app::desk::Behind;
use aftercare::desk::change::Change;
use aftercare::store::keeper::PACE;
use aftercare::store::{
    Answer, Answered, Clerk, Draft, DraftFile, Ended, Reply, Request, Store, Token,
};
use aftercare::work::action::Refusal;
use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, SystemTime};

/// The store and the draft of one session.
pub struct Line {
    clerk: Option<Clerk>,
    asked: VecDeque<(Token, Request<Refusal>)>,
    replies: VecDeque<Reply<Refusal>>,
    /// Whether what is asked for is answered before the next frame.
    pub is_prompt: bool,
    last: u64,
    latest_search: u64,
    drafts: Option<Keeper>,
    now: Moment,
    /// What the session was told is saved.
    pub told: Vec<Change>,
    /// What was handed over to be kept, also in the middle of taking an input in.
    pub kept: Vec<(Moment, Draft)>,
    /// How often it was told that something was not.
    pub refused: usize,
}

impl Line {
    pub fn begin(store: Store, who: &str, now: Moment) -> (Line, Option<Draft>) {
        let (drafts, left) = Keeper::begin(store.path(), who, now);
        let line = Line {
            clerk: Some(Clerk::new(store)),
            asked: VecDeque::new(),
            replies: VecDeque::new(),
            is_prompt: true,
            last: 0,
            latest_search: 0,
            drafts: Some(drafts),
            now,
            told: Vec::new(),
            kept: Vec::new(),
            refused: 0,
        };
        (line, left)
    }

    /// Time goes by: what is half typed is written when it is due.
    pub fn go_on(&mut self, now: Moment) {
        self.now = now;
        if let Some(drafts) = &mut self.drafts {
            drafts.go_on(now);
        }
    }

    /// The file, as long as the session has it open.
    pub fn store(&self) -> Option<&Store> {
        self.clerk.as_ref().map(Clerk::store)
    }

    /// Where the draft is.
    pub fn draft_path(&self) -> PathBuf {
        self.drafts
            .as_ref()
            .map(|drafts| drafts.path.clone())
            .unwrap_or_default()
    }

    /// Whether something waits to be done.
    pub fn is_asked(&self) -> bool {
        !self.asked.is_empty()
    }

    /// Whether a reply waits to be heard.
    pub fn has_reply(&self) -> bool {
        !self.replies.is_empty()
    }

    /// Does the next thing that was asked for. Nothing where the disk has died: the process is dead.
    pub fn work(&mut self) {
        let Some((token, request)) = self.asked.pop_front() else {
            return;
        };
        let is_overtaken =
            matches!(request, Request::Search { .. }) && token.0 < self.latest_search;
        let Some(clerk) = self.clerk.as_mut().filter(|_| !is_overtaken) else {
            return;
        };
        let Answered { news, answer } = clerk.answer(request);
        if disk(|disk| disk.is_dead()) {
            return;
        }
        let news = news.map(|news| (Token::UNASKED, Answer::News(news)));
        for (token, answer) in news.into_iter().chain([(token, answer)]) {
            self.replies.push_back(Reply { token, answer });
        }
    }

    /// Looks whether others wrote, as the thread does now and then.
    pub fn look(&mut self) {
        if let Some(news) = self.clerk.as_mut().and_then(Clerk::look) {
            self.replies.push_back(Reply {
                token: Token::UNASKED,
                answer: Answer::News(news),
            });
        }
    }

    /// The process is gone between two steps, or in the middle of one.
    pub fn die(&mut self) {
        disk(Disk::die);
        self.asked.clear();
        self.clerk = None;
        // The lock goes with the process; what stands in the file stays.
        self.drafts = None;
        disk(Disk::revive);
    }

    /// Nothing is left to claim, whatever is half typed.
    pub fn forget(&mut self) {
        if let Some(drafts) = self.drafts.take() {
            drafts.file.finish();
        }
    }

    /// What the session's threads do at its end: the draft first, then what was still asked for.
    fn end(&mut self) {
        if let Some(mut drafts) = self.drafts.take() {
            drafts.write();
        }
        while self.is_asked() {
            self.work();
        }
        self.clerk = None;
    }
}

/// The session's hold on its line.
pub struct Handle(pub Rc<RefCell<Line>>);

impl Behind for Handle {
    fn ask(&mut self, request: Request<Refusal>) -> Result<Token, Ended> {
        let line = &mut *self.0.borrow_mut();
        line.last += 1;
        if matches!(request, Request::Search { .. }) {
            line.latest_search = line.last;
        }
        line.asked.push_back((Token(line.last), request));
        Ok(Token(line.last))
    }

    fn reply(&mut self, _: Duration) -> Option<Reply<Refusal>> {
        let line = &mut *self.0.borrow_mut();
        while line.is_prompt && line.replies.is_empty() && line.is_asked() {
            line.work();
        }
        let reply = line.replies.pop_front()?;
        match &reply.answer {
            Answer::Committed(Ok(saved)) => line.told.extend(saved.changes.iter().cloned()),
            Answer::Committed(Err(_)) => line.refused += 1,
            _ => {}
        }
        Some(reply)
    }

    fn keep(&mut self, draft: Draft) {
        if disk(|disk| disk.is_dead()) {
            return; // the process is
        }
        let line = &mut *self.0.borrow_mut();
        let now = line.now;
        line.kept.push((now, draft.clone()));
        if let Some(drafts) = &mut line.drafts {
            drafts.keep(draft, now);
        }
    }

    fn forget(&mut self) {
        self.0.borrow_mut().forget();
    }

    fn take_seat(&mut self, _: &str) -> Option<Draft> {
        None // no shared bench here
    }

    fn leave_seat(&mut self) {}
}

impl Drop for Handle {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.0.borrow_mut().end();
        }
    }
}

/// Keeps a draft as the drafts' thread does: at once, then once in [`PACE`].
struct Keeper {
    file: DraftFile,
    /// Where it stands, so that it can be dated by the simulated clock.
    path: PathBuf,
    newest: Option<(Draft, Moment)>,
    written: Option<Moment>,
}

impl Keeper {
    fn begin(db: &Path, who: &str, now: Moment) -> (Keeper, Option<Draft>) {
        let folder = db.with_file_name(format!(
            "{}.drafts",
            db.file_name()
                .and_then(|name| name.to_str())
                .expect("a name")
        ));
        let locks = || -> BTreeSet<PathBuf> {
            let entries = std::fs::read_dir(&folder).into_iter().flatten();
            let paths = entries.map(|entry| entry.expect("an entry").path());
            paths
                .filter(|path| path.extension().is_some_and(|it| it == "lock"))
                .collect()
        };
        let before = locks();
        let mut file = DraftFile::begin(db, who).expect("a place for drafts");
        let own = locks()
            .difference(&before)
            .next()
            .cloned()
            .expect("a lock of one's own");
        let left = file.claim_orphans().expect("a folder that can be read");
        let keeper = Keeper {
            file,
            path: own.with_extension("json"),
            newest: None,
            written: None,
        };
        if left.is_some() {
            keeper.date(now);
        }
        (keeper, left)
    }

    fn keep(&mut self, draft: Draft, now: Moment) {
        self.newest = Some((draft, now));
        self.go_on(now);
    }

    fn go_on(&mut self, now: Moment) {
        let Some((_, kept)) = &self.newest else {
            return;
        };
        let due = self
            .written
            .map_or(*kept, |written| (*kept).max(written.after(PACE)));
        if due <= now {
            self.write();
            self.written = Some(due);
            self.date(due);
        }
    }

    fn write(&mut self) {
        if let Some((draft, _)) = self.newest.take() {
            self.file.save(&draft).expect("room for a draft");
        }
    }

    /// Gives the draft the time it was written at: which of two is newer does not depend on how fast
    /// the simulation runs.
    fn date(&self, at: Moment) {
        if let Ok(file) = File::options().write(true).open(&self.path) {
            let _ = file
                .set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000) + at.0);
        }
    }
}
