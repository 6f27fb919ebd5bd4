//! Part A on the way of a case: asked for, sent in, inspected, taken back or refused.

use aftercare::desk::field::Field;
use aftercare::desk::id::EntityId;
use aftercare::work::action::{Action, Refusal};
use aftercare::work::grants::Subject;
use aftercare::work::standing::{GoodsAt, Stage, Wait};
use aftercare::work::verdict::Tri;

use crate::desk::{CALLER, Desk, UNTOUCHED, day};

const TAKE_BACK: Action = Action::AcceptReturn {
    price_back_by: "company",
};

/// A call on this day that asks to give back what came on 2 March.
fn asked_on(desk: &mut Desk, service: &str) -> EntityId {
    let id = desk.call(&CALLER);
    desk.fills(
        id,
        &[
            (Field::Service, service),
            (Field::ReceiptDate, "2026-03-02"),
        ],
    );
    id
}

#[test]
fn an_unwanted_product_asked_back_on_day_7_is_taken_back() {
    let mut desk = Desk::on("2026-03-09");
    let id = asked_on(&mut desk, "return");
    desk.does(id, Action::Authorise);
    let standing = desk.standing(id);
    assert_eq!(standing.stage, Stage::AwaitingParcel);
    assert_eq!(standing.due, Some(day("2026-03-16")), "A.X7");
    assert_eq!(
        standing.wait,
        Some((Wait::Customer, Some(day("2026-03-09"))))
    );
    assert_eq!(desk.number(id), Some("RMA26-00001"));

    desk.go_to("2026-03-12");
    desk.fills(id, &[(Field::DispatchDate, "2026-03-10")]);
    assert_eq!(
        desk.standing(id).wait,
        Some((Wait::Parcel, Some(day("2026-03-10"))))
    );
    desk.takes_in(&[id]);
    assert_eq!(desk.stage(id), Stage::Inspection);
    assert_eq!(desk.tries(id, TAKE_BACK), Err(Refusal::ReturnOpen));

    desk.technician().fills(id, &UNTOUCHED);
    desk.operator();
    assert_eq!(desk.case(id).verdict.take_back, Tri::Yes);
    assert_eq!(desk.stage(id), Stage::Decision);
    desk.does(id, TAKE_BACK);
    assert_eq!(desk.outcome(id), Some("returned"));
    assert_eq!(desk.standing(id).goods, GoodsAt::Ours);
}

#[test]
fn an_unwanted_product_asked_back_on_day_8_is_refused() {
    let mut desk = Desk::on("2026-03-10");
    let id = asked_on(&mut desk, "return");
    assert_eq!(
        desk.tries(id, Action::Authorise),
        Err(Refusal::ReturnRefused)
    );
    assert_eq!(desk.number(id), None);
    assert_eq!(desk.stage(id), Stage::Call);
}

#[test]
fn a_refused_return_goes_on_as_a_warranty_repair() {
    let mut desk = Desk::on("2026-03-10");
    let id = asked_on(&mut desk, "return_else_repair");
    desk.fills(
        id,
        &[
            (Field::Proof, "valid"),
            (Field::PurchaseDate, "2026-02-27"),
            (Field::AgreedIfCovered, "yes"),
        ],
    );
    desk.does(id, Action::Authorise);
    assert_eq!(desk.records[&id].day(Field::ConfirmDate), None, "no return");
    desk.go_on(3);
    desk.takes_in(&[id]);
    assert_eq!(desk.stage(id), Stage::Inspection);
    desk.technician()
        .fills(id, &[(Field::TestResult, "quality")]);
    assert_eq!(desk.stage(id), Stage::Repair);
    assert_eq!(desk.repairs(id), Ok(()));
    desk.confirms_and_sends(id).unwrap();
    assert_eq!(desk.outcome(id), Some("repaired"));
}

#[test]
fn a_return_refused_at_the_bench_goes_back_as_it_is() {
    let mut desk = Desk::on("2026-03-05");
    let id = asked_on(&mut desk, "return");
    desk.does(id, Action::Authorise);
    desk.go_on(2);
    desk.takes_in(&[id]);
    desk.technician().fills(id, &UNTOUCHED);
    desk.fills(id, &[(Field::LabelsTampered, "yes")]);
    desk.operator();
    assert_eq!(desk.stage(id), Stage::Dispatch);
    assert_eq!(desk.tries(id, TAKE_BACK), Err(Refusal::ReturnRefused));
    assert_eq!(
        desk.closes(id, "returned"),
        Err(Refusal::ReturnRefused),
        "no other way round"
    );
    desk.fills(id, &[(Field::FreightBack, "collect")]);
    desk.confirms_and_sends(id).unwrap();
    assert_eq!(desk.outcome(id), Some("return_refused"));
}

#[test]
fn a_grant_takes_a_refused_return_and_the_decision_stays_visible() {
    let mut desk = Desk::on("2026-03-12");
    let id = asked_on(&mut desk, "return");
    let grant = Action::Grant {
        subject: Subject::Return,
        reason: "the carrier was late".into(),
    };
    assert_eq!(
        desk.tries(id, grant),
        Err(Refusal::Role(aftercare::desk::staff::Role::Operator))
    );
    desk.grants(id, Subject::Return);
    desk.does(id, Action::Authorise);
    desk.go_on(2);
    desk.takes_in(&[id]);
    assert_eq!(desk.stage(id), Stage::Decision);
    assert_eq!(
        desk.case(id).verdict.take_back,
        Tri::No,
        "the terms still refuse"
    );
    desk.does(id, TAKE_BACK);
    assert_eq!(desk.outcome(id), Some("returned"));
}

#[test]
fn a_return_is_never_repaired_by_mistake() {
    let mut desk = Desk::on("2026-03-05");
    let id = asked_on(&mut desk, "return");
    desk.does(id, Action::Authorise);
    desk.takes_in(&[id]);
    desk.fills(
        id,
        &[
            (Field::TestResult, "quality"),
            (Field::Proof, "valid"),
            (Field::PurchaseDate, "2026-03-01"),
            (Field::AgreedIfCovered, "yes"),
        ],
    );
    assert!(desk.repairs(id).is_err());
}
