//! Money goes both ways: in advance, too much, given back, a wrong entry, late; freight, discounts, the
//! price of a return.

use aftercare::desk::booking::Booking;
use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityId, ItemId};
use aftercare::desk::money::Fen;
use aftercare::desk::staff::Role;
use aftercare::work::action::{Action, Refusal};
use aftercare::work::case::Case;
use aftercare::work::row::CaseRow;
use aftercare::work::standing::{Blocker, Stage};
use chrono::NaiveDate;

use crate::desk::{
    Desk, covered_repair, day, expired_at_the_bench, expired_repair, is_blocked, knowledge,
};

fn pay_on(yuan: i64, day: NaiveDate) -> Action {
    Action::Pay {
        amount: Fen(yuan * 100),
        means: "wechat",
        day,
    }
}

fn refund_on(yuan: i64, day: NaiveDate) -> Action {
    Action::Refund {
        amount: Fen(yuan * 100),
        means: "wechat",
        day,
    }
}

fn reverse(item: ItemId, reason: &str) -> Action {
    Action::Reverse {
        item,
        reason: reason.into(),
    }
}

/// Open, in advance, to be given back; in yuan.
fn stands(case: &Case) -> [i64; 3] {
    let ledger = &case.ledger;
    [ledger.open(), ledger.in_advance(), ledger.credit()].map(|amount| amount.0 / 100)
}

/// An expired repair whose quote of 60 was accepted.
fn agreed(desk: &mut Desk) -> EntityId {
    let id = expired_at_the_bench(desk);
    desk.quotes(id, &[("labour", "60")]);
    desk.issues(id).answers(id, "accepted");
    id
}

/// The same, repaired, paid, sent and closed.
fn closed(desk: &mut Desk) -> EntityId {
    let id = agreed(desk);
    desk.repairs(id).unwrap();
    desk.pays(id, 60);
    desk.fills(id, &[(Field::FreightBack, "collect")]);
    desk.confirms_and_sends(id).unwrap();
    assert_eq!(desk.stage(id), Stage::Closed);
    id
}

fn latest(desk: &Desk, id: EntityId) -> Booking {
    Booking::all(&desk.records[&id]).pop().unwrap()
}

fn row(desk: &Desk, id: EntityId) -> CaseRow {
    CaseRow::of(&desk.records[&id], &[], Vec::new(), &knowledge())
}

#[test]
fn what_is_paid_before_anything_is_due_is_in_advance_and_counts_later() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_repair(&mut desk);
    desk.pays(id, 50);
    assert_eq!(stands(&desk.case(id)), [0, 50, 0], "a deposit at the call");
    desk.takes_in(&[id]);
    desk.fills(id, &[(Field::TestResult, "quality")]);
    desk.quotes(id, &[("labour", "60")]);
    desk.issues(id);
    assert_eq!(stands(&desk.case(id)), [0, 50, 0], "told, not agreed");
    desk.answers(id, "accepted");
    assert_eq!(stands(&desk.case(id)), [10, 0, 0]);
    desk.pays(id, 30);
    assert_eq!(stands(&desk.case(id)), [0, 0, 20]);
    assert_eq!(row(&desk, id).credit, Fen(20_00));
}

#[test]
fn a_deposit_of_a_repair_that_turns_out_free_or_declined_is_given_back() {
    let mut desk = Desk::on("2026-03-02");
    let free = covered_repair(&mut desk);
    desk.pays(free, 50);
    desk.takes_in(&[free]);
    desk.fills(free, &[(Field::TestResult, "quality")]);
    assert_eq!(stands(&desk.case(free)), [0, 50, 0]);
    desk.repairs(free).unwrap();
    assert_eq!(stands(&desk.case(free)), [0, 0, 50]);

    let declined = expired_at_the_bench(&mut desk);
    desk.pays(declined, 50);
    desk.quotes(declined, &[("labour", "60")]);
    desk.issues(declined).answers(declined, "declined");
    assert_eq!(stands(&desk.case(declined)), [0, 0, 50]);
}

#[test]
fn too_much_stays_on_the_list_until_it_was_given_back_also_of_a_closed_case() {
    let mut desk = Desk::on("2026-03-02");
    let id = agreed(&mut desk);
    desk.repairs(id).unwrap();
    desk.pays(id, 80);
    desk.fills(id, &[(Field::FreightBack, "collect")]);
    desk.confirms_and_sends(id).unwrap();
    assert_eq!(desk.outcome(id), Some("repaired"));
    assert_eq!(desk.stage(id), Stage::Settling);
    assert_eq!(desk.standing(id).blockers, [Blocker::MoneyToGiveBack]);
    let today = desk.today();
    assert_eq!(
        desk.tries(id, refund_on(21, today)),
        Err(Refusal::MoreThanPaid(Fen(20_00)))
    );
    assert_eq!(
        desk.tries(id, refund_on(0, today)),
        Err(Refusal::NeedsAmount)
    );
    desk.does(id, refund_on(5, today));
    assert_eq!(desk.stage(id), Stage::Settling, "15 are left");
    desk.does(id, refund_on(15, today));
    assert_eq!(desk.stage(id), Stage::Closed);
    assert_eq!(row(&desk, id).paid, Fen(60_00));
    assert_eq!(
        desk.tries(id, refund_on(1, today)),
        Err(Refusal::MoreThanPaid(Fen(0)))
    );
}

#[test]
fn money_has_its_day_which_is_never_in_the_future() {
    let mut desk = Desk::on("2026-03-02");
    let id = agreed(&mut desk);
    let (today, tomorrow) = (desk.today(), desk.today().succ_opt().unwrap());
    for (action, field) in [
        (pay_on(80, tomorrow), Field::PaymentDay),
        (pay_on(80, NaiveDate::MAX), Field::PaymentDay),
    ] {
        assert_eq!(desk.tries(id, action), Err(Refusal::InFuture(field)));
    }
    desk.does(id, pay_on(80, day("2026-03-01")));
    assert_eq!(latest(&desk, id).day, Some(day("2026-03-01")));
    assert_eq!(
        desk.tries(id, refund_on(20, tomorrow)),
        Err(Refusal::InFuture(Field::RefundDay))
    );
    desk.does(id, refund_on(20, today));
    assert_eq!(latest(&desk, id).day, Some(today));
}

#[test]
fn a_wrong_entry_is_reversed_with_a_reason_and_both_stay() {
    let mut desk = Desk::on("2026-03-02");
    let id = agreed(&mut desk);
    desk.pays(id, 60);
    let payment = latest(&desk, id);
    assert_eq!(
        desk.tries(id, reverse(payment.item, " ")),
        Err(Refusal::NeedsReason)
    );
    desk.technician();
    assert_eq!(
        desk.tries(id, reverse(payment.item, "another customer's")),
        Err(Refusal::Role(Role::Technician))
    );
    desk.operator()
        .does(id, reverse(payment.item, "another customer's"));
    assert_eq!(stands(&desk.case(id)), [60, 0, 0]);
    let stays = latest(&desk, id);
    assert_eq!(stays.amount, Fen(60_00));
    assert_eq!(stays.reversed.as_deref(), Some("another customer's"));
    assert_eq!(
        desk.tries(id, reverse(payment.item, "again")),
        Err(Refusal::NothingToReverse)
    );
    assert_eq!(
        desk.tries(id, reverse(ItemId::SELF, "nothing")),
        Err(Refusal::NothingToReverse)
    );
}

#[test]
fn a_refund_and_a_waiver_are_reversed_too_the_waiver_by_who_may_waive() {
    let mut desk = Desk::on("2026-03-02");
    let id = agreed(&mut desk);
    desk.pays(id, 80);
    let today = desk.today();
    desk.does(id, refund_on(20, today));
    let refund = latest(&desk, id).item;
    desk.does(id, reverse(refund, "never sent"));
    assert_eq!(stands(&desk.case(id)), [0, 0, 20]);

    let id = agreed(&mut desk);
    desk.supervisor();
    let (amount, reason) = (Fen(60_00), "late".to_string());
    desk.does(id, Action::Waive { amount, reason });
    let waiver = latest(&desk, id).item;
    desk.operator();
    assert_eq!(
        desk.tries(id, reverse(waiver, "wrong case")),
        Err(Refusal::Role(Role::Operator))
    );
    desk.supervisor().does(id, reverse(waiver, "wrong case"));
    assert_eq!(stands(&desk.case(id)), [60, 0, 0]);
}

#[test]
fn money_is_noted_on_a_closed_case_and_a_wrong_entry_brings_it_back_on_the_list() {
    let mut desk = Desk::on("2026-03-02");
    let id = closed(&mut desk);
    let payment = latest(&desk, id).item;
    desk.go_on(3);
    desk.does(id, reverse(payment, "bounced"));
    assert_eq!(desk.stage(id), Stage::Settling);
    assert_eq!(desk.standing(id).blockers, [Blocker::MoneyOpen]);
    desk.pays(id, 60);
    assert_eq!(desk.stage(id), Stage::Closed);
    desk.pays(id, 12);
    assert_eq!(stands(&desk.case(id)), [0, 0, 12], "paid late, twice");
    let today = desk.today();
    desk.does(id, refund_on(12, today));
    assert_eq!(desk.stage(id), Stage::Closed);
    assert_eq!(
        desk.tries(
            id,
            Action::Edit(vec![aftercare::work::action::FieldEdit::of_self(
                Field::FreightAmount,
                aftercare::desk::value::Entry::Known(crate::desk::value(
                    Field::FreightAmount,
                    "12"
                )),
                aftercare::desk::change::Ground::Desk,
            )])
        ),
        Err(Refusal::Closed)
    );
}

#[test]
fn a_payment_is_not_undone_under_its_refund_or_after_the_goods_went() {
    let mut desk = Desk::on("2026-03-02");
    let id = agreed(&mut desk);
    desk.pays(id, 80);
    desk.supervisor();
    let today = desk.today();
    desk.does(id, refund_on(20, today));
    // What is left covers the refund: 80 - 80 is below the 20 that went out.
    desk.operator();
    assert_eq!(desk.undoes(id), Err(Refusal::WouldBreak));

    let mut desk = Desk::on("2026-03-02");
    let id = agreed(&mut desk);
    desk.repairs(id).unwrap();
    desk.by("zhou", Role::Operator).pays(id, 60);
    desk.operator()
        .fills(id, &[(Field::FreightBack, "collect")]);
    desk.confirms_and_sends(id).unwrap();
    desk.by("zhou", Role::Operator);
    assert_eq!(desk.undoes(id), Err(Refusal::WouldBreak), "it went out");
}

#[test]
fn sums_are_whole_fen_and_never_run_over() {
    let mut desk = Desk::on("2026-03-02");
    let id = agreed(&mut desk);
    let (means, day) = ("cash", desk.today());
    let most = Action::Pay {
        amount: Fen(i64::MAX),
        means,
        day,
    };
    desk.does(id, most);
    let payment = latest(&desk, id).item;
    let one = Action::Pay {
        amount: Fen(1),
        means,
        day,
    };
    assert_eq!(desk.tries(id, one.clone()), Err(Refusal::TooMuchMoney));
    desk.does(id, reverse(payment, "a typing error"));
    assert_eq!(
        desk.tries(id, one),
        Err(Refusal::TooMuchMoney),
        "an undo may bring it back"
    );
}

#[test]
fn prepaid_freight_is_due_until_paid_or_waived_also_when_nothing_else_is() {
    let mut desk = Desk::on("2026-03-02");
    for is_paid in [true, false] {
        let id = covered_repair(&mut desk);
        desk.takes_in(&[id]);
        desk.fills(id, &[(Field::TestResult, "quality")]);
        desk.repairs(id).unwrap();
        desk.does(id, Action::ConfirmContact);
        desk.fills(id, &[(Field::FreightBack, "customer_prepaid")]);
        let waybill = if is_paid { "SF1" } else { "SF2" };
        let unknown = Blocker::FreightAmountUnknown;
        assert!(is_blocked(&desk.sends(id, waybill), unknown));
        desk.fills(id, &[(Field::FreightAmount, "15")]);
        assert_eq!(stands(&desk.case(id)), [15, 0, 0]);
        assert!(is_blocked(&desk.sends(id, waybill), Blocker::FreightDue));
        if is_paid {
            desk.pays(id, 15);
        } else {
            desk.supervisor();
            let (amount, reason) = (Fen(15_00), "our delay".to_string());
            desk.does(id, Action::Waive { amount, reason });
        }
        desk.sends(id, waybill).unwrap();
        assert_eq!(desk.stage(id), Stage::Closed);
        desk.operator();
    }
}

#[test]
fn freight_that_stands_in_the_quote_is_not_counted_twice() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    desk.quotes(id, &[("labour", "60"), ("freight", "15")]);
    desk.fills(
        id,
        &[
            (Field::FreightBack, "customer_prepaid"),
            (Field::FreightAmount, "15"),
        ],
    );
    desk.issues(id).answers(id, "accepted");
    assert_eq!(stands(&desk.case(id)), [75, 0, 0]);
    desk.fills(id, &[(Field::FreightBack, "collect")]);
    assert_eq!(stands(&desk.case(id)), [60, 0, 0]);
}

#[test]
fn a_discount_takes_off_and_never_below_zero() {
    for (lines, total, due) in [
        (&[("labour", "60"), ("discount", "20")][..], 40, 40),
        (&[("discount", "60"), ("labour", "60")], 0, 0),
        (
            &[("labour", "60"), ("freight", "15"), ("discount", "65")],
            10,
            10,
        ),
    ] {
        let mut desk = Desk::on("2026-03-02");
        let id = expired_at_the_bench(&mut desk);
        desk.quotes(id, lines);
        assert_eq!(desk.case(id).quote.total(), Some(Fen(total * 100)));
        desk.issues(id).answers(id, "accepted");
        assert_eq!(stands(&desk.case(id)), [due, 0, 0], "{lines:?}");
        assert_eq!(
            desk.repairs(id),
            Ok(()),
            "a free repair is agreed to as well"
        );
    }
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    desk.quotes(id, &[("labour", "60"), ("discount", "61")]);
    assert_eq!(
        desk.tries(id, Action::IssueQuote { over: "telephone" }),
        Err(Refusal::DiscountTooLarge)
    );
}

#[test]
fn a_discount_alone_is_no_agreement_to_a_repair_and_needs_no_answer_of_its_own() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    let lines = desk.quotes(id, &[("labour", "60"), ("parts", "20"), ("discount", "10")]);
    desk.issues(id);
    desk.line_is(id, lines[0], Field::LineAnswer, "declined");
    desk.line_is(id, lines[1], Field::LineAnswer, "declined");
    desk.answers(id, "by_line");
    assert!(desk.case(id).quote.is_declined());
    desk.line_is(id, lines[0], Field::LineAnswer, "accepted");
    desk.answers(id, "by_line");
    assert_eq!(stands(&desk.case(id)), [50, 0, 0]);
}

#[test]
fn a_return_says_who_gives_the_price_back_and_stays_open_until_it_was() {
    for (sold_by, by, amount) in [
        (None, "company", Some(Fen(39_900))),
        (Some("direct"), "company", Some(Fen(39_900))),
        (Some("platform"), "platform", None),
        (Some("dealer"), "dealer", Some(Fen(39_900))),
    ] {
        let mut desk = Desk::on("2026-03-04");
        let id = returned(&mut desk, sold_by);
        let record = &desk.records[&id];
        assert_eq!(record.choice(Field::PriceBackBy), Some(by), "{sold_by:?}");
        assert_eq!(record.fen(Field::PriceBackAmount), None, "never computed");
        assert_eq!(desk.stage(id), Stage::Settling);
        assert_eq!(desk.standing(id).blockers, [Blocker::PriceToGiveBack]);
        assert!(row(&desk, id).price_open);
        let today = desk.today();
        let back = |amount, day| Action::PriceBack { by, amount, day };
        let tomorrow = today.succ_opt().unwrap();
        assert_eq!(
            desk.tries(id, back(Some(Fen(1)), tomorrow)),
            Err(Refusal::InFuture(Field::PriceBackDay))
        );
        if by == "company" {
            assert_eq!(desk.tries(id, back(None, today)), Err(Refusal::NeedsAmount));
        }
        desk.does(id, back(amount, today));
        assert_eq!(desk.stage(id), Stage::Closed);
        assert_eq!(
            desk.tries(id, back(amount, today)),
            Err(Refusal::PriceIsBack)
        );
        assert_eq!(desk.undoes(id), Ok(()));
        assert_eq!(desk.stage(id), Stage::Settling);
    }
    let mut desk = Desk::on("2026-03-02");
    let id = agreed(&mut desk);
    let (by, amount, day) = ("company", Some(Fen(1)), desk.today());
    assert_eq!(
        desk.tries(id, Action::PriceBack { by, amount, day }),
        Err(Refusal::NotReturned)
    );
}

fn returned(desk: &mut Desk, sold_by: Option<&str>) -> EntityId {
    let id = desk.call(&crate::desk::CALLER);
    desk.fills(
        id,
        &[
            (Field::Service, "return"),
            (Field::ReceiptDate, "2026-03-02"),
        ],
    );
    if let Some(sold_by) = sold_by {
        desk.fills(id, &[(Field::SoldBy, sold_by)]);
    }
    desk.does(id, Action::Authorise);
    desk.fills(id, &[(Field::DispatchDate, "2026-03-04")]);
    desk.takes_in(&[id]);
    desk.fills(id, &crate::desk::UNTOUCHED);
    desk.closes(id, "returned").unwrap();
    id
}

#[test]
fn after_an_express_no_the_ceiling_does_not_answer_for_a_later_version() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    desk.fills(id, &[(Field::AgreedCeiling, "100")]);
    let line = desk.quotes(id, &[("labour", "120")])[0];
    desk.issues(id);
    assert_eq!(desk.stage(id), Stage::Answer, "above the ceiling");
    desk.answers(id, "declined");
    desk.line_is(id, line, Field::LinePrice, "90");
    desk.issues(id);
    assert_eq!(desk.stage(id), Stage::Answer, "the no counts for more");
    // Agreed anew, it answers again.
    desk.fills(id, &[(Field::AgreedCeiling, "95")]);
    desk.line_is(id, line, Field::LinePrice, "85");
    desk.issues(id);
    assert_eq!(desk.stage(id), Stage::Repair);
    assert!(
        desk.case(id)
            .quote
            .is_accepted_by_ceiling(&desk.records[&id])
    );
}

#[test]
fn a_no_that_was_taken_back_was_none_and_a_no_to_a_line_is_one() {
    let mut desk = Desk::on("2026-03-02");
    let id = expired_at_the_bench(&mut desk);
    desk.fills(id, &[(Field::AgreedCeiling, "100")]);
    let line = desk.quotes(id, &[("labour", "120")])[0];
    desk.issues(id).answers(id, "declined");
    desk.undoes(id).unwrap();
    desk.line_is(id, line, Field::LinePrice, "90");
    desk.issues(id);
    assert_eq!(desk.stage(id), Stage::Repair, "nobody said no");

    let id = expired_at_the_bench(&mut desk);
    desk.fills(id, &[(Field::AgreedCeiling, "100")]);
    let lines = desk.quotes(id, &[("labour", "90"), ("parts", "40")]);
    desk.issues(id);
    desk.line_is(id, lines[0], Field::LineAnswer, "accepted");
    desk.line_is(id, lines[1], Field::LineAnswer, "declined");
    desk.answers(id, "by_line");
    desk.line_is(id, lines[1], Field::LinePrice, "5");
    desk.issues(id);
    assert_eq!(desk.stage(id), Stage::Answer);
}

#[test]
fn declining_the_charged_part_of_a_mixed_case_leaves_the_covered_part_to_be_repaired() {
    let mut desk = Desk::on("2026-03-02");
    let id = covered_repair(&mut desk);
    desk.takes_in(&[id]);
    desk.fills(id, &[(Field::TestResult, "mixed")]);
    desk.quotes(id, &[("parts", "80")]);
    desk.issues(id).answers(id, "declined");
    assert_eq!(desk.stage(id), Stage::Repair);
    assert_eq!(
        desk.repairs(id),
        Ok(()),
        "the customer said: if it is covered"
    );
    assert_eq!(stands(&desk.case(id)), [0, 0, 0]);
    desk.fills(id, &[(Field::FreightBack, "collect")]);
    desk.confirms_and_sends(id).unwrap();
    assert_eq!(desk.outcome(id), Some("repaired"));

    let id = covered_repair(&mut desk);
    desk.empties(id, Field::AgreedIfCovered);
    desk.takes_in(&[id]);
    desk.fills(id, &[(Field::TestResult, "mixed")]);
    desk.quotes(id, &[("parts", "80")]);
    desk.issues(id).answers(id, "declined");
    assert!(is_blocked(&desk.repairs(id), Blocker::RepairNotConfirmed));
    desk.fills(id, &[(Field::RepairOutcome, "not_repaired")]);
    assert_eq!(desk.stage(id), Stage::Dispatch, "or nothing at all");

    // Out of the period nothing is covered.
    let id = expired_repair(&mut desk);
    desk.takes_in(&[id]);
    desk.fills(id, &[(Field::TestResult, "mixed")]);
    desk.quotes(id, &[("parts", "80")]);
    desk.issues(id).answers(id, "declined");
    assert_eq!(desk.stage(id), Stage::Dispatch);
}
