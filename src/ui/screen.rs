//! The whole screen: a header, the body, a line that tells what just happened, the keys; what lies
//! over it on top. Drawing reads the state and changes nothing.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use super::i18n::{Arg, Words};
use super::text::{clip, visible, width, wrap};
use super::theme::{Role, Sign, Theme};
use super::widgets::footer::{Footer, Hint};
use super::widgets::{put, put_right};
use super::{
    ambiguous, board, case_screen, format, keymap, lock_screen, notes, overlays, receiving_screen,
};
use crate::desk::field::Field;
use crate::desk::record::Record;
use crate::flow::bench::Seat;
use crate::flow::command::Command;
use crate::flow::note::Note;
use crate::flow::possible::possible;
use crate::flow::state::{Context, Overlay, OverlayKind, State, View};

/// Draws everything and sets the terminal's cursor, here and nowhere else.
pub fn draw(state: &State, words: &Words, theme: &Theme, frame: &mut Frame) {
    let area = frame.area();
    if let Some(position) = paint(state, words, theme, area, frame.buffer_mut()) {
        frame.set_cursor_position(position);
    }
}

/// Draws everything into a buffer; answers where the terminal's cursor belongs.
pub fn paint(
    state: &State,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return None;
    }
    ambiguous::counting(theme.ambiguous(), || {
        paint_counted(state, words, theme, area, buffer)
    })
}

fn paint_counted(
    state: &State,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let note = state.note.as_ref().map(|note| Told::of(note, words));
    let layout = Layout::of(area, note.as_ref());
    header(state, words, theme, layout.header, buffer);
    if let Some(told) = &note {
        told.draw(theme, layout.note, buffer);
    }
    footer(state, words, theme, layout.footer, buffer);
    let caret = match &state.view {
        _ if let Seat::Locked(lock) = &state.seat => {
            lock_screen::draw(lock, state, words, theme, layout.body, buffer)
        }
        View::Board => board::draw(state, words, theme, layout.body, buffer),
        View::Case(open) => case_screen::draw(open, state, words, theme, layout.body, buffer),
        View::Parcel(open) => {
            receiving_screen::draw(open, state, words, theme, layout.body, buffer)
        }
    };
    let caret = match overlays::draw(state, words, theme, layout.body, buffer) {
        Some(over) => over.caret,
        None => caret,
    };
    caret.filter(|position| area.contains(*position))
}

/// Below so many columns only the name of the screen stands in the header.
const NARROW: u16 = 30;

/// Which rows belong to what. Small terminals keep the body.
struct Layout {
    header: Rect,
    body: Rect,
    note: Rect,
    footer: Rect,
}

impl Layout {
    fn of(area: Rect, note: Option<&Told>) -> Layout {
        let header = u16::from(area.height >= 5);
        let footer = u16::from(area.height >= 4);
        let wanted = note.map_or(0, |told| told.rows(area.width));
        let note = match area.height {
            0..3 => 0,
            3..8 => wanted.min(1),
            // One row is kept for it, so that the body stays where it is.
            8..12 => 1,
            _ => wanted.clamp(1, 2),
        };
        let body = area.height - header - footer - note;
        let rows = |skip: u16, height: u16| Rect {
            y: area.y + skip,
            height,
            ..area
        };
        Layout {
            header: rows(0, header),
            body: rows(header, body),
            note: rows(header + body, note),
            footer: rows(header + body + note, footer),
        }
    }
}

/// What just happened, in words.
struct Told {
    role: Role,
    text: String,
}

impl Told {
    fn of(note: &Note, words: &Words) -> Told {
        let role = match note {
            Note::NotSaved(_) | Note::NotRead(_) | Note::NotKept(_) | Note::LeavingUnsaved(_) => {
                Role::Refused
            }
            Note::Unreadable(..) => Role::Error,
            Note::Theirs(_) => Role::Staff,
            note if note.is_trouble() => Role::Notice,
            _ => Role::Met,
        };
        Told {
            role,
            text: visible(&notes::note(words, note)).into_owned(),
        }
    }

    /// The columns its text may take.
    fn room(columns: u16) -> usize {
        usize::from(columns.saturating_sub(4)).max(1)
    }

    fn rows(&self, columns: u16) -> u16 {
        let lines = wrap(&self.text, Told::room(columns)).len();
        u16::try_from(lines).unwrap_or(u16::MAX)
    }

    fn draw(&self, theme: &Theme, area: Rect, buffer: &mut Buffer) {
        let sign = theme.role_sign(self.role).unwrap_or("");
        put(buffer, area, (1, 0), sign, theme.style(self.role), theme);
        let plain = theme.style(Role::Plain);
        let lines = wrap(&self.text, Told::room(area.width));
        if lines.len() > usize::from(area.height) {
            put(buffer, area, (3, 0), &self.text, plain, theme);
            return;
        }
        for (row, line) in (0..area.height).zip(lines) {
            put(buffer, area, (3, row), line, plain, theme);
        }
    }
}

fn header(state: &State, words: &Words, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let language = words.say("language-short");
    let mut right = format!("{}  {language} ", visible(&state.staff.name));
    let day = format::day_with_weekday(words, state.today(), state.today());
    if matches!(state.view, View::Board) {
        right = format!("{day}   {right}");
    }
    if let Some(here) = also_here(state, words) {
        right = format!("{here}   {right}");
    }
    if state.not_kept.is_some() {
        right = format!("{}   {right}", words.say("header-not-kept"));
    }
    let kept = i64::try_from(state.kept()).unwrap_or(i64::MAX);
    if state.saving.is_some() {
        right = format!("{}   {right}", words.say("header-saving"));
    } else if kept > 0 {
        let args = [("count", Arg::Number(kept))];
        right = format!("{}   {right}", words.say_with("header-not-saved", &args));
    }
    if area.width < NARROW {
        right.clear();
    }
    let muted = theme.style(Role::Muted);
    let begin = put_right(buffer, area, 0, &right, muted, theme);
    let room = Rect {
        width: begin.saturating_sub(1),
        ..area
    };
    let heading = theme.style(Role::Heading);
    let title = title(state, words);
    let end = put(buffer, room, (1, 0), &title, heading, theme);
    let separator = format!(" {} ", theme.sign(Sign::Dot));
    let about: String = about(state)
        .into_iter()
        .flat_map(|piece| [separator.clone(), piece])
        .collect();
    let plain = theme.style(Role::Plain);
    put(buffer, room, (end, 0), &about, plain, theme);
}

/// The columns the names of those who are here too may take.
const NAMES: usize = 20;

/// Who else is in what is open, or in the case the mark of the board is at.
fn also_here(state: &State, words: &Words) -> Option<String> {
    let (id, message) = match state.open_id() {
        Some(id) => (id, "header-also-here"),
        None => (state.board.marked()?.id, "header-in-it"),
    };
    let names = names(&state.others_in(id))?;
    Some(with_text(words, message, "names", &names))
}

/// Names as far as they fit; of those that do not, how many there are.
fn names(all: &[&str]) -> Option<String> {
    let (first, rest) = all.split_first()?;
    let more = |count: usize| match count {
        0 => String::new(),
        count => format!(" +{count}"),
    };
    let first = visible(first);
    let mut shown = clip(&first, NAMES - 4).to_string();
    for (at, name) in rest.iter().enumerate() {
        let longer = format!("{shown}, {}", visible(name));
        let behind = more(rest.len() - at - 1);
        if width(&longer) + width(&behind) > NAMES {
            return Some(format!("{shown}{}", more(rest.len() - at)));
        }
        shown = longer;
    }
    Some(shown)
}

fn title(state: &State, words: &Words) -> String {
    let id = match &state.view {
        _ if matches!(state.seat, Seat::Locked(_)) => "screen-locked".to_string(),
        View::Board => "screen-board".to_string(),
        View::Parcel(_) => "screen-receiving".to_string(),
        View::Case(open) => format!("screen-{}", open.screen.code()),
    };
    words.say(&id).into_owned()
}

/// Which case or parcel it is.
fn about(state: &State) -> Vec<String> {
    match &state.view {
        View::Board => Vec::new(),
        View::Case(open) => pieces(
            &open.case.record,
            &[Field::Number, Field::Model, Field::Caller],
        ),
        View::Parcel(open) => pieces(&open.record, &[Field::Waybill, Field::Sender]),
    }
}

fn pieces(record: &Record, fields: &[Field]) -> Vec<String> {
    fields
        .iter()
        .filter_map(|field| record.text(*field))
        .map(|text| visible(text).into_owned())
        .collect()
}

/// The keys that can be used here; what is not possible now is muted.
fn footer(state: &State, words: &Words, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let context = state.context();
    let mut shown: Vec<(String, String, u8, Command)> = Vec::new();
    for binding in keymap::hints(context, state.is_typing_text()) {
        let is_idle = is_idle(state, context, binding.command);
        if is_idle
            || shown
                .iter()
                .any(|(.., command)| *command == binding.command)
        {
            continue;
        }
        let label = words.say(&hint_id(context, binding.command)).into_owned();
        shown.push((binding.chord.name(), label, binding.weight, binding.command));
    }
    let mut hints: Vec<Hint> = shown
        .iter()
        .map(|(key, label, weight, _)| Hint {
            key,
            label,
            weight: *weight,
            enabled: true,
        })
        .collect();
    for (hint, (.., command)) in hints.iter_mut().zip(&shown) {
        hint.enabled = possible(state, *command).is_ok();
    }
    let hints = Footer {
        hints: &hints,
        theme,
    };
    hints.render(area, buffer);
}

/// Whether a question has appeared so lately that no key answers it yet.
fn is_too_early(state: &State) -> bool {
    matches!(state.overlays.last(), Some(Overlay::Conflict(question)) if question.is_too_early)
}

/// Whether a key does nothing just now and needs no room in the footer.
fn is_idle(state: &State, context: Context, command: Command) -> bool {
    match (context, command) {
        (_, Command::Lock) => !keymap::concerns(&state.seat, command, keymap::Place::Everywhere),
        (_, Command::SaveAgain) => state.kept() == 0,
        (_, Command::Accept) if is_too_early(state) => true,
        (Context::Board, Command::Back) => state.board.search.is_empty(),
        (Context::Board, Command::Accept) => {
            state.board.search.is_empty() && state.board.marked().is_none()
        }
        (Context::Board, Command::NextGroup) => {
            !state.board.search.is_empty() || state.board.rows.is_empty()
        }
        _ => false,
    }
}

/// The message of a key's short word.
pub fn hint_id(context: Context, command: Command) -> String {
    match (context, command) {
        (Context::Board, Command::Accept) => "hint-accept-board".to_string(),
        (Context::Overlay(OverlayKind::Reading), Command::Accept) => "hint-close".to_string(),
        (Context::Overlay(OverlayKind::Prompt), Command::Accept) => "hint-done".to_string(),
        (Context::Overlay(_), Command::Accept) => "hint-choose".to_string(),
        _ => format!("hint-{}", command.code()),
    }
}

/// A page of several, for the foot of a box: `2/3`; nothing for a single one.
pub(super) fn page_mark(page: usize, pages: usize) -> String {
    if pages <= 1 {
        return String::new();
    }
    format!("{}/{pages}", page + 1)
}

/// A sentence with one text in it.
pub(super) fn with_text(words: &Words, id: &str, name: &str, text: &str) -> String {
    words.say_with(id, &[(name, Arg::Text(text))])
}

/// The widest of some texts, in columns.
pub(super) fn widest(texts: impl IntoIterator<Item = impl AsRef<str>>) -> u16 {
    let widths = texts.into_iter().map(|text| width(text.as_ref()));
    let widest = widths.max().unwrap_or(0);
    u16::try_from(widest).unwrap_or(u16::MAX)
}
