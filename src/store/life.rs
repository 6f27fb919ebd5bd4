//! The cases around one unit: those with its serial number, and on from there to the units given out
//! in its place and those it was given out for. A superset of what [`crate::work::unit::life`] judges.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;

use crate::desk::field::Field;
use crate::desk::id::EntityId;
use crate::desk::record::Record;
use crate::work::unit::given_out;

use super::fault::Trouble;
use super::read::View;

/// The keys of the serial numbers a case has and had since the repair.
pub(super) type Keys = [Option<String>; 2];

/// So many numbers are followed from one to the next: a bound for numbers that stand for none.
const NUMBERS: usize = 30;

/// The keys of a record.
pub(super) fn keys(record: &Record) -> Keys {
    [record.serial(Field::SerialNumber), given_out(record)].map(|serial| Some(serial?.key()))
}

/// The cases that hang together with these numbers, oldest first; of very many the newest `limit` of
/// each number. `with` gives the newest cases with a number, before or after a repair.
pub(super) fn around(
    start: &Keys,
    limit: usize,
    mut with: impl FnMut(&str) -> Result<Vec<(EntityId, Keys)>, Trouble>,
) -> Result<Vec<EntityId>, Trouble> {
    let mut to_follow: Vec<String> = start.iter().flatten().cloned().collect();
    let mut followed = BTreeSet::new();
    let mut cases = BTreeSet::new();
    while let Some(key) = to_follow.pop() {
        if followed.len() >= NUMBERS || !followed.insert(key.clone()) {
            continue;
        }
        for (id, keys) in with(&key)? {
            cases.insert(id);
            to_follow.extend(keys.into_iter().flatten());
        }
        if cases.len() > limit {
            break;
        }
    }
    let mut cases: Vec<EntityId> = cases.into_iter().collect();
    cases.drain(..cases.len().saturating_sub(limit));
    Ok(cases)
}

impl View<'_> {
    /// The newest `limit` cases with a serial number, before or after a repair, and their numbers.
    pub(super) fn with_key(
        &self,
        key: &str,
        limit: usize,
    ) -> Result<Vec<(EntityId, Keys)>, Trouble> {
        let mut find = self.conn.prepare_cached(
            "SELECT id, serial_key, serial_after_key FROM (
                 SELECT * FROM (SELECT id, serial_key, serial_after_key FROM case_row
                     WHERE serial_key = ?1 ORDER BY id DESC LIMIT ?2)
                 UNION
                 SELECT * FROM (SELECT id, serial_key, serial_after_key FROM case_row
                     WHERE serial_after_key = ?1 ORDER BY id DESC LIMIT ?2))
             ORDER BY id DESC LIMIT ?2",
        )?;
        let rows = find.query_map(params![key, limit as i64], |row| {
            Ok((EntityId(row.get(0)?), [row.get(1)?, row.get(2)?]))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// The newest cases with a number where some records changed: what the file says of those is old.
pub(super) fn with_changed(
    view: View<'_>,
    key: &str,
    limit: usize,
    changed: &BTreeMap<EntityId, Keys>,
) -> Result<Vec<(EntityId, Keys)>, Trouble> {
    let mut cases = view.with_key(key, limit + changed.len())?;
    cases.retain(|(id, _)| !changed.contains_key(id));
    let has = |keys: &Keys| keys.iter().flatten().any(|own| own == key);
    let new = changed.iter().filter(|(_, keys)| has(keys));
    cases.extend(new.map(|(id, keys)| (*id, keys.clone())));
    cases.sort_unstable_by_key(|(id, _)| std::cmp::Reverse(*id));
    cases.truncate(limit);
    Ok(cases)
}
