//! What others did meanwhile: on the board, in the open case, in the parcel being taken in. The caret,
//! what is half typed, the marks and what lies over the screen stay where they are.

use crate::desk::change::{Act, Change};
use crate::desk::contact::Contacts;
use crate::desk::field::Field;
use crate::desk::id::{EntityId, EntityKind};
use crate::desk::parcel::Parcel;
use crate::desk::record::Record;
use crate::desk::serial::Serial;
use crate::desk::value::{Entry, Value};
use crate::work::case::Case;
use crate::work::earlier::EarlierRepair;
use crate::work::elsewhere::Elsewhere;
use crate::work::intent::Seen;
use crate::work::row::CaseRow;

use super::event::{Effect, Opened};
use super::note::{Note, Theirs};
use super::state::{Board, OpenCase, OpenParcel, State, View};
use super::{filling, unsaved};

/// Takes in what others changed: the changes in their order, and the lines that are different now.
pub(super) fn take_in(
    state: &mut State,
    changes: &[Change],
    rows: &[CaseRow],
    effects: &mut Vec<Effect>,
) {
    on_board(state, rows, effects);
    let told = match &mut state.view {
        View::Board => None,
        View::Case(open) => {
            let told = theirs(&open.case.record, changes);
            in_case(open, changes, rows, effects);
            told
        }
        View::Parcel(open) => {
            let told = theirs(&open.record, changes);
            in_parcel(open, changes, effects);
            told
        }
    };
    tell(state, told);
}

/// Says who changed what, unless the person has a warning to deal with first.
fn tell(state: &mut State, told: Option<Theirs>) {
    let is_free = state.note.as_ref().is_none_or(|note| !note.is_trouble());
    if let Some(theirs) = told.filter(|_| is_free) {
        state.note = Some(Note::Theirs(Box::new(theirs)));
    }
}

/// The latest of the changes of this record that it does not have yet.
fn theirs(record: &Record, changes: &[Change]) -> Option<Theirs> {
    let is_new = |change: &&Change| change.entity == record.id() && change.seq >= record.next_seq();
    let new: Vec<&Change> = changes.iter().filter(is_new).collect();
    let latest = new.last()?;
    let mut of_action = new.iter().filter(|change| change.action == latest.action);
    let first = of_action.next().unwrap_or(latest);
    let more = of_action.count();
    let from = record
        .fact_of(first.item, first.field)
        .map_or(Entry::Unknown, |fact| fact.entry.clone());
    Some(Theirs {
        who: first.who.clone(),
        act: first.act,
        field: first.field,
        from,
        to: first.entry.clone(),
        more,
    })
}

// --- the board

/// Order of the board: by stage, then by due day, those without one last, then the oldest.
pub(super) fn sort(rows: &mut [CaseRow]) {
    rows.sort_by_key(|row| (row.stage, row.due.is_none(), row.due, row.begun_at));
}

fn on_board(state: &mut State, rows: &[CaseRow], effects: &mut Vec<Effect>) {
    if rows.is_empty() {
        return;
    }
    let is_on_board = matches!(state.view, View::Board);
    state.board.keep_mark(|board| {
        let is_new = |old: &CaseRow| rows.iter().all(|row| row.id != old.id);
        board.rows.retain(is_new);
        let open = rows.iter().filter(|row| row.outcome.is_none());
        board.rows.extend(open.cloned());
        sort(&mut board.rows);
        if let Some((_, found)) = &mut board.found {
            for line in found {
                if let Some(row) = rows.iter().find(|row| row.id == line.row.id) {
                    line.row = row.clone();
                }
            }
        }
    });
    let text = state.board.search.text();
    if is_on_board && !text.trim().is_empty() && !state.board.is_exact {
        effects.push(Effect::Search(text));
    }
}

impl Board {
    /// Changes the lines and puts the mark back on the case it was at; where that is gone, on the line
    /// that is in its place now.
    pub(super) fn keep_mark(&mut self, change: impl FnOnce(&mut Board)) {
        let marked = self.marked().map(|row| row.id);
        change(self);
        let shown = self.shown();
        let there = shown.iter().position(|row| Some(row.id) == marked);
        let last = shown.len().saturating_sub(1);
        self.cursor = there.unwrap_or(self.cursor.min(last));
    }
}

// --- a case

fn in_case(open: &mut OpenCase, changes: &[Change], rows: &[CaseRow], effects: &mut Vec<Effect>) {
    let id = open.case.record.id();
    let mut record = open.case.record.clone();
    let mut follows_on = apply(&mut record, changes);
    for other in &mut open.around {
        follows_on &= apply(other, changes);
    }
    if let Some((_, outgoing)) = &mut open.outgoing_box {
        follows_on &= apply(outgoing, changes);
    }
    let own = || changes.iter().filter(|change| change.entity == id);
    let has_others_around = own().any(|change| {
        matches!(
            change.field,
            Field::ParcelIn | Field::ParcelOut | Field::MovedTo | Field::CameFrom
        )
    });
    for change in own() {
        let looked_up = filling::looked_up(&record, change.item, change.field, &change.entry);
        effects.extend(looked_up);
    }
    if !follows_on || has_others_around {
        effects.push(Effect::Refresh(id));
    }
    if record.changes().len() != open.case.record.changes().len() {
        let case = open.case.with_record(record);
        merge(open, case);
    }
    look_around(open, changes, rows, effects);
}

/// What others did around the case: other cases of its product and its caller, the box it leaves in.
fn look_around(open: &OpenCase, changes: &[Change], rows: &[CaseRow], effects: &mut Vec<Effect>) {
    let record = &open.case.record;
    let id = record.id();
    let others = || rows.iter().filter(|row| row.id != id);
    if let Some(serial) = record.serial(Field::SerialNumber)
        && others().any(|row| is_of_its_life(open, row, serial))
    {
        effects.push(Effect::SameSerial(id, serial.as_str().to_string()));
    }
    let contacts = Contacts::of(record);
    if others().any(|row| contacts.relation(&row.contacts()).is_some()) {
        effects.push(Effect::SameCaller(id, contacts));
    }
    let is_box = |change: &Change| {
        change.kind == EntityKind::Parcel
            && change.field == Field::Waybill
            && match &change.entry {
                Entry::Known(Value::Text(text)) => record.text(Field::WaybillBack) == Some(text),
                _ => false,
            }
    };
    if let Some(waybill) = record.text(Field::WaybillBack)
        && changes.iter().any(is_box)
    {
        effects.push(Effect::FindOutgoingBox(waybill.to_string()));
    }
}

/// Whether a case is of the product of the open one, or was.
fn is_of_its_life(open: &OpenCase, row: &CaseRow, serial: &Serial) -> bool {
    let earlier = &open.case.earlier;
    row.has_unit(serial) || earlier.iter().any(|earlier| earlier.case == row.id)
}

/// Puts another state of the same case in place of the one that is shown.
fn merge(open: &mut OpenCase, case: Case) {
    let before = open.case.record.changes().len();
    let added = case.record.changes().len().saturating_sub(before);
    let finding = open.checks_cursor.and_then(|at| place_of_finding(open, at));
    open.case = case;
    open.form.keeps_focus();
    open.show_pending();
    if open.history.cursor > 0 || open.screen == super::state::CaseScreen::History {
        open.history.cursor += added;
    }
    if let Some(finding) = finding {
        open.checks_cursor = Some(find_again(open, finding));
    }
}

/// A finding: its clause, which of those with that clause, and its place in the list.
type Place = (crate::terms::clause::ClauseId, usize, usize);

fn place_of_finding(open: &OpenCase, at: usize) -> Option<Place> {
    let findings = open.shown().findings();
    let clause = findings.get(at)?.clause;
    let before = findings.iter().take(at);
    Some((clause, before.filter(|it| it.clause == clause).count(), at))
}

fn find_again(open: &OpenCase, (clause, nth, at): Place) -> usize {
    let findings = open.shown().findings();
    let same = findings
        .iter()
        .enumerate()
        .filter(|(_, it)| it.clause == clause);
    let last = findings.len().saturating_sub(1);
    let found = same.map(|(place, _)| place).nth(nth);
    found.unwrap_or(at.min(last))
}

/// The open case as it was read again: merged, not opened anew.
pub(super) fn refreshed(state: &mut State, opened: Opened, effects: &mut Vec<Effect>) {
    let id = opened.record.id();
    let Opened {
        record,
        same_serial,
        same_caller,
        around,
    } = opened;
    let is_open = state.case().is_some_and(|open| open.case.record.id() == id);
    let case = state.case_of(record, &same_serial);
    if !is_open {
        let seen = Seen::Case {
            case: &case,
            around: &around,
            outgoing: None,
        };
        unsaved::save_elsewhere(state, &case.record, seen, effects);
        return;
    }
    if let View::Case(open) = &mut state.view {
        open.same_caller = same_caller;
        open.around = around;
        merge(open, case);
    }
}

/// Other cases of the open case's serial number. Where it is open is said at once, unless that is known.
pub(super) fn same_serial(state: &mut State, id: EntityId, records: &[Record]) {
    let View::Case(open) = &mut state.view else {
        return;
    };
    if open.case.record.id() != id {
        return;
    }
    let record = &open.entered().record;
    let (knowledge, today) = (open.case.knowledge(), open.case.today);
    let elsewhere = Elsewhere::all(records, record, knowledge, today);
    let is_new = elsewhere != open.entered().elsewhere;
    let earlier = EarlierRepair::all(records, &open.case.record);
    let case = open.case.with_earlier(earlier);
    merge(open, case.with_elsewhere(elsewhere.clone()));
    let is_free = state.note.as_ref().is_none_or(|note| !note.is_trouble());
    if is_new && is_free && !elsewhere.is_empty() {
        state.note = Some(Note::AlsoOpen(elsewhere));
    }
}

// --- a parcel

fn in_parcel(open: &mut OpenParcel, changes: &[Change], effects: &mut Vec<Effect>) {
    let id = open.record.id();
    let mut record = open.record.clone();
    let mut follows_on = apply(&mut record, changes);
    for case in &mut open.cases {
        let mut record = case.record.clone();
        follows_on &= apply(&mut record, changes);
        if record.changes().len() != case.record.changes().len() {
            *case = case.with_record(record);
        }
    }
    let is_known = |id: EntityId| open.cases.iter().any(|case| case.record.id() == id);
    let links = Parcel::of(&record).goods.into_iter();
    let has_new_links = changes.iter().any(|change| change.entity == id)
        && links.filter_map(|goods| goods.case).any(|id| !is_known(id));
    if !follows_on || has_new_links {
        effects.push(Effect::RefreshParcel(id));
    }
    merge_parcel(open, record);
}

fn merge_parcel(open: &mut OpenParcel, record: Record) {
    open.record = record;
    open.form.keeps_focus();
    open.show_pending();
}

/// The open parcel as it was read again.
pub(super) fn parcel_refreshed(
    state: &mut State,
    record: Record,
    cases: Vec<Record>,
    effects: &mut Vec<Effect>,
) {
    let cases: Vec<Case> = cases
        .into_iter()
        .map(|record| state.case_of(record, &[]))
        .collect();
    if state.open_id() != Some(record.id()) {
        let seen = Seen::Parcel {
            parcel: &record,
            cases: &cases,
        };
        unsaved::save_elsewhere(state, &record, seen, effects);
        return;
    }
    if let View::Parcel(open) = &mut state.view
        && open.record.id() == record.id()
    {
        open.cases = cases;
        merge_parcel(open, record);
    }
}

// --- changes

/// Applies the changes of this record that it does not have yet; answers whether they followed on
/// what was there, so that it need not be read again. What was erased is erased from earlier changes
/// too, which only reading shows.
pub(super) fn apply(record: &mut Record, changes: &[Change]) -> bool {
    let id = record.id();
    let mut follows_on = true;
    for change in changes.iter().filter(|change| change.entity == id) {
        follows_on &= change.act != Act::Erase && change.entry != Entry::Erased;
        if change.seq >= record.next_seq() {
            follows_on &= record.apply(change.clone());
        }
    }
    follows_on
}
