//! The file behind the desk: what is saved stays, what is refused is untouched, what is said is found.

#[path = "store_support/mod.rs"]
mod support;

use std::os::unix::fs::PermissionsExt;

use aftercare::desk::change::Act;
use aftercare::desk::field::Field;
use aftercare::desk::id::ItemId;
use aftercare::desk::value::{Entry, Value};
use aftercare::store::{CommitFault, OpenFault, Store, What};
use support::{Desk, known, text};

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
        Err("the gate is closed")
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
fn folder_and_file_are_private() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a/b/desk.db");
    let mut desk = Desk::at(home, path.clone());
    desk.case(&[(Field::Caller, "Ann")]);
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(&desk.beside("-wal")), 0o600);
    assert_eq!(mode(&desk.beside("-shm")), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    assert_eq!(mode(path.parent().unwrap().parent().unwrap()), 0o700);
}

#[test]
fn a_file_that_was_open_to_others_is_closed_to_them() {
    let desk = Desk::new();
    let path = desk.path();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let desk = desk.reopen();
    let mode = std::fs::metadata(desk.path()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn others_see_what_was_committed() {
    let mut desk = Desk::new();
    let other = Store::open(&desk.path(), support::projection()).unwrap();
    let (rev, version) = (
        other.view().rev().unwrap(),
        other.view().data_version().unwrap(),
    );
    let case = desk.case(&[(Field::Caller, "Ann")]);
    assert_ne!(other.view().data_version().unwrap(), version);
    let news = other.view().news(rev).unwrap();
    assert_eq!(news.rev, desk.store.view().rev().unwrap());
    assert_eq!(news.changes.len(), 1);
    assert_eq!(
        news.rows.iter().map(|row| row.id).collect::<Vec<_>>(),
        [case]
    );
    assert_eq!(other.view().news(news.rev).unwrap().changes, []);
}

#[test]
fn other_cases_of_a_serial_number_are_found_and_told_of_changes() {
    let mut desk = Desk::new();
    let serial = [(Field::SerialNumber, "80H2-7731")];
    let first = desk.case(&serial);
    let second = desk.case(&serial);
    desk.case(&[(Field::SerialNumber, "80H2-7732")]);
    let number = aftercare::desk::serial::Serial::parse("80h2-7731").unwrap();
    let earlier = desk.store.view().earlier(&number, second).unwrap();
    assert_eq!(
        earlier.iter().map(|record| record.id()).collect::<Vec<_>>(),
        [first]
    );
    // The test projection shows how many others there are, in `bin`.
    let bin = |desk: &Desk, case| desk.store.view().row(case).unwrap().unwrap().bin;
    assert_eq!(bin(&desk, first).as_deref(), Some("1"));
    assert_eq!(bin(&desk, second).as_deref(), Some("1"));
    desk.set(
        second,
        Field::SerialNumber,
        known(Field::SerialNumber, "80H2-7732"),
    )
    .unwrap();
    assert_eq!(bin(&desk, first).as_deref(), Some("0"));
    assert_eq!(bin(&desk, second).as_deref(), Some("1"));
    assert_eq!(desk.store.differing().unwrap(), []);
}

#[test]
fn a_parcel_with_goods_of_two_cases_lends_both_its_waybill() {
    let mut desk = Desk::new();
    let (first, second) = (
        desk.case(&[(Field::Caller, "Ann")]),
        desk.case(&[(Field::Caller, "Bob")]),
    );
    let parcel = desk.parcel("SF1234567890123", &[Some(first), Some(second), None]);
    desk.set(first, Field::ParcelIn, Entry::Known(Value::Link(parcel)))
        .unwrap();
    for case in [first, second] {
        let row = desk.store.view().row(case).unwrap().unwrap();
        assert_eq!(row.waybills, ["SF1234567890123"]);
        let parcels = desk.store.view().parcels_of(case).unwrap();
        assert_eq!(
            parcels.iter().map(|found| found.id).collect::<Vec<_>>(),
            [parcel]
        );
    }
    let found = desk
        .store
        .view()
        .parcel_by_waybill(" ｓｆ1234567890123")
        .unwrap()
        .unwrap();
    assert_eq!((found.id, found.goods.len()), (parcel, 3));
    let label = desk.store.view().goods_by_label("bag-3").unwrap();
    assert_eq!(label.len(), 1);
    assert_eq!((label[0].parcel, label[0].goods.case), (parcel, None));
    let mut cases: Vec<_> = desk
        .store
        .view()
        .cases_of(parcel)
        .unwrap()
        .iter()
        .map(|row| row.id)
        .collect();
    cases.sort();
    assert_eq!(cases, [first, second]);
    // The waybill is set right: both lines follow.
    desk.set_of(
        parcel,
        ItemId::SELF,
        Field::Waybill,
        text("SF1234567890124"),
    )
    .unwrap();
    for case in [first, second] {
        let row = desk.store.view().row(case).unwrap().unwrap();
        assert_eq!(row.waybills, ["SF1234567890124"]);
    }
    assert_eq!(desk.store.differing().unwrap(), []);
}

#[test]
fn a_case_is_found_by_what_people_say_type_and_scan() {
    let mut desk = Desk::new();
    let wang = desk.case(&[
        (Field::Caller, "王小明"),
        (Field::Phone, "13800001234"),
        (Field::SerialNumber, "80H2-7731"),
        (Field::Model, "CK-80 HV"),
    ]);
    desk.set(wang, Field::Number, text("RMA26-")).unwrap();
    desk.parcel("SF1234567890123", &[Some(wang)]);
    let ouyang = desk.case(&[
        (Field::Caller, "欧阳修"),
        (Field::Phone, "0755-23456789"),
        (Field::BagLabel, "BAG-0042"),
        (Field::Recipient, "艾力·买买提"),
        (Field::RecipientPhone, "13900005678"),
    ]);
    let lee = desk.case(&[
        (Field::Caller, "Ann Lee-Smith"),
        (Field::SerialNumber, "X77310"),
    ]);
    let table = [
        ("王小明", Some(wang), What::Name, true),
        ("小明", Some(wang), What::Name, false),
        ("王", Some(wang), What::Name, false),
        ("王明", None, What::Name, false),
        ("欧阳", Some(ouyang), What::Name, false),
        ("阳修", Some(ouyang), What::Name, false),
        ("买买提", Some(ouyang), What::Name, false),
        ("ann", Some(lee), What::Name, false),
        ("lee", Some(lee), What::Name, false),
        ("smi", Some(lee), What::Name, false),
        ("ＡＮＮ ｌｅｅ", Some(lee), What::Name, false),
        ("nn", None, What::Name, false),
        ("13800001234", Some(wang), What::Phone, true),
        ("+86 138 0000 1234", Some(wang), What::Phone, true),
        ("１３８　００００　１２３４", Some(wang), What::Phone, true),
        ("1234", Some(wang), What::Phone, false),
        ("１２３４", Some(wang), What::Phone, false),
        ("138 0000", Some(wang), What::Phone, false),
        ("+86 138 0000", Some(wang), What::Phone, false),
        ("6789", Some(ouyang), What::Phone, false),
        ("0755 2345 6789", Some(ouyang), What::Phone, true),
        ("5678", Some(ouyang), What::Phone, false),
        ("80H2-7731", Some(wang), What::Serial, true),
        ("80h27731", Some(wang), What::Serial, true),
        ("８０ｈ２－７７３１", Some(wang), What::Serial, true),
        ("h2-77", Some(wang), What::Serial, false),
        ("X773", Some(lee), What::Serial, false),
        ("RMA26-00001", Some(wang), What::Number, true),
        ("rma2600001", Some(wang), What::Number, true),
        ("1", Some(wang), What::Number, false),
        ("00001", Some(wang), What::Number, false),
        ("sf1234567890123", Some(wang), What::Waybill, true),
        ("67890123", Some(wang), What::Waybill, false),
        ("bag-0042", Some(ouyang), What::Label, true),
        ("王小明 1234", Some(wang), What::Name, true),
        ("1234 王", Some(wang), What::Phone, false),
        ("ann 1234", None, What::Name, false),
        ("", None, What::Name, false),
        ("\" OR *", None, What::Name, false),
        ("zo", None, What::Name, false),
    ];
    for (typed, case, what, whole) in table {
        let hits = desk.store.view().search(typed, 10).unwrap();
        match case {
            None => assert!(hits.is_empty(), "{typed:?} found {hits:?}"),
            Some(case) => {
                let hit = hits
                    .first()
                    .unwrap_or_else(|| panic!("{typed:?} found nothing"));
                assert_eq!(hit.row.id, case, "{typed:?}");
                assert_eq!(
                    (hit.matched.what, hit.matched.whole),
                    (what, whole),
                    "{typed:?}"
                );
            }
        }
    }
}

#[test]
fn whole_numbers_come_first_then_open_cases_then_newer_ones() {
    let mut desk = Desk::new();
    let closed = |desk: &mut Desk, case| {
        desk.set(case, Field::Closed, known(Field::Closed, "void"))
            .unwrap()
    };
    let old_open = desk.case(&[(Field::Caller, "王一")]);
    let old_closed = desk.case(&[(Field::Caller, "王二"), (Field::SerialNumber, "AB-100")]);
    let new_closed = desk.case(&[(Field::Caller, "王三")]);
    let new_open = desk.case(&[(Field::Caller, "王四"), (Field::SerialNumber, "AB-1007")]);
    closed(&mut desk, old_closed);
    closed(&mut desk, new_closed);
    let found = |desk: &Desk, typed| -> Vec<_> {
        let hits = desk.store.view().search(typed, 10).unwrap();
        hits.iter().map(|hit| hit.row.id).collect()
    };
    assert_eq!(
        found(&desk, "王"),
        [new_open, old_open, new_closed, old_closed]
    );
    assert_eq!(found(&desk, "ab-100"), [old_closed, new_open]);
    assert_eq!(desk.store.view().search("王", 1).unwrap().len(), 1);
    let recent: Vec<_> = desk
        .store
        .view()
        .closed(0, 1)
        .unwrap()
        .iter()
        .map(|row| row.id)
        .collect();
    assert_eq!(recent, [new_closed]);
}

#[test]
fn an_open_case_is_found_among_many_newer_closed_ones() {
    let mut desk = Desk::new();
    let open = desk.case(&[(Field::Caller, "王小明")]);
    for _ in 0..60 {
        let case = desk.case(&[(Field::Caller, "王小明")]);
        desk.set(case, Field::Closed, known(Field::Closed, "void"))
            .unwrap();
    }
    let hits = desk.store.view().search("王小明", 5).unwrap();
    assert_eq!((hits.len(), hits[0].row.id), (5, open));
}

#[test]
fn a_caller_is_known_by_the_phone_in_any_form() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Phone, "13800001234")]);
    for typed in [
        "1234",
        "138 0000 1234",
        "+86 13800001234",
        "１３８００００１２３４",
    ] {
        let rows = desk.store.view().by_phone(typed).unwrap();
        assert_eq!(
            rows.iter().map(|row| row.id).collect::<Vec<_>>(),
            [case],
            "{typed}"
        );
    }
    for typed in ["", "123", "9999", "abcd", "13800001235"] {
        assert_eq!(desk.store.view().by_phone(typed).unwrap(), [], "{typed}");
    }
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

#[test]
fn lines_of_an_older_computation_are_computed_anew() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Caller, "Ann")]);
    let path = desk.path();
    let newer = aftercare::store::Projection::new(99, |record, around| {
        let mut row = support::project(record, around);
        row.assignee = Some("computed anew".to_string());
        row
    });
    let store = Store::open(&path, newer).unwrap();
    let row = store.view().row(case).unwrap().unwrap();
    assert_eq!(row.assignee.as_deref(), Some("computed anew"));
    assert_eq!(store.differing().unwrap(), []);
}

#[test]
fn a_fault_on_opening_is_told_apart() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("folder");
    std::fs::create_dir(&folder).unwrap();
    let answer = Store::open(&folder, support::projection()).unwrap_err();
    assert_eq!(answer, OpenFault::IsFolder { path: folder });
}
