//! Text over the full width, to be read or marked with a mouse and copied: no border, no columns
//! beside it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::{count, page_mark, put, put_right};
use crate::ui::text::{visible_lines, wrap};
use crate::ui::theme::{Role, Theme};

/// A text in pages.
#[derive(Debug, Clone, Copy)]
pub struct PlainText<'a> {
    /// The text; line feeds break lines.
    pub text: &'a str,
    /// The page that is shown, from 0.
    pub page: usize,
    /// Colours and signs.
    pub theme: &'a Theme,
}

impl PlainText<'_> {
    /// How many pages the text takes in an area of this size; at least one.
    pub fn pages(&self, area: Rect) -> usize {
        let shown = visible_lines(self.text);
        let lines = wrap(&shown, usize::from(area.width).max(1)).len();
        lines.div_ceil(page_rows(lines, area)).max(1)
    }
}

/// The rows of a page; the last row is kept for the number of the page where there are several.
fn page_rows(lines: usize, area: Rect) -> usize {
    let height = usize::from(area.height);
    if lines <= height {
        height.max(1)
    } else {
        height.saturating_sub(1).max(1)
    }
}

impl Widget for &PlainText<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let shown = visible_lines(self.text);
        let lines = wrap(&shown, usize::from(area.width));
        let rows = page_rows(lines.len(), area);
        let pages = lines.len().div_ceil(rows).max(1);
        let page = self.page.min(pages - 1);
        let style = self.theme.style(Role::Plain);
        for (row, line) in lines.iter().skip(page * rows).take(rows).enumerate() {
            put(buffer, area, (0, count(row)), line, style, self.theme);
        }
        if pages > 1 && area.height > 1 {
            let mark = page_mark(page, pages);
            let style = self.theme.style(Role::Muted);
            put_right(buffer, area, area.height - 1, &mark, style, self.theme);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::{HARD, lines, survives_every_size};

    const THEME: Theme = Theme::COLOURED;

    #[test]
    fn an_address_is_shown_over_the_full_width() {
        let text = "收件人：王小明\n广东省深圳市南山区";
        let view = PlainText {
            text,
            page: 0,
            theme: &THEME,
        };
        let drawn = lines(12, 4, |area, buffer| view.render(area, buffer));
        assert_eq!(drawn, ["收件人：王小", "明", "广东省深圳市", "南山区"]);
    }

    #[test]
    fn a_long_text_has_pages() {
        let text = "a\nb\nc\nd\ne";
        let view = PlainText {
            text,
            page: 1,
            theme: &THEME,
        };
        assert_eq!(view.pages(Rect::new(0, 0, 10, 3)), 3);
        let drawn = lines(10, 3, |area, buffer| view.render(area, buffer));
        assert_eq!(drawn, ["c", "d", "       2/3"]);
        let last = PlainText { page: 99, ..view };
        let drawn = lines(10, 3, |area, buffer| last.render(area, buffer));
        assert_eq!(drawn, ["e", "", "       3/3"]);
    }

    #[test]
    fn nothing_is_drawn_outside() {
        for text in HARD {
            let view = PlainText {
                text,
                page: 1,
                theme: &THEME,
            };
            survives_every_size(|area, buffer| {
                view.render(area, buffer);
                assert!(view.pages(area) >= 1);
            });
        }
    }
}
