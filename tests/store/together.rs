//! Several processes, or threads with their own connections, on one file.

use std::sync::Barrier;

use aftercare::desk::change::{Act, Batch, Ground, Planned};
use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityKind, Fresh, ItemId};
use aftercare::store::{CommitFault, Store};
use chrono::Utc;

use crate::support::{Desk, integrity, projection, text};

#[test]
fn eight_sessions_make_one_new_desk_together() {
    for _ in 0..5 {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("new/desk.db");
        let start = Barrier::new(8);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    start.wait();
                    Store::open(&path, projection()).unwrap();
                });
            }
        });
        assert_eq!(integrity(&path), "ok");
    }
}

#[test]
fn four_sessions_edit_one_case_and_every_change_has_its_place() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Caller, "王小明")]);
    let fields = [Field::Findings, Field::Cause, Field::WorkDone, Field::Fault];
    let path = desk.path();
    let path = &path;
    std::thread::scope(|scope| {
        for (session, field) in fields.into_iter().enumerate() {
            scope.spawn(move || {
                let mut store = Store::open(path, projection()).unwrap();
                let mut fresh = Fresh::new(session as u64 + 100);
                let mut base = 0;
                for count in 0..50 {
                    let batch = Batch {
                        action: fresh.action(),
                        act: Act::Edit,
                        at: Utc::now(),
                        who: format!("session {session}"),
                        changes: vec![Planned {
                            entity: case,
                            kind: EntityKind::Case,
                            ground: Ground::Inspected,
                            item: ItemId::SELF,
                            field,
                            entry: text(&count.to_string()),
                            base,
                        }],
                    };
                    let committed = store.commit::<()>(&batch, |_| Ok(())).unwrap();
                    base = committed.changes[0].seq;
                }
            });
        }
    });
    let record = desk.store.view().record(case).unwrap().unwrap();
    assert_eq!(record.changes().len(), 201);
    for field in fields {
        assert_eq!(record.text(field), Some("49"));
    }
    assert_eq!(desk.store.view().rev().unwrap(), 201);
    assert_eq!(desk.store.differing().unwrap(), []);
}

#[test]
fn two_sessions_that_authorise_one_case_give_it_one_number() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Caller, "Ann")]);
    let planned = desk.planned(case, Field::Number, text("RMA26-"));
    let first = desk.batch(Act::Authorise, vec![planned.clone()]);
    let second = desk.batch(Act::Authorise, vec![planned]);
    let mut other = Store::open(&desk.path(), projection()).unwrap();
    desk.commit(&first).unwrap();
    let Err(CommitFault::Stale(conflicts)) = other.commit::<()>(&second, |_| Ok(())) else {
        panic!("two numbers for one case");
    };
    assert_eq!(
        conflicts[0].current.as_ref().unwrap().entry,
        text("RMA26-00001")
    );
}
