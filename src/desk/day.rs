//! Days as people type them.
//!
//! A day without a year, or a bare day of the month, is the latest such day that is not after
//! today: what a desk writes down has mostly happened. A day to come is written with its year or
//! as `+3`. With two numbers the month comes first, as in `2026-11-03` and in Chinese: `11/3` is
//! 3 November.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::fold::fold_trim;

/// Why a text is no day (yet).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayFault {
    /// Nothing there.
    Empty,
    /// The beginning of a day: typing on may complete it.
    Incomplete,
    /// There is no such month.
    NoSuchMonth {
        /// The month as typed.
        month: u32,
    },
    /// The month has no such day.
    NoSuchDay {
        /// The year as typed; `None` where no year has such a day.
        year: Option<i32>,
        /// The month, 1 to 12.
        month: u32,
        /// The day as typed.
        day: u32,
        /// The last day of that month.
        last: u32,
    },
    /// A year that is not written with four digits.
    YearDigits,
    /// Outside [`FIRST_YEAR`] to [`LAST_YEAR`].
    OutOfRange,
    /// Not a day in any way of writing that is understood.
    NotADay,
}

impl DayFault {
    /// Whether typing on may still make it a day.
    pub fn is_incomplete(self) -> bool {
        matches!(self, DayFault::Empty | DayFault::Incomplete)
    }
}

/// The first year a day is accepted in.
pub const FIRST_YEAR: i32 = 1900;
/// The last year a day is accepted in.
pub const LAST_YEAR: i32 = 2199;

/// Words for a day, with how many days from today they are.
const WORDS: [(&str, i64); 16] = [
    ("today", 0),
    ("yesterday", -1),
    ("tomorrow", 1),
    ("now", 0),
    ("今天", 0),
    ("今日", 0),
    ("昨天", -1),
    ("昨日", -1),
    ("前天", -2),
    ("前日", -2),
    ("大前天", -3),
    ("明天", 1),
    ("明日", 1),
    ("后天", 2),
    ("大后天", 3),
    ("当天", 0),
];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads a day. Understood are `2026-11-03` (also with `/` or `.`), `20261103`, `2026年11月3日`;
/// without a year `11-03`, `11/3`, `1103`, `11月3日`, `3 Nov`, `Nov 3`; a day of the month `3`,
/// `3日`; `-2` (two days ago), `+3`; `today`, `yesterday`, `今天`, `昨天`, `前天` and the like.
/// Full-width characters are folded first.
///
/// # Errors
/// [`DayFault::Incomplete`] while more typing may make it a day, else what is wrong.
pub fn parse(text: &str, today: NaiveDate) -> Result<NaiveDate, DayFault> {
    let folded = fold_trim(text).to_lowercase();
    if folded.is_empty() {
        return Err(DayFault::Empty);
    }
    if let Some((_, days)) = WORDS.iter().find(|(word, _)| *word == folded) {
        return shifted(today, *days);
    }
    if let Some(result) = read_offset(&folded, today) {
        return result;
    }
    let mut tokens = tokens(&folded)?;
    drop_ordinals(&mut tokens);
    if let Some(month_at) = tokens
        .iter()
        .position(|token| matches!(token, Token::Word(_)))
    {
        return read_with_name(&tokens, month_at, &folded, today);
    }
    read_numbers(&tokens, today)
}

/// A day found by going back from today, which may lead before the first year.
fn accepted(day: NaiveDate) -> Result<NaiveDate, DayFault> {
    if in_range(day.year()) {
        Ok(day)
    } else {
        Err(DayFault::OutOfRange)
    }
}

/// `-2`, `+3`: days from today. `None` when the text is nothing of the kind.
fn read_offset(text: &str, today: NaiveDate) -> Option<Result<NaiveDate, DayFault>> {
    let (sign, rest) = match (text.strip_prefix('-'), text.strip_prefix('+')) {
        (Some(rest), _) => (-1, rest),
        (_, Some(rest)) => (1, rest),
        _ => return None,
    };
    let digits = rest.trim();
    if digits.is_empty() {
        return Some(Err(DayFault::Incomplete));
    }
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Err(DayFault::NotADay));
    }
    if digits.len() > 4 {
        return Some(Err(DayFault::OutOfRange));
    }
    let days: i64 = digits.parse().unwrap_or(0);
    Some(shifted(today, sign * days))
}

fn shifted(today: NaiveDate, days: i64) -> Result<NaiveDate, DayFault> {
    let count = Days::new(days.unsigned_abs());
    let day = if days < 0 {
        today.checked_sub_days(count)
    } else {
        today.checked_add_days(count)
    };
    match day {
        // Today itself is a day whatever the clock says.
        Some(day) if days == 0 || in_range(day.year()) => Ok(day),
        _ => Err(DayFault::OutOfRange),
    }
}

fn in_range(year: i32) -> bool {
    (FIRST_YEAR..=LAST_YEAR).contains(&year)
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// Digits, with the number of digits there are.
    Number(u32, usize),
    /// Letters.
    Word(String),
    /// `-`, `/`, `.`, `,`, `年`, `月`, `日`; a space between two others is none.
    Mark(char),
}

fn tokens(text: &str) -> Result<Vec<Token>, DayFault> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut touching = false;
    for c in text.chars() {
        match c {
            '0'..='9' => {
                let digit = c.to_digit(10).unwrap_or(0);
                match tokens.last_mut() {
                    Some(Token::Number(value, length)) if touching => {
                        *value = value.saturating_mul(10).saturating_add(digit);
                        *length += 1;
                    }
                    _ => tokens.push(Token::Number(digit, 1)),
                }
            }
            'a'..='z' => match tokens.last_mut() {
                Some(Token::Word(word)) if touching => word.push(c),
                _ => tokens.push(Token::Word(c.to_string())),
            },
            '-' | '/' | '.' | ',' | '年' | '月' | '日' => tokens.push(Token::Mark(c)),
            '号' => tokens.push(Token::Mark('日')),
            ' ' => {}
            '今' | '昨' | '前' | '明' | '后' | '大' | '当' if text.chars().count() == 1 => {
                return Err(DayFault::Incomplete);
            }
            _ if text == "大前" || text == "大后" => return Err(DayFault::Incomplete),
            _ => return Err(DayFault::NotADay),
        }
        touching = c != ' ';
    }
    Ok(tokens)
}

/// `3rd Nov` is `3 Nov`.
fn drop_ordinals(tokens: &mut Vec<Token>) {
    let mut after_number = false;
    tokens.retain(|token| {
        let ordinal =
            matches!(token, Token::Word(word) if matches!(word.as_str(), "st" | "nd" | "rd" | "th"));
        let keep = !(ordinal && after_number);
        after_number = matches!(token, Token::Number(..));
        keep
    });
}

/// `3 Nov`, `Nov 3`, either with a year behind.
fn read_with_name(
    tokens: &[Token],
    month_at: usize,
    text: &str,
    today: NaiveDate,
) -> Result<NaiveDate, DayFault> {
    let Some(Token::Word(word)) = tokens.get(month_at) else {
        return Err(DayFault::NotADay);
    };
    let mut numbers = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Number(value, length) => numbers.push((*value, *length)),
            Token::Word(_) if at == month_at => {}
            Token::Mark(',' | '.' | '-' | '/') => {}
            _ => return Err(DayFault::NotADay),
        }
    }
    let Some(month) = month_named(word) else {
        let begins_word = WORDS.iter().any(|(known, _)| known.starts_with(text));
        let begins_month = MONTHS.iter().any(|name| name.starts_with(word.as_str()));
        // 3r on the way to 3rd
        let ending = matches!(word.as_str(), "s" | "n" | "r" | "t");
        let may_go_on = begins_word || begins_month || (ending && month_at == 1);
        return Err(if may_go_on {
            DayFault::Incomplete
        } else {
            DayFault::NotADay
        });
    };
    match numbers.as_slice() {
        [] => Err(DayFault::Incomplete),
        [(day, 1 | 2)] => latest(month, *day, today),
        [(day, 1 | 2), (year, 4)] => exact(*year, month, *day),
        [(_, 1 | 2), (_, 1..=3)] => Err(DayFault::Incomplete),
        _ => Err(DayFault::NotADay),
    }
}

/// The month whose name begins with `word`, of which at least three letters are there.
fn month_named(word: &str) -> Option<u32> {
    if word.len() < 3 {
        return None;
    }
    let word = if word == "sept" { "sep" } else { word };
    let at = MONTHS.iter().position(|name| name.starts_with(word))?;
    u32::try_from(at + 1).ok()
}

fn read_numbers(tokens: &[Token], today: NaiveDate) -> Result<NaiveDate, DayFault> {
    use Token::{Mark, Number};
    match tokens {
        [Number(value, length)] => read_bare(*value, *length, today),
        [Number(day, 1 | 2), Mark('日')] => latest_day(*day, today),
        [Number(year, 4), Mark('年')] | [Number(year, 4), Mark('-' | '/' | '.')] => {
            check_year(*year).and(Err(DayFault::Incomplete))
        }
        [Number(year, 4), Mark(a), Number(month, 1 | 2)] if joins(*a, '年') => check_year(*year)
            .and_then(|_| beginning_of_month(*month))
            .and(Err(DayFault::Incomplete)),
        [Number(year, 4), Mark(a), Number(month, 1 | 2), Mark(b)]
            if joins(*a, '年') && joins(*b, '月') =>
        {
            check_year(*year)
                .and_then(|_| check_month(*month))
                .and(Err(DayFault::Incomplete))
        }
        [
            Number(year, 4),
            Mark(a),
            Number(month, 1 | 2),
            Mark(b),
            Number(day, length @ (1 | 2)),
        ] if joins(*a, '年') && joins(*b, '月') => match (*day, *length) {
            (0, 1) => check_month(*month).and(Err(DayFault::Incomplete)),
            _ => exact(*year, *month, *day),
        },
        [
            Number(year, 4),
            Mark('年'),
            Number(month, 1 | 2),
            Mark('月'),
            Number(day, 1 | 2),
            Mark('日'),
        ] => exact(*year, *month, *day),
        [Number(month, 1 | 2), Mark('-' | '/' | '.' | '月')] => {
            check_month(*month).and(Err(DayFault::Incomplete))
        }
        [
            Number(month, 1 | 2),
            Mark('-' | '/' | '.' | '月'),
            Number(day, length @ (1 | 2)),
        ] => match (*day, *length) {
            (0, 1) => check_month(*month).and(Err(DayFault::Incomplete)),
            _ => latest(*month, *day, today),
        },
        [
            Number(month, 1 | 2),
            Mark('月'),
            Number(day, 1 | 2),
            Mark('日'),
        ] => latest(*month, *day, today),
        // 26-11-03, 3/11/26
        [Number(_, 1..=3), Mark(a), Number(_, _), Mark(b), ..]
            if matches!(a, '-' | '/' | '.' | '年') && matches!(b, '-' | '/' | '.' | '月') =>
        {
            Err(DayFault::YearDigits)
        }
        _ => Err(DayFault::NotADay),
    }
}

fn joins(mark: char, chinese: char) -> bool {
    mark == chinese || matches!(mark, '-' | '/' | '.')
}

/// Digits without anything between them, by how many they are.
fn read_bare(value: u32, length: usize, today: NaiveDate) -> Result<NaiveDate, DayFault> {
    match length {
        1 if value == 0 => Err(DayFault::Incomplete),
        1 | 2 => latest_day(value, today),
        // 1103; years begin with 19, 20 or 21, which is no month
        4 if (1..=12).contains(&(value / 100)) => latest(value / 100, value % 100, today),
        3..=7 if begins_year(value, length) => Err(DayFault::Incomplete),
        // 110 on the way to 1103
        3 if (1..=12).contains(&(value / 10)) => Err(DayFault::Incomplete),
        6 => Err(DayFault::YearDigits),
        8 => exact(value / 10_000, value / 100 % 100, value % 100),
        _ => Err(DayFault::NotADay),
    }
}

/// Whether the first digits are those of a year that is accepted.
fn begins_year(value: u32, length: usize) -> bool {
    let spare = u32::try_from(length.saturating_sub(3)).unwrap_or(0);
    matches!(value / 10_u32.saturating_pow(spare), 190..=219)
}

/// `value` may be the first digit of a month: `0` and `1` are.
fn beginning_of_month(value: u32) -> Result<(), DayFault> {
    match value {
        0..=12 => Ok(()),
        month => Err(DayFault::NoSuchMonth { month }),
    }
}

fn check_month(month: u32) -> Result<(), DayFault> {
    match month {
        1..=12 => Ok(()),
        month => Err(DayFault::NoSuchMonth { month }),
    }
}

fn check_year(year: u32) -> Result<i32, DayFault> {
    match i32::try_from(year) {
        Ok(year) if in_range(year) => Ok(year),
        _ => Err(DayFault::OutOfRange),
    }
}

fn exact(year: u32, month: u32, day: u32) -> Result<NaiveDate, DayFault> {
    let year = check_year(year)?;
    check_month(month)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| DayFault::NoSuchDay {
        year: Some(year),
        month,
        day,
        last: last_of(year, month),
    })
}

/// The last day of a month; 31 where the month is none.
fn last_of(year: i32, month: u32) -> u32 {
    NaiveDate::from_ymd_opt(year, month, 1)
        .and_then(|first| first.checked_add_months(Months::new(1)))
        .and_then(|next| next.pred_opt())
        .map_or(31, |last| last.day())
}

/// The latest such day of the year that is not after today (29 February: up to eight years back).
fn latest(month: u32, day: u32, today: NaiveDate) -> Result<NaiveDate, DayFault> {
    check_month(month)?;
    (0..=8)
        .filter_map(|back| NaiveDate::from_ymd_opt(today.year().checked_sub(back)?, month, day))
        .find(|date| *date <= today)
        .ok_or(DayFault::NoSuchDay {
            year: None,
            month,
            day,
            // 2024 is a leap year: the most days the month ever has.
            last: last_of(2024, month),
        })
        .and_then(accepted)
}

/// The latest such day of a month that is not after today.
fn latest_day(day: u32, today: NaiveDate) -> Result<NaiveDate, DayFault> {
    let first = today.with_day(1).unwrap_or(today);
    (0..=2)
        .filter_map(|back| first.checked_sub_months(Months::new(back))?.with_day(day))
        .find(|date| *date <= today)
        .ok_or(DayFault::NotADay)
        .and_then(accepted)
}

/// The form a day is stored in and read back from: `2026-11-03`.
pub fn storage(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
    }

    #[test]
    fn days_are_read_as_people_type_them() {
        let today = day("2026-11-22");
        let table = [
            ("2026-11-03", "2026-11-03"),
            ("2026-11-3", "2026-11-03"),
            ("2026/11/3", "2026-11-03"),
            ("2026.11.3", "2026-11-03"),
            ("20261103", "2026-11-03"),
            ("２０２６－１１－０３", "2026-11-03"),
            ("2027-01-05", "2027-01-05"),
            ("11-03", "2026-11-03"),
            ("11/3", "2026-11-03"),
            ("1103", "2026-11-03"),
            ("12-03", "2025-12-03"),
            ("11-22", "2026-11-22"),
            ("02-29", "2024-02-29"),
            ("3", "2026-11-03"),
            ("22", "2026-11-22"),
            ("23", "2026-10-23"),
            ("31", "2026-10-31"),
            ("3日", "2026-11-03"),
            ("3号", "2026-11-03"),
            ("-2", "2026-11-20"),
            ("－２", "2026-11-20"),
            ("—2", "2026-11-20"),
            ("+3", "2026-11-25"),
            ("today", "2026-11-22"),
            ("Yesterday", "2026-11-21"),
            ("tomorrow", "2026-11-23"),
            ("今天", "2026-11-22"),
            ("昨天", "2026-11-21"),
            ("前天", "2026-11-20"),
            ("大前天", "2026-11-19"),
            ("11月3日", "2026-11-03"),
            ("11月3号", "2026-11-03"),
            ("11月3", "2026-11-03"),
            ("2026年11月3日", "2026-11-03"),
            ("2026 年 11 月 3 日", "2026-11-03"),
            ("3 Nov", "2026-11-03"),
            ("Nov 3", "2026-11-03"),
            ("3nov", "2026-11-03"),
            ("3 December", "2025-12-03"),
            ("3 Sept", "2026-09-03"),
            ("3rd Nov", "2026-11-03"),
            ("Nov 3, 2026", "2026-11-03"),
            ("3 Nov 2025", "2025-11-03"),
        ];
        for (typed, expected) in table {
            assert_eq!(parse(typed, today), Ok(day(expected)), "{typed}");
        }
    }

    #[test]
    fn a_bare_31_in_march_is_found_in_january() {
        assert_eq!(parse("31", day("2026-03-10")), Ok(day("2026-01-31")));
        assert_eq!(parse("30", day("2026-03-10")), Ok(day("2026-01-30")));
        assert_eq!(parse("29", day("2028-03-10")), Ok(day("2028-02-29")));
    }

    #[test]
    fn a_day_that_does_not_exist_says_why() {
        let today = day("2026-11-22");
        let table = [
            (
                "2026-02-30",
                DayFault::NoSuchDay {
                    year: Some(2026),
                    month: 2,
                    day: 30,
                    last: 28,
                },
            ),
            (
                "2026-11-31",
                DayFault::NoSuchDay {
                    year: Some(2026),
                    month: 11,
                    day: 31,
                    last: 30,
                },
            ),
            (
                "2026-11-00",
                DayFault::NoSuchDay {
                    year: Some(2026),
                    month: 11,
                    day: 0,
                    last: 30,
                },
            ),
            (
                "02-30",
                DayFault::NoSuchDay {
                    year: None,
                    month: 2,
                    day: 30,
                    last: 29,
                },
            ),
            ("32", DayFault::NotADay),
            ("2026-13-01", DayFault::NoSuchMonth { month: 13 }),
            ("2026-13", DayFault::NoSuchMonth { month: 13 }),
            ("13-01", DayFault::NoSuchMonth { month: 13 }),
            ("26-11-03", DayFault::YearDigits),
            ("261103", DayFault::YearDigits),
            ("3/11/26", DayFault::YearDigits),
            ("1799-01-01", DayFault::OutOfRange),
            ("+99999", DayFault::OutOfRange),
            ("someday", DayFault::NotADay),
            ("后年", DayFault::NotADay),
            ("2026-11-03-04", DayFault::NotADay),
        ];
        for (typed, fault) in table {
            assert_eq!(parse(typed, today), Err(fault), "{typed}");
            assert!(!fault.is_incomplete());
        }
    }

    #[test]
    fn every_way_of_writing_is_at_worst_incomplete_while_it_is_typed() {
        let today = day("2026-11-22");
        let whole = [
            "2026-11-03",
            "2026/11/30",
            "20261103",
            "11-03",
            "1103",
            "-2",
            "+3",
            "yesterday",
            "today",
            "昨天",
            "大前天",
            "2026年11月03日",
            "11月3日",
            "3 Nov",
            "3rd Nov",
            "3 November 2025",
            "Nov 3",
            "November 13, 2025",
        ];
        for text in whole {
            for (end, _) in text.char_indices() {
                let typed = &text[..end];
                match parse(typed, today) {
                    Ok(_) => {}
                    Err(fault) => assert!(fault.is_incomplete(), "{typed}: {fault:?}"),
                }
            }
            assert!(parse(text, today).is_ok(), "{text}");
        }
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0..109_500i64).prop_map(|n| day("1900-01-01") + chrono::Duration::days(n))
    }

    proptest! {
        #[test]
        fn what_is_stored_reads_back(date in any_day(), today in any_day()) {
            prop_assert_eq!(parse(&storage(date), today), Ok(date));
            prop_assert_eq!(parse(&date.format("%Y年%-m月%-d日").to_string(), today), Ok(date));
            prop_assert_eq!(parse(&date.format("%-d %b %Y").to_string(), today), Ok(date));
        }

        #[test]
        fn a_day_without_a_year_is_the_latest_not_after_today(date in any_day(), today in any_day()) {
            let today = today.max(day("1909-01-01"));
            for form in ["%m-%d", "%-d %b", "%-m月%-d日"] {
                match parse(&date.format(form).to_string(), today) {
                    Ok(found) => {
                        prop_assert!(found <= today);
                        prop_assert_eq!((found.month(), found.day()), (date.month(), date.day()));
                        if let Some(next) = found.with_year(found.year() + 1) {
                            prop_assert!(next > today);
                        }
                    }
                    Err(fault) => prop_assert!(false, "{fault:?}"),
                }
            }
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in any::<String>(), n in any::<i32>()) {
            let today = NaiveDate::from_num_days_from_ce_opt(n).unwrap_or_default();
            let _ = parse(&text, today);
            let _ = parse("11-03", today);
            let _ = parse("31", today);
            let _ = parse("-9999", today);
        }

        #[test]
        fn day_like_text_is_read_without_a_panic(text in "[-+0-9/.年月日 今昨天a-z]{0,12}", today in any_day()) {
            if let Ok(date) = parse(&text, today) {
                prop_assert_eq!(parse(&storage(date), today), Ok(date));
            }
        }
    }
}
