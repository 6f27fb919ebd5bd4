//! From the bytes a terminal sends to keys and pastes; pure.

use super::Input;
use crate::terminal::look::Answer;
use crate::ui::theme::Background;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyEventState, KeyModifiers};
use std::time::{Duration, Instant};
use termina::escape::csi::{Csi, Cursor};
use termina::escape::osc::{ColorOrQuery, DynamicColorNumber, Osc};
use termina::event as term;

const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";
const ESCAPE: u8 = 0x1b;
/// After this pause a lone Escape is the key, and an escape sequence without an end is dropped.
const ESCAPE_PAUSE: Duration = Duration::from_millis(50);
/// After this pause what has arrived of a paste is delivered.
const PASTE_PAUSE: Duration = Duration::from_millis(100);
/// After this one more, a paste without an end is over, lest every later key be taken for text.
const PASTE_GIVEN_UP: Duration = Duration::from_secs(5);
/// While an answer of the terminal is awaited, what may be the beginning of one is kept for the rest
/// of it: a lone Escape so long after the question, all else so long after its latest byte, and then
/// still, until something comes that cannot be the rest, or for [`ANSWER_GIVEN_UP`].
const ANSWER_PAUSE: Duration = Duration::from_secs(1);
/// After this one more the beginning of an answer is dropped.
const ANSWER_GIVEN_UP: Duration = Duration::from_secs(5);
/// No key takes so many bytes: what does not end by then is none, and is not searched on and on.
const LONGEST_SEQUENCE: usize = 128;
/// A longer paste is delivered in pieces.
const PIECE: usize = 1 << 20;

/// Where the stream stands.
#[derive(Debug, Default)]
pub struct Decoder {
    parser: termina::Parser,
    /// Bytes that may be the beginning of something: a paste's bracket, a character.
    held: Vec<u8>,
    /// What has arrived of a paste and not been delivered; `None` outside one.
    paste: Option<Vec<u8>>,
    /// Whether bytes have come since the last pause.
    fresh: bool,
    /// Whether the last byte for the parser was Escape.
    after_escape: bool,
    /// The bytes since an Escape that have not become anything.
    unfinished: Vec<u8>,
    /// Reports of the cursor that were asked for and have not come.
    awaited: u32,
    /// When the terminal was asked last.
    asked: Option<Instant>,
    /// Whether the rest of an answer does not come: the next byte that is none of it is a key.
    stalled: bool,
    /// Whether the last byte was the Enter of a scanner that may send a line feed too.
    after_enter: bool,
}

impl Decoder {
    /// Takes bytes in; what they complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        let mut out = Vec::new();
        self.fresh = true;
        let mut bytes = [self.held.as_slice(), bytes].concat();
        self.held.clear();
        loop {
            let inside = self.paste.is_some();
            let marker = if inside { PASTE_ENDS } else { PASTE_BEGINS };
            let found = find(&bytes, marker);
            let mut rest = bytes.split_off(found.unwrap_or_else(|| settled(&bytes, marker)));
            if inside {
                self.pasted(&bytes, &mut out);
            } else {
                self.typed(&bytes, &mut out);
            }
            if found.is_none() {
                self.held = rest;
                return out;
            }
            bytes = rest.split_off(marker.len());
            if inside {
                self.deliver_paste(true, &mut out);
            } else {
                self.end_sequence(&mut out);
            }
            self.paste = (!inside).then(Vec::new);
        }
    }

    /// The terminal is asked now: what it answers becomes [`Input::Answer`], never a key, wherever the
    /// line cuts it.
    pub fn expect_answer(&mut self, now: Instant) {
        self.awaited = self.awaited.saturating_add(1);
        self.asked = Some(now);
    }

    /// How long to wait for more before [`Decoder::pause`] is due; `None` when it would change
    /// nothing.
    pub fn patience(&self, now: Instant) -> Option<Duration> {
        match (&self.paste, self.fresh) {
            (Some(text), true) if !text.is_empty() => Some(PASTE_PAUSE),
            (Some(_), _) => Some(PASTE_GIVEN_UP),
            (None, true) => Some(self.sequence_pause(now)),
            (None, false) => self.stalled.then_some(ANSWER_GIVEN_UP),
        }
    }

    /// How long what has begun may take to go on.
    fn sequence_pause(&self, now: Instant) -> Duration {
        let begun = self.begun();
        let since_asked = self.asked.map(|asked| now.saturating_duration_since(asked));
        if begun == [ESCAPE] && self.awaited > 0 {
            let left = since_asked.map(|since| ANSWER_PAUSE.saturating_sub(since));
            return left.unwrap_or_default().max(ESCAPE_PAUSE);
        }
        match self.is_answer_begun(&begun) {
            true => ANSWER_PAUSE,
            false => ESCAPE_PAUSE,
        }
    }

    /// The bytes of a sequence that has no end yet.
    fn begun(&self) -> Vec<u8> {
        [self.unfinished.as_slice(), &self.held].concat()
    }

    /// Whether these can only be, or may well be, the beginning of an awaited answer.
    fn is_answer_begun(&self, begun: &[u8]) -> bool {
        let goes_with =
            |rest: &[u8], answer: &[u8]| rest.starts_with(answer) || answer.starts_with(rest);
        match begun {
            [ESCAPE, b'[', rest @ ..] => {
                let figures = rest.iter().all(|b| b.is_ascii_digit() || *b == b';');
                self.awaited > 0 && figures && goes_with(rest, REPORT)
            }
            [ESCAPE, b']', rest @ ..] => self.asked.is_some() && is_colour_begun(rest),
            _ => false,
        }
    }

    /// Nothing more has come for as long as [`Decoder::patience`] said.
    pub fn pause(&mut self) -> Vec<Input> {
        let mut out = Vec::new();
        let fresh = std::mem::take(&mut self.fresh);
        self.after_enter = false;
        match &self.paste {
            Some(text) if fresh && !text.is_empty() => self.deliver_paste(false, &mut out),
            Some(_) => {
                self.deliver_paste(true, &mut out);
                self.paste = None;
                self.held.clear(); // the half of its end, most likely
            }
            None if fresh && self.is_answer_begun(&self.begun()) => self.stalled = true,
            None => {
                if self.held.first() == Some(&ESCAPE) {
                    self.parser.parse(&[], false);
                    let held = std::mem::take(&mut self.held);
                    self.parser.parse(&held, false);
                }
                self.end_sequence(&mut out);
            }
        }
        out
    }

    /// Nothing more will come: what has arrived of a paste.
    pub fn finish(&mut self) -> Vec<Input> {
        let mut out = Vec::new();
        self.deliver_paste(true, &mut out);
        *self = Decoder::default();
        out
    }

    fn pasted(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        let text = self.paste.get_or_insert_default();
        text.extend_from_slice(bytes);
        if text.len() > PIECE {
            self.deliver_paste(false, out);
        }
    }

    fn typed(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        // What is no character is shown as one that says so; it may not swallow the key behind it.
        let characters = String::from_utf8_lossy(bytes);
        for byte in self.tidy(characters.as_bytes()) {
            // Escape twice, which a slow line brings together, is the key and whatever the second
            // begins.
            if byte == ESCAPE && self.after_escape {
                self.parser.parse(&[], false);
                self.drain(out);
                self.unfinished.clear();
            }
            if self.stalled && !self.goes_on(byte) {
                // An Escape that was taken for the beginning of its end begins a key.
                let begins = self.unfinished.len() > 1 && self.unfinished.ends_with(&[ESCAPE]);
                self.begin_anew();
                if begins {
                    self.parser.parse(&[ESCAPE], true);
                    self.unfinished.push(ESCAPE);
                }
            }
            self.after_escape = byte == ESCAPE;
            // One at a time, so that it does not matter where the line cuts what is sent.
            self.parser.parse(&[byte], true);
            if self.drain(out) {
                self.unfinished.clear();
                self.stalled = false;
            } else if byte == ESCAPE && !self.is_colour_open() {
                self.unfinished = vec![ESCAPE];
            } else if !self.unfinished.is_empty() {
                self.unfinished.push(byte);
            }
            if self.unfinished.len() > LONGEST_SEQUENCE {
                self.begin_anew();
            }
        }
    }

    /// Whether a byte may belong to the answer whose rest is late.
    fn goes_on(&self, byte: u8) -> bool {
        let with = [self.unfinished.as_slice(), &[byte]].concat();
        let ends_report = byte == b'R' && self.is_answer_begun(&self.unfinished);
        ends_report || with == [ESCAPE] || self.is_answer_begun(&with)
    }

    /// Whether the colour of the background is being told: an Escape is the beginning of its end.
    fn is_colour_open(&self) -> bool {
        matches!(self.unfinished.as_slice(), [ESCAPE, b']', ..])
    }

    /// Nothing more belongs to what has come: a lone Escape is the key.
    fn end_sequence(&mut self, out: &mut Vec<Input>) {
        self.parser.parse(&[], false);
        self.drain(out);
        self.begin_anew();
    }

    /// An unfinished sequence is dropped.
    fn begin_anew(&mut self) {
        self.parser = termina::Parser::default();
        self.unfinished.clear();
        self.stalled = false;
        self.after_escape = false;
    }

    /// Enter is CR, LF or both together (scanners differ); Backspace is DEL or BS (terminals differ).
    fn tidy(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut keys = Vec::with_capacity(bytes.len());
        for &byte in bytes {
            let second_half = byte == b'\n' && self.after_enter;
            self.after_enter = byte == b'\r';
            match byte {
                b'\n' if second_half => {}
                b'\n' => keys.push(b'\r'),
                0x08 => keys.push(0x7f),
                other => keys.push(other),
            }
        }
        keys
    }

    /// Takes what the parser has finished; whether there was anything.
    fn drain(&mut self, out: &mut Vec<Input>) -> bool {
        let mut any = false;
        while let Some(event) = self.parser.pop() {
            any = true;
            match event {
                termina::Event::Key(key) => out.extend(key_event(key).map(Input::Key)),
                other => out.extend(self.answer(&other).map(Input::Answer)),
            }
        }
        any
    }

    /// What the terminal answers to what it was asked.
    fn answer(&mut self, event: &termina::Event) -> Option<Answer> {
        match event {
            termina::Event::Csi(Csi::Cursor(Cursor::ActivePositionReport { line, col })) => {
                self.awaited = self.awaited.checked_sub(1)?;
                Answer::of_cursor(line.get(), col.get())
            }
            termina::Event::Osc(Osc::ChangeDynamicColors(
                DynamicColorNumber::TextBackgroundColor,
                colours,
            )) => match (self.asked, colours.as_slice()) {
                (Some(_), [ColorOrQuery::Color(it)]) => {
                    let colour = [it.red, it.green, it.blue];
                    Some(Answer::Background(Background::of_colour(colour)))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Delivers the paste so far; what may be half of a character or of a line end stays unless this
    /// is its `end`.
    fn deliver_paste(&mut self, end: bool, out: &mut Vec<Input>) {
        let Some(mut text) = self.paste.take() else {
            return;
        };
        let mut cut = text.len();
        if !end {
            cut -= unfinished_character(&text);
            if text.get(..cut).is_some_and(|t| t.ends_with(b"\r")) {
                cut -= 1;
            }
        }
        let rest = text.split_off(cut);
        if !text.is_empty() {
            let text = String::from_utf8_lossy(&text);
            out.push(Input::Paste(text.replace("\r\n", "\n").replace('\r', "\n")));
        }
        self.paste = Some(rest);
    }
}

/// How a report of the cursor begins behind `ESC [`: in the row it was asked about.
const REPORT: &[u8] = b"2;";

/// Whether these, behind `ESC ]`, begin the colour of the background: `11;rgb:ffff/ffff/ffff`.
fn is_colour_begun(rest: &[u8]) -> bool {
    const ANSWER: &[u8] = b"11;";
    let of_colour = |byte: &u8| {
        byte.is_ascii_hexdigit()
            || [b"rg:/#\\\x07".as_slice(), &[ESCAPE]]
                .concat()
                .contains(byte)
    };
    match rest.strip_prefix(ANSWER) {
        Some(colour) => colour.iter().all(of_colour),
        None => ANSWER.starts_with(rest),
    }
}

/// Where `marker` begins in `bytes`.
fn find(bytes: &[u8], marker: &[u8]) -> Option<usize> {
    bytes
        .windows(marker.len())
        .position(|window| window == marker)
}

/// How many bytes at the beginning can be part neither of a marker that goes on nor of a character
/// that does.
fn settled(bytes: &[u8], marker: &[u8]) -> usize {
    let longest = marker.len().saturating_sub(1).min(bytes.len());
    let held = (1..=longest)
        .rev()
        .find(|n| marker.get(..*n).is_some_and(|begun| bytes.ends_with(begun)))
        .unwrap_or(0);
    bytes.len() - held.max(unfinished_character(bytes))
}

/// How many bytes at the end begin a UTF-8 character that is not whole.
fn unfinished_character(bytes: &[u8]) -> usize {
    for (n, &byte) in (1..=3).zip(bytes.iter().rev()) {
        let needed = match byte {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            0x80..=0xbf => continue,
            _ => return 0,
        };
        return if n < needed { n } else { 0 };
    }
    0
}

/// The same key in the types that ratatui's widgets read; `None` for what is no key press.
fn key_event(key: term::KeyEvent) -> Option<KeyEvent> {
    use term::KeyCode as K;
    if key.kind == term::KeyEventKind::Release {
        return None;
    }
    let code = match key.code {
        K::Char(c) if c.is_ascii_control() => return None, // no key has such a name
        K::Char(c) => KeyCode::Char(c),
        K::Enter => KeyCode::Enter,
        K::Backspace => KeyCode::Backspace,
        K::Tab => KeyCode::Tab,
        K::BackTab => KeyCode::BackTab,
        K::Escape => KeyCode::Esc,
        K::Left => KeyCode::Left,
        K::Right => KeyCode::Right,
        K::Up => KeyCode::Up,
        K::Down => KeyCode::Down,
        K::Home => KeyCode::Home,
        K::End => KeyCode::End,
        K::PageUp => KeyCode::PageUp,
        K::PageDown => KeyCode::PageDown,
        K::Insert => KeyCode::Insert,
        K::Delete => KeyCode::Delete,
        K::Function(n) => KeyCode::F(n),
        K::Menu => KeyCode::Menu,
        _ => return None, // lock, media and modifier keys by themselves
    };
    let mut modifiers = KeyModifiers::NONE;
    for (theirs, ours) in [
        (term::Modifiers::SHIFT, KeyModifiers::SHIFT),
        (term::Modifiers::ALT, KeyModifiers::ALT),
        (term::Modifiers::CONTROL, KeyModifiers::CONTROL),
        (term::Modifiers::SUPER, KeyModifiers::SUPER),
        (term::Modifiers::HYPER, KeyModifiers::HYPER),
        (term::Modifiers::META, KeyModifiers::META),
    ] {
        if key.modifiers.contains(theirs) {
            modifiers |= ours;
        }
    }
    Some(KeyEvent {
        code,
        modifiers,
        kind: KeyEventKind::Press,
        state: KeyEventState::NONE,
    })
}

#[cfg(test)]
mod tests;
