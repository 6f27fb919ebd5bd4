//! What money is due, paid, given back and waived: kept apart from where the work stands.

use super::booking::{Booking, BookingKind};
use super::field::Field;
use super::id::ItemId;
use super::money::Fen;
use super::outcome::{finished, is_work};
use super::quote::{Quote, QuoteState};
use super::record::Record;
use super::value::Value;

/// The money of a case. Amounts come from what the customer agreed to, never from the terms, which
/// state none (`FEE-DIAG`).
///
/// What is due and not waived, against what came in and was not given back: the difference is either
/// still to come in ([`Ledger::open`]) or beyond what is due, and that is paid in advance
/// ([`Ledger::in_advance`]) or to be given back ([`Ledger::credit`]). Never two of them at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ledger {
    /// The repair fee the customer agreed to (IV.4); none where nothing was repaired or a supervisor
    /// granted the repair.
    pub fee_due: Fen,
    /// The freight the customer pays in advance: as a line of the quote, or as the amount said with it.
    pub freight_due: Fen,
    /// What came in.
    pub paid: Fen,
    /// What was given back.
    pub refunded: Fen,
    /// What a supervisor let go, with a reason.
    pub waived: Fen,
    /// Whether something may still become due, so that what is paid beyond is in advance.
    pub may_grow: bool,
}

impl Ledger {
    /// The money of a record whose quote is `quote`.
    pub fn of(record: &Record, quote: &Quote) -> Ledger {
        let (agreed_fee, agreed_freight) = quote.agreed();
        let has_ended = record.choice(Field::Closed).is_some();
        let was_sent = record.day(Field::SentBackOn).is_some();
        let is_away = was_sent && record.day(Field::CameBackOn).is_none();
        // Nothing was repaired, or a supervisor granted the repair: no fee, whatever was agreed.
        let is_fee_off = match finished(record) {
            Some(outcome) => !is_work(outcome),
            None => has_ended,
        } || is_granted(record, &["warranty", "free_repair"]);
        let bookings = Booking::standing(record);
        let sum = |kind| total(bookings.iter().filter(|booking| booking.kind == kind));
        let freight = match record.choice(Field::FreightBack) {
            Some("collect" | "company") => Freight::None,
            _ if is_granted(record, &["free_freight"]) => Freight::None,
            // Nothing goes back any more.
            _ if has_ended && !was_sent => Freight::None,
            _ if agreed_freight > Fen::ZERO => Freight::Known(agreed_freight),
            Some("customer_prepaid") => match record.fen(Field::FreightAmount) {
                Some(amount) => Freight::Known(amount),
                None => Freight::Open,
            },
            _ => Freight::None,
        };
        let fee_due = if is_fee_off { Fen::ZERO } else { agreed_fee };
        let freight_due = match freight {
            Freight::None => Fen::ZERO,
            Freight::Known(amount) => amount,
            // Sent before an amount was asked for: what had come in beyond the fee was the freight.
            Freight::Open => paid_before_sending(record, &bookings)
                .checked_sub(fee_due)
                .map_or(Fen::ZERO, |beyond| beyond.max(Fen::ZERO)),
        };
        let is_settled =
            finished(record).is_some() || is_away || matches!(quote.state, QuoteState::Answered(_));
        Ledger {
            fee_due,
            freight_due,
            paid: sum(BookingKind::Payment),
            refunded: sum(BookingKind::Refund),
            waived: sum(BookingKind::Waiver),
            may_grow: !has_ended && !is_away && (!is_settled || freight == Freight::Open),
        }
    }

    /// Everything that is due.
    pub fn due(&self) -> Fen {
        saturating(self.fee_due, self.freight_due)
    }

    /// What came in and was not given back; below zero where a payment that was given back turned out
    /// to be a wrong entry.
    pub fn kept(&self) -> Fen {
        Fen(self.paid.0.saturating_sub(self.refunded.0))
    }

    /// What is still to come in; never below zero.
    pub fn open(&self) -> Fen {
        Fen(self.balance().saturating_neg().max(0))
    }

    /// What of the repair fee is still to come in: what comes in counts for the fee first.
    pub fn fee_open(&self) -> Fen {
        let settled = self.kept().0.saturating_add(self.waived.0);
        Fen(self.fee_due.0.saturating_sub(settled).max(0))
    }

    /// What was paid before it became due, and counts for what will be.
    pub fn in_advance(&self) -> Fen {
        if self.may_grow {
            self.beyond()
        } else {
            Fen::ZERO
        }
    }

    /// What was paid beyond everything that can become due: to be given back.
    pub fn credit(&self) -> Fen {
        if self.may_grow {
            Fen::ZERO
        } else {
            self.beyond()
        }
    }

    /// What is kept beyond what is due.
    pub fn beyond(&self) -> Fen {
        Fen(self.balance().max(0))
    }

    fn balance(&self) -> i64 {
        let owed = self.due().0.saturating_sub(self.waived.0).max(0);
        self.kept().0.saturating_sub(owed)
    }
}

/// What the customer pays in advance for the way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Freight {
    /// Nothing.
    None,
    /// This much.
    Known(Fen),
    /// It is in advance, and nobody said how much.
    Open,
}

/// Whether the price of a returned product is still to be given back: somebody was named when the
/// return was accepted, and nobody noted the day.
pub fn price_is_open(record: &Record) -> bool {
    record.choice(Field::Closed) == Some("returned")
        && record.choice(Field::PriceBackBy).is_some()
        && record.day(Field::PriceBackDay).is_none()
}

fn is_granted(record: &Record, subjects: &[&str]) -> bool {
    record
        .items_with(Field::GrantSubject)
        .into_iter()
        .any(|item| {
            matches!(record.value_of(item, Field::GrantSubject),
                Some(Value::Choice(code)) if subjects.contains(code))
        })
}

fn paid_before_sending(record: &Record, bookings: &[Booking]) -> Fen {
    let sent = record.said(ItemId::SELF, Field::SentBackOn);
    let sent = sent.map_or(0, |change| change.seq);
    let is_before = |booking: &&Booking| booking.kind == BookingKind::Payment && booking.seq < sent;
    total(bookings.iter().filter(is_before))
}

fn total<'a>(bookings: impl Iterator<Item = &'a Booking>) -> Fen {
    bookings
        .map(|booking| booking.amount)
        .fold(Fen::ZERO, saturating)
}

/// The gates refuse an amount whose sum could not be counted; a record from elsewhere is shown as far
/// as can be counted.
fn saturating(a: Fen, b: Fen) -> Fen {
    Fen(a.0.saturating_add(b.0))
}
