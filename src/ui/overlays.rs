//! What lies over a screen: the commands by name, lists, prompts, things to read.

mod confirm;
mod plain_text;
mod reading;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use super::case::value;
use super::i18n::{Arg, Words};
use super::screen::{page_mark, widest};
use super::text::{clip, visible};
use super::theme::{Role, Theme};
use super::widgets::choice::Choice;
use super::widgets::field::FieldLine;
use super::widgets::overlay::Overlay as Frame;
use super::widgets::put;
use super::widgets::table::{Cell, Column, Table};
use super::{format, keymap, notes};
use crate::desk::booking::Booking;
use crate::desk::id::ItemId;
use crate::desk::value::Entry;
use crate::flow::editor::Editor;
use crate::flow::possible::possible;
use crate::flow::state::{Menu, Overlay, Prompt, State};
use crate::flow::unsaved::Question;
use crate::ui::case::quote;

/// What was drawn over the screen.
pub struct Over {
    /// Where the terminal's cursor belongs.
    pub caret: Option<Position>,
}

/// Draws what lies over the screen, the last on top; nothing where nothing does.
pub fn draw(
    state: &State,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Over> {
    let mut over = None;
    for overlay in &state.overlays {
        let caret = match overlay {
            Overlay::Palette { typed, cursor, .. } => {
                palette(state, overlay, typed, *cursor, words, theme, area, buffer)
            }
            Overlay::Menu { menu, cursor } => {
                list(state, *menu, *cursor, words, theme, area, buffer);
                None
            }
            Overlay::Conflict(question) => {
                conflict(state, question, words, theme, area, buffer);
                None
            }
            Overlay::Confirm(confirm) => {
                confirm::draw(confirm, state, words, theme, area, buffer);
                None
            }
            Overlay::Prompt { prompt, typed } => {
                self::prompt(*prompt, typed, words, theme, area, buffer)
            }
            Overlay::Terms { cursor } => {
                reading::terms(state, *cursor, words, theme, area, buffer);
                None
            }
            Overlay::Clause { clause, page } => {
                reading::clause(state, *clause, *page, words, theme, area, buffer);
                None
            }
            Overlay::Help { page } => {
                reading::help(state, *page, words, theme, area, buffer);
                None
            }
            Overlay::Checks { page } => {
                reading::checks(state, *page, words, theme, area, buffer);
                None
            }
            Overlay::Plain { page } => {
                plain_text::draw(state, *page, words, theme, area, buffer);
                None
            }
        };
        over = Some(Over { caret });
    }
    over
}

/// The columns of the palette's box.
const PALETTE_COLUMNS: u16 = 64;

#[allow(clippy::too_many_arguments)] // the last four are the same for everything that draws
fn palette(
    state: &State,
    overlay: &Overlay,
    typed: &Editor,
    cursor: usize,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let matches = overlay.palette_matches();
    let place = Frame::centred(area, PALETTE_COLUMNS, area.height.min(20));
    let inner = Frame::inner(place);
    let has_reason = inner.height >= 4;
    let line = Rect {
        height: inner.height.min(1),
        ..inner
    };
    let rows = inner.height.saturating_sub(1 + u16::from(has_reason));
    let below = Rect {
        y: inner.y.saturating_add(1),
        height: rows,
        ..inner
    };
    let on_page = usize::from(rows).max(1);
    let pages = matches.len().div_ceil(on_page).max(1);
    let page = (cursor / on_page).min(pages - 1);
    let foot = page_mark(page, pages);
    let frame = Frame {
        title: &words.say("palette-title"),
        foot: &foot,
        theme,
    };
    frame.render(place, buffer);
    let caret = text_line(typed, &words.say("palette-hint"), theme, line, buffer);
    // Whether a command is possible is found by planning it: only for what is seen.
    let under = keymap::under_overlays(state);
    let shown = matches.iter().skip(page * on_page).take(on_page);
    let mut reason = None;
    let mut cells = Vec::with_capacity(on_page);
    for (row, (command, name)) in shown.enumerate() {
        let refused = possible(state, *command).err();
        let is_marked = page * on_page + row == cursor;
        if let Some(note) = refused.as_ref().filter(|_| is_marked) {
            reason = Some(notes::note(words, note));
        }
        let role = match (&refused, is_marked) {
            (Some(_), _) => Role::Muted,
            (None, true) => Role::Focus,
            (None, false) => Role::Plain,
        };
        let key = keymap::key_of(*command, under).map(keymap::Chord::name);
        cells.push(vec![
            Cell::with_role(name.as_str(), role),
            Cell::with_role(key.unwrap_or_default(), Role::Muted),
        ]);
    }
    let columns = [column("", 10, 1), column("", 9, 0)];
    let table = Table {
        columns: &columns,
        rows: &cells,
        selected: Some(cursor.saturating_sub(page * on_page)),
        empty: &words.say("palette-none"),
        has_titles: false,
        theme,
    };
    if rows > 0 {
        table.render(below, buffer);
    }
    if let Some(reason) = reason.filter(|_| has_reason) {
        let last = inner.height - 1;
        let style = theme.style(Role::Notice);
        put(buffer, inner, (1, last), &reason, style, theme);
    }
    caret
}

fn column(title: &str, least: u16, share: u16) -> Column<'_> {
    Column {
        title,
        least,
        share,
        right: false,
        drop: u8::from(share == 0),
    }
}

/// A line of text being typed, without a label.
fn text_line(
    typed: &Editor,
    placeholder: &str,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let text = typed.text();
    let line = FieldLine {
        label: "",
        label_columns: 0,
        value: &text,
        value_role: Role::Plain,
        placeholder,
        note: None,
        focused: false,
        caret: Some(typed.caret().1),
        theme,
    };
    // The value begins behind a pointer and a gap that are not needed here.
    let shifted = Rect {
        x: area.x.saturating_sub(1).max(buffer.area.x),
        ..area
    };
    line.draw(shifted, buffer)
}

fn list(
    state: &State,
    menu: Menu,
    cursor: usize,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let (field, codes) = menu.options();
    let options: Vec<String> = codes
        .iter()
        .map(|code| match menu {
            Menu::Reverse(entries) => entry(state, Menu::entry_at(&entries, code), words),
            _ => format::option(words, field, code),
        })
        .collect();
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let title = menu_title(menu, words);
    let choice = Choice {
        title: &title,
        options: &options,
        selected: cursor,
        theme,
    };
    let (width, height) = choice.size();
    choice.render(Frame::centred(area, width, height), buffer);
}

/// The columns that stand around a value in the question which one stays.
const AROUND: usize = 30;

/// Two people filled the same field: both values, who, when, and which one stays.
fn conflict(
    state: &State,
    question: &Question,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let Some(clash) = question.current() else {
        return;
    };
    let room = usize::from(area.width).saturating_sub(AROUND).max(8);
    let told = |entry: Option<&Entry>| {
        let entry = entry.unwrap_or(&Entry::Unknown);
        let told = value::told(words, clash.field, entry, state.today());
        clip(&visible(&told), room).to_string()
    };
    let theirs = told(clash.theirs.as_ref().map(|fact| &fact.entry));
    let mine = told(Some(&clash.wanted));
    let who = visible(&clash.who);
    let who = clip(&who, 12);
    let zone = state.knowledge.zone;
    let when = clash.at.map_or(String::new(), |at| {
        format::moment(words, at.with_timezone(&zone).naive_local(), state.today())
    });
    let field = format::field(words, clash.field);
    let args = [
        ("field", Arg::Text(&field)),
        ("who", Arg::Text(&who)),
        ("when", Arg::Text(&when)),
        ("theirs", Arg::Text(&theirs)),
        ("mine", Arg::Text(&mine)),
    ];
    let title = words.say_with("conflict-title", &args);
    let options = Question::OPTIONS.map(|code| words.say_with(&format!("conflict-{code}"), &args));
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let choice = Choice {
        title: &title,
        options: &options,
        selected: question.cursor,
        theme,
    };
    let (width, height) = choice.size();
    choice.render(Frame::centred(area, width, height), buffer);
}

/// An entry in the money of the open case, in a list.
fn entry(state: &State, item: Option<ItemId>, words: &Words) -> String {
    let record = state.case().map(|open| &open.case.record);
    let all = record.map(Booking::all).unwrap_or_default();
    let found = all.iter().find(|booking| Some(booking.item) == item);
    found.map_or_else(String::new, |booking| {
        let kind = words.say_with(&format!("booking-{}", booking.kind.code()), &[]);
        format!("{kind}  {}", quote::booking(booking, words, state.today()))
    })
}

/// What a list asks.
fn menu_title(menu: Menu, words: &Words) -> String {
    let id = match menu {
        Menu::Options(_, field) => return format::field(words, field),
        Menu::PaidBy(amount) => {
            let amount = format::money(amount);
            return words.say_with("menu-paid-by", &[("amount", Arg::Text(&amount))]);
        }
        Menu::RefundedBy(amount) => {
            let amount = format::money(amount);
            return words.say_with("menu-refunded-by", &[("amount", Arg::Text(&amount))]);
        }
        Menu::PriceBackBy => "menu-price-back-by",
        Menu::PriceGivenBy => "menu-price-given-by",
        Menu::Reverse(_) => "menu-reverse",
        Menu::QuoteTold => "menu-quote-told",
        Menu::QuoteAnswer => "menu-quote-answer",
        Menu::AnswerOver(_) => "menu-answer-over",
        Menu::Grant => "menu-grant",
        Menu::Close => "menu-close",
    };
    words.say(id).into_owned()
}

fn prompt(
    prompt: Prompt,
    typed: &Editor,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let title = words.say_with(&format!("prompt-{}", prompt.code()), &[]);
    let hint = words.say_with(&format!("prompt-{}-hint", prompt.code()), &[]);
    let least = widest([title.as_str(), hint.as_str()]).saturating_add(4);
    let place = Frame::centred(area, least.max(60), 4);
    let frame = Frame {
        title: &title,
        foot: "",
        theme,
    };
    frame.render(place, buffer);
    let inner = Frame::inner(place);
    let muted = theme.style(Role::Muted);
    put(buffer, inner, (1, 1), &hint, muted, theme);
    text_line(typed, "", theme, inner, buffer)
}
