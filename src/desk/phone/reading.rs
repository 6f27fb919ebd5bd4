//! From a typed text to a telephone number: what sets off an extension, what stands between two
//! numbers.

use super::plan::{self, with_trunk_zero, without_bare_country};
use super::{Phone, PhoneFault};
use crate::desk::fold::fold_trim;

/// The words that set an extension off, longest first; compared without regard to case.
const EXTENSION_WORDS: [&str; 20] = [
    ";ext=",
    "extension",
    "分机号",
    "分機號",
    "转分机",
    "轉分機",
    "extn",
    "转接",
    "轉接",
    "分机",
    "分機",
    "内线",
    "內線",
    "ext.",
    "ext",
    "转",
    "轉",
    "x.",
    "x",
    "#",
];

/// The most digits of an extension behind a dash, a comma or a semicolon: seven and eight are a
/// second number of the same town.
const BEHIND_A_SIGN: usize = 6;

/// The most characters in which two numbers are looked for.
const TWO_NUMBERS: usize = 120;

/// What stands only between two numbers; blanks, dashes and slashes stand in one as well.
const BETWEEN_WORDS: [&str; 10] = ["或者", "或", "和", "及", "、", "|", "&", "\n", "and", "or"];

/// Reads a number; see [`Phone::parse`].
pub(super) fn read(text: &str) -> Result<Phone, PhoneFault> {
    let folded = fold_trim(text).to_lowercase();
    read_one(&folded).map_err(|fault| match has_two(&folded) {
        true => PhoneFault::TwoNumbers,
        false => fault,
    })
}

/// Reads the stored form of a number without looking at how many digits it should have.
pub(super) fn read_stored(text: &str) -> Option<Phone> {
    let (number, extension) = match text.split_once(";ext=") {
        Some((number, extension)) => (number, Some(extension.to_string())),
        None => (text, None),
    };
    let abroad = number.strip_prefix('+');
    let digits = abroad.unwrap_or(number);
    let is_number = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    let fits = is_number(digits, 15)
        && extension
            .as_deref()
            .is_none_or(|it| is_number(it, Phone::MAX_EXTENSION));
    fits.then(|| Phone {
        digits: digits.to_string(),
        abroad: abroad.is_some(),
        extension,
    })
}

fn read_one(text: &str) -> Result<Phone, PhoneFault> {
    if let Some((number, spoken)) = split_at_word(text) {
        let extension = read_extension(spoken, Phone::MAX_EXTENSION)?;
        return Written::read(number)?.phone(Some(extension));
    }
    if let Some((phone, behind)) = split_at_sign(text) {
        let extension = read_extension(behind, BEHIND_A_SIGN)?;
        return Ok(Phone {
            extension: Some(extension),
            ..phone
        });
    }
    let written = Written::read(text)?;
    // A dash behind a whole number sets off an extension.
    if let Some((line, rest)) = written.at_last_dash()
        && let Ok(phone) = line.phone(None)
        && phone.is_whole()
        && written.phone(None).map_or(true, |all| !all.is_whole())
    {
        let extension = read_extension(rest, BEHIND_A_SIGN)?;
        return Ok(Phone {
            extension: Some(extension),
            ..phone
        });
    }
    written.phone(None)
}

/// Splits `138... ext 12` at the first word for an extension.
fn split_at_word(text: &str) -> Option<(&str, &str)> {
    let (at, word) = EXTENSION_WORDS
        .iter()
        .filter_map(|word| text.find(word).map(|at| (at, *word)))
        .min_by_key(|(at, word)| (*at, usize::MAX - word.len()))?;
    Some((text.get(..at)?, text.get(at + word.len()..)?))
}

/// Splits `0755-23456789,8012` at the first comma or semicolon behind a complete number.
fn split_at_sign(text: &str) -> Option<(Phone, &str)> {
    let signs = text.match_indices([',', ';']);
    let mut found = signs.filter_map(|(at, sign)| {
        let phone = Written::read(text.get(..at)?).ok()?.phone(None).ok()?;
        let behind = text.get(at + sign.len()..)?;
        is_complete(&phone).then_some((phone, behind.trim_start_matches([',', ';'])))
    });
    found.next()
}

fn read_extension(text: &str, most: usize) -> Result<String, PhoneFault> {
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '-' | '.' | ':' | '号' | '號' => {}
            other => return Err(PhoneFault::Unexpected(other)),
        }
    }
    match digits.len() {
        0 => Err(PhoneFault::ExtensionMissing),
        have if have > most => Err(PhoneFault::ExtensionTooLong),
        _ => Ok(digits),
    }
}

/// The digits of a number with how they stand.
struct Written {
    digits: String,
    /// Whether a `+` stands in front.
    plus: bool,
    /// The digits before each dash.
    dashes: Vec<usize>,
    /// How many digits stand together.
    groups: Vec<usize>,
}

impl Written {
    fn read(text: &str) -> Result<Written, PhoneFault> {
        let mut written = Written {
            digits: String::new(),
            plus: false,
            dashes: Vec::new(),
            groups: Vec::new(),
        };
        let mut is_inside = false;
        for c in text.chars() {
            match c {
                '0'..='9' => {
                    written.digits.push(c);
                    match written.groups.last_mut().filter(|_| is_inside) {
                        Some(group) => *group += 1,
                        None => written.groups.push(1),
                    }
                }
                '+' if written.digits.is_empty() && !written.plus => written.plus = true,
                '-' => written.dashes.push(written.digits.len()),
                ' ' | '.' | '/' | '(' | ')' | '[' | ']' | '【' | '】' | ',' => {}
                other => return Err(PhoneFault::Unexpected(other)),
            }
            is_inside = c.is_ascii_digit();
        }
        Ok(written)
    }

    /// The number before the last dash, and the digits behind it.
    fn at_last_dash(&self) -> Option<(Written, &str)> {
        let (line, rest) = self.digits.split_at_checked(*self.dashes.last()?)?;
        let line = Written {
            digits: line.to_string(),
            plus: self.plus,
            dashes: Vec::new(),
            groups: Vec::new(),
        };
        (!rest.is_empty()).then_some((line, rest))
    }

    fn phone(&self, extension: Option<String>) -> Result<Phone, PhoneFault> {
        let digits = self.digits.as_str();
        if digits.is_empty() {
            return Err(PhoneFault::Empty);
        }
        let international = match self.plus {
            true => Some(digits),
            false => digits.strip_prefix("00"),
        };
        match international {
            Some(rest) => match rest.strip_prefix("86") {
                Some(rest) => {
                    plan::mainland(without_bare_country(&with_trunk_zero(rest)), extension)
                }
                None => plan::abroad(rest, extension),
            },
            None => match plan::north_american(digits, &self.groups) {
                Some(with_code) => plan::abroad(&with_code, extension),
                None => plan::mainland(without_bare_country(digits), extension),
            },
        }
    }
}

/// Whether a number can stand by itself: a whole one, or one within a town.
fn is_complete(phone: &Phone) -> bool {
    phone.is_whole() || matches!(phone.digits().len(), 7 | 8)
}

/// Whether a text that is no number is two of them: `138... / 139...`, `138... 或 139...`,
/// `0755-23456789/90`.
fn has_two(text: &str) -> bool {
    if text.chars().count() > TWO_NUMBERS {
        return false;
    }
    let complete = |piece: &str| read_one(piece.trim()).is_ok_and(|phone| is_complete(&phone));
    let digits = |piece: &str| piece.bytes().filter(u8::is_ascii_digit).count();
    let by_word = BETWEEN_WORDS.iter().any(|word| {
        text.match_indices(word).any(|(at, word)| {
            let (left, right) = (text.get(..at), text.get(at + word.len()..));
            let has_more = |piece: &str| digits(piece) >= 3;
            left.is_some_and(complete) && right.is_some_and(has_more)
        })
    });
    let by_sign = || {
        let signs = text.match_indices([' ', '/', '-', '.', ',', ';', '\t']);
        signs.into_iter().any(|(at, sign)| {
            let (left, right) = (text.get(..at), text.get(at + sign.len()..));
            let is_ending = |piece: &str| sign == "/" && digits(piece) > 0;
            left.is_some_and(complete) && right.is_some_and(|it| complete(it) || is_ending(it))
        })
    };
    by_word || by_sign()
}
