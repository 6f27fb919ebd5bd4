//! From an event to the drawn frame at 80x24, with many cases in the file: typing on the board (which
//! searches), moving in its list, typing in a call (which decides anew at every key).
//!
//! `cargo bench --bench frame -- [CASES]`; 100,000 cases unless said otherwise, made anew in a
//! temporary file. The real driver, the real store's thread, the real encoder of frames; no terminal.
//! Prints the median, the 99th percentile and the longest, in microseconds, and the bytes of a frame.

use std::sync::Arc;
use std::time::{Duration, Instant};

use aftercare::app::clock::{Moment, SystemClock};
use aftercare::app::desk::Desk;
use aftercare::app::input::Input;
use aftercare::app::opening::{Place, open};
use aftercare::app::{Driver, Mailbox};
use aftercare::desk::now::Now;
use aftercare::desk::staff::{Role, Staff};
use aftercare::flow::state::State;
use aftercare::terminal::frugal::Frugal;
use aftercare::ui::i18n::Words;
use aftercare::ui::theme::Theme;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::layout::Size;

fn main() {
    // `cargo test --benches` and `cargo bench` hand over flags of their own.
    let cases = std::env::args().skip(1).find_map(|arg| arg.parse().ok());
    let cases: usize = cases.unwrap_or(100_000);
    let home = tempfile::tempdir().expect("a temporary folder");
    let place = Place::of(home.path().join("desk.db"));
    let mut opened = open(&place, &SystemClock).expect("a new desk");
    let knowledge = Arc::clone(&opened.knowledge);
    let now = Moment::by(&SystemClock);
    let today = knowledge.day(now.utc);
    let began = Instant::now();
    let mut batches = aftercare::demo::build(today, 1, cases, &knowledge).peekable();
    while batches.peek().is_some() {
        let part = batches.by_ref().take(50_000);
        let made = opened.store.bulk::<()>(|bulk| {
            for batch in part {
                bulk.commit::<()>(&batch)?;
            }
            Ok(())
        });
        made.expect("a bulk");
    }
    println!(
        "{cases} cases made in {:.1} s",
        began.elapsed().as_secs_f64()
    );

    let mut bench = Bench::begin(opened.store, &knowledge, now);
    let board = |bench: &mut Bench| bench.key(KeyCode::Esc, KeyModifiers::NONE);
    for text in ["0013", "王", "CK-80", "RMA26-0004"] {
        bench.series(&format!("board: typing {text}"), 60, board, |bench| {
            text.chars()
                .map(|c| bench.key(KeyCode::Char(c), KeyModifiers::NONE))
                .collect()
        });
    }
    bench.series("board: a step in the list", 60, board, |bench| {
        let down = (0..12).map(|_| bench.key(KeyCode::Down, KeyModifiers::NONE));
        down.collect()
    });
    bench.key(KeyCode::Char('n'), KeyModifiers::CONTROL);
    for text in [
        "13800000000",
        "王小明",
        "CK-80 HV",
        "80H2-7731",
        "no output",
    ] {
        for character in text.chars() {
            bench.key(KeyCode::Char(character), KeyModifiers::NONE);
        }
        bench.key(KeyCode::Tab, KeyModifiers::NONE);
    }
    bench.key(KeyCode::Char('2'), KeyModifiers::NONE);
    bench.key(KeyCode::Char('1'), KeyModifiers::NONE);
    let clear = |bench: &mut Bench| bench.key(KeyCode::Char('u'), KeyModifiers::CONTROL);
    bench.series("call: typing a date", 60, clear, |bench| {
        "2026-06-01"
            .chars()
            .map(|c| bench.key(KeyCode::Char(c), KeyModifiers::NONE))
            .collect()
    });
    bench.series(
        "call: Tab there and back (saves nothing)",
        60,
        clear,
        |bench| {
            vec![
                bench.key(KeyCode::BackTab, KeyModifiers::SHIFT),
                bench.key(KeyCode::Tab, KeyModifiers::NONE),
            ]
        },
    );
}

/// A key's time and the bytes its frame takes.
type Measured = (Duration, usize);

struct Bench {
    desk: Desk,
    terminal: Terminal<Frugal>,
}

impl Bench {
    fn begin(
        store: aftercare::store::Store,
        knowledge: &Arc<aftercare::work::case::Knowledge>,
        moment: Moment,
    ) -> Bench {
        let now = Now {
            at: moment.utc,
            today: knowledge.day(moment.utc),
        };
        let staff = Staff {
            name: "bench".into(),
            role: Role::Supervisor,
        };
        let state = State::new(staff, Arc::clone(knowledge), now, 7);
        let mailbox = Mailbox::new();
        let (words, theme) = (Words::new(state.language), Theme::COLOURED);
        let desk = Desk::begin(state, words, store, theme, mailbox.knocker(), moment);
        let size = Size::new(80, 24);
        let mut bench = Bench {
            desk: desk.expect("a session"),
            terminal: Terminal::new(Frugal::new(size)).expect("a terminal"),
        };
        bench.draw();
        bench
    }

    fn draw(&mut self) -> usize {
        let Bench { desk, terminal } = self;
        terminal.draw(|frame| desk.draw(frame)).expect("a frame");
        terminal.backend_mut().take().len()
    }

    /// One key: acted on and drawn. What a search finds comes with a later frame, drawn here too but
    /// not counted: it is not what the key waits for.
    fn key(&mut self, code: KeyCode, modifiers: KeyModifiers) -> Measured {
        let began = Instant::now();
        let input = Input::Key(KeyEvent::new(code, modifiers));
        self.desk.event(input, Moment::by(&SystemClock));
        let bytes = self.draw();
        let took = began.elapsed();
        std::thread::sleep(Duration::from_millis(4));
        self.desk.event(Input::Knock, Moment::by(&SystemClock));
        self.draw();
        (took, bytes)
    }

    fn series(
        &mut self,
        name: &str,
        times: usize,
        before: impl Fn(&mut Bench) -> Measured,
        keys: impl Fn(&mut Bench) -> Vec<Measured>,
    ) {
        let mut all: Vec<Measured> = Vec::new();
        for _ in 0..times {
            before(self);
            all.extend(keys(self));
        }
        let mut times: Vec<Duration> = all.iter().map(|(took, _)| *took).collect();
        let mut bytes: Vec<usize> = all.iter().map(|(_, bytes)| *bytes).collect();
        times.sort_unstable();
        bytes.sort_unstable();
        let at = |share: usize| (times.len() * share / 100).min(times.len() - 1);
        println!(
            "{name:<42} p50 {:>5} us  p99 {:>5} us  max {:>6} us   bytes p50 {:>4} p99 {:>5}",
            times[at(50)].as_micros(),
            times[at(99)].as_micros(),
            times[times.len() - 1].as_micros(),
            bytes[at(50)],
            bytes[at(99)],
        );
    }
}
