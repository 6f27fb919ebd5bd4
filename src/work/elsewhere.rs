//! Other cases of the same unit that are open: said as soon as a serial number is known, and asked
//! about before a case gets its number.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::desk::field::Field;
use crate::desk::id::EntityId;
use crate::desk::record::Record;
use crate::desk::serial::Serial;

use super::case::{Case, Knowledge};
use super::standing::Stage;
use super::unit;

/// Another case of the same unit that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// That case.
    pub case: EntityId,
    /// Its number; none while it is a call.
    pub number: Option<String>,
    /// Where its work stands.
    pub stage: Stage,
    /// The letters and digits of the serial numbers of its unit.
    keys: Vec<String>,
}

impl Elsewhere {
    /// The open ones among `records` that are about the unit of a case, oldest first. What somebody
    /// answered about them at this case counts: another unit is no case of this one.
    pub fn all(
        records: &[Record],
        of: &Record,
        knowledge: &Arc<Knowledge>,
        today: NaiveDate,
    ) -> Vec<Elsewhere> {
        let others = records.iter().filter(|record| {
            let is_open = record.choice(Field::Closed).is_none();
            is_open && record.id() != of.id() && is_same(of, record)
        });
        others
            .map(|record| Elsewhere::of(record.clone(), knowledge, today))
            .collect()
    }

    /// An open case as it stands on `today`.
    pub fn of(record: Record, knowledge: &Arc<Knowledge>, today: NaiveDate) -> Elsewhere {
        let case = Case::of(record, Vec::new(), Arc::clone(knowledge), today);
        Elsewhere::of_case(&case)
    }

    /// A case as it stands.
    pub fn of_case(case: &Case) -> Elsewhere {
        Elsewhere {
            case: case.record.id(),
            number: case.record.text(Field::Number).map(str::to_string),
            stage: case.standing.stage,
            keys: keys(&case.record),
        }
    }

    /// Whether it is still about the unit of a case, whose serial number may be another one by now.
    pub fn is_of(&self, record: &Record) -> bool {
        let own = record.serial(Field::SerialNumber).map(Serial::key);
        own.is_some_and(|own| self.keys.contains(&own))
            && unit::answers(record).get(&self.case) != Some(&false)
    }
}

fn keys(record: &Record) -> Vec<String> {
    let serials = [record.serial(Field::SerialNumber), unit::given_out(record)];
    serials.into_iter().flatten().map(Serial::key).collect()
}

fn is_same(of: &Record, other: &Record) -> bool {
    let own = of.serial(Field::SerialNumber).map(Serial::key);
    own.is_some_and(|own| keys(other).contains(&own))
        && unit::answers(of).get(&other.id()) != Some(&false)
}
