//! Finding a case by what somebody says, types or scans.
//!
//! Candidates come from the `find` table, whole numbers before parts, open cases before closed ones,
//! newest first, and never more than a handful; then each is looked at and what matched is named.
//! Nothing is ranked or counted by the database: that takes as long as the table is large.

use std::cmp::Reverse;

use rusqlite::params;

use crate::desk::contact::addresses;
use crate::desk::field::Field;
use crate::desk::phone::Phone;
use crate::desk::scan::CaseNumber;
use crate::work::row::CaseRow;

use super::cut::{self, Query};
use super::fault::Trouble;
use super::former::Former;
use super::names::{self, Run};
use super::read::View;
use super::row::{COLUMNS, Stored};

/// By what a case was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// Its number, or the count in it.
    Number,
    /// The serial number.
    Serial,
    /// The bag label.
    Label,
    /// A waybill.
    Waybill,
    /// The caller's phone.
    Phone,
    /// The caller's second phone.
    SecondPhone,
    /// The recipient's phone.
    RecipientPhone,
    /// The caller's e-mail address.
    Email,
    /// The caller's name.
    Name,
    /// The recipient's name.
    Recipient,
}

impl What {
    /// Everything a case is found by.
    const ALL: [What; 10] = [
        What::Number,
        What::Serial,
        What::Label,
        What::Waybill,
        What::Phone,
        What::SecondPhone,
        What::RecipientPhone,
        What::Email,
        What::Name,
        What::Recipient,
    ];

    /// The word it is stored under.
    pub(super) fn code(self) -> &'static str {
        match self {
            What::Number => "number",
            What::Serial => "serial",
            What::Label => "label",
            What::Waybill => "waybill",
            What::Phone => "phone",
            What::SecondPhone => "second_phone",
            What::RecipientPhone => "recipient_phone",
            What::Email => "email",
            What::Name => "name",
            What::Recipient => "recipient",
        }
    }

    /// What a stored word names.
    pub(super) fn from_code(code: &str) -> Option<What> {
        What::ALL.into_iter().find(|what| what.code() == code)
    }

    /// The field it stands in, for its name on the screen.
    pub fn field(self) -> Field {
        match self {
            What::Number => Field::Number,
            What::Serial => Field::SerialNumber,
            What::Label => Field::BagLabel,
            What::Waybill => Field::Waybill,
            What::Phone => Field::Phone,
            What::SecondPhone => Field::SecondPhone,
            What::RecipientPhone => Field::RecipientPhone,
            What::Email => Field::Email,
            What::Name => Field::Caller,
            What::Recipient => Field::Recipient,
        }
    }
}

/// How a case was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Matched {
    /// By what.
    pub what: What,
    /// Whether the whole of it was typed.
    pub whole: bool,
    /// Whether the case holds something else there by now.
    pub former: bool,
    /// Whether only the line is the same, and the extension another: somebody else's.
    pub other_extension: bool,
}

impl Matched {
    /// Whether a number was typed whole: what is found exactly is what is meant.
    pub fn is_exact(self) -> bool {
        self.whole && !matches!(self.what, What::Name | What::Recipient)
    }
}

/// A case that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its line.
    pub row: CaseRow,
    /// By what it was found; for several words, by the first.
    pub matched: Matched,
    /// The value it was found by, where its line shows another.
    pub value: Option<String>,
}

impl View<'_> {
    /// The cases somebody means who types this: a phone in any form or its last four digits, an e-mail
    /// address or its beginning, a serial number, case number, waybill or label or a part of one (three letters or digits at least), the
    /// count of a case number, a name (Chinese from one character on, Latin from the beginning of a
    /// word), or several of these. Whole numbers first, then open cases, then newest; at most `limit`.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn search(&self, text: &str, limit: usize) -> Result<Vec<Hit>, Trouble> {
        let Some(query) = Query::cut(text) else {
            return Ok(Vec::new());
        };
        let _snapshot = self.snapshot()?;
        let mut places: Vec<i64> = Vec::new();
        // Some candidates fall through when they are looked at.
        let enough = limit.saturating_mul(2).saturating_add(10);
        let tiers = [
            query.exact(),
            Some(query.whole()),
            query.short(),
            query.anywhere(),
        ];
        for (at, tier) in tiers.into_iter().enumerate() {
            // A long number that is there is the one that is meant.
            let is_enough = match at {
                0 => false,
                1 => query.is_exact(),
                _ => query.is_long_number(),
            };
            if is_enough && !places.is_empty() {
                break;
            }
            let Some(tier) = tier else {
                continue;
            };
            self.candidates(&format!("\"zo\" AND {tier}"), enough, &mut places)?;
            if places.len() < enough {
                self.candidates(&tier, enough, &mut places)?;
            }
            if places.len() >= enough {
                break;
            }
        }
        self.hits(places, &query, limit)
    }

    /// The cases that have exactly this, whatever it is: as their number, also short, a serial number,
    /// label, waybill, phone or e-mail address; and those of others behind the same line.
    pub(super) fn exactly(&self, text: &str, limit: usize) -> Result<Vec<Hit>, Trouble> {
        let Some(query) = Query::cut(text) else {
            return Ok(Vec::new());
        };
        let mut places = Vec::new();
        for tier in [query.exact(), Some(query.whole())].into_iter().flatten() {
            if query.is_exact() && !places.is_empty() {
                break;
            }
            self.candidates(&format!("\"zo\" AND {tier}"), limit, &mut places)?;
            self.candidates(&tier, limit, &mut places)?;
        }
        let mut hits = self.hits(places, &query, limit)?;
        hits.retain(|hit| hit.matched.is_exact() || hit.matched.other_extension);
        Ok(hits)
    }

    /// The candidates that are meant, in order.
    fn hits(&self, places: Vec<i64>, query: &Query, limit: usize) -> Result<Vec<Hit>, Trouble> {
        let mut hits = Vec::new();
        for place in places {
            if let Some(case) = self.at(place)?
                && let Some((matched, value)) = matched(&case, query)
            {
                let (is_open, row) = (case.is_open(), case.row);
                let hit = Hit {
                    row,
                    matched,
                    value,
                };
                hits.push((is_open, hit));
            }
        }
        hits.sort_by_key(|(open, hit)| {
            let (matched, row) = (hit.matched, &hit.row);
            let rank = match (matched.is_exact(), matched.former) {
                (true, false) => 0,
                (true, true) => 1,
                (false, _) => 2,
            };
            // Where the year was not said, the last one is meant first.
            let number = row.number.as_deref().and_then(CaseNumber::parse);
            let year = query.count.and(number).map(|number| number.year);
            let newest = Reverse((row.begun_at, row.id));
            (rank, Reverse(year), !open, matched.former, newest)
        });
        hits.truncate(limit);
        Ok(hits.into_iter().map(|(_, hit)| hit).collect())
    }

    pub(super) fn candidates(
        &self,
        query: &str,
        enough: usize,
        places: &mut Vec<i64>,
    ) -> Result<(), Trouble> {
        let mut find = self.conn.prepare_cached(
            "SELECT rowid FROM find WHERE find MATCH ?1 ORDER BY rowid DESC LIMIT ?2",
        )?;
        let mut rows = find.query(params![query, enough as i64])?;
        while let Some(row) = rows.next()? {
            let place = row.get(0)?;
            if !places.contains(&place) {
                places.push(place);
            }
        }
        Ok(())
    }

    pub(super) fn at(&self, place: i64) -> Result<Option<Stored>, Trouble> {
        let sql = format!("SELECT {COLUMNS} FROM case_row WHERE place = ?1");
        let mut find = self.conn.prepare_cached(&sql)?;
        let mut rows = find.query([place])?;
        match rows.next()? {
            Some(row) => Ok(Some(Stored::read(row, 0)?)),
            None => Ok(None),
        }
    }
}

/// By what a query means this case, and the value where its line shows another; `None` where only
/// pieces of it lie about in different numbers.
fn matched(case: &Stored, query: &Query) -> Option<(Matched, Option<String>)> {
    let numbers = numbers(case);
    let without_year = query.count.and_then(|count| by_count(&numbers, count));
    let whole = query
        .keys
        .iter()
        .filter_map(|key| by_number(&numbers, key, query.phone.is_some()))
        .chain(without_year)
        .max_by_key(|(matched, _)| (matched.whole, !matched.former));
    let exact = by_phone(&numbers, query).or_else(|| by_email(&numbers, query));
    // A serial number may have the digits of a line of which only the extension is another.
    let is_thing = |it: &(Matched, _)| {
        let things = [What::Number, What::Serial, What::Label, What::Waybill];
        it.0.whole && things.contains(&it.0.what)
    };
    let is_caller = exact.as_ref().is_some_and(|(it, _)| it.whole);
    let found = match whole {
        Some(thing) if is_thing(&thing) && !is_caller => Some(thing),
        whole => exact.or(whole),
    };
    found.or_else(|| {
        let words: Option<Vec<_>> = query
            .words
            .iter()
            .map(|word| {
                let number = by_number(&numbers, &word.key, false);
                number.or_else(|| by_name(case, &word.runs))
            })
            .collect();
        let first = words.and_then(|words| words.into_iter().next());
        first.or_else(|| by_name(case, &query.name))
    })
}

/// A number, or an address, a case is found by.
struct Number<'a> {
    what: What,
    key: String,
    /// As a telephone number.
    phone: Option<Phone>,
    /// As e-mail addresses.
    emails: Vec<String>,
    /// Where the line of the case shows another.
    value: Option<&'a str>,
    is_former: bool,
}

impl<'a> Number<'a> {
    fn new(what: What, text: &str) -> Number<'a> {
        Number {
            what,
            key: cut::key(text),
            phone: None,
            emails: Vec::new(),
            value: None,
            is_former: false,
        }
    }

    fn of_phone(what: What, phone: Phone) -> Number<'a> {
        Number {
            key: cut::phone_key(&phone),
            phone: Some(phone),
            ..Number::new(what, "")
        }
    }

    fn of_email(text: &str) -> Number<'a> {
        let emails = addresses(text);
        let key = emails.first().map_or(text, String::as_str);
        Number {
            emails: emails.clone(),
            ..Number::new(What::Email, key)
        }
    }

    fn of_former(former: &'a Former) -> Number<'a> {
        let number = match former.what {
            What::Phone => match Phone::from_storage(&former.value) {
                Ok(phone) => Number::of_phone(What::Phone, phone),
                Err(_) => Number::new(What::Phone, &former.value),
            },
            What::Email => Number::of_email(&former.value),
            what => Number::new(what, &former.value),
        };
        Number {
            value: Some(&former.value),
            is_former: true,
            ..number
        }
    }

    /// Whether it ends in these four digits: its line, or an extension.
    fn has_four(&self, key: &str) -> bool {
        self.phone
            .as_ref()
            .is_some_and(|it| it.last_four() == key || it.extension() == Some(key))
    }

    /// Whether this is a part of it; of an address, its beginning.
    fn has_part(&self, key: &str) -> bool {
        match self.emails.as_slice() {
            [] => self.key.contains(key),
            emails => emails.iter().any(|it| cut::key(it).starts_with(key)),
        }
    }

    fn found(&self, whole: bool, other_extension: bool) -> (Matched, Option<String>) {
        let matched = Matched {
            what: self.what,
            whole,
            former: self.is_former,
            other_extension,
        };
        (matched, self.value.map(str::to_string))
    }
}

/// The numbers of a case, former ones last.
fn numbers(case: &Stored) -> Vec<Number<'_>> {
    let row = &case.row;
    let mut numbers = Vec::new();
    for (what, number) in [
        (What::Number, &row.number),
        (What::Serial, &row.serial),
        (What::Label, &row.label),
    ] {
        numbers.extend(number.iter().map(|number| Number::new(what, number)));
    }
    let others = [&row.serial_after, &row.serial_in_box].into_iter();
    numbers.extend(others.flatten().map(|other| Number {
        value: Some(other),
        ..Number::new(What::Serial, other)
    }));
    for waybill in &row.waybills {
        numbers.push(Number::new(What::Waybill, waybill));
    }
    for (what, phone) in [
        (What::Phone, &row.phone),
        (What::SecondPhone, &row.second_phone),
    ] {
        numbers.extend(phone.iter().map(|it| Number::of_phone(what, it.clone())));
    }
    for stored in &case.phones {
        if let Ok(phone) = Phone::from_storage(stored) {
            numbers.push(Number {
                value: Some(stored),
                ..Number::of_phone(What::RecipientPhone, phone)
            });
        }
    }
    numbers.extend(row.email.iter().map(|text| Number::of_email(text)));
    let former = case.former.iter().filter(|it| it.what != What::Name);
    numbers.extend(former.map(Number::of_former));
    numbers
}

/// A telephone number that was typed whole: the same with its extension, else the same line.
fn by_phone(numbers: &[Number], query: &Query) -> Option<(Matched, Option<String>)> {
    let typed = query.phone.as_ref()?;
    let find = |is_so: fn(&Phone, &Phone) -> bool| {
        let mut all = numbers.iter();
        all.find(|it| it.phone.as_ref().is_some_and(|phone| is_so(phone, typed)))
    };
    let same = find(Phone::same_caller).map(|number| number.found(true, false));
    same.or_else(|| find(Phone::same_line).map(|number| number.found(false, true)))
}

fn by_email(numbers: &[Number], query: &Query) -> Option<(Matched, Option<String>)> {
    let is_it = |number: &&Number| number.emails.iter().any(|it| query.emails.contains(it));
    numbers
        .iter()
        .find(is_it)
        .map(|number| number.found(true, false))
}

/// The whole number, else the last four digits of a phone or the count of a case number, else a part.
/// Where a telephone number was typed, it is none of these that is the same whole: digits alone do not
/// tell a country.
fn by_number(numbers: &[Number], key: &str, is_phone: bool) -> Option<(Matched, Option<String>)> {
    let find = |whole: bool, fits: &dyn Fn(&Number) -> bool| {
        let number = numbers.iter().find(|number| fits(number))?;
        Some(number.found(whole, false))
    };
    let count = cut::count_of(key);
    let is_other = |number: &Number| is_phone && number.phone.is_some();
    find(true, &|number| number.key == key && !is_other(number))
        .or_else(|| find(false, &|number| key.len() == 4 && number.has_four(key)))
        .or_else(|| {
            find(false, &|number| {
                number.what == What::Number && count.is_some() && count_in(&number.key) == count
            })
        })
        .or_else(|| {
            find(false, &|number| {
                key.chars().count() >= 3 && number.has_part(key)
            })
        })
}

/// The case number with this count, whatever its year.
fn by_count(numbers: &[Number], count: u32) -> Option<(Matched, Option<String>)> {
    let has =
        |number: &&Number| number.what == What::Number && count_in(&number.key) == Some(count);
    Some(numbers.iter().find(has)?.found(true, false))
}

/// The count in the key of a case number: what follows the letters and the two digits of the year.
fn count_in(number: &str) -> Option<u32> {
    number.strip_prefix("rma")?.get(2..)?.parse().ok()
}

fn by_name(case: &Stored, wanted: &[Run]) -> Option<(Matched, Option<String>)> {
    let fits = |name: &&str| names::has(name, wanted);
    let found = |what, name: &str, former| Matched {
        what,
        whole: names::is_whole(name, wanted),
        former,
        other_extension: false,
    };
    if let Some(name) = case.names.iter().map(String::as_str).find(fits) {
        return Some(match case.row.caller.as_deref() == Some(name) {
            true => (found(What::Name, name, false), None),
            false => (found(What::Recipient, name, false), Some(name.to_string())),
        });
    }
    let former = case.former.iter().filter(|it| it.what == What::Name);
    let name = former.map(|it| it.value.as_str()).find(fits)?;
    Some((found(What::Name, name, true), Some(name.to_string())))
}
