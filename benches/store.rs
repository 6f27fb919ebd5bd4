//! How long the desk's file takes: saving a field, finding a case, opening.
//!
//! `cargo bench --bench store -- [CASES]`; 100,000 cases unless said otherwise, made anew in a
//! temporary file. Prints the median, the 99th percentile and the longest, in microseconds.

use std::sync::Arc;
use std::time::{Duration, Instant};

use aftercare::desk::change::{Act, Batch, Ground, Planned};
use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityId, EntityKind, Fresh, ItemId};
use aftercare::desk::money::Fen;
use aftercare::desk::now::Now;
use aftercare::desk::phone::Phone;
use aftercare::desk::record::Record;
use aftercare::desk::serial::Serial;
use aftercare::desk::staff::{Role, Staff};
use aftercare::desk::value::{Entry, Value};
use aftercare::store::{Around, CommitFault, Projection, Store, gate};
use aftercare::terms::{Calendar, Library};
use aftercare::work::action::{Action, FieldEdit};
use aftercare::work::case::Knowledge;
use aftercare::work::intent::Intent;
use aftercare::work::row::CaseRow;
use aftercare::work::standing::{GoodsAt, Stage};
use chrono::{DateTime, TimeDelta, TimeZone, Utc};

const SURNAMES: [&str; 16] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高",
    "欧阳",
];
const GIVEN: [&str; 24] = [
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "涛", "明", "超",
    "兰", "霞", "平", "刚", "桂", "英", "华", "小",
];

/// Of so many cases one is open.
const OPEN: usize = 300;

fn main() {
    // `cargo test --benches` and `cargo bench` hand over flags of their own.
    let cases = std::env::args().skip(1).find_map(|arg| arg.parse().ok());
    let cases: usize = cases.unwrap_or(100_000);
    let home = tempfile::tempdir().expect("a temporary folder");
    let path = home.path().join("desk.db");
    let mut maker = Maker::new();
    let began = Instant::now();
    let mut store = Store::open(&path, projection()).expect("a new desk");
    for first in (0..cases).step_by(10_000) {
        let part = first..(first + 10_000).min(cases);
        let made = store.bulk::<()>(|bulk| {
            for at in part {
                bulk.commit::<()>(&maker.case(at))?;
            }
            Ok(())
        });
        made.expect("a bulk");
    }
    let size = std::fs::metadata(&path).map_or(0, |meta| meta.len());
    println!(
        "{cases} cases: made in {:.1?}, {} MB",
        began.elapsed(),
        size / 1_000_000
    );
    drop(store);

    measure("open the file", 50, |_| {
        drop(Store::open(&path, projection()).expect("the desk"));
    });
    measure("open the file and read the board", 50, |_| {
        let store = Store::open(&path, projection()).expect("the desk");
        let board = store.view().board().expect("the board");
        assert_eq!(board.len(), cases.div_ceil(OPEN));
    });
    let mut store = Store::open(&path, projection()).expect("the desk");
    measure("load a case of any age", 2000, |at| {
        let id = maker.made[at * 7919 % maker.made.len()];
        assert!(store.view().case_file(id).expect("a case").is_some());
    });
    measure("look whether others wrote", 2000, |_| {
        store.view().data_version().expect("a version");
    });
    for (kind, typed) in SEARCHES {
        let mut found = 0;
        let queries: Vec<String> = (0..300).map(|at| typed(&maker, at * 331)).collect();
        let name = format!("search {kind}");
        measure(&name, queries.len(), |at| {
            found += store
                .view()
                .search(&queries[at], 20)
                .expect("a search")
                .len();
        });
        println!(
            "  {:>52}",
            format!("{:.1} hits", found as f64 / queries.len() as f64)
        );
    }
    let open: Vec<EntityId> = maker.made.iter().step_by(OPEN).copied().collect();
    measure_saving(
        &mut store,
        &mut maker,
        "save a field",
        &open,
        Field::Findings,
    );
    measure_saving(&mut store, &mut maker, "save a name", &open, Field::Caller);
    let edit = |at| {
        let words = Value::Text(format!("burnt {at}"));
        let edit = FieldEdit::of_self(Field::Cause, Entry::Known(words), Ground::Inspected);
        Action::Edit(vec![edit])
    };
    let pay = |_| Action::Pay {
        amount: Fen(80_00),
        means: "transfer",
        day: chrono::NaiveDate::MIN,
    };
    measure_asking(&mut store, &mut maker, "a field", &open, edit);
    measure_asking(&mut store, &mut maker, "a payment", &open, pay);
    // Somebody typed 'none' for a serial number, fifty times.
    let none = Value::Serial(Serial::parse("none").expect("a serial number"));
    let many: Vec<EntityId> = maker.made.iter().rev().take(50).copied().collect();
    for id in &many {
        let change = planned(*id, Field::SerialNumber, none.clone(), u32::MAX);
        let batch = maker.batch(Utc::now(), vec![change]);
        store.commit::<()>(&batch, |_| Ok(())).expect("a commit");
    }
    let name = "save a field, 49 cases alike";
    measure_saving(&mut store, &mut maker, name, &many, Field::Findings);
    let name = "opened again, 49 alike";
    let reopen = |_| Action::Reopen {
        reason: "calls again".to_string(),
    };
    measure_asking(&mut store, &mut maker, name, &many, reopen);
}

/// What it takes to ask again inside the transaction, by itself and with what it is asked for.
fn measure_asking(
    store: &mut Store,
    maker: &mut Maker,
    what: &str,
    ids: &[EntityId],
    action: impl Fn(usize) -> Action,
) {
    let knowledge = Arc::new(Knowledge {
        library: Library::built_in(),
        calendar: Calendar::built_in(),
        zone: chrono_tz::Asia::Shanghai,
    });
    let staff = Staff {
        name: "li".to_string(),
        role: Role::Supervisor,
    };
    let now = Now {
        at: Utc::now(),
        today: knowledge.day(Utc::now()),
    };
    let mean = |(at, case): (usize, &EntityId)| {
        let action = action(at);
        let intent = Intent::Act {
            case: *case,
            action,
        };
        let view = store.view();
        gate::propose(view, intent, &knowledge, &staff, now, &mut maker.fresh)
    };
    let meant: Vec<_> = ids.iter().enumerate().map(mean).collect();
    let meant: Vec<_> = meant.into_iter().flatten().collect();
    measure(&format!("ask again: {what}"), meant.len(), |at| {
        gate::recheck(store.view(), &meant[at], &knowledge).expect("still possible");
    });
    measure(&format!("save, asked again: {what}"), meant.len(), |at| {
        store.apply(&meant[at], &knowledge).expect("a commit");
    });
}

fn measure_saving(
    store: &mut Store,
    maker: &mut Maker,
    name: &str,
    ids: &[EntityId],
    field: Field,
) {
    let batches: Vec<Batch> = ids
        .iter()
        .enumerate()
        .map(|(at, id)| maker.edit(*id, field, &format!("{} {at}", maker.name(at))))
        .collect();
    measure(name, batches.len(), |at| {
        let saved: Result<_, CommitFault<()>> = store.commit(&batches[at], |_| Ok(()));
        saved.expect("a commit");
    });
}

type Typed = fn(&Maker, usize) -> String;

const SEARCHES: [(&str, Typed); 14] = [
    ("whole phone", |maker, at| maker.phone(at)),
    ("last four digits", |maker, at| {
        maker.phone(at)[7..].to_string()
    }),
    ("beginning of a phone", |maker, at| {
        maker.phone(at)[..5].to_string()
    }),
    ("whole serial number", |maker, at| maker.serial(at)),
    ("part of a serial number", |maker, at| {
        maker.serial(at)[5..].to_string()
    }),
    ("case number", |_, at| format!("RMA26-{:05}", at + 1)),
    ("count of a case number", |_, at| (at + 1).to_string()),
    ("name of two or three characters", |maker, at| {
        maker.name(at)
    }),
    ("one character", |maker, at| {
        maker.name(at).chars().take(1).collect()
    }),
    ("two characters apart", |maker, at| {
        let name: Vec<String> = maker.name(at).chars().map(String::from).collect();
        name.join(" ")
    }),
    ("name and last four", |maker, at| {
        format!("{} {}", maker.name(at), &maker.phone(at)[7..])
    }),
    ("three digits", |maker, at| {
        maker.phone(at)[4..7].to_string()
    }),
    ("nothing: a phone nobody has", |_, at| {
        format!("19900{:06}", at * 37 % 999_983)
    }),
    ("nothing: a name nobody has", |_, at| {
        format!("司马{}", GIVEN[at % GIVEN.len()])
    }),
];

fn measure(name: &str, rounds: usize, mut round: impl FnMut(usize)) {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|at| {
            let began = Instant::now();
            round(at);
            began.elapsed()
        })
        .collect();
    times.sort();
    let micros = |share: f64| {
        let at = ((times.len() - 1) as f64 * share).round() as usize;
        times[at].as_secs_f64() * 1e6
    };
    println!(
        "{name:<34} p50 {:>9.1}  p99 {:>9.1}  max {:>9.1} µs",
        micros(0.5),
        micros(0.99),
        micros(1.0)
    );
}

/// Makes the same cases every time.
struct Maker {
    fresh: Fresh,
    made: Vec<EntityId>,
    start: DateTime<Utc>,
}

/// A number that jumps about, the same for the same place.
fn mixed(at: usize, salt: usize) -> usize {
    let mut mixed = (at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (salt as u64) << 17;
    mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 17) as usize
}

impl Maker {
    fn new() -> Maker {
        Maker {
            fresh: Fresh::new(7),
            made: Vec::new(),
            start: Utc
                .timestamp_opt(1_600_000_000, 0)
                .single()
                .expect("an instant"),
        }
    }

    fn name(&self, at: usize) -> String {
        let mut name = SURNAMES[mixed(at, 1) % SURNAMES.len()].to_string();
        name.push_str(GIVEN[mixed(at, 2) % GIVEN.len()]);
        if !mixed(at, 3).is_multiple_of(3) {
            name.push_str(GIVEN[mixed(at, 4) % GIVEN.len()]);
        }
        name
    }

    fn phone(&self, at: usize) -> String {
        format!(
            "1{}{:09}",
            3 + mixed(at, 5) % 6,
            mixed(at, 6) % 1_000_000_000
        )
    }

    fn serial(&self, at: usize) -> String {
        format!("80H{}-{:06}", mixed(at, 7) % 10, mixed(at, 8) % 1_000_000)
    }

    fn case(&mut self, at: usize) -> Batch {
        let now = self.start + TimeDelta::minutes(2 * at as i64);
        let id = self.fresh.entity(now.timestamp_millis());
        self.made.push(id);
        let phone = Phone::parse(&self.phone(at)).expect("a phone");
        let serial = Serial::parse(&self.serial(at)).expect("a serial number");
        let text = |words: String| Value::Text(words);
        let mut facts = vec![
            (Field::Phone, Value::Phone(phone)),
            (Field::Caller, text(self.name(at))),
            (Field::Model, text("CK-80 HV".to_string())),
            (Field::SerialNumber, Value::Serial(serial)),
            (Field::Fault, text("no output after power-up".to_string())),
            (Field::Number, text("RMA26-".to_string())),
            (
                Field::WaybillBack,
                text(format!("SF{:013}", mixed(at, 9) % 10_000_000_000_000)),
            ),
            (Field::ReceiptDate, Value::Date(now.date_naive())),
            (Field::ArrivalDate, Value::Date(now.date_naive())),
            (Field::TestResult, Value::Choice("quality")),
        ];
        if !at.is_multiple_of(OPEN) {
            facts.push((Field::Closed, Value::Choice("repaired")));
        }
        let changes = facts
            .into_iter()
            .map(|(field, value)| planned(id, field, value, 0))
            .collect();
        self.batch(now, changes)
    }

    /// An edit by somebody who has seen whatever there is.
    fn edit(&mut self, id: EntityId, field: Field, words: &str) -> Batch {
        let change = planned(id, field, Value::Text(words.to_string()), u32::MAX);
        self.batch(Utc::now(), vec![change])
    }

    fn batch(&mut self, at: DateTime<Utc>, changes: Vec<Planned>) -> Batch {
        Batch {
            action: self.fresh.action(),
            act: Act::Edit,
            at,
            who: "li".to_string(),
            changes,
        }
    }
}

fn planned(entity: EntityId, field: Field, value: Value, base: u32) -> Planned {
    Planned {
        entity,
        kind: EntityKind::Case,
        ground: Ground::CustomerSays,
        item: ItemId::SELF,
        field,
        entry: Entry::Known(value),
        base,
    }
}

/// A cheap projection: what is measured is the file.
fn projection() -> Projection {
    Projection::new(1, |record: &Record, around: &Around| {
        let text = |field| record.text(field).map(str::to_string);
        let closed = record.fact(Field::Closed);
        let mut waybills = around.waybills.clone();
        waybills.extend(text(Field::WaybillBack));
        CaseRow {
            id: record.id(),
            number: text(Field::Number),
            begun_at: record.begun_at().unwrap_or_default(),
            stage: closed.map_or(Stage::Inspection, |_| Stage::Closed),
            due: record.day(Field::ArrivalDate),
            wait: None,
            waiting_since: None,
            goods: GoodsAt::Here,
            outcome: record.choice(Field::Closed),
            closed_at: closed.map(|fact| fact.at),
            service: None,
            caller: text(Field::Caller),
            phone: record.phone(Field::Phone).cloned(),
            second_phone: record.phone(Field::SecondPhone).cloned(),
            email: text(Field::Email),
            model: text(Field::Model),
            serial: record
                .serial(Field::SerialNumber)
                .map(|serial| serial.as_str().to_string()),
            serial_after: None,
            serial_in_box: None,
            label: None,
            bin: None,
            assignee: None,
            owed: Fen(0),
            paid: Fen(0),
            credit: Fen(0),
            price_open: false,
            waybills,
            terms: None,
        }
    })
}
