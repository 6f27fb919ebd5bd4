//! The moment an event comes in. The pure floors read no clock.

use chrono::{DateTime, NaiveDate, Utc};

/// The moment of an event, and the day it is at the service centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The instant, stored with every change.
    pub at: DateTime<Utc>,
    /// The day at the service centre (its time zone is a setting), whatever the host's clock says.
    pub today: NaiveDate,
}
