//! Entering people and changing what they may do: planned here as everything is, by whoever owns the
//! desk's file (`aftercare staff`), not by a role at the desk.

use crate::desk::change::{Act, Batch, Ground, Planned};
use crate::desk::field::Field;
use crate::desk::id::EntityKind;
use crate::desk::person::Person;
use crate::desk::record::Record;
use crate::desk::staff::{Badge, Role, StaffName};
use crate::desk::value::{Entry, Value};

use super::action::{Actor, FieldEdit, by_desk, planned};

/// What is done about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffAction {
    /// Enter somebody, with what is known already.
    Add {
        /// As what.
        role: Role,
        /// An SSH key, `ssh-ed25519 AAAA...`.
        key: Option<String>,
        /// A badge.
        badge: Option<Badge>,
        /// The argon2 hash of a PIN.
        pin: Option<String>,
    },
    /// Give another role.
    Role(Role),
    /// Let nobody work under the name any more.
    Disable,
    /// Let the person work again.
    Enable,
    /// Enter a further SSH key.
    Key(String),
    /// Enter the badge, in place of an earlier one.
    Badge(Badge),
    /// Set the PIN, by its argon2 hash; the earlier one is erased.
    Pin(String),
}

/// Why nothing is done about a person. The command line puts it in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffRefusal {
    /// There is somebody of this name, who may be disabled; a name is never given twice.
    NameTaken,
    /// There is nobody of this name.
    NoSuchPerson,
    /// The last supervisor who may work: nobody could grant an exception any more.
    LastSupervisor,
    /// The key is this person's: it could not say who somebody is.
    KeyOf(StaffName),
    /// The badge is this person's.
    BadgeOf(StaffName),
}

/// Plans what is done about the person `name`. `people` are the records of everybody entered. `None`
/// where it stands so already.
///
/// # Errors
/// [`StaffRefusal`].
pub fn plan(
    people: &[Record],
    name: &StaffName,
    action: &StaffAction,
    actor: &mut Actor,
) -> Result<Option<Batch>, StaffRefusal> {
    let everybody: Vec<Person> = people.iter().filter_map(Person::of).collect();
    let person = everybody.iter().find(|person| person.name == *name);
    let record = person.and_then(|it| people.iter().find(|record| record.id() == it.id));
    let changes = match (action, person.zip(record)) {
        (StaffAction::Add { .. }, Some(_)) => return Err(StaffRefusal::NameTaken),
        (StaffAction::Add { role, .. }, None) => {
            let id = actor.fresh.entity(actor.now.at.timestamp_millis());
            let record = Record::new(id, EntityKind::Staff);
            let mut changes = vec![
                by_desk(&record, Field::StaffName, text(name.as_str())),
                by_desk(&record, Field::StaffRole, choice(role.code())),
                by_desk(&record, Field::StaffState, choice("enabled")),
            ];
            for further in further(action) {
                changes.extend(one(&everybody, name, &record, None, &further, actor)?);
            }
            changes
        }
        (_, None) => return Err(StaffRefusal::NoSuchPerson),
        (action, Some((person, record))) => {
            one(&everybody, name, record, Some(person), action, actor)?
        }
    };
    Ok((!changes.is_empty()).then(|| actor.batch(Act::Staff, changes)))
}

/// What else a new person is entered with.
fn further(action: &StaffAction) -> Vec<StaffAction> {
    let StaffAction::Add {
        key, badge, pin, ..
    } = action
    else {
        return Vec::new();
    };
    let key = key.clone().map(StaffAction::Key);
    let badge = badge.clone().map(StaffAction::Badge);
    key.into_iter()
        .chain(badge)
        .chain(pin.clone().map(StaffAction::Pin))
        .collect()
}

/// The changes of one action on a record; none where it stands so already.
fn one(
    everybody: &[Person],
    name: &StaffName,
    record: &Record,
    person: Option<&Person>,
    action: &StaffAction,
    actor: &mut Actor,
) -> Result<Vec<Planned>, StaffRefusal> {
    let held = |field, value: Entry| {
        let stands = record.fact(field).is_some_and(|fact| fact.entry == value);
        (!stands).then(|| by_desk(record, field, value))
    };
    let changes = match action {
        StaffAction::Add { .. } => None,
        StaffAction::Role(role) => {
            if *role != Role::Supervisor {
                somebody_else_grants(everybody, person)?;
            }
            held(Field::StaffRole, choice(role.code()))
        }
        StaffAction::Disable => {
            somebody_else_grants(everybody, person)?;
            held(Field::StaffState, choice("disabled"))
        }
        StaffAction::Enable => held(Field::StaffState, choice("enabled")),
        StaffAction::Key(key) => {
            let holds = |person: &&Person| person.keys.iter().any(|(_, known)| known == key);
            match everybody.iter().find(holds) {
                Some(holder) if holder.name == *name => None,
                Some(holder) => return Err(StaffRefusal::KeyOf(holder.name.clone())),
                None => Some(planned(
                    record,
                    FieldEdit {
                        item: actor.fresh.item(),
                        field: Field::StaffKey,
                        entry: text(key),
                        ground: Ground::Desk,
                    },
                )),
            }
        }
        StaffAction::Badge(badge) => {
            let holds = |person: &&Person| person.badge.as_deref() == Some(badge.as_str());
            match everybody.iter().find(holds) {
                Some(holder) if holder.name != *name => {
                    return Err(StaffRefusal::BadgeOf(holder.name.clone()));
                }
                _ => held(Field::StaffBadge, text(badge.as_str())),
            }
        }
        StaffAction::Pin(hash) => {
            let erased = record
                .fact(Field::StaffPin)
                .map(|_| by_desk(record, Field::StaffPin, Entry::Erased));
            let set = by_desk(record, Field::StaffPin, text(hash));
            return Ok(erased.into_iter().chain([set]).collect());
        }
    };
    Ok(changes.into_iter().collect())
}

/// Whether a supervisor who may work is left without this person, or there was none before either.
fn somebody_else_grants(everybody: &[Person], person: Option<&Person>) -> Result<(), StaffRefusal> {
    let grants = |it: &&Person| it.role == Role::Supervisor && !it.is_disabled;
    let mut granting = everybody.iter().filter(grants);
    let is_one = person.is_some_and(|person| grants(&person));
    if is_one && granting.all(|it| Some(it.id) == person.map(|person| person.id)) {
        return Err(StaffRefusal::LastSupervisor);
    }
    Ok(())
}

fn text(text: &str) -> Entry {
    Entry::Known(Value::Text(text.to_string()))
}

fn choice(code: &'static str) -> Entry {
    Entry::Known(Value::Choice(code))
}
