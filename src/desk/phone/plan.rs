//! How telephone numbers are built: in mainland China, and behind the country codes of others.
//!
//! Own code and no library: the one that is kept for this (`phonenumber`, a port of Google's) knows
//! no Chinese extensions and no local numbers, brings 70 crates and 4 MB, and read for a desk in China
//! it loses the zero that belongs to numbers of Italy (`findings/phonenumber-leading-zero.sh`).

use super::{Phone, PhoneFault};

/// ITU-T E.164: the most digits a number has with its country code.
const LONGEST: usize = 15;

/// Country codes of one and two digits; all others have three.
const SHORT_CODES: [&str; 46] = [
    "1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45",
    "46", "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
    "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
];

/// Countries where a zero in front belongs to the number and is dialled from abroad as well.
const KEEPS_ZERO: [&str; 6] = ["39", "225", "229", "241", "242", "378"];

/// What is dialled in front inside a country and is no zero.
const OTHER_TRUNKS: [(&str, &str); 6] = [
    ("36", "06"),
    ("375", "80"),
    ("370", "8"),
    ("7", "8"),
    ("993", "8"),
    ("52", "01"),
];

/// The most digits behind a country code, where that is a matter of a few: what is more is an
/// extension or a second number. Other codes allow as many as [`LONGEST`] leaves.
const MOST: [(usize, &[&str]); 3] = [
    (8, &["45", "47", "65", "370", "852", "853", "993"]),
    (
        9,
        &[
            "33", "34", "36", "41", "48", "61", "66", "351", "375", "420", "886", "966", "971",
        ],
    ),
    (
        10,
        &[
            "1", "7", "20", "30", "44", "52", "60", "63", "81", "82", "84", "90", "91", "92",
            "225", "229",
        ],
    ),
];

/// A number with a country code in front, without `+` or `00`.
pub(super) fn abroad(digits: &str, extension: Option<String>) -> Result<Phone, PhoneFault> {
    if digits.starts_with('0') {
        return Err(PhoneFault::Country);
    }
    let (code, national) = as_dialled(digits);
    let have = code.len() + national.len();
    let most = most_behind(code).map_or(LONGEST, |most| code.len() + most);
    if have < 7 {
        Err(PhoneFault::TooShort { have, need: 7 })
    } else if have > most {
        Err(PhoneFault::TooLong { have, most })
    } else {
        Ok(Phone {
            digits: format!("{code}{national}"),
            abroad: true,
            extension,
        })
    }
}

/// The country code, and what is dialled behind it from abroad.
fn as_dialled(digits: &str) -> (&str, &str) {
    let length = match SHORT_CODES.iter().find(|code| digits.starts_with(**code)) {
        Some(code) => code.len(),
        None => digits.len().min(3),
    };
    let (code, mut national) = digits.split_at_checked(length).unwrap_or((digits, ""));
    // As often as there is one, so that what is stored reads back as it is.
    while let Some(rest) = without_trunk(code, national) {
        national = rest;
    }
    (code, national)
}

/// A national number without what is dialled in front of it inside its country, where it has that.
fn without_trunk<'a>(code: &str, national: &'a str) -> Option<&'a str> {
    if let Some((_, trunk)) = OTHER_TRUNKS.iter().find(|(of, _)| *of == code) {
        // Russian area codes begin with the 8 of the trunk as well: it is one where it is one too many.
        let is_too_long = most_behind(code).is_some_and(|most| national.len() > most);
        let rest = national.strip_prefix(trunk);
        if let Some(rest) = rest.filter(|_| trunk.starts_with('0') || is_too_long) {
            return Some(rest);
        }
    }
    match KEEPS_ZERO.contains(&code) {
        true => None,
        false => national.strip_prefix('0'),
    }
}

fn most_behind(code: &str) -> Option<usize> {
    let with = MOST.iter().find(|(_, codes)| codes.contains(&code));
    with.map(|(most, _)| *most)
}

/// A number of North America as it is written there, in groups of three, three and four with or
/// without the 1: in those groups it is no number of mainland China. With the country code.
pub(super) fn north_american(digits: &str, groups: &[usize]) -> Option<String> {
    let ten = match (groups, digits.len()) {
        ([1, 3, 3, 4], 11) => digits.strip_prefix('1')?,
        ([3, 3, 4], 10) => digits,
        // Mobile numbers here begin with 13 to 19.
        (_, 11) if digits.starts_with("12") => digits.strip_prefix('1')?,
        _ => return None,
    };
    let begins = |at: usize| matches!(ten.as_bytes().get(at), Some(b'2'..=b'9'));
    (begins(0) && begins(3) && !is_hotline(ten)).then(|| format!("1{ten}"))
}

/// A number of mainland China, from its digits with or without the country code of it.
pub(super) fn mainland(national: String, extension: Option<String>) -> Result<Phone, PhoneFault> {
    if national.starts_with("00") {
        return Err(PhoneFault::Country);
    }
    let digits = match national.strip_prefix('0') {
        Some(mobile) if is_mobile(mobile) => mobile.to_string(),
        _ => national,
    };
    check_length(&digits)?;
    Ok(Phone {
        digits,
        abroad: false,
        extension,
    })
}

/// What follows `+86`, as it is dialled inside the country: landline numbers get their `0` back.
pub(super) fn with_trunk_zero(rest: &str) -> String {
    let as_it_is = rest.starts_with('0') || is_mobile_start(rest) || is_hotline(rest);
    match format!("0{rest}") {
        landline if !as_it_is && is_landline(&landline) => landline,
        _ => rest.to_string(),
    }
}

/// `86` without a plus counts as the country only before a whole number.
pub(super) fn without_bare_country(digits: &str) -> String {
    match digits.strip_prefix("86").map(with_trunk_zero) {
        Some(rest) if digits.len() >= 12 && (is_mobile(&rest) || is_landline(&rest)) => rest,
        _ => digits.to_string(),
    }
}

fn check_length(digits: &str) -> Result<(), PhoneFault> {
    let (need, most) = if is_mobile_start(digits) {
        (11, 11)
    } else if digits.starts_with('0') {
        match area_length(digits) {
            3 => (11, 11),
            _ => (11, 12),
        }
    } else if digits.starts_with("400") || digits.starts_with("800") {
        // A local number may begin like this as well.
        (7, 10)
    } else if digits.starts_with("12") {
        // 12315 and other short ones; with eleven digits it is one of North America.
        (5, 10)
    } else {
        // 95338, local numbers, and the long service numbers.
        (5, 12)
    };
    let have = digits.len();
    if have < need {
        Err(PhoneFault::TooShort { have, need })
    } else if have > most {
        Err(PhoneFault::TooLong { have, most })
    } else {
        Ok(())
    }
}

fn is_mobile_start(digits: &str) -> bool {
    matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..])
}

pub(super) fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && is_mobile_start(digits)
}

/// Area codes of Beijing and of the `02x` cities have three digits, all others four.
pub(super) fn area_length(digits: &str) -> usize {
    match digits.as_bytes() {
        [b'0', b'1' | b'2', ..] => 3,
        _ => 4,
    }
}

pub(super) fn is_landline(digits: &str) -> bool {
    let shape = match digits.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => digits.len() == 11,
        [b'0', b'3'..=b'9', ..] => matches!(digits.len(), 11 | 12),
        _ => false,
    };
    shape && digits.bytes().all(|b| b.is_ascii_digit())
}

pub(super) fn is_hotline(digits: &str) -> bool {
    digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"))
}
