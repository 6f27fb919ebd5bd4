//! A.B1, A.B2 and A.X2: the state of the goods. These facts occur in more than one rule, so each
//! completion of them is tried.

use super::level::Level;
use crate::terms::assessment::{Reason, Staff};
use crate::terms::choice::Set;
use crate::terms::facts::{Actor, Answer, FactName, Facts, TestResult};
use crate::terms::version::Terms;

pub(super) const FAILURE: u8 = 1;
pub(super) const MAN_MADE: u8 = 1 << 1;
pub(super) const DEFECT: u8 = 1 << 2;
pub(super) const COMPLETE: u8 = 1 << 3;
pub(super) const DAMAGE: u8 = 1 << 4;
pub(super) const ACTIVATED: u8 = 1 << 5;
pub(super) const RESALABLE: u8 = 1 << 6;
pub(super) const LATE: u8 = 1 << 7;

pub(super) const CORE: [(u8, FactName); 7] = [
    (FAILURE, FactName::PerformanceFailure),
    (MAN_MADE, FactName::FailureManMade),
    (DEFECT, FactName::ManufacturingDefect),
    (COMPLETE, FactName::Complete),
    (DAMAGE, FactName::AppearanceDamage),
    (ACTIVATED, FactName::Activated),
    (RESALABLE, FactName::Resalable),
];

/// One completion of the facts in [`CORE`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Product {
    pub(super) bits: u8,
    /// Something was missing already at delivery (`SHORT`).
    pub(super) short: bool,
}

impl Product {
    fn is(self, bit: u8) -> bool {
        self.bits & bit != 0
    }

    /// A.B2: a performance failure found in time that nobody made.
    fn failure_criterion(self) -> bool {
        self.is(FAILURE) && !self.is(MAN_MADE) && !self.is(LATE)
    }

    /// Incomplete by the customer's doing.
    fn incomplete(self) -> bool {
        !self.is(COMPLETE) && !self.short
    }

    /// A.B1 fails for more than a manufacturing defect alone (`COSM`) or short delivery (`SHORT`).
    fn spoiled(self) -> bool {
        self.is(FAILURE)
            || self.incomplete()
            || self.is(DAMAGE)
            || self.is(ACTIVATED)
            || !self.is(RESALABLE)
    }

    /// Neither A.B1 nor A.B2 can be met.
    pub(super) fn hopeless(self) -> bool {
        !self.failure_criterion() && self.spoiled()
    }

    /// A.X2: incomplete, or the outside damaged by people.
    pub(super) fn x2(self) -> bool {
        self.incomplete() || self.is(DAMAGE)
    }

    pub(super) fn level(self) -> Level {
        if self.x2() || self.hopeless() {
            Level::Refuse
        } else if self.staff().is_empty() {
            Level::Allow
        } else {
            Level::Staff
        }
    }

    /// What is left to staff, where nothing refuses.
    pub(super) fn staff(self) -> Set<Staff> {
        let mut staff = Set::NONE;
        if !self.is(COMPLETE) && self.short {
            staff.insert(Staff::Short);
        }
        if self.is(DEFECT) && !self.failure_criterion() {
            staff.insert(Staff::Cosm);
        }
        staff
    }

    /// The failing parts of A.B1 and A.B2.
    pub(super) fn failing(self) -> Set<Reason> {
        let mut parts = Set::NONE;
        let failure = self.is(FAILURE);
        if self.is(ACTIVATED) {
            parts.insert(Reason::B1Activated);
        }
        if self.incomplete() {
            parts.insert(Reason::B1Complete);
        }
        if self.is(DAMAGE) || (failure && self.is(MAN_MADE)) {
            parts.insert(Reason::B1Damage);
        }
        if self.is(DEFECT) || (failure && !self.is(MAN_MADE)) {
            parts.insert(Reason::B1Defect);
        }
        if !self.is(RESALABLE) {
            parts.insert(Reason::B1Resale);
        }
        if !failure {
            parts.insert(Reason::B2NoFailure);
        } else {
            if self.is(MAN_MADE) {
                parts.insert(Reason::B2ManMade);
            }
            if self.is(LATE) {
                parts.insert(Reason::B2FoundLate);
            }
        }
        parts
    }
}

/// What is known of the product: which bits are set for sure and which are open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Products {
    pub(super) fixed: u8,
    pub(super) open: u8,
    pub(super) short: bool,
}

impl Products {
    pub(super) fn of(facts: &Facts, terms: &Terms) -> Products {
        // RET-TEST: the company's finding 'no fault' closes A.B2, and A.B1 is examined.
        let closed = terms.readings.no_fault_closes_b2 && facts.test_result.is(TestResult::NoFault);
        let failure = if closed {
            Set::only(Answer::No)
        } else {
            facts.performance_failure
        };
        let known = [
            (FAILURE, failure),
            (MAN_MADE, facts.failure_man_made),
            (DEFECT, facts.manufacturing_defect),
            (COMPLETE, facts.complete),
            (DAMAGE, facts.appearance_damage),
            (ACTIVATED, facts.activated),
            (RESALABLE, facts.resalable),
        ];
        let mut products = Products {
            fixed: 0,
            open: 0,
            short: !facts.missing_by.has(Actor::Customer),
        };
        for (bit, answer) in known {
            if answer.is(Answer::Yes) {
                products.fixed |= bit;
            } else if !answer.is(Answer::No) {
                products.open |= bit;
            }
        }
        products
    }

    /// Every completion.
    pub(super) fn each(self, late: u8, mut see: impl FnMut(Product)) {
        let mut chosen = 0u8;
        loop {
            see(Product {
                bits: self.fixed | chosen | late,
                short: self.short,
            });
            chosen = chosen.wrapping_sub(self.open) & self.open;
            if chosen == 0 {
                break;
            }
        }
    }
}
