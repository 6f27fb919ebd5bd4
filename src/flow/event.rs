//! What comes in, and what is to be done outside: the only ways in and out of the state machine.

use tui_textarea::Input;

use crate::desk::change::Change;
use crate::desk::contact::Contacts;
use crate::desk::field::Field;
use crate::desk::id::{EntityId, ItemId};
use crate::desk::pin::Pin;
use crate::desk::record::Record;
use crate::desk::staff::Badge;
use crate::work::action::Refusal;
use crate::work::intent::Proposal;
use crate::work::join::Way;
use crate::work::row::CaseRow;

use super::bench::Identified;
use super::command::Command;
use super::draft::Draft;
use super::person::Stands;
use super::unsaved::Clash;

/// A line of a search: a case, and what of it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The case.
    pub row: CaseRow,
    /// Which field the text was found in.
    pub matched: Field,
    /// Whether it is the whole number that was typed.
    pub is_exact: bool,
    /// Whether the case holds something else there by now.
    pub is_former: bool,
    /// Whether only the line is the same, and the extension another: somebody else's.
    pub other_extension: bool,
    /// The value it was found by, where the line shows another.
    pub value: Option<String>,
}

/// Everything the store knows around a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The case.
    pub record: Record,
    /// Other cases of the same serial number.
    pub same_serial: Vec<Record>,
    /// Other cases of the same caller, then of others behind the same line; newest first.
    pub same_caller: Vec<CaseRow>,
    /// Its parcels, the cases it was joined with, and their parcels.
    pub around: Vec<Record>,
}

/// Another session, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// The login name.
    pub who: String,
    /// The case or parcel that is open there.
    pub at: Option<EntityId>,
}

/// Why the store could not save. The screen puts it in words (`store-...`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreFault {
    /// Somebody changed the same field in the meantime.
    Stale,
    /// The file is locked by another program for too long.
    Busy,
    /// The disk is full.
    Full,
    /// The file or its folder may not be written.
    ReadOnly,
    /// The file is not in its place any more.
    Gone,
    /// What stands in the file cannot be.
    Damaged,
    /// The desk's own work on the file has ended by a fault of the program.
    Ended,
    /// Something else; the log has no personal data either.
    Other,
}

/// Whether a question that appears by itself can have been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attention {
    /// It has only just appeared: a key now is meant for what was there before.
    TooEarly,
    /// It may be answered.
    Ready,
    /// A key came too early: the question waits, and the key goes where it was meant to.
    PutOff,
}

/// What comes in.
#[derive(Debug, Clone)]
pub enum Event {
    /// A key or a line of the palette asked for this.
    Command(Command),
    /// The palette was asked for; these are the names of the commands in the person's language.
    Palette(Vec<(Command, String)>),
    /// A key for the text being edited.
    Edit(Input),
    /// Pasted text.
    Paste(String),
    /// A burst of characters that ended in Enter: a scanner, unless its shape says otherwise.
    Scan(String),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// Time went by; another day may have begun.
    Tick,
    /// The open cases.
    Board(Vec<CaseRow>),
    /// What the search for this text found.
    Found(String, Vec<Found>),
    /// What looking this text up found, after Enter or a scan on the board.
    LookedUp(String, Vec<Found>),
    /// A case, as asked for.
    Case(Box<Opened>),
    /// A parcel and the cases its goods belong to, as asked for.
    Parcel(Box<Record>, Vec<Record>),
    /// The earlier cases of the open case's serial number.
    SameSerial(EntityId, Vec<Record>),
    /// The earlier cases of the open case's caller.
    SameCaller(EntityId, Vec<CaseRow>),
    /// The outgoing box with the waybill that was asked for.
    OutgoingBox(String, Option<Box<Record>>),
    /// The cases that may be meant as the right one by what was typed.
    RightCases(Way, Vec<Record>),
    /// The open cases the goods of an item may belong to.
    Matched(ItemId, String, Vec<Record>),
    /// What was asked for could not be read: nothing is known of it, also not that it is missing.
    NotRead(StoreFault),
    /// There is no such case or parcel.
    Missing(EntityId),
    /// What others changed: the changes in the order in which they were made, and the lines of the
    /// cases that are different now.
    News(Vec<Change>, Vec<CaseRow>),
    /// Where the other sessions are now.
    Others(Vec<Present>),
    /// Whether what is half typed can be kept: why not, or nothing where it can again.
    Drafts(Option<StoreFault>),
    /// The backup of the day could not be made.
    NoBackup(StoreFault),
    /// The open case, read again.
    Refreshed(Box<Opened>),
    /// The open parcel and its cases, read again.
    ParcelRefreshed(Box<Record>, Vec<Record>),
    /// The commit was saved; these are its changes.
    Saved(Vec<Change>),
    /// What could not be saved is to be tried again.
    TryAgain,
    /// The commit was not saved: somebody else filled these fields after the person had looked.
    Stale(Vec<Clash>),
    /// The commit was not saved.
    NotSaved(StoreFault),
    /// The question which value stays has just appeared, and the person may be typing on.
    Question(Attention),
    /// What a badge and a PIN led to.
    Identified(Identified),
    /// Nobody has touched the shared bench for a while.
    Idle,
    /// The commit was not saved: on the records as they stand now a gate is closed, or it would come
    /// to something else than the person saw.
    Refused(Refusal),
    /// How the person stands at the desk.
    Standing(Stands),
    /// Where an earlier session of this person was cut off.
    Restore(Box<Draft>),
}

/// What is to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Save this whole, where it is still possible; then answer [`Event::Saved`], [`Event::NotSaved`]
    /// or [`Event::Refused`].
    Commit(Box<Proposal>),
    /// Answer [`Event::Board`].
    LoadBoard,
    /// Answer [`Event::Case`].
    LoadCase(EntityId),
    /// Answer [`Event::Parcel`].
    LoadParcel(EntityId),
    /// Answer [`Event::Refreshed`]; nothing waits for it.
    Refresh(EntityId),
    /// Answer [`Event::ParcelRefreshed`]; nothing waits for it.
    RefreshParcel(EntityId),
    /// Answer [`Event::Found`]; only the newest search counts.
    Search(String),
    /// Answer [`Event::LookedUp`].
    LookUp(String),
    /// Answer [`Event::SameSerial`] for this case.
    SameSerial(EntityId, String),
    /// Answer [`Event::SameCaller`] for this case, whose caller is reached so.
    SameCaller(EntityId, Contacts),
    /// Answer [`Event::OutgoingBox`].
    FindOutgoingBox(String),
    /// Answer [`Event::Matched`] with the open cases of this serial or case number.
    Match(ItemId, String),
    /// Answer [`Event::RightCases`].
    FindRightCase(Way, String),
    /// Answer [`Event::Identified`].
    Identify(Badge, Pin),
    /// A person has sat down at the bench: answer [`Event::Restore`] where they left something.
    TakeSeat,
    /// This person has left the bench, and would lose this.
    LeaveSeat(String, Box<Draft>),
    /// Answer [`Event::Standing`] of this name.
    Standing(String),
    /// Leave the program.
    Quit,
}
