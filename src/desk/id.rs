//! Identifiers: of entities, of items inside an entity, of actions.

/// What is recorded: a case, a parcel, or a person. The number is made by [`Fresh`], never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub i64);

/// One of several things of a kind inside an entity: a quote line, a payment, goods in a parcel.
/// [`ItemId::SELF`] is the entity itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct ItemId(pub u32);

impl ItemId {
    /// The entity itself, not one of its items.
    pub const SELF: ItemId = ItemId(0);
}

/// One action of a person: all changes it made carry it, in one entity or in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActionId(pub i64);

/// The kinds of entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A case: one product of one customer, from the call to the parcel back.
    Case,
    /// A parcel, incoming or outgoing, with goods for one, several or no known case.
    Parcel,
    /// A person who works at the desk.
    Staff,
}

impl EntityKind {
    /// The word stored in the file.
    pub fn code(self) -> &'static str {
        match self {
            EntityKind::Case => "case",
            EntityKind::Parcel => "parcel",
            EntityKind::Staff => "staff",
        }
    }

    /// The kind a stored word names.
    pub fn from_code(code: &str) -> Option<EntityKind> {
        match code {
            "case" => Some(EntityKind::Case),
            "parcel" => Some(EntityKind::Parcel),
            "staff" => Some(EntityKind::Staff),
            _ => None,
        }
    }
}

/// A source of fresh identifiers. Seeded from outside, so that the pure floors stay pure and a test
/// or a demo desk gets the same identifiers for the same seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fresh {
    state: u64,
}

impl Fresh {
    /// A source that starts at `seed`; give every session another one.
    pub fn new(seed: u64) -> Fresh {
        Fresh { state: seed }
    }

    /// The next number of the sequence (SplitMix64).
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// An entity made at `unix_millis`: later ones sort after earlier ones, so the newest cases lie
    /// together in the file; 22 random bits keep sessions apart within a millisecond.
    pub fn entity(&mut self, unix_millis: i64) -> EntityId {
        let random = (self.next() >> 42) as i64;
        EntityId(((unix_millis.max(0) & 0x1ff_ffff_ffff) << 22) | random)
    }

    /// An item; never [`ItemId::SELF`].
    pub fn item(&mut self) -> ItemId {
        ItemId(((self.next() >> 33) as u32).max(1))
    }

    /// An action.
    pub fn action(&mut self) -> ActionId {
        ActionId((self.next() >> 1) as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn identifiers_do_not_repeat_and_sort_by_time() {
        let mut fresh = Fresh::new(7);
        let many: HashSet<_> = (0..10_000).map(|ms| fresh.entity(ms)).collect();
        assert_eq!(many.len(), 10_000);
        assert!(fresh.entity(1_000) < fresh.entity(1_001));
        assert_ne!(fresh.item(), ItemId::SELF);
        assert!(fresh.action().0 >= 0);
    }
}
