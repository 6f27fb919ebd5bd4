//! A desk without a file: answers the effects of `flow::step` from memory, at once.
#![allow(dead_code)] // Not every test uses every helper.

use std::collections::BTreeMap;
use std::sync::Arc;

use aftercare::desk::change::{Act, Batch, Change, Ground, Planned};
use aftercare::desk::field::Field;
use aftercare::desk::id::{ActionId, EntityId, EntityKind, ItemId};
use aftercare::desk::now::Now;
use aftercare::desk::parcel::Parcel;
use aftercare::desk::record::Record;
use aftercare::desk::serial::Serial;
use aftercare::desk::staff::{Role, Staff, Standing};
use aftercare::desk::value::{Entry, Value};
use aftercare::flow::bench::{Identified, LockFault};
use aftercare::flow::command::Command;
use aftercare::flow::draft::Draft;
use aftercare::flow::event::{Effect, Event, Found, Opened};
use aftercare::flow::person::Stands;
use aftercare::flow::state::{Context, State};
use aftercare::flow::unsaved::Clash;
use aftercare::terms::{Calendar, Library};
use aftercare::work::action::{ActionKind, Refusal};
use aftercare::work::case::{Case, Knowledge};
use aftercare::work::earlier::EarlierRepair;
use aftercare::work::elsewhere::Elsewhere;
use aftercare::work::intent::{Intent, Proposal, Seen};
use aftercare::work::join;
use aftercare::work::row::CaseRow;
use chrono::{NaiveDate, TimeZone, Utc};
use tui_textarea::{Input, Key};

pub fn knowledge() -> Arc<Knowledge> {
    Arc::new(Knowledge {
        library: Library::built_in(),
        calendar: Calendar::built_in(),
        zone: chrono_tz::Asia::Shanghai,
    })
}

pub fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
}

/// Ten in the morning at the service centre.
pub fn morning(day: NaiveDate) -> Now {
    let at = day.and_hms_opt(2, 0, 0).unwrap();
    Now {
        at: Utc.from_utc_datetime(&at),
        today: day,
    }
}

pub struct Desk {
    pub state: State,
    pub records: BTreeMap<EntityId, Record>,
    pub now: Now,
    pub has_quit: bool,
    pub refuses_to_save: bool,
    /// How the person stands in the file, where it is otherwise than the session believes.
    pub stands: Option<Standing>,
    /// Badge, PIN and whose they are, for a shared bench.
    pub badges: Vec<(&'static str, &'static str, Staff)>,
    /// What people left at the bench.
    pub left: BTreeMap<String, Draft>,
    /// What asking again where it is saved came to, commit by commit.
    pub asked_again: Vec<(ActionKind, Result<(), Refusal>)>,
    numbers: u32,
    others: i64,
}

impl Desk {
    pub fn new(today: &str) -> Desk {
        let now = morning(day(today));
        let staff = Staff {
            name: "wang".into(),
            role: Role::Supervisor,
        };
        Desk {
            state: State::new(staff, knowledge(), now, 1),
            records: BTreeMap::new(),
            now,
            has_quit: false,
            refuses_to_save: false,
            stands: None,
            badges: Vec::new(),
            left: BTreeMap::new(),
            asked_again: Vec::new(),
            numbers: 0,
            others: 0,
        }
    }

    pub fn on(&mut self, today: &str) -> &mut Desk {
        self.now = morning(day(today));
        self.event(Event::Tick)
    }

    pub fn event(&mut self, event: Event) -> &mut Desk {
        let mut events = std::collections::VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            for effect in aftercare::flow::step(&mut self.state, event, self.now) {
                events.extend(self.answer(effect));
            }
        }
        self
    }

    pub fn command(&mut self, command: Command) -> &mut Desk {
        self.event(Event::Command(command))
    }

    /// Types characters; where the caret is in a choice they choose.
    pub fn types(&mut self, text: &str) -> &mut Desk {
        for character in text.chars() {
            self.event(Event::Edit(Input {
                key: Key::Char(character),
                ..Input::default()
            }));
        }
        self
    }

    /// Puts the caret into a field of the open form and types.
    pub fn fill(&mut self, field: Field, text: &str) -> &mut Desk {
        self.command(Command::First);
        for _ in 0..60 {
            if self.focus() == Some(field) {
                break;
            }
            self.command(Command::Next);
        }
        assert_eq!(self.focus(), Some(field), "the form has no such field");
        self.types(text);
        if self.focus() == Some(field) {
            self.command(Command::Next);
        }
        self
    }

    pub fn focus(&self) -> Option<Field> {
        self.state.form().map(|form| form.focus.1)
    }

    pub fn context(&self) -> Context {
        self.state.context()
    }

    pub fn case(&self) -> &Case {
        &self.state.case().expect("a case is open").case
    }

    pub fn only_case(&self) -> &Record {
        let mut cases = self.cases();
        let case = cases.next().expect("a case");
        assert!(cases.next().is_none(), "more than one case");
        case
    }

    pub fn cases(&self) -> impl Iterator<Item = &Record> {
        self.records
            .values()
            .filter(|record| record.kind() == EntityKind::Case)
    }

    /// What the store answers to an effect.
    pub fn answer(&mut self, effect: Effect) -> Vec<Event> {
        match effect {
            Effect::Commit(_) if self.refuses_to_save => {
                vec![Event::NotSaved(aftercare::flow::event::StoreFault::Full)]
            }
            Effect::Commit(proposal) => self.commit(&proposal),
            Effect::LoadBoard => vec![Event::Board(self.rows(|row| row.outcome.is_none()))],
            Effect::Refresh(id) => match self.answer(Effect::LoadCase(id)).pop() {
                Some(Event::Case(opened)) => vec![Event::Refreshed(opened)],
                _ => Vec::new(),
            },
            Effect::RefreshParcel(id) => match self.answer(Effect::LoadParcel(id)).pop() {
                Some(Event::Parcel(record, cases)) => vec![Event::ParcelRefreshed(record, cases)],
                _ => Vec::new(),
            },
            Effect::LoadCase(id) => match self.records.get(&id) {
                Some(record) => vec![Event::Case(Box::new(Opened {
                    record: record.clone(),
                    same_serial: self.same_serial(record.serial(Field::SerialNumber)),
                    same_caller: Vec::new(),
                    around: self.around(record),
                }))],
                None => vec![Event::Missing(id)],
            },
            Effect::LoadParcel(id) => {
                let Some(parcel) = self.records.get(&id) else {
                    return vec![Event::Missing(id)];
                };
                let cases = Parcel::of(parcel)
                    .goods
                    .iter()
                    .filter_map(|goods| self.records.get(&goods.case?).cloned())
                    .collect();
                vec![Event::Parcel(Box::new(parcel.clone()), cases)]
            }
            Effect::Search(text) => vec![Event::Found(text.clone(), self.find(&text))],
            Effect::LookUp(text) => vec![Event::LookedUp(text.clone(), self.find(&text))],
            Effect::SameSerial(id, serial) => {
                let serial = Serial::parse(&serial).unwrap();
                vec![Event::SameSerial(id, self.same_serial(Some(&serial)))]
            }
            Effect::SameCaller(id, contacts) => vec![Event::SameCaller(
                id,
                self.rows(|row| contacts.relation(&row.contacts()).is_some()),
            )],
            Effect::FindOutgoingBox(waybill) => {
                let found = self.outgoing_box(&waybill).map(Box::new);
                vec![Event::OutgoingBox(waybill, found)]
            }
            Effect::Match(item, text) => {
                let found = self.find(&text).into_iter();
                let open = found.filter(|found| found.row.outcome.is_none());
                let records = open.filter_map(|found| self.records.get(&found.row.id).cloned());
                vec![Event::Matched(item, text, records.collect())]
            }
            Effect::FindRightCase(way, text) => {
                let found = self.find(&text).into_iter();
                let records = found.filter_map(|found| self.records.get(&found.row.id).cloned());
                vec![Event::RightCases(way, records.collect())]
            }
            Effect::Standing(who) => vec![Event::Standing(Stands {
                standing: self.standing(),
                ask: vec!["wu".into()],
                who,
            })],
            Effect::Identify(badge, pin) => {
                let known = self
                    .badges
                    .iter()
                    .find(|(has, its_pin, _)| *has == badge.as_str() && *its_pin == pin.digits());
                vec![Event::Identified(match known {
                    Some((_, _, staff)) => Identified::As(staff.clone()),
                    None => Identified::No(LockFault::Wrong),
                })]
            }
            Effect::TakeSeat => {
                let left = self.left.remove(&self.state.staff.name);
                left.map(|draft| Event::Restore(Box::new(draft)))
                    .into_iter()
                    .collect()
            }
            Effect::LeaveSeat(who, draft) => {
                self.left.insert(who, *draft);
                Vec::new()
            }
            Effect::Quit => {
                self.has_quit = true;
                Vec::new()
            }
        }
    }

    /// What somebody else saves meanwhile in another session; not told yet.
    pub fn other_saves(
        &mut self,
        who: &str,
        act: Act,
        entity: EntityId,
        fields: &[(ItemId, Field, Entry)],
    ) -> Vec<Change> {
        self.others += 1;
        let record = self.records.get(&entity);
        let kind = record.map_or(EntityKind::Case, Record::kind);
        let changes = fields.iter().map(|(item, field, entry)| Planned {
            entity,
            kind,
            ground: Ground::CustomerSays,
            item: *item,
            field: *field,
            entry: entry.clone(),
            base: record
                .and_then(|record| record.fact_of(*item, *field))
                .map_or(0, |fact| fact.seq),
        });
        let batch = Batch {
            action: ActionId(1_000_000 + self.others),
            act,
            at: self.now.at,
            who: who.to_string(),
            changes: changes.collect(),
        };
        self.apply(batch)
    }

    /// Tells what others changed, with the lines of those cases as they are now.
    pub fn news(&mut self, changes: Vec<Change>) -> &mut Desk {
        let changed: Vec<EntityId> = changes.iter().map(|change| change.entity).collect();
        let rows = self.rows(|row| changed.contains(&row.id));
        self.event(Event::News(changes, rows))
    }

    /// Somebody else edits fields of a case, which is told at once.
    pub fn other_edits(
        &mut self,
        who: &str,
        entity: EntityId,
        fields: &[(Field, Entry)],
    ) -> &mut Desk {
        let fields: Vec<_> = fields
            .iter()
            .map(|(field, entry)| (ItemId::SELF, *field, entry.clone()))
            .collect();
        let changes = self.other_saves(who, Act::Edit, entity, &fields);
        self.news(changes)
    }

    /// Asks again on the records as they stand, as the store does, and applies what passes.
    fn commit(&mut self, proposal: &Proposal) -> Vec<Event> {
        let asked = self.again(proposal);
        self.asked_again
            .push((proposal.intent().kind(), asked.clone()));
        if let (Ok(()), Some(stale)) = (&asked, self.stale(proposal.batch())) {
            return vec![stale];
        }
        match asked {
            Ok(()) => vec![Event::Saved(self.apply(proposal.batch().clone()))],
            Err(refusal) => vec![Event::Refused(refusal)],
        }
    }

    /// How the person stands in the file.
    fn standing(&self) -> Standing {
        let as_ever = Standing::Works(self.state.staff.role);
        self.stands.unwrap_or(as_ever)
    }

    /// Nothing is overwritten unseen: as the store sees to it.
    fn stale(&self, batch: &Batch) -> Option<Event> {
        let clash = |planned: &Planned| {
            let record = self.records.get(&planned.entity)?;
            let current = record.fact_of(planned.item, planned.field);
            let stands = current.map_or(&Entry::Unknown, |fact| &fact.entry);
            let mut changes = record.changes().iter().rev();
            let latest = changes
                .find(|change| (change.item, change.field) == (planned.item, planned.field))?;
            let is_unseen = latest.seq > planned.base && !(current.is_none() && planned.base == 0);
            (is_unseen && *stands != planned.entry).then(|| Clash {
                item: planned.item,
                field: planned.field,
                wanted: planned.entry.clone(),
                theirs: current.cloned(),
                who: latest.who.clone(),
                at: Some(latest.at),
            })
        };
        let clashes: Vec<Clash> = batch.changes.iter().filter_map(clash).collect();
        (!clashes.is_empty()).then_some(Event::Stale(clashes))
    }

    fn again(&self, proposal: &Proposal) -> Result<(), Refusal> {
        let knowledge = &self.state.knowledge;
        let today = proposal.now().today;
        let case = |id: &EntityId| {
            let record = self.records.get(id)?.clone();
            let same = self.same_serial(record.serial(Field::SerialNumber));
            let earlier = EarlierRepair::all(&same, &record);
            let elsewhere = Elsewhere::all(&same, &record, knowledge, today);
            let case = Case::of(record, earlier, knowledge.clone(), today);
            Some(case.with_elsewhere(elsewhere))
        };
        let cases_of = |parcel: &Record| -> Vec<Case> {
            let goods = Parcel::of(parcel).goods;
            goods.iter().filter_map(|it| case(&it.case?)).collect()
        };
        let seen_case = |id: &EntityId| {
            let case = case(id)?;
            let around = self.around(&case.record);
            let waybill = case.record.text(Field::WaybillBack).map(str::to_string);
            let outgoing = waybill.and_then(|waybill| self.outgoing_box(&waybill));
            Some((case, around, outgoing))
        };
        let standing = self.standing();
        match proposal.intent() {
            Intent::Begin { .. } | Intent::BeginParcel { .. } => {
                proposal.again(Seen::Nothing, knowledge, standing)
            }
            Intent::Act { case, .. }
            | Intent::Undo { case }
            | Intent::Dispatch { case }
            | Intent::Join { case, .. }
            | Intent::TakeApart { case } => {
                let (case, mut around, outgoing) = seen_case(case).ok_or(Refusal::Gone)?;
                if let Intent::Join { right, .. } = proposal.intent() {
                    around.extend(self.records.get(right).cloned());
                }
                let seen = Seen::Case {
                    case: &case,
                    around: &around,
                    outgoing: outgoing.as_ref(),
                };
                proposal.again(seen, knowledge, standing)
            }
            Intent::EditParcel { parcel, .. }
            | Intent::SettleParcel { parcel, .. }
            | Intent::Receive { parcel } => {
                let parcel = self.records.get(parcel).ok_or(Refusal::Gone)?;
                let cases = cases_of(parcel);
                let seen = Seen::Parcel {
                    parcel,
                    cases: &cases,
                };
                proposal.again(seen, knowledge, standing)
            }
        }
    }

    fn parcels_of(&self, case: &Record) -> Vec<Record> {
        let links = [Field::ParcelIn, Field::ParcelOut].map(|field| case.link(field));
        self.records
            .values()
            .filter(|parcel| links.contains(&Some(parcel.id())))
            .cloned()
            .collect()
    }

    /// The parcels of a case, the cases it was joined with, and their parcels.
    fn around(&self, case: &Record) -> Vec<Record> {
        let mut around = self.parcels_of(case);
        let joined = join::moved_to(case)
            .into_iter()
            .chain(join::came_from(case));
        for other in joined.filter_map(|id| self.records.get(&id)) {
            let parcels = self.parcels_of(other).into_iter();
            let is_new = |parcel: &Record| around.iter().all(|it| it.id() != parcel.id());
            let parcels: Vec<Record> = parcels.filter(is_new).collect();
            around.push(other.clone());
            around.extend(parcels);
        }
        around
    }

    fn outgoing_box(&self, waybill: &str) -> Option<Record> {
        let is_it = |record: &&Record| {
            record.choice(Field::Direction) == Some("outgoing")
                && record.text(Field::Waybill) == Some(waybill)
        };
        self.records.values().find(is_it).cloned()
    }

    fn apply(&mut self, batch: Batch) -> Vec<Change> {
        let mut changes = Vec::new();
        for planned in batch.changes {
            let record = self
                .records
                .entry(planned.entity)
                .or_insert_with(|| Record::new(planned.entity, planned.kind));
            let entry = match planned.entry {
                Entry::Known(Value::Text(start))
                    if planned.field == Field::Number && start.ends_with('-') =>
                {
                    self.numbers += 1;
                    Entry::Known(Value::Text(format!("{start}{:05}", self.numbers)))
                }
                entry => entry,
            };
            let change = Change {
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
            };
            assert!(record.apply(change.clone()));
            changes.push(change);
        }
        changes
    }

    /// Which of them are about one unit is judged where they are looked at.
    fn same_serial(&self, serial: Option<&Serial>) -> Vec<Record> {
        self.cases().filter(|_| serial.is_some()).cloned().collect()
    }

    fn rows(&self, wanted: impl Fn(&CaseRow) -> bool) -> Vec<CaseRow> {
        self.cases()
            .map(|record| {
                let same = self.same_serial(record.serial(Field::SerialNumber));
                CaseRow::of(record, &same, Vec::new(), &self.state.knowledge)
            })
            .filter(wanted)
            .collect()
    }

    fn find(&self, text: &str) -> Vec<Found> {
        let wanted = text.trim().to_uppercase();
        let serial = Serial::parse(text).ok();
        let is_unit = |row: &CaseRow| serial.as_ref().is_some_and(|serial| row.has_unit(serial));
        let is_exact = |row: &CaseRow| {
            let phone = row.phone.as_ref().map(|phone| phone.digits());
            let mut own = [row.number.as_deref(), phone].into_iter();
            is_unit(row) || own.any(|own| own == Some(wanted.as_str()))
        };
        let matched = |row: &CaseRow| {
            let has = |text: &Option<String>| {
                text.as_ref()
                    .is_some_and(|text| text.to_uppercase().contains(&wanted))
            };
            if has(&row.number) {
                Some(Field::Number)
            } else if has(&row.serial) || is_unit(row) {
                Some(Field::SerialNumber)
            } else if has(&row.phone.as_ref().map(|phone| phone.plain())) {
                Some(Field::Phone)
            } else if has(&row.caller) {
                Some(Field::Caller)
            } else {
                None
            }
        };
        self.rows(|_| true)
            .into_iter()
            .filter_map(|row| {
                let matched = matched(&row)?;
                Some(Found {
                    is_exact: is_exact(&row),
                    row,
                    matched,
                    is_former: false,
                    other_extension: false,
                    value: None,
                })
            })
            .collect()
    }
}
