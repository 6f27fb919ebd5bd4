//! What a field holds, in words: as it is edited in a form, and as it is told in a sentence.

use chrono::NaiveDate;

use crate::desk::field::Field;
use crate::desk::scan::Courier;
use crate::desk::value::{Entry, Value};
use crate::flow::typed;
use crate::ui::format;
use crate::ui::i18n::Words;

/// An entry as a form shows it while the caret is elsewhere: days and money as they are typed.
pub fn in_form(words: &Words, field: Field, entry: Option<&Entry>) -> String {
    match entry {
        Some(Entry::Known(Value::Choice(code))) => format::option(words, field, code),
        Some(Entry::Known(Value::NotYet)) => words.say("value-not-yet").into_owned(),
        Some(Entry::Known(Value::Phone(phone))) => format::phone(words, phone),
        Some(Entry::Known(Value::Fen(amount))) if !is_column(field) => format::money(*amount),
        Some(Entry::Known(Value::Text(text))) => text_of(words, field, text),
        Some(Entry::Known(Value::Link(_))) => String::new(),
        Some(Entry::Erased) => words.say("value-erased").into_owned(),
        other => typed::editable(other),
    }
}

/// An entry as it is told in a sentence or in the history.
pub fn told(words: &Words, field: Field, entry: &Entry, today: NaiveDate) -> String {
    match entry {
        Entry::Known(Value::Date(day)) => format::day(words, *day, today),
        Entry::Known(Value::Fen(amount)) => format::money(*amount),
        Entry::Known(Value::Link(_)) => "…".to_string(),
        Entry::Unknown => words.say("value-none").into_owned(),
        entry => in_form(words, field, Some(entry)),
    }
}

/// Whether the money stands in a column, where the sign of the currency is left out.
fn is_column(field: Field) -> bool {
    field == Field::LinePrice
}

fn text_of(words: &Words, field: Field, text: &str) -> String {
    let is_courier = matches!(field, Field::Courier | Field::CourierBack);
    match Courier::from_code(text).filter(|_| is_courier) {
        Some(courier) => format::courier(words, courier),
        None => text.replace('\n', " "),
    }
}
