//! Parcels are records of their own: several cases in one, one without a case, boxes for several.

use aftercare::desk::change::Ground;
use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityId, EntityKind};
use aftercare::desk::parcel::Parcel;
use aftercare::desk::record::Record;
use aftercare::desk::value::Entry;
use aftercare::work::action::{Action, FieldEdit, Refusal};
use aftercare::work::join::{Prefer, Way};
use aftercare::work::standing::{Blocker, GoodsAt, Stage};
use aftercare::work::unit;

use crate::desk::{CALLER, Desk, covered_repair, is_blocked, value};

fn dealers_case(desk: &mut Desk, serial: &str) -> EntityId {
    let mut facts = CALLER.to_vec();
    facts[4].1 = serial;
    let id = desk.call(&facts);
    desk.fills(
        id,
        &[
            (Field::SoldBy, "dealer"),
            (Field::Service, "repair"),
            (Field::Proof, "valid"),
            (Field::PurchaseDate, "2026-02-01"),
            (Field::AgreedIfCovered, "yes"),
        ],
    );
    desk.does(id, Action::Authorise);
    id
}

#[test]
fn one_parcel_brings_three_cases_of_a_dealer_and_one_box_takes_two_back() {
    let mut desk = Desk::on("2026-03-02");
    let cases =
        ["80H2-0001", "80H2-0002", "80H2-0003"].map(|serial| dealers_case(&mut desk, serial));
    desk.go_on(3);
    let parcel = desk.takes_in(&cases);
    for case in cases {
        assert_eq!(desk.standing(case).goods, GoodsAt::Here);
        assert_eq!(desk.records[&case].link(Field::ParcelIn), Some(parcel));
    }
    assert_eq!(desk.receives(parcel), Err(Refusal::AlreadyReceived));

    for case in &cases[..2] {
        desk.fills(*case, &[(Field::TestResult, "quality")]);
        desk.repairs(*case).unwrap();
        desk.does(*case, Action::ConfirmContact);
    }
    let first = desk.sends(cases[0], "SF7").unwrap();
    let second = desk.sends(cases[1], "SF7").unwrap();
    assert_eq!(first, second, "one box");
    let goods = Parcel::of(&desk.records[&first]).goods;
    assert_eq!(
        goods.iter().map(|goods| goods.case).collect::<Vec<_>>(),
        [Some(cases[0]), Some(cases[1])]
    );
    assert_eq!(desk.stage(cases[2]), Stage::Inspection);
}

#[test]
fn an_unannounced_parcel_makes_cases_with_numbers() {
    let mut desk = Desk::on("2026-03-02");
    let parcel = desk.parcel("SF0000000000005");
    assert_eq!(desk.receives(parcel), Err(Refusal::NoGoods));
    desk.puts_in(parcel, None, Some("B-17"));
    desk.puts_in(parcel, None, Some("B-18"));
    desk.receives(parcel).unwrap();
    let made: Vec<EntityId> = desk
        .records
        .values()
        .filter(|record| record.kind() == EntityKind::Case)
        .map(Record::id)
        .collect();
    assert_eq!(made.len(), 2);
    for (number, label) in [("RMA26-00001", "B-17"), ("RMA26-00002", "B-18")] {
        let is_this = |id: &EntityId| desk.number(*id) == Some(number);
        let id = made.iter().copied().find(is_this).unwrap();
        assert_eq!(desk.records[&id].text(Field::BagLabel), Some(label));
        assert_eq!(desk.stage(id), Stage::Triage);
        assert!(desk.repairs(id).is_err(), "nobody asked for anything");
    }
    assert_eq!(desk.receives(parcel), Err(Refusal::AlreadyReceived));
}

#[test]
fn goods_of_a_call_get_its_number_when_they_arrive() {
    let mut desk = Desk::on("2026-03-02");
    let id = desk.call(&CALLER);
    desk.fills(id, &[(Field::Service, "repair")]);
    desk.takes_in(&[id]);
    assert_eq!(desk.number(id), Some("RMA26-00001"));
}

#[test]
fn goods_of_one_case_entered_on_two_lines_get_one_number() {
    let mut desk = Desk::on("2026-06-01");
    let id = desk.call(&CALLER);
    desk.takes_in(&[id, id]);
    let numbers = desk.records[&id]
        .changes()
        .iter()
        .filter(|change| change.field == Field::Number);
    assert_eq!(numbers.count(), 1);
}

#[test]
fn goods_that_nobody_took_come_back_in_a_parcel() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.takes_in(&[id]);
    desk.fills(id, &[(Field::TestResult, "quality")]);
    desk.repairs(id).unwrap();
    desk.confirms_and_sends(id).unwrap();
    desk.go_on(8);
    desk.takes_in(&[id]);
    assert_eq!(desk.standing(id).goods, GoodsAt::Here);
    assert_eq!(desk.stage(id), Stage::Dispatch);
}

#[test]
fn goods_that_come_again_after_their_delivery_are_a_case_of_their_own() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.takes_in(&[id]);
    desk.fills(id, &[(Field::TestResult, "quality")]);
    desk.repairs(id).unwrap();
    desk.confirms_and_sends(id).unwrap();
    desk.fills(id, &[(Field::DeliveredOn, "2026-03-04")]);
    desk.go_on(30);
    let parcel = desk.takes_in(&[id]);
    assert_eq!(desk.outcome(id), Some("repaired"), "that one stays closed");
    let goods = Parcel::of(&desk.records[&parcel]).goods;
    let new = goods[0].case.unwrap();
    assert_ne!(new, id);
    assert_eq!(desk.stage(new), Stage::Triage);
}

/// What is seen when goods come in under a case with 80H2-7731 announced: the case's number, its ground,
/// and the other number, where one lies in the box.
#[test]
fn what_is_in_the_box_is_compared_with_what_was_announced() {
    let table = [
        (None, Ground::CustomerSays, None),
        (Some("80H2-7731"), Ground::Inspected, None),
        (Some("80h2 7731"), Ground::Inspected, None),
        (Some("80H2-9001"), Ground::CustomerSays, Some("80H2-9001")),
    ];
    for (on_goods, ground, other) in table {
        let mut desk = Desk::on("2026-03-02");
        let id = covered_repair(&mut desk);
        let parcel = desk.parcel("SF0000000000001");
        match on_goods {
            Some(serial) => desk.puts_in_with_serial(parcel, id, serial),
            None => desk.puts_in(parcel, Some(id), None),
        }
        desk.receives(parcel).unwrap();
        let record = &desk.records[&id];
        let announced = record.fact(Field::SerialNumber).unwrap();
        assert_eq!(announced.ground, ground, "{on_goods:?}");
        let model = record.fact(Field::Model).unwrap();
        assert_eq!(model.ground, Ground::CustomerSays, "nobody saw the model");
        let serial = record.serial(Field::SerialNumber).unwrap();
        assert_eq!(serial.as_str(), "80H2-7731");
        let in_box = unit::other_in_box(record).map(|serial| serial.as_str());
        assert_eq!(in_box, other, "{on_goods:?}");
        assert_eq!(unit::box_is_open(record), other.is_some(), "{on_goods:?}");
    }
}

fn with_another_in_the_box(desk: &mut Desk) -> EntityId {
    let id = covered_repair(desk);
    let parcel = desk.parcel("SF0000000000001");
    desk.puts_in_with_serial(parcel, id, "80H2-9001");
    desk.receives(parcel).unwrap();
    id
}

fn tests(desk: &mut Desk, id: EntityId) -> Result<(), Refusal> {
    let edit = FieldEdit::of_self(
        Field::TestResult,
        Entry::Known(value(Field::TestResult, "quality")),
        Ground::Inspected,
    );
    desk.tries(id, Action::Edit(vec![edit]))
}

#[test]
fn another_unit_in_the_box_is_decided_before_it_is_worked_on() {
    let serial = |desk: &Desk, id: &EntityId| {
        let serial = desk.records[id].serial(Field::SerialNumber);
        serial.map(|serial| serial.as_str().to_string()).unwrap()
    };
    for (answer, number) in [("this_unit", "80H2-9001"), ("announced", "80H2-7731")] {
        let mut desk = Desk::on("2026-03-02");
        let id = with_another_in_the_box(&mut desk);
        assert_eq!(desk.stage(id), Stage::Inspection);
        assert_eq!(
            desk.standing(id).blockers,
            [Blocker::BoxUnitOpen, Blocker::TestOpen]
        );
        assert!(is_blocked(&tests(&mut desk, id), Blocker::BoxUnitOpen));
        assert!(is_blocked(&desk.repairs(id), Blocker::BoxUnitOpen));

        desk.fills(id, &[(Field::BoxUnit, answer)]);
        assert_eq!(serial(&desk, &id), number);
        assert_eq!(desk.standing(id).blockers, [Blocker::TestOpen]);
        // Taken back, it is open again; and a take-in that is taken back leaves nothing.
        desk.undoes(id).unwrap();
        assert_eq!(serial(&desk, &id), "80H2-7731");
        assert_eq!(desk.standing(id).blockers[0], Blocker::BoxUnitOpen);
        desk.undoes(id).unwrap();
        assert_eq!(desk.standing(id).goods, GoodsAt::Customer);
        assert_eq!(desk.records[&id].fact(Field::SerialInBox), None);

        let id = with_another_in_the_box(&mut desk);
        desk.fills(id, &[(Field::BoxUnit, answer)]);
        tests(&mut desk, id).unwrap();
        desk.repairs(id).unwrap();
    }
}

#[test]
fn the_answer_which_number_is_right_can_be_changed() {
    let mut desk = Desk::on("2026-03-02");
    let id = with_another_in_the_box(&mut desk);
    for (answer, number, ground) in [
        ("this_unit", "80H2-9001", Ground::Inspected),
        ("announced", "80H2-7731", Ground::CustomerSays),
        ("this_unit", "80H2-9001", Ground::Inspected),
    ] {
        desk.fills(id, &[(Field::BoxUnit, answer)]);
        let fact = desk.records[&id].fact(Field::SerialNumber).unwrap();
        assert_eq!(fact.entry, Entry::Known(value(Field::SerialNumber, number)));
        assert_eq!(fact.ground, ground);
    }
    desk.empties(id, Field::BoxUnit);
    assert_eq!(desk.standing(id).blockers[0], Blocker::BoxUnitOpen);
}

#[test]
fn goods_without_another_number_in_the_box_ask_nothing() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.takes_in(&[id]);
    let edit = FieldEdit::of_self(
        Field::BoxUnit,
        Entry::Known(value(Field::BoxUnit, "this_unit")),
        Ground::Inspected,
    );
    let refused = desk.tries(id, Action::Edit(vec![edit]));
    assert_eq!(refused, Err(Refusal::Needs(Field::SerialInBox)));
    tests(&mut desk, id).unwrap();
}

/// What was announced wrongly: earlier repairs of the unit in the box are its own.
#[test]
fn earlier_repairs_follow_the_number_in_the_box() {
    let mut desk = Desk::on("2026-01-05");
    let mut facts = CALLER.to_vec();
    facts[4].1 = "80H2-9001";
    let earlier = desk.call(&facts);
    desk.go_to("2026-03-02");
    let id = with_another_in_the_box(&mut desk);
    let known = |desk: &Desk| -> Vec<EntityId> {
        let all: Vec<Record> = desk.records.values().cloned().collect();
        let life = unit::life(&all, &desk.records[&id]);
        life.into_iter().map(|(record, _)| record.id()).collect()
    };
    assert!(!known(&desk).contains(&earlier));
    desk.fills(id, &[(Field::BoxUnit, "this_unit")]);
    assert!(known(&desk).contains(&earlier));
}

#[test]
fn another_unit_moves_to_its_case_with_its_number() {
    let mut desk = Desk::on("2026-03-02");
    let mut facts = CALLER.to_vec();
    facts[4].1 = "80H2-9001";
    let right = desk.call(&facts);
    let id = with_another_in_the_box(&mut desk);
    desk.joins(id, right, (Way::Goods, Prefer::Theirs)).unwrap();
    for case in [id, right] {
        assert!(!unit::box_is_open(&desk.records[&case]));
    }
    assert_eq!(desk.standing(id).goods, GoodsAt::Customer);
    assert_eq!(desk.standing(right).goods, GoodsAt::Here);
}
