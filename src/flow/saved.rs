//! The answers of the store: what was loaded, found, saved or not saved.

use crate::desk::change::{Act, Change};
use crate::desk::contact::Contacts;
use crate::desk::field::Field;
use crate::desk::id::{EntityId, EntityKind, ItemId};
use crate::desk::record::Record;
use crate::desk::value::{Entry, Value};
use crate::work::action::Refusal;

use super::draft::Draft;
use super::editor::Editor;
use super::event::{Effect, Event, Opened};
use super::form::Form;
use super::note::{Kept, Note};
use super::state::{After, Board, CaseScreen, Copying, State, View};
use super::unsaved::{self, Why};
use super::{board, casework, confirm, filling, news, person, receiving};

pub(super) fn answer(state: &mut State, event: Event, effects: &mut Vec<Effect>) {
    // It came late, and the person went on typing in what was open.
    if leads_away(state, &event) && filling::leave(state, effects) {
        super::then(state, event);
        return;
    }
    match event {
        Event::Board(mut rows) => {
            news::sort(&mut rows);
            state.board.rows = rows;
            let length = state.board.shown().len();
            state.board.cursor = state.board.cursor.min(length.saturating_sub(1));
        }
        Event::Found(text, found) if state.board.search.text() == text => {
            let is_same = matches!(&state.board.found, Some((of, _)) if *of == text);
            let show = |board: &mut Board| board.found = Some((text, found));
            if is_same {
                state.board.keep_mark(show);
            } else {
                show(&mut state.board);
            }
        }
        Event::LookedUp(text, found) => board::looked_up(state, text, found, effects),
        Event::Case(opened) => case_loaded(state, *opened, effects),
        Event::Parcel(record, cases) => parcel_loaded(state, *record, cases, effects),
        Event::SameSerial(id, records) => news::same_serial(state, id, &records),
        Event::RightCases(way, records) => confirm::right_cases(state, way, records),
        Event::SameCaller(id, rows) => {
            if let View::Case(open) = &mut state.view
                && open.case.record.id() == id
            {
                open.same_caller = rows.into_iter().filter(|row| row.id != id).collect();
            }
        }
        Event::OutgoingBox(waybill, record) => {
            if let View::Case(open) = &mut state.view {
                open.outgoing_box = record.map(|record| (waybill, *record));
            }
        }
        Event::Matched(item, text, records) => {
            receiving::matched(state, item, &text, records, effects);
        }
        Event::Missing(_) => {
            state.note = Some(Note::Gone);
            state.restoring = None;
            state.copying = None;
        }
        Event::NotRead(fault) => {
            // A draft whose case could not be read waits for it.
            state.copying = None;
            state.open_on = None;
            if !matches!(state.note, Some(Note::NotSaved(_))) {
                state.note = Some(Note::NotRead(fault));
            }
        }
        Event::Saved(changes) => saved(state, changes, effects),
        Event::NotSaved(fault) => {
            match state.saving.take() {
                Some(After::Fields) => unsaved::failed(state, fault),
                after => {
                    if matches!(after, Some(After::Open(..) | After::OpenParcel(_))) {
                        board::not_begun(state, effects);
                    }
                    super::forget_queue(state);
                    state.overlays.extend(state.asked_over.take());
                }
            }
            super::forget_what_builds_on_it(state);
            state.note = Some(match state.unsaved_fields() {
                fields if state.knows_of_unsaved && fields > 0 => {
                    Note::leaving(fields, state.not_kept.is_some())
                }
                _ => Note::NotSaved(fault),
            });
        }
        Event::Stale(clashes) => {
            super::forget_queue(state);
            // The news of it came before; where it did not, what is open is read again.
            if !unsaved::knows_of(state, &clashes) {
                look_again(state, effects);
            }
            if state.saving.take() == Some(After::Fields) {
                unsaved::stale(state, clashes);
            } else {
                state.overlays.extend(state.asked_over.take());
                state.note = Some(Note::ChangedMeanwhile);
            }
        }
        Event::Refused(refusal) => {
            if state.saving.take() == Some(After::Fields) {
                unsaved::refused(state, &refusal);
            } else {
                state.overlays.extend(state.asked_over.take());
            }
            super::forget_queue(state);
            person::refused(state, &refusal, effects);
            if let Refusal::OpenElsewhere(elsewhere) = &refusal {
                // Another one was opened meanwhile: it is asked again.
                confirm::open_elsewhere(state, elsewhere.clone());
            }
            state.note = Some(Note::Refused(refusal));
            look_again(state, effects);
        }
        Event::Restore(draft) => restore(state, *draft, effects),
        _ => {}
    }
}

/// Whether an answer puts something in the place of what is open.
fn leads_away(state: &State, event: &Event) -> bool {
    match event {
        Event::Case(_) => !matches!(state.copying, Some(Copying::IntoOpen)),
        Event::Parcel(record, _) => state.open_id() != Some(record.id()),
        Event::LookedUp(..) => true,
        _ => false,
    }
}

/// Asks how what is open stands now: it is shown in its place, and what is typed stays.
pub(super) fn look_again(state: &State, effects: &mut Vec<Effect>) {
    match &state.view {
        View::Board => {}
        View::Case(open) => {
            effects.push(Effect::Refresh(open.case.record.id()));
            let waybill = open.case.record.text(Field::WaybillBack);
            effects.extend(waybill.map(|it| Effect::FindOutgoingBox(it.to_string())));
        }
        View::Parcel(open) => effects.push(Effect::RefreshParcel(open.record.id())),
    }
}

fn restore(state: &mut State, draft: Draft, effects: &mut Vec<Effect>) {
    for group in &draft.unsaved {
        let is_same =
            |it: &unsaved::Unsaved| it.entity == group.entity && it.fields == group.fields;
        if !state.unsaved.iter().any(is_same) {
            state.unsaved.push(group.clone());
        }
    }
    let kept = Kept {
        field: None,
        fields: draft.fields(),
    };
    match (draft.case, draft.parcel) {
        (Some(case), _) => effects.push(Effect::LoadCase(case)),
        (None, Some(parcel)) => effects.push(Effect::LoadParcel(parcel)),
        (None, None) => {
            state.board.search = Editor::new(&draft.search, false);
            if !draft.search.is_empty() {
                board::search_changed(state, effects);
            }
            if !draft.search.is_empty() || kept.fields > 0 {
                state.note = Some(Note::Restored(kept));
            }
            return;
        }
    }
    state.restoring = Some(draft);
}

fn case_loaded(state: &mut State, opened: Opened, effects: &mut Vec<Effect>) {
    match state.copying.take() {
        Some(Copying::NewCall) => {
            board::begin_call(state, board::taken_over(&opened.record), effects);
            return;
        }
        Some(Copying::IntoOpen) => {
            casework::copy_into(state, &opened.record, effects);
            return;
        }
        None => {}
    }
    let case = state.case_of(opened.record, &opened.same_serial);
    let restoring = state.restored(|draft| draft.case == Some(case.record.id()));
    let screen = restoring
        .as_ref()
        .and_then(|draft| draft.screen)
        .or(state.open_on.take())
        .unwrap_or(CaseScreen::of_stage(case.standing.stage));
    let mut open = casework::open(state, case, screen);
    open.same_caller = opened.same_caller;
    open.around = opened.around;
    if let Some(waybill) = open.case.record.text(Field::WaybillBack) {
        effects.push(Effect::FindOutgoingBox(waybill.to_string()));
    }
    state.overlays.clear();
    state.view = View::Case(Box::new(open));
    unsaved::try_again(state, |why| matches!(why, Why::Store(_)));
    unsaved::sync(state);
    if let Some(draft) = restoring {
        let field = restore_field(state, &draft);
        let prompt = draft.prompt.as_ref();
        state.overlays.extend(prompt.map(|it| it.overlay()));
        let fields = draft.fields();
        state.note = Some(Note::Restored(Kept { field, fields }));
    }
}

/// Puts the caret back where it was; answers in which field something is half typed.
fn restore_field(state: &mut State, draft: &Draft) -> Option<Field> {
    let cell = draft.field?;
    let form = state.view.filling()?.form;
    if !form.cells().contains(&cell) {
        form.shows_more = true;
        // A line that was only begun has an item of its own that nothing was saved under.
        if cell.0 != ItemId::SELF {
            form.new_item = cell.0;
        }
        state.view.refresh();
    }
    let it = state.view.filling()?;
    if it.form.cells().contains(&cell) {
        it.form.go_to(cell, it.entered);
        restore_text(it.form, draft, it.saved, &state.staff.name);
        state.view.refresh();
    }
    let form = state.form()?;
    form.typed().map(|_| form.focus.1)
}

/// Puts back what was half typed, unless the person saved the field since: the draft was older then.
fn restore_text(form: &mut Form, draft: &Draft, saved: &Record, who: &str) {
    let was_saved_since = saved.changes().iter().any(|change| {
        (change.item, change.field) == form.focus && change.seq > draft.base && change.who == who
    });
    if was_saved_since {
        return;
    }
    if let (Some(text), Some(editor)) = (&draft.text, &mut form.editor) {
        let mut restored = Editor::new(text, editor.is_long());
        restored.place_caret(draft.caret);
        *editor = restored;
        form.is_dirty = true;
        form.base = draft.base;
    }
}

fn parcel_loaded(state: &mut State, record: Record, cases: Vec<Record>, effects: &mut Vec<Effect>) {
    // What was typed in it since it was begun stays.
    let is_open = matches!(&state.view, View::Parcel(open) if open.record.id() == record.id());
    if is_open && state.restoring.is_none() {
        news::parcel_refreshed(state, record, cases, effects);
        return;
    }
    let cases = cases
        .into_iter()
        .map(|record| state.case_of(record, &[]))
        .collect();
    let id = record.id();
    receiving::open(state, record, cases);
    if let Some(draft) = state.restored(|draft| draft.parcel == Some(id)) {
        state.note = Some(Note::Restored(Kept {
            field: restore_field(state, &draft),
            fields: draft.fields(),
        }));
    }
}

fn saved(state: &mut State, changes: Vec<Change>, effects: &mut Vec<Effect>) {
    let after = state.saving.take().unwrap_or(After::Stay);
    state.asked_over = None;
    tell(state, &changes);
    if after == After::Fields {
        unsaved::saved(state, &changes);
    }
    take_in_changes(state, &changes, after, effects);
    tell_of_money(state, &changes);
    unsaved::sync(state);
    match after {
        After::Stay | After::Fields => {}
        After::FirstUnknown => casework::go_to_first_unknown(state),
        After::NextStep => {
            if let View::Case(open) = &state.view {
                let screen = CaseScreen::of_stage(open.case.standing.stage);
                casework::go_to_screen(state, screen);
            }
        }
        After::Summary => casework::go_to_screen(state, CaseScreen::Summary),
        After::Board => board::go(state, effects),
        After::Open(id, screen) => open_new_case(state, id, screen, changes, effects),
        After::OpenParcel(id) => {
            let record = Record::replay(id, EntityKind::Parcel, changes);
            let has_cases = record
                .facts()
                .any(|(_, field, _)| field == Field::GoodsCase);
            receiving::open(state, record, Vec::new());
            if has_cases {
                effects.push(Effect::LoadParcel(id));
            }
        }
        After::TakenIn => taken_in(state, &changes, effects),
        After::GoTo(id) => effects.push(Effect::LoadCase(id)),
    }
}

/// What the person is told of what was saved. An edit of a field says it by itself.
fn tell(state: &mut State, changes: &[Change]) {
    let number = changes.iter().find_map(|change| match &change.entry {
        Entry::Known(Value::Text(number)) if change.field == Field::Number => Some(number.clone()),
        _ => None,
    });
    let outcome = changes.iter().find_map(|change| match &change.entry {
        Entry::Known(Value::Choice(outcome)) if change.field == Field::Closed => Some(*outcome),
        _ => None,
    });
    let own_number = state
        .case()
        .and_then(|open| open.case.record.text(Field::Number))
        .map(str::to_string);
    state.note = match (changes.first().map(|change| change.act), outcome, number) {
        (Some(Act::Undo), _, _) => Some(Note::Undone),
        (_, Some(outcome), _) => Some(Note::Closed(own_number, outcome)),
        (Some(Act::Authorise), _, Some(number)) => Some(Note::Numbered(number)),
        (None | Some(Act::Edit | Act::QuoteLine | Act::Begin | Act::Receive), _, _) => {
            state.note.take()
        }
        (Some(act), _, _) => Some(Note::Done(act)),
    };
}

/// What the person is told of the money that an action decided beyond what they did: a quote that the
/// ceiling accepted, and what is left of a case that was closed.
fn tell_of_money(state: &mut State, changes: &[Change]) {
    let Some(open) = state.case() else {
        return;
    };
    let case = &open.case;
    let by_ceiling = changes.iter().any(|change| {
        change.act == Act::IssueQuote
            && change.field == Field::QuoteAnswerOver
            && change.entry == Entry::Known(Value::Choice("ceiling"))
    });
    let amounts = case
        .quote
        .total()
        .zip(case.record.fen(Field::AgreedCeiling));
    if let Some((total, ceiling)) = amounts.filter(|_| by_ceiling) {
        state.note = Some(Note::AcceptedByCeiling { total, ceiling });
    } else if matches!(state.note, Some(Note::Closed(..))) {
        let left = case.given().money_left();
        if !left.is_empty() {
            state.note = Some(Note::ClosedWithMoney(left));
        }
    }
}

fn take_in_changes(state: &mut State, changes: &[Change], after: After, effects: &mut Vec<Effect>) {
    let new_item = state.fresh.item();
    match &mut state.view {
        View::Case(open) => {
            let mut record = open.case.record.clone();
            let id = record.id();
            let fits = news::apply(&mut record, changes);
            for other in &mut open.around {
                news::apply(other, changes);
            }
            if changes.iter().any(|change| change.entity == id) {
                if after != After::Fields {
                    open.form.is_dirty = false;
                }
                let fills_new = changes
                    .iter()
                    .any(|change| change.item == open.form.new_item);
                if fills_new {
                    open.form.new_item = new_item;
                }
                // What is taken back may be what other cases were found by.
                let undone = changes
                    .iter()
                    .filter(|it| it.entity == id && it.act == Act::Undo);
                effects.extend(undone.filter_map(|change| {
                    filling::looked_up(&record, change.item, change.field, &change.entry)
                }));
                open.set_case(open.case.with_record(record));
            }
            // What is told of another case of the unit may be another thing now.
            let is_other = |change: &Change| change.entity != id && change.kind == EntityKind::Case;
            if !fits || changes.iter().any(is_other) {
                effects.push(Effect::Refresh(id));
            }
        }
        View::Parcel(open) => {
            let id = open.record.id();
            if !news::apply(&mut open.record, changes) {
                effects.push(Effect::RefreshParcel(id));
            }
            receiving::saved(state);
        }
        View::Board => {}
    }
}

fn open_new_case(
    state: &mut State,
    id: EntityId,
    screen: CaseScreen,
    changes: Vec<Change>,
    effects: &mut Vec<Effect>,
) {
    let record = Record::replay(id, EntityKind::Case, changes);
    let contacts = Contacts::of(&record);
    if !contacts.is_empty() {
        effects.push(Effect::SameCaller(id, contacts));
    }
    if let Some(serial) = record.serial(Field::SerialNumber) {
        effects.push(Effect::SameSerial(id, serial.as_str().to_string()));
    }
    let case = state.case_of(record, &[]);
    let open = casework::open(state, case, screen);
    state.view = View::Case(Box::new(open));
}

/// A parcel was taken in: on to its one case, or back to the board.
fn taken_in(state: &mut State, changes: &[Change], effects: &mut Vec<Effect>) {
    let arrived: Vec<EntityId> = changes
        .iter()
        .filter(|change| change.field == Field::ArrivalDate)
        .map(|change| change.entity)
        .collect();
    let unannounced = changes
        .iter()
        .filter(|change| change.field == Field::Number)
        .count();
    match arrived.as_slice() {
        [only] => effects.push(Effect::LoadCase(*only)),
        _ => board::go(state, effects),
    }
    state.note = Some(Note::TakenIn {
        cases: arrived.len(),
        unannounced,
    });
}
