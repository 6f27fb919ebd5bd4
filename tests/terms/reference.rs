//! A second reading of the terms, as plainly as the tables say it, for complete cases only.

use aftercare::terms::assessment::Cover;
use aftercare::terms::facts::{
    Actor, Collision, Facts, ForceMajeureTime, Misuse, Outcome, PeriodStatus, Proof, ProofAtReturn,
    RepairBy, RepairCause, RepairKind, TestResult, When,
};
use aftercare::terms::{Day, Terms};

use crate::generate::yes;

/// What becomes of a complete case without conflicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Return {
    Allowed,
    Refused,
    Staff,
}

fn at(when: When) -> Option<Day> {
    match when {
        When::On(day) => Some(day),
        _ => None,
    }
}

/// Whether the known dates keep their order; dates that are not known stand nowhere.
pub fn in_order(facts: &Facts) -> bool {
    // `not_yet` is later than everything that has happened.
    let number = |when: When| match when {
        When::On(day) => Some(day.number()),
        When::NotYet => Some(i32::MAX),
        _ => None,
    };
    let ship = number(facts.ship_date);
    let receipt = number(facts.receipt_date);
    let found = number(facts.failure_found_date);
    let request = number(facts.request_date);
    let confirm = number(facts.confirm_date);
    let dispatch = number(facts.dispatch_date);
    let arrival = number(facts.arrival_date);
    let contact = number(facts.contact_date);
    let with_proof = !facts
        .proof
        .any(&[Proof::None, Proof::Falsified, Proof::OtherProduct]);
    let purchase = number(facts.purchase_date).filter(|_| with_proof);
    // The chains in full, so that a gap in the middle hides nothing.
    let pairs = [
        (ship, receipt),
        (ship, request),
        (ship, confirm),
        (ship, dispatch),
        (ship, arrival),
        (ship, contact),
        (receipt, request),
        (receipt, confirm),
        (receipt, dispatch),
        (receipt, arrival),
        (found, request),
        (found, confirm),
        (request, confirm),
        (dispatch, arrival),
        (purchase, contact),
    ];
    let ordered = |(a, b): &(Option<i32>, Option<i32>)| match (a, b) {
        (Some(a), Some(b)) => a <= b,
        _ => true,
    };
    let today = facts.as_of.number();
    let past = |day: &Option<i32>| day.is_none_or(|day| day <= today || day == i32::MAX);
    let all = [
        ship, receipt, found, request, confirm, dispatch, arrival, contact, purchase,
    ];
    let repairs = facts.repairs.iter().all(|repair| {
        let (done, sent, had) = (
            number(repair.repaired_on),
            number(repair.sent_back_on),
            number(repair.delivered_on),
        );
        [(done, sent), (sent, had), (done, had)].iter().all(ordered)
            && [done, sent, had].iter().all(past)
    });
    pairs.iter().all(ordered) && all.iter().all(past) && repairs
}

/// Table 3.2.
pub fn returned(facts: &Facts, terms: &Terms) -> Return {
    let numbers = &terms.numbers;
    let receipt = at(facts.receipt_date).unwrap();
    let request = at(facts.request_date).unwrap();
    let short = !facts.missing_by.has(Actor::Customer);
    let incomplete = !yes(facts.complete);
    let torn = yes(facts.labels_tampered);
    let torn_by_others = !facts.labels_by.has(Actor::Customer);
    let force = yes(facts.force_majeure);
    let before = !facts.fm_when.has(ForceMajeureTime::AfterReceipt);

    let x1 = request.since(receipt) > numbers.return_request_days;
    let x2 = (incomplete && !short) || yes(facts.appearance_damage);
    let x3 = !facts.proof_at_return.is(ProofAtReturn::Valid);
    let x4 =
        facts.collision_or_burn.is(Collision::NotProductQuality) || facts.misuse.is(Misuse::Caused);
    let x5 = torn && !torn_by_others;
    let x6 = force && !before;
    let x7 = match (at(facts.confirm_date), at(facts.dispatch_date)) {
        (None, _) => false,
        (Some(confirmed), Some(sent)) => sent.since(confirmed) > numbers.return_send_days,
        (Some(confirmed), None) => facts.as_of.since(confirmed) > numbers.return_send_days,
    };
    if x1 || x2 || x3 || x4 || x5 || x6 || x7 {
        return Return::Refused;
    }

    // The company's 'no fault' closes the second criterion.
    let failure = yes(facts.performance_failure) && !facts.test_result.is(TestResult::NoFault);
    let found = at(facts.failure_found_date);
    let found_in_time = found.is_none_or(|day| day.since(receipt) <= numbers.return_request_days);
    let b2 = failure && !yes(facts.failure_man_made) && found_in_time;
    let spoilt = yes(facts.activated) || !yes(facts.resalable);
    let staff = (torn && torn_by_others) || (force && before) || incomplete;
    if b2 {
        return if staff {
            Return::Staff
        } else {
            Return::Allowed
        };
    }
    if failure || spoilt {
        return Return::Refused;
    }
    if staff || yes(facts.manufacturing_defect) {
        Return::Staff
    } else {
        Return::Allowed
    }
}

/// Whether the contact lies in a period; `None` for the conflict of `ORDER`.
pub fn period(facts: &Facts, terms: &Terms) -> Option<bool> {
    let numbers = &terms.numbers;
    let contact = at(facts.contact_date).unwrap();
    let extended = facts.repairs.iter().any(|repair| {
        repair.kind.is(RepairKind::Repair)
            && repair.by.is(RepairBy::Factory)
            && yes(repair.done)
            && repair.period_status.is(PeriodStatus::Out)
            && !repair.cause.is(RepairCause::NoFault)
            && at(repair.sent_back_on)
                .unwrap()
                .plus(numbers.extension_days)
                >= contact
    });
    if extended {
        return Some(true);
    }
    let ship = at(facts.ship_date).unwrap();
    let unproved = contact <= ship.plus(numbers.warranty_without_proof_days);
    let with_proof = facts.proof.any(&[Proof::Valid, Proof::DateIllegible]);
    match at(facts.purchase_date) {
        Some(purchase) if with_proof => {
            let proved = contact <= purchase.plus(numbers.warranty_with_proof_days);
            if !proved && unproved && purchase < ship {
                return None;
            }
            Some(proved)
        }
        _ => Some(unproved),
    }
}

/// Table 3.3; `Undetermined` where staff split a mixed fault, or for the conflict of `ORDER`.
pub fn warranty(facts: &Facts, terms: &Terms) -> Cover {
    let period = period(facts, terms);
    let test = facts.test_result.known().unwrap();
    match (period, test) {
        (_, TestResult::NonQuality | TestResult::NoFault | TestResult::Operation) => Cover::Out,
        (Some(false), _) => Cover::Out,
        (Some(true), TestResult::Quality) => Cover::In,
        _ => Cover::Undetermined,
    }
}

/// Whether the outcome fits what else is known of the work.
pub fn outcome_fits(facts: &Facts) -> bool {
    use aftercare::terms::facts::QuoteState;
    let arrived = at(facts.arrival_date).is_some();
    let declined = facts.quote.is(QuoteState::Declined);
    let outcome = facts.outcome;
    !(arrived && outcome.is(Outcome::SolvedRemotely))
        && !(declined && (outcome.is(Outcome::Repaired) || outcome.is(Outcome::SolvedRemotely)))
}
