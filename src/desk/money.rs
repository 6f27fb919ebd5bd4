//! Money in whole fen (a hundredth of a yuan), exact.

use std::fmt;
use std::iter;

use super::fold::fold_trim;

/// An amount in whole fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fen(pub i64);

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MoneyFault {
    /// Nothing there.
    Empty,
    /// A sign or a currency, but no digit yet.
    Incomplete,
    /// A character that has no place in an amount.
    Unexpected(char),
    /// More than two decimals: there is nothing smaller than a fen.
    Decimals,
    /// A comma that does not set off three digits, such as `1,20`.
    Grouping,
    /// Below zero where an amount cannot be.
    Negative,
    /// More than can be counted.
    TooLarge,
}

impl Fen {
    /// Nothing.
    pub const ZERO: Fen = Fen(0);

    /// `yuan` whole yuan; `None` when that is more than can be counted.
    pub fn from_yuan(yuan: i64) -> Option<Fen> {
        yuan.checked_mul(100).map(Fen)
    }

    /// Reads an amount that is zero or more: `80`, `80.5`, `¥80`, `80元`, `1,200.00`, full-width.
    ///
    /// # Errors
    /// See [`MoneyFault`]; a minus sign is [`MoneyFault::Negative`], except before zero.
    pub fn parse(text: &str) -> Result<Fen, MoneyFault> {
        match Fen::parse_signed(text)? {
            Fen(fen) if fen < 0 => Err(MoneyFault::Negative),
            amount => Ok(amount),
        }
    }

    /// Reads an amount that may be below zero (`-80`, `-¥ 80`, `¥ -80`).
    ///
    /// # Errors
    /// See [`MoneyFault`].
    pub fn parse_signed(text: &str) -> Result<Fen, MoneyFault> {
        let folded = fold_trim(text);
        if folded.is_empty() {
            return Err(MoneyFault::Empty);
        }
        let (negative, rest) = strip_sign(&folded);
        let rest = strip_currency(rest);
        let (negative_inside, rest) = strip_sign(rest);
        let number = strip_unit(rest);
        if number.is_empty() {
            return Err(MoneyFault::Incomplete);
        }
        let fen = read_number(number)?;
        match (negative, negative_inside) {
            (true, true) => Err(MoneyFault::Unexpected('-')),
            (false, false) => Ok(Fen(fen)),
            _ => Ok(Fen(-fen)),
        }
    }

    /// The sum, or `None` on overflow.
    pub fn checked_add(self, other: Fen) -> Option<Fen> {
        self.0.checked_add(other.0).map(Fen)
    }

    /// The difference, or `None` on overflow.
    pub fn checked_sub(self, other: Fen) -> Option<Fen> {
        self.0.checked_sub(other.0).map(Fen)
    }

    /// The amount `times` over, or `None` on overflow.
    pub fn checked_mul(self, times: i64) -> Option<Fen> {
        self.0.checked_mul(times).map(Fen)
    }

    /// The sum of all amounts, or `None` on overflow.
    pub fn checked_sum(amounts: impl IntoIterator<Item = Fen>) -> Option<Fen> {
        amounts.into_iter().try_fold(Fen::ZERO, Fen::checked_add)
    }

    /// Whether nothing is owed.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Yuan with two decimals and groups of three digits, without a currency: `1,200.00`.
    pub fn with_decimals(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (yuan, fen) = self.parts();
        format!("{sign}{}.{fen:02}", grouped(yuan))
    }

    /// Yuan with two decimals and nothing else, for files: `1200.00`.
    pub fn plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (yuan, fen) = self.parts();
        format!("{sign}{yuan}.{fen:02}")
    }

    fn parts(self) -> (u64, u64) {
        let all = self.0.unsigned_abs();
        (all / 100, all % 100)
    }
}

/// `¥ 80` for whole yuan, else two decimals: `¥ 1,200.50`; `-¥ 80` below zero.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (yuan, fen) = self.parts();
        match fen {
            0 => write!(f, "{sign}¥ {}", grouped(yuan)),
            _ => write!(f, "{sign}¥ {}.{fen:02}", grouped(yuan)),
        }
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in iter::zip((0..digits.len()).rev(), digits.chars()) {
        text.push(digit);
        if place > 0 && place % 3 == 0 {
            text.push(',');
        }
    }
    text
}

fn strip_sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text).trim_start()),
    }
}

fn strip_currency(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix('¥') {
        return rest.trim_start();
    }
    match text.get(..3) {
        Some(code) if is_currency_code(code) => text.get(3..).unwrap_or("").trim_start(),
        _ => text,
    }
}

fn strip_unit(text: &str) -> &str {
    let text = text.trim_end();
    for unit in ["元", "块", "圆", "块钱", "元整"] {
        if let Some(rest) = text.strip_suffix(unit) {
            return rest.trim_end();
        }
    }
    let lower = text.to_ascii_lowercase();
    for unit in ["cny", "rmb", "yuan"] {
        if lower.ends_with(unit) {
            let end = text.len() - unit.len();
            return text.get(..end).unwrap_or(text).trim_end();
        }
    }
    text
}

fn is_currency_code(code: &str) -> bool {
    code.eq_ignore_ascii_case("CNY") || code.eq_ignore_ascii_case("RMB")
}

/// Digits, groups of three set off by commas, at most two decimals; in fen.
fn read_number(number: &str) -> Result<i64, MoneyFault> {
    if let Some(odd) = number.chars().find(|c| !matches!(c, '0'..='9' | ',' | '.')) {
        return Err(MoneyFault::Unexpected(odd));
    }
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    if decimals.contains('.') {
        return Err(MoneyFault::Unexpected('.'));
    }
    if decimals.contains(',') {
        return Err(MoneyFault::Grouping);
    }
    if decimals.len() > 2 {
        return Err(MoneyFault::Decimals);
    }
    if whole.is_empty() && decimals.is_empty() {
        return Err(MoneyFault::Incomplete);
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let has_commas = whole.contains(',');
    let first_fits = !has_commas || (1..=3).contains(&first.len());
    if !first_fits || groups.any(|group| group.len() != 3) {
        return Err(MoneyFault::Grouping);
    }
    let tens = if decimals.len() == 1 { "0" } else { "" };
    let digits = whole.chars().chain(decimals.chars()).chain(tens.chars());
    let mut total: i64 = 0;
    for digit in digits.filter_map(|c| c.to_digit(10)) {
        total = total
            .checked_mul(10)
            .and_then(|sum| sum.checked_add(i64::from(digit)))
            .ok_or(MoneyFault::TooLarge)?;
    }
    if decimals.is_empty() {
        total = total.checked_mul(100).ok_or(MoneyFault::TooLarge)?;
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        let table = [
            ("80", 8_000),
            ("80.5", 8_050),
            ("80.", 8_000),
            (".5", 50),
            ("¥80", 8_000),
            ("￥ 80", 8_000),
            ("80元", 8_000),
            ("80 块", 8_000),
            ("80块钱", 8_000),
            ("RMB 80", 8_000),
            ("80 yuan", 8_000),
            ("1,200.00", 120_000),
            ("１，２００．５０", 120_050),
            ("80。5", 8_050),
            ("0", 0),
            ("-0", 0),
            ("007", 700),
            ("92233720368547758.07", i64::MAX),
        ];
        for (typed, fen) in table {
            assert_eq!(Fen::parse(typed), Ok(Fen(fen)), "{typed}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let table = [
            ("", MoneyFault::Empty),
            ("¥", MoneyFault::Incomplete),
            ("元", MoneyFault::Incomplete),
            (".", MoneyFault::Incomplete),
            ("80.555", MoneyFault::Decimals),
            ("-80", MoneyFault::Negative),
            ("¥ -80", MoneyFault::Negative),
            ("--80", MoneyFault::Unexpected('-')),
            ("1,20", MoneyFault::Grouping),
            ("1200,000", MoneyFault::Grouping),
            (",200", MoneyFault::Grouping),
            ("1.20,0", MoneyFault::Grouping),
            ("1.2.3", MoneyFault::Unexpected('.')),
            ("8O", MoneyFault::Unexpected('O')),
            ("80 5", MoneyFault::Unexpected(' ')),
            ("92233720368547758.08", MoneyFault::TooLarge),
            ("99999999999999999999", MoneyFault::TooLarge),
        ];
        for (typed, fault) in table {
            assert_eq!(Fen::parse(typed), Err(fault), "{typed}");
        }
        assert_eq!(Fen::parse_signed("-80"), Ok(Fen(-8_000)));
        assert_eq!(Fen::parse_signed("¥ -80"), Ok(Fen(-8_000)));
    }

    #[test]
    fn amounts_are_shown_in_yuan() {
        let table = [
            (8_000, "¥ 80", "80.00", "80.00"),
            (120_050, "¥ 1,200.50", "1,200.50", "1200.50"),
            (5, "¥ 0.05", "0.05", "0.05"),
            (-8_000, "-¥ 80", "-80.00", "-80.00"),
            (100_000_000, "¥ 1,000,000", "1,000,000.00", "1000000.00"),
        ];
        for (fen, short, column, plain) in table {
            assert_eq!(Fen(fen).to_string(), short);
            assert_eq!(Fen(fen).with_decimals(), column);
            assert_eq!(Fen(fen).plain(), plain);
        }
    }

    #[test]
    fn arithmetic_says_when_it_overflows() {
        assert_eq!(Fen(1).checked_add(Fen(2)), Some(Fen(3)));
        assert_eq!(Fen(i64::MAX).checked_add(Fen(1)), None);
        assert_eq!(Fen(i64::MIN).checked_sub(Fen(1)), None);
        assert_eq!(Fen(250).checked_mul(3), Some(Fen(750)));
        assert_eq!(Fen(i64::MAX).checked_mul(2), None);
        assert_eq!(Fen::checked_sum([Fen(1), Fen(2), Fen(3)]), Some(Fen(6)));
        assert_eq!(Fen::checked_sum([Fen(i64::MAX), Fen(1)]), None);
        assert_eq!(Fen::from_yuan(80), Some(Fen(8_000)));
        assert_eq!(Fen::from_yuan(i64::MAX), None);
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(fen in -i64::MAX..=i64::MAX) {
            let amount = Fen(fen);
            prop_assert_eq!(Fen::parse_signed(&amount.to_string()), Ok(amount));
            prop_assert_eq!(Fen::parse_signed(&amount.with_decimals()), Ok(amount));
            prop_assert_eq!(Fen::parse_signed(&amount.plain()), Ok(amount));
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in any::<String>()) {
            if let Ok(amount) = Fen::parse(&text) {
                prop_assert!(amount >= Fen::ZERO);
            }
        }

        #[test]
        fn amount_like_text_is_read_without_a_panic(text in "[-+¥￥]?[ ]?[0-9０-９,.，。]{0,24}(元|块|RMB)?") {
            if let Ok(amount) = Fen::parse_signed(&text) {
                prop_assert_eq!(Fen::parse_signed(&amount.to_string()), Ok(amount));
            }
        }
    }
}
