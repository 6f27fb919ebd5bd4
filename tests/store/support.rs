//! A desk in a temporary file, and a small projection to stand in for the real one.

use std::path::PathBuf;

use aftercare::desk::change::{Act, Batch, Ground, Planned};
use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityId, EntityKind, Fresh, ItemId};
use aftercare::desk::money::Fen;
use aftercare::desk::phone::Phone;
use aftercare::desk::record::Record;
use aftercare::desk::serial::Serial;
use aftercare::desk::value::{Entry, Value};
use aftercare::store::{Around, CommitFault, Committed, Projection, Store, TermsVersion};
use aftercare::work::row::CaseRow;
use aftercare::work::standing::{GoodsAt, Stage};
use chrono::{DateTime, TimeDelta, TimeZone, Utc};

/// The line of a case as these tests need it: `bin` says how many other cases there are.
pub fn project(record: &Record, around: &Around) -> CaseRow {
    let text = |field| record.text(field).map(str::to_string);
    let closed = record
        .fact(Field::Closed)
        .filter(|fact| fact.entry.value().is_some());
    CaseRow {
        id: record.id(),
        number: text(Field::Number),
        begun_at: record.begun_at().unwrap_or_default(),
        stage: match closed {
            Some(_) => Stage::Closed,
            None => Stage::Call,
        },
        due: record.day(Field::WaitingUntil),
        wait: None,
        waiting_since: None,
        goods: GoodsAt::Customer,
        outcome: record.choice(Field::Closed),
        closed_at: closed.map(|fact| fact.at),
        service: record.choice(Field::Service),
        caller: text(Field::Caller),
        phone: record.phone(Field::Phone).cloned(),
        second_phone: record.phone(Field::SecondPhone).cloned(),
        email: text(Field::Email),
        model: text(Field::Model),
        serial: record
            .serial(Field::SerialNumber)
            .map(|serial| serial.as_str().to_string()),
        serial_after: aftercare::work::unit::given_out(record)
            .map(|serial| serial.as_str().to_string()),
        serial_in_box: aftercare::work::unit::other_in_box(record)
            .map(|serial| serial.as_str().to_string()),
        label: text(Field::BagLabel),
        bin: Some(around.earlier.len().to_string()),
        assignee: text(Field::Assignee),
        owed: Fen(0),
        paid: Fen(0),
        credit: Fen(0),
        price_open: false,
        waybills: around.waybills.clone(),
        terms: text(Field::TermsVersion),
    }
}

/// How many cases a property is tried on: more by far with `AFTERCARE_LONG=1`.
pub fn cases(few: u32) -> u32 {
    if crate::long::is_long() {
        few * 20
    } else {
        few
    }
}

pub fn projection() -> Projection {
    Projection::new(1, project)
}

/// A known value from its typed form.
pub fn known(field: Field, typed: &str) -> Entry {
    use aftercare::desk::field::FieldKind;
    Entry::Known(match field.kind() {
        FieldKind::Phone => Value::Phone(Phone::parse(typed).unwrap()),
        FieldKind::Serial => Value::Serial(Serial::parse(typed).unwrap()),
        _ => Value::from_stored(field, typed).unwrap(),
    })
}

pub fn text(words: &str) -> Entry {
    Entry::Known(Value::Text(words.to_string()))
}

pub fn terms(hash: &str, from_day: &str) -> TermsVersion {
    TermsVersion {
        hash: hash.to_string(),
        from_day: from_day.parse().unwrap(),
        brought_in: from_day.parse().unwrap(),
        text: format!("terms {hash}"),
    }
}

/// What SQLite itself says of a file.
pub fn integrity(path: &std::path::Path) -> String {
    let conn = rusqlite::Connection::open(path).unwrap();
    conn.query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap()
}

/// A desk in a folder that goes away with it.
pub struct Desk {
    pub store: Store,
    pub batches: Vec<Batch>,
    home: tempfile::TempDir,
    path: PathBuf,
    fresh: Fresh,
    now: DateTime<Utc>,
}

impl Desk {
    pub fn new() -> Desk {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("desk.db");
        Desk::at(home, path)
    }

    pub fn at(home: tempfile::TempDir, path: PathBuf) -> Desk {
        Desk {
            store: Store::open(&path, projection()).unwrap(),
            batches: Vec::new(),
            home,
            path,
            fresh: Fresh::new(1),
            now: Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap(),
        }
    }

    pub fn reopen(self) -> Desk {
        let Desk {
            store, home, path, ..
        } = self;
        drop(store);
        Desk::at(home, path)
    }

    /// Closes the file and keeps the folder.
    pub fn close(self) -> (tempfile::TempDir, PathBuf) {
        let Desk {
            store, home, path, ..
        } = self;
        drop(store);
        (home, path)
    }

    /// Other identifiers than every other desk of these tests.
    pub fn seed(&mut self, seed: u64) {
        self.fresh = Fresh::new(seed);
    }

    pub fn path(&self) -> PathBuf {
        self.path.clone()
    }

    /// The file of that ending beside the desk's.
    pub fn beside(&self, ending: &str) -> PathBuf {
        let mut name = self.path.as_os_str().to_os_string();
        name.push(ending);
        PathBuf::from(name)
    }

    /// The raw file and its log, in lower case.
    pub fn bytes(&self) -> String {
        let mut bytes = std::fs::read(&self.path).unwrap();
        bytes.extend(std::fs::read(self.beside("-wal")).unwrap_or_default());
        String::from_utf8_lossy(&bytes).to_lowercase()
    }

    /// The next moment.
    pub fn tick(&mut self) -> DateTime<Utc> {
        self.now += TimeDelta::milliseconds(1500);
        self.now
    }

    pub fn batch(&mut self, act: Act, changes: Vec<Planned>) -> Batch {
        let at = self.tick();
        Batch {
            action: self.fresh.action(),
            act,
            at,
            who: "li".to_string(),
            changes,
        }
    }

    /// A change by somebody who sees the case as it stands.
    pub fn planned(&self, entity: EntityId, field: Field, entry: Entry) -> Planned {
        self.planned_of(entity, ItemId::SELF, field, entry)
    }

    pub fn planned_of(
        &self,
        entity: EntityId,
        item: ItemId,
        field: Field,
        entry: Entry,
    ) -> Planned {
        let record = self.store.view().record(entity).unwrap();
        Planned {
            entity,
            kind: record.as_ref().map_or(EntityKind::Case, Record::kind),
            ground: Ground::CustomerSays,
            item,
            field,
            entry,
            base: record
                .and_then(|record| record.fact_of(item, field).map(|fact| fact.seq))
                .unwrap_or(0),
        }
    }

    pub fn commit(&mut self, batch: &Batch) -> Result<Committed, CommitFault<()>> {
        let committed = self.store.commit(batch, |_| Ok(()))?;
        self.batches.push(batch.clone());
        Ok(committed)
    }

    pub fn set(
        &mut self,
        entity: EntityId,
        field: Field,
        entry: Entry,
    ) -> Result<Committed, CommitFault<()>> {
        self.set_of(entity, ItemId::SELF, field, entry)
    }

    pub fn set_of(
        &mut self,
        entity: EntityId,
        item: ItemId,
        field: Field,
        entry: Entry,
    ) -> Result<Committed, CommitFault<()>> {
        let planned = self.planned_of(entity, item, field, entry);
        let batch = self.batch(Act::Edit, vec![planned]);
        self.commit(&batch)
    }

    /// A new case with these facts.
    pub fn case(&mut self, facts: &[(Field, &str)]) -> EntityId {
        let id = self.fresh.entity(self.now.timestamp_millis());
        let changes = facts
            .iter()
            .map(|(field, typed)| self.planned(id, *field, known(*field, typed)))
            .collect();
        let batch = self.batch(Act::Begin, changes);
        self.commit(&batch).unwrap();
        id
    }

    /// A new incoming parcel with goods for these cases; the bags are labelled BAG-1, BAG-2, ...
    pub fn parcel(&mut self, waybill: &str, goods: &[Option<EntityId>]) -> EntityId {
        let id = self.fresh.entity(self.now.timestamp_millis());
        let mut changes = vec![
            self.planned(id, Field::Direction, known(Field::Direction, "incoming")),
            self.planned(id, Field::Waybill, text(waybill)),
        ];
        for (at, case) in goods.iter().enumerate() {
            let item = self.fresh.item();
            let label = text(&format!("BAG-{}", at + 1));
            changes.push(self.planned_of(id, item, Field::GoodsLabel, label));
            if let Some(case) = case {
                let link = Entry::Known(Value::Link(*case));
                changes.push(self.planned_of(id, item, Field::GoodsCase, link));
            }
        }
        for change in &mut changes {
            change.kind = EntityKind::Parcel;
        }
        let batch = self.batch(Act::Receive, changes);
        self.commit(&batch).unwrap();
        id
    }

    /// Everything in the list of changes, as a second process reads it.
    pub fn dump(&self) -> Vec<String> {
        let conn = rusqlite::Connection::open(&self.path).unwrap();
        let mut find = conn
            .prepare("SELECT json_array(entity, seq, rev, at, who, act, item, field, value, state, base) FROM change ORDER BY entity, seq")
            .unwrap();
        let rows = find.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }
}
