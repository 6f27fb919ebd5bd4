//! Finding a case by what somebody says, types or scans.
//!
//! Candidates come from the `find` table, whole numbers before parts, open cases before closed ones,
//! newest first, and never more than a handful; then each is looked at and what matched is named.
//! Nothing is ranked or counted by the database: that takes as long as the table is large.

use rusqlite::params;

use crate::desk::field::Field;
use crate::work::row::CaseRow;

use super::cut::{self, Query, Run, Word};
use super::fault::Trouble;
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
    /// The caller's or the recipient's phone.
    Phone,
    /// The caller's or the recipient's name.
    Name,
}

impl What {
    /// Everything a case is found by.
    const ALL: [What; 6] = [
        What::Number,
        What::Serial,
        What::Label,
        What::Waybill,
        What::Phone,
        What::Name,
    ];

    /// The word it is stored under.
    pub(super) fn code(self) -> &'static str {
        match self {
            What::Number => "number",
            What::Serial => "serial",
            What::Label => "label",
            What::Waybill => "waybill",
            What::Phone => "phone",
            What::Name => "name",
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
            What::Name => Field::Caller,
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
    /// The cases somebody means who types this: a phone in any form or its last four digits, a serial
    /// number, case number, waybill or label or a part of one (three letters or digits at least), the
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
        let tiers = [Some(query.whole()), query.short(), query.anywhere()];
        for (at, tier) in tiers.into_iter().enumerate() {
            // A long number that is there is the one that is meant.
            if at > 0 && !places.is_empty() && query.is_long_number() {
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
        let mut hits = Vec::new();
        for place in places {
            if let Some(case) = self.at(place)?
                && let Some((matched, value)) = matched(&case, &query)
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
            let rank = match (matched.whole && matched.what != What::Name, matched.former) {
                (true, false) => 0,
                (true, true) => 1,
                (false, _) => 2,
            };
            let newest = std::cmp::Reverse((row.begun_at, row.id));
            (rank, !open, matched.former, newest)
        });
        hits.truncate(limit);
        Ok(hits.into_iter().map(|(_, hit)| hit).collect())
    }

    fn candidates(&self, query: &str, enough: usize, places: &mut Vec<i64>) -> Result<(), Trouble> {
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

    fn at(&self, place: i64) -> Result<Option<Stored>, Trouble> {
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
    let whole = query
        .keys
        .iter()
        .filter_map(|key| by_number(&numbers, key))
        .max_by_key(|(matched, _)| (matched.whole, !matched.former));
    whole.or_else(|| {
        let words: Option<Vec<_>> = query
            .words
            .iter()
            .map(|word| by_number(&numbers, &word.key).or_else(|| by_name(case, word)))
            .collect();
        words?.into_iter().next()
    })
}

/// A number a case is found by.
struct Number<'a> {
    what: What,
    key: String,
    /// Where the line of the case shows another.
    value: Option<&'a str>,
    is_former: bool,
}

/// The numbers of a case, former ones last.
fn numbers(case: &Stored) -> Vec<Number<'_>> {
    let row = &case.row;
    let mut numbers = Vec::new();
    let number = |what, number, value| Number {
        what,
        key: cut::key(number),
        value,
        is_former: false,
    };
    for (what, own) in [
        (What::Number, &row.number),
        (What::Serial, &row.serial),
        (What::Label, &row.label),
    ] {
        numbers.extend(own.iter().map(|own| number(what, own, None)));
    }
    let after = row.serial_after.iter();
    numbers.extend(after.map(|after| number(What::Serial, after, Some(after))));
    let waybills = row.waybills.iter();
    numbers.extend(waybills.map(|waybill| number(What::Waybill, waybill, None)));
    let phones = case.phones.iter();
    numbers.extend(phones.map(|phone| number(What::Phone, phone, None)));
    let former = case.former.iter().filter(|it| it.what != What::Name);
    numbers.extend(former.map(|former| Number {
        what: former.what,
        key: cut::key(&former.value),
        value: Some(&former.value),
        is_former: true,
    }));
    numbers
}

/// The whole number, else the last four digits of a phone or the count of a case number, else a part.
fn by_number(numbers: &[Number], key: &str) -> Option<(Matched, Option<String>)> {
    let find = |whole: bool, fits: &dyn Fn(What, &str) -> bool| {
        let number = numbers
            .iter()
            .find(|number| fits(number.what, &number.key))?;
        let matched = Matched {
            what: number.what,
            whole,
            former: number.is_former,
        };
        Some((matched, number.value.map(str::to_string)))
    };
    let four = key.len() == 4;
    let count = cut::count_of(key);
    find(true, &|_, number| number == key)
        .or_else(|| {
            find(false, &|what, number| {
                four && what == What::Phone && cut::last_four(number) == Some(key)
            })
        })
        .or_else(|| {
            find(false, &|what, number| {
                what == What::Number && count.is_some() && count_in(number) == count
            })
        })
        .or_else(|| {
            find(false, &|_, number| {
                key.chars().count() >= 3 && number.contains(key)
            })
        })
}

/// The count in the key of a case number: what follows the letters and the two digits of the year.
fn count_in(number: &str) -> Option<u32> {
    number.strip_prefix("rma")?.get(2..)?.parse().ok()
}

fn by_name(case: &Stored, word: &Word) -> Option<(Matched, Option<String>)> {
    if word.runs.is_empty() {
        return None;
    }
    let fits = |name: &&str| {
        let runs = cut::runs(name);
        word.runs.iter().all(|wanted| has(&runs, wanted))
    };
    let found = |name: &str, former| Matched {
        what: What::Name,
        whole: cut::runs(name) == word.runs,
        former,
    };
    if let Some(name) = case.names.iter().map(String::as_str).find(fits) {
        return Some((found(name, false), None));
    }
    let former = case.former.iter().filter(|it| it.what == What::Name);
    let name = former.map(|it| it.value.as_str()).find(fits)?;
    Some((found(name, true), Some(name.to_string())))
}

fn has(runs: &[Run], wanted: &Run) -> bool {
    runs.iter().any(|run| match (run, wanted) {
        (Run::Wide(name), Run::Wide(part)) => name
            .windows(part.len())
            .any(|window| window == part.as_slice()),
        (Run::Latin(name), Run::Latin(part)) => name.starts_with(part.as_str()),
        _ => false,
    })
}
