//! Sessions at one file. A person means something on what stands in the file then, and it is saved
//! later; what others save in between is what these tests are about.

use std::path::PathBuf;
use std::sync::Arc;

use aftercare::app::opening::projection;
use aftercare::desk::booking::Booking;
use aftercare::desk::change::Ground;
use aftercare::desk::field::{Field, FieldKind};
use aftercare::desk::id::{EntityId, Fresh, ItemId};
use aftercare::desk::money::Fen;
use aftercare::desk::now::Now;
use aftercare::desk::phone::Phone;
use aftercare::desk::record::Record;
use aftercare::desk::serial::Serial;
use aftercare::desk::staff::{Role, Staff, StaffName};
use aftercare::desk::value::{Entry, Value};
use aftercare::store::gate::{self, Sight};
use aftercare::store::{CheckFault, CommitFault, Committed, Store};
use aftercare::terms::{Calendar, Library};
use aftercare::work::action::{Action, Actor, FieldEdit, Refusal};
use aftercare::work::case::{Case, Knowledge};
use aftercare::work::intent::{Intent, Proposal, Seen};
use aftercare::work::staff::StaffAction;
use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A value of a field as its kind takes it; money in yuan.
pub fn value(field: Field, text: &str) -> Value {
    match field.kind() {
        FieldKind::Phone => Value::Phone(Phone::parse(text).unwrap()),
        FieldKind::Serial => Value::Serial(Serial::parse(text).unwrap()),
        FieldKind::Money => Value::Fen(Fen(text.parse::<i64>().unwrap() * 100)),
        _ => Value::from_stored(field, text).unwrap_or_else(|| panic!("{field:?} takes no {text}")),
    }
}

/// A file with people who work at it.
pub struct Desk {
    home: tempfile::TempDir,
    knowledge: Arc<Knowledge>,
    today: NaiveDate,
    sessions: u64,
}

/// A folder that no disk is waited for, where the system has one: hundreds of files are made here.
fn in_memory() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

/// Who works at the desk unless a test says otherwise.
pub const PEOPLE: [(&str, Role); 4] = [
    ("li", Role::Operator),
    ("chen", Role::Technician),
    ("wu", Role::Supervisor),
    ("gu", Role::Viewer),
];

impl Desk {
    /// A new file with [`PEOPLE`] entered.
    pub fn on(today: &str) -> Desk {
        let mut desk = Desk::without_staff(today);
        for (name, role) in PEOPLE {
            desk.enters(name, role);
        }
        desk
    }

    /// A new file with nobody entered.
    pub fn without_staff(today: &str) -> Desk {
        let knowledge = Knowledge {
            library: Library::built_in(),
            calendar: Calendar::built_in(),
            zone: chrono_tz::Asia::Shanghai,
        };
        Desk {
            home: in_memory(),
            knowledge: Arc::new(knowledge),
            today: day(today),
            sessions: 0,
        }
    }

    pub fn path(&self) -> PathBuf {
        self.home.path().join("desk.db")
    }

    /// A session with a connection of its own, of somebody who believes to work in this role.
    pub fn session(&mut self, name: &str, role: Role) -> Session {
        self.sessions += 1;
        let morning = self.today.and_hms_opt(9, 30, 0).unwrap();
        let at = self.knowledge.zone.from_local_datetime(&morning).unwrap();
        Session {
            store: Store::open(&self.path(), projection(&self.knowledge, 1)).unwrap(),
            knowledge: Arc::clone(&self.knowledge),
            staff: Staff {
                name: name.to_string(),
                role,
            },
            fresh: Fresh::new(self.sessions),
            at: at.with_timezone(&Utc),
        }
    }

    /// A session of one of [`PEOPLE`].
    pub fn sits(&mut self, name: &str) -> Session {
        let person = PEOPLE.into_iter().find(|(known, _)| *known == name);
        self.session(name, person.unwrap().1)
    }

    /// Somebody is entered, as `aftercare staff add` does.
    pub fn enters(&mut self, name: &str, role: Role) {
        let add = StaffAction::Add {
            role,
            key: None,
            badge: None,
            pin: None,
        };
        self.staff(name, &add);
    }

    /// Something is done about somebody, as `aftercare staff` does.
    pub fn staff(&mut self, name: &str, action: &StaffAction) {
        let mut owner = self.session("root", Role::Supervisor);
        let now = owner.now();
        let mut actor = Actor {
            staff: &owner.staff,
            now,
            fresh: &mut owner.fresh,
        };
        let people = owner.store.view().people().unwrap();
        let name = StaffName::parse(name).unwrap();
        let batch = aftercare::work::staff::plan(&people, &name, action, &mut actor).unwrap();
        let batch = batch.expect("something to do");
        owner.store.commit::<()>(&batch, |_| Ok(())).unwrap();
    }

    /// Every change in the file, as text: two equal ones are the same file to everybody.
    pub fn changes(&self) -> Vec<String> {
        let conn = rusqlite::Connection::open(self.path()).unwrap();
        let mut find = conn
            .prepare(
                "SELECT json_array(entity, seq, rev, at, who, act, item, field, value, state, base)
                 FROM change ORDER BY entity, seq",
            )
            .unwrap();
        let rows = find.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }
}

/// One person at one terminal.
pub struct Session {
    pub store: Store,
    pub staff: Staff,
    knowledge: Arc<Knowledge>,
    fresh: Fresh,
    at: DateTime<Utc>,
}

/// What is read of a refusal; a field conflict and file trouble are no refusal.
pub fn refused<T: std::fmt::Debug>(result: Result<T, CommitFault<Refusal>>) -> Refusal {
    match result {
        Err(CommitFault::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

impl Session {
    /// What a program at this terminal is started with.
    pub fn into_parts(mut self) -> (Store, Staff, Arc<Knowledge>, Now) {
        let now = self.now();
        (self.store, self.staff, self.knowledge, now)
    }

    pub fn now(&mut self) -> Now {
        self.at += TimeDelta::seconds(20);
        Now {
            at: self.at,
            today: self.knowledge.day(self.at),
        }
    }

    pub fn item(&mut self) -> ItemId {
        self.fresh.item()
    }

    /// The person presses the key, on what stands in the file now.
    pub fn tries_to_mean(&mut self, intent: Intent) -> Result<Proposal, Refusal> {
        let now = self.now();
        let view = self.store.view();
        let planned = gate::propose(
            view,
            intent,
            &self.knowledge,
            &self.staff,
            now,
            &mut self.fresh,
        );
        planned.map_err(|fault| match fault {
            CheckFault::Refused(refusal) => refusal,
            CheckFault::Trouble(trouble) => panic!("{trouble:?}"),
        })
    }

    /// The same, where it is possible.
    pub fn means(&mut self, intent: Intent) -> Proposal {
        let told = format!("{} means {intent:?}", self.staff.name);
        self.tries_to_mean(intent)
            .unwrap_or_else(|refusal| panic!("{told}: {refusal:?}"))
    }

    /// The file is asked to take it in.
    pub fn saves(&mut self, proposal: &Proposal) -> Result<Committed, CommitFault<Refusal>> {
        self.store.apply(proposal, &self.knowledge)
    }

    /// Means it and has it saved at once.
    pub fn does(&mut self, intent: Intent) -> Committed {
        let proposal = self.means(intent);
        self.saves(&proposal)
            .unwrap_or_else(|fault| panic!("{:?}: {fault:?}", proposal.intent()))
    }

    pub fn acts(&mut self, case: EntityId, action: Action) -> Committed {
        self.does(Intent::Act { case, action })
    }

    pub fn record(&self, id: EntityId) -> Record {
        self.store.view().record(id).unwrap().unwrap()
    }

    pub fn case(&mut self, id: EntityId) -> Case {
        let now = self.now();
        let sight = Sight::of(
            self.store.view(),
            &Intent::Undo { case: id },
            &self.knowledge,
            now.today,
        )
        .unwrap();
        match sight.seen() {
            Seen::Case { case, .. } => case.clone(),
            _ => panic!("no such case"),
        }
    }

    /// A call with these fields.
    pub fn call(&mut self, facts: &[(Field, &str)]) -> EntityId {
        let first = facts.iter().map(|fact| edit(*fact)).collect();
        self.does(Intent::Begin { first }).changes[0].entity
    }

    pub fn fills(&mut self, case: EntityId, facts: &[(Field, &str)]) {
        self.does(fill(case, facts));
    }

    /// A parcel with goods for these cases, not taken in yet.
    pub fn parcel(&mut self, waybill: &str, cases: &[EntityId]) -> EntityId {
        let first = vec![edit((Field::Waybill, waybill))];
        let parcel = self.does(Intent::BeginParcel { first }).changes[0].entity;
        for case in cases {
            let goods = self.goods(parcel, (Field::GoodsCase, Value::Link(*case)));
            self.does(goods);
        }
        parcel
    }

    /// Further goods in a parcel.
    pub fn goods(&mut self, parcel: EntityId, (field, value): (Field, Value)) -> Intent {
        let edit = FieldEdit {
            item: self.item(),
            field,
            entry: Entry::Known(value),
            ground: Ground::Inspected,
        };
        Intent::EditParcel {
            parcel,
            edits: vec![edit],
        }
    }

    pub fn takes_in(&mut self, cases: &[EntityId]) {
        let parcel = self.parcel("SF0000000000001", cases);
        self.does(Intent::Receive { parcel });
    }

    /// A line of a quote.
    pub fn line(&mut self, case: EntityId, kind: &'static str, yuan: &str) -> (ItemId, Intent) {
        let item = self.item();
        let of_line = |field, value| FieldEdit {
            item,
            field,
            entry: Entry::Known(value),
            ground: Ground::Desk,
        };
        let edits = vec![
            of_line(Field::LineKind, Value::Choice(kind)),
            of_line(Field::LineText, Value::Text(kind.into())),
            of_line(Field::LinePrice, value(Field::LinePrice, yuan)),
        ];
        (item, act(case, Action::Edit(edits)))
    }

    pub fn quotes(&mut self, case: EntityId, kind: &'static str, yuan: &str) -> ItemId {
        let (item, line) = self.line(case, kind, yuan);
        self.does(line);
        item
    }
}

pub fn act(case: EntityId, action: Action) -> Intent {
    Intent::Act { case, action }
}

pub fn fill(case: EntityId, facts: &[(Field, &str)]) -> Intent {
    let edits = facts.iter().map(|fact| edit(*fact)).collect();
    act(case, Action::Edit(edits))
}

/// A field of an item is said to be this.
pub fn fill_item(case: EntityId, item: ItemId, field: Field, text: &str) -> Intent {
    let edit = FieldEdit {
        item,
        field,
        entry: Entry::Known(value(field, text)),
        ground: Ground::CustomerSays,
    };
    act(case, Action::Edit(vec![edit]))
}

/// Everything of an item is emptied.
pub fn remove(case: EntityId, item: ItemId) -> Intent {
    let fields = [Field::LineKind, Field::LineText, Field::LinePrice];
    let edits = fields.map(|field| FieldEdit {
        item,
        field,
        entry: Entry::Unknown,
        ground: Ground::Desk,
    });
    act(case, Action::Edit(edits.to_vec()))
}

pub fn edit((field, text): (Field, &str)) -> FieldEdit {
    FieldEdit::of_self(
        field,
        Entry::Known(value(field, text)),
        Ground::CustomerSays,
    )
}

pub const ISSUE: Action = Action::IssueQuote { over: "telephone" };

pub const ACCEPT: Action = Action::AnswerQuote {
    answer: "accepted",
    over: "telephone",
};

pub fn pay(yuan: i64) -> Action {
    Action::Pay {
        amount: Fen(yuan * 100),
        means: "transfer",
        day: day("2026-11-20"),
    }
}

pub fn refund(yuan: i64) -> Action {
    Action::Refund {
        amount: Fen(yuan * 100),
        means: "transfer",
        day: day("2026-11-20"),
    }
}

pub fn price_back() -> Action {
    Action::PriceBack {
        by: "platform",
        amount: None,
        day: day("2026-11-20"),
    }
}

/// The latest entry in the money of a case was wrong.
pub fn reverse(session: &mut Session, id: EntityId) -> Intent {
    let latest = Booking::all(&session.case(id).record).pop().unwrap();
    let reason = "another customer's".into();
    act(
        id,
        Action::Reverse {
            item: latest.item,
            reason,
        },
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

/// A repair, authorised: bought so many days ago, with a valid proof.
pub fn repair(by: &mut Session, bought_days_ago: i64) -> EntityId {
    let id = by.call(&CALLER);
    let bought = (by.now().today - TimeDelta::days(bought_days_ago)).to_string();
    by.fills(
        id,
        &[
            (Field::Service, "repair"),
            (Field::Proof, "valid"),
            (Field::PurchaseDate, &bought),
            (Field::AgreedIfCovered, "yes"),
        ],
    );
    authorises(by, id);
    id
}

/// Gives a case its number, knowing where else its unit is open.
pub fn authorises(by: &mut Session, id: EntityId) {
    match by.tries_to_mean(act(id, Action::Authorise)) {
        Err(Refusal::OpenElsewhere(others)) => {
            let known = others.iter().map(|other| other.case).collect();
            by.acts(id, Action::AuthoriseBeside(known));
        }
        _ => {
            by.acts(id, Action::Authorise);
        }
    }
}

/// A repair out of its period that lies here, tested.
pub fn expired_at_the_bench(by: &mut Session) -> EntityId {
    let id = repair(by, 300);
    by.takes_in(&[id]);
    by.fills(id, &[(Field::TestResult, "quality")]);
    id
}

/// The same with a quote that was issued and accepted, and its line.
pub fn agreed_at_the_bench(by: &mut Session) -> (EntityId, ItemId) {
    let id = expired_at_the_bench(by);
    let line = by.quotes(id, "labour", "80");
    by.acts(id, ISSUE);
    by.acts(id, ACCEPT);
    (id, line)
}

/// A covered repair that is done, with its recipient confirmed and its waybill known.
pub fn ready_to_leave(by: &mut Session, waybill: &str) -> EntityId {
    let id = repair(by, 40);
    by.takes_in(&[id]);
    by.fills(id, &[(Field::TestResult, "quality")]);
    by.acts(id, Action::FinishRepair);
    by.acts(id, Action::ConfirmContact);
    by.fills(id, &[(Field::WaybillBack, waybill)]);
    id
}
