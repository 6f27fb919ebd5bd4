//! What is done with money: noting what came in, giving back, letting go, and putting a wrong entry
//! right. All of it also on a closed case: money comes late.

use chrono::NaiveDate;

use crate::desk::booking::{Booking, BookingKind};
use crate::desk::change::{Ground, Planned};
use crate::desk::field::Field;
use crate::desk::id::ItemId;
use crate::desk::money::Fen;
use crate::desk::record::Record;
use crate::desk::value::{Entry, Value};

use super::action::{
    ActionKind, Actor, FieldEdit, Refusal, by_desk, known, of_item, planned, wait_is_over,
};
use super::case::Case;

/// What came in, on a day. It may be before anything is due, and more than what is due.
pub(super) fn pay(
    case: &Case,
    actor: &mut Actor,
    amount: Fen,
    means: &'static str,
    day: NaiveDate,
) -> Result<Vec<Planned>, Refusal> {
    is_amount(amount)?;
    is_no_later_than_today(actor, Field::PaymentDay, day)?;
    can_be_counted(case, BookingKind::Payment, amount)?;
    let item = actor.fresh.item();
    let entries = [
        (Field::PaymentAmount, known(Value::Fen(amount))),
        (Field::PaymentMeans, known(Value::Choice(means))),
        (Field::PaymentDay, known(Value::Date(day))),
    ];
    let mut changes = of_item(case, item, entries);
    changes.extend(wait_is_over(&case.record, Some("payment")));
    Ok(changes)
}

/// What was given back, on a day: at most what came in beyond what is due.
pub(super) fn refund(
    case: &Case,
    actor: &mut Actor,
    amount: Fen,
    means: &'static str,
    day: NaiveDate,
) -> Result<Vec<Planned>, Refusal> {
    is_amount(amount)?;
    let most = case.ledger.beyond();
    if amount > most {
        return Err(Refusal::MoreThanPaid(most));
    }
    is_no_later_than_today(actor, Field::RefundDay, day)?;
    can_be_counted(case, BookingKind::Refund, amount)?;
    let item = actor.fresh.item();
    let entries = [
        (Field::RefundAmount, known(Value::Fen(amount))),
        (Field::RefundMeans, known(Value::Choice(means))),
        (Field::RefundDay, known(Value::Date(day))),
    ];
    Ok(of_item(case, item, entries))
}

/// An amount that is let go, with a reason: at most what is open.
pub(super) fn waive(
    case: &Case,
    actor: &mut Actor,
    amount: Fen,
    reason: String,
) -> Result<Vec<Planned>, Refusal> {
    is_amount(amount)?;
    if amount > case.ledger.open() {
        return Err(Refusal::MoreThanOpen(case.ledger.open()));
    }
    let reason = said(reason)?;
    can_be_counted(case, BookingKind::Waiver, amount)?;
    let item = actor.fresh.item();
    let entries = [
        (Field::WaivedAmount, known(Value::Fen(amount))),
        (Field::WaivedReason, known(Value::Text(reason))),
    ];
    Ok(of_item(case, item, entries))
}

/// A wrong entry stays, with the reason, and does not count any more. That it turned out wrong is a
/// fact: it is recorded whatever was done since, and what is open then shows.
pub(super) fn reverse(
    case: &Case,
    actor: &Actor,
    item: ItemId,
    reason: String,
) -> Result<Vec<Planned>, Refusal> {
    let standing = Booking::standing(&case.record);
    let booking = standing
        .iter()
        .find(|booking| booking.item == item)
        .ok_or(Refusal::NothingToReverse)?;
    if booking.kind == BookingKind::Waiver {
        actor.allowed(ActionKind::Waive)?;
    }
    let edit = FieldEdit {
        item,
        field: Field::ReversedReason,
        entry: known(Value::Text(said(reason)?)),
        ground: Ground::Desk,
    };
    Ok(vec![planned(&case.record, edit)])
}

/// Who gave the price of a returned product back, how much, and on which day.
pub(super) fn price_back(
    case: &Case,
    actor: &Actor,
    by: &'static str,
    amount: Option<Fen>,
    day: NaiveDate,
) -> Result<Vec<Planned>, Refusal> {
    let record = &case.record;
    if record.choice(Field::Closed) != Some("returned") {
        return Err(Refusal::NotReturned);
    }
    if record.day(Field::PriceBackDay).is_some() {
        return Err(Refusal::PriceIsBack);
    }
    match amount {
        Some(amount) => is_amount(amount)?,
        // What we gave back ourselves we know.
        None if by == "company" => return Err(Refusal::NeedsAmount),
        None => {}
    }
    is_no_later_than_today(actor, Field::PriceBackDay, day)?;
    let says = |field, entry: Entry| by_desk(record, field, entry);
    let mut changes = vec![
        says(Field::PriceBackBy, known(Value::Choice(by))),
        says(Field::PriceBackDay, known(Value::Date(day))),
    ];
    if let Some(amount) = amount {
        changes.push(says(Field::PriceBackAmount, known(Value::Fen(amount))));
    }
    Ok(changes)
}

/// Who gives the price back, by where the product was bought. The terms name nobody (`REMEDY`): it is
/// a suggestion, and where nothing is known the desk looks after it.
pub fn suggested_payer(record: &Record) -> &'static str {
    match (
        record.choice(Field::PriceBackBy),
        record.choice(Field::SoldBy),
    ) {
        (Some(said), _) => said,
        (None, Some("platform")) => "platform",
        (None, Some("dealer")) => "dealer",
        (None, _) => "company",
    }
}

fn is_amount(amount: Fen) -> Result<(), Refusal> {
    if amount > Fen::ZERO {
        Ok(())
    } else {
        Err(Refusal::NeedsAmount)
    }
}

fn said(reason: String) -> Result<String, Refusal> {
    if reason.trim().is_empty() {
        Err(Refusal::NeedsReason)
    } else {
        Ok(reason)
    }
}

fn is_no_later_than_today(actor: &Actor, field: Field, day: NaiveDate) -> Result<(), Refusal> {
    if day > actor.now.today {
        Err(Refusal::InFuture(field))
    } else {
        Ok(())
    }
}

/// Every amount of a kind that was ever entered can be added up, the reversed ones too: putting one
/// back by an undo never makes a sum that cannot be counted.
fn can_be_counted(case: &Case, kind: BookingKind, amount: Fen) -> Result<(), Refusal> {
    let all = Booking::all(&case.record).into_iter();
    let of_kind = all.filter(|booking| booking.kind == kind);
    let amounts = of_kind.map(|booking| booking.amount).chain([amount]);
    match Fen::checked_sum(amounts) {
        Some(_) => Ok(()),
        None => Err(Refusal::TooMuchMoney),
    }
}
