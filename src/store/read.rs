//! Reading: whole records, and the lines of cases and parcels.

use rusqlite::{Connection, OptionalExtension, Params, Transaction, params};

use crate::desk::change::{Act, Change, Ground};
use crate::desk::contact::Contacts;
use crate::desk::field::Field;
use crate::desk::fold::fold_trim;
use crate::desk::id::{ActionId, EntityId, EntityKind, ItemId};
use crate::desk::parcel::Goods;
use crate::desk::record::Record;
use crate::desk::scan::{ShortNumber, waybill_number};
use crate::desk::serial::Serial;
use crate::desk::value::{Entry, Value};
use crate::work::join;
use crate::work::row::CaseRow;

use super::fault::Trouble;
use super::life;
use super::row::{COLUMNS, Stored, instant, strange};

/// The most other cases of one serial number that are looked at.
pub const EARLIER: usize = 50;

/// The most lines a look-up by phone, serial number or label gives.
const LINES: usize = 50;

/// Goods that lie in a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundGoods {
    /// The parcel they came or went in.
    pub parcel: EntityId,
    /// The goods.
    pub goods: Goods,
}

/// Everything the screens of a case show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// The case.
    pub record: Record,
    /// The other cases around its unit, oldest first.
    pub same_serial: Vec<Record>,
    /// The other cases of the same caller, then those of others behind the same line; open ones first,
    /// then newest.
    pub same_caller: Vec<CaseRow>,
    /// The parcels it has to do with, incoming first.
    pub parcels: Vec<Record>,
    /// The cases it was joined with, and parcels of theirs that are none of its own.
    pub joined: Vec<Record>,
}

/// Everything the screen of a parcel shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParcelFile {
    /// The parcel.
    pub record: Record,
    /// The cases it has to do with, oldest first.
    pub cases: Vec<Record>,
}

/// What changed since a revision, by whomever.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct News {
    /// The revision it is now.
    pub rev: i64,
    /// The changes, in the order in which they were made. One that erases a value also erased it from
    /// the earlier changes of the same field: read such an entity again.
    pub changes: Vec<Change>,
    /// The lines of the cases that are different now.
    pub rows: Vec<CaseRow>,
}

/// The desk as it stands, or as a transaction sees it.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub(super) conn: &'a Connection,
}

impl View<'_> {
    /// The open cases, by due day, those without one last; older cases first.
    ///
    /// # Errors
    /// [`Trouble`], as everywhere here: the file would not.
    pub fn board(&self) -> Result<Vec<CaseRow>, Trouble> {
        let mut rows = self.rows("WHERE stage <> 'closed'", [])?;
        rows.sort_by_key(|row| (row.due.is_none(), row.due, row.id));
        Ok(rows)
    }

    /// The cases closed last, newest first: `limit` of them after passing over `skip`.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn closed(&self, skip: usize, limit: usize) -> Result<Vec<CaseRow>, Trouble> {
        self.rows(
            "WHERE stage = 'closed' ORDER BY closed_at DESC LIMIT ?1 OFFSET ?2",
            params![limit as i64, skip as i64],
        )
    }

    /// The next `limit` cases behind one, in the order in which they were begun; the first where
    /// none is named.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn cases_after(
        &self,
        after: Option<EntityId>,
        limit: usize,
        open_only: bool,
    ) -> Result<Vec<CaseRow>, Trouble> {
        let after = after.map_or(i64::MIN, |id| id.0);
        self.rows(
            "WHERE id > ?1 AND (stage <> 'closed' OR NOT ?3) ORDER BY id LIMIT ?2",
            params![after, limit as i64, open_only],
        )
    }

    /// The line of one case.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn row(&self, id: EntityId) -> Result<Option<CaseRow>, Trouble> {
        Ok(self.rows("WHERE id = ?1", [id.0])?.pop())
    }

    /// A case or a parcel with all its changes; `None` where nothing was ever recorded of it.
    ///
    /// # Errors
    /// See [`View::board`]; also when a change has a field or an act this program does not know.
    pub fn record(&self, id: EntityId) -> Result<Option<Record>, Trouble> {
        let Some(kind) = self.kind(id)? else {
            return Ok(None);
        };
        let changes = self.changes("entity = ?1 ORDER BY seq", [id.0])?;
        let count = changes.len();
        let record = Record::replay(id, kind, changes);
        if record.changes().len() != count {
            return Err(strange("order of changes", &id.0.to_string()));
        }
        Ok(Some(record))
    }

    /// A case with everything its screens show; `None` where there is no such case.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn case_file(&self, id: EntityId) -> Result<Option<CaseFile>, Trouble> {
        let _snapshot = self.snapshot()?;
        let Some(record) = self.record(id)?.filter(|it| it.kind() == EntityKind::Case) else {
            return Ok(None);
        };
        let same_serial = match record.serial(Field::SerialNumber) {
            Some(serial) => self.earlier(serial, id)?,
            None => Vec::new(),
        };
        let mut same_caller = self.by_contacts(&Contacts::of(&record))?;
        same_caller.retain(|row| row.id != id);
        Ok(Some(CaseFile {
            parcels: self.records(self.parcels_of(id)?)?,
            joined: self.joined(&record)?,
            record,
            same_serial,
            same_caller,
        }))
    }

    /// A parcel with everything its screen shows; `None` where there is no such parcel.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn parcel_file(&self, id: EntityId) -> Result<Option<ParcelFile>, Trouble> {
        let _snapshot = self.snapshot()?;
        let Some(record) = self
            .record(id)?
            .filter(|it| it.kind() == EntityKind::Parcel)
        else {
            return Ok(None);
        };
        Ok(Some(ParcelFile {
            record,
            cases: self.records(self.linked_cases(id)?)?,
        }))
    }

    /// Every change made after a revision, in order.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn changes_since(&self, rev: i64) -> Result<Vec<Change>, Trouble> {
        self.changes("rev > ?1 ORDER BY rev, entity, seq", [rev])
    }

    /// Everything that is different since a revision.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn news(&self, rev: i64) -> Result<News, Trouble> {
        let _snapshot = self.snapshot()?;
        Ok(News {
            rev: self.rev()?,
            changes: self.changes_since(rev)?,
            rows: self.rows("WHERE rev > ?1", [rev])?,
        })
    }

    /// Holds the desk as it stands while several things are read, unless a transaction does already.
    pub(super) fn snapshot(&self) -> Result<Option<Transaction<'_>>, Trouble> {
        if self.conn.is_autocommit() {
            Ok(Some(self.conn.unchecked_transaction()?))
        } else {
            Ok(None)
        }
    }

    /// The revision: the number of the latest commit.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn rev(&self) -> Result<i64, Trouble> {
        self.number("SELECT rev FROM meta WHERE one = 1")
    }

    /// How often the file was put back from a backup, from 1.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn epoch(&self) -> Result<i64, Trouble> {
        self.number("SELECT epoch FROM meta WHERE one = 1")
    }

    /// A number that is another one after somebody else wrote; 2 µs. It also moves for other
    /// people's checkpoints, so ask [`View::rev`] next.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn data_version(&self) -> Result<i64, Trouble> {
        self.number("PRAGMA data_version")
    }

    /// The other cases around the unit of this serial number, however it is spelled, open or closed,
    /// oldest first; of very many the newest [`EARLIER`]. Which of them are about one product is
    /// [`crate::work::unit::life`]'s to say.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn earlier(&self, serial: &Serial, except: EntityId) -> Result<Vec<Record>, Trouble> {
        let mut records = Vec::new();
        let limit = EARLIER + 1;
        let start = [Some(serial.key()), None];
        for id in life::around(&start, limit, |key| self.with_key(key, limit))? {
            if id != except {
                records.extend(self.record(id)?);
            }
        }
        let surplus = records.len().saturating_sub(EARLIER);
        Ok(records.split_off(surplus))
    }

    /// The lines of the cases of a unit, by its serial number before or after the repair, however it is
    /// spelled: those spelled so first, then the newest.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn by_serial(&self, serial: &Serial) -> Result<Vec<CaseRow>, Trouble> {
        let mut rows = Vec::new();
        for (id, _) in self.with_key(&serial.key(), LINES)? {
            rows.extend(self.row(id)?);
        }
        let is_spelled_so = |row: &CaseRow| {
            let mut own = [&row.serial, &row.serial_after].into_iter().flatten();
            own.any(|own| own == serial.as_str())
        };
        rows.sort_by_key(|row| !is_spelled_so(row));
        Ok(rows)
    }

    /// The open cases of a serial number or a case number, however it is typed: what goods taken out
    /// of a parcel may belong to. Newest first.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn open_cases_of(&self, typed: &str) -> Result<Vec<Record>, Trouble> {
        let mut rows = self.cases_by_number(typed)?;
        if let Ok(serial) = Serial::parse(typed) {
            rows.extend(self.by_serial(&serial)?);
        }
        rows.retain(|row| !row.stage.is_closed());
        self.records(rows.into_iter().map(|row| row.id))
    }

    /// The case with a number, however it is typed; where the year was not said, that of every year,
    /// the newest first.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn cases_by_number(&self, typed: &str) -> Result<Vec<CaseRow>, Trouble> {
        let short = ShortNumber::parse(typed);
        let numbers = match short.map(|short| (short.whole(), short.number)) {
            Some((Some(number), _)) => vec![number.to_string()],
            Some((None, count)) => self.numbers_of_each_year(count)?,
            None => vec![fold_trim(typed).to_ascii_uppercase()],
        };
        let mut rows = Vec::new();
        for number in numbers {
            rows.extend(self.rows("WHERE number = ?1", [number])?);
        }
        Ok(rows)
    }

    /// The case numbers with a count, of every year in which numbers were given, the newest first.
    fn numbers_of_each_year(&self, count: u32) -> Result<Vec<String>, Trouble> {
        let mut find = self
            .conn
            .prepare_cached("SELECT prefix FROM counter ORDER BY prefix DESC")?;
        let prefixes = find.query_map([], |row| row.get::<_, String>(0))?;
        let numbers = prefixes.map(|prefix| Ok(format!("{}{count:05}", prefix?)));
        numbers.collect()
    }

    /// The parcels with a waybill, however it is typed, newest first.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn parcels_by_waybill(&self, typed: &str) -> Result<Vec<Record>, Trouble> {
        let ids = self.ids(
            "SELECT id FROM parcel WHERE waybill_key = ?1 ORDER BY id DESC LIMIT ?2",
            params![waybill_key(typed), LINES as i64],
        )?;
        self.records(ids)
    }

    /// The newest parcel with a waybill, however it is typed.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn parcel_by_waybill(&self, typed: &str) -> Result<Option<Record>, Trouble> {
        Ok(self.parcels_by_waybill(typed)?.into_iter().next())
    }

    /// The newest outgoing parcel with a waybill, however it is typed.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn outgoing_box(&self, typed: &str) -> Result<Option<Record>, Trouble> {
        let parcels = self.parcels_by_waybill(typed)?;
        Ok(parcels
            .into_iter()
            .find(|parcel| parcel.choice(Field::Direction) == Some("outgoing")))
    }

    /// The parcels a case has to do with, incoming first.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn parcels_of(&self, case: EntityId) -> Result<Vec<EntityId>, Trouble> {
        self.ids(PARCELS_OF, [case.0])
    }

    /// The cases a case was joined with, and parcels of theirs that are none of its own.
    pub(super) fn joined(&self, record: &Record) -> Result<Vec<Record>, Trouble> {
        let mut cases: Vec<EntityId> = join::moved_to(record).into_iter().collect();
        cases.extend(join::came_from(record));
        let mut ids = Vec::new();
        if !cases.is_empty() {
            let own = self.parcels_of(record.id())?;
            for case in &cases {
                ids.extend(self.parcels_of(*case)?);
            }
            ids.retain(|parcel| !own.contains(parcel));
            ids.sort_unstable();
            ids.dedup();
        }
        self.records(cases.into_iter().chain(ids))
    }

    /// What a case has to do with: its parcels, the cases it was joined with, and their parcels.
    pub(super) fn around(&self, record: &Record) -> Result<Vec<Record>, Trouble> {
        let mut around = self.records(self.parcels_of(record.id())?)?;
        around.extend(self.joined(record)?);
        Ok(around)
    }

    /// The cases somebody may mean who types the number, serial number or bag label of the case another
    /// one is to be joined to: open ones where there are any. One that was joined itself stands for the
    /// case it was joined to.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn join_targets(&self, typed: &str) -> Result<Vec<Record>, Trouble> {
        let mut rows = self.cases_by_number(typed)?;
        if rows.is_empty() {
            if let Ok(serial) = Serial::parse(typed) {
                rows.extend(self.by_serial(&serial)?);
            }
            rows.extend(self.by_label(typed)?);
        }
        let mut found: Vec<Record> = Vec::new();
        for row in rows {
            let mut record = self.record(row.id)?;
            let mut steps = 0;
            while let Some(joined) = &record
                && joined.choice(Field::Closed) == Some("joined")
                && let Some(next) = join::moved_to(joined)
                && steps < LINES
            {
                record = self.record(next)?;
                steps += 1;
            }
            let is_new = |record: &Record| found.iter().all(|it| it.id() != record.id());
            found.extend(record.filter(is_new));
        }
        let is_open = |record: &Record| record.choice(Field::Closed).is_none();
        if found.iter().any(is_open) {
            found.retain(is_open);
        }
        Ok(found)
    }

    /// The cases a parcel has to do with: by the goods in it, or because they say so.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn cases_of(&self, parcel: EntityId) -> Result<Vec<CaseRow>, Trouble> {
        let mut rows = Vec::new();
        for id in self.linked_cases(parcel)? {
            rows.extend(self.row(id)?);
        }
        Ok(rows)
    }

    /// The goods with a bag label, newest parcel first.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn goods_by_label(&self, typed: &str) -> Result<Vec<FoundGoods>, Trouble> {
        self.goods("label = ?1 COLLATE NOCASE", &fold_trim(typed))
    }

    /// The goods with a serial number, however it is spelled, newest parcel first.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn goods_by_serial(&self, serial: &Serial) -> Result<Vec<FoundGoods>, Trouble> {
        self.goods("serial_key = ?1", &serial.key())
    }

    /// The lines of the cases whose goods carry a bag label, newest first.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn by_label(&self, typed: &str) -> Result<Vec<CaseRow>, Trouble> {
        self.rows(
            "WHERE label = ?1 COLLATE NOCASE ORDER BY id DESC LIMIT ?2",
            params![fold_trim(typed), LINES as i64],
        )
    }

    pub(super) fn kind(&self, id: EntityId) -> Result<Option<EntityKind>, Trouble> {
        let mut find = self
            .conn
            .prepare_cached("SELECT kind FROM entity WHERE id = ?1")?;
        let code: Option<String> = find.query_row([id.0], |row| row.get(0)).optional()?;
        code.map(|code| EntityKind::from_code(&code).ok_or_else(|| strange("kind", &code)))
            .transpose()
    }

    pub(super) fn linked_cases(&self, parcel: EntityId) -> Result<Vec<EntityId>, Trouble> {
        self.ids(
            "SELECT case_id FROM goods WHERE parcel = ?1 AND case_id IS NOT NULL
             UNION SELECT id FROM case_row WHERE parcel_in = ?1
             UNION SELECT id FROM case_row WHERE parcel_out = ?1",
            [parcel.0],
        )
    }

    /// The waybills of the parcels of a case; `also` are the parcels its own record names, which its
    /// stored line may not know yet.
    pub(super) fn waybills_of(
        &self,
        case: EntityId,
        also: [Option<EntityId>; 2],
    ) -> Result<Vec<String>, Trouble> {
        let mut find = self.conn.prepare_cached(
            "SELECT DISTINCT waybill FROM (
                 SELECT direction, id, waybill FROM parcel WHERE waybill IS NOT NULL AND id IN (
                     SELECT parcel FROM goods WHERE case_id = ?1 UNION VALUES (?2), (?3))
                 ORDER BY direction, id)",
        )?;
        let also = also.map(|parcel| parcel.map(|parcel| parcel.0));
        let found = find.query_map(params![case.0, also[0], also[1]], |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    pub(super) fn stored(&self, id: EntityId) -> Result<Option<(i64, Stored)>, Trouble> {
        let sql = format!("SELECT place, {COLUMNS} FROM case_row WHERE id = ?1");
        let mut find = self.conn.prepare_cached(&sql)?;
        let mut rows = find.query([id.0])?;
        match rows.next()? {
            Some(row) => Ok(Some((row.get(0)?, Stored::read(row, 1)?))),
            None => Ok(None),
        }
    }

    pub(super) fn rows(
        &self,
        rest: &'static str,
        params: impl Params,
    ) -> Result<Vec<CaseRow>, Trouble> {
        let sql = format!("SELECT {COLUMNS} FROM case_row {rest}");
        let mut find = self.conn.prepare_cached(&sql)?;
        let mut rows = find.query(params)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(Stored::read(row, 0)?.row);
        }
        Ok(found)
    }

    pub(super) fn ids(
        &self,
        sql: &'static str,
        params: impl Params,
    ) -> Result<Vec<EntityId>, Trouble> {
        let mut find = self.conn.prepare_cached(sql)?;
        let found = find.query_map(params, |row| row.get(0).map(EntityId))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    fn number(&self, sql: &'static str) -> Result<i64, Trouble> {
        let mut find = self.conn.prepare_cached(sql)?;
        Ok(find.query_row([], |row| row.get(0))?)
    }

    pub(super) fn records(
        &self,
        ids: impl IntoIterator<Item = EntityId>,
    ) -> Result<Vec<Record>, Trouble> {
        let mut records = Vec::new();
        for id in ids {
            records.extend(self.record(id)?);
        }
        Ok(records)
    }

    fn goods(&self, condition: &'static str, value: &str) -> Result<Vec<FoundGoods>, Trouble> {
        let sql = format!(
            "SELECT parcel, item, case_id, model, serial, label FROM goods
             WHERE {condition} ORDER BY parcel DESC LIMIT {LINES}"
        );
        let mut find = self.conn.prepare_cached(&sql)?;
        let mut rows = find.query([value])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let serial: Option<String> = row.get(4)?;
            found.push(FoundGoods {
                parcel: EntityId(row.get(0)?),
                goods: Goods {
                    item: ItemId(row.get(1)?),
                    case: row.get::<_, Option<i64>>(2)?.map(EntityId),
                    model: row.get(3)?,
                    serial: serial.and_then(|serial| Serial::parse(&serial).ok()),
                    label: row.get(5)?,
                },
            });
        }
        Ok(found)
    }

    fn changes(&self, rest: &'static str, params: impl Params) -> Result<Vec<Change>, Trouble> {
        let sql = format!(
            "SELECT entity, kind, seq, at, who, ground, act, action, item, field, value, state, base
             FROM change JOIN entity ON entity.id = change.entity WHERE {rest}"
        );
        let mut find = self.conn.prepare_cached(&sql)?;
        let mut rows = find.query(params)?;
        let mut changes = Vec::new();
        while let Some(row) = rows.next()? {
            changes.push(change(row)?);
        }
        Ok(changes)
    }
}

const PARCELS_OF: &str = "SELECT id FROM parcel WHERE id IN (
        SELECT parcel FROM goods WHERE case_id = ?1
        UNION SELECT parcel_in FROM case_row WHERE id = ?1
        UNION SELECT parcel_out FROM case_row WHERE id = ?1)
    ORDER BY direction, id";

/// A waybill as it is compared.
pub(super) fn waybill_key(text: &str) -> String {
    waybill_number(text).unwrap_or_else(|| fold_trim(text).to_uppercase())
}

fn change(row: &rusqlite::Row<'_>) -> Result<Change, Trouble> {
    let text = |at: usize| -> Result<&str, Trouble> {
        row.get_ref(at)?
            .as_str()
            .map_err(|_| strange("column", "no text"))
    };
    let field = text(9)?;
    let field = Field::from_code(field).ok_or_else(|| strange("field", field))?;
    let value: Option<String> = row.get(10)?;
    Ok(Change {
        entity: EntityId(row.get(0)?),
        kind: EntityKind::from_code(text(1)?).ok_or_else(|| strange("kind", ""))?,
        seq: row.get(2)?,
        at: instant(row.get(3)?)?,
        who: row.get(4)?,
        ground: Ground::from_code(text(5)?).ok_or_else(|| strange("ground", ""))?,
        act: Act::from_code(text(6)?).ok_or_else(|| strange("act", ""))?,
        action: ActionId(row.get(7)?),
        item: ItemId(row.get(8)?),
        field,
        entry: entry(field, text(11)?, value)?,
        base: row.get(12)?,
    })
}

fn entry(field: Field, state: &str, value: Option<String>) -> Result<Entry, Trouble> {
    match (state, value) {
        // Put there by hand, or a choice that is none any more: kept as it stands, counts as unknown.
        ("known", Some(text)) => {
            Ok(Value::from_stored(field, &text).map_or(Entry::Unreadable(text), Entry::Known))
        }
        ("unreadable", Some(text)) => Ok(Entry::Unreadable(text)),
        ("unknown", None) => Ok(Entry::Unknown),
        ("erased", None) => Ok(Entry::Erased),
        (state, _) => Err(strange("state", state)),
    }
}
