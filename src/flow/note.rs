//! The one line that tells what just happened, typed; the screen puts it in words.

use crate::desk::change::Act;
use crate::desk::field::Field;
use crate::desk::money::Fen;
use crate::desk::staff::Role;
use crate::desk::value::Entry;
use crate::work::action::Refusal;
use crate::work::elsewhere::Elsewhere;
use crate::work::standing::Blocker;

use super::event::StoreFault;
use super::typed::Fault;

/// What somebody else did to the open case or parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theirs {
    /// The login name.
    pub who: String,
    /// What kind of action it was.
    pub act: Act,
    /// The first field it changed.
    pub field: Field,
    /// How that stood.
    pub from: Entry,
    /// How it stands now.
    pub to: Entry,
    /// How many other changes it made.
    pub more: usize,
}

/// What was kept of a session that was cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// The field in which something was half typed.
    pub field: Option<Field>,
    /// How many fields were left and could not be saved.
    pub fields: usize,
}

/// What just happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// What was asked for is not possible now.
    Refused(Refusal),
    /// What was asked for has no sense here (the code of `unavailable-...`).
    Unavailable(&'static str),
    /// What was typed says nothing the field can hold; it is kept and counts as unknown.
    Unreadable(Field, Fault),
    /// A paste did not fit: so many characters were left out.
    PasteCut(usize),
    /// The field takes one of its options, so that a paste goes nowhere.
    NoPaste(Field),
    /// A case got its number.
    Numbered(String),
    /// An action was taken back.
    Undone,
    /// An action was done.
    Done(Act),
    /// A parcel was taken in, with so many goods, so many of them with a new case.
    TakenIn {
        /// Cases that arrived.
        cases: usize,
        /// Cases made for unannounced goods.
        unannounced: usize,
    },
    /// A case was closed with this outcome; its number where it has one.
    Closed(Option<String>, &'static str),
    /// The case was closed, and this of its money is left: it stays on the board until it is done.
    ClosedWithMoney(Vec<Blocker>),
    /// The quote that was just issued is accepted by the ceiling agreed at the call.
    AcceptedByCeiling {
        /// What the quote comes to.
        total: Fen,
        /// What was agreed at the call.
        ceiling: Fen,
    },
    /// Nothing was found.
    NothingFound(String),
    /// Goods whose serial or case number is not expected: they will get a case of their own.
    Unexpected(String),
    /// Goods of a case carry another serial number than was announced for it.
    OtherInBox {
        /// What was announced.
        announced: String,
        /// What stands on the goods.
        in_box: String,
    },
    /// What was scanned is the unit of the open case itself.
    ThisCase(String),
    /// A serial or case number that may mean several cases, and their numbers: nothing is linked yet.
    Several(String, Vec<String>),
    /// The unit is open in these other cases.
    AlsoOpen(Vec<Elsewhere>),
    /// The store could not read what was asked for; the screen is as it was.
    NotRead(StoreFault),
    /// The store could not save; what was typed is still in its field.
    NotSaved(StoreFault),
    /// Somebody else changed the open case or parcel.
    Theirs(Box<Theirs>),
    /// What is half typed cannot be kept; what is left is saved all the same.
    NotKept(StoreFault),
    /// The backup of the day could not be made.
    NoBackup(StoreFault),
    /// What is half typed is kept again.
    KeptAgain,
    /// Somebody gave the person another role.
    RoleNow(Role),
    /// Everything that could not be saved at first is saved now.
    SavedAfterAll,
    /// Somebody else changed the case in between: it is shown as it stands now.
    ChangedMeanwhile,
    /// Leaving now leaves so many fields unsaved; they come back.
    LeavingUnsaved(usize),
    /// Leaving now loses so many fields: they can neither be saved nor kept.
    LosingUnsaved(usize),
    /// The session goes on where an earlier one was cut off; what of it was kept.
    Restored(Kept),
    /// The case or parcel does not exist any more.
    Gone,
}

impl Note {
    /// What leaving does to so many fields that are not saved; `is_lost` where drafts cannot be kept.
    pub fn leaving(fields: usize, is_lost: bool) -> Note {
        match is_lost {
            true => Note::LosingUnsaved(fields),
            false => Note::LeavingUnsaved(fields),
        }
    }

    /// Whether it tells of something that went wrong.
    pub fn is_trouble(&self) -> bool {
        match self {
            Note::Refused(_)
            | Note::Unavailable(_)
            | Note::Unreadable(..)
            | Note::PasteCut(_)
            | Note::NoPaste(_)
            | Note::NothingFound(_)
            | Note::Unexpected(_)
            | Note::Several(..)
            | Note::ThisCase(_)
            | Note::OtherInBox { .. }
            | Note::AlsoOpen(_)
            | Note::NotSaved(_)
            | Note::NotRead(_)
            | Note::NotKept(_)
            | Note::NoBackup(_)
            | Note::ChangedMeanwhile
            | Note::LeavingUnsaved(_)
            | Note::LosingUnsaved(_)
            | Note::Gone => true,
            Note::Numbered(_)
            | Note::Undone
            | Note::Done(_)
            | Note::TakenIn { .. }
            | Note::Closed(..)
            | Note::ClosedWithMoney(_)
            | Note::AcceptedByCeiling { .. }
            | Note::Theirs(_)
            | Note::KeptAgain
            | Note::RoleNow(_)
            | Note::SavedAfterAll
            | Note::Restored(_) => false,
        }
    }
}
