//! What money is due, paid and waived: kept apart from where the work stands.

use super::field::Field;
use super::money::Fen;
use super::outcome::{finished, is_work};
use super::quote::Quote;
use super::record::Record;
use super::value::Value;

/// The money of a case. Amounts come from what the customer agreed to, never from the terms, which
/// state none (`FEE-DIAG`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ledger {
    /// The repair fee the customer agreed to (IV.4); none where nothing was repaired or a supervisor
    /// granted the repair.
    pub fee_due: Fen,
    /// The freight the customer agreed to pay in advance.
    pub freight_due: Fen,
    /// What came in.
    pub paid: Fen,
    /// What a supervisor let go, with a reason.
    pub waived: Fen,
}

impl Ledger {
    /// The money of a record whose quote is `quote`.
    pub fn of(record: &Record, quote: &Quote) -> Ledger {
        let (agreed_fee, agreed_freight) = quote.agreed();
        // Nothing was repaired, or a supervisor granted the repair: no fee, whatever was agreed.
        let is_fee_off = finished(record).is_some_and(|outcome| !is_work(outcome))
            || is_granted(record, &["warranty", "free_repair"]);
        let fee_due = if is_fee_off { Fen(0) } else { agreed_fee };
        let freight_due = match record.choice(Field::FreightBack) {
            Some("collect" | "company") => Fen(0),
            _ if is_granted(record, &["free_freight"]) => Fen(0),
            _ => agreed_freight,
        };
        Ledger {
            fee_due,
            freight_due,
            paid: total(record, Field::PaymentAmount),
            waived: total(record, Field::WaivedAmount),
        }
    }

    /// Everything that is due.
    pub fn due(&self) -> Fen {
        Fen(self.fee_due.0.saturating_add(self.freight_due.0))
    }

    /// What is still to come in; never below zero.
    pub fn open(&self) -> Fen {
        let settled = self.paid.0.saturating_add(self.waived.0);
        Fen(self.due().0.saturating_sub(settled).max(0))
    }

    /// What was paid beyond what is due: to be given back.
    pub fn overpaid(&self) -> Fen {
        Fen(self.paid.0.saturating_sub(self.due().0).max(0))
    }
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

fn total(record: &Record, field: Field) -> Fen {
    record
        .items_with(field)
        .into_iter()
        .filter_map(|item| record.fen_of(item, field))
        .fold(Fen(0), |sum, amount| Fen(sum.0.saturating_add(amount.0)))
}
