//! What is typed into a field, read as what the field holds; and a value as it is typed.

use chrono::NaiveDate;

use crate::desk::day::{self, DayFault};
use crate::desk::field::{Field, FieldKind};
use crate::desk::fold::fold_trim;
use crate::desk::money::{Fen, MoneyFault};
use crate::desk::phone::{Phone, PhoneFault};
use crate::desk::serial::{Serial, SerialFault};
use crate::desk::value::{Entry, Value};
use crate::desk::yesno;

/// Why a text says nothing the field can hold. The screen puts it in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No day.
    Day(DayFault),
    /// No phone number.
    Phone(PhoneFault),
    /// No amount.
    Money(MoneyFault),
    /// No serial number.
    Serial(SerialFault),
    /// No count.
    Number,
    /// None of the options.
    Choice,
}

impl Fault {
    /// Whether typing on may still make it right; then the screen waits with its word.
    pub fn is_incomplete(self) -> bool {
        match self {
            Fault::Day(fault) => fault.is_incomplete(),
            Fault::Phone(fault) => fault.is_incomplete(),
            Fault::Money(MoneyFault::Empty | MoneyFault::Incomplete) => true,
            Fault::Serial(SerialFault::Empty) => true,
            Fault::Money(_) | Fault::Serial(_) | Fault::Number | Fault::Choice => false,
        }
    }
}

/// The words for 'known not to have happened'.
const NOT_YET: [&str; 6] = ["not yet", "notyet", "no", "未", "还没", "没有"];

/// Reads `text` as what `field` holds. Nothing typed means unknown.
pub fn read(field: Field, text: &str, today: NaiveDate) -> Result<Entry, Fault> {
    let plain = fold_trim(text);
    if plain.is_empty() {
        return Ok(Entry::Unknown);
    }
    let value = match field.kind() {
        FieldKind::Date { not_yet: true }
            if NOT_YET.contains(&plain.to_lowercase().as_str()) || plain == "not_yet" =>
        {
            Value::NotYet
        }
        FieldKind::Date { .. } => Value::Date(day::parse(&plain, today).map_err(Fault::Day)?),
        FieldKind::Phone => Value::Phone(Phone::parse(&plain).map_err(Fault::Phone)?),
        FieldKind::Serial => Value::Serial(Serial::parse(&plain).map_err(Fault::Serial)?),
        FieldKind::Money => Value::Fen(Fen::parse(&plain).map_err(Fault::Money)?),
        FieldKind::Number => Value::Number(plain.parse().map_err(|_| Fault::Number)?),
        FieldKind::Choice(options) => Value::Choice(choice(options, &plain).ok_or(Fault::Choice)?),
        FieldKind::Text { .. } => Value::Text(text.trim().to_string()),
        FieldKind::Link => return Err(Fault::Choice),
    };
    Ok(Entry::Known(value))
}

/// Like [`read`], but what cannot be read is kept as it was typed.
pub fn entry(field: Field, text: &str, today: NaiveDate) -> Entry {
    read(field, text, today).unwrap_or_else(|_| Entry::Unreadable(text.to_string()))
}

/// The text a person would type for what the field holds now.
pub fn editable(entry: Option<&Entry>) -> String {
    match entry {
        Some(Entry::Known(Value::Fen(fen))) => fen.plain(),
        Some(Entry::Known(Value::Phone(phone))) => phone.to_string(),
        Some(Entry::Known(Value::NotYet)) => "not yet".to_string(),
        Some(Entry::Known(value)) => value.to_stored(),
        Some(Entry::Unreadable(text)) => text.clone(),
        Some(Entry::Unknown | Entry::Erased) | None => String::new(),
    }
}

/// The option a digit stands for: 1 is the first, 0 the tenth.
pub(super) fn by_digit<'a, T>(options: &'a [T], digit: &str) -> Option<&'a T> {
    let place = match digit.parse::<usize>().ok()? {
        0 => 9,
        digit => digit - 1,
    };
    options.get(place)
}

fn choice(options: &'static [&'static str], plain: &str) -> Option<&'static str> {
    if let Some(option) = options.iter().find(|option| **option == plain) {
        return Some(option);
    }
    let position: Option<usize> = plain.parse().ok();
    if let Some(option) = position.and_then(|digit| options.get(digit.checked_sub(1)?)) {
        return Some(option);
    }
    match (options, yesno::parse(plain)) {
        (["yes", "no"], Some(true)) => Some("yes"),
        (["yes", "no"], Some(false)) => Some("no"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    #[test]
    fn what_people_type_is_read_as_the_field_holds_it() {
        let day = |y, m, d| Value::Date(NaiveDate::from_ymd_opt(y, m, d).unwrap());
        let table: &[(Field, &str, Value)] = &[
            (Field::ReceiptDate, "2026-11-03", day(2026, 11, 3)),
            (Field::ReceiptDate, "昨天", day(2026, 11, 21)),
            (Field::ConfirmDate, "not yet", Value::NotYet),
            (Field::Complete, "y", Value::YES),
            (Field::Complete, "否", Value::NO),
            (Field::Complete, "２", Value::NO),
            (Field::Proof, "3", Value::Choice("falsified")),
            (Field::AgreedCeiling, "¥80", Value::Fen(Fen(8_000))),
            (Field::LineQuantity, "３", Value::Number(3)),
            (Field::Caller, " 王小明 ", Value::Text("王小明".into())),
        ];
        for (field, typed, value) in table {
            let expected = Ok(Entry::Known(value.clone()));
            assert_eq!(read(*field, typed, today()), expected, "{typed}");
        }
    }

    #[test]
    fn a_wrong_value_keeps_what_was_typed_and_counts_as_unknown() {
        for (field, typed) in [
            (Field::ReceiptDate, "2026-02-30"),
            (Field::Phone, "12x"),
            (Field::LinePrice, "8,00.001"),
            (Field::LineQuantity, "-1"),
            (Field::Proof, "9"),
        ] {
            let kept = entry(field, typed, today());
            assert_eq!(kept, Entry::Unreadable(typed.to_string()));
            assert_eq!(kept.value(), None);
            assert_eq!(editable(Some(&kept)), typed);
        }
    }

    #[test]
    fn a_phone_keeps_its_extension_while_it_is_edited() {
        let known = read(Field::Phone, "0755-23456789-8012", today()).unwrap();
        let shown = editable(Some(&known));
        assert_eq!(shown, "0755 2345 6789 ext 8012");
        assert_eq!(read(Field::Phone, &shown, today()), Ok(known));
    }

    #[test]
    fn an_empty_field_is_unknown() {
        assert_eq!(entry(Field::Caller, "  ", today()), Entry::Unknown);
    }
}
