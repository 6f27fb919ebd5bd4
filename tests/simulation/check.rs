//! What has to hold of the file after every run.

use super::session::{Promise, own_change};
use aftercare::desk::change::{Act, Change};
use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityId, EntityKind};
use aftercare::desk::outcome::{finished, is_work};
use aftercare::desk::record::Record;
use aftercare::desk::value::{Entry, Value};
use aftercare::store::Store;
use aftercare::work::case::{Case, Knowledge};
use aftercare::work::grants::Subject;
use aftercare::work::guard::would_break;
use aftercare::work::standing::{GoodsAt, Stage, contact_is_confirmed};
use aftercare::work::verdict::{Fee, Tri};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The lines are what the changes make, and every record replays without gaps. All changes.
pub fn file(store: &Store) -> Result<Vec<Change>, String> {
    let trouble = |trouble: aftercare::store::Trouble| trouble.to_string();
    let differing = store.differing().map_err(trouble)?;
    if !differing.is_empty() {
        return Err(format!(
            "the lines of {differing:?} are not what their changes make"
        ));
    }
    let changes = store.view().changes_since(0).map_err(trouble)?;
    for (id, own) in by_entity(&changes) {
        let record = store
            .view()
            .record(id)
            .map_err(trouble)?
            .ok_or("no record")?;
        let replayed = Record::replay(id, record.kind(), own.into_iter().cloned());
        if replayed != record {
            return Err(format!("{id:?} is not what its changes make"));
        }
    }
    Ok(changes)
}

fn by_entity(changes: &[Change]) -> BTreeMap<EntityId, Vec<&Change>> {
    let mut by_entity: BTreeMap<EntityId, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        by_entity.entry(change.entity).or_default().push(change);
    }
    by_entity
}

/// Every change that a session was told is saved is there as it was told.
pub fn told(changes: &[Change], told: &[Change]) -> Result<(), String> {
    let there: BTreeMap<(EntityId, u32), &Change> = changes
        .iter()
        .map(|change| ((change.entity, change.seq), change))
        .collect();
    for change in told {
        if there.get(&(change.entity, change.seq)) != Some(&change) {
            return Err(format!("a session was told that this is saved: {change:?}"));
        }
    }
    Ok(())
}

/// Every value that was typed and shown as saved is in the history, by whoever typed it.
pub fn promises(store: &Store, promises: &[Promise]) -> Result<(), String> {
    for promise in promises {
        let record = store
            .view()
            .record(promise.entity)
            .map_err(|it| it.to_string())?;
        let record = record.ok_or_else(|| format!("no record for {promise:?}"))?;
        if own_change(&record, promise.cell, &promise.entry, &promise.who).is_none() {
            return Err(format!("not in the history: {promise:?}"));
        }
    }
    Ok(())
}

/// Nobody wrote over what they had not seen.
pub fn overwrites(changes: &[Change]) -> Result<(), String> {
    for own in by_entity(changes).into_values() {
        for (at, change) in own.iter().enumerate() {
            // An empty field looks the same whether it was never filled or emptied again.
            let latest = own[..at]
                .iter()
                .rev()
                .find(|earlier| (earlier.item, earlier.field) == (change.item, change.field));
            let unseen = latest.filter(|latest| {
                latest.seq > change.base
                    && latest.action != change.action
                    && latest.entry != change.entry
                    && !(latest.entry == Entry::Unknown && change.base == 0)
            });
            if let Some(unseen) = unseen {
                return Err(format!("{change:?} was written over {unseen:?}"));
            }
        }
    }
    Ok(())
}

/// A case number is given once, and a case has one.
pub fn numbers(changes: &[Change]) -> Result<(), String> {
    let mut given = BTreeSet::new();
    let mut have = BTreeSet::new();
    for change in changes
        .iter()
        .filter(|change| change.field == Field::Number)
    {
        let Entry::Known(Value::Text(number)) = &change.entry else {
            return Err(format!("a number was taken away: {change:?}"));
        };
        if !given.insert(number) {
            return Err(format!("{number} was given twice"));
        }
        if !have.insert(change.entity) {
            return Err(format!("a second number: {change:?}"));
        }
    }
    Ok(())
}

/// Nobody did anything while they might not work here.
pub fn standing(changes: &[Change]) -> Result<(), String> {
    let mut names: BTreeMap<EntityId, String> = BTreeMap::new();
    let mut disabled: BTreeSet<&str> = BTreeSet::new();
    for change in changes.iter().filter(|it| it.kind == EntityKind::Staff) {
        if let (Field::StaffName, Entry::Known(Value::Text(name))) = (change.field, &change.entry) {
            names.insert(change.entity, name.clone());
        }
    }
    for change in changes {
        if disabled.contains(change.who.as_str()) {
            return Err(format!("done by somebody who may not: {change:?}"));
        }
        let (Field::StaffState, Entry::Known(Value::Choice(state))) = (change.field, &change.entry)
        else {
            continue;
        };
        let name = names.get(&change.entity).ok_or("a person without a name")?;
        match *state {
            "disabled" => disabled.insert(name),
            _ => disabled.remove(name.as_str()),
        };
    }
    Ok(())
}

/// No step was made that its gate forbids, on the case as it stood when the step was made.
pub fn gates(store: &Store, knowledge: &Arc<Knowledge>) -> Result<(), String> {
    let trouble = |trouble: aftercare::store::Trouble| trouble.to_string();
    let changes = store.view().changes_since(0).map_err(trouble)?;
    let by_entity = by_entity(&changes);
    let serials = |own: &[&Change]| -> Vec<String> {
        let of = |change: &&&Change| change.field == Field::SerialNumber;
        own.iter()
            .filter(of)
            .map(|change| format!("{:?}", change.entry))
            .collect()
    };
    for (id, own) in &by_entity {
        if own[0].kind != EntityKind::Case {
            continue;
        }
        // What an earlier repair of the same product was worth at that time is not asked here.
        let mine = serials(own);
        let shares = by_entity.iter().any(|(other, changes)| {
            other != id && serials(changes).iter().any(|it| mine.contains(it))
        });
        if shares {
            continue;
        }
        let mut record = Record::new(*id, EntityKind::Case);
        let mut at = 0;
        while at < own.len() {
            let action = own[at].action;
            let before = case_of(&record, own[at], knowledge);
            let first = own[at];
            while at < own.len() && own[at].action == action {
                record.apply(own[at].clone());
                at += 1;
            }
            let after = case_of(&record, first, knowledge);
            step(&before, &after, first.act).map_err(|why| format!("{first:?}: {why}"))?;
        }
    }
    Ok(())
}

fn case_of(record: &Record, change: &Change, knowledge: &Arc<Knowledge>) -> Case {
    let today = knowledge.day(change.at);
    Case::of(record.clone(), Vec::new(), Arc::clone(knowledge), today)
}

fn step(before: &Case, after: &Case, act: Act) -> Result<(), String> {
    let was_worked_on = |case: &Case| finished(&case.record).is_some_and(is_work);
    match act {
        Act::Repair if was_worked_on(after) && !was_worked_on(before) => {
            let free = before.verdict.warranty == Tri::Yes && before.verdict.fee == Fee::None
                || before.grants.has(Subject::Warranty)
                || before.grants.has(Subject::FreeRepair);
            let upgrade =
                finished(&after.record) == Some("upgraded") && before.given().is_upgrade();
            if !(free || upgrade || before.quote.is_accepted()) {
                return Err("repaired without agreement (IV.4)".into());
            }
            if before.given().goods() != GoodsAt::Here {
                return Err("repaired elsewhere".into());
            }
        }
        Act::Dispatch
            if after.record.day(Field::SentBackOn) != before.record.day(Field::SentBackOn) =>
        {
            if !contact_is_confirmed(&before.record) {
                return Err("sent, not confirmed (IV.5)".into());
            }
            if before.ledger.open().0 != 0 {
                return Err("sent, not paid (IV.5)".into());
            }
            let shut = before.given().dispatch_blockers();
            if !shut.is_empty() {
                return Err(format!("sent through a shut gate: {shut:?}"));
            }
        }
        Act::QuoteLine | Act::IssueQuote | Act::AnswerQuote | Act::Undo
            if would_break(before, after) =>
        {
            return Err("takes the ground from under a step that was made".into());
        }
        _ => {}
    }
    let here = after.given().goods() == GoodsAt::Here;
    match after.record.choice(Field::Closed) {
        Some(outcome) if here && outcome != "undeliverable" => {
            return Err(format!("closed as {outcome} with the goods here"));
        }
        // With money left to settle it is closed and still on the list.
        Some(_) if after.standing.stage == Stage::Closed && !after.standing.blockers.is_empty() => {
            return Err(format!("closed and blocked: {:?}", after.standing.blockers));
        }
        _ => {}
    }
    if here && after.record.text(Field::Number).is_none() {
        return Err("goods here without a number".into());
    }
    Ok(())
}
