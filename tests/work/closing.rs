//! How cases end, and begin again.

use aftercare::desk::field::Field;
use aftercare::desk::staff::Role;
use aftercare::work::action::{Action, Refusal};
use aftercare::work::standing::{Blocker, GoodsAt, Stage};

use crate::desk::{
    CALLER, Desk, covered_repair, expired_at_the_bench, is_blocked, no_fault_at_the_bench,
};

#[test]
fn a_problem_solved_by_phone_costs_no_number() {
    for outcome in ["solved_by_phone", "enquiry_only"] {
        let mut desk = Desk::on("2026-03-02");
        let id = desk.call(&CALLER[..1]);
        assert_eq!(desk.closes(id, outcome), Ok(()));
        assert_eq!(desk.stage(id), Stage::Closed);
        assert_eq!(desk.number(id), None);
        assert_eq!(desk.standing(id).wait, None);
    }
}

#[test]
fn a_case_is_not_closed_while_the_goods_lie_here() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    desk.supervisor();
    for outcome in Field::Closed.options() {
        assert!(desk.closes(id, outcome).is_err(), "{outcome}");
    }
}

#[test]
fn a_case_closes_as_nothing_that_did_not_happen() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.supervisor();
    let possible: Vec<&str> = Field::Closed
        .options()
        .iter()
        .copied()
        .filter(|outcome| {
            let close = Action::Close {
                outcome,
                note: "-".into(),
            };
            let case = desk.case(id);
            let mut fresh = desk.fresh.clone();
            aftercare::work::action::plan(
                close,
                &case,
                &mut aftercare::work::action::Actor {
                    staff: &desk.who,
                    now: aftercare::desk::now::Now {
                        at: desk.at,
                        today: desk.today(),
                    },
                    fresh: &mut fresh,
                },
            )
            .is_ok()
        })
        .collect();
    assert_eq!(
        possible,
        ["enquiry_only", "solved_by_phone", "never_sent", "void"]
    );
}

#[test]
fn goods_never_sent_close_a_case_that_has_a_number() {
    let mut desk = Desk::on("2026-03-02");
    let call = desk.call(&CALLER);
    assert_eq!(desk.closes(call, "never_sent"), Err(Refusal::NoNumber));
    let id = covered_repair(&mut desk);
    assert_eq!(desk.closes(id, "never_sent"), Ok(()));
}

#[test]
fn only_a_supervisor_voids_and_with_a_reason() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    assert_eq!(desk.closes(id, "void"), Err(Refusal::Role(Role::Operator)));
    let silent = Action::Close {
        outcome: "void",
        note: String::new(),
    };
    desk.supervisor();
    assert_eq!(desk.tries(id, silent), Err(Refusal::NeedsReason));
    assert_eq!(desk.closes(id, "void"), Ok(()));
}

#[test]
fn a_closed_case_takes_nothing_but_the_day_of_delivery_until_it_is_opened_again() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.closes(id, "never_sent").unwrap();
    let edit = |field, text| {
        Action::Edit(vec![aftercare::work::action::FieldEdit::of_self(
            field,
            aftercare::desk::value::Entry::Known(crate::desk::value(field, text)),
            aftercare::desk::change::Ground::Desk,
        )])
    };
    assert_eq!(
        desk.tries(id, edit(Field::Caller, "Li")),
        Err(Refusal::Closed)
    );
    assert_eq!(
        desk.tries(id, Action::Edit(Vec::new())),
        Err(Refusal::Closed)
    );
    assert_eq!(desk.tries(id, Action::Authorise), Err(Refusal::Closed));
    let reopen = |reason: &str| Action::Reopen {
        reason: reason.into(),
    };
    assert_eq!(desk.tries(id, reopen("")), Err(Refusal::NeedsReason));
    desk.does(id, reopen("it came after all"));
    assert_eq!(desk.tries(id, reopen("again")), Err(Refusal::NotClosed));
    assert_eq!(desk.stage(id), Stage::AwaitingParcel);
    desk.fills(id, &[(Field::Caller, "Li")]);
}

#[test]
fn goods_that_arrive_for_a_closed_case_open_it_again() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.closes(id, "never_sent").unwrap();
    desk.go_on(10);
    desk.takes_in(&[id]);
    assert_eq!(desk.outcome(id), None);
    assert_eq!(desk.stage(id), Stage::Inspection);
}

#[test]
fn what_comes_back_undelivered_is_sent_again_or_kept() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    assert_eq!(desk.tries(id, Action::CameBack), Err(Refusal::GoodsNotHere));
    desk.takes_in(&[id]);
    desk.fills(id, &[(Field::TestResult, "quality")]);
    desk.repairs(id).unwrap();
    desk.confirms_and_sends(id).unwrap();
    desk.go_on(9);
    desk.does(id, Action::CameBack);
    assert_eq!(desk.tries(id, Action::CameBack), Err(Refusal::GoodsHere));
    assert_eq!(desk.standing(id).goods, GoodsAt::Here);
    assert_eq!(desk.stage(id), Stage::Dispatch);
    assert!(is_blocked(
        &desk.sends(id, "SF2"),
        Blocker::ContactNotConfirmed
    ));
    assert_eq!(
        desk.records[&id].text(Field::WaybillBack),
        Some("SF2"),
        "the old waybill is used up"
    );
    desk.does(id, Action::ConfirmContact);
    desk.sends(id, "SF2").unwrap();
    assert_eq!(desk.outcome(id), Some("repaired"));

    desk.go_on(9);
    desk.does(id, Action::CameBack);
    assert_eq!(desk.closes(id, "undeliverable"), Ok(()));
    assert_eq!(desk.standing(id).goods, GoodsAt::Here);
}

#[test]
fn what_came_back_undelivered_may_be_taken_back_or_scrapped() {
    let mut desk = Desk::on("2026-03-02");
    let id = no_fault_at_the_bench(&mut desk);
    desk.confirms_and_sends(id).unwrap();
    desk.does(id, Action::CameBack);
    desk.fills(id, &[(Field::RepairOutcome, "scrap_agreed")]);
    assert_eq!(desk.closes(id, "scrapped"), Ok(()));
    assert_eq!(desk.standing(id).goods, GoodsAt::Scrapped);
}

#[test]
fn goods_are_scrapped_with_consent_only() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    assert_eq!(
        desk.closes(id, "scrapped"),
        Err(Refusal::Needs(Field::RepairOutcome))
    );
    desk.fills(id, &[(Field::RepairOutcome, "scrap_agreed")]);
    assert_eq!(desk.stage(id), Stage::Closing);
    assert_eq!(desk.closes(id, "scrapped"), Ok(()));
    assert_eq!(desk.standing(id).goods, GoodsAt::Scrapped);
}

#[test]
fn a_sent_case_opened_again_closes_as_what_it_was() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.takes_in(&[id]);
    desk.fills(id, &[(Field::TestResult, "quality")]);
    desk.repairs(id).unwrap();
    desk.confirms_and_sends(id).unwrap();
    desk.does(
        id,
        Action::Reopen {
            reason: "asked about the invoice".into(),
        },
    );
    assert_eq!(desk.stage(id), Stage::Closing);
    assert!(desk.closes(id, "no_fault_found").is_err());
    assert!(desk.closes(id, "solved_by_phone").is_err());
    assert_eq!(desk.closes(id, "repaired"), Ok(()));
}
