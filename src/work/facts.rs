//! The facts of a case as the terms see them.
//!
//! A field whose code is a fact name reaches the terms by that name; what the desk itself would have
//! done (confirm, receive, send back) and has not done is known not to have happened yet.

use chrono::{DateTime, NaiveDate, Utc};

use crate::desk::booking::{Booking, BookingKind};
use crate::desk::field::Field;
use crate::desk::ledger::Ledger;
use crate::desk::outcome::{finished, is_work};
use crate::desk::quote::{Quote, QuoteState};
use crate::desk::record::{Fact, Record};
use crate::desk::value::Value;
use crate::terms::choice::{Choice, Set};
use crate::terms::day::Day;
use crate::terms::facts::{self, FactName, Facts, When};

use super::earlier::{EarlierRepair, counted};
use super::standing::contact_is_confirmed;
use super::unit::Kin;

/// What the facts are made from.
pub struct Sources<'a> {
    /// The case.
    pub record: &'a Record,
    /// Earlier repairs of the same serial number.
    pub earlier: &'a [EarlierRepair],
    /// The quote.
    pub quote: &'a Quote,
    /// The money.
    pub ledger: &'a Ledger,
    /// The day of the decision.
    pub today: NaiveDate,
    /// The day an instant has at the service centre.
    pub day_of: &'a dyn Fn(DateTime<Utc>) -> NaiveDate,
}

/// The facts of a case on that day.
pub fn facts_of(sources: &Sources) -> Facts {
    let mut facts = Facts::new(Day::from_date(sources.today));
    for (item, field, fact) in sources.record.facts() {
        if item == crate::desk::id::ItemId::SELF
            && let Some(name) = FactName::from_code(field.code())
        {
            set(&mut facts, name, fact);
        }
    }
    if sources.record.is_yes(Field::PurchaseDateLost) {
        facts.purchase_date = When::Unrecoverable;
    }
    own_doings(&mut facts);
    agreement(&mut facts, sources);
    facts.repairs_looked_up = sources.record.serial(Field::SerialNumber).is_some();
    facts.repairs = counted(sources.earlier).map(repair).collect();
    facts
}

/// A value the terms do not know under this name leaves the fact unknown.
fn set(facts: &mut Facts, name: FactName, fact: &Fact) {
    let value = match fact.entry.value() {
        Some(Value::Date(day)) => facts::Value::Date(Day::from_date(*day)),
        Some(Value::NotYet) => facts::Value::Code("not_yet"),
        Some(Value::Choice(code)) => facts::Value::Code(code),
        _ => return,
    };
    if facts.set(name, value).is_err() {
        debug_assert!(false, "{} does not take {value:?}", name.code());
    }
}

fn own_doings(facts: &mut Facts) {
    for when in [
        &mut facts.confirm_date,
        &mut facts.arrival_date,
        &mut facts.repaired_on,
        &mut facts.sent_back_on,
    ] {
        if *when == When::Unknown {
            *when = When::NotYet;
        }
    }
}

fn agreement(facts: &mut Facts, sources: &Sources) {
    use facts::{Answer, Outcome, QuoteState as Told};
    let Sources {
        record,
        quote,
        ledger,
        ..
    } = sources;
    facts.quote = match quote.state {
        _ if quote.is_accepted() => Set::only(Told::Accepted),
        _ if quote.is_declined() => Set::only(Told::Declined),
        // None was written: not accepted, and none is on its way that the repair would wait for.
        QuoteState::Empty => Set::of(&[Told::Pending, Told::Declined]),
        _ => Set::only(Told::Pending),
    };
    if !quote.is_accepted() {
        facts.quote_accepted_date = When::Unknown;
    }
    // 'Repair it if it is covered', said beforehand, is the confirmation of IV.5.
    if facts.repair_confirmed_date == When::Unknown
        && record.is_yes(Field::AgreedIfCovered)
        && let Some(fact) = record.fact(Field::AgreedIfCovered)
    {
        facts.repair_confirmed_date = When::On(Day::from_date((sources.day_of)(fact.at)));
    }
    let has_answered = matches!(quote.state, QuoteState::Answered(_));
    facts.fee_paid = match last_settled(sources) {
        Some(day) if has_answered && ledger.fee_open().is_zero() => When::On(Day::from_date(day)),
        _ => When::NotYet,
    };
    facts.contact_confirmed = Set::only(if contact_is_confirmed(record) {
        Answer::Yes
    } else {
        Answer::No
    });
    let outcome = match (record.choice(Field::Closed), finished(record)) {
        (Some("solved_by_phone"), _) => Some(Outcome::SolvedRemotely),
        (_, Some(outcome)) if is_work(outcome) => Some(Outcome::Repaired),
        (_, Some(_)) => Some(Outcome::NotRepaired),
        (Some(_), None) => Some(Outcome::NotRepaired),
        // The covered part is left to be repaired.
        (None, None)
            if quote.is_declined() && record.choice(Field::TestResult) == Some("mixed") =>
        {
            None
        }
        (None, None) if quote.is_declined() => Some(Outcome::NotRepaired),
        (None, None) => None,
    };
    if let Some(outcome) = outcome {
        facts.outcome = Set::only(outcome);
    }
}

/// The day the last money came in or was let go. What was paid in advance counts as the fee from the
/// day on which the customer agreed to it.
fn last_settled(sources: &Sources) -> Option<NaiveDate> {
    let record = sources.record;
    let bookings = Booking::standing(record).into_iter();
    let settled = bookings.filter_map(|booking| match booking.kind {
        BookingKind::Payment => booking.day,
        BookingKind::Waiver => {
            let fact = record.fact_of(booking.item, Field::WaivedAmount)?;
            Some((sources.day_of)(fact.at))
        }
        BookingKind::Refund => None,
    });
    let last = settled.max()?;
    Some(last.max(record.day(Field::QuoteAcceptedDate).unwrap_or(last)))
}

fn repair(earlier: &EarlierRepair) -> facts::Repair {
    use facts::{Answer, PeriodStatus, RepairBy, RepairCause, RepairKind};
    let when =
        |day: Option<NaiveDate>| day.map_or(When::Unknown, |day| When::On(Day::from_date(day)));
    let one = |code: Option<&str>| code.and_then(PeriodStatus::from_code);
    facts::Repair {
        kind: Set::only(if earlier.is_upgrade {
            RepairKind::Upgrade
        } else {
            RepairKind::Repair
        }),
        by: Set::only(RepairBy::Factory),
        // Done, but perhaps not to this product.
        done: match (earlier.is_done, earlier.kin == Kin::Asked) {
            (true, true) => Set::all(),
            (true, false) => Set::only(Answer::Yes),
            (false, _) => Set::only(Answer::No),
        },
        period_status: one(earlier.period_status).map_or(Set::all(), Set::only),
        cause: earlier
            .cause
            .and_then(RepairCause::from_code)
            .map_or(Set::all(), Set::only),
        repaired_on: when(earlier.repaired_on),
        sent_back_on: when(earlier.sent_back_on),
        delivered_on: when(earlier.delivered_on),
    }
}
