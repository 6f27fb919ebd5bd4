//! A desk without a file: records in memory, changes applied as the store would.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use aftercare::desk::change::{Batch, Change, Ground};
use aftercare::desk::field::{Field, FieldKind};
use aftercare::desk::id::{EntityId, EntityKind, Fresh, ItemId};
use aftercare::desk::money::Fen;
use aftercare::desk::now::Now;
use aftercare::desk::phone::Phone;
use aftercare::desk::record::Record;
use aftercare::desk::serial::Serial;
use aftercare::desk::staff::{Role, Staff};
use aftercare::desk::value::{Entry, Value};
use aftercare::terms::calendar::Calendar;
use aftercare::terms::version::Library;
use aftercare::work::action::{self, Action, Actor, FieldEdit, Refusal};
use aftercare::work::case::{Case, Knowledge};
use aftercare::work::earlier::EarlierRepair;
use aftercare::work::elsewhere::Elsewhere;
use aftercare::work::grants::Subject;
use aftercare::work::join::{self, Prefer, Way};
use aftercare::work::parcels;
use aftercare::work::standing::{Blocker, Stage, Standing};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn knowledge() -> Arc<Knowledge> {
    Arc::new(Knowledge {
        library: Library::built_in(),
        calendar: Calendar::built_in(),
        zone: chrono_tz::Asia::Shanghai,
    })
}

/// A value of a field as its kind takes it.
pub fn value(field: Field, text: &str) -> Value {
    match field.kind() {
        FieldKind::Phone => Value::Phone(Phone::parse(text).unwrap()),
        FieldKind::Serial => Value::Serial(Serial::parse(text).unwrap()),
        FieldKind::Money => Value::Fen(Fen(text.parse::<i64>().unwrap() * 100)),
        _ => Value::from_stored(field, text).unwrap_or_else(|| panic!("{field:?} takes no {text}")),
    }
}

pub struct Desk {
    pub records: BTreeMap<EntityId, Record>,
    pub at: DateTime<Utc>,
    pub fresh: Fresh,
    pub knowledge: Arc<Knowledge>,
    pub who: Staff,
    counts: HashMap<String, u32>,
}

impl Desk {
    /// A desk on the morning of a day; an operator sits at it.
    pub fn on(first: &str) -> Desk {
        let mut desk = Desk {
            records: BTreeMap::new(),
            at: DateTime::UNIX_EPOCH,
            fresh: Fresh::new(1),
            knowledge: knowledge(),
            who: Staff {
                name: "li".into(),
                role: Role::Operator,
            },
            counts: HashMap::new(),
        };
        desk.go_to(first);
        desk
    }

    pub fn go_to(&mut self, to: &str) {
        let morning = day(to).and_time(NaiveTime::from_hms_opt(9, 30, 0).unwrap());
        let zone = self.knowledge.zone;
        self.at = zone
            .from_local_datetime(&morning)
            .unwrap()
            .with_timezone(&Utc);
    }

    pub fn go_on(&mut self, days: i64) {
        self.at += chrono::TimeDelta::days(days);
    }

    pub fn today(&self) -> NaiveDate {
        self.knowledge.day(self.at)
    }

    pub fn by(&mut self, name: &str, role: Role) -> &mut Desk {
        self.who = Staff {
            name: name.into(),
            role,
        };
        self
    }

    pub fn operator(&mut self) -> &mut Desk {
        self.by("li", Role::Operator)
    }

    pub fn technician(&mut self) -> &mut Desk {
        self.by("chen", Role::Technician)
    }

    pub fn supervisor(&mut self) -> &mut Desk {
        self.by("wu", Role::Supervisor)
    }

    fn with_actor<T>(&mut self, plan: impl FnOnce(&mut Actor) -> T) -> T {
        self.at += chrono::TimeDelta::seconds(20);
        let now = Now {
            at: self.at,
            today: self.today(),
        };
        plan(&mut Actor {
            staff: &self.who,
            now,
            fresh: &mut self.fresh,
        })
    }

    /// What the store does with a batch.
    pub fn save(&mut self, batch: Batch) {
        assert!(!batch.changes.is_empty(), "nothing to save: {batch:?}");
        for planned in batch.changes {
            let record = self
                .records
                .entry(planned.entity)
                .or_insert_with(|| Record::new(planned.entity, planned.kind));
            let entry = match (planned.field, planned.entry) {
                (Field::Number, Entry::Known(Value::Text(text))) if text.ends_with('-') => {
                    let count = self.counts.entry(text.clone()).or_default();
                    *count += 1;
                    Entry::Known(Value::Text(format!("{text}{count:05}")))
                }
                (_, entry) => entry,
            };
            let applied = record.apply(Change {
                entity: planned.entity,
                kind: planned.kind,
                seq: record.next_seq(),
                action: batch.action,
                act: batch.act,
                at: batch.at,
                who: batch.who.clone(),
                ground: planned.ground,
                item: planned.item,
                field: planned.field,
                entry,
                base: planned.base,
            });
            assert!(applied);
        }
    }

    /// The case as it stands, with what earlier cases of its serial number tell.
    pub fn case(&self, id: EntityId) -> Case {
        let record = self.records[&id].clone();
        let same: Vec<Record> = self.records.values().cloned().collect();
        let earlier = EarlierRepair::all(&same, &record);
        Case::of(record, earlier, Arc::clone(&self.knowledge), self.today())
    }

    pub fn standing(&self, id: EntityId) -> Standing {
        self.case(id).standing
    }

    pub fn stage(&self, id: EntityId) -> Stage {
        self.standing(id).stage
    }

    pub fn outcome(&self, id: EntityId) -> Option<&'static str> {
        self.records[&id].choice(Field::Closed)
    }

    pub fn number(&self, id: EntityId) -> Option<&str> {
        self.records[&id].text(Field::Number)
    }

    /// Does something, or is told why not.
    pub fn tries(&mut self, id: EntityId, action: Action) -> Result<(), Refusal> {
        let case = self.case(id);
        let batch = self.with_actor(|actor| action::plan(action, &case, actor))?;
        self.save(batch);
        Ok(())
    }

    pub fn does(&mut self, id: EntityId, action: Action) -> &mut Desk {
        let told = format!("{action:?}");
        if let Err(refusal) = self.tries(id, action) {
            panic!("{told} on {}: {refusal:?}", self.today());
        }
        self
    }

    /// A call with these fields; nothing else is known.
    pub fn call(&mut self, facts: &[(Field, &str)]) -> EntityId {
        let first = facts.iter().map(|fact| edit(*fact)).collect();
        let terms = self.knowledge.terms_in_force(self.today());
        let (id, batch) = self
            .with_actor(|actor| action::begin(actor, &terms, first))
            .unwrap();
        self.save(batch);
        id
    }

    pub fn fills(&mut self, id: EntityId, facts: &[(Field, &str)]) -> &mut Desk {
        let edits = facts.iter().map(|fact| edit(*fact)).collect();
        self.does(id, Action::Edit(edits))
    }

    pub fn empties(&mut self, id: EntityId, field: Field) -> &mut Desk {
        let edit = FieldEdit::of_self(field, Entry::Unknown, Ground::Desk);
        self.does(id, Action::Edit(vec![edit]))
    }

    /// A parcel with goods for these cases, taken in.
    pub fn takes_in(&mut self, cases: &[EntityId]) -> EntityId {
        let parcel = self.parcel("SF0000000000001");
        for case in cases {
            self.puts_in(parcel, Some(*case), None);
        }
        self.receives(parcel).unwrap();
        parcel
    }

    pub fn parcel(&mut self, waybill: &str) -> EntityId {
        let first = vec![edit((Field::Waybill, waybill))];
        let (id, batch) = self
            .with_actor(|actor| parcels::begin_incoming(actor, first))
            .unwrap();
        self.save(batch);
        id
    }

    pub fn puts_in(&mut self, parcel: EntityId, case: Option<EntityId>, label: Option<&str>) {
        let item = self.fresh.item();
        let entry = match case {
            Some(case) => (Field::GoodsCase, Value::Link(case)),
            None => (Field::GoodsLabel, Value::Text(label.unwrap().into())),
        };
        let edit = FieldEdit {
            item,
            field: entry.0,
            entry: Entry::Known(entry.1),
            ground: Ground::Inspected,
        };
        let record = self.records[&parcel].clone();
        let batch = self
            .with_actor(|actor| parcels::edit(&record, vec![edit], actor))
            .unwrap();
        self.save(batch);
    }

    /// Goods of a case, with the serial number that stands on them.
    pub fn puts_in_with_serial(&mut self, parcel: EntityId, case: EntityId, serial: &str) {
        let item = self.fresh.item();
        let of_line = |field, value| FieldEdit {
            item,
            field,
            entry: Entry::Known(value),
            ground: Ground::Inspected,
        };
        let edits = vec![
            of_line(Field::GoodsCase, Value::Link(case)),
            of_line(Field::GoodsSerial, value(Field::GoodsSerial, serial)),
        ];
        let record = self.records[&parcel].clone();
        let batch = self
            .with_actor(|actor| parcels::edit(&record, edits, actor))
            .unwrap();
        self.save(batch);
    }

    pub fn receives(&mut self, parcel: EntityId) -> Result<(), Refusal> {
        let record = self.records[&parcel].clone();
        let ids: Vec<EntityId> = self
            .records
            .values()
            .filter(|record| record.id() != parcel)
            .filter(|record| record.kind() == aftercare::desk::id::EntityKind::Case)
            .map(Record::id)
            .collect();
        let cases: Vec<Case> = ids.into_iter().map(|id| self.case(id)).collect();
        let cases: Vec<&Case> = cases.iter().collect();
        let terms = self.knowledge.terms_in_force(self.today());
        let batch = self.with_actor(|actor| parcels::receive(&record, &cases, &terms, actor))?;
        self.save(batch);
        Ok(())
    }

    pub fn sends(&mut self, id: EntityId, waybill: &str) -> Result<EntityId, Refusal> {
        if !self.records[&id]
            .choice(Field::Closed)
            .is_some_and(|_| true)
            && self.records[&id].text(Field::WaybillBack).is_none()
        {
            self.fills(id, &[(Field::WaybillBack, waybill)]);
        }
        let case = self.case(id);
        let outgoing = self
            .records
            .values()
            .find(|record| {
                record.choice(Field::Direction) == Some("outgoing")
                    && record.text(Field::Waybill) == Some(waybill)
            })
            .cloned();
        let batch = self.with_actor(|actor| parcels::dispatch(&case, outgoing.as_ref(), actor))?;
        self.save(batch);
        Ok(self.records[&id].link(Field::ParcelOut).unwrap())
    }

    /// Confirms the contact and sends the goods back.
    pub fn confirms_and_sends(&mut self, id: EntityId) -> Result<EntityId, Refusal> {
        self.does(id, Action::ConfirmContact);
        self.sends(id, "SF9999999999999")
    }

    pub fn undoes(&mut self, id: EntityId) -> Result<(), Refusal> {
        let case = self.case(id);
        let others = self.others(id);
        let batch = self.with_actor(|actor| action::plan_undo(&case, &others, actor))?;
        self.save(batch);
        Ok(())
    }

    /// The case, knowing where else its unit is open.
    pub fn case_beside_others(&self, id: EntityId) -> Case {
        let all: Vec<Record> = self.cases().cloned().collect();
        let case = self.case(id);
        let elsewhere = Elsewhere::all(&all, &case.record, &self.knowledge, self.today());
        case.with_elsewhere(elsewhere)
    }

    fn cases(&self) -> impl Iterator<Item = &Record> {
        let records = self.records.values();
        records.filter(|record| record.kind() == EntityKind::Case)
    }

    /// Tries an action of somebody who is told where else the unit is open.
    pub fn tries_beside_others(&mut self, id: EntityId, action: Action) -> Result<(), Refusal> {
        let case = self.case_beside_others(id);
        let batch = self.with_actor(|actor| action::plan(action, &case, actor))?;
        self.save(batch);
        Ok(())
    }

    pub fn joins(
        &mut self,
        id: EntityId,
        right: EntityId,
        how: (Way, Prefer),
    ) -> Result<(), Refusal> {
        let (case, around) = (self.case(id), self.others(id));
        let right = self.records[&right].clone();
        let batch = self.with_actor(|actor| join::plan(&case, &right, &around, how, actor))?;
        self.save(batch);
        Ok(())
    }

    pub fn takes_apart(&mut self, id: EntityId) -> Result<(), Refusal> {
        let (case, around) = (self.case(id), self.others(id));
        let batch = self.with_actor(|actor| join::plan_apart(&case, &around, actor))?;
        self.save(batch);
        Ok(())
    }

    fn others(&self, id: EntityId) -> Vec<Record> {
        let others = self.records.values().filter(|record| record.id() != id);
        others.cloned().collect()
    }

    /// Writes a quote of these lines: kind and yuan each.
    pub fn quotes(&mut self, id: EntityId, lines: &[(&'static str, &str)]) -> Vec<ItemId> {
        let mut items = Vec::new();
        for (kind, yuan) in lines {
            let item = self.fresh.item();
            items.push(item);
            let of_line = |field, value| FieldEdit {
                item,
                field,
                entry: Entry::Known(value),
                ground: Ground::Desk,
            };
            self.does(
                id,
                Action::Edit(vec![
                    of_line(Field::LineKind, Value::Choice(kind)),
                    of_line(Field::LineText, Value::Text((*kind).into())),
                    of_line(Field::LinePrice, value(Field::LinePrice, yuan)),
                ]),
            );
        }
        items
    }

    pub fn line_is(&mut self, id: EntityId, item: ItemId, field: Field, to: &str) {
        let edit = FieldEdit {
            item,
            field,
            entry: Entry::Known(value(field, to)),
            ground: Ground::CustomerSays,
        };
        self.does(id, Action::Edit(vec![edit]));
    }

    pub fn issues(&mut self, id: EntityId) -> &mut Desk {
        self.does(id, Action::IssueQuote { over: "telephone" })
    }

    pub fn answers(&mut self, id: EntityId, answer: &'static str) -> &mut Desk {
        self.does(
            id,
            Action::AnswerQuote {
                answer,
                over: "telephone",
            },
        )
    }

    pub fn pays(&mut self, id: EntityId, yuan: i64) -> &mut Desk {
        self.does(
            id,
            Action::Pay {
                amount: Fen(yuan * 100),
                means: "transfer",
                day: self.today(),
            },
        )
    }

    pub fn grants(&mut self, id: EntityId, subject: Subject) -> &mut Desk {
        self.supervisor().does(
            id,
            Action::Grant {
                subject,
                reason: "a good customer".into(),
            },
        );
        self.operator()
    }

    pub fn closes(&mut self, id: EntityId, outcome: &'static str) -> Result<(), Refusal> {
        self.tries(
            id,
            Action::Close {
                outcome,
                note: "as agreed".into(),
            },
        )
    }

    pub fn repairs(&mut self, id: EntityId) -> Result<(), Refusal> {
        self.technician();
        let done = self.tries(id, Action::FinishRepair);
        self.operator();
        done
    }
}

fn edit((field, text): (Field, &str)) -> FieldEdit {
    FieldEdit::of_self(
        field,
        Entry::Known(value(field, text)),
        Ground::CustomerSays,
    )
}

/// Who calls and what about.
pub const CALLER: [(Field, &str); 5] = [
    (Field::Phone, "13800000000"),
    (Field::Caller, "王小明"),
    (Field::Address, "1 Example Road"),
    (Field::Model, "CK-80 HV"),
    (Field::SerialNumber, "80H2-7731"),
];

/// What an inspection of untouched goods finds.
pub const UNTOUCHED: [(Field, &str); 11] = [
    (Field::PerformanceFailure, "no"),
    (Field::ManufacturingDefect, "no"),
    (Field::Complete, "yes"),
    (Field::AppearanceDamage, "no"),
    (Field::Activated, "no"),
    (Field::Resalable, "yes"),
    (Field::ProofAtReturn, "valid"),
    (Field::CollisionOrBurn, "no"),
    (Field::Misuse, "no"),
    (Field::LabelsTampered, "no"),
    (Field::ForceMajeure, "no"),
];

/// A repair inside the period: a valid proof, bought some weeks before.
pub fn covered_repair(desk: &mut Desk) -> EntityId {
    let id = desk.call(&CALLER);
    let bought = (desk.today() - chrono::TimeDelta::days(40)).to_string();
    desk.fills(
        id,
        &[
            (Field::Service, "repair"),
            (Field::Proof, "valid"),
            (Field::PurchaseDate, &bought),
            (Field::AgreedIfCovered, "yes"),
        ],
    );
    desk.does(id, Action::Authorise);
    id
}

/// A repair after the period.
pub fn expired_repair(desk: &mut Desk) -> EntityId {
    let id = desk.call(&CALLER);
    let bought = (desk.today() - chrono::TimeDelta::days(300)).to_string();
    desk.fills(
        id,
        &[
            (Field::Service, "repair"),
            (Field::Proof, "valid"),
            (Field::PurchaseDate, &bought),
        ],
    );
    desk.does(id, Action::Authorise);
    id
}

/// An expired repair that lies here, tested.
pub fn expired_at_the_bench(desk: &mut Desk) -> EntityId {
    let id = expired_repair(desk);
    desk.go_on(3);
    desk.takes_in(&[id]);
    desk.technician()
        .fills(id, &[(Field::TestResult, "quality")]);
    desk.operator();
    id
}

/// The same with no fault found, to go back at the customer's freight.
pub fn no_fault_at_the_bench(desk: &mut Desk) -> EntityId {
    let id = expired_at_the_bench(desk);
    let found = [
        (Field::TestResult, "no_fault"),
        (Field::FreightBack, "collect"),
    ];
    desk.fills(id, &found);
    id
}

/// Whether a refusal names this blocker.
pub fn is_blocked(result: &Result<impl Sized, Refusal>, by: Blocker) -> bool {
    matches!(result, Err(Refusal::Blocked(blockers)) if blockers.contains(&by))
}
