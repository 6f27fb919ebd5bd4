//! Saving a batch: places in the lists, numbers, changes, lines; all of it or nothing.

use std::collections::{BTreeMap, BTreeSet, btree_map};

use rusqlite::{Connection, OptionalExtension, params};

use crate::desk::change::{Batch, Change, Planned};
use crate::desk::field::Field;
use crate::desk::id::EntityId;
use crate::desk::record::Record;
use crate::desk::value::{Entry, Value};

use super::fault::{CommitFault, Conflict, Trouble};
use super::journal::{ErasedChange, Kept};
use super::read::View;
use super::row::{instant, millis};

/// What a batch wrote, before the lines.
pub(super) struct Written {
    /// The changes with their places.
    pub changes: Vec<Change>,
    /// The changed entities as they are now.
    pub records: BTreeMap<EntityId, Record>,
    /// The numbers it gave and the values it erased: to be on the disk, beside the file, before the
    /// transaction is.
    pub kept: Kept,
}

/// Writes the changes of a batch as revision `rev`. Runs inside a transaction that the caller drops
/// when this fails. `known` are records as this transaction has them already; the used ones are taken out.
pub(super) fn write<R>(
    conn: &Connection,
    batch: &Batch,
    rev: i64,
    known: &mut BTreeMap<EntityId, Record>,
) -> Result<Written, CommitFault<R>> {
    let view = View { conn };
    let mut records = BTreeMap::new();
    for planned in &batch.changes {
        if let btree_map::Entry::Vacant(place) = records.entry(planned.entity) {
            let record = match known.remove(&planned.entity) {
                Some(record) => record,
                None => load_or_make(view, planned)?,
            };
            place.insert(record);
        }
    }
    refuse_stale(batch, &records)?;
    let mut changes = Vec::with_capacity(batch.changes.len());
    let mut erased = BTreeSet::new();
    let mut kept = Kept::default();
    for planned in &batch.changes {
        let Some(record) = records.get_mut(&planned.entity) else {
            continue;
        };
        if planned.entry == Entry::Erased {
            erase(conn, planned, &mut kept)?;
            erased.insert(planned.entity);
        }
        let change = Change {
            entity: planned.entity,
            kind: record.kind(),
            seq: record.next_seq(),
            action: batch.action,
            act: batch.act,
            at: instant(millis(batch.at))?,
            who: batch.who.clone(),
            ground: planned.ground,
            item: planned.item,
            field: planned.field,
            entry: numbered(conn, planned, &mut kept)?,
            base: planned.base,
        };
        insert(conn, &change, rev)?;
        record.apply(change.clone());
        changes.push(change);
    }
    for id in erased {
        records.extend(view.record(id)?.map(|record| (id, record)));
    }
    Ok(Written {
        changes,
        records,
        kept,
    })
}

fn load_or_make(view: View<'_>, planned: &Planned) -> Result<Record, Trouble> {
    if let Some(record) = view.record(planned.entity)? {
        return Ok(record);
    }
    view.conn
        .prepare_cached("INSERT INTO entity (id, kind) VALUES (?1, ?2)")?
        .execute(params![planned.entity.0, planned.kind.code()])?;
    Ok(Record::new(planned.entity, planned.kind))
}

/// Nothing is overwritten unseen: a field that changed after the person looked, and stands otherwise
/// than wanted, stops the batch.
fn refuse_stale<R>(
    batch: &Batch,
    records: &BTreeMap<EntityId, Record>,
) -> Result<(), CommitFault<R>> {
    let mut conflicts = Vec::new();
    for planned in &batch.changes {
        if planned.entry == Entry::Erased && !planned.field.is_personal() {
            return Err(CommitFault::NotPersonal(planned.field));
        }
        let Some(record) = records.get(&planned.entity) else {
            continue;
        };
        let current = record.fact_of(planned.item, planned.field);
        let same = match current {
            Some(fact) => fact.entry == planned.entry,
            None => planned.entry == Entry::Unknown,
        };
        if same || planned.entry == Entry::Erased {
            continue;
        }
        let seq = record
            .changes()
            .iter()
            .rev()
            .find(|change| change.item == planned.item && change.field == planned.field)
            .map_or(0, |change| change.seq);
        // Who saw an empty field saw it as it stands when it is empty now, whatever was in between.
        let unseen = seq > planned.base && !(current.is_none() && planned.base == 0);
        if unseen {
            conflicts.push(Conflict {
                entity: planned.entity,
                item: planned.item,
                field: planned.field,
                wanted: planned.entry.clone(),
                base: planned.base,
                current: current.cloned(),
                seq,
            });
        }
    }
    if conflicts.is_empty() {
        Ok(())
    } else {
        Err(CommitFault::Stale(conflicts))
    }
}

/// The entry; a case number that ends in `-` gets the next count of its prefix. The counter is in
/// the same transaction, so a number is given to one case only; one is left out only where power fails
/// between the journal and the commit (`journal`).
fn numbered(conn: &Connection, planned: &Planned, kept: &mut Kept) -> Result<Entry, Trouble> {
    let prefix = match &planned.entry {
        Entry::Known(Value::Text(text)) if planned.field == Field::Number => text,
        other => return Ok(other.clone()),
    };
    if !prefix.ends_with('-') {
        return Ok(planned.entry.clone());
    }
    let grown: Option<u32> = conn
        .prepare_cached("UPDATE counter SET n = n + 1 WHERE prefix = ?1 RETURNING n")?
        .query_row([prefix], |row| row.get(0))
        .optional()?;
    let count = match grown {
        Some(count) => count,
        None => {
            conn.prepare_cached("INSERT INTO counter (prefix, n) VALUES (?1, 1)")?
                .execute([prefix])?;
            1
        }
    };
    kept.number(prefix, count);
    let number = format!("{prefix}{count:05}");
    conn.prepare_cached("UPDATE meta SET high_water = ?1 WHERE one = 1")?
        .execute([&number])?;
    Ok(Entry::Known(Value::Text(number)))
}

/// Takes a personal value out of all earlier changes of its field; the rows stay.
fn erase(conn: &Connection, planned: &Planned, kept: &mut Kept) -> Result<(), Trouble> {
    let mut update = conn.prepare_cached(
        "UPDATE change SET state = 'erased', value = NULL
         WHERE entity = ?1 AND item = ?2 AND field = ?3 AND state IN ('known', 'unreadable')
         RETURNING entity, seq, action",
    )?;
    let erased = params![planned.entity.0, planned.item.0, planned.field.code()];
    let mut rows = update.query(erased)?;
    while let Some(row) = rows.next()? {
        kept.erased.insert(ErasedChange {
            entity: row.get(0)?,
            seq: row.get(1)?,
            action: row.get(2)?,
        });
    }
    Ok(())
}

fn insert(conn: &Connection, change: &Change, rev: i64) -> Result<(), Trouble> {
    let (state, value) = match &change.entry {
        Entry::Known(value) => ("known", Some(value.to_stored())),
        Entry::Unreadable(text) => ("unreadable", Some(text.clone())),
        Entry::Unknown => ("unknown", None),
        Entry::Erased => ("erased", None),
    };
    conn.prepare_cached(
        "INSERT INTO change (entity, seq, rev, at, who, ground, act, action, item, field, value,
             state, base)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        change.entity.0,
        change.seq,
        rev,
        millis(change.at),
        change.who,
        change.ground.code(),
        change.act.code(),
        change.action.0,
        change.item.0,
        change.field.code(),
        value,
        state,
        change.base,
    ])?;
    Ok(())
}
