//! IV: what may be done next, and by when the repair is due.

use super::assessment::{
    Conflict, Cover, Fee, FeeOf, Gate, Gates, Item, Missing, RepairTime, ReturnDecision, Returns,
    Warranty, WorkCount,
};
use super::calendar::{Calendar, YearMissing};
use super::choice::Set;
use super::day::Day;
use super::facts::{Answer, FactName, Facts, Outcome, QuoteState, Service, When};
use super::order::{Timeline, Var};

/// IV.4, IV.5: no charged repair before the quote is accepted; nothing goes back before the contact
/// details are confirmed and any fee is in.
pub(super) fn gates(facts: &Facts, warranty: &Warranty, fee: &FeeOf, fees: Set<Fee>) -> Gates {
    let mut gates = Gates {
        may_repair: may_repair(facts, warranty),
        may_send_back: may_send_back(facts, fees),
        repair_waits: Missing::default(),
        send_waits: Missing::default(),
    };
    if gates.may_repair != Gate::Yes {
        gates.repair_waits.facts.insert(FactName::Quote);
        if warranty.decision == Cover::Undetermined {
            gates.repair_waits.add(&warranty.missing);
        }
    }
    if gates.may_send_back != Gate::Yes {
        if !facts.contact_confirmed.is(Answer::Yes) {
            gates.send_waits.facts.insert(FactName::ContactConfirmed);
        }
        if may_be_due(fees) && facts.fee_paid.day().is_none() {
            gates.send_waits.facts.insert(FactName::FeePaid);
            gates.send_waits.add(&fee.missing);
        }
    }
    gates
}

/// IV.4: covered, or the quote accepted.
fn may_repair(facts: &Facts, warranty: &Warranty) -> Gate {
    if warranty.decision == Cover::In || facts.quote.is(QuoteState::Accepted) {
        Gate::Yes
    } else if warranty.decision == Cover::Out && !facts.quote.has(QuoteState::Accepted) {
        Gate::No
    } else {
        Gate::Undetermined
    }
}

fn may_be_due(fees: Set<Fee>) -> bool {
    fees.any(&[Fee::ByQuote, Fee::Undetermined])
}

/// IV.5: contact details confirmed, and no fee due or the fee received (`FEE-HOLD`).
fn may_send_back(facts: &Facts, fees: Set<Fee>) -> Gate {
    let paid = facts.fee_paid.day().is_some();
    if facts.contact_confirmed.is(Answer::No)
        || (fees.is(Fee::ByQuote) && facts.fee_paid == When::NotYet)
    {
        Gate::No
    } else if facts.contact_confirmed.is(Answer::Yes) && (paid || !may_be_due(fees)) {
        Gate::Yes
    } else {
        Gate::Undetermined
    }
}

/// What the due day of a repair depends on.
pub(super) struct Work<'a> {
    pub facts: &'a Facts,
    pub line: &'a Timeline,
    pub calendar: &'a Calendar,
    pub days: i32,
    pub returns: &'a Returns,
    pub warranty: &'a Warranty,
    pub fee: &'a FeeOf,
}

/// From which day the three working days run, or what is missing for it.
enum Start {
    On(Day, FactName),
    Never,
    Missing(Set<FactName>),
}

impl Work<'_> {
    /// Whether there is a repair to wait for.
    fn is_repair(&self) -> bool {
        let services = self.facts.service;
        let returned = self.returns.decision == ReturnDecision::Allowed;
        let asked = services.any(&[Service::Repair, Service::RepairAndUpgrade])
            || (services.has(Service::ReturnElseRepair) && !returned);
        let declined = self.facts.quote.is(QuoteState::Declined) && !self.covered();
        asked && self.facts.outcome.has(Outcome::Repaired) && !declined
    }

    fn covered(&self) -> bool {
        self.warranty.decision == Cover::In
    }

    /// Whether the repair is by quote: charged, or a quote is on its way.
    fn by_quote(&self) -> bool {
        let quoted = self.facts.quote.known().is_some();
        let answered = self.facts.quote_accepted_date.day().is_some();
        !self.covered() && (self.fee.if_repaired == Fee::ByQuote || quoted || answered)
    }

    /// 3WD-START: the later of arrival and the customer's confirmation; for a repair by quote, of
    /// the agreement to it. An accepted quote is a confirmation.
    fn start(&self) -> Start {
        let facts = self.facts;
        if !self.is_repair() {
            return Start::Never;
        }
        let accepted = facts.quote_accepted_date;
        let confirmed = facts.repair_confirmed_date;
        let (agreement, name) =
            if self.by_quote() || confirmed.day().is_none() && accepted.day().is_some() {
                (accepted, FactName::QuoteAcceptedDate)
            } else {
                (confirmed, FactName::RepairConfirmedDate)
            };
        if facts.arrival_date == When::NotYet || agreement == When::NotYet {
            return Start::Never;
        }
        let (Some(arrived), Some(agreed)) = (facts.arrival_date.day(), agreement.day()) else {
            let mut missing = Set::NONE;
            if facts.arrival_date.day().is_none() {
                missing.insert(FactName::ArrivalDate);
            }
            if agreement.day().is_none() {
                missing.insert(name);
            }
            return Start::Missing(missing);
        };
        let mut start = (arrived, FactName::ArrivalDate);
        for (day, name) in [
            (Some(agreed), name),
            (confirmed.day(), FactName::RepairConfirmedDate),
        ] {
            if let Some(day) = day
                && day > start.0
            {
                start = (day, name);
            }
        }
        Start::On(start.0, start.1)
    }

    /// IV.5p: due on the third working day after the start.
    pub(super) fn time(&self) -> RepairTime {
        let mut time = RepairTime {
            due: None,
            in_time: None,
            missing: Missing::default(),
            conflicts: Vec::new(),
        };
        let (from, fact) = match self.start() {
            Start::On(from, fact) => (from, fact),
            Start::Never => return time,
            Start::Missing(facts) => {
                time.missing.facts = facts;
                return time;
            }
        };
        time.conflicts = self.start_conflicts();
        if !time.conflicts.is_empty() {
            return time;
        }
        match self.calendar.count(from, fact, self.days) {
            Ok(count) => {
                time.in_time = self.in_time(&count, &mut time.conflicts);
                time.due = Some(count);
            }
            Err(YearMissing(year)) => time.missing.calendar = Some(year),
        }
        time
    }

    fn later(first: FactName, second: FactName) -> Conflict {
        Conflict::Later(Item::Fact(first), Item::Fact(second))
    }

    fn start_conflicts(&self) -> Vec<Conflict> {
        let mut found: Vec<Conflict> = self
            .line
            .broken
            .iter()
            .filter(|broken| broken.first == Var::Arrival || broken.second == Some(Var::Arrival))
            .map(|broken| broken.conflict())
            .collect();
        for name in [FactName::QuoteAcceptedDate, FactName::RepairConfirmedDate] {
            let day = self.facts.when(name).and_then(When::day);
            if day.is_some_and(|day| day > self.facts.as_of) {
                found.push(Self::later(name, FactName::AsOf));
            }
        }
        found
    }

    fn in_time(&self, due: &WorkCount, conflicts: &mut Vec<Conflict>) -> Option<bool> {
        let facts = self.facts;
        let repaired = match facts.repaired_on {
            When::On(day) => day,
            When::NotYet => return (facts.as_of > due.last).then_some(false),
            _ => return None,
        };
        if repaired > facts.as_of {
            conflicts.push(Self::later(FactName::RepairedOn, FactName::AsOf));
        }
        if facts.sent_back_on.day().is_some_and(|sent| repaired > sent) {
            conflicts.push(Self::later(FactName::RepairedOn, FactName::SentBackOn));
        }
        if facts.arrival_date.day().is_some_and(|day| repaired < day) {
            conflicts.push(Self::later(FactName::ArrivalDate, FactName::RepairedOn));
        }
        conflicts.is_empty().then_some(repaired <= due.last)
    }
}
