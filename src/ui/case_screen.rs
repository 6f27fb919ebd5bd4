//! The screens of a case: summary, forms with the checks beside them, history.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::case::checks::Checks;
use super::case::form::{FormView, Tail};
use super::case::{history, quote, summary};
use super::format;
use super::i18n::{Arg, Words};
use super::keymap;
use super::text::wrap;
use super::theme::{Role, Theme};
use super::widgets::{put, vertical_rule};
use crate::desk::contact::Relation;
use crate::desk::field::Field;
use crate::desk::id::ItemId;
use crate::flow::form::Cell;
use crate::flow::state::{CaseScreen, OpenCase, State};
use crate::work::earlier::counted;
use crate::work::elsewhere::Elsewhere;
use crate::work::unit;

/// From this many columns on the checks stand beside the form.
const SIDE_BY_SIDE: u16 = 60;

/// The form and the checks; the checks are empty where there is no room for them.
fn split(screen: CaseScreen, area: Rect) -> (Rect, Rect) {
    if area.width < SIDE_BY_SIDE {
        return (area, Rect { width: 0, ..area });
    }
    let least = if screen == CaseScreen::Quote { 52 } else { 40 };
    let form = (area.width / 2).clamp(least, least + 12).min(area.width);
    let checks = Rect {
        x: area.x.saturating_add(form),
        width: area.width - form,
        ..area
    };
    (
        Rect {
            width: form,
            ..area
        },
        checks,
    )
}

/// Draws the body of a case's screen; answers where the terminal's cursor belongs.
pub fn draw(
    open: &OpenCase,
    state: &State,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    match open.screen {
        CaseScreen::Summary => {
            summary::draw(
                &open.case,
                &summary::Others {
                    same_caller: &open.same_caller,
                    around: &open.around,
                },
                open.page,
                words,
                theme,
                area,
                buffer,
            );
            None
        }
        CaseScreen::History => {
            history::draw(open, words, theme, area, buffer);
            None
        }
        _ => {
            let (form, checks) = split(open.screen, area);
            draw_checks_beside(open, words, theme, checks, buffer);
            draw_form(open, state, words, theme, form, buffer)
        }
    }
}

fn draw_checks_beside(
    open: &OpenCase,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    if area.width < 3 {
        return;
    }
    vertical_rule(buffer, area, theme);
    let inside = Rect {
        x: area.x + 1,
        width: area.width - 1,
        ..area
    };
    let checks = Checks::of(open.shown(), words);
    checks.draw(open.checks_cursor, 0, theme, inside, buffer);
}

fn draw_form(
    open: &OpenCase,
    state: &State,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let remark = |cell| remark(open, cell, words);
    let total = |item| line_total(open, item);
    let none = |_| None;
    let title = super::text::pad_left(&words.say("quote-line-total"), 8);
    let is_quote = open.screen == CaseScreen::Quote;
    let foot = match open.screen {
        CaseScreen::Quote => wrapped(quote::foot(open.shown(), words), area),
        CaseScreen::Dispatch => wrapped(quote::money(open.shown(), words), area),
        _ => Vec::new(),
    };
    let foot_rows = u16::try_from(foot.len()).unwrap_or(0).min(area.height / 2);
    let form_area = Rect {
        height: area.height - foot_rows,
        ..area
    };
    let form = FormView {
        form: &open.form,
        record: &open.entered().record,
        saved: &open.case.record,
        is_kept: &|cell| state.kept_in(cell).is_some(),
        context: keymap::under_overlays(state),
        has_keys: open.checks_cursor.is_none(),
        today: open.case.today,
        zone: open.case.knowledge().zone,
        remark: &remark,
        tail: if is_quote {
            (8, &title, &total)
        } else {
            (0, "", &none)
        },
        words,
        theme,
    };
    let caret = form.draw(form_area, buffer);
    for (row, (role, text)) in (0..foot_rows).zip(&foot) {
        let y = form_area.height + row;
        put(buffer, area, (1, y), text, theme.style(*role), theme);
    }
    caret
}

/// The lines under a form, wrapped.
fn wrapped(lines: Vec<(Role, String)>, area: Rect) -> Vec<(Role, String)> {
    let room = usize::from(area.width.saturating_sub(2)).max(1);
    lines
        .into_iter()
        .flat_map(|(role, text)| {
            let wrapped: Vec<(Role, String)> = wrap(&text, room)
                .into_iter()
                .map(|line| (role, line.to_string()))
                .collect();
            wrapped
        })
        .collect()
}

fn line_total(open: &OpenCase, item: ItemId) -> Option<Tail> {
    let line = open
        .shown()
        .quote
        .lines
        .iter()
        .find(|line| line.item == item)?;
    let total = line.total()?.plain();
    Some((Role::Plain, super::text::pad_left(&total, 8)))
}

/// What is known besides the value of a field; whole, and in short.
fn remark(open: &OpenCase, (item, field): Cell, words: &Words) -> Option<(String, String)> {
    let elsewhere = &open.shown().elsewhere;
    if field == Field::SerialNumber && !elsewhere.is_empty() {
        return Some(also_open(elsewhere, words));
    }
    if field == Field::BoxUnit {
        let record = &open.entered().record;
        let in_box = record.serial(Field::SerialInBox)?.as_str();
        let announced = unit::announced(record)?.0.as_str();
        let args = [
            ("announced", Arg::Text(announced)),
            ("box", Arg::Text(in_box)),
        ];
        let short = words.say_with("form-in-box-short", &args);
        return Some((words.say_with("form-in-box", &args), short));
    }
    if field == Field::SameUnit {
        let mut earlier = open.case.earlier.iter();
        let about = earlier.find(|earlier| unit::item_of(earlier.case) == item)?;
        let short = about.number.clone();
        return Some((format::unit(words, "form-unit", about), short));
    }
    let count = match field {
        Field::SerialNumber => counted(&open.case.earlier).count(),
        _ => open.known_by(field, Relation::SameCaller).count(),
    };
    let Some(count) = i64::try_from(count).ok().filter(|count| *count > 0) else {
        return other_extensions(open, field, words);
    };
    let args = [("count", Arg::Number(count))];
    let short = words.say_with("form-earlier-short", &args);
    Some((words.say_with("form-earlier", &args), short))
}

/// Where else the unit is open.
fn also_open(elsewhere: &[Elsewhere], words: &Words) -> (String, String) {
    let cases = format::elsewhere(words, elsewhere);
    let whole = words.say_with("form-also-open", &[("cases", Arg::Text(&cases))]);
    // The number alone: more would cut the serial number itself.
    let short = match elsewhere {
        [other] => other.number.as_deref(),
        _ => None,
    };
    let short = match short {
        Some(number) => words.say_with("form-also-open-number", &[("number", Arg::Text(number))]),
        None => words.say("form-also-open-short").into_owned(),
    };
    (whole, short)
}

/// That others have the number: asked where no extension was typed.
fn other_extensions(open: &OpenCase, field: Field, words: &Words) -> Option<(String, String)> {
    let others = open.other_extensions(field);
    let own = open.entered().record.phone(field)?;
    match (own.extension(), others.as_slice()) {
        (_, []) => None,
        (Some(_), others) => Some((format::other_extensions(words, others), String::new())),
        (None, others) => Some((
            format::which_extension(words, others),
            words.say("phone-which-extension-short").into_owned(),
        )),
    }
}

/// Draws the checks alone, on the full width: for terminals too narrow for them beside the form.
/// A page behind the last one shows the last one.
pub fn draw_checks(
    open: &OpenCase,
    page: usize,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let checks = Checks::of(open.shown(), words);
    checks.draw(None, page, theme, area, buffer);
}
