//! Which cases are about one physical unit, and about one product that lived on in another unit.
//!
//! A serial number is compared by its letters and digits alone ([`Serial::key`]), since one unit is
//! spelled in many ways. Where that would throw units of two models together, and where an old number
//! is named that a unit given out in its place has followed, nothing is assumed: the person is asked,
//! and the answer is kept at the case ([`Field::SameUnit`]).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::desk::change::Ground;
use crate::desk::field::Field;
use crate::desk::fold::fold;
use crate::desk::id::{EntityId, ItemId};
use crate::desk::outcome::{finished, is_work};
use crate::desk::record::Record;
use crate::desk::serial::Serial;
use crate::desk::value::Value;

/// How an earlier case belongs to the product of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kin {
    /// It is the same product.
    Same,
    /// It may be: somebody has to say.
    Asked,
    /// It may have been: somebody said that it is not.
    Other,
}

/// The letters and digits of a model, in upper case: `CK-80 HV` is `ck80hv`.
pub fn model_key(model: &str) -> String {
    fold(model)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect()
}

/// How two spellings of the same letters and digits belong together, each with its model where it is
/// known: the same spelling is the same unit; another spelling is, unless the models differ.
pub fn kin(one: (&Serial, Option<&str>), other: (&Serial, Option<&str>)) -> Kin {
    let differ = match (one.1, other.1) {
        (Some(one), Some(other)) => model_key(one) != model_key(other),
        _ => false,
    };
    if one.0 != other.0 && differ {
        Kin::Asked
    } else {
        Kin::Same
    }
}

/// The serial number the product of a case has now: the one it was given, else the one it came with.
pub fn present(record: &Record) -> Option<&Serial> {
    given_out(record).or_else(|| record.serial(Field::SerialNumber))
}

/// The serial number the product has since the repair, once that is finished.
pub fn given_out(record: &Record) -> Option<&Serial> {
    let serial = record.serial(Field::SerialAfter)?;
    finished(record).is_some_and(is_work).then_some(serial)
}

/// The serial number on the goods, where it is another one than the case has.
pub fn other_in_box(record: &Record) -> Option<&Serial> {
    let key = record.serial(Field::SerialNumber)?.key();
    let in_box = record.serial(Field::SerialInBox)?;
    (in_box.key() != key).then_some(in_box)
}

/// Whether somebody has to say which number is that of the unit: another one was announced than
/// stands on the goods.
pub fn box_is_open(record: &Record) -> bool {
    other_in_box(record).is_some() && record.choice(Field::BoxUnit).is_none()
}

/// What said the serial number that was announced, where another one stands on the goods; that one may
/// have taken its place since.
pub fn announced(record: &Record) -> Option<(&Serial, Ground)> {
    let key = record.serial(Field::SerialInBox)?.key();
    let said = record.standing(ItemId::SELF, Field::SerialNumber);
    said.into_iter()
        .rev()
        .find_map(|change| match change.entry.value() {
            Some(Value::Serial(serial)) if serial.key() != key => Some((serial, change.ground)),
            _ => None,
        })
}

/// The item under which a case keeps the answer about another case: the same for whoever answers.
pub fn item_of(other: EntityId) -> ItemId {
    let mixed = (other.0 >> 22) ^ other.0.rotate_left(17);
    ItemId((mixed as u32).max(1))
}

/// What was answered about other cases: is it the same unit?
pub fn answers(record: &Record) -> BTreeMap<EntityId, bool> {
    let items = record.items_with(Field::SameUnit).into_iter();
    items
        .filter_map(|item| {
            let other = match record.value_of(item, Field::UnitCase)? {
                Value::Link(other) => *other,
                _ => return None,
            };
            let answer = record.value_of(item, Field::SameUnit)?;
            Some((other, *answer == Value::YES))
        })
        .collect()
}

/// The cases among `records` that are about the product of a case and began before it, in their
/// order: those of its unit, those in which it was given out in place of another unit or got another
/// number, and so on back; and what may be, where somebody has to say or said no. The case itself is
/// left out.
pub fn life<'a>(records: &'a [Record], of: &Record) -> Vec<(&'a Record, Kin)> {
    let others: Vec<&Record> = records.iter().filter(|it| it.id() != of.id()).collect();
    let sides: Vec<Side> = std::iter::once(of)
        .chain(others.iter().copied())
        .map(Side::of)
        .collect();
    let answers = answers(of);
    let mut known: Vec<Option<Kin>> = vec![None; sides.len()];
    let mut to_see = vec![Step {
        kin: Kin::Same,
        at: 0,
        before: of.begun_at(),
        by_serial: false,
    }];
    // What is certain first: a case that is reached in two ways is what the better one says.
    while let Some(next) = to_see
        .iter()
        .enumerate()
        .min_by_key(|(_, step)| step.kin)
        .map(|(at, _)| at)
    {
        let step = to_see.swap_remove(next);
        let (Some(seen), Some(from)) = (known.get_mut(step.at), sides.get(step.at)) else {
            continue;
        };
        if seen.is_some() {
            continue;
        }
        *seen = Some(step.kin);
        if step.kin == Kin::Other {
            continue;
        }
        for (at, to) in sides.iter().enumerate() {
            let is_known = known.get(at).is_some_and(Option::is_some);
            let Some(link) = from.link(to, &step).filter(|_| !is_known) else {
                continue;
            };
            let answer = answers.get(&to.id);
            to_see.push(Step {
                at,
                kin: match answer {
                    Some(true) => Kin::Same,
                    Some(false) => Kin::Other,
                    None => step.kin.max(link.kin),
                },
                by_serial: link.by_serial && answer.is_none(),
                ..link
            });
        }
    }
    let known = known.into_iter().skip(1);
    let related = others.into_iter().zip(known);
    related
        .filter_map(|(record, kin)| Some((record, kin?)))
        .collect()
}

/// A case that was reached on the way through a life.
struct Step {
    kin: Kin,
    /// Its place among the cases; the one that asks is the first.
    at: usize,
    /// The cases that hang together with it began no later.
    before: Option<DateTime<Utc>>,
    /// Its number has the letters and digits of the case it was reached from: others that have them as
    /// well are judged against that one, not against whatever lies between.
    by_serial: bool,
}

/// A case as far as its unit goes.
struct Side<'a> {
    id: EntityId,
    begun_at: Option<DateTime<Utc>>,
    serial: Option<(&'a Serial, String)>,
    /// The number it has had since.
    after: Option<(&'a Serial, String)>,
    /// Whether that is another unit; else the same one with another number on it.
    is_replaced: bool,
    model: Option<&'a str>,
}

impl<'a> Side<'a> {
    fn of(record: &'a Record) -> Side<'a> {
        let with_key = |serial: &'a Serial| (serial, serial.key());
        Side {
            id: record.id(),
            begun_at: record.begun_at(),
            serial: record.serial(Field::SerialNumber).map(with_key),
            after: given_out(record).map(with_key),
            is_replaced: finished(record) == Some("replaced"),
            model: record.text(Field::Model),
        }
    }

    /// How another case hangs together with this one, reached by a step; the place is not filled in.
    fn link(&self, to: &Side, step: &Step) -> Option<Step> {
        let no_later = |one: Option<DateTime<Utc>>, other: Option<DateTime<Utc>>| match (one, other)
        {
            (Some(one), Some(other)) => one <= other,
            _ => true,
        };
        if !no_later(to.begun_at, step.before) {
            return None;
        }
        let same = |one: &Option<(&Serial, String)>, other: &Option<(&Serial, String)>| {
            let ((one, key), (other, of)) = (one.as_ref()?, other.as_ref()?);
            (key == of).then(|| kin((*one, self.model), (*other, to.model)))
        };
        let found = |kin, before, by_serial| {
            Some(Step {
                kin,
                at: 0,
                before,
                by_serial,
            })
        };
        if let Some(kin) = same(&self.serial, &to.serial).filter(|_| !step.by_serial) {
            return found(kin, step.before, true);
        }
        // It was given out there: what it had been before that belongs to its life.
        if let Some(kin) = same(&self.serial, &to.after) {
            return found(kin, to.begun_at, false);
        }
        // The number was followed by another one. What was replaced may have gone on elsewhere, and
        // what the case that asks was given comes after all of this.
        let followed = same(&self.after, &to.serial)?;
        if step.at == 0 || !no_later(self.begun_at, to.begun_at) {
            return None;
        }
        let asked = if self.is_replaced {
            Kin::Asked
        } else {
            Kin::Same
        };
        found(followed.max(asked), step.before, false)
    }
}
