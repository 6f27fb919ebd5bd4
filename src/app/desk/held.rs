//! What the person did and is not taken in yet: it is meant for a screen that is still loading, or for
//! what is still being searched.

use super::Desk;
use crate::app::input::Input;
use crate::desk::now::Now;
use crate::flow::command::Command;
use crate::flow::event::Event;
use crate::flow::state::{Context, View};
use std::time::{Duration, Instant};

/// Typing waits no longer than this: then the person is given the keys back.
const AT_MOST: Duration = Duration::from_secs(5);

impl Desk {
    /// Takes in what the person did, in order; while a screen is loading it waits. Whether anything of
    /// it meant something.
    pub(super) fn take_in_held(&mut self, patience: Duration, now: Now) -> bool {
        let mut meant_something = false;
        while !self.has_quit
            && !self.errands.hold_keys(AT_MOST, self.at)
            && !self.leads_on()
            && !self.waits_for_search()
        {
            let Some(input) = self.held.pop_front() else {
                break;
            };
            if let Input::Lines(lines) = input {
                // Who sits down types badge and PIN, which are no text.
                let inputs = match self.state.context() {
                    Context::Locked => lines.into_keys(),
                    _ => lines.into_text(),
                };
                inputs
                    .into_iter()
                    .rev()
                    .for_each(|it| self.held.push_front(it));
                continue;
            }
            self.put_question_off(&input, now);
            if let Some(event) = self.translate(input) {
                self.step(event, now);
                self.settle(patience, now);
                meant_something = true;
            }
        }
        meant_something
    }

    /// Whether what is being saved leads on: what a key means there is found out there.
    pub(super) fn leads_on(&self) -> bool {
        self.state.leads_on() && self.errands.is_saving_within(AT_MOST, self.at)
    }

    /// Whether what comes next is meant for what the search line will find: a slow line brings a
    /// caller's number and the key for a call of theirs in one piece.
    pub(super) fn waits_for_search(&self) -> bool {
        self.errands.is_searching_within(AT_MOST, self.at)
            && matches!(self.state.view, View::Board)
            && self.state.overlays.is_empty()
            && matches!(
                self.held.front().and_then(|it| self.translate(it.clone())),
                Some(Event::Command(Command::NewCall))
            )
    }

    /// When the person is given the keys back that wait now.
    pub(super) fn given_back_at(&self) -> Option<Instant> {
        let latest = self.errands.latest_holding();
        let asked = latest.filter(|_| !self.held.is_empty())?;
        Some(asked + AT_MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Driver;
    use crate::app::clock::Moment;
    use crate::app::desk::testing::{Told, after, desk_of_li};
    use crate::desk::id::{EntityId, EntityKind};
    use crate::desk::record::Record;
    use crate::flow::bench::Seat;
    use crate::store::{Answer, Hit, Matched, Request, Trouble, What};
    use crate::work::action::Refusal;
    use crate::work::row::CaseRow;
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    fn is_search(request: &Request<Refusal>) -> bool {
        matches!(request, Request::Search { .. })
    }

    fn loads_a_case(request: &Request<Refusal>) -> bool {
        matches!(request, Request::Case(_))
    }

    fn saves(request: &Request<Refusal>) -> bool {
        matches!(request, Request::Commit { .. })
    }

    /// Digits, the key for a call of this caller and a letter of its first field came in one piece,
    /// and nothing is found yet.
    fn called_for_at_once() -> (Desk, Told, Moment) {
        let behind = Told::default();
        let (mut desk, begin) = desk_of_li(behind.clone(), Seat::Own);
        behind.answers(
            |request| matches!(request, Request::Board),
            Answer::Rows(vec![]),
        );
        for (character, modifiers) in [
            ('1', KeyModifiers::NONE),
            ('2', KeyModifiers::NONE),
            ('n', KeyModifiers::CONTROL),
            ('x', KeyModifiers::NONE),
        ] {
            let key = KeyEvent::new(KeyCode::Char(character), modifiers);
            desk.event(Input::Key(key), begin);
        }
        assert_eq!(desk.state.board.search.text(), "12");
        assert!(!behind.was_asked(loads_a_case) && !behind.was_asked(saves));
        (desk, behind, begin)
    }

    #[test]
    fn a_call_of_a_caller_who_is_still_being_searched_waits_for_what_is_found() {
        let (mut desk, behind, begin) = called_for_at_once();
        let knowledge = std::sync::Arc::clone(&desk.state.knowledge);
        let record = Record::new(EntityId(7), EntityKind::Case);
        let hit = Hit {
            row: CaseRow::of(&record, &[], vec![], &knowledge),
            matched: Matched {
                what: What::Phone,
                whole: false,
                former: false,
                other_extension: false,
            },
            value: None,
        };
        behind.answers(is_search, Answer::Hits(vec![hit]));
        desk.event(Input::Knock, begin);
        assert!(behind.was_asked(loads_a_case) && !behind.was_asked(saves));
        assert_eq!(desk.state.board.search.text(), "12");
    }

    #[test]
    fn where_nothing_can_be_found_the_call_begins_with_what_was_typed() {
        let (mut desk, behind, begin) = called_for_at_once();
        behind.answers(is_search, Answer::Failed(Trouble::Busy));
        desk.event(Input::Knock, begin);
        assert!(behind.was_asked(saves) && !behind.was_asked(loads_a_case));
    }

    #[test]
    fn a_search_that_never_ends_gives_the_keys_back() {
        let (mut desk, behind, begin) = called_for_at_once();
        let at = Driver::wake_at(&desk).unwrap();
        assert_eq!(at, after(begin, 5).at);
        desk.event(Input::Wake, after(begin, 5));
        assert!(behind.was_asked(saves) && !behind.was_asked(loads_a_case));
    }
}
