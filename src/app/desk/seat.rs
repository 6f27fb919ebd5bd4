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
            && matches!(input, Input::Key(_) | Input::Paste(_) | Input::Scan(_))
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
            self.step(Event::Restore(Box::new(draft)), now);
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
