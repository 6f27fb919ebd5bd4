//! What is wrong with a typed value, in words.

use super::i18n::{Arg, Words};
use super::text::visible;
use crate::desk::day::{self, DayFault};
use crate::desk::money::MoneyFault;
use crate::desk::phone::PhoneFault;
use crate::desk::serial::{Serial, SerialFault};

/// What is wrong with a telephone number.
pub fn phone(words: &Words, fault: PhoneFault) -> String {
    match fault {
        PhoneFault::Empty => say(words, "fault-empty"),
        PhoneFault::Unexpected(c) => character(words, c),
        PhoneFault::TooShort { have, need } => counted(words, "fault-phone-short", have, need),
        PhoneFault::TooLong { have, most } => counted(words, "fault-phone-long", have, most),
        PhoneFault::TwoNumbers => say(words, "fault-phone-two"),
        PhoneFault::ExtensionMissing => say(words, "fault-phone-extension"),
        PhoneFault::ExtensionTooLong => say(words, "fault-phone-extension-long"),
        PhoneFault::Country => say(words, "fault-phone-country"),
    }
}

/// What is wrong with a serial number.
pub fn serial(words: &Words, fault: SerialFault) -> String {
    match fault {
        SerialFault::Empty => say(words, "fault-empty"),
        SerialFault::Control(c) => {
            let shown = c.to_string();
            let args = [("character", Arg::Text(&visible(&shown)))];
            words.say_with("fault-control", &args)
        }
        SerialFault::TooLong { have } => counted(words, "fault-serial-long", have, Serial::MAX),
    }
}

/// What is wrong with an amount of money.
pub fn money(words: &Words, fault: MoneyFault) -> String {
    match fault {
        MoneyFault::Empty => say(words, "fault-empty"),
        MoneyFault::Incomplete => say(words, "fault-money-incomplete"),
        MoneyFault::Unexpected(c) => character(words, c),
        MoneyFault::Decimals => say(words, "fault-money-decimals"),
        MoneyFault::Grouping => say(words, "fault-money-grouping"),
        MoneyFault::Negative => say(words, "fault-money-negative"),
        MoneyFault::TooLarge => say(words, "fault-money-large"),
    }
}

/// What is wrong with a day.
pub fn day(words: &Words, fault: DayFault) -> String {
    match fault {
        DayFault::Empty => say(words, "fault-empty"),
        DayFault::Incomplete => say(words, "fault-day-incomplete"),
        DayFault::NoSuchMonth { month } => {
            let args = [("month", Arg::Number(i64::from(month)))];
            words.say_with("fault-day-month", &args)
        }
        DayFault::NoSuchDay {
            year, month, last, ..
        } => {
            let name = words.say_with(&format!("month-{month}"), &[]);
            let year_text = year.map(|year| year.to_string()).unwrap_or_default();
            let args = [
                ("month", Arg::Text(&name)),
                ("last", Arg::Number(i64::from(last))),
                ("year", Arg::Text(&year_text)),
            ];
            let id = match year {
                Some(_) => "fault-day-day-of-year",
                None => "fault-day-day",
            };
            words.say_with(id, &args)
        }
        DayFault::YearDigits => say(words, "fault-day-year-digits"),
        DayFault::OutOfRange => {
            let (first, last) = (day::FIRST_YEAR.to_string(), day::LAST_YEAR.to_string());
            let args = [("first", Arg::Text(&first)), ("last", Arg::Text(&last))];
            words.say_with("fault-day-range", &args)
        }
        DayFault::NotADay => say(words, "fault-day-unknown"),
    }
}

fn say(words: &Words, id: &str) -> String {
    words.say_with(id, &[])
}

fn character(words: &Words, c: char) -> String {
    let shown = c.to_string();
    words.say_with(
        "fault-character",
        &[("character", Arg::Text(&visible(&shown)))],
    )
}

fn counted(words: &Words, id: &str, have: usize, limit: usize) -> String {
    let number = |count: usize| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
    let args = [
        ("have", number(have)),
        ("need", number(limit)),
        ("most", number(limit)),
    ];
    words.say_with(id, &args)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{money::Fen, phone::Phone};
    use crate::ui::i18n::Language;
    use chrono::NaiveDate;

    /// What is said in both languages, having been found by reading `typed`.
    fn both(fault: impl Fn(&Words) -> String) -> (String, String) {
        let [en, zh] = Language::ALL.map(Words::new);
        (fault(&en), fault(&zh))
    }

    fn check(said: (String, String), english: &str, chinese: &str) {
        assert_eq!(said, (english.to_string(), chinese.to_string()));
    }

    #[test]
    fn faults_are_told_in_both_languages() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let phone_of = |typed: &str| Phone::parse(typed).unwrap_err();
        let day_of = |typed: &str| day::parse(typed, today).unwrap_err();
        check(
            both(|words| phone(words, phone_of("138 0000"))),
            "7 digits of at least 11",
            "只有 7 位，至少要 11 位",
        );
        check(
            both(|words| phone(words, phone_of("138\u{1b}"))),
            "'␛' does not belong here",
            "不应有“␛”",
        );
        check(
            both(|words| serial(words, Serial::parse("80\u{1d}H2").unwrap_err())),
            "a control character (␝) in it",
            "含有控制字符（␝）",
        );
        check(
            both(|words| money(words, Fen::parse("80.555").unwrap_err())),
            "at most two decimals",
            "最多两位小数",
        );
        check(
            both(|words| day(words, day_of("2026-02-30"))),
            "Feb 2026 has 28 days",
            "2026年2月只有 28 天",
        );
        check(
            both(|words| day(words, day_of("13-01"))),
            "there is no month 13",
            "没有 13 月",
        );
        check(
            both(|words| day(words, day_of("1799-01-01"))),
            "only 1900 to 2199",
            "只接受 1900 至 2199 年",
        );
    }

    #[test]
    fn every_fault_has_words() {
        let phones = [
            PhoneFault::Empty,
            PhoneFault::Unexpected('x'),
            PhoneFault::TooShort { have: 1, need: 5 },
            PhoneFault::TooLong { have: 13, most: 12 },
            PhoneFault::TwoNumbers,
            PhoneFault::ExtensionMissing,
            PhoneFault::ExtensionTooLong,
            PhoneFault::Country,
        ];
        let serials = [
            SerialFault::Empty,
            SerialFault::Control('\0'),
            SerialFault::TooLong { have: 41 },
        ];
        let amounts = [
            MoneyFault::Empty,
            MoneyFault::Incomplete,
            MoneyFault::Unexpected('x'),
            MoneyFault::Decimals,
            MoneyFault::Grouping,
            MoneyFault::Negative,
            MoneyFault::TooLarge,
        ];
        let days = [
            DayFault::Empty,
            DayFault::Incomplete,
            DayFault::NoSuchMonth { month: 13 },
            DayFault::NoSuchDay {
                year: None,
                month: 2,
                day: 30,
                last: 29,
            },
            DayFault::YearDigits,
            DayFault::OutOfRange,
            DayFault::NotADay,
        ];
        for words in Language::ALL.map(Words::new) {
            let said = phones
                .iter()
                .map(|fault| phone(&words, *fault))
                .chain(serials.iter().map(|fault| serial(&words, *fault)))
                .chain(amounts.iter().map(|fault| money(&words, *fault)))
                .chain(days.iter().map(|fault| day(&words, *fault)));
            for text in said {
                // A missing message shows its id, a missing value its name.
                assert!(!text.contains("fault-") && !text.contains('{'), "{text}");
            }
        }
    }
}
