//! Effects to requests of the store's thread, and its replies to events.

use super::Desk;
use crate::desk::id::{EntityId, ItemId};
use crate::desk::now::Now;
use crate::desk::serial::Serial;
use crate::flow::bench::{Identified, LockFault};
use crate::flow::event::{Effect, Event, Found, Opened, StoreFault};
use crate::flow::person::Stands;
use crate::flow::unsaved::Clash;
use crate::store::backup::BackupFault;
use crate::store::{
    Answer, CaseFile, CommitFault, Conflict, Hit, Identity, LookedUp, OpenFault, ParcelFile, Reply,
    Request, Token, Trouble, gate,
};
use crate::work::action::Refusal;
use crate::work::join::Way;
use std::collections::BTreeMap;
use std::io;
use std::time::{Duration, Instant};

/// The most lines a search shows.
const FOUND: usize = 50;

/// What the store was asked for, with what the answer belongs to.
#[derive(Debug)]
enum Errand {
    Commit,
    Board,
    Case(EntityId),
    Parcel(EntityId),
    Search(String),
    LookUp(String),
    SameSerial(EntityId),
    SameCaller(EntityId),
    OutgoingBox(String),
    Match(ItemId, String),
    RightCase(Way),
    Refresh,
    RefreshParcel,
    Identify,
    Standing,
}

impl Errand {
    /// Whether the next frame waits for it.
    fn is_awaited(&self) -> bool {
        !matches!(
            self,
            Errand::Search(_) | Errand::Refresh | Errand::RefreshParcel | Errand::Standing
        )
    }

    /// Whether what is typed meanwhile is meant for what it brings. A commit is not among them: the
    /// state machine itself keeps what comes in while one is being saved.
    fn holds_keys(&self) -> bool {
        matches!(
            self,
            Errand::Case(_)
                | Errand::Parcel(_)
                | Errand::LookUp(_)
                | Errand::Match(..)
                | Errand::RightCase(_)
        )
    }
}

/// What is on its way.
#[derive(Debug, Default)]
pub(super) struct Errands(BTreeMap<Token, (Errand, Instant)>);

impl Errands {
    /// Whether there is something the next frame waits for.
    pub fn are_awaited(&self) -> bool {
        self.0.values().any(|(errand, _)| errand.is_awaited())
    }

    /// Whether there is something the next frame waits for that was asked for no longer ago than
    /// `at_most`: whoever types on while something takes longer does not wait for it at every key.
    pub fn are_awaited_within(&self, at_most: Duration, now: Instant) -> bool {
        self.any_within(Errand::is_awaited, at_most, now)
    }

    /// Whether something is being saved since no longer ago than `at_most`.
    pub fn is_saving_within(&self, at_most: Duration, now: Instant) -> bool {
        self.any_within(|errand| matches!(errand, Errand::Commit), at_most, now)
    }

    /// When the latest was asked for of what keys may be waiting for.
    pub fn latest_holding(&self) -> Option<Instant> {
        let holding = |errand: &Errand| {
            errand.holds_keys() || matches!(errand, Errand::Search(_) | Errand::Commit)
        };
        let all = self.0.values();
        all.filter(|(errand, _)| holding(errand))
            .map(|(_, asked)| *asked)
            .max()
    }

    /// Whether a search is on its way that was begun no longer ago than `at_most`.
    pub fn is_searching_within(&self, at_most: Duration, now: Instant) -> bool {
        self.any_within(|errand| matches!(errand, Errand::Search(_)), at_most, now)
    }

    /// Whether something of a kind was asked for no longer ago than `at_most`.
    fn any_within(&self, is_it: fn(&Errand) -> bool, at_most: Duration, now: Instant) -> bool {
        self.0
            .values()
            .any(|(errand, asked)| is_it(errand) && now.saturating_duration_since(*asked) < at_most)
    }

    /// Whether keys wait for something that was asked for no longer ago than `at_most`.
    pub fn hold_keys(&self, at_most: Duration, now: Instant) -> bool {
        self.any_within(Errand::holds_keys, at_most, now)
    }
}

impl Desk {
    /// Asks for the open cases.
    pub(super) fn ask_for_board(&mut self) {
        self.ask(Errand::Board, Request::Board);
    }

    /// Begins what the state machine asks for.
    pub(super) fn perform(&mut self, effect: Effect, now: Now) {
        let (errand, request) = match effect {
            Effect::TakeSeat => return self.take_seat(now),
            Effect::LeaveSeat(who, draft) => return self.leave_seat(&who, &draft),
            Effect::Identify(badge, pin) => {
                let now = now.at;
                (Errand::Identify, Request::Identify { badge, pin, now })
            }
            Effect::Quit => {
                self.has_quit = true;
                return;
            }
            Effect::SameSerial(id, serial) => match Serial::parse(&serial) {
                Ok(serial) => (
                    Errand::SameSerial(id),
                    Request::Earlier { serial, except: id },
                ),
                Err(_) => return,
            },
            Effect::Commit(proposal) => {
                let knowledge = std::sync::Arc::clone(&self.state.knowledge);
                let batch = proposal.batch().clone();
                let check = Box::new(move |view: crate::store::View<'_>| {
                    gate::recheck(view, &proposal, &knowledge)
                });
                (Errand::Commit, Request::Commit { batch, check })
            }
            Effect::Search(text) => (
                Errand::Search(text.clone()),
                Request::Search { text, limit: FOUND },
            ),
            Effect::LoadBoard => (Errand::Board, Request::Board),
            Effect::LoadCase(id) => (Errand::Case(id), Request::Case(id)),
            Effect::LoadParcel(id) => (Errand::Parcel(id), Request::Parcel(id)),
            Effect::Refresh(id) => (Errand::Refresh, Request::Case(id)),
            Effect::RefreshParcel(id) => (Errand::RefreshParcel, Request::Parcel(id)),
            Effect::LookUp(text) => (Errand::LookUp(text.clone()), Request::LookUp(text)),
            Effect::SameCaller(id, contacts) => {
                (Errand::SameCaller(id), Request::ByContacts(contacts))
            }
            Effect::FindOutgoingBox(waybill) => (
                Errand::OutgoingBox(waybill.clone()),
                Request::OutgoingBox(waybill),
            ),
            Effect::Standing(who) => (Errand::Standing, Request::Standing(who)),
            Effect::FindRightCase(way, text) => {
                (Errand::RightCase(way), Request::JoinTargets(text))
            }
            Effect::Match(item, text) => (
                Errand::Match(item, text.clone()),
                Request::OpenCasesOf(text),
            ),
        };
        if let Some(unasked) = self.ask(errand, request) {
            self.fail(unasked, StoreFault::Ended, now);
        }
    }

    /// Sends a request off; gives the errand back when nobody is there any more.
    fn ask(&mut self, errand: Errand, request: Request<Refusal>) -> Option<Errand> {
        if matches!(errand, Errand::Search(_)) {
            // Only the newest counts, and one that was overtaken may never be answered.
            self.errands
                .0
                .retain(|_, (errand, _)| !matches!(errand, Errand::Search(_)));
        }
        match self.behind.as_mut().map(|behind| behind.ask(request)) {
            Some(Ok(token)) => {
                self.errands.0.insert(token, (errand, self.at));
                None
            }
            Some(Err(_)) | None => Some(errand),
        }
    }

    /// Takes a reply in; whether the screen may be another one.
    pub(super) fn hear(&mut self, reply: Reply<Refusal>, now: Now) -> bool {
        if let Answer::News(news) = reply.answer {
            self.step(Event::News(news.changes, news.rows), now);
            return true;
        }
        let led_on = self.leads_on();
        self.state.take_forgotten();
        let Some((errand, _)) = self.errands.0.remove(&reply.token) else {
            return false;
        };
        let event = match (errand, reply.answer) {
            (Errand::Commit, Answer::Committed(Ok(saved))) => Event::Saved(saved.changes),
            (Errand::Commit, Answer::Committed(Err(CommitFault::Refused(refusal)))) => {
                Event::Refused(refusal)
            }
            (Errand::Commit, Answer::Committed(Err(CommitFault::Stale(conflicts)))) => {
                Event::Stale(conflicts.into_iter().map(clash).collect())
            }
            (Errand::Commit, Answer::Committed(Err(fault))) => {
                if matches!(fault, CommitFault::Trouble(Trouble::Damaged(_))) {
                    self.find_way_out();
                }
                Event::NotSaved(commit_fault(&fault))
            }
            (Errand::Board, Answer::Rows(rows)) => Event::Board(rows),
            (Errand::Case(_), Answer::Case(Some(file))) => opened(*file),
            (Errand::Case(id), Answer::Case(None)) => Event::Missing(id),
            (Errand::Parcel(_), Answer::Parcel(Some(file))) => parcel(*file),
            (Errand::Refresh, Answer::Case(Some(file))) => {
                Event::Refreshed(Box::new(around(*file)))
            }
            (Errand::RefreshParcel, Answer::Parcel(Some(file))) => {
                Event::ParcelRefreshed(Box::new(file.record), file.cases)
            }
            (Errand::Parcel(id), Answer::Parcel(None)) => Event::Missing(id),
            (Errand::Search(text), Answer::Hits(hits)) => Event::Found(text, found(hits)),
            (Errand::LookUp(text), Answer::LookedUp(LookedUp::Cases(hits))) => {
                Event::LookedUp(text, found(hits))
            }
            (Errand::LookUp(_), Answer::LookedUp(LookedUp::Arriving(file))) => parcel(*file),
            (Errand::SameSerial(id), Answer::Records(records)) => Event::SameSerial(id, records),
            (Errand::SameCaller(id), Answer::Rows(rows)) => Event::SameCaller(id, rows),
            (Errand::OutgoingBox(waybill), Answer::Record(record)) => {
                Event::OutgoingBox(waybill, record)
            }
            (Errand::Match(item, text), Answer::Records(records)) => {
                Event::Matched(item, text, records)
            }
            (Errand::RightCase(way), Answer::Records(records)) => Event::RightCases(way, records),
            (Errand::Identify, Answer::Identified(identity)) => {
                Event::Identified(identified(identity))
            }
            (
                Errand::Standing,
                Answer::Standing {
                    who,
                    standing,
                    supervisors,
                },
            ) => Event::Standing(Stands {
                who,
                standing,
                ask: supervisors,
            }),
            (errand, Answer::Failed(trouble)) => {
                if matches!(trouble, Trouble::Damaged(_)) {
                    self.find_way_out();
                }
                return self.fail(errand, store_fault(&trouble), now);
            }
            (errand, _) => return self.fail(errand, StoreFault::Other, now),
        };
        self.step(event, now);
        if self.state.take_forgotten() && led_on {
            // What was typed since was meant for where it would have led.
            self.held.clear();
        }
        true
    }

    /// Nothing that was asked for will come any more; whether anything was.
    pub(super) fn fail_all(&mut self, fault: StoreFault, now: Now) -> bool {
        let errands = std::mem::take(&mut self.errands.0);
        let any = !errands.is_empty();
        for (errand, _) in errands.into_values() {
            self.fail(errand, fault, now);
        }
        any
    }

    /// What was asked for did not come. What was typed stays where it is.
    fn fail(&mut self, errand: Errand, fault: StoreFault, now: Now) -> bool {
        let event = match errand {
            Errand::Commit => Event::NotSaved(fault),
            Errand::Identify => Event::Identified(Identified::No(LockFault::Trouble)),
            // Where it matters it is asked inside the commit.
            Errand::Standing => return false,
            Errand::Board
            | Errand::Case(_)
            | Errand::Parcel(_)
            | Errand::Search(_)
            | Errand::LookUp(_)
            | Errand::SameSerial(_)
            | Errand::SameCaller(_)
            | Errand::OutgoingBox(_)
            | Errand::Match(..)
            | Errand::RightCase(_)
            | Errand::Refresh
            | Errand::RefreshParcel => Event::NotRead(fault),
        };
        self.step(event, now);
        true
    }
}

fn opened(file: CaseFile) -> Event {
    Event::Case(Box::new(around(file)))
}

fn around(file: CaseFile) -> Opened {
    Opened {
        record: file.record,
        same_serial: file.same_serial,
        same_caller: file.same_caller,
        around: file.parcels.into_iter().chain(file.joined).collect(),
    }
}

fn parcel(file: ParcelFile) -> Event {
    Event::Parcel(Box::new(file.record), file.cases)
}

fn identified(identity: Identity) -> Identified {
    match identity {
        Identity::Known(staff) => Identified::As(staff),
        Identity::Wrong => Identified::No(LockFault::Wrong),
        Identity::Wait(until) => Identified::No(LockFault::Wait(until)),
    }
}

fn found(hits: Vec<Hit>) -> Vec<Found> {
    hits.into_iter()
        .map(|hit| Found {
            matched: hit.matched.what.field(),
            is_exact: hit.matched.is_exact(),
            is_former: hit.matched.former,
            other_extension: hit.matched.other_extension,
            value: hit.value,
            row: hit.row,
        })
        .collect()
}

/// A field two people filled, as far as the store knows of it.
fn clash(conflict: Conflict) -> Clash {
    let who = conflict.current.as_ref().map(|fact| fact.who.clone());
    Clash {
        item: conflict.item,
        field: conflict.field,
        wanted: conflict.wanted,
        at: conflict.current.as_ref().map(|fact| fact.at),
        who: who.unwrap_or_default(),
        theirs: conflict.current,
    }
}

fn commit_fault(fault: &CommitFault<Refusal>) -> StoreFault {
    match fault {
        CommitFault::Stale(_) => StoreFault::Stale,
        CommitFault::Refused(_) | CommitFault::NotPersonal(_) => StoreFault::Other,
        CommitFault::Trouble(trouble) => store_fault(trouble),
    }
}

/// Why a draft could not be written.
pub(super) fn draft_fault(kind: io::ErrorKind) -> StoreFault {
    use io::ErrorKind as Kind;
    match kind {
        Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => StoreFault::Full,
        Kind::ReadOnlyFilesystem | Kind::PermissionDenied => StoreFault::ReadOnly,
        Kind::NotFound | Kind::NotADirectory => StoreFault::Gone,
        _ => StoreFault::Other,
    }
}

fn store_fault(trouble: &Trouble) -> StoreFault {
    match trouble {
        Trouble::Busy => StoreFault::Busy,
        Trouble::Full => StoreFault::Full,
        Trouble::ReadOnly | Trouble::NoPermission => StoreFault::ReadOnly,
        Trouble::Gone => StoreFault::Gone,
        Trouble::Damaged(_) => StoreFault::Damaged,
        Trouble::Other(_) => StoreFault::Other,
    }
}

/// Why the backup of the day could not be made.
pub(super) fn backup_fault(fault: &BackupFault) -> StoreFault {
    match fault {
        BackupFault::Damaged { .. } => StoreFault::Damaged,
        BackupFault::Desk(fault) | BackupFault::Target(fault) => match fault {
            OpenFault::Damaged { .. } => StoreFault::Damaged,
            OpenFault::Full { .. } => StoreFault::Full,
            OpenFault::ReadOnly { .. } | OpenFault::NoPermission { .. } => StoreFault::ReadOnly,
            _ => StoreFault::Other,
        },
        BackupFault::Exists { .. } => StoreFault::Other,
    }
}
