//! Where another reading would give something else, and what stands beside a decision.
//!
//! In the order of the reading's part 2. A notice is raised only where it says something about this
//! case: the other reading's date or outcome differs, a presumption carries the result, or staff
//! have something to confirm.

use super::assessment::{Assessment, Cover, Fee, Payer, Reason, ReturnDecision, Staff};
use super::calendar::Calendar;
use super::clause::ClauseId;
use super::day::Day;
use super::facts::{
    Answer, Collision, FactName, Facts, Misuse, Outcome, PeriodStatus, Proof, ProofAtReturn,
    QuoteState, Repair, RepairBy, RepairCause, RepairKind, Service, TestResult, When,
};
use super::notice::{Notice, NoticeCode};
use super::version::Terms;

/// A parcel sent in this many days after the contact makes one ask whether it is the same fault.
const LONG_AFTER_CONTACT: i32 = 30;

/// Every notice of a case.
pub(super) fn collect(
    facts: &Facts,
    terms: &Terms,
    calendar: &Calendar,
    assessment: &Assessment,
) -> Vec<Notice> {
    let mut notices = Notices {
        facts,
        terms,
        calendar,
        found: assessment,
        list: Vec::with_capacity(12),
    };
    notices.standing();
    if notices
        .facts
        .service
        .any(&[Service::Return, Service::ReturnElseRepair])
    {
        notices.returns();
    }
    notices.warranty();
    notices.extension();
    notices.freight();
    notices.process();
    notices.list
}

struct Notices<'a> {
    facts: &'a Facts,
    terms: &'a Terms,
    calendar: &'a Calendar,
    found: &'a Assessment,
    list: Vec<Notice>,
}

impl Notices<'_> {
    fn put(&mut self, code: NoticeCode, date: Option<Day>) {
        self.list.push(Notice::new(code, date));
    }

    fn put_at(&mut self, code: NoticeCode, clause: ClauseId, date: Option<Day>) {
        self.list.push(Notice::new(code, date).at(clause));
    }

    fn put_if(&mut self, holds: bool, code: NoticeCode) {
        if holds {
            self.put(code, None);
        }
    }

    fn presumed(&mut self, fact: FactName) {
        self.list.push(Notice {
            clause: fact.clause(),
            fact: Some(fact),
            ..Notice::new(NoticeCode::Presumed, None)
        });
    }

    /// 2.1: II holds nothing; which text decided.
    fn standing(&mut self) {
        self.put(NoticeCode::CorruptII, None);
        self.put(NoticeCode::Version, Some(self.terms.from));
    }

    /// ROLL: the last day is no working day, and the act came by the next one.
    fn roll(&mut self, clause: ClauseId, last: Day, act: Option<Day>) {
        let Some(act) = act.filter(|act| *act > last) else {
            return;
        };
        if self.calendar.is_working(last) == Some(false)
            && let Some(next) = self.calendar.next_working(last)
            && act <= next
        {
            self.put_at(NoticeCode::Roll, clause, Some(next));
        }
    }

    /// 2.2 and 2.3: counting, criteria and refusals of a return.
    fn returns(&mut self) {
        use NoticeCode as N;
        let facts = self.facts;
        let returns = &self.found.returns;
        let decision = returns.decision;
        let reasons = returns.reasons;
        let allowed = decision == ReturnDecision::Allowed;
        let refused = decision == ReturnDecision::Refused;
        let request = facts.request_date.day();
        let receipt = facts.receipt_date.day();
        let sent = facts.dispatch_date.day();

        self.put_if(allowed, N::Remedy);
        // A test that finds no fault would close A.B2 (RET-TEST).
        let untested = facts.test_result.has(TestResult::NotYet);
        if allowed && untested && facts.performance_failure.has(Answer::Yes) {
            self.list.push(Notice {
                fact: Some(FactName::TestResult),
                ..Notice::new(NoticeCode::Presumed, None).at(ClauseId::AB2)
            });
        }
        if let Some(count) = returns.last_request {
            if !refused && request == Some(count.last) {
                self.put(N::Day0, Some(count.last.plus(-1)));
            }
            if reasons.has(Reason::X1) {
                self.roll(ClauseId::AX1, count.last, request);
                let contact = facts.contact_date.day();
                if contact.is_some_and(|day| day <= count.last && receipt.is_some_and(|r| day >= r))
                {
                    self.put(N::ReqEvent, contact);
                }
            }
        }
        self.put_if(returns.staff.has(Staff::Cosm), N::Cosm);
        let b2 = facts.performance_failure.is(Answer::Yes)
            && facts.failure_man_made.is(Answer::No)
            && !facts.test_result.is(TestResult::NoFault);
        if b2 && reasons.is(Reason::X2) {
            let damaged = facts.appearance_damage.is(Answer::Yes);
            self.put_if(damaged, N::X2Appear);
            self.put_if(!damaged || facts.complete.is(Answer::No), N::X2B2);
        }
        self.put_if(returns.staff.has(Staff::Short), N::Short);
        if reasons.has(Reason::X2) && facts.complete.is(Answer::No) && facts.missing_by.is_open() {
            self.presumed(FactName::MissingBy);
        }
        let not_shown = returns.missing.facts.is(FactName::ProofAtReturn);
        self.put_if(not_shown, N::X3Time);
        if facts.proof_at_return.is(ProofAtReturn::OtherProduct) {
            self.put_at(N::ProofMatch, ClauseId::AX3, None);
        }
        let collision = facts.collision_or_burn.is(Collision::ProductQuality);
        self.put_if(!refused && collision, N::X4Scope);
        let present = facts.misuse.is(Misuse::PresentNotCause);
        self.put_if(!refused && present, N::X4Cause);
        self.put_if(returns.staff.has(Staff::X5Actor), N::X5Actor);
        if reasons.has(Reason::X5) && facts.labels_by.is_open() {
            self.presumed(FactName::LabelsBy);
        }
        self.put_if(returns.staff.has(Staff::X6Transit), N::X6Transit);
        if reasons.has(Reason::X6) && facts.fm_when.is_open() {
            self.presumed(FactName::FmWhen);
        }
        self.sending(request, sent);
        let contradicted = facts.performance_failure.is(Answer::Yes)
            && (facts.test_result.is(TestResult::NoFault)
                || facts.test_result.is(TestResult::Operation));
        self.put_if(contradicted, N::RetTest);
        self.put_if(refused, N::Fallback);
        let open = !facts.knows(FactName::ReceiptDate)
            || !facts.knows(FactName::RequestDate)
            || !facts.knows(FactName::Complete)
            || !facts.knows(FactName::Activated)
            || !facts.knows(FactName::ConfirmDate);
        if decision != ReturnDecision::Undetermined && open {
            self.put_at(N::Superval, ClauseId::AX1, None);
        }
    }

    /// X7-START, X7-SEND, X7-EARLY, X7-NEW.
    fn sending(&mut self, request: Option<Day>, sent: Option<Day>) {
        use NoticeCode as N;
        let facts = self.facts;
        let returns = &self.found.returns;
        let Some(count) = returns.send_in else { return };
        let refused = returns.decision == ReturnDecision::Refused;
        let days = self.terms.numbers.return_send_days;
        if let (Some(request), Some(sent)) = (request, sent) {
            let by_contact = request.plus(days);
            if sent > by_contact && sent <= count.last {
                self.put(N::X7Start, Some(by_contact));
            }
        }
        if !refused && sent == Some(count.last) {
            self.put_at(N::Day0, ClauseId::AX7, Some(count.last.plus(-1)));
        }
        let arrived = facts.arrival_date.day();
        if arrived.is_some_and(|day| day > count.last)
            && sent.is_none_or(|day| day <= count.last)
            && facts.dispatch_date != When::NotYet
        {
            self.put(N::X7Send, arrived);
        }
        self.put_if(sent.is_some_and(|day| day < count.from), N::X7Early);
        if returns.reasons.has(Reason::X7) {
            self.roll(ClauseId::AX7, count.last, sent);
            self.put_at(N::X7New, ClauseId::AX7, None);
        }
    }

    /// 2.4: proof, period and test.
    fn warranty(&mut self) {
        use NoticeCode as N;
        let facts = self.facts;
        let warranty = &self.found.warranty;
        let numbers = &self.terms.numbers;
        let contact = facts.contact_date.day();
        let purchase = facts.purchase_date.day();
        let ship = facts.ship_date.day();
        let by_purchase = warranty
            .base
            .filter(|count| count.days == numbers.warranty_with_proof_days);
        let with_proof = facts.proof.is(Proof::Valid) || facts.proof.is(Proof::DateIllegible);
        let untold = facts.labels_tampered.is(Answer::Yes)
            || facts.force_majeure.is(Answer::Yes)
            || !facts.misuse.has(Misuse::No)
            || !facts.collision_or_burn.has(Collision::No);
        self.put_if(untold, N::NoExcl);

        let own_count = warranty
            .base
            .filter(|count| warranty.last_covered == Some(count.last));
        if let Some(count) = own_count {
            let clause = warranty.basis.unwrap_or(ClauseId::I1b);
            if contact == Some(count.last) {
                self.put_at(N::WStart, clause, Some(count.last.plus(-1)));
            }
            if warranty.period == Cover::Out {
                self.roll(clause, count.last, contact);
            }
        }
        self.reference_day(contact);
        if facts.proof.is(Proof::OtherProduct) {
            self.put(N::ProofMatch, None);
        }
        if facts.proof.is(Proof::DateIllegible) && purchase.is_none() {
            let date = ship.map(|day| day.plus(numbers.warranty_with_proof_days));
            self.put(N::Illeg, date);
        }
        self.put_if(facts.proof.is(Proof::Falsified), N::ProofFalse);
        if let (Some(count), Some(ship), Some(contact)) = (by_purchase, ship, contact) {
            let without = ship.plus(numbers.warranty_without_proof_days);
            let out = contact > count.last && warranty.period != Cover::In;
            if out && contact <= without && with_proof {
                self.put(N::ProofChoice, Some(without));
            }
        }
        if with_proof && purchase.is_some_and(|day| ship.is_some_and(|ship| day < ship)) {
            self.put(N::Order, ship);
        }
        let receipt = facts.receipt_date.day();
        if with_proof && purchase.is_some_and(|day| receipt.is_some_and(|receipt| day > receipt)) {
            self.put(N::Pdate, receipt);
        }
        self.put_if(
            matches!(facts.purchase_date, When::OneOf(..)),
            N::MultiProof,
        );
        self.put_if(
            warranty.missing.facts.has(FactName::ShipDate)
                || warranty.period_missing.facts.has(FactName::ShipDate),
            N::ShipUnknown,
        );
        let decided = warranty.decision != Cover::Undetermined;
        let unknown = !facts.knows(FactName::Proof)
            || !facts.knows(FactName::ContactDate)
            || (with_proof && facts.purchase_date.is_open())
            || (!with_proof && facts.ship_date.is_open());
        if decided && unknown {
            self.put_at(N::Superval, ClauseId::I1b, None);
        }
        let no_fault = facts.test_result.is(TestResult::NoFault)
            || facts.test_result.is(TestResult::Operation);
        self.put_if(no_fault && warranty.period == Cover::In, N::Nff);
        self.put_if(warranty.staff.has(Staff::Mixed), N::Mixed);
        let repair = facts.service.any(&[
            Service::Repair,
            Service::RepairAndUpgrade,
            Service::ReturnElseRepair,
        ]);
        if repair && facts.test_result.has(TestResult::NotYet) && !decided {
            self.put_if(warranty.period != Cover::Undetermined, N::Test);
            self.presumed(FactName::TestResult);
        }
        if !facts.repairs_looked_up && facts.repairs.is_empty() && warranty.period == Cover::Out {
            self.presumed(FactName::Repairs);
        }
    }

    /// W-REF: other dates on the other side of the last day, or sending in long after the contact.
    fn reference_day(&mut self, contact: Option<Day>) {
        let (Some(contact), Some(last)) = (contact, self.found.warranty.last_covered) else {
            return;
        };
        let facts = self.facts;
        let others = [facts.fault_date, facts.dispatch_date, facts.arrival_date];
        let inside = contact <= last;
        let apart = others
            .iter()
            .filter_map(|when| when.day())
            .any(|day| (day <= last) != inside);
        let came = facts.dispatch_date.day().or(facts.arrival_date.day());
        let long = came.is_some_and(|day| day.since(contact) > LONG_AFTER_CONTACT);
        if apart || long {
            self.put(NoticeCode::WRef, None);
        }
    }

    /// 2.5: earlier repairs.
    fn extension(&mut self) {
        use NoticeCode as N;
        let facts = self.facts;
        let warranty = &self.found.warranty;
        let days = self.terms.numbers.extension_days;
        let by_extension = warranty.basis == Some(ClauseId::IN);
        if let Some(count) = warranty.extension {
            if facts.contact_date.day() == Some(count.last) && by_extension {
                self.put(N::ExtIncl, Some(count.last.plus(-1)));
            }
            if by_extension {
                self.put_if(facts.test_result.is(TestResult::NonQuality), N::ExtI2);
                if warranty.period == Cover::Out {
                    self.roll(ClauseId::IN, count.last, facts.contact_date.day());
                }
            }
            let both = warranty.base.is_some_and(|base| {
                let contact = facts.contact_date.day().unwrap_or(facts.as_of);
                contact <= base.last && contact <= count.last
            });
            self.put_if(both, N::ExtOverlap);
        }
        for repair in &facts.repairs {
            self.earlier(repair, days);
        }
        let base = warranty.base.map(|count| count.last);
        let in_workshop = facts.repairs.iter().any(|repair| {
            let there = repair.repaired_on.day().or(repair.sent_back_on.day());
            there.is_some_and(|day| base.is_some_and(|last| day <= last))
        });
        self.put_if(in_workshop && warranty.period == Cover::Out, N::NoSusp);
    }

    fn earlier(&mut self, repair: &Repair, days: i32) {
        use NoticeCode as N;
        let warranty = &self.found.warranty;
        let real = repair.kind.is(RepairKind::Repair)
            && repair.by.is(RepairBy::Factory)
            && repair.done.is(Answer::Yes)
            && !repair.cause.is(RepairCause::NoFault);
        let certainly_none = repair.kind.is(RepairKind::Upgrade)
            || repair.by.is(RepairBy::ThirdParty)
            || repair.done.is(Answer::No)
            || repair.cause.is(RepairCause::NoFault);
        self.put_if(certainly_none && warranty.period != Cover::In, N::ExtUpg);
        if !real {
            return;
        }
        let sent = repair.sent_back_on.day();
        let other = sent.map(|day| day.plus(days));
        // Only where the other reading reaches further than what is granted.
        let further = |date: Option<Day>| {
            date.filter(|date| warranty.last_covered.is_none_or(|last| *date > last))
        };
        match repair.period_status.known() {
            Some(PeriodStatus::Out) => {
                if let (Some(sent), Some(delivered)) = (sent, repair.delivered_on.day())
                    && delivered > sent
                    && warranty.extension.is_some_and(|count| count.from == sent)
                {
                    self.put(N::ExtStart, Some(delivered.plus(days)));
                }
                let mine = warranty
                    .extension
                    .is_some_and(|count| Some(count.from) == sent);
                let own = mine && warranty.basis == Some(ClauseId::IN);
                let caused = repair.cause.is(RepairCause::NonQuality);
                self.put_if(own && caused && warranty.period == Cover::In, N::ExtCause);
                let base = warranty.base.map(|count| count.last);
                let still_in = warranty
                    .base
                    .is_some_and(|count| count.days == self.terms.numbers.warranty_with_proof_days)
                    && sent.is_some_and(|day| base.is_some_and(|last| day <= last));
                self.put_if(still_in, N::ProofLate);
            }
            Some(PeriodStatus::In) => {
                let code = if repair.cause.is(RepairCause::NonQuality) {
                    N::ExtNonq
                } else {
                    N::ExtInw
                };
                if let Some(date) = further(other) {
                    self.put(code, Some(date));
                }
            }
            Some(PeriodStatus::Extension) => {
                if let Some(date) = further(other) {
                    self.put(N::ExtChain, Some(date));
                }
            }
            None => {}
        }
    }

    /// 2.6: the row of the table that applies.
    fn freight(&mut self) {
        use NoticeCode as N;
        let facts = self.facts;
        let freight = &self.found.freight;
        let returns = &self.found.returns;
        let warranty = &self.found.warranty;
        let Some(service) = facts.service.known() else {
            return;
        };
        let returned = returns.decision != ReturnDecision::Refused;
        match service {
            Service::Upgrade => return,
            Service::RepairAndUpgrade => return self.put(N::FMix, None),
            Service::Return | Service::ReturnElseRepair if returned => {
                if returns.decision == ReturnDecision::Allowed {
                    let failing = facts.performance_failure.is(Answer::Yes)
                        && !facts.test_result.is(TestResult::NoFault);
                    self.put(if failing { N::FRet2 } else { N::FRet1 }, None);
                }
                return;
            }
            Service::Return => return self.put(N::FRetref, None),
            Service::Repair | Service::ReturnElseRepair => {}
        }
        let no_fault = facts.test_result.is(TestResult::NoFault)
            || facts.test_result.is(TestResult::Operation);
        if facts.outcome.is(Outcome::SolvedRemotely) && freight.inward == Payer::None {
            return;
        }
        if no_fault {
            self.put(N::FNff, None);
            return self.put(N::FeeDiag, None);
        }
        if facts.outcome.is(Outcome::NotRepaired) || facts.quote.is(QuoteState::Declined) {
            self.put(N::FDecl, None);
            return self.put(N::FeeDiag, None);
        }
        let extended = warranty.period == Cover::In && warranty.basis == Some(ClauseId::IN);
        match (warranty.period, freight.if_repaired.1) {
            (Cover::In, Payer::Company) => self.put(N::FInw, None),
            (Cover::In, Payer::Customer) => self.put(N::FLeg, None),
            (Cover::Out, _) => self.put(N::FOutw, None),
            _ => return,
        }
        self.put_if(extended, N::FExt);
    }

    /// 2.7: fee, gates and the three working days.
    fn process(&mut self) {
        use NoticeCode as N;
        let facts = self.facts;
        let found = self.found;
        let fee = &found.fee;
        let repaired = facts.outcome.is(Outcome::Repaired);
        let repair = !facts.service.any(&[Service::Return, Service::Upgrade])
            && found.warranty.decision == Cover::In;
        self.put_if(repair && fee.if_repaired == Fee::None, N::FeeFree);
        let unpaid = facts.fee_paid.day().is_none();
        self.put_if(fee.repair == Fee::ByQuote && repaired && unpaid, N::FeeHold);
        self.put_if(facts.quote.is(QuoteState::Pending), N::QuoteSilent);

        let time = &found.repair_time;
        self.put_if(time.missing.calendar.is_some(), N::WdYear);
        let Some(due) = &time.due else { return };
        let days = self.terms.numbers.repair_working_days;
        if due.from_fact != FactName::ArrivalDate
            && let Some(arrived) = facts.arrival_date.day()
            && let Some(other) = self.calendar.last_of(arrived, days)
            && other != due.last
        {
            self.put(N::WdStart, Some(other));
        }
        if self.calendar.is_working(due.from) == Some(true)
            && let Some(other) = self.calendar.last_of(due.from, days - 1)
        {
            self.put(N::WdDay1, Some(other));
        }
        let plain = plain_weekdays(due.from, days);
        if plain != due.last {
            self.put(N::WdCal, Some(plain));
        }
        self.put_if(time.in_time == Some(false), N::WdFirm);
        let sent = facts.sent_back_on.day().is_some();
        self.put_if(time.in_time == Some(true) && !sent, N::WdEnd);
    }
}

/// The day `days` days from Monday to Friday after `from`.
fn plain_weekdays(from: Day, days: i32) -> Day {
    let mut day = from;
    let mut left = days;
    while left > 0 {
        day = day.plus(1);
        if !day.is_weekend() {
            left -= 1;
        }
    }
    day
}
