//! A parcel being taken in: its form and its goods.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::i18n::Words;
use super::theme::Theme;
use crate::flow::state::{OpenParcel, State};

/// Draws the body of the receiving screen; answers where the terminal's cursor belongs.
pub fn draw(
    _open: &OpenParcel,
    _state: &State,
    _words: &Words,
    _theme: &Theme,
    _area: Rect,
    _buffer: &mut Buffer,
) -> Option<Position> {
    None
}
