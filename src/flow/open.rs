//! What fills the screen: the board, or a case or a parcel with its form, as it is saved and as it was
//! entered.

use crate::desk::change::{Act, Ground, Planned};
use crate::desk::contact::{Contacts, Relation};
use crate::desk::field::Field;
use crate::desk::id::EntityKind;
use crate::desk::phone::Phone;
use crate::desk::record::Record;
use crate::desk::value::Entry;
use crate::work::case::{Case, apply_planned};
use crate::work::row::CaseRow;

use super::form::{self, Cell, Form};
use super::state::CaseScreen;
use super::typed;

/// The history of a case.
#[derive(Debug, Clone, Default)]
pub struct HistoryView {
    /// The line the mark is at; the newest is first.
    pub cursor: usize,
    /// The case as it stood after that change, while it is looked at.
    pub past: Option<Box<Case>>,
}

/// A case being worked on.
#[derive(Debug, Clone)]
pub struct OpenCase {
    /// The case as it is saved.
    pub case: Case,
    /// What was entered and is not saved yet.
    pub pending: Vec<Planned>,
    /// The case with what was entered; none where all of it is saved.
    pub with_pending: Option<Box<Case>>,
    /// The case with what is only typed so far; the checks show this one.
    pub live: Option<Box<Case>>,
    /// The screen.
    pub screen: CaseScreen,
    /// Its form; without rows on the summary and the history.
    pub form: Form,
    /// Other cases of the same caller and of others behind the same line, as they were last asked
    /// for; [`OpenCase::callers`] tells them apart.
    pub same_caller: Vec<CaseRow>,
    /// Its parcels, the cases it was joined with, and their parcels.
    pub around: Vec<Record>,
    /// The outgoing box with this waybill, where one was begun.
    pub outgoing_box: Option<(String, Record)>,
    /// The finding the mark is at while one is in the checks.
    pub checks_cursor: Option<usize>,
    /// The history.
    pub history: HistoryView,
    /// The page of the summary, from 0; drawing stays on the last one.
    pub page: usize,
}

impl OpenCase {
    /// The case as the checks show it: with what is only typed so far.
    pub fn shown(&self) -> &Case {
        self.live.as_deref().unwrap_or_else(|| self.entered())
    }

    /// The case with what was entered, saved or not: what the form shows and edits.
    pub fn entered(&self) -> &Case {
        self.with_pending.as_deref().unwrap_or(&self.case)
    }

    /// The other cases of those who stand so to the caller as entered now.
    pub fn callers(&self, relation: Relation) -> impl Iterator<Item = &CaseRow> {
        let record = &self.entered().record;
        let (own, contacts) = (record.id(), Contacts::of(record));
        self.same_caller.iter().filter(move |row| {
            row.id != own && contacts.relation(&row.contacts()) == Some(relation)
        })
    }

    /// The cases it was joined with.
    pub fn joined(&self) -> impl Iterator<Item = &Record> {
        let around = self.around.iter();
        around.filter(|record| record.kind() == EntityKind::Case)
    }

    /// Of those the ones known by what stands in one field.
    pub fn known_by(&self, field: Field, relation: Relation) -> impl Iterator<Item = &CaseRow> {
        let contacts = Contacts::in_field(&self.entered().record, field);
        self.callers(relation)
            .filter(move |row| contacts.relation(&row.contacts()) == Some(relation))
    }

    /// The numbers of the others behind the line in a field, each once.
    pub fn other_extensions(&self, field: Field) -> Vec<Phone> {
        let own = self.entered().record.phone(field);
        let theirs = self.known_by(field, Relation::OtherExtension);
        let mut phones: Vec<Phone> = theirs
            .flat_map(|row| row.contacts().phones)
            .filter(|phone| own.is_some_and(|own| own.same_line(phone)))
            .collect();
        phones.sort();
        phones.dedup();
        phones
    }

    /// Takes in what was entered and is not saved yet.
    pub fn set_pending(&mut self, pending: Vec<Planned>) {
        self.pending = pending;
        self.show_pending();
    }

    /// Makes everything anew that follows from the case and what was entered.
    pub fn show_pending(&mut self) {
        self.with_pending = match self.pending.as_slice() {
            [] => None,
            pending => Some(Box::new(self.case.with_planned(Act::Edit, pending))),
        };
        let it = self.filling();
        it.form.take_in(it.entered);
        self.refresh();
    }

    /// Makes the rows anew and takes in what is typed.
    pub fn refresh(&mut self) {
        self.live = self.typed_entry().map(|entry| {
            let (item, field) = self.form.focus;
            let planned = Planned {
                entity: self.case.record.id(),
                kind: self.case.record.kind(),
                ground: form::usual_ground(self.screen, field),
                item,
                field,
                entry,
                base: 0,
            };
            Box::new(
                self.entered()
                    .with_planned(Act::Edit, std::slice::from_ref(&planned)),
            )
        });
        let rows = form::rows(
            self.screen,
            self.shown(),
            self.form.shows_more,
            self.form.new_item,
        );
        let it = self.filling();
        it.form.set_rows(rows, it.entered);
    }

    pub(super) fn filling(&mut self) -> Filling<'_> {
        let entered = self.with_pending.as_deref().unwrap_or(&self.case);
        Filling {
            form: &mut self.form,
            saved: &self.case.record,
            entered: &entered.record,
        }
    }

    /// What is typed and not saved, as the field would hold it.
    pub fn typed_entry(&self) -> Option<Entry> {
        let text = self.form.typed()?;
        let (_, field) = self.form.focus;
        Some(typed::entry(field, &text, self.case.today))
    }

    /// The same case with another record, keeping place and parcels.
    pub fn set_case(&mut self, case: Case) {
        self.case = case;
        self.live = None;
        self.history.past = None;
        self.show_pending();
    }
}

/// A parcel being taken in.
#[derive(Debug, Clone)]
pub struct OpenParcel {
    /// What is recorded.
    pub record: Record,
    /// The same with what was entered; none where all of it is saved.
    pub with_pending: Option<Record>,
    /// What was entered and is not saved yet.
    pub pending: Vec<Planned>,
    /// The form.
    pub form: Form,
    /// The cases its goods belong to.
    pub cases: Vec<Case>,
}

impl OpenParcel {
    /// The parcel with what was entered, saved or not: what the form shows and edits.
    pub fn entered(&self) -> &Record {
        self.with_pending.as_ref().unwrap_or(&self.record)
    }

    /// Takes in what was entered and is not saved yet.
    pub fn set_pending(&mut self, pending: Vec<Planned>) {
        self.pending = pending;
        self.show_pending();
    }

    /// Makes everything anew that follows from the parcel and what was entered.
    pub fn show_pending(&mut self) {
        self.with_pending = (!self.pending.is_empty()).then(|| {
            let mut record = self.record.clone();
            apply_planned(&mut record, Act::Edit, &self.pending);
            record
        });
        let it = self.filling();
        it.form.take_in(it.entered);
        self.refresh();
    }

    /// Makes the rows anew.
    pub fn refresh(&mut self) {
        let rows = form::parcel_rows(self.entered(), self.form.new_item);
        let it = self.filling();
        it.form.set_rows(rows, it.entered);
    }

    pub(super) fn filling(&mut self) -> Filling<'_> {
        Filling {
            form: &mut self.form,
            saved: &self.record,
            entered: self.with_pending.as_ref().unwrap_or(&self.record),
        }
    }
}

/// What fills the screen.
#[derive(Debug, Clone)]
pub enum View {
    /// The board.
    Board,
    /// A case.
    Case(Box<OpenCase>),
    /// A parcel being taken in.
    Parcel(Box<OpenParcel>),
}

impl View {
    /// The record of what is open, as it is saved.
    pub fn saved(&self) -> Option<&Record> {
        match self {
            View::Board => None,
            View::Case(open) => Some(&open.case.record),
            View::Parcel(open) => Some(&open.record),
        }
    }

    /// The same with what was entered, saved or not.
    pub fn entered(&self) -> Option<&Record> {
        match self {
            View::Board => None,
            View::Case(open) => Some(&open.entered().record),
            View::Parcel(open) => Some(open.entered()),
        }
    }

    /// The form the caret is in.
    pub fn form(&self) -> Option<&Form> {
        match self {
            View::Board => None,
            View::Case(open) => Some(&open.form),
            View::Parcel(open) => Some(&open.form),
        }
    }

    /// The form the caret is in and the record it fills.
    pub(super) fn filling(&mut self) -> Option<Filling<'_>> {
        match self {
            View::Board => None,
            View::Case(open) => Some(open.filling()),
            View::Parcel(open) => Some(open.filling()),
        }
    }

    /// Makes the rows anew and takes in what is typed.
    pub(super) fn refresh(&mut self) {
        match self {
            View::Board => {}
            View::Case(open) => open.refresh(),
            View::Parcel(open) => open.refresh(),
        }
    }

    /// The ground a value entered here has, unless the person says otherwise.
    pub(super) fn usual_ground(&self, field: Field) -> Ground {
        match self {
            View::Case(open) => form::usual_ground(open.screen, field),
            View::Board | View::Parcel(_) => Ground::Inspected,
        }
    }
}

/// A form and the record it fills.
pub(super) struct Filling<'a> {
    pub form: &'a mut Form,
    /// The record as it is saved.
    pub saved: &'a Record,
    /// The record with what was entered, saved or not: what the form shows and edits.
    pub entered: &'a Record,
}

impl Filling<'_> {
    /// Puts the caret in a cell and takes its text up for editing.
    pub fn go_to(self, cell: Cell) {
        self.form.go_to(cell, self.entered);
    }

    /// The person begins to type, or types on.
    pub fn touch(self) {
        self.form.touch(self.saved);
    }
}
