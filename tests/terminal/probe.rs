//! The driver under test: shows what was typed and a list, and misbehaves on request.

use aftercare::app::clock::{Moment, SystemClock};
use aftercare::app::input::Input;
use aftercare::app::{Driver, Ending, Flow, Mailbox, run as run_loop};
use aftercare::terminal::look::Look;
use aftercare::terminal::{Tty, speak_on_panic};
use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Position;
use ratatui::text::Line;
use std::cell::Cell;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use unicode_width::UnicodeWidthStr;

/// Set in the environment: be the program under test.
pub const MARK: &str = "AFTERCARE_TEST_CHILD";
const ROWS: u16 = 15;

#[derive(Default)]
struct Probe {
    typed: String,
    key: String,
    row: u16,
    poll: Option<Instant>,
    fill: bool,
    tell_frames: bool,
    panic_in_draw: bool,
    frames: Cell<u32>,
}

/// The number behind `frames:` on a screen.
pub fn frames(screen: &str) -> u32 {
    let behind = screen
        .split("frames: ")
        .nth(1)
        .expect("frames on the screen");
    behind.split_whitespace().next().unwrap().parse().unwrap()
}

pub fn run() -> ExitCode {
    speak_on_panic(|place| format!("The desk had to close ({place})."));
    let tty = match Tty::enter(Look::default()) {
        Ok(tty) => tty,
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::FAILURE;
        }
    };
    let mut probe = Probe::default();
    let ending = run_loop(tty, Mailbox::new(), &SystemClock, &mut probe);
    ExitCode::from(ending.exit_code())
}

fn note(name: &str, text: &str) {
    let home = PathBuf::from(std::env::var_os("HOME").unwrap());
    // In one step, so that who reads it meanwhile sees all or nothing.
    std::fs::write(home.join("new"), text).unwrap();
    std::fs::rename(home.join("new"), home.join(name)).unwrap();
}

impl Probe {
    fn key(&mut self, key: KeyEvent) -> Flow {
        self.key = format!("{:?}", key.code);
        match key.code {
            KeyCode::Char('q') if key.modifiers == KeyModifiers::CONTROL => return Flow::Quit,
            KeyCode::Char(c) => self.typed.push(c),
            KeyCode::Down => self.row = (self.row + 1) % ROWS,
            KeyCode::Up => self.row = (self.row + ROWS - 1) % ROWS,
            KeyCode::F(2) => self.poll = Some(Instant::now()),
            KeyCode::F(6) => self.fill = true,
            KeyCode::F(7) => self.tell_frames = true,
            KeyCode::F(9) => {
                let _ = std::thread::spawn(|| panic!("secret of a thread")).join();
            }
            KeyCode::F(10) => {
                note("hanging", "");
                loop {
                    std::thread::park();
                }
            }
            KeyCode::F(11) => panic!("secret of an event"),
            KeyCode::F(12) => self.panic_in_draw = true,
            _ => {}
        }
        if self.fill {
            let (length, frames) = (self.typed.chars().count(), self.frames.get());
            note("acted", &format!("{length} {frames}"));
        }
        Flow::Changed
    }
}

impl Driver for Probe {
    fn event(&mut self, input: Input, now: Moment) -> Flow {
        match input {
            Input::Key(key) => self.key(key),
            Input::Paste(text) => {
                self.typed.push_str(&text);
                Flow::Changed
            }
            Input::Wake => {
                self.poll = Some(now.at + Duration::from_millis(250));
                Flow::Still
            }
            Input::Scan(text) => {
                self.typed.push_str(&text);
                self.key = format!("{:?}", KeyCode::Enter);
                Flow::Changed
            }
            Input::Lines(lines) => {
                for input in lines.into_keys() {
                    self.event(input, now);
                }
                Flow::Changed
            }
            Input::Resized(_) | Input::Knock | Input::Answer(_) => Flow::Still,
        }
    }

    fn draw(&self, frame: &mut Frame) {
        assert!(!self.panic_in_draw, "secret of a frame");
        self.frames.set(self.frames.get() + 1);
        let area = frame.area();
        let last: String = self.typed.chars().rev().take(30).collect();
        let last: String = last.chars().rev().filter(|c| *c != '\n').collect();
        let length = self.typed.chars().count();
        let mut lines = vec![
            format!("typed: {last}"),
            format!("key: {}  length: {length}", self.key),
            format!("size: {}x{}", area.width, area.height),
        ];
        if self.tell_frames {
            lines.push(format!("frames: {}", self.frames.get()));
        }
        for row in 0..ROWS {
            let mark = if row == self.row { '>' } else { ' ' };
            lines.push(format!("{mark} case {row:02}  王小明"));
        }
        for (line, y) in lines.into_iter().zip(0..area.height) {
            let row = ratatui::layout::Rect {
                y,
                height: 1,
                ..area
            };
            frame.render_widget(Line::raw(line), row);
        }
        if self.fill {
            let letter = char::from(b'a' + (length % 26) as u8).to_string();
            for y in 3..area.height {
                let row = ratatui::layout::Rect {
                    y,
                    height: 1,
                    ..area
                };
                frame.render_widget(Line::raw(letter.repeat(area.width.into())), row);
            }
        }
        let column = 7 + u16::try_from(last.width()).unwrap();
        if column < area.width {
            frame.set_cursor_position(Position::new(column, 0));
        }
    }

    fn wake_at(&self) -> Option<Instant> {
        self.poll
    }

    fn ending(&mut self, why: &Ending, _now: Moment) {
        note("ending", &format!("{why:?} {}", self.typed));
    }
}
