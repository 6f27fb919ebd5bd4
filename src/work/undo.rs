//! Taking back one's last action: an action like any other, that can be refused.

use crate::desk::change::{Act, Planned};
use crate::desk::field::Field;
use crate::desk::id::ActionId;
use crate::desk::record::Record;
use crate::desk::value::Entry;

use super::action::Refusal;
use super::case::Case;
use super::standing::{Blocker, GoodsAt};

/// The changes that take back the latest action of `who` on the case that was not taken back yet.
///
/// # Errors
/// Why it cannot be taken back.
pub fn plan(case: &Case, others: &[Record], who: &str) -> Result<Vec<Planned>, Refusal> {
    let (action, act) = latest(&case.record, who).ok_or(Refusal::NothingToUndo)?;
    if matches!(act, Act::Begin | Act::Authorise | Act::Erase) {
        return Err(Refusal::CannotUndo(act));
    }
    let mut changes = Vec::new();
    for record in std::iter::once(&case.record).chain(others) {
        changes.extend(taken_back(record, action)?);
    }
    let mut after = case.record.clone();
    super::case::apply_planned(&mut after, &changes);
    let after = case.with_record(after);
    if breaks(&after) && !breaks(case) {
        return Err(Refusal::WouldBreak);
    }
    Ok(changes)
}

/// The latest action of `who` that was not taken back. Each undo takes back the latest action that
/// still stood, so counting undos on the way back finds the one that stands now.
fn latest(record: &Record, who: &str) -> Option<(ActionId, Act)> {
    let mut undone = 0;
    let mut seen: Option<ActionId> = None;
    for change in record.changes().iter().rev().filter(|c| c.who == who) {
        if seen == Some(change.action) {
            continue;
        }
        seen = Some(change.action);
        match change.act {
            Act::Undo => undone += 1,
            _ if undone > 0 => undone -= 1,
            act => return Some((change.action, act)),
        }
    }
    None
}

fn taken_back(record: &Record, action: ActionId) -> Result<Vec<Planned>, Refusal> {
    let mut changes = Vec::new();
    for change in record.of_action(action) {
        // A number that was given stays given, also where a parcel brought it.
        if change.field == Field::Number {
            return Err(Refusal::CannotUndo(change.act));
        }
        let key = (change.item, change.field);
        let later = record
            .changes()
            .iter()
            .rev()
            .find(|other| (other.item, other.field) == key);
        if later.is_some_and(|later| later.seq != change.seq) {
            return Err(Refusal::ChangedSince(change.field));
        }
        let before = record
            .changes()
            .iter()
            .rev()
            .find(|other| other.seq < change.seq && (other.item, other.field) == key);
        changes.push(Planned {
            entity: record.id(),
            kind: record.kind(),
            ground: before.map_or(change.ground, |before| before.ground),
            item: change.item,
            field: change.field,
            entry: before.map_or(Entry::Unknown, |before| before.entry.clone()),
            base: record
                .fact_of(change.item, change.field)
                .map_or(0, |fact| fact.seq),
        });
    }
    Ok(changes)
}

/// Whether the case stands in a way no gate would have let it get to.
fn breaks(case: &Case) -> bool {
    let given = case.given();
    let record = &case.record;
    let was_repaired = matches!(
        record.choice(Field::RepairOutcome),
        Some("repaired" | "replaced")
    );
    let was_sent = record.day(Field::SentBackOn).is_some();
    let closed_with_goods_here = given.goods() == GoodsAt::Here
        && matches!(record.choice(Field::Closed), Some(outcome) if outcome != "undeliverable");
    let repaired_without_agreement = was_repaired
        && given
            .repair_blockers()
            .iter()
            .any(|blocker| *blocker != Blocker::GoodsNotHere);
    let sent_without = was_sent
        && given
            .dispatch_blockers()
            .iter()
            .any(|blocker| !matches!(blocker, Blocker::GoodsNotHere | Blocker::FreightOpen));
    closed_with_goods_here || repaired_without_agreement || sent_without
}
