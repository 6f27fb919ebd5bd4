//! Taking back one's last action: an action like any other, that can be refused.

use crate::desk::change::{Act, Planned};
use crate::desk::field::Field;
use crate::desk::id::ActionId;
use crate::desk::record::Record;
use crate::desk::value::Entry;

use super::action::Refusal;
use super::case::Case;
use super::guard::would_break;
use super::join;

/// The changes that take back the latest action of `who` on the case that was not taken back yet.
///
/// # Errors
/// Why it cannot be taken back.
pub fn plan(case: &Case, others: &[Record], who: &str) -> Result<Vec<Planned>, Refusal> {
    let (action, act) = latest(&case.record, who).ok_or(Refusal::NothingToUndo)?;
    if matches!(
        act,
        Act::Begin | Act::Authorise | Act::Erase | Act::Staff | Act::TakeApart
    ) {
        return Err(Refusal::CannotUndo(act));
    }
    if matches!(act, Act::Join | Act::MoveGoods) {
        return join::apart(case, others, action);
    }
    let mut changes = Vec::new();
    for record in std::iter::once(&case.record).chain(others) {
        changes.extend(taken_back(record, action)?);
    }
    if would_break(case, &case.with_planned(Act::Undo, &changes)) {
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
            // Whoever kept what stood has done nothing that could be taken back.
            Act::Settle if record.is_settled_only(change.action) => {}
            _ if undone > 0 => undone -= 1,
            act => return Some((change.action, act)),
        }
    }
    None
}

/// The changes that put back what an action changed of a record.
///
/// # Errors
/// [`Refusal::ChangedSince`] where somebody changed one of its fields after it; [`Refusal::CannotUndo`]
/// where it gave a number.
pub(super) fn taken_back(record: &Record, action: ActionId) -> Result<Vec<Planned>, Refusal> {
    let mut changes = Vec::new();
    for change in record.of_action(action) {
        // A number that was given stays given, also where a parcel brought it.
        if change.field == Field::Number {
            match change.act {
                Act::Join | Act::MoveGoods => continue,
                act => return Err(Refusal::CannotUndo(act)),
            }
        }
        let standing = record.standing(change.item, change.field);
        let Some((_, earlier)) = standing
            .split_last()
            .filter(|(latest, _)| latest.seq == change.seq)
        else {
            return Err(Refusal::ChangedSince(change.field));
        };
        let before = earlier.last();
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
