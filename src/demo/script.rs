//! One story being played: a clock, the staff, the records so far. Everything is planned by the
//! actions of `work`, as the screens do it; what an action refuses does not happen.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};

use crate::desk::change::{Batch, Change, Ground};
use crate::desk::field::{Field, FieldKind};
use crate::desk::id::{EntityId, Fresh, ItemId};
use crate::desk::money::Fen;
use crate::desk::now::Now;
use crate::desk::phone::Phone;
use crate::desk::record::Record;
use crate::desk::serial::Serial;
use crate::desk::staff::{Role, Staff};
use crate::desk::value::{Entry, Value};
use crate::work::action::{self, Action, Actor, FieldEdit, Refusal};
use crate::work::case::{Case, Knowledge};
use crate::work::earlier::EarlierRepair;
use crate::work::join::{self, Prefer, Way};
use crate::work::parcels;

use super::people::{Dice, Person, Product, foreigner, person, product};
use super::plan::Entry as Planned;

/// What is put into a field.
#[derive(Debug, Clone, Copy)]
pub enum Put<'a> {
    /// An option, a name, a number, as the file keeps it.
    As(&'a str),
    /// A day, counted from the beginning of the story; before it below zero.
    Day(i64),
    /// Money in yuan.
    Yuan(i64),
    /// Something that cannot be read.
    Typed(&'a str),
    /// Nothing any more.
    Nothing,
}

/// A story being played.
pub struct Script {
    knowledge: Arc<Knowledge>,
    fresh: Fresh,
    today: NaiveDate,
    begins: i64,
    at: DateTime<Utc>,
    staff: Staff,
    records: BTreeMap<EntityId, Record>,
    batches: Vec<Batch>,
    /// What chooses the small differences.
    pub dice: Dice,
    /// Who calls.
    pub caller: Person,
    /// About what.
    pub goods: Product,
    /// The case the story is about; the latest one that began.
    pub case: EntityId,
}

/// Plays a story and gives its batches.
pub fn play(entry: &Planned, today: NaiveDate, knowledge: &Arc<Knowledge>) -> Vec<Batch> {
    let mut dice = Dice::new(entry.seed);
    let caller = if entry.story.is_abroad {
        foreigner(&mut dice)
    } else {
        person(&mut dice)
    };
    let goods = product(&mut dice);
    let mut script = Script {
        knowledge: Arc::clone(knowledge),
        fresh: Fresh::new(dice.roll()),
        today,
        begins: entry.begins,
        at: DateTime::UNIX_EPOCH,
        staff: staff("li", Role::Operator),
        records: BTreeMap::new(),
        batches: Vec::new(),
        dice,
        caller,
        goods,
        case: EntityId(0),
    };
    script.on(0);
    let told = (entry.story.tell)(&mut script);
    debug_assert!(told.is_ok(), "{}: {told:?}", entry.story.name);
    script.batches
}

fn staff(name: &str, role: Role) -> Staff {
    Staff {
        name: name.to_string(),
        role,
    }
}

impl Script {
    /// Goes to a day of the story, never past today.
    pub fn on(&mut self, day: i64) -> &mut Script {
        let date = self.date(day.min(self.begins));
        let minute = u32::try_from(self.dice.below(150)).unwrap_or(0);
        let morning = NaiveTime::from_num_seconds_from_midnight_opt(28_800 + minute * 60, 0)
            .unwrap_or_default();
        let local = self
            .knowledge
            .zone
            .from_local_datetime(&date.and_time(morning));
        // A day whose morning the clock passed over would keep the time of the day before.
        if let Some(at) = local.earliest() {
            self.at = self.at.max(at.with_timezone(&Utc));
        }
        self
    }

    /// The date of a day of the story.
    pub fn date(&self, day: i64) -> NaiveDate {
        let back = self.begins - day;
        let days = Days::new(back.unsigned_abs());
        let date = if back >= 0 {
            self.today.checked_sub_days(days)
        } else {
            self.today.checked_add_days(days)
        };
        date.unwrap_or(self.today)
    }

    /// How many days the story has had by today.
    pub fn length(&self) -> i64 {
        self.begins
    }

    /// One of the two operators sits down.
    pub fn operator(&mut self) -> &mut Script {
        self.staff = staff(self.dice.one(&["li", "zhao"], "li"), Role::Operator);
        self
    }

    /// One of the two technicians sits down.
    pub fn technician(&mut self) -> &mut Script {
        self.staff = staff(self.dice.one(&["chen", "sun"], "chen"), Role::Technician);
        self
    }

    /// The supervisor sits down.
    pub fn supervisor(&mut self) -> &mut Script {
        self.staff = staff("wu", Role::Supervisor);
        self
    }

    fn with_actor<T>(&mut self, plan: impl FnOnce(&mut Actor) -> T) -> T {
        let seconds = 25 + i64::try_from(self.dice.below(90)).unwrap_or(0);
        self.at += TimeDelta::seconds(seconds);
        let now = Now {
            at: self.at,
            today: self.knowledge.day(self.at),
        };
        plan(&mut Actor {
            staff: &self.staff,
            now,
            fresh: &mut self.fresh,
        })
    }

    /// Takes a batch in as the store does, only that numbers stay without their count.
    fn save(&mut self, batch: Batch) {
        for planned in &batch.changes {
            let record = self
                .records
                .entry(planned.entity)
                .or_insert_with(|| Record::new(planned.entity, planned.kind));
            record.apply(Change {
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
                entry: planned.entry.clone(),
                base: planned.base,
            });
        }
        self.batches.push(batch);
    }

    /// The case of the story as it stands.
    pub fn view(&self) -> Case {
        self.view_of(self.case)
    }

    fn view_of(&self, id: EntityId) -> Case {
        let record = self
            .records
            .get(&id)
            .cloned()
            .unwrap_or_else(|| Record::new(id, crate::desk::id::EntityKind::Case));
        let is_case = |other: &&Record| other.kind() == crate::desk::id::EntityKind::Case;
        let same: Vec<Record> = self.records.values().filter(is_case).cloned().collect();
        let earlier = EarlierRepair::all(&same, &record);
        let today = self.knowledge.day(self.at);
        Case::of(record, earlier, Arc::clone(&self.knowledge), today)
    }

    fn entry(&self, field: Field, put: Put<'_>) -> Entry {
        let read = |text: &str| match field.kind() {
            FieldKind::Phone => Phone::parse(text).ok().map(Value::Phone),
            FieldKind::Serial => Serial::parse(text).ok().map(Value::Serial),
            _ => Value::from_stored(field, text),
        };
        match put {
            Put::As(text) => {
                read(text).map_or_else(|| Entry::Unreadable(text.to_string()), Entry::Known)
            }
            Put::Day(day) => Entry::Known(Value::Date(self.date(day))),
            Put::Yuan(yuan) => Entry::Known(Value::Fen(Fen(yuan.saturating_mul(100)))),
            Put::Typed(text) => Entry::Unreadable(text.to_string()),
            Put::Nothing => Entry::Unknown,
        }
    }

    fn edits(&self, ground: Ground, item: ItemId, puts: &[(Field, Put<'_>)]) -> Vec<FieldEdit> {
        puts.iter()
            .map(|(field, put)| FieldEdit {
                item,
                field: *field,
                entry: self.entry(*field, *put),
                ground,
            })
            .collect()
    }

    /// A call begins, with these fields.
    ///
    /// # Errors
    /// As every step: the action is not possible now.
    pub fn begins(&mut self, puts: &[(Field, Put<'_>)]) -> Result<(), Refusal> {
        self.operator();
        let first = self.edits(Ground::CustomerSays, ItemId::SELF, puts);
        let terms = self.knowledge.terms_in_force(self.knowledge.day(self.at));
        let (id, batch) = self.with_actor(|actor| action::begin(actor, &terms, first))?;
        self.case = id;
        self.save(batch);
        Ok(())
    }

    /// Does something with the case.
    ///
    /// # Errors
    /// See [`Script::begins`].
    pub fn does(&mut self, action: Action) -> Result<(), Refusal> {
        let case = self.view();
        let batch = self.with_actor(|actor| action::plan(action, &case, actor))?;
        self.save(batch);
        Ok(())
    }

    /// Joins the case to the right one, which the story goes on with.
    ///
    /// # Errors
    /// See [`Script::begins`].
    pub fn joins(&mut self, right: EntityId) -> Result<(), Refusal> {
        let case = self.view();
        let mut around: Vec<Record> = self.records.values().cloned().collect();
        around.retain(|record| record.id() != case.record.id());
        let target = self.view_of(right).record;
        let how = (Way::Join, Prefer::Theirs);
        let batch = self.with_actor(|actor| join::plan(&case, &target, &around, how, actor))?;
        self.save(batch);
        self.case = right;
        Ok(())
    }

    /// Fills fields of the case on a ground.
    ///
    /// # Errors
    /// See [`Script::begins`].
    pub fn fills(&mut self, ground: Ground, puts: &[(Field, Put<'_>)]) -> Result<(), Refusal> {
        let edits = self.edits(ground, ItemId::SELF, puts);
        self.does(Action::Edit(edits))
    }

    /// The customer says so.
    ///
    /// # Errors
    /// See [`Script::begins`].
    pub fn says(&mut self, puts: &[(Field, Put<'_>)]) -> Result<(), Refusal> {
        self.fills(Ground::CustomerSays, puts)
    }

    /// The bench finds it.
    ///
    /// # Errors
    /// See [`Script::begins`].
    pub fn finds(&mut self, puts: &[(Field, Put<'_>)]) -> Result<(), Refusal> {
        self.fills(Ground::Inspected, puts)
    }

    /// The desk decides it.
    ///
    /// # Errors
    /// See [`Script::begins`].
    pub fn notes(&mut self, puts: &[(Field, Put<'_>)]) -> Result<(), Refusal> {
        self.fills(Ground::Desk, puts)
    }

    /// Takes back the last thing the person did with the case.
    ///
    /// # Errors
    /// See [`Script::begins`].
    pub fn takes_back(&mut self) -> Result<(), Refusal> {
        let case = self.view();
        let batch = self.with_actor(|actor| action::plan_undo(&case, &[], actor))?;
        self.save(batch);
        Ok(())
    }

    /// A waybill nobody has.
    pub fn waybill(&mut self) -> String {
        format!("SF{:013}", self.dice.below(10_000_000_000_000))
    }

    /// A parcel with goods for these cases comes and is taken in.
    ///
    /// # Errors
    /// See [`Script::begins`].
    pub fn parcel_for(&mut self, cases: &[EntityId]) -> Result<(), Refusal> {
        let waybill = self.waybill();
        let sender = self.caller.name.clone();
        let parcel = self.comes(&[
            (Field::Waybill, Put::As(&waybill)),
            (Field::Courier, Put::As("sf")),
            (Field::ParcelFreight, Put::As("prepaid")),
            (Field::Sender, Put::As(&sender)),
        ])?;
        for case in cases {
            let item = self.fresh.item();
            let edit = FieldEdit {
                item,
                field: Field::GoodsCase,
                entry: Entry::Known(Value::Link(*case)),
                ground: Ground::Inspected,
            };
            self.puts_in(parcel, vec![edit])?;
        }
        self.takes_in(parcel)
    }

    /// A parcel comes with goods nobody announced: a bag label is put on them.
    ///
    /// # Errors
    /// See [`Script::begins`].
    pub fn unannounced(&mut self, label: &str) -> Result<(), Refusal> {
        self.operator();
        let waybill = self.waybill();
        let sender = self.caller.name.clone();
        let parcel = self.comes(&[
            (Field::Waybill, Put::As(&waybill)),
            (Field::Courier, Put::As("sf")),
            (Field::ParcelFreight, Put::As("collect")),
            (Field::ParcelFreightPaid, Put::Yuan(18)),
            (Field::Sender, Put::As(&sender)),
        ])?;
        let item = self.fresh.item();
        let edits = self.edits(
            Ground::Inspected,
            item,
            &[
                (Field::GoodsModel, Put::As(self.goods.model)),
                (Field::GoodsLabel, Put::As(label)),
                (Field::ProofReceived, Put::As("none")),
            ],
        );
        self.puts_in(parcel, edits)?;
        self.takes_in(parcel)?;
        let made = self.batches.last().and_then(|batch| {
            let mut made = batch.changes.iter();
            made.find(|change| change.field == Field::Number)
        });
        if let Some(made) = made {
            self.case = made.entity;
        }
        Ok(())
    }

    fn comes(&mut self, puts: &[(Field, Put<'_>)]) -> Result<EntityId, Refusal> {
        let first = self.edits(Ground::Inspected, ItemId::SELF, puts);
        let (id, batch) = self.with_actor(|actor| parcels::begin_incoming(actor, first))?;
        self.save(batch);
        Ok(id)
    }

    fn puts_in(&mut self, parcel: EntityId, edits: Vec<FieldEdit>) -> Result<(), Refusal> {
        let Some(record) = self.records.get(&parcel).cloned() else {
            return Err(Refusal::NoGoods);
        };
        let batch = self.with_actor(|actor| parcels::edit(&record, edits, actor))?;
        self.save(batch);
        Ok(())
    }

    fn takes_in(&mut self, parcel: EntityId) -> Result<(), Refusal> {
        let Some(record) = self.records.get(&parcel).cloned() else {
            return Err(Refusal::NoGoods);
        };
        let ids: Vec<EntityId> = self
            .records
            .values()
            .filter(|record| record.kind() == crate::desk::id::EntityKind::Case)
            .map(Record::id)
            .collect();
        let cases: Vec<Case> = ids.into_iter().map(|id| self.view_of(id)).collect();
        let cases: Vec<&Case> = cases.iter().collect();
        let terms = self.knowledge.terms_in_force(self.knowledge.day(self.at));
        let batch = self.with_actor(|actor| parcels::receive(&record, &cases, &terms, actor))?;
        self.save(batch);
        Ok(())
    }

    /// Sends the goods of the case back with a waybill; cases with the same one go in one box.
    ///
    /// # Errors
    /// See [`Script::begins`].
    pub fn sends_with(&mut self, waybill: &str) -> Result<(), Refusal> {
        self.fills(Ground::Inspected, &[(Field::WaybillBack, Put::As(waybill))])?;
        let case = self.view();
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
        Ok(())
    }

    /// Adds a line to the quote: kind, words, how many, yuan each (none where it is not known yet).
    ///
    /// # Errors
    /// See [`Script::begins`].
    pub fn line(
        &mut self,
        kind: &str,
        words: &str,
        count: u32,
        yuan: Option<i64>,
    ) -> Result<ItemId, Refusal> {
        let item = self.fresh.item();
        let count = count.to_string();
        let mut puts = vec![
            (Field::LineKind, Put::As(kind)),
            (Field::LineText, Put::As(words)),
            (Field::LineQuantity, Put::As(&count)),
        ];
        puts.extend(yuan.map(|yuan| (Field::LinePrice, Put::Yuan(yuan))));
        let edits = self.edits(Ground::Desk, item, &puts);
        self.does(Action::Edit(edits))?;
        Ok(item)
    }

    /// The customer answers a line of the quote.
    ///
    /// # Errors
    /// See [`Script::begins`].
    pub fn answers_line(&mut self, line: ItemId, answer: &str) -> Result<(), Refusal> {
        let puts = [(Field::LineAnswer, Put::As(answer))];
        let edits = self.edits(Ground::CustomerSays, line, &puts);
        self.does(Action::Edit(edits))
    }
}
