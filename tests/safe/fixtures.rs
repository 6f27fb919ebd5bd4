//! Files as earlier versions of the program left them (`tests/fixtures`), and how they were made.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aftercare::app::clock::StoppedClock;
use aftercare::app::opening::{Opened, Place, open};
use aftercare::demo::{plan, script};
use aftercare::desk::field::Field;
use aftercare::desk::record::Record;
use aftercare::store::CommitFault;
use aftercare::store::open::SCHEMA;
use chrono::{NaiveDate, TimeZone, Utc};
use rusqlite::Connection;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");

/// Names the folder to make the fixture of the present schema in; see `tests/fixtures/README.md`.
const VARIABLE: &str = "AFTERCARE_MAKE_FIXTURE";

/// The stories of a fixture: of every kind of work one.
const STORIES: &[&str] = &[
    "enquiry",
    "faulty, returned",
    "return refused",
    "repaired at a price",
    "repaired line by line",
    "scrapped",
    "void",
    "a call, half done",
    "a dealer's parcel",
    "goods without a name",
    "on the bench",
    "a quote without an answer",
    "waiting for the money",
    "ready to go",
    "again within the 60 days",
];

/// Whole changes as they stand in the file, in the columns that schema 1 had.
const CHANGES: &str = "SELECT json_array(entity, (SELECT kind FROM entity WHERE id = change.entity), \
    seq, rev, at, who, ground, act, action, item, field, value, state, base) \
    FROM change ORDER BY entity, seq";

fn changes(file: &Path) -> Vec<String> {
    let conn = Connection::open(file).unwrap();
    let mut find = conn.prepare(CHANGES).unwrap();
    let rows = find.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn fixture(schema: i64, ending: &str) -> PathBuf {
    Path::new(FOLDER).join(format!("schema-{schema}.{ending}"))
}

fn desk(file: &Path) -> Opened {
    let clock = StoppedClock(Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap());
    open(&Place::of(file.to_path_buf()), &clock).unwrap()
}

/// What a line gained since finds cases of an older file as well, closed ones too: names folded, numbers
/// with their extensions, e-mail addresses.
fn is_found_by_who_called(view: &aftercare::store::View<'_>, record: &Record) {
    let texts =
        [Field::Caller, Field::Email].map(|field| record.text(field).map(str::to_uppercase));
    let phone = record.phone(Field::Phone).map(|phone| format!("{phone}"));
    for typed in texts.into_iter().chain([phone]).flatten() {
        let hits = view.search(&typed, 50).unwrap();
        let own = hits.iter().find(|hit| hit.row.id == record.id());
        assert!(
            own.is_some_and(|hit| !hit.matched.former),
            "{typed}: {hits:?}"
        );
    }
}

/// Not a test of its own: makes the fixture of the schema as it is now.
#[test]
fn make_the_fixture_of_this_schema() {
    let Some(folder) = std::env::var_os(VARIABLE) else {
        return;
    };
    let file = Path::new(&folder).join(format!("schema-{SCHEMA}.db"));
    let mut opened = desk(&file);
    let today: NaiveDate = "2026-11-22".parse().unwrap();
    let knowledge = Arc::clone(&opened.knowledge);
    opened
        .store
        .bulk(|bulk| {
            for entry in plan::plan(1, 0) {
                if STORIES.contains(&entry.story.name) {
                    for batch in script::play(&entry, today, &knowledge) {
                        bulk.commit(&batch)?;
                    }
                }
            }
            Ok(())
        })
        .map_err(|fault: CommitFault<()>| fault)
        .unwrap();
    drop(opened);
    let db = file.to_str().unwrap();
    for (name, role) in [
        ("wu", "supervisor"),
        ("li", "operator"),
        ("chen", "technician"),
    ] {
        let output = crate::place::program(&["staff", "add", name, "--role", role, "--db", db]);
        assert!(output.status.success(), "{}", crate::place::said(&output));
    }
    std::fs::remove_file(crate::place::beside(&file, ".lock")).unwrap();
    std::fs::remove_file(crate::place::beside(&file, ".kept")).unwrap();
    let dump = changes(&file).join("\n") + "\n";
    std::fs::write(file.with_extension("changes.jsonl"), dump).unwrap();
}

#[test]
fn every_earlier_schema_has_a_fixture() {
    for schema in 1..SCHEMA {
        for ending in ["db", "changes.jsonl"] {
            let file = fixture(schema, ending);
            assert!(file.exists(), "{} is missing", file.display());
        }
    }
}

#[test]
fn a_file_of_every_schema_is_upgraded_and_says_what_it_said() {
    for schema in (1..=SCHEMA).filter(|schema| fixture(*schema, "db").exists()) {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("desk.db");
        std::fs::copy(fixture(schema, "db"), &file).unwrap();
        let dump = std::fs::read_to_string(fixture(schema, "changes.jsonl")).unwrap();
        let before: Vec<&str> = dump.lines().collect();
        let counters = counters(&file);
        let opened = desk(&file);
        let (store, view) = (&opened.store, opened.store.view());
        assert_eq!(changes(&file), before, "schema {schema}");
        assert_eq!(store.differing().unwrap(), [], "schema {schema}");
        assert_eq!(counters_of(&opened), counters, "schema {schema}");
        // Every line is computed anew, closed cases' lines as well: a unit is known by its key.
        let without =
            "SELECT (SELECT count(*) FROM case_row WHERE serial IS NOT NULL AND serial_key IS NULL)
            + (SELECT count(*) FROM goods WHERE serial IS NOT NULL AND serial_key IS NULL)";
        let conn = Connection::open(&file).unwrap();
        let without: i64 = conn.query_row(without, [], |row| row.get(0)).unwrap();
        assert_eq!(without, 0, "schema {schema}");
        // Every record can be replayed, and every numbered case is found by its number.
        let mut entities: Vec<i64> = before
            .iter()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()[0].as_i64())
            .map(Option::unwrap)
            .collect();
        entities.dedup();
        let mut numbered = 0;
        for id in entities {
            let id = aftercare::desk::id::EntityId(id);
            let record = view.record(id).unwrap().unwrap();
            if let Some(number) = record.text(Field::Number) {
                let hits = view.search(number, 5).unwrap();
                assert_eq!(hits[0].row.id, id, "schema {schema}: {number}");
                numbered += 1;
            }
            is_found_by_who_called(&view, &record);
        }
        assert!(numbered > 5, "schema {schema}: {numbered}");
        assert!(view.board().unwrap().len() > 5, "schema {schema}");
        // And a copy of it as it was lies with the backups.
        let copies: Vec<String> = crate::place::names(&home.path().join("backups"))
            .into_iter()
            .filter(|name| name.starts_with("before-schema-"))
            .collect();
        assert_eq!(
            copies.len(),
            usize::from(schema < SCHEMA),
            "schema {schema}: {copies:?}"
        );
        for copy in copies {
            let copy = home.path().join("backups").join(copy);
            let conn = Connection::open(&copy).unwrap();
            let version: i64 = conn
                .query_row("PRAGMA user_version", [], |row| row.get(0))
                .unwrap();
            assert_eq!(
                (version, changes(&copy)),
                (schema, dump.lines().map(str::to_string).collect())
            );
        }
    }
}

fn counters(file: &Path) -> BTreeMap<String, i64> {
    let conn = Connection::open(file).unwrap();
    let mut find = conn.prepare("SELECT prefix, n FROM counter").unwrap();
    let rows = find.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

fn counters_of(opened: &Opened) -> BTreeMap<String, i64> {
    counters(opened.store.path())
}
