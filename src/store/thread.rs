//! A thread that owns the connection, so that the screen never waits for the disk.
//!
//! Requests are done in the order in which they were asked, except that a search which a newer one
//! has overtaken is left out. Between requests, and at least four times a second, the thread looks
//! whether somebody else has written, and tells what ([`Answer::News`]).

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::desk::change::Batch;
use crate::desk::contact::Contacts;
use crate::desk::id::EntityId;
use crate::desk::pin::Pin;
use crate::desk::record::Record;
use crate::desk::serial::Serial;
use crate::desk::staff::{Badge, Standing};
use crate::work::row::CaseRow;

use super::clerk::{Answered, Clerk};
use super::fault::{CheckFault, CommitFault, Trouble};
use super::identify::Identity;
use super::lookup::LookedUp;
use super::read::{CaseFile, FoundGoods, News, ParcelFile, View};
use super::search::Hit;
use super::terms::TermsVersion;
use super::{Committed, Store};

/// How often somebody else's changes are looked for; one look takes 2 µs.
pub const WATCH: Duration = Duration::from_millis(250);

/// What a reply belongs to. Requests count from 1; [`Token::UNASKED`] is nobody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Token(pub u64);

impl Token {
    /// Of news nobody asked for.
    pub const UNASKED: Token = Token(0);
}

/// Looks at the records as they stand when nobody else can change them; see [`Store::commit`].
pub type Check<R> = Box<dyn FnOnce(View<'_>) -> Result<(), CheckFault<R>> + Send>;

/// What the thread is asked for. `R` is why a gate is closed.
pub enum Request<R> {
    /// Save a batch.
    Commit {
        /// The batch.
        batch: Batch,
        /// The gates, asked again.
        check: Check<R>,
    },
    /// The open cases.
    Board,
    /// The cases closed last.
    Closed {
        /// How many to pass over.
        skip: usize,
        /// How many at most.
        limit: usize,
    },
    /// Everything a case's screens need.
    Case(EntityId),
    /// Everything a parcel's screen needs.
    Parcel(EntityId),
    /// A case or a parcel.
    Record(EntityId),
    /// The other cases of a serial number.
    Earlier {
        /// The serial number.
        serial: Serial,
        /// The case that asks.
        except: EntityId,
    },
    /// What somebody means who types this.
    Search {
        /// What was typed.
        text: String,
        /// How many hits at most.
        limit: usize,
    },
    /// What somebody means who types or scans exactly this.
    LookUp(String),
    /// The cases of a caller, and of others behind the same line.
    ByContacts(Contacts),
    /// The cases of a serial number.
    BySerial(Serial),
    /// The cases of a bag label.
    ByLabel(String),
    /// The case with a number.
    ByNumber(String),
    /// The parcels with a waybill, newest first.
    ByWaybill(String),
    /// The outgoing parcel with a waybill.
    OutgoingBox(String),
    /// The open cases of a serial number or a case number.
    OpenCasesOf(String),
    /// The cases that another one is to be joined to, by number, serial number or bag label.
    JoinTargets(String),
    /// Goods with a bag label.
    GoodsByLabel(String),
    /// Goods with a serial number.
    GoodsBySerial(Serial),
    /// The cases a parcel has to do with.
    CasesOf(EntityId),
    /// Who scanned a badge and typed a PIN.
    Identify {
        /// The badge.
        badge: Badge,
        /// The PIN.
        pin: Pin,
        /// Now.
        now: DateTime<Utc>,
    },
    /// Keep a version of the terms.
    RememberTerms(TermsVersion),
    /// The versions of the terms.
    Terms,
    /// How a name stands.
    Standing(String),
}

/// What the thread answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer<R> {
    /// To [`Request::Commit`].
    Committed(Result<Committed, CommitFault<R>>),
    /// To the requests for lines of cases.
    Rows(Vec<CaseRow>),
    /// To [`Request::Case`]; `None` where there is no such case.
    Case(Option<Box<CaseFile>>),
    /// To [`Request::Parcel`]; `None` where there is no such parcel.
    Parcel(Option<Box<ParcelFile>>),
    /// To the requests for one record.
    Record(Option<Box<Record>>),
    /// To the requests for records.
    Records(Vec<Record>),
    /// To [`Request::Search`].
    Hits(Vec<Hit>),
    /// To [`Request::LookUp`].
    LookedUp(LookedUp),
    /// To the requests for goods.
    Goods(Vec<FoundGoods>),
    /// To [`Request::Identify`].
    Identified(Identity),
    /// To [`Request::Terms`] and [`Request::RememberTerms`].
    Terms(Vec<TermsVersion>),
    /// To [`Request::Standing`].
    Standing {
        /// The name.
        who: String,
        /// How it stands.
        standing: Standing,
        /// The names of the supervisors who may work.
        supervisors: Vec<String>,
    },
    /// Somebody else changed something. Comes before the answer to a commit that came after it.
    News(News),
    /// The file would not.
    Failed(Trouble),
}

/// An answer, and to what.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply<R> {
    /// What it belongs to.
    pub token: Token,
    /// The answer.
    pub answer: Answer<R>,
}

/// The thread has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended;

/// The thread that owns the connection. Dropping it does what was asked so far, except searches, and
/// waits for the end.
#[derive(Debug)]
pub struct Worker<R> {
    requests: Option<Sender<(Token, Request<R>)>>,
    last: AtomicU64,
    latest_search: Arc<AtomicU64>,
    thread: Option<JoinHandle<Store>>,
}

impl<R: Send + 'static> Worker<R> {
    /// Starts the thread; `reply` is called on it.
    ///
    /// # Errors
    /// The thread could not be started.
    pub fn spawn(store: Store, reply: impl Fn(Reply<R>) + Send + 'static) -> io::Result<Worker<R>> {
        let (requests, asked) = mpsc::channel();
        let latest_search = Arc::new(AtomicU64::new(0));
        let latest = Arc::clone(&latest_search);
        // What is seen from here on is news, however late the thread gets its turn.
        let mut clerk = Clerk::new(store);
        let thread = std::thread::Builder::new()
            .name("store".to_string())
            .spawn(move || {
                work(&mut clerk, &asked, &latest, &reply);
                clerk.into_store()
            })?;
        Ok(Worker {
            requests: Some(requests),
            last: AtomicU64::new(0),
            latest_search,
            thread: Some(thread),
        })
    }

    /// Asks for something; never waits. Every request is answered once, except a search that a newer
    /// one has overtaken.
    ///
    /// # Errors
    /// The thread has ended.
    pub fn ask(&self, request: Request<R>) -> Result<Token, Ended> {
        let token = Token(self.last.fetch_add(1, Ordering::Relaxed) + 1);
        if matches!(request, Request::Search { .. }) {
            self.latest_search.fetch_max(token.0, Ordering::Relaxed);
        }
        let requests = self.requests.as_ref().ok_or(Ended)?;
        requests.send((token, request)).map_err(|_| Ended)?;
        Ok(token)
    }

    /// Ends the thread after what was asked so far and gives the desk back.
    pub fn stop(mut self) -> Option<Store> {
        self.requests = None;
        self.thread.take()?.join().ok()
    }
}

impl<R> Drop for Worker<R> {
    fn drop(&mut self) {
        self.latest_search.store(u64::MAX, Ordering::Relaxed);
        self.requests = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The thread's work: requests in the order in which they came, and a look now and then.
fn work<R>(
    clerk: &mut Clerk,
    asked: &Receiver<(Token, Request<R>)>,
    latest_search: &AtomicU64,
    reply: &impl Fn(Reply<R>),
) {
    let tell_news = |news: Option<News>| {
        if let Some(news) = news {
            reply(Reply {
                token: Token::UNASKED,
                answer: Answer::News(news),
            });
        }
    };
    loop {
        let wait = WATCH.saturating_sub(clerk.looked().elapsed());
        match asked.recv_timeout(wait) {
            Ok((token, Request::Search { .. }))
                if token.0 < latest_search.load(Ordering::Relaxed) => {}
            Ok((token, request)) => {
                let Answered { news, answer } = clerk.answer(request);
                tell_news(news);
                reply(Reply { token, answer });
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if clerk.looked().elapsed() >= WATCH {
            tell_news(clerk.look());
        }
    }
}
