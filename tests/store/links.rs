//! Others' changes, other cases of a serial number, parcels.

use aftercare::desk::field::Field;
use aftercare::desk::id::ItemId;
use aftercare::desk::parcel::Parcel;
use aftercare::desk::value::{Entry, Value};
use aftercare::store::Store;

use crate::support::{self, Desk, known, text};

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
        let file = desk.store.view().case_file(case).unwrap().unwrap();
        let parcels: Vec<_> = file.parcels.iter().map(|found| found.id()).collect();
        assert_eq!((file.record.id(), parcels), (case, vec![parcel]));
    }
    let view = desk.store.view();
    let found = view.parcel_by_waybill(" ｓｆ1234567890123").unwrap();
    let found = view.parcel_file(found.unwrap().id()).unwrap().unwrap();
    assert_eq!(Parcel::of(&found.record).goods.len(), 3);
    let cases: Vec<_> = found.cases.iter().map(|case| case.id()).collect();
    assert_eq!((found.record.id(), cases), (parcel, vec![first, second]));
    assert_eq!(view.outgoing_box("SF1234567890123").unwrap(), None);
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
fn goods_taken_out_of_a_parcel_are_matched_with_the_open_cases() {
    let mut desk = Desk::new();
    let serial = [(Field::SerialNumber, "80H2-7731")];
    let closed = desk.case(&serial);
    desk.set(closed, Field::Closed, known(Field::Closed, "void"))
        .unwrap();
    let open = desk.case(&serial);
    desk.set(open, Field::Number, text("RMA26-")).unwrap();
    for typed in ["80h2-7731", "RMA26-00001", "ｒｍａ２６００００１"] {
        let found = desk.store.view().open_cases_of(typed).unwrap();
        let found: Vec<_> = found.iter().map(|record| record.id()).collect();
        assert_eq!(found, [open], "{typed}");
    }
    assert_eq!(desk.store.view().open_cases_of("80H2-773").unwrap(), []);
}

#[test]
fn the_other_cases_of_a_caller_come_with_a_case() {
    let mut desk = Desk::new();
    let phone = [(Field::Phone, "13800001234")];
    let (first, second) = (desk.case(&phone), desk.case(&phone));
    desk.case(&[(Field::Phone, "13900001234")]);
    let file = desk.store.view().case_file(second).unwrap().unwrap();
    let others: Vec<_> = file.same_caller.iter().map(|row| row.id).collect();
    assert_eq!(others, [first]);
}

/// However a serial number is spelled, it is one unit in every look-up.
#[test]
fn one_unit_is_found_by_every_spelling_of_its_number() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::SerialNumber, "80H2-7731"), (Field::Model, "CK-80")]);
    let parcel = desk.parcel("SF1234567890123", &[Some(case)]);
    let goods = Parcel::of(&desk.store.view().record(parcel).unwrap().unwrap()).goods;
    let scanned = known(Field::GoodsSerial, "80h27731");
    desk.set_of(parcel, goods[0].item, Field::GoodsSerial, scanned)
        .unwrap();
    desk.case(&[(Field::SerialNumber, "80H2-77310")]);
    let next = desk.case(&[(Field::SerialNumber, "80H27731")]);
    for typed in [
        "80H2-7731",
        "80H27731",
        "80h2 7731",
        "80H2.7731",
        "80H2/7731",
        "８０ｈ２－７７３１",
        " 80h2–7731 ",
    ] {
        let serial = aftercare::desk::serial::Serial::parse(typed).unwrap();
        let view = desk.store.view();
        let ids = |rows: Vec<aftercare::work::row::CaseRow>| -> Vec<_> {
            rows.iter().map(|row| row.id).collect()
        };
        let mut by_serial = ids(view.by_serial(&serial).unwrap());
        by_serial.sort();
        assert_eq!(by_serial, [case, next], "{typed}");
        let open = view.open_cases_of(typed).unwrap();
        assert_eq!(open.len(), 2, "{typed}");
        let earlier = view.earlier(&serial, next).unwrap();
        let earlier: Vec<_> = earlier.iter().map(|record| record.id()).collect();
        assert_eq!(earlier, [case], "{typed}");
        let goods = view.goods_by_serial(&serial).unwrap();
        assert_eq!(goods.len(), 1, "{typed}");
        let hits = view.search(typed, 10).unwrap();
        let hits = ids(hits
            .into_iter()
            .filter(|hit| hit.matched.whole)
            .map(|hit| hit.row)
            .collect());
        assert_eq!(hits, [next, case], "{typed}");
    }
    // The line that is spelled as it was typed stands first.
    for (typed, first) in [("80H2-7731", case), ("80H27731", next)] {
        let serial = aftercare::desk::serial::Serial::parse(typed).unwrap();
        let rows = desk.store.view().by_serial(&serial).unwrap();
        assert_eq!(rows[0].id, first, "{typed}");
    }
    let bin = |desk: &Desk, case| desk.store.view().row(case).unwrap().unwrap().bin;
    assert_eq!(bin(&desk, next).as_deref(), Some("1"));
    assert_eq!(desk.store.differing().unwrap(), []);
}

#[test]
fn a_unit_given_out_is_found_with_the_one_it_replaces() {
    let mut desk = Desk::new();
    let mut replaced = |serial: &str, after: &str| {
        let case = desk.case(&[
            (Field::SerialNumber, serial),
            (Field::RepairOutcome, "replaced"),
            (Field::SerialAfter, after),
        ]);
        let outcome = desk.planned(
            case,
            Field::RepairOutcome,
            known(Field::RepairOutcome, "replaced"),
        );
        let batch = desk.batch(aftercare::desk::change::Act::Repair, vec![outcome]);
        desk.commit(&batch).unwrap();
        case
    };
    let first = replaced("80H2-7731", "80H2-9001");
    let second = replaced("80H2-9001", "80H2-9002");
    // In a circle, which ends.
    let third = replaced("80H2-9002", "80H2-7731");
    let last = desk.case(&[(Field::SerialNumber, "80h29002")]);
    for (typed, cases) in [
        ("80H27731", vec![third, first]),
        ("80H29001", vec![second, first]),
        ("80H29002", vec![last, third, second]),
    ] {
        let hits = desk.store.view().search(typed, 10).unwrap();
        let found: Vec<_> = hits.iter().map(|hit| hit.row.id).collect();
        assert_eq!(found, cases, "{typed}");
        assert!(
            hits.iter()
                .all(|hit| hit.matched.whole && !hit.matched.former)
        );
    }
    let hits = desk.store.view().search("80H29001", 10).unwrap();
    let value = hits.iter().find(|hit| hit.row.id == first).unwrap();
    assert_eq!(value.value.as_deref(), Some("80H2-9001"));
    let serial = aftercare::desk::serial::Serial::parse("80H2-9002").unwrap();
    let earlier = desk.store.view().earlier(&serial, last).unwrap();
    let earlier: Vec<_> = earlier.iter().map(|record| record.id()).collect();
    assert_eq!(earlier, [first, second, third]);
    // What changes in one of them is told to all that hang together with it.
    let bin = |desk: &Desk, case| desk.store.view().row(case).unwrap().unwrap().bin;
    assert_eq!(bin(&desk, last).as_deref(), Some("3"));
    for (case, other) in [(third, "80H2-9100"), (second, "80H2-9200")] {
        let other = known(Field::SerialAfter, other);
        desk.set(case, Field::SerialAfter, other).unwrap();
    }
    assert_eq!(bin(&desk, last).as_deref(), Some("1"));
    assert_eq!(bin(&desk, first).as_deref(), Some("1"));
    assert_eq!(desk.store.differing().unwrap(), []);
}
