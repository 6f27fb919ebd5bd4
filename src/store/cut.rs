//! What a case is found by, cut into tokens; and a query cut in the same way.
//!
//! SQLite's own tokenizers cannot find a Chinese name of two characters. These can: a token is a
//! letter that says what it is, and a piece of text.
//!
//! | token | what |
//! |---|---|
//! | `n王`, `n王小`, `nwan` | a character of a name, two neighbours, the beginning of a Latin word |
//! | `g8000`, `g800` | three or four neighbours anywhere in a number |
//! | `x80h27731` | a whole number |
//! | `q8000` | the last four digits of a phone, an extension of four digits |
//! | `p17000000000e1234` | a phone with its extension; `p13800000000e` without one |
//! | `mannexamplecom`, `mann` | an e-mail address, a beginning of one |
//! | `erma26`, `erma2600` | a beginning of a case number |
//! | `c42` | the count of a case number |
//! | `zo` | the case is open |
//!
//! All case numbers of a year begin alike: cut into pieces anywhere, as other numbers are, each piece
//! would be in every case and finding one of them would mean reading them all.
//!
//! Pinyin would be one more letter. Numbers are compared by their letters and digits alone, in lower
//! case. Nothing typed ever gets into a query except as such tokens, letters and digits in quotes.

use std::collections::BTreeSet;

use crate::desk::contact::addresses;
use crate::desk::fold::fold_trim;
use crate::desk::phone::Phone;
use crate::desk::scan::{CaseNumber, ShortNumber};

use super::names::{self, Run, is_wide, runs};
use super::row::Stored;
use super::search::What;

/// How many letters and digits of an e-mail address are kept as its beginnings.
const ADDRESS: usize = 16;

/// How many letters and digits of one number are cut; serial numbers have at most 40.
const LONGEST: usize = 48;

/// A number by its letters and digits alone.
pub(super) fn key(text: &str) -> String {
    fold_trim(text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .take(LONGEST)
        .collect()
}

/// The tokens of a stored case, apart by spaces, in a fixed order.
pub(super) fn tokens(case: &Stored) -> String {
    let mut tokens = BTreeSet::new();
    if case.is_open() {
        tokens.insert("zo".to_string());
    }
    for name in &case.names {
        names::tokens(name, &mut tokens);
    }
    let recipient = case
        .phones
        .iter()
        .filter_map(|it| Phone::from_storage(it).ok());
    for phone in case.row.contacts().phones.into_iter().chain(recipient) {
        phone_tokens(&phone, &mut tokens);
    }
    if let Some(text) = &case.row.email {
        email_tokens(text, &mut tokens);
    }
    for number in numbers(case) {
        number_tokens(&key(number), &mut tokens);
    }
    for former in &case.former {
        match former.what {
            What::Name => names::tokens(&former.value, &mut tokens),
            What::Email => email_tokens(&former.value, &mut tokens),
            What::Phone => {
                if let Ok(phone) = Phone::from_storage(&former.value) {
                    phone_tokens(&phone, &mut tokens);
                }
            }
            _ => number_tokens(&key(&former.value), &mut tokens),
        }
    }
    if let Some(number) = case.row.number.as_deref() {
        case_number_tokens(number, &mut tokens);
    }
    tokens.into_iter().collect::<Vec<_>>().join(" ")
}

fn phone_tokens(phone: &Phone, tokens: &mut BTreeSet<String>) {
    tokens.insert(exact_phone(phone));
    number_tokens(phone.digits(), tokens);
    tokens.extend(last_four(phone.digits()).map(|four| format!("q{four}")));
    if let Some(extension) = phone.extension() {
        number_tokens(&phone_key(phone), tokens);
        if extension.len() == 4 {
            tokens.insert(format!("q{extension}"));
        }
    }
}

/// The token of a number with its extension or without any: not of the whole line.
fn exact_phone(phone: &Phone) -> String {
    let extension = phone.extension().unwrap_or("");
    format!("p{}e{extension}", phone.digits())
}

/// A number and its extension in one piece, as it is compared in parts.
pub(super) fn phone_key(phone: &Phone) -> String {
    format!("{}{}", phone.digits(), phone.extension().unwrap_or(""))
}

fn email_tokens(text: &str, tokens: &mut BTreeSet<String>) {
    for address in addresses(text) {
        let key = key(&address);
        tokens.insert(format!("m{key}"));
        let beginnings =
            (3..=ADDRESS).map_while(|length| Some(format!("m{}", beginning(&key, length)?)));
        tokens.extend(beginnings);
    }
}

/// The first letters of a key, where it has as many.
fn beginning(key: &str, length: usize) -> Option<&str> {
    match key.char_indices().nth(length) {
        Some((end, _)) => key.get(..end),
        None => (key.chars().count() == length).then_some(key),
    }
}

fn numbers(case: &Stored) -> impl Iterator<Item = &str> {
    let row = &case.row;
    [
        &row.serial,
        &row.serial_after,
        &row.serial_in_box,
        &row.label,
    ]
    .into_iter()
    .filter_map(|number| number.as_deref())
    .chain(row.waybills.iter().map(String::as_str))
}

fn case_number_tokens(number: &str, tokens: &mut BTreeSet<String>) {
    let key = key(number);
    let Some(number) = CaseNumber::parse(number) else {
        number_tokens(&key, tokens);
        return;
    };
    tokens.insert(format!("x{key}"));
    tokens.insert(format!("c{}", number.number));
    let chars: Vec<char> = key.chars().collect();
    for length in 3..=chars.len() {
        tokens.extend(
            chars
                .get(..length)
                .map(|start| format!("e{}", start.iter().collect::<String>())),
        );
    }
    // What follows `rma26`.
    for size in [3, 4] {
        tokens.extend(pieces(chars.get(5..).unwrap_or(&[]), size).map(|piece| format!("g{piece}")));
    }
}

fn number_tokens(key: &str, tokens: &mut BTreeSet<String>) {
    if key.is_empty() {
        return;
    }
    tokens.insert(format!("x{key}"));
    let chars: Vec<char> = key.chars().collect();
    for size in [3, 4] {
        tokens.extend(pieces(&chars, size).map(|piece| format!("g{piece}")));
    }
}

pub(super) fn pieces(chars: &[char], size: usize) -> impl Iterator<Item = String> {
    chars.windows(size).map(|window| window.iter().collect())
}

/// The last four digits of a phone.
pub(super) fn last_four(digits: &str) -> Option<&str> {
    digits.get(digits.len().checked_sub(4)?..)
}

/// A query, cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Query {
    /// The whole text as a number, in every way it can be read as one; the one as typed first.
    pub keys: Vec<String>,
    /// The count of a case number that was said without its year, `rma1`.
    pub count: Option<u32>,
    /// Its words, where there are several.
    pub words: Vec<Word>,
    /// All of it as a name.
    pub name: Vec<Run>,
    /// All of it as a telephone number.
    pub phone: Option<Phone>,
    /// The e-mail addresses in it, as they are compared.
    pub emails: Vec<String>,
}

/// A word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As a number.
    pub key: String,
    /// As a name.
    pub runs: Vec<Run>,
}

impl Query {
    /// Cuts what was typed; `None` where there is nothing to find in it.
    pub fn cut(text: &str) -> Option<Query> {
        // Nothing anybody is found by is longer; a pasted page is not searched for.
        let text: String = fold_trim(text).chars().take(120).collect();
        let words: Vec<Word> = text
            .split_whitespace()
            .map(|word| Word {
                // A case number may be short here too.
                key: match ShortNumber::parse(word).and_then(ShortNumber::whole) {
                    Some(number) => key(&number.to_string()),
                    None => key(word),
                },
                runs: runs(word),
            })
            .filter(|word| !word.key.is_empty())
            .collect();
        let whole = key(&text);
        if whole.is_empty() {
            return None;
        }
        let mut keys = vec![whole];
        let phone = Phone::parse(&text).ok();
        keys.extend(phone.iter().map(|phone| phone.digits().to_string()));
        if let Some(rest) = ["+86", "0086"]
            .iter()
            .find_map(|prefix| text.strip_prefix(prefix))
        {
            keys.push(key(rest));
        }
        let short = ShortNumber::parse(&text);
        if let Some(number) = short.and_then(ShortNumber::whole) {
            keys.push(key(&number.to_string()));
        }
        let without_year = short.filter(|short| short.year.is_none());
        keys.retain(|key| !key.is_empty());
        let mut seen = BTreeSet::new();
        keys.retain(|key| seen.insert(key.clone()));
        Some(Query {
            keys,
            count: without_year.map(|short| short.number),
            words,
            name: runs(&text),
            phone,
            emails: addresses(&text),
        })
    }

    /// Whether it is too long a number to be a part of many others.
    pub fn is_long_number(&self) -> bool {
        self.keys
            .first()
            .is_some_and(|key| key.chars().count() >= 8)
    }

    /// Whether everything that has it as a whole number was asked for with the exact one: somebody
    /// who names an extension, or an e-mail address, means no other one.
    pub fn is_exact(&self) -> bool {
        let has_extension = self
            .phone
            .as_ref()
            .is_some_and(|it| it.extension().is_some());
        has_extension || !self.emails.is_empty()
    }

    /// Cases with exactly this telephone number, with its extension or without one, or with one of
    /// these e-mail addresses.
    pub fn exact(&self) -> Option<String> {
        callers(self.phone.as_slice(), &self.emails)
    }

    /// Cases that have it as a whole number.
    pub fn whole(&self) -> String {
        let numbers = self.keys.iter().map(|key| quoted(&format!("x{key}")));
        let count = self.count.iter();
        either(numbers.chain(count.map(|count| quoted(&format!("c{count}")))))
    }

    /// Cases with a phone that ends in these four digits, or with this count in their number.
    pub fn short(&self) -> Option<String> {
        let key = self.keys.first()?;
        let mut tokens = Vec::new();
        tokens.extend(count_of(key).map(|count| quoted(&format!("c{count}"))));
        if key.len() == 4 && is_digits(key) {
            tokens.push(quoted(&format!("q{key}")));
        }
        (!tokens.is_empty()).then(|| either(tokens))
    }

    /// Cases that have it somewhere: as a part of a number, or every word in one or the other way.
    pub fn anywhere(&self) -> Option<String> {
        let mut ways: Vec<String> = self.keys.iter().filter_map(|key| grams(key)).collect();
        let words: Option<Vec<String>> = self.words.iter().map(Word::anywhere).collect();
        ways.extend(words.map(all));
        if self.words.len() > 1 {
            ways.extend(names::query(&self.name));
        }
        (!ways.is_empty()).then(|| either(ways))
    }
}

/// Cases with exactly one of these numbers or e-mail addresses.
pub(super) fn callers<'a>(
    phones: impl IntoIterator<Item = &'a Phone>,
    emails: &[String],
) -> Option<String> {
    let phones = phones.into_iter().map(|phone| quoted(&exact_phone(phone)));
    let emails = emails
        .iter()
        .map(|email| quoted(&format!("m{}", key(email))));
    let tokens: Vec<String> = phones.chain(emails).collect();
    (!tokens.is_empty()).then(|| either(tokens))
}

/// Cases with a number behind one of these lines.
pub(super) fn lines(phones: &[Phone]) -> Option<String> {
    let tokens = phones
        .iter()
        .map(|phone| quoted(&format!("x{}", phone.digits())));
    (!phones.is_empty()).then(|| either(tokens))
}

/// The beginning of an e-mail address.
fn email_part(key: &str) -> Option<String> {
    let length = key.chars().count().min(ADDRESS);
    (length >= 3 && !is_digits(key) && !key.chars().all(is_wide))
        .then(|| beginning(key, length).map(|it| quoted(&format!("m{it}"))))?
}

impl Word {
    fn anywhere(&self) -> Option<String> {
        let mut ways: Vec<String> = grams(&self.key).into_iter().collect();
        ways.extend(count_of(&self.key).map(|count| quoted(&format!("c{count}"))));
        ways.extend(names::query(&self.runs));
        ways.extend(email_part(&self.key));
        (!ways.is_empty()).then(|| either(ways))
    }
}

/// A part of a number: at least three letters or digits.
fn grams(key: &str) -> Option<String> {
    if begins_a_case_number(key) {
        return Some(quoted(&format!("e{key}")));
    }
    let chars: Vec<char> = key.chars().collect();
    let size = chars.len().min(4);
    if size < 3 || chars.iter().all(|c| is_wide(*c)) {
        return None;
    }
    // Pieces side by side, and the last one: the overlapping ones between them would only be read.
    let last = chars.len() - size;
    let starts = (0..last).step_by(size).chain([last]);
    let tokens: BTreeSet<String> = starts
        .filter_map(|start| chars.get(start..start + size))
        .map(|piece| quoted(&format!("g{}", piece.iter().collect::<String>())))
        .collect();
    Some(all(tokens))
}

/// Whether this is how our case numbers begin, at least as far as the whole year.
fn begins_a_case_number(key: &str) -> bool {
    key.strip_prefix("rma")
        .is_some_and(|rest| rest.len() >= 2 && is_digits(rest))
}

/// The count of a case number, where the text is one.
pub(super) fn count_of(key: &str) -> Option<u32> {
    if key.len() > 7 || !is_digits(key) {
        return None;
    }
    key.parse().ok().filter(|count| *count > 0)
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A token in quotes. Tokens are letters and digits, so there is nothing in them to escape.
pub(super) fn quoted(token: &str) -> String {
    let token: String = token.chars().filter(|c| c.is_alphanumeric()).collect();
    format!("\"{token}\"")
}

pub(super) fn either(parts: impl IntoIterator<Item = String>) -> String {
    join(parts, " OR ")
}

pub(super) fn all(parts: impl IntoIterator<Item = String>) -> String {
    join(parts, " AND ")
}

fn join(parts: impl IntoIterator<Item = String>, with: &str) -> String {
    let parts: Vec<String> = parts.into_iter().collect();
    match parts.as_slice() {
        [one] => one.clone(),
        _ => format!("({})", parts.join(with)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_query_is_made_of_tokens_in_quotes() {
        let anywhere = |text: &str| Query::cut(text).and_then(|query| query.anywhere());
        assert_eq!(anywhere("王小"), Some("\"n王小\"".to_string()));
        assert_eq!(anywhere("王"), Some("\"n王\"".to_string()));
        assert_eq!(anywhere("42"), Some("(\"c42\" OR \"n42\")".to_string()));
        assert_eq!(anywhere("\" * OR"), Some("\"nor\"".to_string()));
        assert_eq!(Query::cut(" - \u{3000}"), None);
    }

    #[test]
    fn a_phone_is_read_in_any_form() {
        for typed in [
            "138 0000 1234",
            "+86 138-0000-1234",
            "００８６１３８００００１２３４",
        ] {
            let keys = Query::cut(typed)
                .map(|query| query.keys)
                .unwrap_or_default();
            assert!(
                keys.contains(&"13800001234".to_string()),
                "{typed}: {keys:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_becomes_letters_digits_and_quotes(text in any::<String>()) {
            if let Some(query) = Query::cut(&text) {
                let parts = [Some(query.whole()), query.short(), query.anywhere()];
                for part in parts.into_iter().flatten() {
                    prop_assert_eq!(part.matches('"').count() % 2, 0);
                    for (at, piece) in part.split('"').enumerate() {
                        let ok = if at % 2 == 1 {
                            piece.chars().all(char::is_alphanumeric)
                        } else {
                            piece.chars().all(|c| " ()ANDOR".contains(c))
                        };
                        prop_assert!(ok, "{}", part);
                    }
                }
            }
        }
    }
}
