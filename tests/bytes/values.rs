//! What is typed into fields and stands in the file: days, phones, serials, money, scans.

use super::{cases, in_time, text};
use aftercare::desk::day;
use aftercare::desk::field::Field;
use aftercare::desk::fold::fold;
use aftercare::desk::money::Fen;
use aftercare::desk::phone::Phone;
use aftercare::desk::scan::{CaseNumber, Shape, shape, waybill_number};
use aftercare::desk::serial::Serial;
use aftercare::desk::value::{Entry, Value};
use aftercare::flow::typed::{editable, entry, read};
use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;

const DAYS: &[&str] = &[
    "2026",
    "-",
    "/",
    ".",
    "11",
    "3",
    "0",
    "29",
    "2",
    "31",
    "年",
    "月",
    "日",
    "昨天",
    "大后天",
    "Nov",
    "feb",
    "+",
    " ",
    "２",
    "－",
    "yesterday",
    "9",
    "1900",
    "2199",
    "20261103",
];
const PHONES: &[&str] = &[
    "138", "0000", "0755", "2345", "-", " ", "+86", "0086", "+", "(", ")", "转", "ext", "x", "#",
    "400", "1", "０", "；", ";ext=", "00", "44", "86", "10", "9",
];
const MONEY: &[&str] = &[
    "¥",
    "￥",
    "80",
    "元",
    ",",
    "200",
    "1",
    ".",
    "5",
    "00",
    "-",
    " ",
    "０",
    "块",
    "9223372036854775807",
    "000",
    "RMB",
    "分",
];
const SCANS: &[&str] = &[
    "RMA",
    "26",
    "-",
    "00042",
    "SF",
    "1234567890123",
    "JDVB",
    "AC:",
    "board",
    "80H2",
    "7731",
    " ",
    "138",
    "00000000",
    "ＲＭＡ",
    "JD",
    "ZTO",
    "1Z",
    "\u{1d}",
    "/",
    "0755",
    "EMS",
    "CN",
    "999999999",
];

fn today() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(1999, 12, 25).unwrap();
    (0u64..40_000).prop_map(move |days| first.checked_add_days(Days::new(days)).unwrap())
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn a_day_that_is_read_is_stored_and_read_again(text in text(DAYS), today in today()) {
        match day::parse(&text, today) {
            Ok(found) => {
                prop_assert!((day::FIRST_YEAR..=day::LAST_YEAR).contains(&found.year()), "{}", found);
                prop_assert_eq!(day::parse(&day::storage(found), today), Ok(found));
                // Without its year or month it has happened already.
                let digits = text.chars().filter(char::is_ascii_digit).count();
                let said = text.chars().all(|c| c.is_ascii_digit() || c == '-') && digits < 5;
                prop_assert!(!said || found <= today, "{text:?} is {found}, today is {today}");
            }
            Err(fault) => {
                prop_assert_eq!(fault.is_incomplete(), matches!(fault, day::DayFault::Empty | day::DayFault::Incomplete));
                prop_assert_eq!(day::parse(&fold(&text), today), Err(fault));
            }
        }
    }

    #[test]
    fn a_phone_that_is_read_is_the_same_however_it_is_shown(text in text(PHONES)) {
        match Phone::parse(&text) {
            Ok(phone) => {
                prop_assert!(phone.digits().bytes().all(|b| b.is_ascii_digit()), "{:?}", phone);
                for shown in [phone.storage(), phone.to_string()] {
                    prop_assert_eq!(Phone::parse(&shown), Ok(phone.clone()), "{}", shown);
                }
                // Without its extension.
                let line = Phone::parse(&phone.grouped());
                prop_assert!(line.is_ok_and(|line| line.same_line(&phone)), "{}", phone.grouped());
            }
            Err(fault) => prop_assert_eq!(Phone::parse(&fold(&text)), Err(fault)),
        }
    }

    #[test]
    fn a_serial_number_that_is_read_holds_nothing_hidden(text in text(SCANS)) {
        match Serial::parse(&text) {
            Ok(serial) => {
                prop_assert_eq!(Serial::parse(serial.as_str()), Ok(serial.clone()));
                prop_assert!(!serial.as_str().contains(char::is_control));
                prop_assert!(serial.as_str().chars().count() <= Serial::MAX);
            }
            Err(fault) => prop_assert_eq!(Serial::parse(&fold(&text)), Err(fault)),
        }
    }

    #[test]
    fn an_amount_that_is_read_is_the_same_however_it_is_shown(text in text(MONEY)) {
        match Fen::parse_signed(&text) {
            Ok(fen) => {
                for shown in [fen.plain(), fen.with_decimals(), fen.to_string()] {
                    prop_assert_eq!(Fen::parse_signed(&shown), Ok(fen), "{}", shown);
                }
                prop_assert_eq!(Fen::parse(&text).is_ok(), fen >= Fen::ZERO);
            }
            Err(fault) => prop_assert_eq!(Fen::parse(&text), Err(fault)),
        }
    }

    #[test]
    fn a_scan_has_the_same_shape_when_it_is_typed_from_the_screen(text in text(SCANS)) {
        let found = shape(&text);
        let shown = match &found {
            Shape::CaseNumber(number) => number.to_string(),
            Shape::Waybill { number, .. } => number.clone(),
            Shape::Command(command) => format!("AC:{command}"),
            Shape::Phone(phone) => phone.storage(),
            Shape::Serial(serial) => serial.as_str().to_string(),
            Shape::Unknown(text) => text.clone(),
        };
        prop_assert_eq!(shape(&shown), found, "shown as {}", shown);
    }

    #[test]
    fn a_waybill_is_plain_and_reads_as_itself(text in text(SCANS)) {
        if let Some(number) = waybill_number(&text) {
            prop_assert!(number.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-'));
            prop_assert_eq!(waybill_number(&number), Some(number));
        }
        if let Some(number) = CaseNumber::parse(&text) {
            prop_assert_eq!(CaseNumber::parse(&number.to_string()), Some(number));
        }
    }

    #[test]
    fn what_is_typed_into_any_field_is_typed_again_as_the_same(
        field in prop::sample::select(Field::ALL),
        text in prop_oneof![text(DAYS), text(PHONES), text(MONEY), text(SCANS)],
        today in today(),
    ) {
        let kept = entry(field, &text, today);
        match &kept {
            Entry::Known(value) => {
                let stored = value.to_stored();
                prop_assert_eq!(Value::from_stored(field, &stored), Some(value.clone()), "{}", stored);
            }
            Entry::Unreadable(left) => {
                prop_assert_eq!(left, &text);
                prop_assert!(read(field, &text, today).is_err());
            }
            Entry::Unknown => prop_assert!(fold(&text).trim().is_empty()),
            Entry::Erased => prop_assert!(false, "nothing typed erases"),
        }
        prop_assert_eq!(entry(field, &editable(Some(&kept)), today), kept);
    }

    #[test]
    fn what_stands_in_the_file_is_one_value_or_none(
        field in prop::sample::select(Field::ALL),
        text in prop_oneof![text(DAYS), text(PHONES), text(MONEY), any::<i64>().prop_map(|n| n.to_string())],
    ) {
        if let Some(value) = Value::from_stored(field, &text) {
            prop_assert_eq!(Value::from_stored(field, &value.to_stored()), Some(value));
        }
    }
}

#[test]
fn a_megabyte_in_a_field_is_read_in_a_moment() {
    for piece in [
        "9", "王", "-", " ", "+", "\u{200d}", "\u{301}", "x", "1,", "RMA", "a1-",
    ] {
        in_time(piece, move || {
            let text = piece.repeat((1 << 20) / piece.len());
            let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
            for field in Field::ALL {
                let kept = entry(*field, &text, today);
                if let Entry::Unreadable(left) = &kept {
                    assert_eq!(left, &text);
                }
                assert_ne!(kept, Entry::Erased);
                let stored = Value::from_stored(*field, &text);
                assert!(stored.is_none_or(
                    |value| Value::from_stored(*field, &value.to_stored()) == Some(value)
                ));
            }
            assert!(!matches!(
                shape(&text),
                Shape::CaseNumber(_) | Shape::Phone(_)
            ));
        });
    }
}
