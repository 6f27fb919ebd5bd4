//! One unit is one unit however its number is spelled; a replaced unit hands its life on; what may be
//! another unit is asked.

use aftercare::desk::change::Ground;
use aftercare::desk::field::Field;
use aftercare::desk::id::EntityId;
use aftercare::desk::serial::Serial;
use aftercare::desk::value::{Entry, Value};
use aftercare::work::action::{Action, FieldEdit, Refusal};
use aftercare::work::unit::{self, Kin};
use aftercare::work::verdict::Tri;
use proptest::prelude::*;

use crate::desk::{CALLER, Desk, expired_at_the_bench};
use crate::spelling::respelled;

/// A repair after the period, paid and sent back on 2026-03-05, of this unit.
fn repaired(desk: &mut Desk, facts: &[(Field, &str)]) -> EntityId {
    let id = expired_at_the_bench(desk);
    if !facts.is_empty() {
        desk.fills(id, facts);
    }
    desk.quotes(id, &[("labour", "60")]);
    desk.issues(id).answers(id, "accepted");
    desk.repairs(id).unwrap();
    desk.pays(id, 60);
    desk.fills(id, &[(Field::FreightBack, "collect")]);
    desk.confirms_and_sends(id).unwrap();
    id
}

/// A new call about a unit bought long ago.
fn next_call(desk: &mut Desk, serial: &str, model: Option<&str>) -> EntityId {
    let id = desk.call(&CALLER);
    desk.fills(
        id,
        &[
            (Field::Service, "repair"),
            (Field::Proof, "valid"),
            (Field::PurchaseDate, "2025-05-06"),
            (Field::SerialNumber, serial),
        ],
    );
    match model {
        Some(model) => desk.fills(id, &[(Field::Model, model)]),
        None => desk.empties(id, Field::Model),
    };
    id
}

fn answers(desk: &mut Desk, case: EntityId, other: EntityId, answer: &'static str) {
    let item = unit::item_of(other);
    let edit = |field, value| FieldEdit {
        item,
        field,
        entry: Entry::Known(value),
        ground: Ground::Record,
    };
    let edits = vec![
        edit(Field::UnitCase, Value::Link(other)),
        edit(Field::SameUnit, Value::Choice(answer)),
    ];
    desk.does(case, Action::Edit(edits));
}

#[test]
fn an_earlier_repair_is_found_however_the_number_is_spelled() {
    for spelled in [
        "80H2-7731",
        "80H27731",
        "80h2 7731",
        "80H2.7731",
        "80h2/7731",
        "８０ｈ２－７７３１",
        "80-H27-731",
    ] {
        let mut desk = Desk::on("2026-03-02");
        let first = repaired(&mut desk, &[]);
        desk.go_on(60);
        let next = next_call(&mut desk, spelled, Some("ck80hv"));
        let case = desk.case(next);
        let earlier: Vec<_> = case.earlier.iter().map(|it| (it.case, it.kin)).collect();
        assert_eq!(earlier, [(first, Kin::Same)], "{spelled}");
        assert_eq!(case.verdict.period, Tri::Yes, "{spelled}: I.N, day 60");
        desk.go_on(1);
        assert_eq!(desk.case(next).earlier.len(), 1, "{spelled}");
    }
}

#[test]
fn units_of_two_models_with_the_same_letters_and_digits_are_asked_about() {
    let mut desk = Desk::on("2026-03-02");
    let facts = [(Field::SerialNumber, "AB-1234"), (Field::Model, "CK-80 HV")];
    let first = repaired(&mut desk, &facts);
    desk.go_on(30);
    let kin = |desk: &Desk, id| {
        desk.case(id)
            .earlier
            .iter()
            .map(|it| it.kin)
            .collect::<Vec<_>>()
    };
    // Spelled in the same way, or with a model that is not known or the same: nothing to ask.
    for (spelled, model) in [
        ("AB-1234", Some("CM-40")),
        ("AB1-234", None),
        ("AB1-234", Some("ck 80-hv")),
    ] {
        let next = next_call(&mut desk, spelled, model);
        assert_eq!(kin(&desk, next), [Kin::Same], "{spelled} {model:?}");
    }
    let next = next_call(&mut desk, "AB1-234", Some("CM-40"));
    let asked = |desk: &Desk| {
        let case = desk.case(next);
        let asked = case.questions().iter();
        asked
            .filter(|it| it.item.message_id() == "fact-repairs-done")
            .count()
    };
    assert_eq!(kin(&desk, next), [Kin::Asked]);
    assert_eq!(desk.case(next).verdict.period, Tri::Open, "not assumed");
    assert_eq!(asked(&desk), 1);
    answers(&mut desk, next, first, "no");
    assert_eq!(kin(&desk, next), [Kin::Other]);
    assert_eq!(desk.case(next).verdict.period, Tri::No);
    assert_eq!(asked(&desk), 0);
    answers(&mut desk, next, first, "yes");
    assert_eq!(kin(&desk, next), [Kin::Same]);
    assert_eq!(desk.case(next).verdict.period, Tri::Yes);
}

#[test]
fn a_unit_is_given_out_with_its_number_or_says_that_it_has_none() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    desk.quotes(id, &[("labour", "60")]);
    desk.issues(id).answers(id, "accepted");
    desk.fills(id, &[(Field::RepairOutcome, "replaced")]);
    assert_eq!(desk.repairs(id), Err(Refusal::Needs(Field::SerialAfter)));
    desk.fills(id, &[(Field::SerialAfter, "80h27731")]);
    assert_eq!(desk.repairs(id), Err(Refusal::SameNumber));
    desk.fills(id, &[(Field::SerialAfter, "80H2-9001")]);
    assert_eq!(desk.repairs(id), Ok(()));
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    desk.quotes(id, &[("labour", "60")]);
    desk.issues(id).answers(id, "accepted");
    desk.fills(
        id,
        &[
            (Field::RepairOutcome, "replaced"),
            (Field::SerialAfterNone, "yes"),
        ],
    );
    assert_eq!(desk.repairs(id), Ok(()));
}

#[test]
fn a_replaced_unit_hands_its_life_on_and_so_does_a_swapped_board() {
    for outcome in ["replaced", "repaired"] {
        let mut desk = Desk::on("2026-03-02");
        let before = repaired(&mut desk, &[]);
        desk.go_on(70);
        let swapped = repaired(
            &mut desk,
            &[
                (Field::RepairOutcome, outcome),
                (Field::SerialAfter, "80H2-9001"),
            ],
        );
        desk.go_on(70);
        let again = repaired(
            &mut desk,
            &[
                (Field::SerialNumber, "80h29001"),
                (Field::RepairOutcome, outcome),
                (Field::SerialAfter, "80H2-9002"),
            ],
        );
        desk.go_on(30);
        let next = next_call(&mut desk, "80H2 9002", Some("CK-80 HV"));
        let case = desk.case(next);
        let earlier: Vec<_> = case.earlier.iter().map(|it| (it.case, it.kin)).collect();
        let same = [before, swapped, again].map(|id| (id, Kin::Same));
        assert_eq!(earlier, same, "{outcome}");
        assert_eq!(case.verdict.period, Tri::Yes, "{outcome}: I.N");
        assert_eq!(case.facts.repairs.len(), 3);
        // By the old number the customer may mean either unit where another one was given out.
        let by_old = next_call(&mut desk, "80H2-7731", Some("CK-80 HV"));
        let follows = if outcome == "replaced" {
            Kin::Asked
        } else {
            Kin::Same
        };
        let earlier = desk.case(by_old).earlier;
        let kin: Vec<_> = earlier.iter().map(|it| (it.case, it.kin)).collect();
        assert_eq!(
            kin,
            [(before, Kin::Same), (swapped, Kin::Same), (again, follows)],
            "{outcome}"
        );
        // What came before has nothing of what came after.
        assert_eq!(desk.case(before).earlier, []);
    }
}

#[test]
fn the_old_unit_sold_again_is_no_part_of_the_life_of_the_new_one() {
    let mut desk = Desk::on("2026-03-02");
    let replaced = repaired(
        &mut desk,
        &[
            (Field::RepairOutcome, "replaced"),
            (Field::SerialAfter, "80H2-9001"),
        ],
    );
    desk.go_on(5);
    let sold_again = repaired(&mut desk, &[]);
    desk.go_on(5);
    let next = next_call(&mut desk, "80H2-9001", None);
    let earlier = desk.case(next).earlier;
    let cases: Vec<_> = earlier.iter().map(|it| it.case).collect();
    assert_eq!(cases, [replaced]);
    assert!(sold_again > replaced);
}

#[test]
fn numbers_given_out_in_a_circle_end() {
    let mut desk = Desk::on("2026-03-02");
    let mut all = Vec::new();
    for (serial, after) in [
        ("A-1000", "B-1000"),
        ("B-1000", "C-1000"),
        ("C-1000", "A-1000"),
    ] {
        let facts = [
            (Field::SerialNumber, serial),
            (Field::RepairOutcome, "replaced"),
            (Field::SerialAfter, after),
        ];
        all.push(repaired(&mut desk, &facts));
        desk.go_on(3);
    }
    let next = next_call(&mut desk, "A1000", None);
    let earlier: Vec<_> = desk.case(next).earlier.iter().map(|it| it.case).collect();
    assert_eq!(earlier, all);
}

proptest! {
    #[test]
    fn every_spelling_has_one_key(spelled in respelled("80H27731")) {
        let key = Serial::parse(&spelled).map(|serial| serial.key());
        prop_assert_eq!(key, Ok("80H27731".to_string()));
    }
}
