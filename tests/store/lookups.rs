//! What Enter and a scan mean: what is found exactly outranks the shape of what was typed.

use aftercare::desk::field::Field;
use aftercare::desk::id::EntityId;
use aftercare::store::{LookedUp, What};
use proptest::prelude::*;

use crate::spelling::respelled;
use crate::support::{Desk, cases, known, text};

fn look_up(desk: &Desk, typed: &str) -> Vec<(EntityId, What)> {
    match desk.store.view().look_up(typed).unwrap() {
        LookedUp::Cases(hits) => hits
            .iter()
            .map(|hit| (hit.row.id, hit.matched.what))
            .collect(),
        LookedUp::Arriving(_) => panic!("{typed} is a parcel"),
    }
}

#[test]
fn what_is_found_exactly_outranks_its_shape() {
    let mut desk = Desk::new();
    // Each has the shape of something else: a waybill, a mobile phone, a case number, a short number.
    let serials = [
        "123456789012",
        "13800001234",
        "RMA26-00077",
        "20261122",
        "4711",
    ];
    let cases = serials.map(|serial| desk.case(&[(Field::SerialNumber, serial)]));
    for (serial, case) in serials.into_iter().zip(cases) {
        assert_eq!(look_up(&desk, serial), [(case, What::Serial)], "{serial}");
    }
    // A label, a waybill and a phone have the same digits as a serial number: all of them are meant.
    let labelled = desk.case(&[(Field::BagLabel, "20261122")]);
    let phoned = desk.case(&[(Field::RecipientPhone, "13800001234")]);
    let sent = desk.case(&[(Field::Caller, "Ann")]);
    let parcel = desk.parcel("123456789012", &[Some(sent)]);
    let arrived = aftercare::desk::value::Value::Link(parcel);
    let arrived = aftercare::desk::value::Entry::Known(arrived);
    desk.set(sent, Field::ParcelIn, arrived).unwrap();
    let both = |desk: &Desk, typed, what: [(EntityId, What); 2]| {
        let mut found = look_up(desk, typed);
        found.sort();
        let mut what = what.to_vec();
        what.sort();
        assert_eq!(found, what, "{typed}");
    };
    both(
        &desk,
        "20261122",
        [(cases[3], What::Serial), (labelled, What::Label)],
    );
    both(
        &desk,
        "13800001234",
        [(cases[1], What::Serial), (phoned, What::RecipientPhone)],
    );
    both(
        &desk,
        "123456789012",
        [(cases[0], What::Serial), (sent, What::Waybill)],
    );
    // Nothing has these: their shape says what begins.
    for typed in ["999999999999", "13900000000", "80H2-9999"] {
        assert_eq!(look_up(&desk, typed), [], "{typed}");
    }
}

#[test]
fn a_case_is_found_by_its_short_number_in_every_year() {
    let mut desk = Desk::new();
    let numbered = |desk: &mut Desk, prefix: &str| {
        let case = desk.case(&[(Field::Caller, "Ann")]);
        desk.set(case, Field::Number, text(prefix)).unwrap();
        case
    };
    let old = numbered(&mut desk, "RMA25-");
    let first = numbered(&mut desk, "RMA26-");
    let second = numbered(&mut desk, "RMA26-");
    desk.set(first, Field::Closed, known(Field::Closed, "void"))
        .unwrap();
    let table: [(&str, Vec<EntityId>); 10] = [
        ("RMA26-1", vec![first]),
        ("rma26-1", vec![first]),
        ("ＲＭＡ２６－１", vec![first]),
        ("rma 25 1", vec![old]),
        ("RMA-26-2", vec![second]),
        ("rma2", vec![second]),
        ("RMA 1", vec![first, old]),
        ("rma1", vec![first, old]),
        ("rma-001", vec![first, old]),
        ("rma3", vec![]),
    ];
    for (typed, expected) in table {
        let found = look_up(&desk, typed);
        let ids: Vec<_> = found.iter().map(|(id, _)| *id).collect();
        assert_eq!(ids, expected, "{typed}: Enter");
        let hits = desk.store.view().search(typed, 10).unwrap();
        let hits = hits.iter().filter(|hit| hit.matched.is_exact());
        let ids: Vec<_> = hits.map(|hit| hit.row.id).collect();
        assert_eq!(ids, expected, "{typed}: search");
        let rows = desk.store.view().cases_by_number(typed).unwrap();
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        assert_eq!(ids, expected, "{typed}: where a case number is taken");
        let open = desk.store.view().open_cases_of(typed).unwrap();
        let ids: Vec<_> = open.iter().map(|record| record.id()).collect();
        let still_open: Vec<_> = expected.into_iter().filter(|id| *id != first).collect();
        assert_eq!(ids, still_open, "{typed}: goods of a parcel");
    }
    // A serial number may begin so as well.
    let unit = desk.case(&[(Field::SerialNumber, "RMA-2")]);
    let mut found = look_up(&desk, "rma2");
    found.sort();
    let mut both = vec![(second, What::Number), (unit, What::Serial)];
    both.sort();
    assert_eq!(found, both);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(40)))]

    /// However a unit is spelled, the same case is found: by search, by Enter, among the goods of a
    /// parcel, and as an earlier one.
    #[test]
    fn any_spelling_finds_the_same_case(announced in respelled("80H27731"), typed in respelled("80H27731")) {
        let mut desk = Desk::new();
        let case = desk.case(&[(Field::SerialNumber, announced.as_str())]);
        desk.case(&[(Field::SerialNumber, "80H27732")]);
        let view = desk.store.view();
        let hits = view.search(&typed, 10).unwrap();
        let exact: Vec<_> = hits.iter().filter(|hit| hit.matched.is_exact()).map(|hit| hit.row.id).collect();
        prop_assert_eq!(exact, [case]);
        prop_assert_eq!(look_up(&desk, &typed), [(case, What::Serial)]);
        let open: Vec<_> = view.open_cases_of(&typed).unwrap().iter().map(|record| record.id()).collect();
        prop_assert_eq!(open, [case]);
        let next = desk.case(&[(Field::SerialNumber, typed.as_str())]);
        let file = desk.store.view().case_file(next).unwrap().unwrap();
        let earlier: Vec<_> = file.same_serial.iter().map(|record| record.id()).collect();
        prop_assert_eq!(earlier, [case]);
    }
}
