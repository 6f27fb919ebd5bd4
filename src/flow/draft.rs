//! Where one is and what is half typed: kept outside once a second, so that a killed session comes
//! back to it.

use crate::desk::field::Field;
use crate::desk::id::{EntityId, ItemId};

use super::state::CaseScreen;

/// What a person would lose with the session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The open case.
    pub case: Option<EntityId>,
    /// The open parcel.
    pub parcel: Option<EntityId>,
    /// The screen of the case.
    pub screen: Option<CaseScreen>,
    /// The field one is in.
    pub field: Option<(ItemId, Field)>,
    /// What is typed in it and not saved yet.
    pub text: Option<String>,
    /// The caret.
    pub caret: (usize, usize),
    /// What is typed on the board.
    pub search: String,
}

impl Draft {
    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        *self == Draft::default()
    }
}
