//! The lines beside the changes: of cases, of parcels, of people, and what a case is found by. Written in the
//! transaction of the changes they follow from, and only where they differ.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rusqlite::{Connection, ToSql, params};

use crate::desk::field::Field;
use crate::desk::id::{EntityId, EntityKind};
use crate::desk::parcel::Parcel;
use crate::desk::phone::Phone;
use crate::desk::record::Record;
use crate::desk::serial::Serial;
use crate::work::row::CaseRow;

use super::cut;
use super::fault::Trouble;
use super::former::Former;
use super::life::{self, Keys};
use super::read::{EARLIER, View, waybill_key};
use super::row::{COLUMNS, Stored, day_text};
use super::staff;

/// What a case's line depends on besides its own record.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// The waybills of the parcels it has to do with, incoming first.
    pub waybills: Vec<String>,
    /// The other cases around its unit, open or closed, oldest first.
    pub earlier: Vec<Record>,
}

/// Computes the line of a case: pure and time-free, so that the same changes always give the same
/// line. Its `serial` must be the known serial number of the record, as stored.
pub type Project = dyn Fn(&Record, &Around) -> CaseRow + Send + Sync;

/// How lines are computed, and which version of the computation this is.
#[derive(Clone)]
pub struct Projection {
    /// Raise it when the computation changes: open cases are then computed anew on opening.
    pub engine: u32,
    /// The computation.
    pub project: Arc<Project>,
}

impl Projection {
    /// A projection.
    pub fn new(
        engine: u32,
        project: impl Fn(&Record, &Around) -> CaseRow + Send + Sync + 'static,
    ) -> Projection {
        Projection {
            engine,
            project: Arc::new(project),
        }
    }
}

impl std::fmt::Debug for Projection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Projection {{ engine: {} }}", self.engine)
    }
}

/// Computes and writes the lines of entities that changed, and of those that depend on them.
pub(super) struct Refresh<'a> {
    view: View<'a>,
    projection: &'a Projection,
    rev: i64,
    records: BTreeMap<EntityId, Record>,
    changed: BTreeSet<EntityId>,
    rows: Vec<CaseRow>,
}

impl<'a> Refresh<'a> {
    /// `records` are the changed entities as they are now.
    pub fn new(
        conn: &'a Connection,
        projection: &'a Projection,
        rev: i64,
        records: BTreeMap<EntityId, Record>,
    ) -> Refresh<'a> {
        Refresh {
            view: View { conn },
            projection,
            rev,
            changed: records.keys().copied().collect(),
            records,
            rows: Vec::new(),
        }
    }

    /// Writes what is different; answers with the case lines that are.
    pub fn run(mut self) -> Result<Vec<CaseRow>, Trouble> {
        let mut cases = BTreeSet::new();
        for id in self.changed.clone() {
            let Some(record) = self.records.get(&id) else {
                continue;
            };
            match record.kind() {
                EntityKind::Parcel => cases.extend(renew_parcel(self.view, record, self.rev)?),
                EntityKind::Case => {
                    cases.insert(id);
                    cases.extend(self.siblings(id)?);
                }
                EntityKind::Staff => staff::write(self.view.conn, record, self.rev)?,
            }
        }
        for id in cases {
            self.refresh(id)?;
        }
        Ok(self.rows)
    }

    /// The line of one case as it should stand.
    fn compute(&mut self, id: EntityId) -> Result<Option<Stored>, Trouble> {
        self.load(id)?;
        let Some(record) = self.records.get(&id) else {
            return Ok(None);
        };
        let keys = life::keys(record);
        let links = [record.link(Field::ParcelIn), record.link(Field::ParcelOut)];
        let waybills = self.view.waybills_of(id, links)?;
        let mut others = self.members(&keys)?;
        others.retain(|other| *other != id);
        others.drain(..others.len().saturating_sub(EARLIER));
        for other in &others {
            self.load(*other)?;
        }
        let Some(record) = self.records.remove(&id) else {
            return Ok(None);
        };
        // Lent and put back, not copied: of a serial number that stands for none there are many.
        let earlier = others
            .iter()
            .filter_map(|other| self.records.remove(other))
            .collect();
        let around = Around { waybills, earlier };
        let row = (self.projection.project)(&record, &around);
        let (names, phones) = (names(&record), phones(&record));
        let former = Former::of(&record);
        for record in around.earlier.into_iter().chain([record]) {
            self.records.insert(record.id(), record);
        }
        Ok(Some(Stored {
            names,
            phones,
            keys,
            former,
            parcel_in: links[0],
            parcel_out: links[1],
            engine: self.projection.engine,
            row,
        }))
    }

    fn refresh(&mut self, id: EntityId) -> Result<(), Trouble> {
        let Some(new) = self.compute(id)? else {
            return Ok(());
        };
        let old = self.view.stored(id)?;
        if old.as_ref().is_some_and(|(_, old)| *old == new) {
            return Ok(());
        }
        let place = write_case(
            self.view.conn,
            old.as_ref().map(|(at, _)| *at),
            &new,
            self.rev,
        )?;
        let tokens = cut::tokens(&new);
        let before = old.as_ref().map(|(_, old)| cut::tokens(old));
        if before.as_deref() != Some(tokens.as_str()) {
            if before.is_some() {
                self.view
                    .conn
                    .prepare_cached("DELETE FROM find WHERE rowid = ?1")?
                    .execute([place])?;
            }
            self.view
                .conn
                .prepare_cached("INSERT INTO find (rowid, tokens) VALUES (?1, ?2)")?
                .execute(params![place, tokens])?;
        }
        self.rows.push(new.row);
        Ok(())
    }

    /// The other cases around the unit a changed case has, and around the one it had.
    fn siblings(&self, id: EntityId) -> Result<BTreeSet<EntityId>, Trouble> {
        let now = self.records.get(&id).map(life::keys);
        let before = self.view.stored(id)?.map(|(_, old)| old.keys);
        let mut siblings = BTreeSet::new();
        for keys in [now, before].into_iter().flatten() {
            siblings.extend(self.members(&keys)?);
        }
        Ok(siblings)
    }

    /// The cases around a unit as they are now, oldest first: the stored lines of the changed ones may
    /// still say otherwise.
    fn members(&self, keys: &Keys) -> Result<Vec<EntityId>, Trouble> {
        if keys.iter().all(Option::is_none) {
            return Ok(Vec::new());
        }
        let is_changed_case = |(id, record): &(&EntityId, &Record)| {
            self.changed.contains(id) && record.kind() == EntityKind::Case
        };
        let changed = self.records.iter().filter(is_changed_case);
        let changed: BTreeMap<EntityId, Keys> = changed
            .map(|(id, record)| (*id, life::keys(record)))
            .collect();
        let limit = EARLIER + 1;
        life::around(keys, limit, |key| {
            life::with_changed(self.view, key, limit, &changed)
        })
    }

    fn load(&mut self, id: EntityId) -> Result<(), Trouble> {
        if !self.records.contains_key(&id)
            && let Some(record) = self.view.record(id)?
            && record.kind() == EntityKind::Case
        {
            self.records.insert(id, record);
        }
        Ok(())
    }
}

/// Writes the line of a parcel; the cases it had and has to do with.
pub(super) fn renew_parcel(
    view: View<'_>,
    record: &Record,
    rev: i64,
) -> Result<BTreeSet<EntityId>, Trouble> {
    let mut cases: BTreeSet<EntityId> = view.linked_cases(record.id())?.into_iter().collect();
    write_parcel(view.conn, record, rev)?;
    cases.extend(view.linked_cases(record.id())?);
    Ok(cases)
}

/// The cases and people whose stored lines are not what their changes give; for `doctor` and the tests.
pub(super) fn differing(
    conn: &Connection,
    projection: &Projection,
) -> Result<Vec<EntityId>, Trouble> {
    let view = View { conn };
    let mut differing = Vec::new();
    for id in view.ids("SELECT id FROM entity WHERE kind = 'case' ORDER BY id", [])? {
        let computed = Refresh::new(conn, projection, 0, BTreeMap::new()).compute(id)?;
        let stored = view.stored(id)?.map(|(_, stored)| stored);
        // A closed case keeps its line when the computation changes; it is none of this one's.
        let is_older = stored
            .as_ref()
            .is_some_and(|it| !it.is_open() && it.engine != projection.engine);
        if stored != computed && !is_older {
            differing.push(id);
        }
    }
    differing.extend(staff::differing(view)?);
    Ok(differing)
}

fn names(record: &Record) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for field in [Field::Caller, Field::Recipient] {
        if let Some(name) = record.text(field)
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_string());
        }
    }
    names
}

/// The numbers besides those of its line.
fn phones(record: &Record) -> Vec<String> {
    let recipient = record.phone(Field::RecipientPhone).into_iter();
    recipient.map(Phone::storage).collect()
}

/// Writes a line and answers with its place.
fn write_case(
    conn: &Connection,
    place: Option<i64>,
    new: &Stored,
    rev: i64,
) -> Result<i64, Trouble> {
    let mut values = new.bind();
    values.push(Box::new(rev));
    let bound: Vec<&dyn ToSql> = values.iter().map(AsRef::as_ref).collect();
    match place {
        Some(place) => {
            let marks = marks(bound.len());
            let sql = format!("UPDATE case_row SET ({COLUMNS}, rev) = ({marks}) WHERE id = ?1");
            conn.prepare_cached(&sql)?.execute(bound.as_slice())?;
            Ok(place)
        }
        None => {
            let marks = marks(bound.len());
            let sql = format!("INSERT INTO case_row ({COLUMNS}, rev) VALUES ({marks})");
            conn.prepare_cached(&sql)?.execute(bound.as_slice())?;
            Ok(conn.last_insert_rowid())
        }
    }
}

fn marks(count: usize) -> String {
    let marks: Vec<String> = (1..=count).map(|at| format!("?{at}")).collect();
    marks.join(", ")
}

fn write_parcel(conn: &Connection, record: &Record, rev: i64) -> Result<(), Trouble> {
    let parcel = Parcel::of(record);
    let direction = if parcel.is_incoming {
        "incoming"
    } else {
        "outgoing"
    };
    conn.prepare_cached(
        "INSERT INTO parcel (id, rev, direction, waybill, waybill_key, courier, day)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET rev = ?2, direction = ?3, waybill = ?4, waybill_key = ?5,
             courier = ?6, day = ?7",
    )?
    .execute(params![
        parcel.id.0,
        rev,
        direction,
        parcel.waybill,
        parcel.waybill.as_deref().map(waybill_key),
        parcel.courier,
        parcel.day.map(day_text),
    ])?;
    conn.prepare_cached("DELETE FROM goods WHERE parcel = ?1")?
        .execute([parcel.id.0])?;
    for goods in &parcel.goods {
        conn.prepare_cached(
            "INSERT INTO goods (parcel, item, case_id, model, serial, label, serial_key)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            parcel.id.0,
            goods.item.0,
            goods.case.map(|case| case.0),
            goods.model,
            goods.serial.as_ref().map(|serial| serial.as_str()),
            goods.label,
            goods.serial.as_ref().map(Serial::key),
        ])?;
    }
    Ok(())
}
