//! The store's work without its thread: a request becomes an answer, and what others wrote becomes news.
//!
//! [`super::Worker`] lets a thread do it; a test does it when its schedule says so.

use std::time::Instant;

use crate::desk::change::Batch;

use super::fault::{CommitFault, Trouble};
use super::read::{News, View};
use super::thread::{Answer, Check, Request};
use super::{Committed, Store};

/// What came of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered<R> {
    /// What others changed before it: to be told first.
    pub news: Option<News>,
    /// The answer.
    pub answer: Answer<R>,
}

/// An open store, and what of others' changes was told so far.
#[derive(Debug)]
pub struct Clerk {
    store: Store,
    rev: i64,
    data_version: i64,
    looked: Instant,
}

impl Clerk {
    /// What is written by others from here on is news.
    pub fn new(store: Store) -> Clerk {
        let view = store.view();
        // The version first: what is written in between then counts as news once more, not as seen.
        let data_version = view.data_version().unwrap_or(0);
        let rev = view.rev().unwrap_or(0);
        Clerk {
            store,
            rev,
            data_version,
            looked: Instant::now(),
        }
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Gives the store back.
    pub fn into_store(self) -> Store {
        self.store
    }

    /// When it was last looked whether others had written.
    pub fn looked(&self) -> Instant {
        self.looked
    }

    /// What others changed since the last look.
    pub fn look(&mut self) -> Option<News> {
        self.look_beside(None)
    }

    /// Does what is asked.
    pub fn answer<R>(&mut self, request: Request<R>) -> Answered<R> {
        let view = self.store.view();
        let answer = match request {
            Request::Commit { batch, check } => return self.commit(&batch, check),
            Request::RememberTerms(version) => self
                .store
                .remember_terms(&version)
                .and_then(|_| self.store.view().terms_versions())
                .map(Answer::Terms),
            Request::Identify { badge, pin, now } => self
                .store
                .identify(&badge, &pin, now)
                .map(Answer::Identified),
            Request::Search { text, limit } => view.search(&text, limit).map(Answer::Hits),
            Request::Board => view.board().map(Answer::Rows),
            Request::Closed { skip, limit } => view.closed(skip, limit).map(Answer::Rows),
            Request::Case(id) => view
                .case_file(id)
                .map(|file| Answer::Case(file.map(Box::new))),
            Request::Parcel(id) => view
                .parcel_file(id)
                .map(|file| Answer::Parcel(file.map(Box::new))),
            Request::Record(id) => view
                .record(id)
                .map(|record| Answer::Record(record.map(Box::new))),
            Request::Earlier { serial, except } => {
                view.earlier(&serial, except).map(Answer::Records)
            }
            Request::LookUp(text) => view.look_up(&text).map(Answer::LookedUp),
            Request::ByContacts(contacts) => view.by_contacts(&contacts).map(Answer::Rows),
            Request::BySerial(serial) => view.by_serial(&serial).map(Answer::Rows),
            Request::ByLabel(typed) => view.by_label(&typed).map(Answer::Rows),
            Request::ByNumber(typed) => view.cases_by_number(&typed).map(Answer::Rows),
            Request::ByWaybill(typed) => view.parcels_by_waybill(&typed).map(Answer::Records),
            Request::OutgoingBox(typed) => view
                .outgoing_box(&typed)
                .map(|record| Answer::Record(record.map(Box::new))),
            Request::OpenCasesOf(typed) => view.open_cases_of(&typed).map(Answer::Records),
            Request::JoinTargets(typed) => view.join_targets(&typed).map(Answer::Records),
            Request::GoodsByLabel(typed) => view.goods_by_label(&typed).map(Answer::Goods),
            Request::GoodsBySerial(serial) => view.goods_by_serial(&serial).map(Answer::Goods),
            Request::CasesOf(parcel) => view.cases_of(parcel).map(Answer::Rows),
            Request::Terms => view.terms_versions().map(Answer::Terms),
            Request::Standing(who) => standing(view, who),
        };
        Answered {
            news: None,
            answer: answer.unwrap_or_else(Answer::Failed),
        }
    }

    fn commit<R>(&mut self, batch: &Batch, check: Check<R>) -> Answered<R> {
        let committed = self.store.commit(batch, check);
        let mut news = None;
        match &committed {
            Ok(own) if own.rev == self.rev + 1 => self.rev = own.rev,
            Ok(own) => news = self.look_beside(Some(own)),
            // Whoever is refused because of somebody else's change sees that change first.
            Err(CommitFault::Stale(_) | CommitFault::Refused(_)) => news = self.look(),
            Err(_) => {}
        }
        Answered {
            news,
            answer: Answer::Committed(committed),
        }
    }

    /// What others changed. `own` is the commit that has just been made here.
    fn look_beside(&mut self, own: Option<&Committed>) -> Option<News> {
        self.looked = Instant::now();
        let view = self.store.view();
        let version = view.data_version().unwrap_or(self.data_version);
        if own.is_none() && version == self.data_version {
            return None;
        }
        // A file that would not be read now is asked again at the next look.
        let mut news = view.news(self.rev).ok()?;
        if let Some(action) = own
            .and_then(|own| own.changes.first())
            .map(|own| own.action)
        {
            news.changes.retain(|change| change.action != action);
        }
        self.data_version = version;
        self.rev = news.rev;
        let is_news = !news.changes.is_empty() || (own.is_none() && !news.rows.is_empty());
        is_news.then_some(news)
    }
}

fn standing<R>(view: View<'_>, who: String) -> Result<Answer<R>, Trouble> {
    Ok(Answer::Standing {
        standing: view.standing_of(&who)?,
        supervisors: view.supervisors()?,
        who,
    })
}
