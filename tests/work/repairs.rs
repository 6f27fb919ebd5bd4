//! I, IV on the way of a case: covered, expired, earlier repairs, upgrades, nothing found.

use aftercare::desk::field::Field;
use aftercare::desk::money::Fen;
use aftercare::desk::staff::Role;
use aftercare::work::action::{Action, Refusal};
use aftercare::work::grants::Subject;
use aftercare::work::standing::{Blocker, GoodsAt, ProofAt, Stage, Wait};
use aftercare::work::verdict::{Fee, Tri};

use crate::desk::{
    CALLER, Desk, covered_repair, day, expired_at_the_bench, expired_repair, is_blocked,
};

#[test]
fn a_covered_repair_needs_no_quote_and_costs_nothing() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.go_to("2026-03-04");
    desk.takes_in(&[id]);
    let standing = desk.standing(id);
    assert_eq!(standing.stage, Stage::Inspection);
    assert_eq!(
        standing.due,
        Some(day("2026-03-09")),
        "the third working day"
    );
    assert!(is_blocked(&desk.repairs(id), Blocker::TestOpen));
    desk.technician()
        .fills(id, &[(Field::TestResult, "quality")]);
    assert_eq!(desk.stage(id), Stage::Repair);
    assert_eq!(desk.standing(id).due, Some(day("2026-03-09")));
    assert_eq!(desk.repairs(id), Ok(()));
    assert_eq!(desk.stage(id), Stage::Dispatch);
    assert_eq!(desk.case(id).ledger.open(), Fen(0));
    assert!(is_blocked(
        &desk.sends(id, "SF9999999999999"),
        Blocker::ContactNotConfirmed
    ));
    desk.confirms_and_sends(id).unwrap();
    assert_eq!(desk.outcome(id), Some("repaired"));
    let record = &desk.records[&id];
    assert_eq!(record.choice(Field::PeriodStatus), Some("in"));
    assert_eq!(record.choice(Field::FreightBack), Some("company"), "F-INW");
    assert_eq!(desk.standing(id).goods, GoodsAt::OnTheWayBack);
}

#[test]
fn a_covered_repair_waits_for_the_customers_word() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.empties(id, Field::AgreedIfCovered);
    desk.takes_in(&[id]);
    desk.technician()
        .fills(id, &[(Field::TestResult, "quality")]);
    let standing = desk.standing(id);
    assert_eq!(standing.stage, Stage::Repair);
    assert_eq!(
        standing.wait,
        Some((Wait::Customer, Some(day("2026-03-02"))))
    );
    assert!(is_blocked(&desk.repairs(id), Blocker::RepairNotConfirmed));
    desk.fills(id, &[(Field::RepairConfirmedDate, "2026-03-02")]);
    assert_eq!(desk.repairs(id), Ok(()));
}

#[test]
fn an_expired_repair_needs_an_accepted_quote_and_the_money_before_it_goes_back() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    assert_eq!(desk.stage(id), Stage::Quote);
    assert!(is_blocked(&desk.repairs(id), Blocker::NotAgreed), "IV.4");
    desk.quotes(id, &[("labour", "60"), ("parts", "20"), ("freight", "12")]);
    desk.issues(id);
    let standing = desk.standing(id);
    assert_eq!(standing.stage, Stage::Answer);
    assert_eq!(
        standing.wait,
        Some((Wait::Customer, Some(day("2026-03-05"))))
    );
    assert!(is_blocked(&desk.repairs(id), Blocker::NotAgreed));
    desk.go_on(1);
    desk.answers(id, "accepted");
    assert_eq!(desk.stage(id), Stage::Repair);
    assert_eq!(
        desk.standing(id).due,
        Some(day("2026-03-11")),
        "three working days after the agreement"
    );
    assert_eq!(desk.repairs(id), Ok(()));
    let standing = desk.standing(id);
    assert_eq!(standing.stage, Stage::Dispatch);
    assert_eq!(
        standing.wait,
        Some((Wait::Payment, Some(day("2026-03-06"))))
    );
    desk.does(id, Action::ConfirmContact);
    assert!(
        is_blocked(&desk.sends(id, "SF1"), Blocker::MoneyOpen),
        "IV.5"
    );
    desk.pays(id, 80);
    assert_eq!(
        desk.case(id).ledger.open(),
        Fen(12_00),
        "freight is due too"
    );
    assert!(is_blocked(&desk.sends(id, "SF1"), Blocker::FreightDue));
    desk.pays(id, 12);
    desk.sends(id, "SF1").unwrap();
    assert_eq!(desk.outcome(id), Some("repaired"));
    assert_eq!(
        desk.records[&id].choice(Field::PeriodStatus),
        Some("out"),
        "frozen"
    );
}

#[test]
fn the_call_on_day_60_after_sending_back_is_inside_and_on_day_61_not() {
    for (later, period) in [(60, Tri::Yes), (61, Tri::No)] {
        let mut desk = Desk::on("2026-03-02");
        let id = expired_at_the_bench(&mut desk);
        desk.quotes(id, &[("labour", "60")]);
        desk.issues(id).answers(id, "accepted");
        desk.repairs(id).unwrap();
        desk.pays(id, 60);
        desk.fills(id, &[(Field::FreightBack, "collect")]);
        desk.confirms_and_sends(id).unwrap();
        desk.go_on(later);
        let next = desk.call(&CALLER);
        desk.fills(
            next,
            &[
                (Field::Service, "repair"),
                (Field::Proof, "valid"),
                (Field::PurchaseDate, "2025-05-06"),
            ],
        );
        let case = desk.case(next);
        assert_eq!(case.earlier.len(), 1);
        assert_eq!(case.earlier[0].number, "RMA26-00001");
        assert_eq!(case.verdict.period, period, "day {later}");
    }
}

#[test]
fn a_repair_inside_the_period_gives_no_60_days() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.takes_in(&[id]);
    desk.fills(id, &[(Field::TestResult, "quality")]);
    desk.repairs(id).unwrap();
    desk.confirms_and_sends(id).unwrap();
    desk.go_to("2026-07-22");
    let next = desk.call(&CALLER);
    desk.fills(
        next,
        &[(Field::Proof, "valid"), (Field::PurchaseDate, "2026-01-21")],
    );
    assert_eq!(desk.case(next).verdict.period, Tri::No, "EXT-INW");
}

#[test]
fn no_fault_found_goes_back_without_a_fee() {
    for test in ["no_fault", "operation"] {
        let mut desk = Desk::on("2026-03-02");
        let id = expired_repair(&mut desk);
        desk.takes_in(&[id]);
        desk.fills(id, &[(Field::TestResult, test)]);
        assert_eq!(desk.stage(id), Stage::Dispatch, "{test}");
        assert!(desk.repairs(id).is_err(), "there is nothing to repair");
        assert_eq!(desk.case(id).ledger.due(), Fen(0));
        desk.does(id, Action::ConfirmContact);
        let sent = desk.sends(id, "SF1");
        assert!(
            is_blocked(&sent, Blocker::FreightOpen),
            "the terms are silent"
        );
        desk.fills(id, &[(Field::FreightBack, "company")]);
        desk.sends(id, "SF1").unwrap();
        assert_eq!(desk.outcome(id), Some("no_fault_found"));
    }
}

#[test]
fn freight_paid_in_advance_is_waited_for_and_freight_collect_is_not() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_repair(&mut desk);
    desk.takes_in(&[id]);
    desk.fills(
        id,
        &[
            (Field::TestResult, "no_fault"),
            (Field::FreightBack, "customer_prepaid"),
        ],
    );
    desk.does(id, Action::ConfirmContact);
    assert!(is_blocked(
        &desk.sends(id, "SF1"),
        Blocker::FreightAmountUnknown
    ));
    desk.fills(id, &[(Field::FreightAmount, "15")]);
    assert!(is_blocked(&desk.sends(id, "SF1"), Blocker::FreightDue));
    assert_eq!(
        desk.standing(id).wait,
        Some((Wait::Payment, Some(day("2026-03-02"))))
    );
    desk.pays(id, 14);
    assert!(is_blocked(&desk.sends(id, "SF1"), Blocker::FreightDue));
    desk.pays(id, 1);
    assert!(desk.sends(id, "SF1").is_ok());

    let mut desk = Desk::on("2026-03-02");
    let id = expired_repair(&mut desk);
    desk.takes_in(&[id]);
    desk.fills(
        id,
        &[
            (Field::TestResult, "no_fault"),
            (Field::FreightBack, "collect"),
        ],
    );
    let parcel = desk.confirms_and_sends(id).unwrap();
    assert_eq!(
        desk.records[&parcel].choice(Field::ParcelFreight),
        Some("collect")
    );
}

#[test]
fn the_desk_does_not_pay_what_the_terms_ask_of_the_customer_unless_granted() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.takes_in(&[id]);
    desk.fills(id, &[(Field::TestResult, "non_quality")]);
    desk.quotes(id, &[("labour", "50")]);
    desk.issues(id).answers(id, "accepted").pays(id, 50);
    desk.repairs(id).unwrap();
    desk.fills(id, &[(Field::FreightBack, "company")]);
    desk.does(id, Action::ConfirmContact);
    assert!(
        is_blocked(&desk.sends(id, "SF1"), Blocker::FreightOpen),
        "III.1"
    );
    desk.grants(id, Subject::FreeFreight);
    desk.sends(id, "SF1").unwrap();
}

#[test]
fn the_original_proof_goes_back_in_the_box() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.takes_in(&[id]);
    desk.fills(
        id,
        &[
            (Field::TestResult, "quality"),
            (Field::ProofReceived, "original"),
        ],
    );
    desk.repairs(id).unwrap();
    assert_eq!(desk.standing(id).proof, ProofAt::Here);
    desk.does(id, Action::ConfirmContact);
    assert!(is_blocked(
        &desk.sends(id, "SF1"),
        Blocker::ProofNotEnclosed
    ));
    desk.fills(id, &[(Field::ProofEnclosed, "yes")]);
    assert_eq!(desk.standing(id).proof, ProofAt::Enclosed);
    desk.sends(id, "SF1").unwrap();
}

#[test]
fn a_confirmation_does_not_cover_an_address_changed_after_it() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.takes_in(&[id]);
    desk.fills(id, &[(Field::TestResult, "quality")]);
    desk.repairs(id).unwrap();
    desk.does(id, Action::ConfirmContact);
    desk.fills(id, &[(Field::RecipientAddress, "2 Example Road")]);
    assert!(is_blocked(
        &desk.sends(id, "SF1"),
        Blocker::ContactNotConfirmed
    ));
    desk.does(id, Action::ConfirmContact);
    desk.sends(id, "SF1").unwrap();
}

#[test]
fn an_upgrade_needs_no_test_and_its_freight_is_the_customers() {
    let mut desk = Desk::on("2026-03-02");
    let id = desk.call(&CALLER);
    desk.fills(id, &[(Field::Service, "upgrade")]);
    desk.does(id, Action::Authorise);
    desk.takes_in(&[id]);
    assert_eq!(desk.stage(id), Stage::Repair);
    assert_eq!(desk.repairs(id), Ok(()));
    desk.fills(id, &[(Field::FreightBack, "company")]);
    desk.does(id, Action::ConfirmContact);
    assert!(
        is_blocked(&desk.sends(id, "SF1"), Blocker::FreightOpen),
        "III.2"
    );
    desk.fills(id, &[(Field::FreightBack, "collect")]);
    desk.sends(id, "SF1").unwrap();
    assert_eq!(desk.outcome(id), Some("upgraded"));
}

#[test]
fn a_fee_asked_for_an_upgrade_is_agreed_to_first() {
    let mut desk = Desk::on("2026-03-02");
    let id = desk.call(&CALLER);
    desk.fills(id, &[(Field::Service, "upgrade")]);
    desk.does(id, Action::Authorise);
    desk.takes_in(&[id]);
    desk.quotes(id, &[("other", "30"), ("freight", "24")]);
    assert_eq!(desk.stage(id), Stage::Quote);
    assert!(is_blocked(&desk.repairs(id), Blocker::NotAgreed));
    desk.issues(id);
    assert_eq!(desk.stage(id), Stage::Answer);
    desk.answers(id, "accepted");
    assert_eq!(desk.stage(id), Stage::Repair);
    desk.repairs(id).unwrap();
    assert_eq!(desk.case(id).ledger.open(), Fen(54_00));
}

#[test]
fn an_upgrade_does_not_become_a_repair_without_a_test() {
    let mut desk = Desk::on("2026-03-02");
    let id = desk.call(&CALLER);
    desk.fills(id, &[(Field::Service, "upgrade")]);
    desk.does(id, Action::Authorise);
    desk.takes_in(&[id]);
    desk.fills(id, &[(Field::RepairOutcome, "repaired")]);
    assert!(is_blocked(&desk.repairs(id), Blocker::TestOpen));
}

#[test]
fn a_repair_chosen_in_the_form_is_not_finished_yet() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    for outcome in ["repaired", "replaced", "upgraded"] {
        desk.fills(id, &[(Field::RepairOutcome, outcome)]);
        assert_eq!(desk.stage(id), Stage::Quote, "{outcome}");
        assert!(desk.repairs(id).is_err(), "{outcome}");
    }
    desk.fills(id, &[(Field::RepairOutcome, "beyond_repair")]);
    assert_eq!(desk.stage(id), Stage::Dispatch);
}

#[test]
fn beyond_repair_takes_no_fee_even_after_an_accepted_quote() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    desk.quotes(id, &[("labour", "60")]);
    desk.issues(id).answers(id, "accepted");
    assert_eq!(desk.case(id).ledger.open(), Fen(60_00));
    desk.technician()
        .fills(id, &[(Field::RepairOutcome, "beyond_repair")]);
    desk.repairs(id).unwrap();
    assert_eq!(desk.case(id).ledger.open(), Fen(0));
    desk.fills(id, &[(Field::FreightBack, "company")]);
    desk.confirms_and_sends(id).unwrap();
    assert_eq!(desk.outcome(id), Some("beyond_repair"));
}

#[test]
fn a_failed_retest_keeps_the_repair_open() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.takes_in(&[id]);
    desk.fills(
        id,
        &[(Field::TestResult, "quality"), (Field::RetestPassed, "no")],
    );
    assert!(is_blocked(&desk.repairs(id), Blocker::TestOpen));
    assert_eq!(
        desk.standing(id).wait,
        Some((Wait::Retest, Some(day("2026-03-02"))))
    );
    desk.fills(id, &[(Field::RetestPassed, "yes")]);
    assert_eq!(desk.repairs(id), Ok(()));
}

#[test]
fn a_mixed_finding_is_left_to_staff_who_split_it_in_a_quote() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.takes_in(&[id]);
    desk.fills(id, &[(Field::TestResult, "mixed")]);
    assert_eq!(desk.case(id).verdict.fee, Fee::Open);
    assert_eq!(desk.stage(id), Stage::Decision);
    assert!(is_blocked(&desk.repairs(id), Blocker::CoverOpen));
    desk.quotes(id, &[("labour", "30")]);
    assert_eq!(desk.stage(id), Stage::Quote);
    desk.issues(id).answers(id, "accepted");
    assert_eq!(desk.repairs(id), Ok(()));
}

#[test]
fn a_decision_that_waits_for_the_proof_waits_for_the_customer() {
    let mut desk = Desk::on("2026-03-02");
    let id = desk.call(&CALLER);
    desk.fills(
        id,
        &[(Field::Service, "repair"), (Field::AgreedIfCovered, "yes")],
    );
    desk.does(id, Action::Authorise);
    desk.takes_in(&[id]);
    desk.fills(id, &[(Field::TestResult, "quality")]);
    let standing = desk.standing(id);
    assert_eq!(standing.stage, Stage::Decision);
    assert_eq!(standing.wait.map(|wait| wait.0), Some(Wait::Customer));
    desk.fills(
        id,
        &[(Field::Proof, "none"), (Field::ShipDate, "2026-01-05")],
    );
    assert_eq!(desk.stage(id), Stage::Repair);
    assert_eq!(desk.standing(id).wait, None);
}

#[test]
fn a_granted_warranty_repairs_free_and_the_decision_stays_visible() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    desk.fills(id, &[(Field::AgreedIfCovered, "yes")]);
    desk.grants(id, Subject::Warranty);
    let case = desk.case(id);
    assert_eq!(case.verdict.warranty, Tri::No, "the terms still say out");
    assert_eq!(case.grants.0[0].reason, "a good customer");
    assert_eq!(case.standing.stage, Stage::Repair);
    assert_eq!(desk.repairs(id), Ok(()));
    desk.confirms_and_sends(id).unwrap();
    assert_eq!(desk.records[&id].choice(Field::PeriodStatus), Some("out"));
}

#[test]
fn a_free_repair_granted_after_the_quote_leaves_nothing_to_pay() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    desk.quotes(id, &[("labour", "60")]);
    desk.issues(id).answers(id, "accepted");
    desk.grants(id, Subject::FreeRepair);
    assert_eq!(desk.case(id).ledger.open(), Fen(0));
}

#[test]
fn a_fee_is_waived_by_a_supervisor_with_a_reason_and_not_beyond_what_is_open() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    desk.quotes(id, &[("labour", "60")]);
    desk.issues(id).answers(id, "accepted");
    desk.repairs(id).unwrap();
    desk.fills(id, &[(Field::FreightBack, "collect")]);
    desk.does(id, Action::ConfirmContact);
    let waive = |amount, reason: &str| Action::Waive {
        amount: Fen(amount),
        reason: reason.into(),
    };
    assert_eq!(
        desk.tries(id, waive(60_00, "late")),
        Err(Refusal::Role(Role::Operator))
    );
    desk.supervisor();
    assert_eq!(desk.tries(id, waive(60_00, " ")), Err(Refusal::NeedsReason));
    assert_eq!(
        desk.tries(id, waive(60_01, "late")),
        Err(Refusal::MoreThanOpen(Fen(60_00)))
    );
    desk.does(id, waive(60_00, "late"));
    assert_eq!(
        desk.case(id).assessment.gates.may_send_back,
        aftercare::terms::assessment::Gate::Yes
    );
    desk.sends(id, "SF1").unwrap();
}

#[test]
fn a_replaced_product_goes_back_as_its_replacement() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.takes_in(&[id]);
    desk.fills(
        id,
        &[
            (Field::TestResult, "quality"),
            (Field::RepairOutcome, "replaced"),
            (Field::SerialAfter, "80H2-9001"),
        ],
    );
    desk.repairs(id).unwrap();
    desk.confirms_and_sends(id).unwrap();
    assert_eq!(desk.outcome(id), Some("replaced"));
    desk.fills(id, &[(Field::DeliveredOn, "2026-03-05")]);
    assert_eq!(desk.standing(id).goods, GoodsAt::Back);
}

#[test]
fn a_wait_noted_by_hand_counts_from_the_day_at_the_service_centre() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.takes_in(&[id]);
    desk.fills(id, &[(Field::TestResult, "quality")]);
    // Half past midnight in Shanghai is still the day before in UTC.
    desk.at = "2026-03-05T16:30:00Z".parse().unwrap();
    desk.technician().fills(id, &[(Field::WaitingFor, "parts")]);
    assert_eq!(
        desk.standing(id).wait,
        Some((Wait::Parts, Some(day("2026-03-06"))))
    );
    desk.repairs(id).unwrap();
    assert_eq!(desk.standing(id).wait, None, "the work is done");
}

#[test]
fn the_desk_fills_its_own_fields_by_actions_only() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    for (field, text) in [
        (Field::Closed, "repaired"),
        (Field::RepairedOn, "2026-03-02"),
        (Field::SentBackOn, "2026-03-02"),
        (Field::QuoteAnswer, "accepted"),
        (Field::ContactConfirmed, "yes"),
        (Field::PaymentAmount, "60"),
        (Field::WaivedAmount, "60"),
        (Field::GrantSubject, "warranty"),
        (Field::Number, "RMA26-00009"),
        (Field::PeriodStatus, "in"),
    ] {
        let entry = aftercare::desk::value::Entry::Known(crate::desk::value(field, text));
        let edit = aftercare::work::action::FieldEdit::of_self(
            field,
            entry,
            aftercare::desk::change::Ground::Desk,
        );
        assert_eq!(
            desk.tries(id, Action::Edit(vec![edit])),
            Err(Refusal::NotByHand(field))
        );
    }
}
