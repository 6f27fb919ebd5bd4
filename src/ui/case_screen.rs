//! The screens of a case: summary, forms with the checks beside them, history.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::i18n::Words;
use super::theme::Theme;
use crate::flow::state::{OpenCase, State};

/// Draws the body of a case's screen; answers where the terminal's cursor belongs.
pub fn draw(
    _open: &OpenCase,
    _state: &State,
    _words: &Words,
    _theme: &Theme,
    _area: Rect,
    _buffer: &mut Buffer,
) -> Option<Position> {
    None
}

/// Draws the checks alone, on the full width: for terminals too narrow for them beside the form.
/// A page behind the last one shows the last one.
pub fn draw_checks(
    _open: &OpenCase,
    _page: usize,
    _words: &Words,
    _theme: &Theme,
    _area: Rect,
    _buffer: &mut Buffer,
) {
}
