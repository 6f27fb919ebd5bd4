//! A person who works at the desk, read from their record.

use super::field::Field;
use super::id::{EntityId, EntityKind, ItemId};
use super::record::Record;
use super::staff::{Role, StaffName};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The entity.
    pub id: EntityId,
    /// The name the person works under.
    pub name: StaffName,
    /// What the person may do.
    pub role: Role,
    /// Whether the person may not work now.
    pub is_disabled: bool,
    /// What the person's badge says.
    pub badge: Option<String>,
    /// The argon2 hash of the person's PIN.
    pub pin: Option<String>,
    /// The person's SSH keys, `ssh-ed25519 AAAA...`, in the order in which they were entered.
    pub keys: Vec<(ItemId, String)>,
}

impl Person {
    /// The person of a record; `None` where it is no person, or has no name or role that can be.
    pub fn of(record: &Record) -> Option<Person> {
        if record.kind() != EntityKind::Staff {
            return None;
        }
        let text = |field| record.text(field).map(str::to_string);
        let key = |item| Some((item, record.text_of(item, Field::StaffKey)?.to_string()));
        Some(Person {
            id: record.id(),
            name: StaffName::parse(record.text(Field::StaffName)?).ok()?,
            role: Role::from_code(record.choice(Field::StaffRole)?)?,
            is_disabled: record.choice(Field::StaffState) == Some("disabled"),
            badge: text(Field::StaffBadge),
            pin: text(Field::StaffPin),
            keys: record
                .items_with(Field::StaffKey)
                .into_iter()
                .filter_map(key)
                .collect(),
        })
    }
}
