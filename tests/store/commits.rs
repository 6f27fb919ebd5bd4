//! Saving: places, numbers, conflicts, refusals.

use aftercare::desk::change::Act;
use aftercare::desk::field::Field;
use aftercare::desk::value::Entry;
use aftercare::store::{CheckFault, CommitFault};

use crate::support::{self, Desk, text};

#[test]
fn what_is_committed_is_there_after_opening_again() {
    let mut desk = Desk::new();
    let case = desk.case(&[
        (Field::Caller, "王小明"),
        (Field::Phone, "138 0000 1234"),
        (Field::SerialNumber, "80H2-7731"),
        (Field::ReceiptDate, "2026-11-03"),
    ]);
    let before = desk.store.view().record(case).unwrap().unwrap();
    let board = desk.store.view().board().unwrap();
    assert_eq!(before.changes().len(), 4);
    assert_eq!(board.len(), 1);
    let desk = desk.reopen();
    assert_eq!(desk.store.view().record(case).unwrap().unwrap(), before);
    assert_eq!(desk.store.view().board().unwrap(), board);
    assert_eq!(before.text(Field::Caller), Some("王小明"));
}

#[test]
fn a_case_number_is_given_once_and_counts_up_for_each_year() {
    let mut desk = Desk::new();
    let mut numbers = Vec::new();
    for prefix in ["RMA26-", "RMA26-", "RMA27-", "RMA26-"] {
        let case = desk.case(&[(Field::Caller, "Ann")]);
        desk.set(case, Field::Number, text(prefix)).unwrap();
        let record = desk.store.view().record(case).unwrap().unwrap();
        numbers.push(record.text(Field::Number).unwrap().to_string());
    }
    assert_eq!(
        numbers,
        ["RMA26-00001", "RMA26-00002", "RMA27-00001", "RMA26-00003"]
    );
}

#[test]
fn a_refused_batch_wastes_no_number() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Caller, "Ann")]);
    let batch = desk.batch(
        Act::Authorise,
        vec![desk.planned(case, Field::Number, text("RMA26-"))],
    );
    let refused = desk.store.commit(&batch, |view| {
        assert_eq!(
            view.record(case).unwrap().unwrap().text(Field::Caller),
            Some("Ann")
        );
        Err(CheckFault::Refused("the gate is closed"))
    });
    assert_eq!(refused, Err(CommitFault::Refused("the gate is closed")));
    assert_eq!(
        desk.store
            .view()
            .record(case)
            .unwrap()
            .unwrap()
            .changes()
            .len(),
        1
    );
    desk.set(case, Field::Number, text("RMA26-")).unwrap();
    let record = desk.store.view().record(case).unwrap().unwrap();
    assert_eq!(record.text(Field::Number), Some("RMA26-00001"));
}

#[test]
fn a_field_that_somebody_else_changed_meanwhile_is_not_overwritten() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Caller, "王小明"), (Field::Model, "CK-80")]);
    let seen = desk.store.view().record(case).unwrap().unwrap();
    let base = seen.fact(Field::Caller).unwrap().seq;
    desk.set(case, Field::Caller, text("王晓明")).unwrap();

    let mut late = desk.planned(case, Field::Caller, text("王小铭"));
    late.base = base;
    let batch = desk.batch(Act::Edit, vec![late.clone()]);
    let Err(CommitFault::Stale(conflicts)) = desk.commit(&batch) else {
        panic!("it was overwritten unseen");
    };
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].wanted, text("王小铭"));
    assert_eq!(conflicts[0].current.as_ref().unwrap().entry, text("王晓明"));
    assert_eq!(
        desk.store
            .view()
            .record(case)
            .unwrap()
            .unwrap()
            .changes()
            .len(),
        3
    );

    // The same value, another field, and the value once it was seen: no conflict.
    late.entry = text("王晓明");
    let mut other = desk.planned(case, Field::Model, text("CK-80 HV"));
    other.base = seen.fact(Field::Model).unwrap().seq;
    let batch = desk.batch(Act::Edit, vec![late, other]);
    desk.commit(&batch).unwrap();
    desk.set(case, Field::Caller, text("王小铭")).unwrap();
}

#[test]
fn a_field_that_somebody_emptied_meanwhile_is_asked_about() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Caller, "Ann")]);
    desk.set(case, Field::Caller, Entry::Unknown).unwrap();
    let mut late = desk.planned(case, Field::Caller, text("Anne"));
    late.base = 1;
    let batch = desk.batch(Act::Edit, vec![late.clone()]);
    let Err(CommitFault::Stale(conflicts)) = desk.commit(&batch) else {
        panic!("it was overwritten unseen");
    };
    assert_eq!(conflicts[0].current, None);
    // Who saw it empty saw it as it is.
    late.base = 0;
    let batch = desk.batch(Act::Edit, vec![late]);
    desk.commit(&batch).unwrap();
}

#[test]
fn what_cannot_be_read_is_kept_as_it_was_typed() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Caller, "Ann")]);
    desk.set(
        case,
        Field::Phone,
        Entry::Unreadable("138 00\u{1b}[31m".into()),
    )
    .unwrap();
    let desk = desk.reopen();
    let record = desk.store.view().record(case).unwrap().unwrap();
    let fact = record.fact(Field::Phone).unwrap();
    assert_eq!(fact.entry, Entry::Unreadable("138 00\u{1b}[31m".into()));
    assert_eq!(record.value(Field::Phone), None);
}

#[test]
fn a_version_of_the_terms_is_kept_as_it_was_brought_in() {
    let mut desk = Desk::new();
    let first = support::terms("a", "2026-01-01");
    assert!(desk.store.remember_terms(&first).unwrap());
    let mut again = first.clone();
    again.brought_in = again.brought_in.succ_opt().unwrap();
    assert!(!desk.store.remember_terms(&again).unwrap());
    assert!(
        desk.store
            .remember_terms(&support::terms("b", "2025-06-01"))
            .unwrap()
    );
    let hashes: Vec<_> = desk.reopen().store.view().terms_versions().unwrap();
    assert_eq!(hashes, [support::terms("b", "2025-06-01"), first]);
}

#[test]
fn a_bulk_ends_as_single_commits_do() {
    let mut single = Desk::new();
    let case = single.case(&[
        (Field::Caller, "王小明"),
        (Field::SerialNumber, "80H2-7731"),
    ]);
    single.parcel("SF1234567890123", &[Some(case)]);
    let mut bulk = Desk::new();
    let batches = single.batches.clone();
    bulk.store
        .bulk::<()>(|bulk| {
            for batch in &batches {
                bulk.commit(batch)?;
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(
        bulk.store.view().board().unwrap(),
        single.store.view().board().unwrap()
    );
    assert_eq!(bulk.store.view().search("王小明", 9).unwrap().len(), 1);
    assert_eq!(bulk.store.differing().unwrap(), []);
}
