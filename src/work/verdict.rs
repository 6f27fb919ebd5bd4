//! What the way of a case needs to know of what the terms decide: a summary of the assessment.

use chrono::NaiveDate;

use crate::terms::assessment::{self, Assessment, Cover, ReturnDecision};
use crate::terms::clause::ClauseId;

/// A decision of three values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tri {
    /// Yes: allowed, in, covered.
    Yes,
    /// No: refused, out.
    No,
    /// Not decided: facts are missing, in conflict, or it is left to staff.
    Open,
}

/// The repair fee by the terms (`FEE-FREE`, IV.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fee {
    /// No repair fee.
    None,
    /// By a quote, only after agreement.
    ByQuote,
    /// The terms say nothing.
    Unstated,
    /// Not decided yet.
    Open,
}

/// Who pays a leg of the freight by the terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Payer {
    /// The customer.
    Customer,
    /// The company.
    Company,
    /// Nobody: nothing is sent.
    None,
    /// The terms say nothing; it is the desk's own choice.
    Unstated,
    /// Not decided yet.
    Open,
}

/// What the terms decide about a case, as far as the way of the case depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The return (part A).
    pub take_back: Tri,
    /// The warranty (I).
    pub warranty: Tri,
    /// Whether the contact lies in the period, of the warranty or of its extension.
    pub period: Tri,
    /// Whether the period is the 60 days of I.N.
    pub is_extension: bool,
    /// The repair fee.
    pub fee: Fee,
    /// The way back.
    pub freight_back: Payer,
    /// The third working day (IV.5).
    pub repair_due: Option<NaiveDate>,
    /// The last day to send a return in (A.X7).
    pub send_in_last_day: Option<NaiveDate>,
}

impl Verdict {
    /// The summary of an assessment. Freight and fee are what they will be if the work ends in a
    /// repair, as long as nobody knows how it ends.
    pub fn of(assessment: &Assessment) -> Verdict {
        let cover = |cover| match cover {
            Cover::In => Tri::Yes,
            Cover::Out => Tri::No,
            Cover::Undetermined => Tri::Open,
        };
        Verdict {
            take_back: match assessment.returns.decision {
                ReturnDecision::Allowed => Tri::Yes,
                ReturnDecision::Refused => Tri::No,
                ReturnDecision::Undetermined => Tri::Open,
            },
            warranty: cover(assessment.warranty.decision),
            period: cover(assessment.warranty.period),
            is_extension: assessment.warranty.basis == Some(ClauseId::IN),
            fee: match settled(
                assessment.fee.repair,
                assessment.fee.if_repaired,
                assessment::Fee::Undetermined,
            ) {
                assessment::Fee::None => Fee::None,
                assessment::Fee::ByQuote => Fee::ByQuote,
                assessment::Fee::Unstated => Fee::Unstated,
                assessment::Fee::Undetermined => Fee::Open,
            },
            freight_back: match settled(
                assessment.freight.back,
                assessment.freight.if_repaired.1,
                assessment::Payer::Undetermined,
            ) {
                assessment::Payer::Customer => Payer::Customer,
                assessment::Payer::Company => Payer::Company,
                assessment::Payer::None => Payer::None,
                assessment::Payer::Unstated => Payer::Unstated,
                assessment::Payer::Undetermined => Payer::Open,
            },
            repair_due: assessment
                .repair_time
                .due
                .as_ref()
                .map(|due| due.last.date()),
            send_in_last_day: assessment.returns.send_in.map(|count| count.last.date()),
        }
    }

    /// The code of [`crate::desk::field::Field::PeriodStatus`], frozen when the goods go back.
    pub fn period_status(&self) -> &'static str {
        match (self.period, self.is_extension) {
            (Tri::Yes, true) => "extension",
            (Tri::Yes, false) => "in",
            (Tri::No, _) => "out",
            (Tri::Open, _) => "unknown",
        }
    }
}

fn settled<T: PartialEq>(now: T, if_repaired: T, open: T) -> T {
    if now == open { if_repaired } else { now }
}
