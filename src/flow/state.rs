//! Everything one session shows, as data. Drawing reads it; only [`super::step`] changes it.

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::desk::field::Field;
use crate::desk::id::{EntityId, Fresh, ItemId};
use crate::desk::language::Language;
use crate::desk::money::Fen;
use crate::desk::now::Now;
use crate::desk::record::Record;
use crate::desk::staff::Staff;
use crate::terms::clause::ClauseId;
use crate::work::case::{Case, Knowledge};
use crate::work::earlier::EarlierRepair;
use crate::work::elsewhere::Elsewhere;
use crate::work::grants::Subject;
use crate::work::intent::Seen;
use crate::work::join::Way;
use crate::work::row::CaseRow;
use crate::work::standing::Stage;

use super::Queued;
use super::bench::Seat;
use super::command::Command;
use super::confirm::Confirm;
use super::draft::{Draft, Prompted};
use super::editor::Editor;
use super::event::{Found, Present, StoreFault};
use super::form::Form;
use super::note::Note;
use super::person::Dismissed;
use super::unsaved::{Progress, Question, Unsaved};

pub use super::open::{HistoryView, OpenCase, OpenParcel, View};

/// The screens of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaseScreen {
    /// What answers 'where is my ESC?'.
    Summary,
    /// The call.
    Intake,
    /// The bench: completeness, damage, test, cause.
    Inspection,
    /// The quote and its answer.
    Quote,
    /// The repair.
    Repair,
    /// The way back.
    Dispatch,
    /// Change by change.
    History,
}

impl CaseScreen {
    /// Every screen of a case.
    pub const ALL: [CaseScreen; 7] = [
        CaseScreen::Summary,
        CaseScreen::Intake,
        CaseScreen::Inspection,
        CaseScreen::Quote,
        CaseScreen::Repair,
        CaseScreen::Dispatch,
        CaseScreen::History,
    ];

    /// The end of the message id `screen-...`, and the word kept in a draft.
    pub fn code(self) -> &'static str {
        match self {
            CaseScreen::Summary => "summary",
            CaseScreen::Intake => "intake",
            CaseScreen::Inspection => "inspection",
            CaseScreen::Quote => "quote",
            CaseScreen::Repair => "repair",
            CaseScreen::Dispatch => "dispatch",
            CaseScreen::History => "history",
        }
    }

    /// The screen a code names.
    pub fn from_code(code: &str) -> Option<CaseScreen> {
        CaseScreen::ALL.into_iter().find(|s| s.code() == code)
    }

    /// The screen of a stage's next step.
    pub fn of_stage(stage: Stage) -> CaseScreen {
        match stage {
            Stage::Call | Stage::Triage => CaseScreen::Intake,
            Stage::AwaitingParcel | Stage::Closing | Stage::Settling | Stage::Closed => {
                CaseScreen::Summary
            }
            Stage::Inspection | Stage::Decision => CaseScreen::Inspection,
            Stage::Quote | Stage::Answer => CaseScreen::Quote,
            Stage::Repair => CaseScreen::Repair,
            Stage::Dispatch => CaseScreen::Dispatch,
        }
    }
}

/// Where the keys go: the key table is asked with this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// A locked bench.
    Locked,
    /// The board.
    Board,
    /// A screen of a case.
    Case(CaseScreen),
    /// A parcel being taken in.
    Receiving,
    /// The checks beside a form.
    Checks,
    /// Something lies over the screen.
    Overlay(OverlayKind),
}

/// The kinds of thing that lie over a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OverlayKind {
    /// A list to choose from.
    List,
    /// A text to type, with a list below it.
    Palette,
    /// A text to type.
    Prompt,
    /// Something to read.
    Reading,
}

/// The board: open cases by what comes next, or what a search found.
#[derive(Debug, Clone)]
pub struct Board {
    /// What is typed; typing on the board is searching.
    pub search: Editor,
    /// The open cases, in the order in which they are shown.
    pub rows: Vec<CaseRow>,
    /// The group that is shown; all of them where none is chosen.
    pub group: Option<Stage>,
    /// What the search found, for which text.
    pub found: Option<(String, Vec<Found>)>,
    /// The line the mark is at.
    pub cursor: usize,
    /// Whether the person moved the mark since the text changed.
    pub cursor_moved: bool,
    /// Whether what was found is what was looked up, not what was searched.
    pub is_exact: bool,
}

impl Board {
    /// The lines that are shown: what was found while something is typed, else the group.
    pub fn shown(&self) -> Vec<&CaseRow> {
        match &self.found {
            Some((_, found)) if !self.search.is_empty() => {
                found.iter().map(|found| &found.row).collect()
            }
            _ if !self.search.is_empty() => Vec::new(),
            _ => self
                .rows
                .iter()
                .filter(|row| self.group.is_none_or(|group| row.stage == group))
                .collect(),
        }
    }

    /// The line the mark is at.
    pub fn marked(&self) -> Option<&CaseRow> {
        self.shown().get(self.cursor).copied()
    }

    /// Whether what was found belongs to what is typed: not to what stood there before.
    pub fn is_current(&self) -> bool {
        let text = self.search.text();
        matches!(&self.found, Some((found_for, _)) if *found_for == text)
    }

    /// Whether what is typed is the whole number of a case.
    pub fn finds_exactly(&self) -> bool {
        let first = self.found.as_ref().and_then(|(_, found)| found.first());
        first.is_some_and(|found| found.is_exact)
    }

    /// The groups that have cases, in the order of the way, with how many.
    pub fn groups(&self) -> Vec<(Stage, usize)> {
        Stage::ALL
            .into_iter()
            .map(|stage| (stage, self.rows.iter().filter(|r| r.stage == stage).count()))
            .filter(|(_, count)| *count > 0)
            .collect()
    }
}

/// What happens when a commit is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// Fields were saved while the person goes on; the next ones follow.
    Fields,
    /// Stay.
    Stay,
    /// To the first field of the form that is not known yet.
    FirstUnknown,
    /// To the screen of the next step.
    NextStep,
    /// To the summary.
    Summary,
    /// To the board.
    Board,
    /// Open the new case on this screen.
    Open(EntityId, CaseScreen),
    /// Open the new parcel.
    OpenParcel(EntityId),
    /// The parcel was taken in: to its one case, or to the board.
    TakenIn,
    /// To another case.
    GoTo(EntityId),
}

/// What a list over the screen is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Menu {
    /// The options of the field the caret is in.
    Options(ItemId, Field),
    /// Over which channel the quote is told.
    QuoteTold,
    /// What the customer answered.
    QuoteAnswer,
    /// Over which channel the answer came.
    AnswerOver(&'static str),
    /// What is granted.
    Grant,
    /// How the case is closed.
    Close,
    /// How the money came.
    PaidBy(Fen),
    /// How the money was given back.
    RefundedBy(Fen),
    /// Who gives the price back, as the return is accepted.
    PriceBackBy,
    /// Who gave the price back.
    PriceGivenBy,
    /// Which entry was wrong: the first so many that count.
    Reverse([Option<ItemId>; Menu::ENTRIES]),
}

impl Menu {
    /// So many entries can be chosen from by a digit.
    pub const ENTRIES: usize = 9;

    /// What the entries are called in a list: their places.
    const PLACES: [&'static str; Menu::ENTRIES] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// The entry a place of the list stands for.
    pub fn entry_at(entries: &[Option<ItemId>], place: &str) -> Option<ItemId> {
        let at = Menu::PLACES.iter().position(|it| *it == place)?;
        entries.get(at).copied().flatten()
    }

    /// The codes to choose from, and the field whose options they are.
    pub fn options(self) -> (Field, Vec<&'static str>) {
        let field = match self {
            Menu::Options(_, field) => field,
            Menu::QuoteTold => Field::QuoteToldOver,
            Menu::QuoteAnswer => Field::QuoteAnswer,
            Menu::AnswerOver(_) => Field::QuoteAnswerOver,
            Menu::Grant => Field::GrantSubject,
            Menu::Close => Field::Closed,
            Menu::PaidBy(_) => Field::PaymentMeans,
            Menu::RefundedBy(_) => Field::RefundMeans,
            Menu::PriceBackBy | Menu::PriceGivenBy => Field::PriceBackBy,
            Menu::Reverse(entries) => {
                let places = Menu::PLACES.into_iter().zip(entries);
                let filled = places.filter(|(_, item)| item.is_some());
                let places = filled.map(|(place, _)| place).collect();
                return (Field::ReversedReason, places);
            }
        };
        let options = field.options().iter().copied();
        // A ceiling is agreed at the call, never afterwards; joining has a command of its own.
        let is_chosen = |code: &&str| !matches!(*code, "ceiling" | "joined");
        (field, options.filter(is_chosen).collect())
    }
}

/// What a text is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// Why it is granted.
    GrantReason(Subject),
    /// Why it is closed so.
    CloseNote(&'static str),
    /// Why it is opened again.
    ReopenReason,
    /// How much came in.
    PaymentAmount,
    /// How much is let go.
    WaiveAmount,
    /// Why it is let go.
    WaiveReason(Fen),
    /// Which case it is joined to, or its goods are moved to.
    RightCase(Way),
    /// On which day so much came in, and by which means.
    PaymentDay(Fen, &'static str),
    /// How much is given back.
    RefundAmount,
    /// On which day so much was given back, and by which means.
    RefundDay(Fen, &'static str),
    /// Why the entry was wrong.
    ReverseReason(ItemId),
    /// How much of the price was given back, and by whom.
    PriceBackAmount(&'static str),
    /// On which day it was, by whom and how much.
    PriceBackDay(&'static str, Option<Fen>),
}

impl Prompt {
    /// What it is about, as a draft keeps it.
    pub fn about(self) -> String {
        match self {
            Prompt::GrantReason(subject) => subject.code().to_string(),
            Prompt::CloseNote(outcome) => outcome.to_string(),
            Prompt::WaiveReason(amount) => amount.0.to_string(),
            Prompt::PaymentDay(amount, means) | Prompt::RefundDay(amount, means) => {
                format!("{means} {}", amount.0)
            }
            Prompt::ReverseReason(item) => item.0.to_string(),
            Prompt::PriceBackAmount(by) => by.to_string(),
            Prompt::PriceBackDay(by, None) => by.to_string(),
            Prompt::PriceBackDay(by, Some(amount)) => format!("{by} {}", amount.0),
            Prompt::ReopenReason
            | Prompt::PaymentAmount
            | Prompt::WaiveAmount
            | Prompt::RefundAmount
            | Prompt::RightCase(_) => String::new(),
        }
    }

    /// The prompt a draft kept, by its code and what it is about.
    pub fn from_code(code: &str, about: &str) -> Option<Prompt> {
        let all = [
            Prompt::ReopenReason,
            Prompt::PaymentAmount,
            Prompt::WaiveAmount,
            Prompt::RightCase(Way::Join),
            Prompt::RightCase(Way::Goods),
            Prompt::RefundAmount,
        ];
        let with_subject = || {
            let subject = Subject::ALL.into_iter().find(|it| it.code() == about)?;
            Some(Prompt::GrantReason(subject))
        };
        let with_outcome = || {
            let outcomes = Field::Closed.options();
            let outcome = outcomes.iter().find(|outcome| **outcome == about)?;
            Some(Prompt::CloseNote(outcome))
        };
        let with_amount = || Some(Prompt::WaiveReason(Fen(about.parse().ok()?)));
        let option = |field: Field, code: &str| {
            let mut options = field.options().iter();
            options.find(|option| **option == code).copied()
        };
        let (first, amount) = about.split_once(' ').unwrap_or((about, ""));
        let amount = amount.parse().ok().map(Fen);
        let paid = || {
            Some(Prompt::PaymentDay(
                amount?,
                option(Field::PaymentMeans, first)?,
            ))
        };
        let refunded = || {
            Some(Prompt::RefundDay(
                amount?,
                option(Field::RefundMeans, first)?,
            ))
        };
        let reversed = || Some(Prompt::ReverseReason(ItemId(about.parse().ok()?)));
        let by = || option(Field::PriceBackBy, first);
        let found = all.into_iter().find(|prompt| prompt.code() == code);
        let made = [
            with_subject(),
            with_outcome(),
            with_amount(),
            paid(),
            refunded(),
            reversed(),
            by().map(Prompt::PriceBackAmount),
            by().map(|by| Prompt::PriceBackDay(by, amount)),
        ];
        let mut made = made.into_iter().flatten();
        found.or_else(|| made.find(|prompt| prompt.code() == code))
    }

    /// The end of the message id `prompt-...`.
    pub fn code(self) -> &'static str {
        match self {
            Prompt::GrantReason(_) => "grant-reason",
            Prompt::CloseNote(_) => "close-note",
            Prompt::ReopenReason => "reopen-reason",
            Prompt::PaymentAmount => "payment-amount",
            Prompt::WaiveAmount => "waive-amount",
            Prompt::WaiveReason(_) => "waive-reason",
            Prompt::RightCase(Way::Join) => "join-to",
            Prompt::RightCase(Way::Goods) => "move-goods-to",
            Prompt::PaymentDay(..) => "payment-day",
            Prompt::RefundAmount => "refund-amount",
            Prompt::RefundDay(..) => "refund-day",
            Prompt::ReverseReason(_) => "reverse-reason",
            Prompt::PriceBackAmount(_) => "price-back-amount",
            Prompt::PriceBackDay(..) => "price-back-day",
        }
    }
}

/// What lies over the screen; the last one gets the keys.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// Every command by name.
    Palette {
        /// What is typed.
        typed: Editor,
        /// The commands and their names.
        names: Vec<(Command, String)>,
        /// The line the mark is at.
        cursor: usize,
    },
    /// A list to choose from.
    Menu {
        /// What for.
        menu: Menu,
        /// The line the mark is at.
        cursor: usize,
    },
    /// A text to type.
    Prompt {
        /// What for.
        prompt: Prompt,
        /// The text.
        typed: Editor,
    },
    /// Two people filled the same field: which value stays.
    Conflict(Box<Question>),
    /// Something to know before it is done, and how to go on.
    Confirm(Box<Confirm>),
    /// A clause, and the finding one came from.
    Clause {
        /// The clause.
        clause: ClauseId,
        /// The page.
        page: usize,
    },
    /// The terms, clause by clause.
    Terms {
        /// The line the mark is at.
        cursor: usize,
    },
    /// The keys.
    Help {
        /// The page.
        page: usize,
    },
    /// The checks on the full width, for narrow terminals.
    Checks {
        /// The page.
        page: usize,
    },
    /// The text to read out or to copy.
    Plain {
        /// The page.
        page: usize,
    },
}

impl Overlay {
    /// A list, the mark at its first line.
    pub fn menu(menu: Menu) -> Overlay {
        Overlay::Menu { menu, cursor: 0 }
    }

    /// A text to type, beginning with this.
    pub fn prompt(prompt: Prompt, text: &str) -> Overlay {
        Overlay::Prompt {
            prompt,
            typed: Editor::suggesting(text, false),
        }
    }

    /// Its kind.
    pub fn kind(&self) -> OverlayKind {
        match self {
            Overlay::Palette { .. } => OverlayKind::Palette,
            Overlay::Menu { .. }
            | Overlay::Terms { .. }
            | Overlay::Conflict(_)
            | Overlay::Confirm(_) => OverlayKind::List,
            Overlay::Prompt { .. } => OverlayKind::Prompt,
            Overlay::Clause { .. }
            | Overlay::Help { .. }
            | Overlay::Checks { .. }
            | Overlay::Plain { .. } => OverlayKind::Reading,
        }
    }

    /// The names of the palette that fit what is typed.
    pub fn palette_matches(&self) -> Vec<&(Command, String)> {
        let Overlay::Palette { typed, names, .. } = self else {
            return Vec::new();
        };
        let wanted = typed.text().to_lowercase();
        let fits = |name: &str| {
            let name = name.to_lowercase();
            wanted.split_whitespace().all(|word| name.contains(word))
        };
        names.iter().filter(|(_, name)| fits(name)).collect()
    }
}

/// One session.
pub struct State {
    /// The person.
    pub staff: Staff,
    /// Whether the person changes, at a shared bench.
    pub seat: Seat,
    /// What the desk knows apart from its cases.
    pub knowledge: Arc<Knowledge>,
    /// The moment of the latest event.
    pub now: Now,
    /// The language of the screens.
    pub language: Language,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The board.
    pub board: Board,
    /// What fills the screen.
    pub view: View,
    /// What lies over it.
    pub overlays: Vec<Overlay>,
    /// Where the other sessions are.
    pub others: Vec<Present>,
    /// What just happened.
    pub note: Option<Note>,
    /// Set where the person may not work at this desk any more: the session ends with what they do
    /// next.
    pub dismissed: Option<Dismissed>,
    /// Whether something was refused already because they may not.
    pub(super) has_acted_in_vain: bool,
    /// The commit that is not saved yet, and what comes after it.
    pub saving: Option<After>,
    /// Why what is half typed cannot be kept; it is tried again all the time.
    pub not_kept: Option<StoreFault>,
    /// What was entered and is not saved yet, in its order.
    pub unsaved: Vec<Unsaved>,
    /// What lay over the screen when an action was begun: it comes back where that is not saved.
    pub(super) asked_over: Option<Overlay>,
    /// What stood in the search line when something new began that is not saved yet.
    pub(super) begun_with: String,
    /// Whether the person was told that leaving now leaves something unsaved behind.
    pub(super) knows_of_unsaved: bool,
    /// What came in while a commit was not saved yet.
    pub(super) queue: VecDeque<Queued>,
    /// Whether something of it was forgotten, since it waited for what was not saved.
    pub(super) has_forgotten: bool,
    /// Whether something is being read that will be shown in the place of what is open.
    pub(super) is_going: bool,
    /// Where to go back to once the case is loaded.
    pub(super) restoring: Option<Draft>,
    /// The screen to open the next loaded case on; its next step where none is named.
    pub(super) open_on: Option<CaseScreen>,
    /// Whether what is being looked up came from a scanner: the goods are in hand.
    pub(super) is_scanned: bool,
    /// What the next loaded case is for, other than to be opened.
    pub(super) copying: Option<Copying>,
    /// Fresh identifiers.
    pub(super) fresh: Fresh,
}

/// What a case is loaded for, other than to be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copying {
    /// To begin a call of the same caller about the same product.
    NewCall,
    /// To fill what is not known yet of the open case.
    IntoOpen,
}

impl State {
    /// A session that begins on an empty board.
    pub fn new(staff: Staff, knowledge: Arc<Knowledge>, now: Now, seed: u64) -> State {
        State {
            staff,
            seat: Seat::Own,
            knowledge,
            now,
            language: Language::default(),
            size: (80, 24),
            board: Board {
                search: Editor::new("", false),
                rows: Vec::new(),
                group: None,
                found: None,
                cursor: 0,
                cursor_moved: false,
                is_exact: false,
            },
            view: View::Board,
            overlays: Vec::new(),
            others: Vec::new(),
            note: None,
            dismissed: None,
            has_acted_in_vain: false,
            saving: None,
            not_kept: None,
            unsaved: Vec::new(),
            asked_over: None,
            begun_with: String::new(),
            knows_of_unsaved: false,
            queue: VecDeque::new(),
            has_forgotten: false,
            is_going: false,
            restoring: None,
            open_on: None,
            is_scanned: false,
            copying: None,
            fresh: Fresh::new(seed),
        }
    }

    /// Where the keys go.
    pub fn context(&self) -> Context {
        if matches!(self.seat, Seat::Locked(_)) {
            return Context::Locked;
        }
        if let Some(overlay) = self.overlays.last() {
            return Context::Overlay(overlay.kind());
        }
        match &self.view {
            View::Board => Context::Board,
            View::Parcel(_) => Context::Receiving,
            View::Case(open) if open.checks_cursor.is_some() => Context::Checks,
            View::Case(open) => Context::Case(open.screen),
        }
    }

    /// Where a key goes that is pressed now, and whether a text is edited there: what is typed while
    /// something is being begun is meant for its screen.
    pub fn keys_go_to(&self) -> (Context, bool) {
        let here = (self.context(), self.is_typing_text());
        if matches!(here.0, Context::Locked | Context::Overlay(_)) {
            return here;
        }
        match self.saving {
            Some(After::Open(_, screen)) => (Context::Case(screen), true),
            Some(After::OpenParcel(_)) => (Context::Receiving, true),
            Some(After::Board) => (Context::Board, true),
            Some(After::Summary) => (Context::Case(CaseScreen::Summary), false),
            _ => here,
        }
    }

    /// The open case.
    pub fn case(&self) -> Option<&OpenCase> {
        match &self.view {
            View::Case(open) => Some(open),
            View::Board | View::Parcel(_) => None,
        }
    }

    /// Who else has this case or parcel open: each name once.
    pub fn others_in(&self, id: EntityId) -> Vec<&str> {
        let there = self.others.iter().filter(|other| other.at == Some(id));
        let mut names: Vec<&str> = there.map(|other| other.who.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// What is open.
    pub fn open_id(&self) -> Option<EntityId> {
        self.view.saved().map(Record::id)
    }

    /// The form the caret is in.
    pub fn form(&self) -> Option<&Form> {
        self.view.form()
    }

    /// Whether a key that is a character goes into a text rather than choosing an option.
    pub fn is_typing_text(&self) -> bool {
        if matches!(self.seat, Seat::Locked(_)) {
            return true;
        }
        match self.overlays.last() {
            Some(Overlay::Palette { .. } | Overlay::Prompt { .. }) => true,
            Some(_) => false,
            None => match &self.view {
                View::Board => true,
                View::Case(open) => open.form.editor.is_some() && open.checks_cursor.is_none(),
                View::Parcel(open) => open.form.editor.is_some(),
            },
        }
    }

    /// The draft that waits for what is loaded now.
    pub(super) fn restored(&mut self, is_of_it: impl Fn(&Draft) -> bool) -> Option<Draft> {
        self.restoring.take_if(|draft| is_of_it(draft))
    }

    /// What would be lost with the session.
    pub fn draft(&self) -> Draft {
        if let (View::Board, Some(waiting)) = (&self.view, &self.restoring) {
            return waiting.clone();
        }
        let mut draft = Draft {
            search: self.board.search.text(),
            unsaved: self.drafted(),
            ..Draft::default()
        };
        match self.overlays.last() {
            Some(Overlay::Palette { typed, .. }) => draft.palette = Some(typed.text()),
            Some(Overlay::Prompt { prompt, typed }) => {
                draft.prompt = Some(Prompted {
                    prompt: *prompt,
                    text: typed.text(),
                    caret: typed.caret(),
                });
            }
            _ => {}
        }
        let form = match &self.view {
            View::Board => {
                if let Some(After::Open(..) | After::OpenParcel(_)) = self.saving {
                    draft.search = self.begun_and_typed();
                }
                return draft;
            }
            View::Case(open) => {
                draft.case = Some(open.case.record.id());
                draft.screen = Some(open.screen);
                &open.form
            }
            View::Parcel(open) => {
                draft.parcel = Some(open.record.id());
                &open.form
            }
        };
        draft.field = Some(form.focus);
        draft.text = form.typed();
        draft.base = if form.is_dirty { form.base } else { 0 };
        draft.caret = form.editor.as_ref().map_or((0, 0), Editor::caret);
        draft
    }

    /// What the person has before them: what is meant is planned on it.
    pub(super) fn seen(&self) -> Seen<'_> {
        match &self.view {
            View::Board => Seen::Nothing,
            View::Case(open) => {
                let waybill = open.case.record.text(Field::WaybillBack);
                let outgoing = open.outgoing_box.as_ref();
                Seen::Case {
                    case: &open.case,
                    around: &open.around,
                    outgoing: outgoing
                        .filter(|(of, _)| Some(of.as_str()) == waybill)
                        .map(|(_, record)| record),
                }
            }
            View::Parcel(open) => Seen::Parcel {
                parcel: &open.record,
                cases: &open.cases,
            },
        }
    }

    /// What is not saved, as it will wait in another session.
    fn drafted(&self) -> Vec<Unsaved> {
        let waiting = |it: &Unsaved| Unsaved {
            progress: Progress::Waiting,
            was_tried: true,
            ..it.clone()
        };
        self.unsaved.iter().map(waiting).collect()
    }

    /// A case as it stands today.
    pub(super) fn case_of(&self, record: Record, same_serial: &[Record]) -> Case {
        let earlier = EarlierRepair::all(same_serial, &record);
        let elsewhere = Elsewhere::all(same_serial, &record, &self.knowledge, self.today());
        Case::of(record, earlier, Arc::clone(&self.knowledge), self.today())
            .with_elsewhere(elsewhere)
    }

    /// The day it is at the service centre.
    pub fn today(&self) -> NaiveDate {
        self.now.today
    }
}
