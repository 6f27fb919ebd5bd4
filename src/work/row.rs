//! A case as one line: what lists show and what queries ask for. Time-free: whether it is late is
//! `due < today`, asked when it is drawn.

use chrono::{DateTime, NaiveDate, Utc};

use std::sync::Arc;

use crate::desk::change::Act;
use crate::desk::contact::{Contacts, addresses};
use crate::desk::field::Field;
use crate::desk::id::EntityId;
use crate::desk::ledger::price_is_open;
use crate::desk::money::Fen;
use crate::desk::phone::Phone;
use crate::desk::record::Record;
use crate::desk::serial::Serial;
use crate::desk::value::Entry;

use super::case::{Case, Knowledge};
use super::earlier::EarlierRepair;
use super::standing::{GoodsAt, Stage, Wait};
use super::unit;

/// One case in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// The case.
    pub id: EntityId,
    /// Its number; none while it is a call.
    pub number: Option<String>,
    /// When it began.
    pub begun_at: DateTime<Utc>,
    /// Where the work stands.
    pub stage: Stage,
    /// The next day that counts, where the terms give one.
    pub due: Option<NaiveDate>,
    /// Who or what is waited for.
    pub wait: Option<Wait>,
    /// Since which day.
    pub waiting_since: Option<NaiveDate>,
    /// Where the goods are.
    pub goods: GoodsAt,
    /// How it was closed.
    pub outcome: Option<&'static str>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// What is asked for.
    pub service: Option<&'static str>,
    /// The caller's name.
    pub caller: Option<String>,
    /// The caller's number, with its extension.
    pub phone: Option<Phone>,
    /// A second number of the caller.
    pub second_phone: Option<Phone>,
    /// The caller's e-mail address as it was typed.
    pub email: Option<String>,
    /// The model.
    pub model: Option<String>,
    /// The serial number.
    pub serial: Option<String>,
    /// The serial number it has had since the repair.
    pub serial_after: Option<String>,
    /// The serial number on the goods, where it is another one.
    pub serial_in_box: Option<String>,
    /// The bag label.
    pub label: Option<String>,
    /// The shelf.
    pub bin: Option<String>,
    /// Who looks after it.
    pub assignee: Option<String>,
    /// What the customer still owes.
    pub owed: Fen,
    /// What came in and was not given back.
    pub paid: Fen,
    /// What came in beyond everything that can become due: to be given back.
    pub credit: Fen,
    /// Whether the price of a product taken back is still to be given back.
    pub price_open: bool,
    /// The waybills of its parcels, incoming first.
    pub waybills: Vec<String>,
    /// The terms it was opened under.
    pub terms: Option<String>,
}

impl CaseRow {
    /// Whether a unit is the one of this case, by its number before or after the repair.
    pub fn has_unit(&self, serial: &Serial) -> bool {
        let key = serial.key();
        [&self.serial, &self.serial_after]
            .into_iter()
            .flatten()
            .any(|text| Serial::parse(text).is_ok_and(|own| own.key() == key))
    }

    /// How the caller is reached, and known again by.
    pub fn contacts(&self) -> Contacts {
        let phones = [&self.phone, &self.second_phone].into_iter();
        Contacts {
            phones: phones.flatten().cloned().collect(),
            emails: self.email.as_deref().map(addresses).unwrap_or_default(),
        }
    }

    /// The line of a case, as it stood on the day of its latest change: so it follows from the
    /// record alone. `same_serial` are the other cases of its product, `waybills` those of its
    /// parcels, incoming first.
    pub fn of(
        record: &Record,
        same_serial: &[Record],
        waybills: Vec<String>,
        knowledge: &Arc<Knowledge>,
    ) -> CaseRow {
        let latest = record
            .changes()
            .last()
            .map_or(DateTime::UNIX_EPOCH, |change| change.at);
        let earlier = EarlierRepair::all(same_serial, record);
        let case = Case::of(
            record.clone(),
            earlier,
            Arc::clone(knowledge),
            knowledge.day(latest),
        );
        let text = |field| record.text(field).map(str::to_string);
        let outcome = record.choice(Field::Closed);
        CaseRow {
            id: record.id(),
            number: text(Field::Number),
            begun_at: record.begun_at().unwrap_or(DateTime::UNIX_EPOCH),
            stage: case.standing.stage,
            due: case.standing.due,
            wait: case.standing.wait.map(|(wait, _)| wait),
            waiting_since: case.standing.wait.and_then(|(_, since)| since),
            goods: case.standing.goods,
            outcome,
            closed_at: outcome.and_then(|_| closed_at(record)),
            service: record.choice(Field::Service),
            caller: text(Field::Caller),
            phone: record.phone(Field::Phone).cloned(),
            second_phone: record.phone(Field::SecondPhone).cloned(),
            email: text(Field::Email),
            model: text(Field::Model),
            serial: record
                .serial(Field::SerialNumber)
                .map(|serial| serial.as_str().to_string()),
            serial_after: unit::given_out(record).map(|serial| serial.as_str().to_string()),
            serial_in_box: unit::other_in_box(record).map(|serial| serial.as_str().to_string()),
            label: text(Field::BagLabel),
            bin: text(Field::Bin),
            assignee: text(Field::Assignee),
            owed: case.ledger.open(),
            paid: case.ledger.kept(),
            credit: case.ledger.credit(),
            price_open: price_is_open(record),
            waybills,
            terms: text(Field::TermsVersion),
        }
    }
}

fn closed_at(record: &Record) -> Option<DateTime<Utc>> {
    record
        .changes()
        .iter()
        .rev()
        .find(|change| {
            change.field == Field::Closed
                && change.act != Act::Erase
                && change.entry != Entry::Unknown
        })
        .map(|change| change.at)
}
