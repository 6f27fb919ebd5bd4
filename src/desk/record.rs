//! An entity as its changes made it: the current facts, the history, the past.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::change::{Act, Change, Ground};
use super::field::Field;
use super::id::{ActionId, EntityId, EntityKind, ItemId};
use super::money::Fen;
use super::phone::Phone;
use super::serial::Serial;
use super::value::{Entry, Value};

/// A fact as the latest change left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// How it stands.
    pub entry: Entry,
    /// On what ground.
    pub ground: Ground,
    /// Who said so.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The change that said so.
    pub seq: u32,
}

/// An entity: a case, a parcel or a person. Made by [`Record::new`] and [`Record::apply`] only, so it always
/// equals its replayed changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    id: EntityId,
    kind: EntityKind,
    facts: BTreeMap<(ItemId, Field), Fact>,
    changes: Vec<Change>,
}

impl Record {
    /// An entity about which nothing is known.
    pub fn new(id: EntityId, kind: EntityKind) -> Record {
        Record {
            id,
            kind,
            facts: BTreeMap::new(),
            changes: Vec::new(),
        }
    }

    /// The entity the changes make. Changes of other entities are passed over.
    pub fn replay(
        id: EntityId,
        kind: EntityKind,
        changes: impl IntoIterator<Item = Change>,
    ) -> Record {
        let mut record = Record::new(id, kind);
        for change in changes {
            record.apply(change);
        }
        record
    }

    /// Takes in the next change. One that belongs to another entity, or whose sequence number is not
    /// the next, is left out and answered with `false`: replaying twice does no harm.
    pub fn apply(&mut self, change: Change) -> bool {
        if change.entity != self.id || change.seq != self.next_seq() {
            return false;
        }
        let key = (change.item, change.field);
        if change.entry == Entry::Unknown {
            self.facts.remove(&key);
        } else {
            self.facts.insert(
                key,
                Fact {
                    entry: change.entry.clone(),
                    ground: change.ground,
                    who: change.who.clone(),
                    at: change.at,
                    seq: change.seq,
                },
            );
        }
        self.changes.push(change);
        true
    }

    /// The entity as it was after the change `seq`.
    pub fn at(&self, seq: u32) -> Record {
        Record::replay(
            self.id,
            self.kind,
            self.changes
                .iter()
                .take_while(|change| change.seq <= seq)
                .cloned(),
        )
    }

    /// The entity.
    pub fn id(&self) -> EntityId {
        self.id
    }

    /// Its kind.
    pub fn kind(&self) -> EntityKind {
        self.kind
    }

    /// Every change, oldest first.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The sequence number the next change gets.
    pub fn next_seq(&self) -> u32 {
        self.changes.last().map_or(1, |change| change.seq + 1)
    }

    /// When the first change was made.
    pub fn begun_at(&self) -> Option<DateTime<Utc>> {
        self.changes.first().map(|change| change.at)
    }

    /// The changes of one action, oldest first.
    pub fn of_action(&self, action: ActionId) -> impl Iterator<Item = &Change> {
        self.changes
            .iter()
            .filter(move |change| change.action == action)
    }

    /// The latest change that was part of an action of this kind.
    pub fn latest(&self, act: Act) -> Option<&Change> {
        self.changes.iter().rev().find(|change| change.act == act)
    }

    /// The change that really said what a field holds now: after an action was taken back, the older
    /// one that counts again, not the taking back. `None` where nothing was ever said, or all of it
    /// was taken back.
    pub fn said(&self, item: ItemId, field: Field) -> Option<&Change> {
        self.standing(item, field).pop()
    }

    /// The changes of a field that were not taken back, oldest first.
    pub fn standing(&self, item: ItemId, field: Field) -> Vec<&Change> {
        let mut standing: Vec<&Change> = Vec::new();
        let of_field = |change: &&Change| change.item == item && change.field == field;
        for change in self.changes.iter().filter(of_field) {
            let is_put_back = change.act == Act::Settle
                && standing
                    .last()
                    .is_some_and(|wanted| wanted.action == change.action);
            // What was wanted and did not stay says no more than the taking back of an edit.
            if change.act.takes_back() || is_put_back {
                standing.pop();
            } else {
                standing.push(change);
            }
        }
        standing
    }

    /// The fact of a field of the entity itself.
    pub fn fact(&self, field: Field) -> Option<&Fact> {
        self.fact_of(ItemId::SELF, field)
    }

    /// The fact of a field of an item.
    pub fn fact_of(&self, item: ItemId, field: Field) -> Option<&Fact> {
        self.facts.get(&(item, field))
    }

    /// Whether nothing of an action stands because none of it was to stay: see [`Act::Settle`].
    pub fn is_settled_only(&self, action: ActionId) -> bool {
        let mut of_action = self.of_action(action).peekable();
        of_action.peek().is_some()
            && of_action.all(|change| {
                let of_field =
                    |other: &&Change| (other.item, other.field) == (change.item, change.field);
                change.act == Act::Settle && self.of_action(action).filter(of_field).count() > 1
            })
    }

    /// Every fact that is not unknown.
    pub fn facts(&self) -> impl Iterator<Item = (ItemId, Field, &Fact)> {
        self.facts
            .iter()
            .map(|((item, field), fact)| (*item, *field, fact))
    }

    /// The known value of a field of the entity itself.
    pub fn value(&self, field: Field) -> Option<&Value> {
        self.value_of(ItemId::SELF, field)
    }

    /// The known value of a field of an item.
    pub fn value_of(&self, item: ItemId, field: Field) -> Option<&Value> {
        self.fact_of(item, field)
            .and_then(|fact| fact.entry.value())
    }

    /// A known day.
    pub fn day(&self, field: Field) -> Option<NaiveDate> {
        match self.value(field) {
            Some(Value::Date(day)) => Some(*day),
            _ => None,
        }
    }

    /// The code of a known choice.
    pub fn choice(&self, field: Field) -> Option<&'static str> {
        match self.value(field) {
            Some(Value::Choice(code)) => Some(code),
            _ => None,
        }
    }

    /// Whether a yes/no field is known to be yes.
    pub fn is_yes(&self, field: Field) -> bool {
        self.choice(field) == Some("yes")
    }

    /// Known words; empty words count as none.
    pub fn text(&self, field: Field) -> Option<&str> {
        self.text_of(ItemId::SELF, field)
    }

    /// Known words of an item; empty words count as none.
    pub fn text_of(&self, item: ItemId, field: Field) -> Option<&str> {
        match self.value_of(item, field) {
            Some(Value::Text(text)) if !text.trim().is_empty() => Some(text),
            _ => None,
        }
    }

    /// A known phone number.
    pub fn phone(&self, field: Field) -> Option<&Phone> {
        match self.value(field) {
            Some(Value::Phone(phone)) => Some(phone),
            _ => None,
        }
    }

    /// A known serial number.
    pub fn serial(&self, field: Field) -> Option<&Serial> {
        match self.value(field) {
            Some(Value::Serial(serial)) => Some(serial),
            _ => None,
        }
    }

    /// Known money.
    pub fn fen(&self, field: Field) -> Option<Fen> {
        self.fen_of(ItemId::SELF, field)
    }

    /// Known money of an item.
    pub fn fen_of(&self, item: ItemId, field: Field) -> Option<Fen> {
        match self.value_of(item, field) {
            Some(Value::Fen(fen)) => Some(*fen),
            _ => None,
        }
    }

    /// A known link.
    pub fn link(&self, field: Field) -> Option<EntityId> {
        match self.value(field) {
            Some(Value::Link(entity)) => Some(*entity),
            _ => None,
        }
    }

    /// The items that have this field, in the order in which they were first entered.
    pub fn items_with(&self, field: Field) -> Vec<ItemId> {
        let mut items: Vec<(u32, ItemId)> = self
            .facts
            .iter()
            .filter(|((item, has), _)| *has == field && *item != ItemId::SELF)
            .map(|((item, _), _)| (self.first_seq(*item), *item))
            .collect();
        items.sort_unstable();
        items.into_iter().map(|(_, item)| item).collect()
    }

    fn first_seq(&self, item: ItemId) -> u32 {
        self.changes
            .iter()
            .find(|change| change.item == item)
            .map_or(0, |change| change.seq)
    }
}
