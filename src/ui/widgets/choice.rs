//! A list of options to choose from, each with a digit for a key.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::overlay::Overlay;
use super::{count, page_mark, put};
use crate::ui::text::{visible, width};
use crate::ui::theme::{Role, Sign, Theme};

/// The options of a choice field, in front of the form.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    /// What is chosen.
    pub title: &'a str,
    /// The options, in order.
    pub options: &'a [&'a str],
    /// The option the pointer is at, from 0.
    pub selected: usize,
    /// Colours and signs.
    pub theme: &'a Theme,
}

/// The digit that chooses option `index` (from 0): 1 to 9, then 0; none after ten.
pub fn key(index: usize) -> Option<char> {
    match index {
        0..=8 => char::from_digit(u32::try_from(index).ok()? + 1, 10),
        9 => Some('0'),
        _ => None,
    }
}

/// The option (from 0) a digit chooses.
pub fn index(key: char) -> Option<usize> {
    (0..10).find(|index| self::key(*index) == Some(key))
}

impl Choice<'_> {
    /// The columns and rows the whole box takes, border included.
    pub fn size(&self) -> (u16, u16) {
        let longest = self
            .options
            .iter()
            .map(|option| width(&visible(option)))
            .max();
        // A space at each side, and a piece of the border between it and the corners.
        let title = width(&visible(self.title)) + 4;
        // Pointer, digit, space before; one space behind.
        let inside = (longest.unwrap_or(0) + 4).max(title);
        (
            count(inside).saturating_add(2),
            count(self.options.len()).saturating_add(2),
        )
    }

    /// Where the box lies: under the field it belongs to, or above it.
    pub fn place(&self, screen: Rect, field: Rect) -> Rect {
        let (width, height) = self.size();
        Overlay::beside(screen, field, width, height)
    }
}

/// Draws option `at` (from 0) in a row of the box: the pointer where it is selected, its digit, its text.
pub fn option(
    buffer: &mut Buffer,
    inner: Rect,
    row: u16,
    (at, text, selected): (usize, &str, bool),
    theme: &Theme,
) {
    if selected {
        let pointer = theme.sign(Sign::Pointer);
        let style = theme.style(Role::Focus);
        put(buffer, inner, (0, row), pointer, style, theme);
    }
    let digit = key(at).unwrap_or(' ').to_string();
    let style = theme.style(Role::Key);
    put(buffer, inner, (1, row), &digit, style, theme);
    let role = if selected { Role::Focus } else { Role::Plain };
    put(buffer, inner, (3, row), text, theme.style(role), theme);
}

impl Widget for &Choice<'_> {
    /// Draws the box over the whole of `area`; the page with the selected option where they do not
    /// all fit.
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let theme = self.theme;
        let inner = Overlay::inner(area);
        let rows = usize::from(inner.height).max(1);
        let pages = self.options.len().div_ceil(rows).max(1);
        let page = (self.selected / rows).min(pages - 1);
        let foot = if pages > 1 {
            page_mark(page, pages)
        } else {
            String::new()
        };
        let overlay = Overlay {
            title: self.title,
            foot: &foot,
            theme,
        };
        overlay.render(area, buffer);
        let shown = self.options.iter().enumerate().skip(page * rows).take(rows);
        for (row, (at, option)) in shown.enumerate() {
            let row = count(row);
            let selected = at == self.selected;
            self::option(buffer, inner, row, (at, option, selected), theme);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::{HARD, lines, survives_every_size};

    const THEME: Theme = Theme::COLOURED;

    #[test]
    fn every_option_has_a_digit() {
        let options = ["customer says", "document seen", "已检验"];
        let choice = Choice {
            title: "Ground",
            options: &options,
            selected: 1,
            theme: &THEME,
        };
        assert_eq!(choice.size(), (19, 5));
        let drawn = lines(19, 5, |area, buffer| choice.render(area, buffer));
        let expected = [
            "┌─ Ground ────────┐",
            "│ 1 customer says │",
            "│▸2 document seen │",
            "│ 3 已检验        │",
            "└─────────────────┘",
        ];
        assert_eq!(drawn, expected);
    }

    #[test]
    fn digits_and_options_belong_together() {
        for at in 0..10 {
            assert_eq!(key(at).and_then(index), Some(at));
        }
        assert_eq!((key(0), key(9), key(10)), (Some('1'), Some('0'), None));
        assert_eq!(index('x'), None);
    }

    #[test]
    fn the_page_with_the_selected_option_is_shown() {
        let options = ["a", "b", "c", "d", "e"];
        let choice = Choice {
            title: "",
            options: &options,
            selected: 3,
            theme: &THEME,
        };
        let drawn = lines(10, 4, |area, buffer| choice.render(area, buffer));
        assert_eq!(
            drawn,
            ["┌────────┐", "│ 3 c    │", "│▸4 d    │", "└── 2/3 ─┘"]
        );
    }

    #[test]
    fn nothing_is_drawn_outside() {
        for selected in [0, 3, 99] {
            let choice = Choice {
                title: HARD[1],
                options: &HARD,
                selected,
                theme: &THEME,
            };
            survives_every_size(|area, buffer| choice.render(area, buffer));
            let none = Choice {
                options: &[],
                ..choice
            };
            survives_every_size(|area, buffer| none.render(area, buffer));
        }
    }
}
