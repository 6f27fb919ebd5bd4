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
