//! What time it is: from the system, or with the day fixed.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::time::Instant;

/// Where the loop takes the time from.
pub trait Clock {
    /// The present instant.
    fn utc(&self) -> DateTime<Utc>;
}

/// A moment, for the record and for waiting.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The instant by the desk's clock; what is recorded and what days are counted from.
    pub utc: DateTime<Utc>,
    /// The same moment by a clock that only goes forward, for pauses.
    pub at: Instant,
}

impl Moment {
    /// This moment by a clock.
    pub fn by(clock: &dyn Clock) -> Moment {
        Moment {
            utc: clock.utc(),
            at: Instant::now(),
        }
    }
}

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn utc(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// A clock that runs like the system's, moved by whole days so that it began on a given day.
#[derive(Debug, Clone, Copy)]
pub struct ShiftedClock {
    by: TimeDelta,
}

impl ShiftedClock {
    /// A clock on which today, at the service centre, is `day`; the time of day stays.
    pub fn on(day: NaiveDate, zone: chrono_tz::Tz) -> ShiftedClock {
        let today = Utc::now().with_timezone(&zone).date_naive();
        ShiftedClock {
            by: day.signed_duration_since(today),
        }
    }
}

impl Clock for ShiftedClock {
    fn utc(&self) -> DateTime<Utc> {
        let now = Utc::now();
        now.checked_add_signed(self.by).unwrap_or(now)
    }
}

/// A clock that stands still.
#[derive(Debug, Clone, Copy)]
pub struct StoppedClock(pub DateTime<Utc>);

impl Clock for StoppedClock {
    fn utc(&self) -> DateTime<Utc> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shifted_clock_shows_the_day_at_the_service_centre() {
        let zone = chrono_tz::Asia::Shanghai;
        let day = NaiveDate::from_ymd_opt(2026, 2, 28).unwrap();
        let shown = ShiftedClock::on(day, zone).utc().with_timezone(&zone);
        let midnight_passed_meanwhile = day.succ_opt().unwrap();
        assert!([day, midnight_passed_meanwhile].contains(&shown.date_naive()));
    }
}
