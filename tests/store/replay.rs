//! Lines, search and records are what the changes give, whatever was done.

use std::collections::BTreeMap;

use aftercare::desk::change::Act;
use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityId, EntityKind, ItemId};
use aftercare::desk::record::Record;
use aftercare::desk::value::{Entry, Value};
use proptest::prelude::*;

use crate::support::{Desk, known, text};

/// What somebody does; numbers name one of the cases or parcels there are.
#[derive(Debug, Clone)]
enum Deed {
    Begin,
    Caller(usize, String),
    Serial(usize, u8),
    Phone(usize, u8),
    Empty(usize, Field),
    Erase(usize, Field),
    Garble(usize, Field),
    Number(usize),
    Close(usize),
    Reopen(usize),
    Parcel(u8, Vec<usize>),
    Waybill(usize, u8),
    In(usize, usize),
    Out(usize, usize),
}

fn deeds() -> impl Strategy<Value = Deed> {
    let case = 0..6usize;
    let personal = prop::sample::select(vec![Field::Caller, Field::Phone]);
    let any = prop::sample::select(vec![
        Field::Caller,
        Field::Phone,
        Field::SerialNumber,
        Field::ParcelIn,
    ]);
    prop_oneof![
        2 => Just(Deed::Begin),
        2 => (case.clone(), "[王李小明欧阳Ann ]{1,5}").prop_map(|(case, name)| Deed::Caller(case, name)),
        3 => (case.clone(), 0..3u8).prop_map(|(case, serial)| Deed::Serial(case, serial)),
        2 => (case.clone(), 0..9u8).prop_map(|(case, phone)| Deed::Phone(case, phone)),
        2 => (case.clone(), any.clone()).prop_map(|(case, field)| Deed::Empty(case, field)),
        1 => (case.clone(), personal).prop_map(|(case, field)| Deed::Erase(case, field)),
        1 => (case.clone(), any).prop_map(|(case, field)| Deed::Garble(case, field)),
        1 => case.clone().prop_map(Deed::Number),
        1 => case.clone().prop_map(Deed::Close),
        1 => case.clone().prop_map(Deed::Reopen),
        2 => (0..9u8, prop::collection::vec(case.clone(), 0..3)).prop_map(|(way, goods)| Deed::Parcel(way, goods)),
        1 => (case.clone(), 0..9u8).prop_map(|(parcel, way)| Deed::Waybill(parcel, way)),
        1 => (case.clone(), case.clone()).prop_map(|(case, parcel)| Deed::In(case, parcel)),
        1 => (case.clone(), case).prop_map(|(case, parcel)| Deed::Out(case, parcel)),
    ]
}

/// A desk, and what a screen would hold in memory from the answers to its commits.
struct Both {
    desk: Desk,
    cases: Vec<EntityId>,
    parcels: Vec<EntityId>,
    memory: BTreeMap<EntityId, Record>,
}

impl Both {
    fn set(&mut self, act: Act, entity: EntityId, field: Field, entry: Entry) {
        let planned = self.desk.planned_of(entity, ItemId::SELF, field, entry);
        let batch = self.desk.batch(act, vec![planned]);
        let committed = self.desk.commit(&batch).unwrap();
        for change in committed.changes {
            let record = self
                .memory
                .entry(change.entity)
                .or_insert_with(|| Record::new(change.entity, change.kind));
            if change.entry == Entry::Erased {
                let again = self.desk.store.view().record(entity).unwrap().unwrap();
                *record = again;
            } else {
                assert!(record.apply(change));
            }
        }
    }

    fn edit(&mut self, case: usize, field: Field, entry: Entry) {
        if let Some(case) = self.cases.get(case) {
            self.set(Act::Edit, *case, field, entry);
        }
    }

    fn link(&mut self, case: usize, parcel: usize, field: Field) {
        if let Some(parcel) = self.parcels.get(parcel) {
            self.edit(case, field, Entry::Known(Value::Link(*parcel)));
        }
    }

    fn remember(&mut self, id: EntityId) {
        let record = self.desk.store.view().record(id).unwrap().unwrap();
        self.memory.insert(id, record);
    }

    fn do_it(&mut self, deed: Deed) {
        match deed {
            Deed::Begin => {
                let case = self.desk.case(&[(Field::Model, "CK-80")]);
                self.cases.push(case);
                self.remember(case);
            }
            Deed::Caller(case, name) => self.edit(case, Field::Caller, text(&name)),
            Deed::Serial(case, serial) => {
                let serial = known(Field::SerialNumber, &format!("80H2-{serial}"));
                self.edit(case, Field::SerialNumber, serial);
            }
            Deed::Phone(case, phone) => {
                let phone = known(Field::Phone, &format!("1380000123{phone}"));
                self.edit(case, Field::Phone, phone);
            }
            Deed::Empty(case, field) => self.edit(case, field, Entry::Unknown),
            Deed::Erase(case, field) => {
                if let Some(case) = self.cases.get(case) {
                    self.set(Act::Erase, *case, field, Entry::Erased);
                }
            }
            Deed::Garble(case, field) => self.edit(case, field, Entry::Unreadable("13x".into())),
            Deed::Number(case) => self.edit(case, Field::Number, text("RMA26-")),
            Deed::Close(case) => self.edit(case, Field::Closed, known(Field::Closed, "void")),
            Deed::Reopen(case) => self.edit(case, Field::Closed, Entry::Unknown),
            Deed::Parcel(way, goods) => {
                let goods: Vec<_> = goods
                    .iter()
                    .map(|case| self.cases.get(*case).copied())
                    .collect();
                let parcel = self.desk.parcel(&format!("SF100000000000{way}"), &goods);
                self.parcels.push(parcel);
                self.remember(parcel);
            }
            Deed::Waybill(parcel, way) => {
                if let Some(parcel) = self.parcels.get(parcel) {
                    let waybill = text(&format!("SF100000000000{way}"));
                    self.set(Act::Edit, *parcel, Field::Waybill, waybill);
                }
            }
            Deed::In(case, parcel) => self.link(case, parcel, Field::ParcelIn),
            Deed::Out(case, parcel) => self.link(case, parcel, Field::ParcelOut),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn lines_search_and_records_equal_the_replayed_changes(
        deeds in prop::collection::vec(deeds(), 1..60)
    ) {
        let mut both = Both {
            desk: Desk::new(),
            cases: Vec::new(),
            parcels: Vec::new(),
            memory: BTreeMap::new(),
        };
        for deed in deeds {
            both.do_it(deed);
        }
        let view = both.desk.store.view();
        prop_assert_eq!(both.desk.store.differing().unwrap(), []);
        for (id, record) in &both.memory {
            let stored = view.record(*id).unwrap();
            prop_assert_eq!(stored.as_ref(), Some(record));
        }
        let changes: usize = both.memory.values().map(|record| record.changes().len()).sum();
        prop_assert_eq!(view.changes_since(0).unwrap().len(), changes);
        let open = both.memory.values().filter(|record| {
            record.kind() == EntityKind::Case && record.value(Field::Closed).is_none()
        });
        prop_assert_eq!(view.board().unwrap().len(), open.count());
        for record in both.memory.values() {
            let typed = [
                record.text(Field::Caller).map(str::to_string),
                record.phone(Field::Phone).map(|phone| phone.to_string()),
                record.phone(Field::Phone).map(|phone| phone.last_four().to_string()),
                record.serial(Field::SerialNumber).map(|serial| serial.to_string()),
                record.text(Field::Number).map(str::to_string),
            ];
            for typed in typed.into_iter().flatten().filter(|_| record.kind() == EntityKind::Case) {
                let hits = view.search(&typed, 100).unwrap();
                prop_assert!(hits.iter().any(|hit| hit.row.id == record.id()), "{:?}", typed);
            }
        }
        // A desk built anew from nothing but the changes says the same.
        let board = view.board().unwrap();
        both.desk.store.rebuild().unwrap();
        prop_assert_eq!(both.desk.store.view().board().unwrap(), board);
    }
}
