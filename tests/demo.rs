//! The demo desk: everything the design names occurs on it, and it is the same for the same seed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aftercare::demo;
use aftercare::desk::change::{Batch, Change};
use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityId, EntityKind};
use aftercare::desk::quote::QuoteState;
use aftercare::desk::record::Record;
use aftercare::desk::value::Entry;
use aftercare::store::{Around, Projection, Store};
use aftercare::terms::calendar::Calendar;
use aftercare::terms::notice::NoticeCode;
use aftercare::terms::version::Library;
use aftercare::work::case::{Case, Knowledge};
use aftercare::work::earlier::EarlierRepair;
use aftercare::work::row::CaseRow;
use aftercare::work::standing::{GoodsAt, Stage, Wait};
use chrono::NaiveDate;

fn knowledge() -> Arc<Knowledge> {
    Arc::new(Knowledge {
        library: Library::built_in(),
        calendar: Calendar::built_in(),
        zone: chrono_tz::Asia::Shanghai,
    })
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-20")
}

fn batches(today: NaiveDate, seed: u64, cases: usize) -> Vec<Batch> {
    demo::build(today, seed, cases, &knowledge()).collect()
}

/// The records the batches make.
fn records(batches: &[Batch]) -> BTreeMap<EntityId, Record> {
    let mut records: BTreeMap<EntityId, Record> = BTreeMap::new();
    for batch in batches {
        for planned in &batch.changes {
            let record = records
                .entry(planned.entity)
                .or_insert_with(|| Record::new(planned.entity, planned.kind));
            assert!(record.apply(Change {
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
            }));
        }
    }
    records
}

fn cases(today: NaiveDate, batches: &[Batch]) -> Vec<Case> {
    let records: Vec<Record> = records(batches).into_values().collect();
    let knowledge = knowledge();
    records
        .iter()
        .filter(|record| record.kind() == EntityKind::Case)
        .map(|record| {
            let serial = record.serial(Field::SerialNumber);
            let key = serial.map(|serial| serial.key());
            let has = |other: &&Record| {
                let serial = other.serial(Field::SerialNumber);
                key.is_some() && serial.map(|serial| serial.key()) == key
            };
            let same: Vec<Record> = records.iter().filter(has).cloned().collect();
            let earlier = EarlierRepair::all(&same, record);
            Case::of(record.clone(), earlier, Arc::clone(&knowledge), today)
        })
        .collect()
}

#[test]
fn every_stage_outcome_and_wait_of_the_design_occurs_whatever_the_day() {
    for today in ["2026-11-20", "2026-11-22", "2026-02-20", "2027-01-04"] {
        let today = day(today);
        let cases = cases(today, &batches(today, 1, 0));
        let has = |what: &str, found: bool| assert!(found, "{what} on {today}");
        for stage in Stage::ALL {
            has(
                stage.code(),
                cases.iter().any(|case| case.standing.stage == stage),
            );
        }
        for outcome in Field::Closed.options() {
            let is_so = |case: &Case| case.record.choice(Field::Closed) == Some(outcome);
            has(outcome, cases.iter().any(is_so));
        }
        for wait in Wait::ALL {
            let is_so =
                |case: &Case| matches!(case.standing.wait, Some((of, Some(_))) if of == wait);
            has(wait.code(), cases.iter().any(is_so));
        }
        for goods in GoodsAt::ALL {
            has(
                goods.code(),
                cases.iter().any(|case| case.standing.goods == goods),
            );
        }
        let quotes: BTreeSet<String> = cases
            .iter()
            .map(|case| format!("{:?}", case.quote.state))
            .collect();
        assert_eq!(quotes.len(), 6, "{quotes:?}");
        has(
            "a second version",
            cases
                .iter()
                .any(|case| case.quote.version == 2 && case.quote.state == QuoteState::Issued),
        );
        has(
            "a late one",
            cases
                .iter()
                .any(|case| case.standing.due.is_some_and(|due| due < today)),
        );
        has(
            "a grant",
            cases.iter().any(|case| !case.grants.0.is_empty()),
        );
        has(
            "a waiver",
            cases.iter().any(|case| case.ledger.waived.0 > 0),
        );
        has("a payment", cases.iter().any(|case| case.ledger.paid.0 > 0));
        has(
            "a conflict",
            cases
                .iter()
                .any(|case| !case.assessment.returns.conflicts.is_empty()),
        );
        has(
            "one left to staff",
            cases
                .iter()
                .any(|case| !case.assessment.returns.staff.is_empty()),
        );
        has(
            "an extension",
            cases.iter().any(|case| case.verdict.is_extension),
        );
        has(
            "an unreadable value",
            cases.iter().any(|case| {
                case.record
                    .facts()
                    .any(|(_, _, fact)| matches!(fact.entry, Entry::Unreadable(_)))
            }),
        );
        has(
            "a proof that hurts",
            cases.iter().any(|case| {
                let mut notices = case.assessment.notices.iter();
                notices.any(|notice| notice.code == NoticeCode::ProofChoice)
            }),
        );
    }
}

#[test]
fn names_in_both_scripts_and_nothing_in_the_future() {
    let all = batches(today(), 1, 0);
    let latest = all.iter().map(|batch| batch.at).max().unwrap();
    assert!(knowledge().day(latest) <= today());
    let who: BTreeSet<&str> = all.iter().map(|batch| batch.who.as_str()).collect();
    assert_eq!(who, BTreeSet::from(["chen", "li", "sun", "wu", "zhao"]));
    let cases = cases(today(), &all);
    let names = || {
        cases
            .iter()
            .filter_map(|case| case.record.text(Field::Caller))
    };
    assert!(names().any(|name| name.chars().all(|c| c > '\u{4e00}')));
    assert!(names().any(|name| name.chars().any(|c| c.is_ascii_alphabetic())));
}

#[test]
fn the_same_seed_gives_the_same_changes() {
    assert_eq!(batches(today(), 7, 90), batches(today(), 7, 90));
    assert_ne!(batches(today(), 7, 90), batches(today(), 8, 90));
}

#[test]
fn a_large_desk_has_as_many_cases_as_asked_and_is_mostly_closed() {
    for (asked, at_most_open) in [(demo::usual(), 40), (1_000, 45), (4_000, 80)] {
        let cases = cases_only(&batches(today(), 3, asked));
        assert_eq!(cases.len(), asked);
        let open = cases
            .values()
            .filter(|record| record.choice(Field::Closed).is_none())
            .count();
        assert!((25..=at_most_open).contains(&open), "{open} of {asked}");
    }
}

fn cases_only(batches: &[Batch]) -> BTreeMap<EntityId, Record> {
    let mut records = records(batches);
    records.retain(|_, record| record.kind() == EntityKind::Case);
    records
}

#[test]
fn a_built_file_opens_and_its_lines_are_what_its_changes_give() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("demo.db");
    let of = knowledge();
    let projection = Projection::new(1, move |record: &Record, around: &Around| {
        CaseRow::of(record, &around.earlier, around.waybills.clone(), &of)
    });
    let asked = 150;
    let mut store = Store::open(&file, projection.clone()).unwrap();
    store
        .bulk(|bulk| {
            for batch in demo::build(today(), 1, asked, &knowledge()) {
                bulk.commit::<()>(&batch)?;
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(store.differing().unwrap(), []);
    drop(store);

    let store = Store::open(&file, projection).unwrap();
    let view = store.view();
    let board = view.board().unwrap();
    let closed = view.closed(0, 1_000).unwrap();
    assert_eq!(board.len() + closed.len(), asked);
    let numbers: BTreeSet<&str> = board
        .iter()
        .chain(&closed)
        .filter_map(|row| row.number.as_deref())
        .collect();
    assert!(numbers.len() > asked * 3 / 5, "each number once");
    assert!(
        numbers.iter().all(|number| number.len() == 11),
        "{numbers:?}"
    );
    for (id, record) in records(&batches(today(), 1, asked)) {
        let stored = view.record(id).unwrap().unwrap();
        assert_eq!(stored.changes().len(), record.changes().len());
    }
}

fn aftercare(arguments: &[&str]) -> std::process::Output {
    std::process::Command::new(env!("CARGO_BIN_EXE_aftercare"))
        .args(arguments)
        .env("LC_ALL", "en")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn without_a_terminal_a_file_is_built_and_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("demo.db");
    let path = file.to_str().unwrap();
    let arguments = ["demo", "--today", "2026-11-20", "--db", path];
    let built = aftercare(&arguments);
    assert!(built.status.success(), "{built:?}");
    assert!(String::from_utf8_lossy(&built.stdout).contains(path));
    let before = std::fs::read(&file).unwrap();

    let again = aftercare(&arguments);
    assert!(!again.status.success());
    assert!(String::from_utf8_lossy(&again.stderr).contains("exists already"));
    assert_eq!(std::fs::read(&file).unwrap(), before);

    let nowhere = aftercare(&["demo"]);
    assert!(!nowhere.status.success());
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("--db FILE"));
}

#[test]
fn pictures_of_the_main_screens_are_drawn_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("pictures");
    let drawn = aftercare(&[
        "demo",
        "--today",
        "2026-11-20",
        "--pictures",
        to.to_str().unwrap(),
    ]);
    assert!(drawn.status.success(), "{drawn:?}");
    for name in ["board", "intake", "summary", "quote", "dispatch"] {
        for language in ["en", "zh-CN"] {
            let file = to.join(format!("{name}-{language}.svg"));
            let picture = std::fs::read_to_string(&file).unwrap();
            assert!(picture.starts_with("<svg "), "{name} {language}");
            assert!(picture.matches("<text ").count() > 20, "{name} {language}");
        }
    }
}
