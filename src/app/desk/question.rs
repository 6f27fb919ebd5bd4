//! A question that appears by itself must not take the keys that were meant for what was there before:
//! for a while it gives way to them, and appears again when they are over.

use super::Desk;
use crate::app::input::Input;
use crate::desk::now::Now;
use crate::flow::event::{Attention, Event};
use crate::flow::state::Overlay;
use ratatui::crossterm::event::KeyCode;
use std::time::{Duration, Instant};

/// So long after it appeared nobody can have read it and answered.
const TOO_EARLY: Duration = Duration::from_millis(1000);

impl Desk {
    fn is_asked(&self) -> bool {
        matches!(self.state.overlays.last(), Some(Overlay::Conflict(_)))
    }

    /// When the question that is shown may be answered; `None` where none is, or it may be already.
    pub(super) fn ready_at(&self) -> Option<Instant> {
        let Some(Overlay::Conflict(question)) = self.state.overlays.last() else {
            return None;
        };
        let ready_at = self.asked_at.map(|at| at + TOO_EARLY);
        ready_at.filter(|_| question.is_too_early)
    }

    /// Notes when a question appears.
    pub(super) fn watch_question(&mut self, now: Now) {
        match (self.is_asked(), self.asked_at) {
            (true, None) => {
                self.asked_at = Some(self.at);
                self.take_step(Event::Question(Attention::TooEarly), now);
            }
            (true, Some(_)) => {}
            (false, _) => self.asked_at = None,
        }
    }

    /// Lets go of a question that cannot have been read, so that this input goes where it was meant
    /// to. Escape is meant for whatever lies on top.
    pub(super) fn put_question_off(&mut self, input: &Input, now: Now) {
        let is_meant = matches!(input, Input::Key(key) if key.code == KeyCode::Esc);
        let is_from_person = matches!(input, Input::Key(_) | Input::Paste(_) | Input::Scan(_));
        let is_too_early = self.ready_at().is_some_and(|at| self.at < at);
        if is_from_person && is_too_early && !is_meant {
            self.step(Event::Question(Attention::PutOff), now);
        }
    }

    /// Whether a question has just become one that can be answered.
    pub(super) fn question_is_ready(&mut self, now: Now) -> bool {
        let is_ready = self.ready_at().is_some_and(|at| at <= self.at);
        if is_ready {
            self.take_step(Event::Question(Attention::Ready), now);
        }
        is_ready
    }
}
