//! Parcels are records of their own: several cases in one, one without a case, boxes for several.

use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityId, EntityKind};
use aftercare::desk::parcel::Parcel;
use aftercare::desk::record::Record;
use aftercare::work::action::{Action, Refusal};
use aftercare::work::standing::{GoodsAt, Stage};

use crate::desk::{CALLER, Desk, covered_repair};

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
