//! What stands in the file stays; only a personal value can be erased.

use aftercare::desk::change::Act;
use aftercare::desk::field::Field;
use aftercare::desk::value::Entry;
use aftercare::store::CommitFault;

use crate::support::{self, Desk, known, text};

#[test]
fn the_list_of_changes_refuses_to_be_edited() {
    let mut desk = Desk::new();
    desk.case(&[(Field::Caller, "王小明"), (Field::Model, "CK-80")]);
    let before = desk.dump();
    let columns = "entity, seq, rev, at, who, ground, act, action, item, field, value, state, base";
    for recursive in ["ON", "OFF"] {
        // As at a plain SQL prompt: another connection with other settings.
        let prompt = rusqlite::Connection::open(desk.path()).unwrap();
        prompt
            .execute_batch(&format!(
                "PRAGMA recursive_triggers = {recursive}; PRAGMA foreign_keys = OFF"
            ))
            .unwrap();
        for attempt in [
            "UPDATE change SET value = 'x'",
            "UPDATE change SET who = 'somebody else'",
            "UPDATE change SET state = 'erased', value = NULL, who = 'x'",
            "UPDATE OR REPLACE change SET seq = 1 WHERE seq = 2",
            "DELETE FROM change",
            &format!(
                "INSERT OR REPLACE INTO change ({columns}) SELECT entity, seq, rev, at, 'x', ground, act, action, item, field, value, state, base FROM change"
            ),
            &format!(
                "INSERT OR IGNORE INTO change ({columns}) SELECT entity, 9, rev, at, who, ground, act, action, item, field, value, state, base FROM change"
            ),
            &format!(
                "INSERT INTO change ({columns}) SELECT entity, 1, rev, at, who, ground, act, action, item, field, value, state, base FROM change WHERE seq = 2 ON CONFLICT DO UPDATE SET who = 'x'"
            ),
            "DELETE FROM entity",
            "UPDATE entity SET kind = 'parcel'",
            "INSERT OR REPLACE INTO entity (id, kind) SELECT id, 'parcel' FROM entity",
        ] {
            let answer = prompt.execute(attempt, []);
            assert!(answer.is_err(), "{attempt} ({recursive}): {answer:?}");
        }
    }
    assert_eq!(desk.dump(), before);
}

/// Every way SQL has of writing over or taking away a row, in a database attached to another one, where
/// the settings are those of somebody else's connection.
#[test]
fn an_attached_desk_refuses_as_well() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Caller, "王小明"), (Field::Model, "CK-80")]);
    desk.set(case, Field::Number, text("RMA26-")).unwrap();
    desk.store
        .remember_terms(&support::terms("a", "2026-01-01"))
        .unwrap();
    let before = desk.dump();
    for recursive in ["ON", "OFF"] {
        let prompt = rusqlite::Connection::open_in_memory().unwrap();
        prompt
            .execute_batch(&format!(
                "PRAGMA recursive_triggers = {recursive}; PRAGMA foreign_keys = OFF;
                 ATTACH '{}' AS desk;
                 CREATE TABLE main.change AS SELECT * FROM desk.change;
                 CREATE TABLE main.entity AS SELECT * FROM desk.entity;
                 CREATE TABLE main.terms AS SELECT * FROM desk.terms;
                 CREATE TABLE main.counter AS SELECT * FROM desk.counter;
                 UPDATE main.change SET who = 'x'; UPDATE main.entity SET kind = 'parcel';
                 UPDATE main.terms SET text = 'x'; UPDATE main.counter SET n = 0;",
                desk.path().display()
            ))
            .unwrap();
        for table in ["change", "entity", "terms", "counter"] {
            for attempt in [
                format!("DELETE FROM desk.{table}"),
                format!("INSERT OR REPLACE INTO desk.{table} SELECT * FROM main.{table}"),
                format!("REPLACE INTO desk.{table} SELECT * FROM main.{table}"),
                format!("INSERT OR FAIL INTO desk.{table} SELECT * FROM main.{table}"),
                format!("INSERT INTO desk.{table} SELECT * FROM main.{table}"),
            ] {
                let answer = prompt.execute(&attempt, []);
                assert!(answer.is_err(), "{attempt} ({recursive}): {answer:?}");
            }
        }
        for attempt in [
            "UPDATE OR REPLACE desk.change SET who = 'x'",
            "UPDATE OR IGNORE desk.change SET seq = seq + 1",
            "UPDATE OR REPLACE desk.entity SET id = id + 1",
            "UPDATE OR REPLACE desk.terms SET hash = 'b'",
            "UPDATE OR REPLACE desk.counter SET prefix = 'X-'",
            "UPDATE OR ROLLBACK desk.counter SET n = n - 1",
            "INSERT INTO desk.entity SELECT * FROM main.entity WHERE true ON CONFLICT DO UPDATE SET kind = 'parcel'",
            "INSERT INTO desk.terms SELECT * FROM main.terms WHERE true ON CONFLICT DO UPDATE SET text = 'x'",
            "INSERT INTO desk.counter SELECT * FROM main.counter WHERE true ON CONFLICT DO UPDATE SET n = 0",
            "WITH old AS (SELECT * FROM desk.change) INSERT OR REPLACE INTO desk.change SELECT * FROM old",
        ] {
            let answer = prompt.execute(attempt, []);
            assert!(answer.is_err(), "{attempt} ({recursive}): {answer:?}");
        }
    }
    assert_eq!(desk.dump(), before);
    assert_eq!(desk.store.differing().unwrap(), []);
}

/// A table that somebody adds has to be thought about here: is it kept for ever, or made anew from the
/// changes?
#[test]
fn every_table_is_kept_for_ever_or_follows_from_the_changes() {
    let kept = ["change", "counter", "entity", "terms"];
    let follows = ["case_row", "find", "goods", "parcel", "staff"];
    // The one row of `meta` counts up; wrong PINs are forgotten when the right one comes.
    let counts = ["meta", "pin_attempt"];
    let desk = Desk::new();
    let prompt = rusqlite::Connection::open(desk.path()).unwrap();
    let mut find = prompt
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'find\\__%' ESCAPE '\\' ORDER BY name")
        .unwrap();
    let tables: Vec<String> = find
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut known = [&kept[..], &follows, &counts].concat();
    known.sort_unstable();
    assert_eq!(tables, known);
    for table in kept {
        let guards: i64 = prompt
            .query_row(
                "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1",
                [table],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(guards, 3, "{table}: on insert, update and delete");
    }
}

#[test]
fn counters_and_terms_refuse_to_go_back() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Caller, "Ann")]);
    desk.set(case, Field::Number, text("RMA26-")).unwrap();
    desk.store
        .remember_terms(&support::terms("a", "2026-01-01"))
        .unwrap();
    let prompt = rusqlite::Connection::open(desk.path()).unwrap();
    for attempt in [
        "UPDATE counter SET n = 0",
        "DELETE FROM counter",
        "INSERT OR REPLACE INTO counter VALUES ('RMA26-', 0)",
        "UPDATE terms SET text = 'x'",
        "DELETE FROM terms",
        "INSERT OR REPLACE INTO terms VALUES ('a', '2026-01-01', '2026-01-01', 'x')",
    ] {
        assert!(prompt.execute(attempt, []).is_err(), "{attempt}");
    }
}

#[test]
fn an_erased_value_is_gone_and_everything_else_stays() {
    let mut desk = Desk::new();
    let case = desk.case(&[
        (Field::Caller, "Erasable Person"),
        (Field::Phone, "13899998888"),
    ]);
    desk.set(case, Field::Caller, text("Erasable Persson"))
        .unwrap();
    assert!(desk.bytes().contains("erasable"));
    let batch = desk.batch(
        Act::Erase,
        vec![desk.planned(case, Field::Caller, Entry::Erased)],
    );
    desk.commit(&batch).unwrap();
    let record = desk.store.view().record(case).unwrap().unwrap();
    let entries: Vec<_> = record
        .changes()
        .iter()
        .map(|change| (change.seq, &change.entry))
        .collect();
    let phone = known(Field::Phone, "13899998888");
    assert_eq!(
        entries,
        [
            (1, &Entry::Erased),
            (2, &phone),
            (3, &Entry::Erased),
            (4, &Entry::Erased)
        ]
    );
    assert_eq!(record.at(1).text(Field::Caller), None);
    assert_eq!(desk.store.view().search("erasable", 10).unwrap(), []);
    assert_eq!(desk.store.view().search("8888", 10).unwrap().len(), 1);
    assert_eq!(desk.store.differing().unwrap(), []);
    desk.store.purge().unwrap();
    assert!(
        !desk.bytes().contains("erasable"),
        "it is still in the file"
    );
}

#[test]
fn what_is_not_personal_cannot_be_erased() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Model, "CK-80")]);
    let batch = desk.batch(
        Act::Erase,
        vec![desk.planned(case, Field::Model, Entry::Erased)],
    );
    assert_eq!(
        desk.commit(&batch),
        Err(CommitFault::NotPersonal(Field::Model))
    );
}
