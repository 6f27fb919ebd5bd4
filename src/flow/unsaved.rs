//! What was entered and is not saved yet: shown in its field at once, saved in its order, kept where it
//! could not be saved, and asked about where somebody else filled the same field meanwhile.
//!
//! Leaving a field never waits for the disk: the field joins [`State::unsaved`] and the caret goes on.
//! One action at a time is on its way ([`Progress::Sending`]); the next follows when it is saved. What
//! could not be saved stays ([`Progress::Kept`]), goes into the draft, and is tried again by a key, with
//! the next thing that is saved, and when its case is opened again.

use chrono::{DateTime, Utc};

use crate::desk::change::{Change, Planned};
use crate::desk::field::Field;
use crate::desk::id::{EntityId, EntityKind, ItemId};
use crate::desk::record::{Fact, Record};
use crate::desk::value::Entry;
use crate::work::action::{Action, FieldEdit, Refusal};
use crate::work::intent::{Intent, Seen};

use super::event::{Attention, Effect, StoreFault};
use super::form;
use super::note::Note;
use super::open::Filling;
use super::state::{After, Overlay, State, View};
use super::{plan, plan_on};

/// A field as it was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// What was entered.
    pub edit: FieldEdit,
    /// The fact the person saw: its sequence number, 0 for none.
    pub base: u32,
}

/// The fields of one action that are not saved yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaved {
    /// The case or parcel.
    pub entity: EntityId,
    /// Which of the two.
    pub kind: EntityKind,
    /// Whether the other's values stay and these only go into the history.
    pub settles: bool,
    /// The fields.
    pub fields: Vec<Entered>,
    /// How far it is.
    pub progress: Progress,
    /// Whether it may be in the file without our knowing: it was sent once, or comes from the draft of
    /// a session that ended.
    pub was_tried: bool,
}

/// How far something unsaved is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// It will be sent when what is on its way is saved.
    Waiting,
    /// It is on its way.
    Sending,
    /// It could not be saved.
    Kept(Why),
}

/// Why something could not be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The file would not.
    Store(StoreFault),
    /// A gate is closed.
    Refused(Refusal),
    /// Somebody else filled the same fields: the person is asked.
    Asked(Vec<Clash>),
}

/// A field two people filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The item, or [`ItemId::SELF`].
    pub item: ItemId,
    /// The field.
    pub field: Field,
    /// How the person wants it.
    pub wanted: Entry,
    /// How it stands; `None` where the other emptied it.
    pub theirs: Option<Fact>,
    /// The login name of the other.
    pub who: String,
    /// When.
    pub at: Option<DateTime<Utc>>,
}

/// What is asked where two people filled the same fields: one field after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The fields.
    pub clashes: Vec<Clash>,
    /// For those that were answered: whether the person's own value is put in.
    pub mine: Vec<bool>,
    /// The line the mark is at: [`Question::OPTIONS`].
    pub cursor: usize,
    /// Whether it has only just appeared: a key now is meant for what was there before.
    pub is_too_early: bool,
}

impl Question {
    /// The two answers, by the codes of `conflict-...`; their first letters choose.
    pub const OPTIONS: [&'static str; 2] = ["theirs", "mine"];

    /// The field that is asked about now.
    pub fn current(&self) -> Option<&Clash> {
        self.clashes.get(self.mine.len())
    }
}

impl Unsaved {
    fn has(&self, entity: EntityId, cell: form::Cell) -> bool {
        let is_cell = |entered: &Entered| (entered.edit.item, entered.edit.field) == cell;
        self.entity == entity && !self.settles && self.fields.iter().any(is_cell)
    }

    /// Whether it was tried and could not be saved.
    pub fn is_kept(&self) -> bool {
        matches!(self.progress, Progress::Kept(_))
    }

    fn is_asked(&self) -> bool {
        matches!(self.progress, Progress::Kept(Why::Asked(_)))
    }
}

impl State {
    /// How many fields were tried and could not be saved, of whatever case.
    pub fn kept(&self) -> usize {
        let kept = self.unsaved.iter().filter(|it| it.is_kept());
        kept.map(|it| it.fields.len()).sum()
    }

    /// How many fields are not saved, tried or not.
    pub(super) fn unsaved_fields(&self) -> usize {
        self.unsaved.iter().map(|it| it.fields.len()).sum()
    }

    /// Why a field of what is open is not saved; `None` where it is, or is on its way.
    pub fn kept_in(&self, cell: form::Cell) -> Option<&Why> {
        let id = self.open_id()?;
        let mut kept = self.unsaved.iter().filter(|it| it.has(id, cell));
        kept.find_map(|it| match &it.progress {
            Progress::Kept(why) => Some(why),
            _ => None,
        })
    }
}

// --- entering

/// Enters fields of what is open, as one action: they are shown at once and saved as soon as may be.
pub(super) fn enter(state: &mut State, edits: Vec<FieldEdit>, effects: &mut Vec<Effect>) {
    let Some(record) = state.view.saved() else {
        return;
    };
    let (entity, kind) = (record.id(), record.kind());
    let typed = state.form().filter(|form| form.is_dirty);
    let typed = typed.map(|form| (form.focus, form.base));
    let mut fields = Vec::with_capacity(edits.len());
    for edit in edits {
        let cell = (edit.item, edit.field);
        let seen = match typed {
            Some((focus, base)) if focus == cell => base,
            _ => state
                .view
                .saved()
                .map_or(0, |record| form::seen(record, cell)),
        };
        let base = entered_before(state, entity, cell).unwrap_or(seen);
        fields.push(Entered { edit, base });
    }
    state.unsaved.retain(|it| !it.fields.is_empty());
    let new_item = state.fresh.item();
    if let Some(Filling { form, .. }) = state.view.filling() {
        if fields.iter().any(|it| it.edit.item == form.new_item) {
            form.new_item = new_item;
        }
        if fields
            .iter()
            .any(|it| (it.edit.item, it.edit.field) == form.focus)
        {
            form.is_dirty = false;
        }
    }
    state.unsaved.push(Unsaved {
        entity,
        kind,
        settles: false,
        fields,
        progress: Progress::Waiting,
        was_tried: false,
    });
    sync(state);
    send(state, effects);
}

/// What was entered into the same field before and could not be saved is replaced; what waits is saved
/// before, so that it stands in the history. Answers what the person had seen then.
fn entered_before(state: &mut State, entity: EntityId, cell: form::Cell) -> Option<u32> {
    let of_cell = |entered: &Entered| (entered.edit.item, entered.edit.field) == cell;
    let mut base = None;
    for it in state.unsaved.iter_mut().filter(|it| it.has(entity, cell)) {
        base = it.fields.iter().find(|it| of_cell(it)).map(|it| it.base);
        if it.is_kept() {
            it.fields.retain(|entered| !of_cell(entered));
        }
    }
    base
}

/// Shows what is open with what was entered.
pub(super) fn sync(state: &mut State) {
    let Some(id) = state.open_id() else {
        return;
    };
    let pending = state
        .unsaved
        .iter()
        .filter(|it| it.entity == id && !it.settles)
        .flat_map(|it| it.fields.iter().map(|entered| planned(it, entered)))
        .collect();
    match &mut state.view {
        View::Board => {}
        View::Case(open) => open.set_pending(pending),
        View::Parcel(open) => open.set_pending(pending),
    }
}

fn planned(of: &Unsaved, entered: &Entered) -> Planned {
    Planned {
        entity: of.entity,
        kind: of.kind,
        ground: entered.edit.ground,
        item: entered.edit.item,
        field: entered.edit.field,
        entry: entered.edit.entry.clone(),
        base: entered.base,
    }
}

// --- saving

/// Sends what waits, unless something is on its way.
pub(super) fn send(state: &mut State, effects: &mut Vec<Effect>) {
    while state.saving.is_none() {
        let Some(id) = state.open_id() else {
            return;
        };
        let is_next = |it: &Unsaved| it.entity == id && it.progress == Progress::Waiting;
        let Some(at) = state.unsaved.iter().position(is_next) else {
            return;
        };
        send_one(state, at, None, effects);
    }
}

/// Asks how something stands of which a field could not be saved and that is not open any more.
pub(super) fn look_elsewhere(state: &State, effects: &mut Vec<Effect>) {
    let open = state.open_id();
    let mut kept = state.unsaved.iter();
    let Some(it) = kept.find(|it| is_left_by_store(it) && Some(it.entity) != open) else {
        return;
    };
    effects.push(match it.kind {
        EntityKind::Parcel => Effect::RefreshParcel(it.entity),
        _ => Effect::Refresh(it.entity),
    });
}

/// Saves what was kept of something that is not open, on the record as it has just been read.
pub(super) fn save_elsewhere(
    state: &mut State,
    record: &Record,
    seen: Seen<'_>,
    effects: &mut Vec<Effect>,
) {
    let id = record.id();
    let mut kept = state.unsaved.iter();
    let at = kept.position(|it| is_left_by_store(it) && it.entity == id);
    if let (Some(at), None) = (at, &state.saving) {
        send_one(state, at, Some((record, seen)), effects);
    }
}

fn is_left_by_store(it: &Unsaved) -> bool {
    matches!(it.progress, Progress::Kept(Why::Store(_)))
}

/// Sends the fields at a place: of what is open, or of something `elsewhere`.
fn send_one(
    state: &mut State,
    at: usize,
    elsewhere: Option<(&Record, Seen<'_>)>,
    effects: &mut Vec<Effect>,
) {
    let who = state.staff.name.clone();
    let record = elsewhere.map(|(record, _)| record);
    let Some(record) = record.or(state.view.saved()).cloned() else {
        return;
    };
    let Some(it) = state.unsaved.get_mut(at) else {
        return;
    };
    let (settles, was_tried) = (it.settles, it.was_tried);
    it.fields.retain(|entered| {
        let is_in_file = was_tried && was_saved(&record, entered, &who);
        !is_in_file && !stands(&record, entered, settles)
    });
    if it.fields.is_empty() {
        state.unsaved.remove(at);
        sync(state);
        return;
    }
    let clashes = clashes(&record, it);
    if !clashes.is_empty() {
        it.progress = Progress::Kept(Why::Asked(clashes));
        return;
    }
    let edits = it
        .fields
        .iter()
        .map(|entered| entered.edit.clone())
        .collect();
    let (id, settles) = (it.entity, it.settles);
    let intent = match (it.kind, settles) {
        (EntityKind::Parcel, false) => Intent::EditParcel { parcel: id, edits },
        (EntityKind::Parcel, true) => Intent::SettleParcel {
            parcel: id,
            wanted: edits,
        },
        (_, false) => Intent::Act {
            case: id,
            action: Action::Edit(edits),
        },
        (_, true) => Intent::Act {
            case: id,
            action: Action::Settle(edits),
        },
    };
    let planned = match elsewhere {
        None => plan(state, intent),
        Some((_, seen)) => {
            let mut fresh = state.fresh.clone();
            let planned = plan_on(state, intent, seen, &mut fresh);
            state.fresh = fresh;
            planned
        }
    };
    let Some(it) = state.unsaved.get_mut(at) else {
        return;
    };
    match planned {
        Ok(proposal) if proposal.batch().changes.is_empty() => {
            state.unsaved.remove(at);
            sync(state);
        }
        Ok(proposal) => {
            it.progress = Progress::Sending;
            it.was_tried = true;
            state.saving = Some(After::Fields);
            effects.push(Effect::Commit(Box::new(proposal)));
        }
        Err(refusal) => {
            it.progress = Progress::Kept(Why::Refused(refusal.clone()));
            if elsewhere.is_none() {
                state.note = Some(Note::Refused(refusal));
            }
        }
    }
}

/// Whether a field stands as it was entered.
fn stands(record: &Record, entered: &Entered, settles: bool) -> bool {
    let edit = &entered.edit;
    match record.fact_of(edit.item, edit.field) {
        Some(fact) => fact.entry == edit.entry && (settles || fact.ground == edit.ground),
        None => edit.entry == Entry::Unknown,
    }
}

/// Whether the person has saved a field as it was entered, however it stands now: a session that was
/// killed may have saved what its draft still has.
fn was_saved(record: &Record, entered: &Entered, who: &str) -> bool {
    let edit = &entered.edit;
    record.changes().iter().any(|change| {
        change.seq > entered.base
            && (change.item, change.field) == (edit.item, edit.field)
            && change.who == who
            && change.entry == edit.entry
            && change.ground == edit.ground
    })
}

/// How a field stood after a change, before any where that is 0; `None` where that is no change of it.
fn stood(record: &Record, (item, field): form::Cell, seq: u32) -> Option<&Entry> {
    if seq == 0 {
        return Some(&Entry::Unknown);
    }
    let changes = record.changes().iter();
    let mut of_cell = changes.filter(|change| (change.item, change.field) == (item, field));
    of_cell
        .find(|change| change.seq == seq)
        .map(|change| &change.entry)
}

/// The fields somebody else filled after the person had looked, to something else than is wanted.
fn clashes(record: &Record, of: &Unsaved) -> Vec<Clash> {
    let clash = |entered: &Entered| {
        let edit = &entered.edit;
        let cell = (edit.item, edit.field);
        let theirs = record.fact_of(edit.item, edit.field);
        let seen = form::seen(record, cell);
        // Where the record is older than what the person saw, the store knows better.
        let is_newer = seen > entered.base || (seen == 0 && entered.base != 0);
        let stands = theirs.map_or(&Entry::Unknown, |fact| &fact.entry);
        // Written down once more, it is still what the person saw.
        let is_as_seen = stood(record, cell, entered.base) == Some(stands);
        if !is_newer || is_as_seen || *stands == edit.entry {
            return None;
        }
        let changes = record.changes().iter().rev();
        let mut of_cell = changes.filter(|change| (change.item, change.field) == cell);
        let latest = of_cell.next();
        Some(Clash {
            item: edit.item,
            field: edit.field,
            wanted: edit.entry.clone(),
            theirs: theirs.cloned(),
            who: latest.map(|change| change.who.clone()).unwrap_or_default(),
            at: latest.map(|change| change.at),
        })
    };
    of.fields.iter().filter_map(clash).collect()
}

/// What was on its way is saved: the rest follows.
pub(super) fn saved(state: &mut State, changes: &[Change]) {
    let had_kept = state.unsaved.iter().any(Unsaved::is_kept);
    state.unsaved.retain(|it| it.progress != Progress::Sending);
    for change in changes {
        let cell = (change.item, change.field);
        for it in &mut state.unsaved {
            let fields = it.fields.iter_mut().filter(|entered| {
                it.entity == change.entity && (entered.edit.item, entered.edit.field) == cell
            });
            fields.for_each(|entered| entered.base = change.seq);
        }
        if state.open_id() == Some(change.entity)
            && let Some(Filling { form, .. }) = state.view.filling()
            && form.is_dirty
            && form.focus == cell
        {
            form.base = change.seq;
        }
    }
    if had_kept {
        try_again(state, |why| matches!(why, Why::Store(_)));
    }
    if !state.unsaved.is_empty() {
        return;
    }
    state.knows_of_unsaved = false;
    let is_told = matches!(
        state.note,
        Some(Note::NotSaved(_) | Note::LeavingUnsaved(_) | Note::LosingUnsaved(_))
    );
    if is_told {
        state.note = Some(Note::SavedAfterAll);
    }
}

/// What was kept waits again, where it is of what is open; answers whether there is any.
pub(super) fn try_again(state: &mut State, which: impl Fn(&Why) -> bool) -> bool {
    let Some(id) = state.open_id() else {
        return false;
    };
    let mut is_any = false;
    for it in state.unsaved.iter_mut().filter(|it| it.entity == id) {
        if matches!(&it.progress, Progress::Kept(why) if which(why)) {
            it.progress = Progress::Waiting;
            is_any = true;
        }
    }
    is_any
}

/// The file would not: what is on its way and what waits behind it is kept.
pub(super) fn failed(state: &mut State, fault: StoreFault) {
    for it in &mut state.unsaved {
        if !it.is_kept() {
            it.progress = Progress::Kept(Why::Store(fault));
        }
    }
    sync(state);
}

/// A gate was closed when it was to be saved.
pub(super) fn refused(state: &mut State, refusal: &Refusal) {
    take_back_sent(state, Progress::Kept(Why::Refused(refusal.clone())));
}

/// Whether what is open has the other's values already.
pub(super) fn knows_of(state: &State, clashes: &[Clash]) -> bool {
    state.view.saved().is_none_or(|record| {
        clashes.iter().all(|clash| {
            let stands = record.fact_of(clash.item, clash.field);
            stands.map(|fact| fact.seq) == clash.theirs.as_ref().map(|fact| fact.seq)
        })
    })
}

/// Somebody else had filled the same fields. Where that is known here it is looked at again: what they
/// wrote may be what the person saw.
pub(super) fn stale(state: &mut State, clashes: Vec<Clash>) {
    let open = state.open_id();
    let mut sent = state.unsaved.iter();
    let is_elsewhere = sent.any(|it| it.progress == Progress::Sending && Some(it.entity) != open);
    if is_elsewhere || !knows_of(state, &clashes) {
        take_back_sent(state, Progress::Kept(Why::Asked(clashes)));
        return;
    }
    take_back_sent(state, Progress::Waiting);
}

/// What was sent is not in the file: whoever keeps the file says so.
fn take_back_sent(state: &mut State, progress: Progress) {
    let mut sent = state.unsaved.iter_mut();
    if let Some(it) = sent.find(|it| it.progress == Progress::Sending) {
        it.progress = progress;
        it.was_tried = false;
    }
    sync(state);
}

/// Gives up what was kept last of what is open; answers whether there was any.
pub(super) fn give_up(state: &mut State) -> bool {
    let id = state.open_id();
    let mut kept = state.unsaved.iter();
    let last = kept.rposition(|it| Some(it.entity) == id && it.is_kept());
    if let Some(last) = last {
        state.unsaved.remove(last);
        sync(state);
    }
    last.is_some()
}

// --- asking

/// Whether the person is to be asked about what is open.
pub(super) fn is_asked(state: &State) -> bool {
    let id = state.open_id();
    let mut unsaved = state.unsaved.iter();
    unsaved.any(|it| Some(it.entity) == id && it.is_asked())
}

/// Asks which value stays, as soon as the person is not in the middle of something else.
pub(super) fn ask(state: &mut State) {
    let is_busy = !state.overlays.is_empty()
        || !state.queue.is_empty()
        || state.form().is_none_or(|form| form.is_dirty);
    let id = state.open_id();
    if is_busy {
        return;
    }
    let mut asked = state.unsaved.iter_mut();
    let Some(it) = asked.find(|it| Some(it.entity) == id && it.is_asked()) else {
        return;
    };
    let Progress::Kept(Why::Asked(clashes)) = &it.progress else {
        return;
    };
    state.overlays.push(Overlay::Conflict(Box::new(Question {
        clashes: clashes.clone(),
        mine: Vec::new(),
        cursor: 0,
        is_too_early: false,
    })));
}

/// Whether the question that appeared by itself can have been read.
pub(super) fn attend(state: &mut State, attention: Attention) {
    let Some(Overlay::Conflict(question)) = state.overlays.last_mut() else {
        return;
    };
    match attention {
        Attention::TooEarly => question.is_too_early = true,
        Attention::Ready => question.is_too_early = false,
        // A question that is half answered stays.
        Attention::PutOff if question.mine.is_empty() => {
            state.overlays.pop();
        }
        Attention::PutOff => {}
    }
}

/// The person has chosen for the field that is asked about.
pub(super) fn answer(state: &mut State, is_mine: bool, effects: &mut Vec<Effect>) {
    let Some(Overlay::Conflict(question)) = state.overlays.last_mut() else {
        return;
    };
    question.mine.push(is_mine);
    question.cursor = 0;
    if question.current().is_some() {
        return;
    }
    let Some(Overlay::Conflict(question)) = state.overlays.pop() else {
        return;
    };
    resolve(state, &question);
    sync(state);
    send(state, effects);
}

fn resolve(state: &mut State, question: &Question) {
    let id = state.open_id();
    let mut asked = state.unsaved.iter();
    let at = asked.position(|it| Some(it.entity) == id && it.is_asked());
    let Some(at) = at else {
        return;
    };
    let mut it = state.unsaved.remove(at);
    let answered = |entered: &Entered| {
        let cell = (entered.edit.item, entered.edit.field);
        let clashes = question.clashes.iter().zip(&question.mine);
        let mut of_cell = clashes.filter(|(clash, _)| (clash.item, clash.field) == cell);
        of_cell.next().map(|(clash, is_mine)| {
            let seen = clash.theirs.as_ref().map_or(0, |fact| fact.seq);
            (seen, *is_mine)
        })
    };
    // What was filled only because of the first field goes with it.
    let leads = it.fields.first().and_then(&answered);
    let follows = leads.is_none_or(|(_, is_mine)| is_mine);
    let mut mine = Vec::new();
    let mut wanted = Vec::new();
    for mut entered in it.fields.drain(..) {
        match answered(&entered) {
            Some((seen, is_mine)) => {
                entered.base = seen;
                if is_mine && !it.settles {
                    mine.push(entered);
                } else if !is_mine {
                    wanted.push(entered);
                } else {
                    mine.push(entered);
                }
            }
            None if it.settles => wanted.push(entered),
            None if follows => mine.push(entered),
            None => {}
        }
    }
    let groups = [(false, mine), (true, wanted)];
    for (settles, fields) in groups.into_iter().filter(|(_, fields)| !fields.is_empty()) {
        let group = Unsaved {
            settles,
            fields,
            progress: Progress::Waiting,
            ..it.clone()
        };
        state.unsaved.insert(at.min(state.unsaved.len()), group);
    }
}

/// Back into the field that is asked about, with what was typed in it; what was entered with it and is
/// not asked about is saved. Where the form has no such field any more the question stays: nothing else
/// would show what was typed.
pub(super) fn back_into_field(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(Overlay::Conflict(question)) = state.overlays.last() else {
        return;
    };
    let Some(clash) = question.current().cloned() else {
        return;
    };
    let has_field = state
        .form()
        .is_some_and(|form| form.cells().contains(&(clash.item, clash.field)));
    if !has_field {
        return;
    }
    state.overlays.pop();
    let id = state.open_id();
    let mut asked = state.unsaved.iter_mut();
    let Some(it) = asked.find(|it| Some(it.entity) == id && it.is_asked()) else {
        return;
    };
    let cell = (clash.item, clash.field);
    let of_cell = |entered: &Entered| (entered.edit.item, entered.edit.field) == cell;
    let base = it.fields.iter().find(|it| of_cell(it)).map(|it| it.base);
    it.fields.retain(|entered| !of_cell(entered));
    it.progress = Progress::Waiting;
    // Typed first: a row in which something is typed stays, whatever else stands in the case.
    let text = super::typed::editable(Some(&clash.wanted));
    if let Some(it) = state.view.filling() {
        it.form.go_to(cell, it.entered);
        it.form.type_over(&text, base.unwrap_or(0));
    }
    state.view.refresh();
    state.unsaved.retain(|it| !it.fields.is_empty());
    sync(state);
    send(state, effects);
}
