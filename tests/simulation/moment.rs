//! Time that only the schedule moves.

use std::time::Duration;

/// How long after the beginning of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub Duration);

impl Moment {
    pub const BEGINNING: Moment = Moment(Duration::ZERO);

    pub fn after(self, more: Duration) -> Moment {
        Moment(self.0 + more)
    }
}
