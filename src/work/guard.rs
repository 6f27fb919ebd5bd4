//! What no action may lead to, whatever else it does: the net under the gates.
//!
//! The gates are asked when the goods are worked on or sent. A later change of what they rested on
//! (the quote, its answer, an undo) is refused where it would take the ground from under a step that
//! was made. A fact that turns out otherwise is no such change: it is recorded, and staff see it.

use crate::desk::field::Field;
use crate::desk::money::Fen;
use crate::desk::outcome::finished;

use super::case::Case;
use super::standing::{Blocker, GoodsAt, was_worked_on};

/// Whether an action that leads from `before` to `after` would break a step that was made.
pub fn would_break(before: &Case, after: &Case) -> bool {
    let loses_fee = was_worked_on(&before.record)
        && after.ledger.fee_due < before.ledger.fee_due
        && same_grants(before, after);
    let newly_broken = breaks(before)
        .into_iter()
        .zip(breaks(after))
        .any(|(before, after)| after && !before);
    loses_fee || newly_broken
}

fn same_grants(before: &Case, after: &Case) -> bool {
    before.grants.0.len() == after.grants.0.len()
}

/// The ways in which no gate would have let a case get to stand, and whether it does.
fn breaks(case: &Case) -> [bool; 6] {
    let given = case.given();
    let record = &case.record;
    let was_here = record.day(Field::ArrivalDate).is_some();
    let was_sent = record.day(Field::SentBackOn).is_some();
    let closed_with_goods_here = given.goods() == GoodsAt::Here
        && matches!(record.choice(Field::Closed), Some(outcome) if outcome != "undeliverable");
    let repaired_without_agreement =
        was_worked_on(record) && (given.agreement_open().is_some() || !was_here);
    let is_away = matches!(given.goods(), GoodsAt::OnTheWayBack | GoodsAt::Back);
    let sent_without = is_away
        && given.dispatch_blockers().iter().any(|blocker| {
            !matches!(
                blocker,
                Blocker::GoodsNotHere | Blocker::FreightOpen | Blocker::FreightAmountUnknown
            )
        });
    // A wrong payment is reversed, which is recorded whatever became of it; it is not undone under a
    // refund of it.
    let gave_back_too_much = case.ledger.kept() < Fen::ZERO;
    let nothing_to_end = !was_here && (was_sent || finished(record).is_some());
    let got_what_was_not_sent = record.day(Field::DeliveredOn).is_some() && !was_sent;
    [
        closed_with_goods_here,
        repaired_without_agreement,
        sent_without,
        nothing_to_end,
        got_what_was_not_sent,
        gave_back_too_much,
    ]
}
