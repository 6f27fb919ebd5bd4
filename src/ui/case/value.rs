//! A value in the person's language.

use chrono::NaiveDate;

use crate::desk::field::Field;
use crate::desk::scan::Courier;
use crate::desk::value::{Entry, Value};
use crate::ui::format;
use crate::ui::i18n::Words;

/// The value of a field as it is shown.
pub fn value(words: &Words, field: Field, value: &Value, today: NaiveDate) -> String {
    match value {
        Value::Date(day) => format::day(words, *day, today),
        Value::NotYet => words.say("value-not-yet").into_owned(),
        Value::Choice(code) => format::option(words, field, code),
        Value::Text(text) if matches!(field, Field::Courier | Field::CourierBack) => {
            match Courier::from_code(text) {
                Some(courier) => format::courier(words, courier),
                None => text.clone(),
            }
        }
        Value::Text(text) => text.clone(),
        Value::Phone(phone) => format::phone(words, phone),
        Value::Serial(serial) => serial.as_str().to_string(),
        Value::Fen(amount) => format::money(*amount),
        Value::Number(number) => number.to_string(),
        Value::Link(_) => words.say("value-linked").into_owned(),
    }
}

/// How a field stands, as it is shown; nothing where it is unknown.
pub fn entry(words: &Words, field: Field, entry: Option<&Entry>, today: NaiveDate) -> String {
    match entry {
        Some(Entry::Known(known)) => value(words, field, known, today),
        Some(Entry::Unreadable(text)) => text.clone(),
        Some(Entry::Erased) => words.say("value-erased").into_owned(),
        Some(Entry::Unknown) | None => String::new(),
    }
}
