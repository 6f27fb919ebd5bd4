//! A.X3 to A.X6: each of these facts occurs once and can only refuse, or leave to staff.

use super::level::{Level, Levels};
use crate::terms::assessment::{Reason, Staff};
use crate::terms::choice::{Choice, Set};
use crate::terms::facts::{
    Actor, Answer, Collision, FactName, Facts, ForceMajeureTime, Misuse, ProofAtReturn,
};

/// A fact that can only refuse, or leave to staff.
pub(super) struct Veto {
    pub(super) fact: FactName,
    pub(super) levels: Levels,
    pub(super) reason: Reason,
    pub(super) staff: Option<Staff>,
}

fn answer_levels(answer: Set<Answer>, yes: Level) -> Levels {
    let mut levels = Levels::NONE;
    if answer.has(Answer::No) {
        levels = levels.or(Levels::ALLOW);
    }
    if answer.has(Answer::Yes) {
        levels = levels.or(Levels::of(yes));
    }
    levels
}

fn split<T: Choice>(set: Set<T>, refusing: &[T]) -> Levels {
    let mut levels = Levels::NONE;
    for value in set.iter() {
        let level = if refusing.contains(&value) {
            Level::Refuse
        } else {
            Level::Allow
        };
        levels = levels.or(Levels::of(level));
    }
    levels
}

/// A.X3: no proof, a forged or altered one, or one for another product, when the goods go back.
pub(super) fn x3(facts: &Facts) -> Veto {
    // X3-TIME: not shown yet is not refused, it is open.
    let shown = if facts.proof_at_return.has(ProofAtReturn::NotYet) {
        Set::all().without(ProofAtReturn::NotYet)
    } else {
        facts.proof_at_return
    };
    Veto {
        fact: FactName::ProofAtReturn,
        levels: split(
            shown,
            &[
                ProofAtReturn::None,
                ProofAtReturn::Falsified,
                ProofAtReturn::Altered,
                ProofAtReturn::OtherProduct,
            ],
        ),
        reason: Reason::X3,
        staff: None,
    }
}

/// A.X4: a crash or burn-out that the product did not cause.
pub(super) fn x4_collision(facts: &Facts) -> Veto {
    Veto {
        fact: FactName::CollisionOrBurn,
        levels: split(facts.collision_or_burn, &[Collision::NotProductQuality]),
        reason: Reason::X4,
        staff: None,
    }
}

/// A.X4: modification, foreign objects, wrong installation or use, where it is the cause.
pub(super) fn x4_misuse(facts: &Facts) -> Veto {
    Veto {
        fact: FactName::Misuse,
        levels: split(facts.misuse, &[Misuse::Caused]),
        reason: Reason::X4,
        staff: None,
    }
}

/// A.X5: labels, numbers or marks torn or altered by the customer; by others, staff decide.
pub(super) fn x5(facts: &Facts) -> Veto {
    let yes = if facts.labels_by.has(Actor::Customer) {
        Level::Refuse
    } else {
        Level::Staff
    };
    Veto {
        fact: FactName::LabelsTampered,
        levels: answer_levels(facts.labels_tampered, yes),
        reason: Reason::X5,
        staff: Some(Staff::X5Actor),
    }
}

/// A.X6: force majeure after receipt; before it, staff decide.
pub(super) fn x6(facts: &Facts) -> Veto {
    let yes = if facts.fm_when.has(ForceMajeureTime::AfterReceipt) {
        Level::Refuse
    } else {
        Level::Staff
    };
    Veto {
        fact: FactName::ForceMajeure,
        levels: answer_levels(facts.force_majeure, yes),
        reason: Reason::X6,
        staff: Some(Staff::X6Transit),
    }
}
