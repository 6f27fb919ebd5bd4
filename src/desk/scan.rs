//! What a scan or a typed number is, told by its shape alone.
//!
//! A scanner is a keyboard: nothing says 'this was a waybill'. The shapes overlap (a mobile number
//! and the bare digits of an older waybill), so the order of [`shape`] is the rule: commands and
//! case numbers first, waybills with their courier's letters, telephone numbers, long bare digits,
//! and what is left with letters and digits is a serial number.

use std::fmt;

use super::fold::fold_trim;
use super::phone::Phone;
use super::serial::Serial;

/// What a text looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// The number of one of our cases.
    CaseNumber(CaseNumber),
    /// The number on a courier's label.
    Waybill {
        /// The number in upper case, without spaces and without the mark of a part parcel.
        number: String,
        /// The courier it most likely belongs to.
        courier: Option<Courier>,
    },
    /// A command barcode: what follows `AC:`.
    Command(String),
    /// A whole telephone number.
    Phone(Phone),
    /// A serial number.
    Serial(Serial),
    /// None of these: words, a name, a part of a number; the text folded and trimmed.
    Unknown(String),
}

/// The number of a case: `RMA26-00042` is the 42nd of 2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseNumber {
    /// The last two digits of the year, 0 to 99.
    pub year: u8,
    /// The number within the year, from 1.
    pub number: u32,
}

impl CaseNumber {
    /// Reads a case number in either case, with or without the dash, full-width or not. `None` for
    /// anything else.
    pub fn parse(text: &str) -> Option<CaseNumber> {
        let upper = fold_trim(text).to_ascii_uppercase();
        let rest = upper.strip_prefix("RMA")?.trim_start_matches([' ', '-']);
        let (year, number) = rest.split_at_checked(2)?;
        let number = number.trim_start();
        let number = number.strip_prefix('-').unwrap_or(number).trim_start();
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !digits(year) || !digits(number) || !(5..=9).contains(&number.len()) {
            return None;
        }
        let number = number.parse().ok().filter(|number| *number > 0)?;
        Some(CaseNumber {
            year: year.parse().ok()?,
            number,
        })
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RMA{:02}-{:05}", self.year, self.number)
    }
}

/// A case number as it is said and typed: `RMA26-1`, and without the year `rma 1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortNumber {
    /// The last two digits of the year, where they were said.
    pub year: Option<u8>,
    /// The number within the year, from 1.
    pub number: u32,
}

impl ShortNumber {
    /// Reads a case number, short or whole. `None` for anything that does not begin with `RMA`.
    pub fn parse(text: &str) -> Option<ShortNumber> {
        if let Some(CaseNumber { year, number }) = CaseNumber::parse(text) {
            let year = Some(year);
            return Some(ShortNumber { year, number });
        }
        let upper = fold_trim(text).to_ascii_uppercase();
        let rest = upper.strip_prefix("RMA")?;
        let parts = rest.split([' ', '-', '.', '/', '#']);
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let (year, number) = match parts.as_slice() {
            [number] => (None, number),
            [year, number] if year.len() == 2 && is_digits(year) => (year.parse().ok(), number),
            _ => return None,
        };
        if !is_digits(number) || number.len() > 9 {
            return None;
        }
        let number = number.parse().ok().filter(|number| *number > 0)?;
        Some(ShortNumber { year, number })
    }

    /// The whole number, where the year was said.
    pub fn whole(self) -> Option<CaseNumber> {
        let ShortNumber { year, number } = self;
        year.map(|year| CaseNumber { year, number })
    }
}

/// A courier whose waybills can be told by their shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Courier {
    /// SF Express, 顺丰.
    Sf,
    /// JD Logistics, 京东.
    Jd,
    /// YTO Express, 圆通.
    Yto,
    /// ZTO Express, 中通.
    Zto,
    /// STO Express, 申通.
    Sto,
    /// Yunda, 韵达.
    Yunda,
    /// J&T Express, 极兔.
    Jt,
    /// China Post and EMS, 邮政.
    Ems,
    /// Deppon, 德邦.
    Deppon,
    /// UPS.
    Ups,
}

impl Courier {
    /// Every courier.
    pub const ALL: [Courier; 10] = [
        Courier::Sf,
        Courier::Jd,
        Courier::Yto,
        Courier::Zto,
        Courier::Sto,
        Courier::Yunda,
        Courier::Jt,
        Courier::Ems,
        Courier::Deppon,
        Courier::Ups,
    ];

    /// The code it is stored under.
    pub fn code(self) -> &'static str {
        match self {
            Courier::Sf => "sf",
            Courier::Jd => "jd",
            Courier::Yto => "yto",
            Courier::Zto => "zto",
            Courier::Sto => "sto",
            Courier::Yunda => "yunda",
            Courier::Jt => "jt",
            Courier::Ems => "ems",
            Courier::Deppon => "deppon",
            Courier::Ups => "ups",
        }
    }

    /// The courier stored under `code`.
    pub fn from_code(code: &str) -> Option<Courier> {
        Courier::ALL
            .into_iter()
            .find(|courier| courier.code() == code)
    }

    /// The courier a waybill most likely belongs to, as [`waybill_number`] folds it. Letters in
    /// front decide; of bare digits only the ranges that are one courier's own do.
    pub fn guess(number: &str) -> Option<Courier> {
        by_letters(number).or_else(|| by_digits(number))
    }
}

/// The most characters a waybill has.
const MAX_WAYBILL: usize = 30;

/// A waybill number in the form it is stored and compared in: half-width, upper case, without
/// spaces, and without the mark of a part parcel that JD prints (`JDVB…-1-2-`). `None` when the
/// text cannot be one: shorter than 8 or longer than 30 characters, or with anything but letters,
/// digits and dashes.
pub fn waybill_number(text: &str) -> Option<String> {
    let mut number: String = fold_trim(text)
        .to_ascii_uppercase()
        .chars()
        .filter(|c| *c != ' ')
        .collect();
    if number.starts_with("JD")
        && let Some(at) = number.find('-')
    {
        number.truncate(at);
    }
    let fits = (8..=MAX_WAYBILL).contains(&number.len())
        && number
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && number.bytes().filter(u8::is_ascii_digit).count() >= 6;
    fits.then_some(number)
}

/// What `text` looks like; full-width characters are folded first.
pub fn shape(text: &str) -> Shape {
    let folded = fold_trim(text);
    if let Some(command) = command(&folded) {
        return Shape::Command(command.to_string());
    }
    if let Some(number) = CaseNumber::parse(&folded) {
        return Shape::CaseNumber(number);
    }
    let waybill = waybill_number(&folded);
    if let Some(number) = &waybill
        && let Some(courier) = by_letters(number)
    {
        return Shape::Waybill {
            number: number.clone(),
            courier: Some(courier),
        };
    }
    if let Ok(phone) = Phone::parse(&folded)
        && phone.is_whole()
    {
        return Shape::Phone(phone);
    }
    if let Some(number) = waybill
        && (12..=18).contains(&number.len())
        && is_digits(&number)
    {
        let courier = by_digits(&number);
        return Shape::Waybill { number, courier };
    }
    match serial(&folded) {
        Some(serial) => Shape::Serial(serial),
        None => Shape::Unknown(folded),
    }
}

fn command(text: &str) -> Option<&str> {
    let (mark, rest) = text.split_at_checked(3)?;
    let rest = rest.trim();
    (mark.eq_ignore_ascii_case("AC:") && !rest.is_empty()).then_some(rest)
}

/// One word of at least six letters, digits, dashes, dots, slashes, of which at least two are
/// digits, and that has a letter or a dash.
fn serial(text: &str) -> Option<Serial> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'/' | b'_');
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().any(|b| b.is_ascii_alphabetic() || b == b'-');
    let fits = text.len() >= 6 && text.bytes().all(plain) && digits >= 2 && letters;
    Serial::parse(text).ok().filter(|_| fits)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether `text` is `prefix` and then as many digits as `count` allows.
fn is_numbered(text: &str, prefix: &str, count: std::ops::RangeInclusive<usize>) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|rest| count.contains(&rest.len()) && is_digits(rest))
}

/// Waybills that carry their courier's letters.
fn by_letters(number: &str) -> Option<Courier> {
    let courier = if is_numbered(number, "SF", 12..=13) {
        Courier::Sf
    } else if is_jd(number) {
        Courier::Jd
    } else if is_numbered(number, "YT", 10..=16) {
        Courier::Yto
    } else if is_numbered(number, "ZTO", 10..=14) || is_numbered(number, "ZT", 10..=14) {
        Courier::Zto
    } else if is_numbered(number, "STO", 10..=13) {
        Courier::Sto
    } else if is_numbered(number, "YD", 12..=15) {
        Courier::Yunda
    } else if is_numbered(number, "JT", 13..=15) {
        Courier::Jt
    } else if is_numbered(number, "DPK", 10..=14) {
        Courier::Deppon
    } else if is_postal(number) {
        Courier::Ems
    } else if number.len() == 18 && number.starts_with("1Z") {
        Courier::Ups
    } else {
        return None;
    };
    Some(courier)
}

/// `JD`, up to two further letters, 10 to 15 digits.
fn is_jd(number: &str) -> bool {
    number.strip_prefix("JD").is_some_and(|rest| {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_uppercase());
        rest.len() - digits.len() <= 2 && (10..=15).contains(&digits.len()) && is_digits(digits)
    })
}

/// The 13 characters of the Universal Postal Union (S10): two letters, nine digits, a country.
fn is_postal(number: &str) -> bool {
    let letters = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
    number.len() == 13
        && number.get(..2).is_some_and(letters)
        && number.get(2..11).is_some_and(is_digits)
        && number.get(11..).is_some_and(letters)
}

/// Bare digits, in the ranges one courier has to itself. Others (12 digits of SF, ZTO and STO
/// overlap) are nobody's.
fn by_digits(number: &str) -> Option<Courier> {
    if !is_digits(number) {
        return None;
    }
    let begins = |starts: &[&str]| starts.iter().any(|start| number.starts_with(start));
    match number.len() {
        13 if begins(&["10", "11", "12", "95", "96", "97", "98", "99"]) => Some(Courier::Ems),
        13 | 15 if begins(&["31", "43", "46"]) => Some(Courier::Yunda),
        14 if begins(&["73", "75", "76", "78", "79"]) => Some(Courier::Zto),
        15 if begins(&["77"]) => Some(Courier::Sto),
        18 if begins(&["8"]) => Some(Courier::Yto),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(text: &str) -> String {
        match shape(text) {
            Shape::CaseNumber(number) => format!("case {number}"),
            Shape::Waybill { number, courier } => {
                format!("waybill {} {number}", courier.map_or("?", Courier::code))
            }
            Shape::Command(command) => format!("command {command}"),
            Shape::Phone(phone) => format!("phone {phone}"),
            Shape::Serial(serial) => format!("serial {serial}"),
            Shape::Unknown(text) => format!("unknown {text}"),
        }
    }

    #[test]
    fn a_scan_is_told_by_its_shape() {
        let table = [
            ("RMA26-00042", "case RMA26-00042"),
            ("rma2600042", "case RMA26-00042"),
            ("ＲＭＡ２６－０００４２", "case RMA26-00042"),
            ("RMA26-123456", "case RMA26-123456"),
            ("RMA-26-00042", "case RMA26-00042"),
            ("RMA26-00000", "serial RMA26-00000"),
            ("RMA26-042", "serial RMA26-042"),
            ("AC:board", "command board"),
            ("ac：Receive ", "command Receive"),
            ("SF1234567890123", "waybill sf SF1234567890123"),
            ("sf 1234 5678 90123", "waybill sf SF1234567890123"),
            (
                "ＳＦ１２３４５６７８９０１２３",
                "waybill sf SF1234567890123",
            ),
            ("JDVB12345678901-1-1-", "waybill jd JDVB12345678901"),
            ("JD0012345678901", "waybill jd JD0012345678901"),
            ("YT1234567890123", "waybill yto YT1234567890123"),
            ("JT1234567890123", "waybill jt JT1234567890123"),
            ("YD123456789012", "waybill yunda YD123456789012"),
            ("DPK123456789012", "waybill deppon DPK123456789012"),
            ("EA123456789CN", "waybill ems EA123456789CN"),
            ("1Z9990000000000000", "waybill ups 1Z9990000000000000"),
            ("78123456789012", "waybill zto 78123456789012"),
            ("773123456789012", "waybill sto 773123456789012"),
            ("4312345678901", "waybill yunda 4312345678901"),
            ("9812345678901", "waybill ems 9812345678901"),
            ("123456789012", "waybill ? 123456789012"),
            ("13800000000", "phone 138 0000 0000"),
            ("+86 138 0000 0000", "phone 138 0000 0000"),
            ("8613800000000", "phone 138 0000 0000"),
            ("0755-23456789-12", "phone 0755 2345 6789 ext 12"),
            ("80H2-7731", "serial 80H2-7731"),
            ("80h2－7731", "serial 80H2-7731"),
            ("8012-7731", "serial 8012-7731"),
            ("0000", "unknown 0000"),
            ("王小明", "unknown 王小明"),
            ("ck-80", "unknown ck-80"),
            ("no output", "unknown no output"),
            ("AC:", "unknown AC:"),
            ("", "unknown "),
        ];
        for (scanned, expected) in table {
            assert_eq!(name(scanned), expected, "{scanned}");
        }
    }

    #[test]
    fn a_case_number_is_read_short() {
        let table = [
            ("RMA26-1", Some((Some(26), 1))),
            ("rma26-1", Some((Some(26), 1))),
            ("RMA 26 1", Some((Some(26), 1))),
            ("rma-26-0042", Some((Some(26), 42))),
            ("RMA26-00042", Some((Some(26), 42))),
            ("rma2600042", Some((Some(26), 42))),
            ("rma1", Some((None, 1))),
            ("RMA 1", Some((None, 1))),
            ("ＲＭＡ－１", Some((None, 1))),
            ("rma26", Some((None, 26))),
            ("RMA0", None),
            ("RMA", None),
            ("RMA2026-1", None),
            ("RMA26-1-2", None),
            ("RMAX1", None),
            ("1", None),
        ];
        for (typed, expected) in table {
            let read = ShortNumber::parse(typed).map(|short| (short.year, short.number));
            assert_eq!(read, expected, "{typed}");
        }
    }

    #[test]
    fn couriers_are_stored_by_code() {
        for courier in Courier::ALL {
            assert_eq!(Courier::from_code(courier.code()), Some(courier));
        }
        assert_eq!(Courier::from_code("pigeon"), None);
    }

    #[test]
    fn a_typed_waybill_is_folded() {
        assert_eq!(
            waybill_number("sf 1234567890123").as_deref(),
            Some("SF1234567890123")
        );
        assert_eq!(
            waybill_number("１２３４５６７８").as_deref(),
            Some("12345678")
        );
        assert_eq!(waybill_number("1234567"), None);
        assert_eq!(waybill_number("顺丰12345678"), None);
    }

    proptest! {
        #[test]
        fn any_text_has_a_shape_without_a_panic(text in any::<String>()) {
            let _ = shape(&text);
            let _ = Courier::guess(&text);
        }

        #[test]
        fn any_code_has_a_shape_without_a_panic(text in "[A-Z]{0,4}[-: ]?[0-9]{0,20}[A-Z]{0,2}") {
            match shape(&text) {
                Shape::CaseNumber(number) => prop_assert_eq!(CaseNumber::parse(&number.to_string()), Some(number)),
                Shape::Waybill { number, courier } => {
                    prop_assert_eq!(waybill_number(&number), Some(number.clone()));
                    prop_assert_eq!(Courier::guess(&number), courier);
                }
                Shape::Serial(serial) => prop_assert_eq!(Serial::parse(serial.as_str()), Ok(serial)),
                _ => {}
            }
        }

        #[test]
        fn every_case_number_reads_back(year in 0u8..100, number in 1u32..1_000_000_000) {
            let case = CaseNumber { year, number };
            prop_assert_eq!(shape(&case.to_string()), Shape::CaseNumber(case));
            prop_assert_eq!(shape(&case.to_string().to_lowercase().replace('-', "")), Shape::CaseNumber(case));
        }
    }
}
