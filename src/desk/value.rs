//! What a fact can be, and how it is kept as text.

use chrono::NaiveDate;

use super::field::{Field, FieldKind};
use super::id::EntityId;
use super::money::Fen;
use super::phone::Phone;
use super::serial::Serial;

/// A value somebody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A day at the service centre, or at the customer's place for the customer's own acts (`TZ`).
    Date(NaiveDate),
    /// Known not to have happened yet.
    NotYet,
    /// One of the options of the field, by its code.
    Choice(&'static str),
    /// Words.
    Text(String),
    /// A telephone number.
    Phone(Phone),
    /// A serial number.
    Serial(Serial),
    /// Money in whole fen.
    Fen(Fen),
    /// A count.
    Number(u32),
    /// Another entity.
    Link(EntityId),
}

impl Value {
    /// Yes.
    pub const YES: Value = Value::Choice("yes");
    /// No.
    pub const NO: Value = Value::Choice("no");

    /// The text kept in the file; [`Value::from_stored`] reads it back.
    pub fn to_stored(&self) -> String {
        match self {
            Value::Date(day) => day.format("%Y-%m-%d").to_string(),
            Value::NotYet => "not_yet".to_string(),
            Value::Choice(code) => (*code).to_string(),
            Value::Text(text) => text.clone(),
            Value::Phone(phone) => phone.storage(),
            Value::Serial(serial) => serial.as_str().to_string(),
            Value::Fen(fen) => fen.0.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Link(entity) => entity.0.to_string(),
        }
    }

    /// Reads what [`Value::to_stored`] wrote; `None` where the text does not fit the field.
    pub fn from_stored(field: Field, text: &str) -> Option<Value> {
        match field.kind() {
            FieldKind::Date { not_yet } => {
                if not_yet && text == "not_yet" {
                    return Some(Value::NotYet);
                }
                NaiveDate::parse_from_str(text, "%Y-%m-%d")
                    .ok()
                    .map(Value::Date)
            }
            FieldKind::Choice(options) => options
                .iter()
                .find(|option| **option == text)
                .map(|option| Value::Choice(option)),
            FieldKind::Text { .. } => Some(Value::Text(text.to_string())),
            FieldKind::Phone => Phone::from_storage(text).ok().map(Value::Phone),
            FieldKind::Serial => Serial::parse(text).ok().map(Value::Serial),
            FieldKind::Money => text.parse().ok().map(|fen| Value::Fen(Fen(fen))),
            FieldKind::Number => text.parse().ok().map(Value::Number),
            FieldKind::Link => text.parse().ok().map(|id| Value::Link(EntityId(id))),
        }
    }
}

/// How it stands with a field after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Somebody knows it.
    Known(Value),
    /// What was typed says nothing the field can hold: kept as it was typed, counts as unknown.
    Unreadable(String),
    /// Not known, or taken back.
    Unknown,
    /// A personal value that was erased on request; the row of the change stays.
    Erased,
}

impl Entry {
    /// The known value.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Entry::Known(value) => Some(value),
            Entry::Unreadable(_) | Entry::Unknown | Entry::Erased => None,
        }
    }
}
