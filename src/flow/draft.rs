//! Where one is and what is half typed: kept outside once a second, so that a killed session comes
//! back to it.

use crate::desk::field::Field;
use crate::desk::id::{EntityId, ItemId};

use super::editor::Editor;
use super::state::{CaseScreen, Overlay, Prompt};
use super::unsaved::Unsaved;

/// A prompt with what is typed in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompted {
    /// What is asked for.
    pub prompt: Prompt,
    /// The text.
    pub text: String,
    /// The caret.
    pub caret: (usize, usize),
}

impl Prompted {
    /// The prompt as it lay over the screen.
    pub(super) fn overlay(&self) -> Overlay {
        let mut typed = Editor::new(&self.text, false);
        typed.place_caret(self.caret);
        Overlay::Prompt {
            prompt: self.prompt,
            typed,
        }
    }
}

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
    /// The fact the person saw when beginning to type: its sequence number, 0 for none.
    pub base: u32,
    /// What was entered and is not saved yet.
    pub unsaved: Vec<Unsaved>,
    /// The open prompt.
    pub prompt: Option<Prompted>,
    /// What is typed in the open palette.
    pub palette: Option<String>,
    /// What is typed on the board.
    pub search: String,
}

impl Draft {
    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        *self == Draft::default()
    }

    /// How many fields were entered and are not saved yet.
    pub fn fields(&self) -> usize {
        self.unsaved.iter().map(|it| it.fields.len()).sum()
    }
}
