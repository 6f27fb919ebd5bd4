//! The screens of a case: summary, forms with the checks beside them, history.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::case::form::FormView;
use super::case::{checks, history, quote, summary};
use super::i18n::Words;
use super::theme::Theme;
use super::widgets::vertical_rule;
use crate::flow::state::{CaseScreen, OpenCase, State};

/// Below so many columns the checks are on a key, and the form has the whole width.
pub const BESIDE: u16 = 60;
/// The checks never take more columns than this: wider terminals give the form more.
const CHECKS_AT_MOST: u16 = 56;

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
            summary::draw(open, words, theme, area, buffer);
            None
        }
        CaseScreen::History => {
            history::draw(open, words, theme, area, buffer);
            None
        }
        CaseScreen::Quote => {
            // Lines need the width; the checks that matter here stand below them.
            let below = area.height / 3;
            let (upper, lower) = split_rows(area, area.height - below);
            let caret = form(open, state, words, theme, upper, buffer);
            quote::draw(open, words, theme, lower, buffer);
            caret
        }
        _ if area.width < BESIDE => form(open, state, words, theme, area, buffer),
        _ => {
            let right = (area.width / 2).min(CHECKS_AT_MOST);
            let left = Rect {
                width: area.width - right,
                ..area
            };
            let rule = Rect {
                x: left.right(),
                width: 1,
                ..area
            };
            let panel = Rect {
                x: left.right() + 1,
                width: right - 1,
                ..area
            };
            vertical_rule(buffer, rule, theme);
            let left = Rect {
                width: left.width.saturating_sub(1),
                ..left
            };
            let caret = form(open, state, words, theme, left, buffer);
            checks::draw(open, 0, words, theme, panel, buffer);
            caret
        }
    }
}

fn split_rows(area: Rect, upper: u16) -> (Rect, Rect) {
    let top = Rect {
        height: upper,
        ..area
    };
    let bottom = Rect {
        y: area.y + upper,
        height: area.height - upper,
        ..area
    };
    (top, bottom)
}

fn form(
    open: &OpenCase,
    state: &State,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    FormView {
        form: &open.form,
        record: &open.case.record,
        today: state.today(),
        has_caret: open.checks_cursor.is_none(),
        line_note: &|item| quote::line_total(open, item),
        words,
        theme,
    }
    .draw(area, buffer)
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
    checks::draw(open, page, words, theme, area, buffer);
}
