//! A desk for tests, with nothing behind it but lists: what it asked, what it is answered, and what
//! was done about drafts.

use super::{Behind, Desk};
use crate::app::clock::Moment;
use crate::desk::now::Now;
use crate::desk::staff::{Role, Staff};
use crate::flow::bench::Seat;
use crate::flow::state::State;
use crate::store::{self, Answer, Ended, Reply, Request, Token};
use crate::terms::{Calendar, Library};
use crate::ui::i18n::Words;
use crate::ui::theme::Theme;
use crate::work::action::Refusal;
use crate::work::case::Knowledge;
use chrono::DateTime;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What is behind the desk. Its clones are the same.
#[derive(Clone, Default)]
pub struct Told {
    /// What was done about drafts.
    pub drafts: Rc<RefCell<Vec<String>>>,
    asked: Rc<RefCell<Vec<Request<Refusal>>>>,
    answers: Rc<RefCell<VecDeque<Reply<Refusal>>>>,
}

impl Told {
    /// The latest request that `is_it` says is meant, with its place in the order of all.
    fn latest(&self, is_it: impl Fn(&Request<Refusal>) -> bool) -> Option<u64> {
        let place = self.asked.borrow().iter().rposition(is_it)?;
        u64::try_from(place).ok().map(|place| place + 1)
    }

    /// Whether something of this kind was asked for.
    pub fn was_asked(&self, is_it: impl Fn(&Request<Refusal>) -> bool) -> bool {
        self.latest(is_it).is_some()
    }

    /// Answers the latest request of this kind.
    pub fn answers(&self, is_it: impl Fn(&Request<Refusal>) -> bool, answer: Answer<Refusal>) {
        let token = Token(self.latest(is_it).expect("it was asked for"));
        self.answers.borrow_mut().push_back(Reply { token, answer });
    }
}

impl Behind for Told {
    fn ask(&mut self, request: Request<Refusal>) -> Result<Token, Ended> {
        let mut asked = self.asked.borrow_mut();
        asked.push(request);
        Ok(Token(u64::try_from(asked.len()).unwrap_or(u64::MAX)))
    }

    fn reply(&mut self, _: Duration) -> Option<Reply<Refusal>> {
        self.answers.borrow_mut().pop_front()
    }

    fn keep(&mut self, draft: store::Draft) {
        let line = format!("{} keeps {}", draft.who, draft.search);
        self.drafts.borrow_mut().push(line);
    }

    fn forget(&mut self) {
        self.drafts.borrow_mut().push("forgotten".to_string());
    }

    fn take_seat(&mut self, who: &str) -> Option<store::Draft> {
        self.drafts.borrow_mut().push(format!("{who} sits down"));
        None
    }

    fn leave_seat(&mut self) {
        self.drafts.borrow_mut().push("left".to_string());
    }
}

/// The desk of a supervisor, and when it began.
pub fn desk_of_li(behind: Told, seat: Seat) -> (Desk, Moment) {
    let moment = Moment {
        utc: DateTime::from_timestamp(1_795_000_000, 0).expect("a moment"),
        at: Instant::now(),
    };
    let knowledge = Arc::new(Knowledge {
        library: Library::built_in(),
        calendar: Calendar::built_in(),
        zone: chrono_tz::Asia::Shanghai,
    });
    let now = Now {
        at: moment.utc,
        today: knowledge.day(moment.utc),
    };
    let li = Staff {
        name: "li".to_string(),
        role: Role::Supervisor,
    };
    let mut state = State::new(li, knowledge, now, 1);
    state.seat = seat;
    let words = Words::new(state.language);
    let behind = Box::new(behind);
    let desk = Desk::before(behind, None, state, words, Theme::COLOURED, moment);
    (desk, moment)
}

/// So many seconds later.
pub fn after(moment: Moment, seconds: u64) -> Moment {
    Moment {
        at: moment.at + Duration::from_secs(seconds),
        ..moment
    }
}
