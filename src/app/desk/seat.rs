//! A shared bench: the draft goes with the person, and what lies idle locks.

use super::{Desk, draft};
use crate::app::input::Input;
use crate::desk::now::Now;
use crate::flow::bench::Seat;
use crate::flow::draft::Draft;
use crate::flow::event::Event;
use std::time::{Duration, Instant};

/// When a bench locks that nobody touches.
#[derive(Debug, Clone, Copy)]
pub(super) struct Idle {
    /// So long after it was touched last.
    after: Duration,
    touched: Instant,
}

impl Desk {
    /// At a shared bench: it locks when nobody has touched it for so long.
    pub fn locking_after(mut self, idle: Duration) -> Desk {
        self.idle = Some(Idle {
            after: idle,
            touched: self.at,
        });
        self
    }

    /// When the bench locks if nobody touches it until then; `None` where nobody is sitting there.
    pub(super) fn locks_at(&self) -> Option<Instant> {
        let idle = self.idle.as_ref()?;
        matches!(self.state.seat, Seat::Bench).then(|| idle.touched + idle.after)
    }

    /// Locks a bench whose time is up, before anything else is looked at: a key that comes later is
    /// somebody else's. Whether it did.
    pub(super) fn lock_if_idle(&mut self, now: Now) -> bool {
        let is_over = self.locks_at().is_some_and(|at| at <= self.at);
        if is_over {
            self.held.clear();
            self.step(Event::Idle, now);
        }
        is_over
    }

    /// Notes that somebody is there.
    pub(super) fn touch(&mut self, input: &Input) {
        if let Some(idle) = &mut self.idle
            && matches!(
                input,
                Input::Key(_) | Input::Paste(_) | Input::Scan(_) | Input::Lines(_)
            )
        {
            idle.touched = self.at;
        }
    }

    /// A person has sat down: back to where a session of theirs was left.
    pub(super) fn take_seat(&mut self, now: Now) {
        let who = self.state.staff.name.clone();
        let left = self.behind.as_mut().and_then(|it| it.take_seat(&who));
        self.kept = Draft::default();
        if let Some(left) = left {
            let draft = draft::restored(&left);
            let palette = draft.palette.clone();
            self.step(Event::Restore(Box::new(draft)), now);
            self.restore_palette(palette, now);
        }
    }

    /// The person has left: what is half typed waits for them.
    pub(super) fn leave_seat(&mut self, who: &str, draft: &Draft) {
        if let Some(behind) = &mut self.behind {
            if draft.is_empty() {
                behind.forget();
            } else {
                behind.keep(draft::stored(draft, who));
            }
            behind.leave_seat();
        }
        self.kept = Draft::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::clock::Moment;
    use crate::app::desk::testing::{Told, after, desk_of_li};
    use crate::app::{Driver, Flow};
    use crate::flow::bench::nobody;
    use std::cell::RefCell;
    use std::rc::Rc;

    fn bench_of_li() -> (Desk, Rc<RefCell<Vec<String>>>, Moment) {
        let behind = Told::default();
        let done = Rc::clone(&behind.drafts);
        let (desk, moment) = desk_of_li(behind, Seat::Bench);
        (desk.locking_after(Duration::from_secs(300)), done, moment)
    }

    fn is_locked(desk: &Desk) -> bool {
        matches!(desk.state.seat, Seat::Locked(_)) && desk.state.staff == nobody()
    }

    #[test]
    fn a_bench_locks_when_its_time_is_up_and_not_before() {
        let (mut desk, done, begin) = bench_of_li();
        desk.event(Input::Scan("80H2-7731".to_string()), after(begin, 200));
        assert_eq!(desk.locks_at(), Some(after(begin, 500).at));
        desk.event(Input::Wake, after(begin, 499));
        assert!(!is_locked(&desk));
        assert!(Driver::wake_at(&desk).unwrap() <= after(begin, 500).at);
        assert_eq!(desk.event(Input::Wake, after(begin, 500)), Flow::Changed);
        assert!(is_locked(&desk));
        assert_eq!(desk.locks_at(), None);
        let done = done.borrow();
        assert_eq!(done.last().map(String::as_str), Some("left"), "{done:?}");
    }

    #[test]
    fn a_key_that_comes_too_late_is_not_taken_for_the_persons_own() {
        let (mut desk, done, begin) = bench_of_li();
        desk.event(Input::Paste("half".to_string()), begin);
        desk.event(Input::Paste("other".to_string()), after(begin, 301));
        assert!(is_locked(&desk));
        let done = done.borrow();
        let kept: Vec<&str> = done.iter().map(String::as_str).collect();
        assert_eq!(kept, ["li keeps half", "li keeps half", "left"]);
    }
}
