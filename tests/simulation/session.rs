//! One session of a person: the real desk on a simulated line, watched for what the person may rely on.

use super::dice::Dice;
use super::line::{Handle, Line};
use super::moment::Moment;
use super::person::Person;
use aftercare::app::clock::Moment as Now;
use aftercare::app::desk::{Desk, stored_draft};
use aftercare::app::input::Input;
use aftercare::app::{Driver, Ending, Flow};
use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityId, ItemId};
use aftercare::desk::record::Record;
use aftercare::desk::staff::Staff;
use aftercare::desk::value::Entry;
use aftercare::flow::draft::Draft;
use aftercare::flow::note::Note;
use aftercare::flow::state::{State, View};
use aftercare::flow::typed;
use aftercare::flow::unsaved::{Entered, Progress, Why};
use aftercare::store::keeper::PACE;
use aftercare::store::{self, Store};
use aftercare::ui::i18n::{Language, Words};
use aftercare::ui::theme::Theme;
use aftercare::work::case::Knowledge;
use ratatui::crossterm::event::{KeyCode, KeyModifiers};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

/// Something typed that is not saved yet.
#[derive(Debug, Clone, PartialEq)]
struct Unsaved {
    entity: EntityId,
    cell: (ItemId, Field),
    text: String,
    /// The change of this field that was on the screen when the person began to type.
    seen: u32,
    /// The place the next change of the record would get, as the screen knows it.
    next: u32,
    /// Whether the person was told since that it could not be saved.
    was_kept: bool,
    /// Whether the person has asked since that something be taken back.
    is_undone: bool,
}

/// What the person was told by the field showing it as saved.
#[derive(Debug, Clone)]
pub struct Promise {
    pub who: String,
    pub entity: EntityId,
    pub cell: (ItemId, Field),
    pub entry: Entry,
}

/// What a session that ended without being quit leaves for its person.
pub struct Left {
    pub who: String,
    /// The file it is in until it is claimed.
    pub path: PathBuf,
    /// What may be found: `None` for nothing.
    pub acceptable: Vec<Option<store::Draft>>,
}

impl fmt::Debug for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let drafts: Vec<String> = self
            .acceptable
            .iter()
            .map(|it| brief(it.as_ref()))
            .collect();
        write!(f, "{} one of {drafts:?}", self.who)
    }
}

/// A draft, told shortly.
pub fn brief(draft: Option<&store::Draft>) -> String {
    let Some(draft) = draft else {
        return "nothing".to_string();
    };
    let (place, field) = (draft.case.or(draft.parcel), draft.field.as_ref());
    let field = field.map(|(item, field)| format!("{item}.{field}"));
    format!(
        "{place:?} {} {field:?} {:?} {:?} {:?}",
        draft.screen, draft.text, draft.caret, draft.search
    )
}

pub struct Session {
    pub who: String,
    desk: Desk,
    pub line: Rc<RefCell<Line>>,
    person: Person,
    draft: PathBuf,
    unsaved: Option<Unsaved>,
    /// What was left in its field and is still being saved.
    waiting: Vec<Unsaved>,
    /// The latest change of a field that the person was asked about.
    asked: BTreeMap<(EntityId, (ItemId, Field)), u32>,
    /// Every value the person saw in a field the caret was in.
    seen: BTreeMap<(EntityId, (ItemId, Field)), Vec<Entry>>,
    /// What was half typed, from when on; the first is what was there at the beginning.
    typed: Vec<(Moment, Option<store::Draft>)>,
    shown: Draft,
    pub promises: Vec<Promise>,
    /// Inputs so far.
    pub inputs: usize,
}

impl Session {
    /// Begins on an open store; also what was claimed.
    pub fn begin(
        store: Store,
        staff: Staff,
        knowledge: &Arc<Knowledge>,
        seed: u64,
        moment: Moment,
        now: Now,
    ) -> (Session, Option<store::Draft>) {
        let who = staff.name.clone();
        let (line, left) = Line::begin(store, &who, moment);
        let draft = line.draft_path();
        let line = Rc::new(RefCell::new(line));
        let flow_now = aftercare::desk::now::Now {
            at: now.utc,
            today: knowledge.day(now.utc),
        };
        let state = State::new(staff, Arc::clone(knowledge), flow_now, seed);
        let words = Words::new(Language::English);
        let handle = Box::new(Handle(Rc::clone(&line)));
        let theme = Theme::new(false, false);
        let desk = Desk::before(handle, left.clone(), state, words, theme, now);
        let mut session = Session {
            who,
            desk,
            line,
            person: Person::default(),
            draft,
            unsaved: None,
            waiting: Vec::new(),
            asked: BTreeMap::new(),
            seen: BTreeMap::new(),
            typed: vec![(moment, left.clone())],
            shown: Draft::default(),
            promises: Vec::new(),
            inputs: 0,
        };
        session.unsaved = session.on_the_screen();
        session.note_typed(moment);
        (session, left)
    }

    /// Where it is, told shortly.
    pub fn told(&self) -> String {
        let state = self.desk.state();
        let form = state.form().map(|form| (form.focus.1, form.typed()));
        let (saving, note) = (state.saving, &state.note);
        format!(
            "{:?} {form:?} saving {saving:?} note {note:?}",
            state.context()
        )
    }

    /// The next thing the person does.
    pub fn decides(&mut self, dice: &mut Dice) -> Option<Input> {
        self.person.next(self.desk.state(), self.desk.words(), dice)
    }

    /// Takes an input in; whether the session is still there.
    pub fn takes(&mut self, input: Input, moment: Moment, now: Now) -> Result<bool, String> {
        self.inputs += 1;
        if is_undo(&input) {
            self.waiting.iter_mut().for_each(|it| it.is_undone = true);
        }
        let is_key = matches!(&input, Input::Key(key) if !matches!(key.code, KeyCode::Char(_)));
        let is_exact = is_key && self.line.borrow().is_prompt && self.desk.state().saving.is_none();
        let flow = self.desk.event(input, now);
        if super::disk::disk(|disk| disk.is_dead()) {
            return Ok(true); // it died inside: whoever drives it finds out
        }
        self.watch(is_exact)?;
        self.note_typed(moment);
        if flow == Flow::Quit {
            self.desk.ending(&Ending::Quit, now);
            return Ok(false);
        }
        Ok(true)
    }

    /// The line is lost: the ordinary end. The store has the time it needs.
    pub fn hangs_up(mut self, moment: Moment, now: Now) -> Result<(Left, Session), String> {
        self.line.borrow_mut().is_prompt = true;
        self.desk.ending(&Ending::Lost, now);
        self.watch(false)?;
        self.note_typed(moment);
        let left = self.last();
        Ok((left, self))
    }

    /// What was typed when it ended.
    fn last(&self) -> Left {
        let last = self.typed.last().map(|(_, draft)| draft.clone());
        Left {
            who: self.who.clone(),
            path: self.draft.clone(),
            acceptable: last.into_iter().collect(),
        }
    }

    /// What it leaves if its person was shown out, or quit though something could not be saved.
    pub fn left(&self) -> Option<Left> {
        let state = self.desk.state();
        let is_kept = state.dismissed.is_some() || !state.unsaved.is_empty();
        is_kept.then(|| self.last())
    }

    /// Ends without anything left to claim.
    pub fn forgets(self) {
        self.line.borrow_mut().forget();
    }

    /// The process is gone, from one moment to the next.
    pub fn dies(mut self, moment: Moment) -> (Left, Session) {
        self.line.borrow_mut().die();
        let old = |at: &Moment| at.after(PACE) <= moment;
        let kept = self.typed.iter().rposition(|(at, _)| old(at)).unwrap_or(0);
        let since = self.typed.get(kept).map_or(moment, |(at, _)| *at);
        let later = std::mem::take(&mut self.line.borrow_mut().kept);
        let later = later.into_iter().filter(|(at, _)| *at >= since);
        let acceptable = self
            .typed
            .split_off(kept)
            .into_iter()
            .map(|(_, draft)| draft);
        let left = Left {
            who: self.who.clone(),
            path: self.draft.clone(),
            acceptable: acceptable
                .chain(later.map(|(_, draft)| Some(draft)))
                .collect(),
        };
        (left, self)
    }

    /// Notes what would be found of it if it died from now on.
    fn note_typed(&mut self, moment: Moment) {
        let draft = self.desk.state().draft();
        if draft != self.shown {
            let stored = stored_draft(&draft, &self.who);
            self.typed.push((moment, Some(stored)));
            self.shown = draft;
        }
    }

    /// What is typed and not saved, as the person sees it.
    fn on_the_screen(&self) -> Option<Unsaved> {
        let state = self.desk.state();
        let (record, form) = match &state.view {
            View::Board => return None,
            View::Case(open) => (&open.case.record, &open.form),
            View::Parcel(open) => (&open.record, &open.form),
        };
        let cell = form.focus;
        Some(Unsaved {
            entity: record.id(),
            cell,
            text: form.typed()?,
            seen: record.fact_of(cell.0, cell.1).map_or(0, |fact| fact.seq),
            next: record.next_seq(),
            was_kept: false,
            is_undone: false,
        })
    }

    /// Follows what is typed until it is saved: then it has to be in the file.
    fn watch(&mut self, is_exact: bool) -> Result<(), String> {
        self.note_asked();
        self.note_seen();
        let shown = self.on_the_screen();
        let mut left = None;
        if let Some(before) = self.unsaved.take() {
            match &shown {
                Some(now) if (now.entity, now.cell) == (before.entity, before.cell) => {
                    self.unsaved = Some(Unsaved {
                        seen: before.seen,
                        ..now.clone()
                    });
                }
                _ => {
                    self.unsaved = shown;
                    left = Some((before.entity, before.cell));
                    if self.is_kept(&before) {
                        self.waiting.push(before);
                    } else {
                        self.settled(&before, is_exact)?;
                    }
                }
            }
        } else {
            self.unsaved = shown;
        }
        for mut before in std::mem::take(&mut self.waiting) {
            if self.is_kept(&before) {
                before.was_kept |= self.could_not_be_saved(&before);
                self.waiting.push(before);
            } else if before.was_kept && left == Some((before.entity, before.cell)) {
                // What could not be saved gives way to what the same person enters there next.
            } else if let Some(again) = self.unsaved.as_mut().filter(|it| {
                // The person went back into the field that was asked about.
                (it.entity, it.cell) == (before.entity, before.cell)
            }) {
                again.next = before.next;
            } else {
                self.settled(&before, false)?;
            }
        }
        Ok(())
    }

    /// Whether it is among what is being saved, or could not be.
    fn is_kept(&self, before: &Unsaved) -> bool {
        let unsaved = &self.desk.state().unsaved;
        unsaved.iter().any(|it| {
            let has_it = |entered: &Entered| (entered.edit.item, entered.edit.field) == before.cell;
            it.entity == before.entity && it.fields.iter().any(has_it)
        })
    }

    /// Whether it is shown as not saved.
    fn could_not_be_saved(&self, before: &Unsaved) -> bool {
        let open = self.desk.state().open_id();
        open == Some(before.entity) && self.desk.state().kept_in(before.cell).is_some()
    }

    /// Notes how the field the caret is in stands.
    fn note_seen(&mut self) {
        let state = self.desk.state();
        let (record, form) = match &state.view {
            View::Board => return,
            View::Case(open) => (&open.case.record, &open.form),
            View::Parcel(open) => (&open.record, &open.form),
        };
        let (item, field) = form.focus;
        if let Some(fact) = record.fact_of(item, field) {
            let seen = self.seen.entry((record.id(), form.focus)).or_default();
            if !seen.contains(&fact.entry) {
                seen.push(fact.entry.clone());
            }
        }
    }

    /// Notes what the person is asked about: from then on the other's value has been seen.
    fn note_asked(&mut self) {
        for it in &self.desk.state().unsaved {
            let Progress::Kept(Why::Asked(clashes)) = &it.progress else {
                continue;
            };
            for clash in clashes {
                let seq = clash.theirs.as_ref().map_or(0, |fact| fact.seq);
                let asked = self.asked.entry((it.entity, (clash.item, clash.field)));
                let latest = asked.or_default();
                *latest = seq.max(*latest);
            }
        }
    }

    /// It is neither typed nor being saved any more: then it is in the file.
    fn settled(&mut self, before: &Unsaved, is_exact: bool) -> Result<(), String> {
        let state = self.desk.state();
        let entry = typed::entry(before.cell.1, &before.text, state.today());
        let line = Rc::clone(&self.line);
        let line = line.borrow();
        let Some(store) = line.store() else {
            return Ok(()); // the file is closed: what is left is in the draft
        };
        let record = store
            .view()
            .record(before.entity)
            .map_err(|trouble| trouble.to_string())?;
        let record = record.ok_or("a record is gone")?;
        // What stood there when the person began to type, typed once more, is not an edit.
        let mut changes = record.changes().iter();
        let is_as_seen = match changes.find(|change| change.seq == before.seen) {
            Some(seen) => seen.entry == entry,
            None => entry == Entry::Unknown,
        };
        // Keys that waited are taken in together: then more was typed than was ever shown.
        let own = record.changes().iter().rev().find(|change| {
            (change.item, change.field) == before.cell
                && change.who == self.who
                && change.seq >= before.next
                && (!is_exact || change.entry == entry)
        });
        if let Some(own) = own.filter(|own| own.entry == entry || !is_as_seen) {
            // How the field stood when it was written over; what somebody emptied again is not lost, and
            // what was only written down once more is as it was seen.
            let mut of_cell = record.changes().iter().rev();
            let mut of_cell = of_cell
                .by_ref()
                .filter(|change| (change.item, change.field) == before.cell);
            let stood = of_cell.find(|change| change.seq < own.seq);
            let place = (before.entity, before.cell);
            let asked = self.asked.get(&place).copied().unwrap_or(0);
            let was_seen = |entry| self.seen.get(&place).is_some_and(|it| it.contains(entry));
            let unseen = stood.filter(|change| {
                change.seq > before.seen.max(asked)
                    && !was_seen(&change.entry)
                    && change.who != self.who
                    && change.entry != own.entry
                    && change.entry != Entry::Unknown
            });
            if let Some(unseen) = unseen {
                return Err(format!("{} wrote {own:?} over {unseen:?} unseen", self.who));
            }
            self.promises.push(Promise {
                who: self.who.clone(),
                entity: before.entity,
                cell: before.cell,
                entry: own.entry.clone(),
            });
            return Ok(());
        }
        let is_there = match record.fact_of(before.cell.0, before.cell.1) {
            Some(fact) => fact.entry == entry,
            None => entry == Entry::Unknown,
        };
        // What could not be saved is given up by taking it back.
        let was_told = state
            .note
            .as_ref()
            .is_some_and(|note| note.is_trouble() || *note == Note::Undone)
            || before.is_undone;
        if is_there || is_as_seen || was_told {
            return Ok(());
        }
        Err(format!(
            "{} typed {before:?}; it is not on the screen any more, not saved, and nothing was said (note {:?}); the file has {:?}",
            self.who,
            state.note,
            record
                .changes()
                .iter()
                .rev()
                .take(4)
                .map(|c| (c.seq, c.act, c.field, &c.entry))
                .collect::<Vec<_>>(),
        ))
    }
}

/// The place of a change that says this, by this person.
pub fn own_change(record: &Record, cell: (ItemId, Field), entry: &Entry, who: &str) -> Option<u32> {
    let own = record.changes().iter().rev().find(|change| {
        (change.item, change.field) == cell && change.entry == *entry && change.who == who
    });
    own.map(|change| change.seq)
}

fn is_undo(input: &Input) -> bool {
    matches!(input, Input::Key(key) if key.code == KeyCode::Char('z')
        && key.modifiers.contains(KeyModifiers::CONTROL))
}

/// An input, told shortly.
pub fn told(input: &Input) -> String {
    match input {
        Input::Key(key) => format!("{} {}", key.code, key.modifiers),
        other => format!("{other:?}"),
    }
}
