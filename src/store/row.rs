//! A case's line between Rust and the file.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use rusqlite::{Row, ToSql};

use crate::desk::field::Field;
use crate::desk::id::EntityId;
use crate::desk::money::Fen;
use crate::desk::phone::Phone;
use crate::work::row::CaseRow;
use crate::work::standing::{GoodsAt, Stage, Wait};

use super::cause::Cause;
use super::fault::Trouble;
use super::former::{self, Former};
use super::life::Keys;

/// The columns of `case_row` that make a [`Stored`], in the order in which [`Stored::read`] and
/// [`Stored::bind`] take them.
pub(super) const COLUMNS: &str = "id, number, begun_at, stage, due, wait, waiting_since, goods, \
    outcome, closed_at, service, caller, phone, model, serial, label, bin, assignee, owed, waybills, \
    terms, parcel_in, parcel_out, names, phones, engine, former, serial_key, serial_after, serial_after_key, \
    second_phone, email, paid, credit, price_open, serial_in_box";

/// A line of `case_row`, with what the store keeps beside a [`CaseRow`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stored {
    pub row: CaseRow,
    /// The parcel the goods came in.
    pub parcel_in: Option<EntityId>,
    /// The parcel they went back in.
    pub parcel_out: Option<EntityId>,
    /// Every name the case is found by.
    pub names: Vec<String>,
    /// The numbers it is found by besides those of its line: the recipient's, as stored.
    pub phones: Vec<String>,
    /// The keys of its serial number, and of the one it has had since the repair.
    pub keys: Keys,
    /// What it was found by earlier.
    pub former: Vec<Former>,
    /// The version of the projection that made it.
    pub engine: u32,
}

/// An instant as it is stored: milliseconds since 1970.
pub(super) fn millis(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

/// The stored instant.
pub(super) fn instant(millis: i64) -> Result<DateTime<Utc>, Trouble> {
    Utc.timestamp_millis_opt(millis)
        .single()
        .ok_or_else(|| strange("instant", &millis.to_string()))
}

pub(super) fn day_text(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

pub(super) fn read_day(text: &str) -> Result<NaiveDate, Trouble> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| strange("day", text))
}

/// A text in the file that stands for nothing.
pub(super) fn strange(what: &'static str, text: &str) -> Trouble {
    let text = text.chars().take(40).collect();
    Trouble::Damaged(Cause::Value { what, text })
}

fn code(
    what: &'static str,
    options: Field,
    text: Option<String>,
) -> Result<Option<&'static str>, Trouble> {
    text.map(|text| {
        options
            .options()
            .iter()
            .find(|option| **option == text)
            .copied()
            .ok_or_else(|| strange(what, &text))
    })
    .transpose()
}

fn list(text: &str) -> Result<Vec<String>, Trouble> {
    serde_json::from_str(text).map_err(|_| strange("list", text))
}

fn list_text(list: &[String]) -> String {
    serde_json::Value::from(list).to_string()
}

impl Stored {
    /// Reads the [`COLUMNS`], the first of them at `at`.
    pub fn read(row: &Row<'_>, at: usize) -> Result<Stored, Trouble> {
        let stage: String = row.get(at + 3)?;
        let due: Option<String> = row.get(at + 4)?;
        let wait: Option<String> = row.get(at + 5)?;
        let since: Option<String> = row.get(at + 6)?;
        let goods: String = row.get(at + 7)?;
        let closed_at: Option<i64> = row.get(at + 9)?;
        let waybills: String = row.get(at + 19)?;
        let names: String = row.get(at + 23)?;
        let phones: String = row.get(at + 24)?;
        let former: String = row.get(at + 26)?;
        // A line of an earlier version has digits alone, and is about to be computed anew.
        let phone = |at: usize| -> Result<Option<Phone>, Trouble> {
            let text: Option<String> = row.get(at)?;
            Ok(text.and_then(|text| Phone::from_storage(&text).ok()))
        };
        Ok(Stored {
            row: CaseRow {
                id: EntityId(row.get(at)?),
                number: row.get(at + 1)?,
                begun_at: instant(row.get(at + 2)?)?,
                stage: Stage::from_code(&stage).ok_or_else(|| strange("stage", &stage))?,
                due: due.as_deref().map(read_day).transpose()?,
                wait: wait
                    .map(|wait| Wait::from_code(&wait).ok_or_else(|| strange("wait", &wait)))
                    .transpose()?,
                waiting_since: since.as_deref().map(read_day).transpose()?,
                goods: GoodsAt::from_code(&goods).ok_or_else(|| strange("place", &goods))?,
                outcome: code("outcome", Field::Closed, row.get(at + 8)?)?,
                closed_at: closed_at.map(instant).transpose()?,
                service: code("service", Field::Service, row.get(at + 10)?)?,
                caller: row.get(at + 11)?,
                phone: phone(at + 12)?,
                second_phone: phone(at + 30)?,
                email: row.get(at + 31)?,
                model: row.get(at + 13)?,
                serial: row.get(at + 14)?,
                serial_after: row.get(at + 28)?,
                serial_in_box: row.get(at + 35)?,
                label: row.get(at + 15)?,
                bin: row.get(at + 16)?,
                assignee: row.get(at + 17)?,
                owed: Fen(row.get(at + 18)?),
                paid: Fen(row.get(at + 32)?),
                credit: Fen(row.get(at + 33)?),
                price_open: row.get(at + 34)?,
                waybills: list(&waybills)?,
                terms: row.get(at + 20)?,
            },
            parcel_in: row.get::<_, Option<i64>>(at + 21)?.map(EntityId),
            parcel_out: row.get::<_, Option<i64>>(at + 22)?.map(EntityId),
            names: list(&names)?,
            phones: list(&phones)?,
            keys: [row.get(at + 27)?, row.get(at + 29)?],
            engine: row.get(at + 25)?,
            former: former::from_text(&former).ok_or_else(|| strange("list", &former))?,
        })
    }

    /// What to bind for the [`COLUMNS`].
    pub fn bind(&self) -> Vec<Box<dyn ToSql>> {
        let row = &self.row;
        let [serial_key, after_key] = &self.keys;
        vec![
            Box::new(row.id.0),
            Box::new(row.number.clone()),
            Box::new(millis(row.begun_at)),
            Box::new(row.stage.code()),
            Box::new(row.due.map(day_text)),
            Box::new(row.wait.map(Wait::code)),
            Box::new(row.waiting_since.map(day_text)),
            Box::new(row.goods.code()),
            Box::new(row.outcome),
            Box::new(row.closed_at.map(millis)),
            Box::new(row.service),
            Box::new(row.caller.clone()),
            Box::new(row.phone.as_ref().map(Phone::storage)),
            Box::new(row.model.clone()),
            Box::new(row.serial.clone()),
            Box::new(row.label.clone()),
            Box::new(row.bin.clone()),
            Box::new(row.assignee.clone()),
            Box::new(row.owed.0),
            Box::new(list_text(&row.waybills)),
            Box::new(row.terms.clone()),
            Box::new(self.parcel_in.map(|parcel| parcel.0)),
            Box::new(self.parcel_out.map(|parcel| parcel.0)),
            Box::new(list_text(&self.names)),
            Box::new(list_text(&self.phones)),
            Box::new(self.engine),
            Box::new(former::to_text(&self.former)),
            Box::new(serial_key.clone()),
            Box::new(row.serial_after.clone()),
            Box::new(after_key.clone()),
            Box::new(row.second_phone.as_ref().map(Phone::storage)),
            Box::new(row.email.clone()),
            Box::new(row.paid.0),
            Box::new(row.credit.0),
            Box::new(row.price_open),
            Box::new(row.serial_in_box.clone()),
        ]
    }

    /// Whether the case is still worked on.
    pub fn is_open(&self) -> bool {
        self.row.stage != Stage::Closed
    }
}
