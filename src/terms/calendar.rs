//! Working days at the service centre, as data: a year that is not stored is not known.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::assessment::WorkCount;
use super::day::Day;
use super::facts::FactName;
use super::fault::{Fault, FileReason};

const BUILT_IN: &str = include_str!("../../assets/calendar/cn.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearFile {
    /// Public holidays, first and last day.
    holidays: Option<Vec<(String, String)>>,
    /// Weekend days announced as working days.
    working_weekends: Option<Vec<String>>,
    /// The company's own closing days, first and last day.
    closed: Option<Vec<(String, String)>>,
}

/// The working days of one stored year, ready to be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Year {
    /// 1 January.
    first: Day,
    /// 31 December.
    last: Day,
    /// Each day of the year, by its place from 1 January.
    working: Vec<bool>,
}

/// The working days of the stored years.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// What the sets below come to, by year.
    table: Vec<Year>,
    years: BTreeSet<i32>,
    holidays: BTreeSet<Day>,
    working_weekends: BTreeSet<Day>,
    closed: BTreeSet<Day>,
}

/// A year whose working days are needed and not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearMissing(pub i32);

impl Calendar {
    /// The years that come with the program.
    ///
    /// # Panics
    /// Never: a test reads the built-in text.
    pub fn built_in() -> Calendar {
        let mut calendar = Calendar::default();
        match calendar.add(BUILT_IN) {
            Ok(()) => calendar,
            Err(fault) => unreachable!("the built-in calendar: {fault}"),
        }
    }

    /// Adds a file: new years, the holidays of a stored year anew, or closing days of the company.
    /// A year for which only closing days are given stays unknown.
    ///
    /// # Errors
    /// The line and the reason; the calendar is then unchanged.
    pub fn add(&mut self, text: &str) -> Result<(), Fault> {
        let file: BTreeMap<String, YearFile> =
            toml::from_str(text).map_err(|error| Fault::toml(text, &error))?;
        let mut next = self.clone();
        for (name, year) in file {
            let fault = |reason: FileReason| Fault::near(text, &format!("[{name}]"), reason);
            let number: i32 = name
                .parse()
                .ok()
                .filter(|year| (1900..=9999).contains(year))
                .ok_or_else(|| fault(FileReason::NoYear(name.clone())))?;
            if let Some(holidays) = year.holidays {
                next.years.insert(number);
                next.holidays.retain(|day| day.year() != number);
                next.working_weekends.retain(|day| day.year() != number);
                put_spans(&mut next.holidays, text, &holidays, number, 1)?;
            } else if year.working_weekends.is_some() {
                return Err(fault(FileReason::WeekendsAlone(number)));
            }
            for day in year.working_weekends.unwrap_or_default() {
                let weekend = parse(text, &day)?;
                if !weekend.is_weekend() || weekend.year() != number {
                    let reason = FileReason::NoWeekendDay {
                        day: weekend,
                        year: number,
                    };
                    return Err(Fault::near(text, &day, reason));
                }
                next.working_weekends.insert(weekend);
            }
            let closed = year.closed.unwrap_or_default();
            put_spans(&mut next.closed, text, &closed, number, 0)?;
        }
        next.table = next.years.iter().filter_map(|y| next.year(*y)).collect();
        *self = next;
        Ok(())
    }

    /// Whether the working days of a year are stored.
    pub fn knows(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    /// Works out the days of a stored year.
    fn year(&self, year: i32) -> Option<Year> {
        let first = Day::of(year, 1, 1)?;
        let last = Day::of(year, 12, 31)?;
        let works = |day: Day| {
            let off = self.closed.contains(&day) || self.holidays.contains(&day);
            !off && (self.working_weekends.contains(&day) || !day.is_weekend())
        };
        let working = (0..=last.since(first)).map(|n| works(first.plus(n)));
        Some(Year {
            first,
            last,
            working: working.collect(),
        })
    }

    /// Whether a day is a working day; `None` where its year is not stored.
    pub fn is_working(&self, day: Day) -> Option<bool> {
        let at = self.table.partition_point(|year| year.last < day);
        let year = self.table.get(at)?;
        let place = usize::try_from(day.since(year.first)).ok()?;
        year.working.get(place).copied()
    }

    /// The first working day after `day`; `None` where a year is not stored.
    pub fn next_working(&self, day: Day) -> Option<Day> {
        self.last_of(day, 1)
    }

    /// The last of `days` working days after `from`; `None` where a year is not stored.
    pub fn last_of(&self, from: Day, days: i32) -> Option<Day> {
        let mut day = from;
        let mut left = days;
        while left > 0 {
            day = day.plus(1);
            left -= i32::from(self.is_working(day)?);
        }
        Some(day)
    }

    /// Counts `days` working days from `from`, which is not counted itself (`3WD-DAY1`).
    ///
    /// # Errors
    /// The first year on the way that is not stored.
    pub fn count(
        &self,
        from: Day,
        from_fact: FactName,
        days: i32,
    ) -> Result<WorkCount, YearMissing> {
        let mut count = WorkCount {
            from,
            from_fact,
            days,
            last: from,
            skipped: Vec::new(),
            make_up: Vec::new(),
        };
        let mut left = days;
        while left > 0 {
            let day = count.last.plus(1);
            count.last = day;
            if self.is_working(day).ok_or(YearMissing(day.year()))? {
                left -= 1;
                if day.is_weekend() {
                    count.make_up.push(day);
                }
            } else {
                count.skipped.push(day);
            }
        }
        Ok(count)
    }

    /// The year that will be needed within `weeks` weeks of `today` and is not stored.
    pub fn missing_soon(&self, today: Day, weeks: i32) -> Option<i32> {
        let last = today.plus(weeks.saturating_mul(7)).year();
        (today.year()..=last).find(|year| !self.knows(*year))
    }
}

fn parse(text: &str, day: &str) -> Result<Day, Fault> {
    Day::parse(day).ok_or_else(|| {
        let reason = FileReason::NoDay(day.to_string());
        Fault::near(text, &format!("\"{day}\""), reason)
    })
}

/// Adds each day of each span; a span may begin `before` years earlier than its year.
fn put_spans(
    days: &mut BTreeSet<Day>,
    text: &str,
    spans: &[(String, String)],
    year: i32,
    before: i32,
) -> Result<(), Fault> {
    for (first, last) in spans {
        let (from, to) = (parse(text, first)?, parse(text, last)?);
        let fits = from <= to
            && to.since(from) <= 366
            && (year - before..=year).contains(&from.year())
            && to.year() == year;
        if !fits {
            let reason = FileReason::NoSpan {
                first: from,
                last: to,
                year,
            };
            return Err(Fault::near(text, first, reason));
        }
        days.extend((0..=to.since(from)).map(|n| from.plus(n)));
    }
    Ok(())
}
