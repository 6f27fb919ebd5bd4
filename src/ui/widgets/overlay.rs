//! A box in front of the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::{clear, put, put_right};
use crate::ui::theme::{Role, Sign, Theme};

/// A box with a title and a line at its foot; what is behind it is emptied.
#[derive(Debug, Clone, Copy)]
pub struct Overlay<'a> {
    /// What the box is about.
    pub title: &'a str,
    /// What ends it, such as `Esc`; may be empty.
    pub foot: &'a str,
    /// Colours and signs.
    pub theme: &'a Theme,
}

impl Overlay<'_> {
    /// The room inside the box. A box too small for a border is all inside.
    pub fn inner(area: Rect) -> Rect {
        if area.width < 3 || area.height < 3 {
            return area;
        }
        Rect {
            x: area.x.saturating_add(1),
            y: area.y.saturating_add(1),
            width: area.width - 2,
            height: area.height - 2,
        }
    }

    /// A box of at most `width` by `height`, in the middle of `screen`.
    pub fn centred(screen: Rect, width: u16, height: u16) -> Rect {
        let (width, height) = (width.min(screen.width), height.min(screen.height));
        Rect {
            x: screen.x.saturating_add((screen.width - width) / 2),
            y: screen.y.saturating_add((screen.height - height) / 2),
            width,
            height,
        }
    }

    /// A box of at most `width` by `height` under the row of `anchor`, or above it where there is
    /// more room, beginning at its left edge and pushed left as far as needed.
    pub fn beside(screen: Rect, anchor: Rect, width: u16, height: u16) -> Rect {
        let anchor = anchor.intersection(screen);
        let below = screen.bottom().saturating_sub(anchor.bottom());
        let above = anchor.y.saturating_sub(screen.y);
        let width = width.min(screen.width);
        let x = anchor
            .x
            .min(screen.right().saturating_sub(width))
            .max(screen.x);
        if below >= height || below >= above {
            let height = height.min(below);
            Rect {
                x,
                y: anchor.bottom(),
                width,
                height,
            }
        } else {
            let height = height.min(above);
            Rect {
                x,
                y: anchor.y.saturating_sub(height),
                width,
                height,
            }
        }
    }
}

impl Widget for &Overlay<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        clear(buffer, area);
        if area.width < 3 || area.height < 3 {
            return;
        }
        let theme = self.theme;
        let line = theme.style(Role::Muted);
        let across = theme
            .sign(Sign::Horizontal)
            .repeat(usize::from(area.width - 2));
        let last = area.height - 1;
        let rows = [
            (0, Sign::TopLeft, Sign::TopRight),
            (last, Sign::BottomLeft, Sign::BottomRight),
        ];
        for (row, left, right) in rows {
            let text = format!("{}{across}{}", theme.sign(left), theme.sign(right));
            put(buffer, area, (0, row), &text, line, theme);
        }
        for row in 1..last {
            put(
                buffer,
                area,
                (0, row),
                theme.sign(Sign::Vertical),
                line,
                theme,
            );
            put_right(buffer, area, row, theme.sign(Sign::Vertical), line, theme);
        }
        // Between the corners, with one piece of the line left at each side.
        let inside = Rect {
            x: area.x.saturating_add(2),
            width: area.width.saturating_sub(4),
            ..area
        };
        if !self.title.is_empty() && inside.width > 2 {
            let title = format!(" {} ", self.title);
            put(
                buffer,
                inside,
                (0, 0),
                &title,
                theme.style(Role::Heading),
                theme,
            );
        }
        if !self.foot.is_empty() && inside.width > 2 {
            let foot = format!(" {} ", self.foot);
            put_right(buffer, inside, last, &foot, line, theme);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::{HARD, lines, survives_every_size};

    const THEME: Theme = Theme::COLOURED;

    #[test]
    fn a_box_has_a_title_and_a_foot() {
        let overlay = Overlay {
            title: "条款",
            foot: "Esc",
            theme: &THEME,
        };
        let drawn = lines(16, 3, |area, buffer| overlay.render(area, buffer));
        assert_eq!(
            drawn,
            ["┌─ 条款 ───────┐", "│              │", "└──────── Esc ─┘"]
        );
    }

    #[test]
    fn what_is_behind_is_emptied() {
        let overlay = Overlay {
            title: "",
            foot: "",
            theme: &THEME,
        };
        let drawn = lines(5, 3, |area, buffer| {
            for row in 0..3 {
                put(
                    buffer,
                    area,
                    (0, row),
                    "xxxxx",
                    THEME.style(Role::Error),
                    &THEME,
                );
            }
            overlay.render(area, buffer);
        });
        assert_eq!(drawn, ["┌───┐", "│   │", "└───┘"]);
    }

    #[test]
    fn without_unicode_the_border_is_ascii() {
        let theme = Theme::new(true, false);
        let overlay = Overlay {
            title: "",
            foot: "",
            theme: &theme,
        };
        let drawn = lines(4, 3, |area, buffer| overlay.render(area, buffer));
        assert_eq!(drawn, ["+--+", "|  |", "+--+"]);
    }

    #[test]
    fn a_box_lies_where_there_is_room() {
        let screen = Rect::new(0, 0, 80, 24);
        assert_eq!(Overlay::centred(screen, 40, 10), Rect::new(20, 7, 40, 10));
        assert_eq!(Overlay::centred(screen, 400, 100), screen);
        let field = |y| Rect::new(70, y, 10, 1);
        assert_eq!(
            Overlay::beside(screen, field(3), 20, 8),
            Rect::new(60, 4, 20, 8)
        );
        assert_eq!(
            Overlay::beside(screen, field(20), 20, 8),
            Rect::new(60, 12, 20, 8)
        );
        assert_eq!(
            Overlay::beside(screen, field(10), 20, 30),
            Rect::new(60, 11, 20, 13)
        );
    }

    #[test]
    fn nothing_is_drawn_outside() {
        for text in HARD {
            let overlay = Overlay {
                title: text,
                foot: text,
                theme: &THEME,
            };
            survives_every_size(|area, buffer| {
                overlay.render(area, buffer);
                let inner = Overlay::inner(area);
                assert!(inner.is_empty() || area.union(inner) == area);
            });
        }
    }
}
