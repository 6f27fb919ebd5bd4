//! Days, instants, telephone numbers and money in the language of the screen.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use super::i18n::{Arg, Language, Words};
use super::text::visible;
use crate::desk::field::Field;
use crate::desk::money::Fen;
use crate::desk::phone::Phone;
use crate::desk::scan::Courier;
use crate::work::earlier::EarlierRepair;
use crate::work::elsewhere::Elsewhere;

/// A day, short: `3 Mar`, `3月3日`; with the year when it is not the year of `today`.
pub fn day(words: &Words, day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() {
        day_without_year(words, day)
    } else {
        day_with_year(words, day)
    }
}

/// A day without its year: `3 Mar`, `3月3日`.
pub fn day_without_year(words: &Words, day: NaiveDate) -> String {
    let month = words.say_with(&format!("month-{}", day.month()), &[]);
    let args = [
        ("day", Arg::Text(&day.day().to_string())),
        ("month", Arg::Text(&month)),
    ];
    words.say_with("day-short", &args)
}

/// A day with its year: `3 Mar 2027`, `2027年3月3日`.
pub fn day_with_year(words: &Words, day: NaiveDate) -> String {
    let month = words.say_with(&format!("month-{}", day.month()), &[]);
    let args = [
        ("day", Arg::Text(&day.day().to_string())),
        ("month", Arg::Text(&month)),
        ("year", Arg::Text(&day.year().to_string())),
    ];
    words.say_with("day-with-year", &args)
}

/// The day of the week, short: `Tue`, `周二`.
pub fn weekday(words: &Words, day: NaiveDate) -> String {
    let number = day.weekday().number_from_monday();
    words.say_with(&format!("weekday-{number}"), &[])
}

/// A short day with its day of the week: `Tue 3 Mar`, `3月3日周二`.
pub fn day_with_weekday(words: &Words, date: NaiveDate, today: NaiveDate) -> String {
    let args = [
        ("weekday", Arg::Text(&weekday(words, date))),
        ("day", Arg::Text(&day(words, date, today))),
    ];
    words.say_with("day-with-weekday", &args)
}

/// A day counted from today: `today`, `yesterday`, `in 3 days`, `5 days ago`.
pub fn day_from_today(words: &Words, day: NaiveDate, today: NaiveDate) -> String {
    let days = day.signed_duration_since(today).num_days();
    let id = match days {
        0 => "day-today",
        -1 => "day-yesterday",
        1 => "day-tomorrow",
        2.. => "day-in",
        _ => "day-ago",
    };
    let count = i64::try_from(days.unsigned_abs()).unwrap_or(i64::MAX);
    words.say_with(id, &[("days", Arg::Number(count))])
}

/// A number of days: `1 day`, `60 days`, `60天`.
pub fn days(words: &Words, count: i64) -> String {
    words.say_with("span-days", &[("days", Arg::Number(count))])
}

/// A time of the day at the service centre: `14:05`.
pub fn time(at: NaiveDateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// An instant at the service centre: `14:05` for today, else with the short day in front.
pub fn moment(words: &Words, at: NaiveDateTime, today: NaiveDate) -> String {
    if at.date() == today {
        return time(at);
    }
    let args = [
        ("day", Arg::Text(&day(words, at.date(), today))),
        ("time", Arg::Text(&time(at))),
    ];
    words.say_with("moment", &args)
}

/// A telephone number in groups: `138 0000 0000`, `0755 2345 6789 ext 12`, `… 转 12`.
/// [`Phone::parse`] reads either back.
pub fn phone(words: &Words, phone: &Phone) -> String {
    match phone.extension() {
        Some(extension) => {
            let args = [
                ("number", Arg::Text(&phone.grouped())),
                ("extension", Arg::Text(extension)),
            ];
            words.say_with("phone-with-extension", &args)
        }
        None => phone.grouped(),
    }
}

/// Money: `¥ 80`, `¥ 1,200.50`; the same in both languages.
pub fn money(amount: Fen) -> String {
    amount.to_string()
}

/// Yes or no.
pub fn answer(words: &Words, yes: bool) -> String {
    words.say_with(if yes { "answer-yes" } else { "answer-no" }, &[])
}

/// The name of a courier.
pub fn courier(words: &Words, courier: Courier) -> String {
    words.say_with(&format!("courier-{}", courier.code()), &[])
}

/// Other cases of a unit and where they stand: `RMA26-00003, at the bench`.
pub fn elsewhere(words: &Words, others: &[Elsewhere]) -> String {
    let told = others.iter().map(|other| {
        let stage = words.say_with(&format!("elsewhere-{}", other.stage.code()), &[]);
        let number = match &other.number {
            Some(number) => number.clone(),
            None => words.say("elsewhere-no-number").into_owned(),
        };
        let args = [("number", Arg::Text(&number)), ("stage", Arg::Text(&stage))];
        words.say_with("elsewhere-case", &args)
    });
    let told: Vec<String> = told.collect();
    told.join(&words.say("elsewhere-and"))
}

/// The name of a field: the message `field-<code>`.
pub fn field(words: &Words, field: Field) -> String {
    words.say(&field_id(field)).into_owned()
}

/// The message that names a field.
pub fn field_id(field: Field) -> String {
    format!("field-{}", dashed(field.code()))
}

/// An option of a field in words: the message `option-<field>-<code>`; yes and no are the same
/// everywhere.
pub fn option(words: &Words, field: Field, code: &str) -> String {
    words.say(&option_id(field, code)).into_owned()
}

/// The message that names an option of a field.
pub fn option_id(field: Field, code: &str) -> String {
    match (field.options(), code) {
        (["yes", "no"], "yes") => "answer-yes".to_string(),
        (["yes", "no"], "no") => "answer-no".to_string(),
        _ => format!("option-{}-{}", dashed(field.code()), dashed(code)),
    }
}

/// A code as a part of a message id.
fn dashed(code: &str) -> String {
    code.replace(['_', '+'], "-")
}

/// A message about the unit of an earlier case: with its number, its serial number, its model.
pub fn unit(words: &Words, id: &str, earlier: &EarlierRepair) -> String {
    let shown = |text: &Option<String>| visible(text.as_deref().unwrap_or_default()).into_owned();
    let (serial, model) = (shown(&earlier.serial), shown(&earlier.model));
    let args = [
        ("number", Arg::Text(&earlier.number)),
        ("serial", Arg::Text(&serial)),
        ("model", Arg::Text(&model)),
    ];
    words.say_with(id, &args)
}

/// That others have the same number: their extensions, or that they have none.
pub fn other_extensions(words: &Words, phones: &[Phone]) -> String {
    match extensions(words, phones) {
        Some(known) => words.say_with("phone-other-extension", &[("extension", Arg::Text(&known))]),
        None => words.say("phone-without-extension").into_owned(),
    }
}

/// Which of the extensions known behind a number it is.
pub fn which_extension(words: &Words, phones: &[Phone]) -> String {
    let known = extensions(words, phones).unwrap_or_default();
    words.say_with("phone-which-extension", &[("extension", Arg::Text(&known))])
}

fn extensions(words: &Words, phones: &[Phone]) -> Option<String> {
    let known: Vec<&str> = phones.iter().filter_map(Phone::extension).take(3).collect();
    let between = match words.language() {
        Language::Chinese => "、",
        Language::English => ", ",
    };
    (!known.is_empty()).then(|| known.join(between))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::day as days_typed;
    use crate::ui::i18n::Language;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
    }

    fn both() -> [Words; 2] {
        Language::ALL.map(Words::new)
    }

    #[test]
    fn days_are_shown_by_language() {
        let today = date("2026-11-22");
        let [en, zh] = both();
        let table = [
            ("2026-03-03", "3 Mar", "3月3日"),
            ("2027-03-14", "14 Mar 2027", "2027年3月14日"),
        ];
        for (given, english, chinese) in table {
            assert_eq!(day(&en, date(given), today), english);
            assert_eq!(day(&zh, date(given), today), chinese);
        }
        assert_eq!(day_with_weekday(&en, today, today), "Sun 22 Nov");
        assert_eq!(day_with_weekday(&zh, today, today), "11月22日周日");
    }

    #[test]
    fn days_are_counted_from_today() {
        let today = date("2026-11-22");
        let [en, zh] = both();
        let table = [
            ("2026-11-22", "today", "今天"),
            ("2026-11-21", "yesterday", "昨天"),
            ("2026-11-23", "tomorrow", "明天"),
            ("2026-11-25", "in 3 days", "3天后"),
            ("2026-11-17", "5 days ago", "5天前"),
        ];
        for (given, english, chinese) in table {
            assert_eq!(day_from_today(&en, date(given), today), english);
            assert_eq!(day_from_today(&zh, date(given), today), chinese);
        }
        assert_eq!(
            (days(&en, 1), days(&en, 60)),
            ("1 day".into(), "60 days".into())
        );
        assert_eq!((days(&zh, 1), days(&zh, 60)), ("1天".into(), "60天".into()));
    }

    #[test]
    fn an_instant_of_today_needs_no_day() {
        let today = date("2026-11-22");
        let [en, zh] = both();
        let at = |day: &str| date(day).and_hms_opt(14, 5, 0).unwrap();
        assert_eq!(moment(&en, at("2026-11-22"), today), "14:05");
        assert_eq!(moment(&en, at("2026-11-03"), today), "3 Nov 14:05");
        assert_eq!(moment(&zh, at("2025-11-03"), today), "2025年11月3日 14:05");
    }

    #[test]
    fn an_extension_is_said_in_either_language_and_reads_back() {
        let number = Phone::parse("0755-23456789-12").unwrap();
        let [en, zh] = both();
        assert_eq!(phone(&en, &number), "0755 2345 6789 ext 12");
        assert_eq!(phone(&zh, &number), "0755 2345 6789 转 12");
        for words in both() {
            assert_eq!(Phone::parse(&phone(&words, &number)), Ok(number.clone()));
        }
    }

    #[test]
    fn every_month_weekday_and_courier_has_a_name() {
        for words in both() {
            for month in 1..=12 {
                assert!(words.has(&format!("month-{month}")));
            }
            for weekday in 1..=7 {
                assert!(words.has(&format!("weekday-{weekday}")));
            }
            for courier in Courier::ALL {
                assert!(words.has(&format!("courier-{}", courier.code())));
            }
        }
        assert_eq!(answer(&both()[1], true), "是");
    }

    proptest! {
        #[test]
        fn a_shown_day_with_its_year_reads_back(n in 0i64..100_000) {
            let given = date("1900-01-01") + chrono::Duration::days(n);
            for words in both() {
                let shown = day_with_year(&words, given);
                prop_assert_eq!(days_typed::parse(&shown, date("2026-11-22")), Ok(given), "{}", shown);
            }
        }
    }
}
