//! A case is found by what people say, type and scan.

use aftercare::desk::field::Field;
use aftercare::desk::value::Entry;
use aftercare::store::What;

use crate::support::{Desk, known, text};

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
        ("买买提", Some(ouyang), What::Recipient, false),
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
        ("5678", Some(ouyang), What::RecipientPhone, false),
        ("80H2-7731", Some(wang), What::Serial, true),
        ("80h27731", Some(wang), What::Serial, true),
        ("８０ｈ２－７７３１", Some(wang), What::Serial, true),
        ("h2-77", Some(wang), What::Serial, false),
        ("X773", Some(lee), What::Serial, false),
        ("RMA26-00001", Some(wang), What::Number, true),
        ("RMA26-000", Some(wang), What::Number, false),
        ("rma26", Some(wang), What::Number, false),
        ("RMA26-00001 王", Some(wang), What::Number, true),
        ("rma26-1 王", Some(wang), What::Number, true),
        ("rma26-2 王", None, What::Number, false),
        ("rma1", Some(wang), What::Number, true),
        ("RMA27", None, What::Number, false),
        ("RMA26-00002", None, What::Number, false),
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
fn what_a_field_held_earlier_finds_the_case_and_is_told_as_earlier() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::SerialNumber, "80H2-7731")]);
    let other = desk.case(&[(Field::SerialNumber, "80H2-7738")]);
    let serial = |typed| known(Field::SerialNumber, typed);
    for typed in ["80H2-7732", "80h2 7733"] {
        desk.set(case, Field::SerialNumber, serial(typed)).unwrap();
    }
    // The same number written otherwise is no other number.
    desk.set(other, Field::SerialNumber, serial("80H27738"))
        .unwrap();
    let table = [
        ("80h27731", case, true, true, Some("80H2-7731")),
        ("80H2.7732", case, true, true, Some("80H2-7732")),
        ("7732", case, false, true, Some("80H2-7732")),
        ("80H2-7733", case, true, false, None),
        ("80H2-7738", other, true, false, None),
    ];
    for (typed, id, whole, former, value) in table {
        let hits = desk.store.view().search(typed, 10).unwrap();
        assert_eq!(hits.len(), 1, "{typed}: {hits:?}");
        let (hit, matched) = (&hits[0], hits[0].matched);
        let found = (hit.row.id, matched.whole, matched.former);
        assert_eq!(found, (id, whole, former), "{typed}");
        assert_eq!(hit.value.as_deref(), value, "{typed}");
    }
    // Who has it now stands before who had it.
    let now = desk.case(&[(Field::SerialNumber, "80H2-7731")]);
    let hits = desk.store.view().search("80h27731", 10).unwrap();
    let ids: Vec<_> = hits.iter().map(|hit| hit.row.id).collect();
    assert_eq!(ids, [now, case]);
    // Emptied, it still is found.
    desk.set(now, Field::SerialNumber, Entry::Unknown).unwrap();
    let hits = desk.store.view().search("80h27731", 10).unwrap();
    assert!(hits.iter().all(|hit| hit.matched.former), "{hits:?}");
    assert_eq!(hits.len(), 2);
    assert_eq!(desk.store.differing().unwrap(), []);
}

#[test]
fn goods_with_another_number_than_announced_are_found_by_both() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::SerialNumber, "80H2-7731")]);
    desk.set(
        case,
        Field::SerialInBox,
        known(Field::SerialInBox, "80H2-9001"),
    )
    .unwrap();
    let found = |desk: &Desk, typed: &str| {
        let hits = desk.store.view().search(typed, 10).unwrap();
        let all = hits.into_iter().map(|hit| {
            assert_eq!(hit.row.id, case, "{typed}");
            (hit.matched.whole, hit.matched.former, hit.value)
        });
        all.collect::<Vec<_>>()
    };
    let in_box = Some("80H2-9001".to_string());
    assert_eq!(found(&desk, "80h27731"), [(true, false, None)]);
    assert_eq!(found(&desk, "80h29001"), [(true, false, in_box.clone())]);
    assert_eq!(found(&desk, "9001"), [(false, false, in_box)]);
    // The number in the box is that of the unit: the announced one was its number before.
    desk.set(
        case,
        Field::SerialNumber,
        known(Field::SerialNumber, "80H2-9001"),
    )
    .unwrap();
    assert_eq!(found(&desk, "80h29001"), [(true, false, None)]);
    let announced = Some("80H2-7731".to_string());
    assert_eq!(found(&desk, "80h27731"), [(true, true, announced)]);
    assert_eq!(desk.store.differing().unwrap(), []);
}
