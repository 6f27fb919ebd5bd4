//! The power goes at any moment: whatever was answered as saved is there, and nothing is half there.
//!
//! One, two or three connections commit in turn, over several losses of power; most of the losses come
//! in the middle of a commit. That the test can fail is shown by a desk without `synchronous=FULL`.

use super::dice::Dice;
use super::disk::{Disk, disk};
use super::place::Place;
use super::seeds::Seeds;
use aftercare::desk::change::{Act, Batch, Change, Ground, Planned};
use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityId, EntityKind, Fresh, ItemId};
use aftercare::desk::record::Record;
use aftercare::desk::value::{Entry, Value};
use aftercare::store::Store;
use aftercare::work::case::Knowledge;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How often the power goes in one run.
const LIVES: usize = 4;

/// What the file has promised, and who asks it for more.
struct Run {
    place: Place,
    dice: Dice,
    fresh: Fresh,
    now: DateTime<Utc>,
    /// Every change that was answered as saved.
    answered: BTreeMap<EntityId, Vec<Change>>,
    /// Every number that was answered.
    numbers: BTreeSet<String>,
    commits: usize,
}

/// Whether something was lost, and what.
fn run(seed: u64, is_careless: bool, knowledge: &Arc<Knowledge>) -> Result<usize, String> {
    let place = Place::new(knowledge);
    // The desk is made in peace; that it is made whole or not at all is `a_new_desk`'s.
    drop(place.open().map_err(|fault| fault.to_string())?);
    disk(|disk| disk.is_careless = is_careless);
    let mut run = Run {
        place,
        dice: Dice(seed),
        fresh: Fresh::new(seed),
        now: Utc.with_ymd_and_hms(2026, 11, 22, 2, 0, 0).unwrap(),
        answered: BTreeMap::new(),
        numbers: BTreeSet::new(),
        commits: 0,
    };
    for _ in 0..LIVES {
        run.life()?;
    }
    run.look(None)?;
    Ok(run.commits)
}

impl Run {
    /// From opening the file to the loss of power, and what is there afterwards.
    fn life(&mut self) -> Result<(), String> {
        let count = 1 + self.dice.below(3);
        let mut open = Vec::new();
        for _ in 0..count {
            open.push(self.place.open().map_err(|fault| format!("{fault:?}"))?);
        }
        let in_the_middle = self.dice.chance(80);
        let peaceful = self.dice.below(8);
        let mut begun = None;
        for step in 0..30 {
            if step == peaceful {
                if !in_the_middle {
                    break;
                }
                disk(|disk| disk.die_after(self.dice.below(40) as u32));
            }
            match self.dice.below(20) {
                0 if open.len() > 1 => drop(open.pop()),
                1 => {
                    let _ = open[0].checkpoint();
                }
                _ => {
                    let of = self.dice.below(open.len());
                    begun = self.commit(&mut open[of])?;
                }
            }
            if disk(|disk| disk.is_dead()) {
                break;
            }
        }
        disk(Disk::die);
        drop(open);
        self.place.lose_power(&mut self.dice);
        self.look(begun)
    }

    /// Saves something; gives the batch back where that was not answered.
    fn commit(&mut self, store: &mut Store) -> Result<Option<Batch>, String> {
        let batch = self.batch();
        match store.commit::<()>(&batch, |_| Ok(())) {
            Ok(saved) => {
                self.commits += 1;
                for change in saved.changes {
                    if let (Field::Number, Entry::Known(Value::Text(number))) =
                        (change.field, &change.entry)
                        && !self.numbers.insert(number.clone())
                    {
                        return Err(format!("{number} was given twice"));
                    }
                    self.answered.entry(change.entity).or_default().push(change);
                }
                Ok(None)
            }
            Err(_) if disk(|disk| disk.is_dead()) => Ok(Some(batch)),
            Err(fault) => Err(format!("refused: {fault:?}")),
        }
    }

    /// A new case with a number, or a few fields of one or two cases.
    fn batch(&mut self) -> Batch {
        self.now += TimeDelta::seconds(7);
        let mut changes = Vec::new();
        let known: Vec<EntityId> = self.answered.keys().copied().collect();
        let planned = |entity, field, text: String, base| Planned {
            entity,
            kind: EntityKind::Case,
            ground: Ground::Desk,
            item: ItemId::SELF,
            field,
            entry: Entry::Known(Value::Text(text)),
            base,
        };
        if known.is_empty() || self.dice.chance(20) {
            let case = self.fresh.entity(self.now.timestamp_millis());
            changes.push(planned(case, Field::Number, "RMA26-".into(), 0));
            changes.push(planned(case, Field::Caller, "王小明".into(), 0));
        } else {
            for _ in 0..1 + self.dice.below(2) {
                let case = *self.dice.pick(&known);
                let field = *self
                    .dice
                    .pick(&[Field::Fault, Field::Model, Field::Findings]);
                let said = self.dice.roll();
                let length = self.dice.below(3) * 2000;
                let text = format!("{said:x}{}", "说".repeat(length));
                // The latest change of the case is never older than the one of this field.
                let base = self.answered[&case].last().map_or(0, |change| change.seq);
                if changes.iter().all(|other: &Planned| other.entity != case) {
                    changes.push(planned(case, field, text, base));
                }
            }
        }
        Batch {
            action: self.fresh.action(),
            act: Act::Edit,
            at: self.now,
            who: "li".into(),
            changes,
        }
    }

    /// Opens the file and looks whether everything that was answered is there; of what was begun, all
    /// or nothing.
    fn look(&mut self, begun: Option<Batch>) -> Result<(), String> {
        let store = self.place.open().map_err(|fault| format!("{fault:?}"))?;
        let trouble = |trouble: aftercare::store::Trouble| trouble.to_string();
        let differing = store.differing().map_err(trouble)?;
        if !differing.is_empty() {
            return Err(format!("lines differ: {differing:?}"));
        }
        let changes = store.view().changes_since(0).map_err(trouble)?;
        let mut there: BTreeMap<EntityId, Vec<Change>> = BTreeMap::new();
        for change in changes {
            there.entry(change.entity).or_default().push(change);
        }
        // What was begun last may be there: then it counts from now on as if it had been answered.
        if let Some(batch) = begun {
            let came = there
                .values()
                .flatten()
                .filter(|it| it.action == batch.action);
            let came: Vec<Change> = came.cloned().collect();
            if !came.is_empty() && came.len() != batch.changes.len() {
                return Err(format!("half of a commit: {came:?} of {batch:?}"));
            }
            for change in came {
                if let (Field::Number, Entry::Known(Value::Text(number))) =
                    (change.field, &change.entry)
                {
                    self.numbers.insert(number.clone());
                }
                self.answered.entry(change.entity).or_default().push(change);
            }
        }
        for (case, changes) in &self.answered {
            let found = there.get(case).map_or(&[][..], Vec::as_slice);
            if found != changes {
                return Err(format!(
                    "{} of {} changes are there",
                    found.len(),
                    changes.len()
                ));
            }
            let record = store.view().record(*case).map_err(trouble)?;
            let replayed = Record::replay(*case, EntityKind::Case, changes.clone());
            if record.as_ref() != Some(&replayed) {
                return Err(format!("{case:?} is not what its changes make"));
            }
        }
        if there.len() != self.answered.len() {
            return Err("changes that nobody made".into());
        }
        Ok(())
    }
}

#[test]
fn a_loss_of_power_takes_nothing_that_was_saved() {
    let seeds = Seeds::of("power", 60, 1500);
    let commits = seeds.run(|seed, knowledge| run(seed, false, knowledge));
    assert!(
        commits > 10 * seeds.count(),
        "{commits} commits are too few"
    );
}

#[test]
fn without_synchronous_full_this_test_finds_what_is_lost() {
    let knowledge = super::place::knowledge();
    let lost = (0..40).filter(|seed| run(*seed, true, &knowledge).is_err());
    assert!(
        lost.count() > 10,
        "a desk that does not flush loses nothing here"
    );
}

/// The power goes while the desk is being made: there is a whole one afterwards, or one can be made.
#[test]
fn a_new_desk_is_made_whole_or_can_be_made_again() {
    let seeds = Seeds::of("new", 200, 3000);
    seeds.run(|seed, knowledge| {
        let mut dice = Dice(seed);
        let place = Place::new(knowledge);
        disk(|disk| disk.die_after(dice.below(60) as u32));
        let opened = place.open();
        let is_made = opened.is_ok() && !disk(|disk| disk.is_dead());
        disk(Disk::die);
        drop(opened);
        place.lose_power(&mut dice);
        let store = place.open().map_err(|fault| format!("{fault:?}"))?;
        let epoch = store
            .view()
            .epoch()
            .map_err(|trouble| trouble.to_string())?;
        if epoch != 1 {
            return Err(format!("epoch {epoch}"));
        }
        Ok(usize::from(is_made))
    });
}
