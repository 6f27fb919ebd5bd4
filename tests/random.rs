//! Random events against the state machine and the drawing: nothing panics, the caret stays on the
//! screen, what is shown is what is saved. A hundred thousand events; a million with
//! `AFTERCARE_LONG=1`. A failure names its seed: `AFTERCARE_SEED=<seed>` runs that one alone.

#[path = "support/long.rs"]
mod long;
mod memory;

use std::collections::{BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};

use aftercare::desk::field::{Field, FieldKind};
use aftercare::desk::id::EntityKind;
use aftercare::desk::language::Language;
use aftercare::desk::record::Record;
use aftercare::desk::staff::Role;
use aftercare::flow::command::Command;
use aftercare::flow::draft::Draft;
use aftercare::flow::event::{Effect, Event, StoreFault};
use aftercare::flow::state::{CaseScreen, View};
use aftercare::ui::i18n::Words;
use aftercare::ui::theme::Theme;
use aftercare::ui::{keymap, screen};
use aftercare::work::action::{ActionKind, Refusal};
use aftercare::work::standing::Stage;
use chrono::Duration;
use long::is_long;
use memory::Desk;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyEventState, KeyModifiers};
use ratatui::layout::Rect;

/// Events of one session; every session has a desk of its own.
const SESSION: usize = 500;

/// SplitMix64: the same numbers for the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.roll() % limit as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

const TEXTS: &[&str] = &[
    "王小明",
    "Li Na",
    "no output after power-up",
    "通电后没有输出，电机抖动。\n第二行",
    "13800000000",
    "0755-23456789-12",
    "80H2-7731",
    "RMA26-00001",
    "RMA26-00003",
    "SF1234567890123",
    "JDVB12345678901-1-2-",
    "AC:new-call",
    "AC:authorise",
    "AC:nonsense",
    "2026-11-03",
    "11-03",
    "昨天",
    "2026-02-30",
    "80",
    "1,200.50",
    "not yet",
    "\u{1b}[31m\r\n\t\u{202e}",
    "👨‍👩‍👧 family",
    "a\u{301}\u{301}\u{301}b",
    "ｆｕｌｌ１２３",
    "",
    "   ",
    "9999999999999999999999",
];

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789 -./王，１é";

fn key(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
    KeyEvent {
        code,
        modifiers,
        kind: KeyEventKind::Press,
        state: KeyEventState::NONE,
    }
}

fn any_key(dice: &mut Dice) -> KeyEvent {
    use KeyCode as K;
    let moves = [
        K::Enter,
        K::Tab,
        K::BackTab,
        K::Esc,
        K::Up,
        K::Down,
        K::Left,
        K::Right,
        K::Home,
        K::End,
        K::PageUp,
        K::PageDown,
        K::Backspace,
        K::Delete,
        K::Insert,
    ];
    match dice.below(10) {
        0..4 => {
            let letters: Vec<char> = LETTERS.chars().collect();
            key(K::Char(*dice.pick(&letters)), KeyModifiers::NONE)
        }
        4..7 => {
            let held = [
                KeyModifiers::NONE,
                KeyModifiers::NONE,
                KeyModifiers::NONE,
                KeyModifiers::SHIFT,
                KeyModifiers::ALT,
                KeyModifiers::CONTROL,
            ];
            key(*dice.pick(&moves), *dice.pick(&held))
        }
        7..9 => key(K::F(1 + dice.below(12) as u8), KeyModifiers::NONE),
        _ => {
            let letter = char::from(b'a' + dice.below(26) as u8);
            let held = [
                KeyModifiers::CONTROL,
                KeyModifiers::CONTROL,
                KeyModifiers::ALT,
            ];
            // Leaving is no news here.
            let letter = if letter == 'q' { 'k' } else { letter };
            key(K::Char(letter), *dice.pick(&held))
        }
    }
}

/// One session with its desk, its dice, and what the store has not answered yet.
struct Session<'a> {
    desk: Desk,
    dice: Dice,
    words: &'a [Words],
    themes: [Theme; 3],
    waiting: VecDeque<Effect>,
    is_slow: bool,
    draft: Draft,
    plan: VecDeque<Event>,
}

/// What the sessions reached, so that the test knows that it tests something.
#[derive(Default)]
struct Reached(BTreeSet<String>);

/// A paid repair from the call to the dispatch, as far as so many steps go: random events alone
/// seldom come that far.
fn begin(desk: &mut Desk, steps: usize) {
    let journey: [fn(&mut Desk); 9] = [
        |desk| {
            desk.command(Command::NewCall);
            desk.fill(Field::Phone, "13800000000")
                .fill(Field::Caller, "王小明")
                .fill(Field::SerialNumber, "80H2-7731")
                .fill(Field::Service, "2")
                .fill(Field::Proof, "1")
                .fill(Field::PurchaseDate, "2026-01-05");
        },
        |desk| {
            desk.command(Command::Authorise).command(Command::Back);
        },
        |desk| {
            desk.event(Event::Scan("80H2-7731".into()));
            desk.command(Command::TakeIn);
        },
        |desk| {
            desk.types("1").command(Command::NextStep);
        },
        |desk| {
            desk.fill(Field::LineText, "replace the power stage")
                .fill(Field::LinePrice, "80");
            desk.command(Command::IssueQuote).types("1");
        },
        |desk| {
            desk.command(Command::AnswerQuote).types("1").types("1");
        },
        |desk| {
            desk.command(Command::FinishRepair);
        },
        |desk| {
            desk.fill(Field::RecipientAddress, "1 Example Road")
                .command(Command::ConfirmContact);
            desk.fill(Field::FreightBack, "3");
            desk.command(Command::Pay)
                .command(Command::Accept)
                .types("1")
                .command(Command::Accept);
            // Once more than is due: the case stays on the board when it is closed.
            desk.command(Command::Pay).types("5");
            desk.command(Command::Accept)
                .types("1")
                .command(Command::Accept);
        },
        |desk| {
            desk.event(Event::Scan("SF1234567890123".into()));
            desk.command(Command::Dispatch);
        },
    ];
    for step in journey.into_iter().take(steps) {
        step(desk);
    }
}

impl<'a> Session<'a> {
    fn new(seed: u64, words: &'a [Words]) -> Session<'a> {
        let mut dice = Dice(seed);
        let mut desk = Desk::new("2026-11-22");
        let roles = [
            Role::Supervisor,
            Role::Supervisor,
            Role::Supervisor,
            Role::Operator,
            Role::Technician,
            Role::Viewer,
        ];
        begin(&mut desk, dice.below(10));
        desk.state.staff.role = *dice.pick(&roles);
        Session {
            desk,
            dice,
            words,
            themes: [
                Theme::COLOURED,
                Theme::new(false, true),
                Theme::new(false, false),
            ],
            waiting: VecDeque::new(),
            is_slow: false,
            draft: Draft::default(),
            plan: VecDeque::new(),
        }
    }

    fn words(&self) -> &'a Words {
        let wanted = self.desk.state.language;
        let found = self.words.iter().find(|words| words.language() == wanted);
        found.unwrap()
    }

    /// The next event: mostly keys, sometimes what a person would sensibly do next.
    fn next_event(&mut self) -> Event {
        if let Some(event) = self.plan.pop_front() {
            return event;
        }
        match self.dice.below(100) {
            0..30 => {
                let pressed = any_key(&mut self.dice);
                let event = keymap::event(&self.desk.state, &pressed, self.words());
                event.unwrap_or(Event::Tick)
            }
            30..36 => Event::Command(*self.dice.pick(Command::ALL)),
            36..80 => self.sensible(),
            80..84 => Event::Paste(self.dice.pick(TEXTS).to_string()),
            84..88 => Event::Scan(self.dice.pick(TEXTS).replace('\n', " ")),
            88..90 => {
                let columns = 1 + self.dice.below(200) as u16;
                let rows = 1 + self.dice.below(60) as u16;
                Event::Resize(columns, rows)
            }
            90..93 => Event::Resize(80, 24),
            93 => {
                self.desk.now.today += Duration::days(self.dice.below(9) as i64);
                self.desk.now.at += Duration::days(1);
                Event::Tick
            }
            94 => {
                self.desk.refuses_to_save = self.dice.chance(30);
                self.is_slow = self.dice.chance(40);
                Event::Tick
            }
            95 => {
                self.draft = self.desk.state.draft();
                Event::Tick
            }
            96 => Event::Restore(Box::new(self.draft.clone())),
            97 => self.not_saved(),
            _ => Event::Tick,
        }
    }

    /// The store could not save what it was given.
    fn not_saved(&mut self) -> Event {
        let is_commit = |effect: &Effect| matches!(effect, Effect::Commit(_));
        let Some(at) = self.waiting.iter().position(is_commit) else {
            return Event::Tick;
        };
        self.waiting.remove(at);
        Event::NotSaved(*self.dice.pick(&[
            StoreFault::Stale,
            StoreFault::Busy,
            StoreFault::Full,
            StoreFault::ReadOnly,
            StoreFault::Gone,
            StoreFault::Ended,
            StoreFault::Other,
        ]))
    }

    /// Fills the field one is in with something it can hold, or does what the screen is for.
    fn sensible(&mut self) -> Event {
        use Command as C;
        let dice = &mut self.dice;
        let state = &self.desk.state;
        if !state.overlays.is_empty() {
            let choices = [C::Accept, C::Accept, C::Accept, C::Down, C::Back];
            let typed = dice.pick(&["80", "a reason", "1", ""]).to_string();
            self.plan.push_back(Event::Command(*dice.pick(&choices)));
            return Event::Paste(typed);
        }
        let field = match &state.view {
            View::Board => {
                let open = [C::Accept, C::Accept, C::Accept, C::Down, C::NextGroup];
                let begin = [C::NewCall, C::NewParcel];
                let is_enough = state.board.rows.len() > 3 && dice.chance(90);
                return Event::Command(*dice.pick(if is_enough { &open } else { &begin }));
            }
            View::Case(open) if open.form.rows.is_empty() => {
                return Event::Command(*dice.pick(&[C::Accept, C::Back, C::NextStep]));
            }
            View::Case(open) => open.form.focus.1,
            View::Parcel(open) => open.form.focus.1,
        };
        let is_priced = state.case().is_some_and(|open| {
            open.case.standing.stage == Stage::Quote && open.case.quote.total().is_some()
        });
        if dice.chance(if is_priced { 60 } else { 20 })
            && let View::Case(open) = &state.view
        {
            let stage = open.case.standing.stage;
            if open.screen != CaseScreen::of_stage(stage) {
                return Event::Command(C::NextStep);
            }
            // What asks first is answered with the first there is.
            for _ in 0..3 {
                self.plan.push_back(Event::Command(C::Accept));
            }
            return Event::Command(match stage {
                Stage::Call => C::Authorise,
                Stage::Quote => C::IssueQuote,
                Stage::Answer => C::AnswerQuote,
                Stage::Repair => C::FinishRepair,
                Stage::Dispatch => *dice.pick(&[C::ConfirmContact, C::Pay, C::Dispatch]),
                Stage::Closing => C::Close,
                Stage::Decision => C::AcceptReturn,
                Stage::Settling => *dice.pick(&[C::Refund, C::PriceBack, C::Pay, C::Back]),
                Stage::AwaitingParcel | Stage::Closed => C::Back,
                Stage::Triage | Stage::Inspection => C::Next,
            });
        }
        if dice.chance(15) {
            let main = [
                C::Authorise,
                C::TakeIn,
                C::NextStep,
                C::IssueQuote,
                C::AnswerQuote,
                C::FinishRepair,
                C::ConfirmContact,
                C::Dispatch,
                C::Pay,
                C::Refund,
                C::Reverse,
                C::PriceBack,
                C::AcceptReturn,
                C::Undo,
                C::Back,
            ];
            return Event::Command(*dice.pick(&main));
        }
        self.plan.push_back(Event::Command(C::Accept));
        let text = match field.kind() {
            FieldKind::Choice(options) => {
                let letter = char::from(b'1' + dice.below(options.len().min(9)) as u8);
                self.plan.clear();
                let pressed = key(KeyCode::Char(letter), KeyModifiers::NONE);
                return keymap::event(state, &pressed, self.words()).unwrap();
            }
            FieldKind::Date { .. } => *dice.pick(&["-1", "-30", "-170", "2026-11-01", "-3"]),
            FieldKind::Phone => *dice.pick(&["13800000000", "13800000001", "075523456789"]),
            FieldKind::Serial => *dice.pick(&["80H2-7731", "80H2-7732", "60A1-0001"]),
            FieldKind::Money => *dice.pick(&["80", "120.50", "1"]),
            FieldKind::Number => "2",
            _ if matches!(field, Field::Waybill | Field::WaybillBack) => {
                *dice.pick(&["SF1234567890123", "SF9999999999999"])
            }
            _ => *dice.pick(&["王小明", "CK-80 HV", "a note", "深圳市南山区"]),
        };
        if dice.chance(30) {
            return Event::Command(C::Next);
        }
        Event::Paste(text.to_string())
    }

    fn feed(&mut self, event: Event) {
        let mut events = VecDeque::from([event]);
        loop {
            while let Some(event) = events.pop_front() {
                let effects = aftercare::flow::step(&mut self.desk.state, event, self.desk.now);
                self.waiting.extend(effects);
            }
            // A slow store answers later; in its order.
            let is_enough = self.is_slow && self.dice.chance(70);
            match self.waiting.pop_front() {
                Some(effect) if !is_enough => events.extend(self.desk.answer(effect)),
                Some(effect) => {
                    self.waiting.push_front(effect);
                    break;
                }
                None => break,
            }
        }
    }

    fn draw(&self, looks_at_cells: bool) {
        let state = &self.desk.state;
        let (columns, rows) = state.size;
        let area = Rect::new(0, 0, columns, rows);
        let mut buffer = Buffer::empty(area);
        let theme = &self.themes[usize::from(columns) % self.themes.len()];
        let caret = screen::paint(state, self.words(), theme, area, &mut buffer);
        if let Some(caret) = caret {
            assert!(area.contains(caret), "the caret at {caret} in {area}");
        }
        for cell in buffer.content.iter().filter(|_| looks_at_cells) {
            assert!(!cell.symbol().contains(char::is_control), "{cell:?}");
        }
    }

    /// What holds after every event.
    fn check(&self) {
        let state = &self.desk.state;
        if let Some(editor) = state.form().and_then(|form| form.editor.as_ref()) {
            assert!(editor.is_long() || !editor.text().contains('\n'));
        }
        assert!(!state.board.search.text().contains('\n'));
        let open = match &state.view {
            View::Board => return,
            View::Case(open) => &open.case.record,
            View::Parcel(open) => &open.record,
        };
        for (kind, asked) in &self.desk.asked_again {
            // Goods and boxes that are still being looked up are seen with the next look.
            let looks_up = matches!(kind, ActionKind::Receive | ActionKind::Dispatch);
            let may_come_to_more = looks_up && *asked == Err(Refusal::ChangedMeanwhile);
            // Whether the unit is open in another case is asked once more inside the commit, and the
            // person is asked then.
            let is_open_elsewhere =
                *kind == ActionKind::Authorise && matches!(asked, Err(Refusal::OpenElsewhere(_)));
            let is_as_meant = *asked == Ok(()) || may_come_to_more || is_open_elsewhere;
            assert!(is_as_meant, "{kind:?} when meant, {asked:?} when saved");
        }
        let is_settled = state.saving.is_none() && self.waiting.is_empty();
        if let Some(saved) = self.desk.records.get(&open.id()).filter(|_| is_settled) {
            assert_eq!(
                open.changes().len(),
                saved.changes().len(),
                "shown is not saved"
            );
            assert_eq!(open, saved);
        }
    }

    fn note_what_was_reached(&self, reached: &mut Reached) {
        for record in self.desk.records.values() {
            if record.kind() == EntityKind::Case {
                if let Some(outcome) = record.choice(Field::Closed) {
                    reached.0.insert(format!("closed: {outcome}"));
                }
                for field in [
                    Field::Number,
                    Field::ArrivalDate,
                    Field::QuoteIssuedOn,
                    Field::QuoteAcceptedDate,
                    Field::RepairedOn,
                    Field::SentBackOn,
                ] {
                    if record.fact(field).is_some() {
                        reached.0.insert(format!("filled: {}", field.code()));
                    }
                }
            }
            let replayed = Record::replay(record.id(), record.kind(), record.changes().to_vec());
            assert_eq!(&replayed, record);
        }
        if let Some(open) = self.desk.state.case() {
            let stage = open.case.standing.stage.code();
            reached.0.insert(format!("stage: {stage}"));
        }
    }
}

fn run(seed: u64, words: &[Words], reached: &mut Reached) {
    let mut session = Session::new(seed, words);
    for at in 0..SESSION {
        let event = session.next_event();
        let told = format!("{event:?}");
        let went_well = catch_unwind(AssertUnwindSafe(|| {
            session.feed(event);
            session.draw(at % 10 == 0);
            session.check();
            if session.desk.has_quit {
                session.desk.has_quit = false;
            }
        }));
        if let Err(cause) = went_well {
            eprintln!("AFTERCARE_SEED={seed}, event {at}: {told}");
            std::panic::resume_unwind(cause);
        }
        if at % 25 == 0 {
            session.note_what_was_reached(reached);
        }
    }
    session.note_what_was_reached(reached);
}

fn both() -> [Words; 2] {
    Language::ALL.map(Words::new)
}

#[test]
fn a_hundred_thousand_random_events_do_no_harm() {
    if let Ok(seed) = std::env::var("AFTERCARE_SEED") {
        let seed = seed.parse().expect("a number");
        run(seed, &both(), &mut Reached::default());
        return;
    }
    let events = if is_long() { 1_000_000 } else { 100_000 };
    let sessions = (events / SESSION) as u64;
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get()) as u64;
    let workers: Vec<_> = (0..threads)
        .map(|worker| {
            std::thread::spawn(move || {
                let (words, mut reached) = (both(), Reached::default());
                for seed in (0..sessions).filter(|seed| seed % threads == worker) {
                    run(seed, &words, &mut reached);
                }
                reached
            })
        })
        .collect();
    let mut all = Reached::default();
    for worker in workers {
        match worker.join() {
            Ok(reached) => all.0.extend(reached.0),
            Err(cause) => std::panic::resume_unwind(cause),
        }
    }
    let reached = |start: &str| all.0.iter().filter(|one| one.starts_with(start)).count();
    assert!(reached("closed") >= 4, "{:?}", all.0);
    assert!(reached("filled") == 6, "{:?}", all.0);
    assert!(reached("stage") == Stage::ALL.len(), "{:?}", all.0);
}
