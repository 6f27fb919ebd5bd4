//! The keys that can be used now, on one line.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::{count, put};
use crate::ui::text::{visible, width};
use crate::ui::theme::{Role, Theme};

/// The columns between two hints.
const GAP: u16 = 2;

/// A key and what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hint<'a> {
    /// The name of the key.
    pub key: &'a str,
    /// What it does, in a word or two.
    pub label: &'a str,
    /// How much it matters: the least is dropped first, of equals the one further right.
    pub weight: u8,
    /// Whether it is possible now; what is not is muted.
    pub enabled: bool,
}

/// The line of hints, in the order given.
#[derive(Debug, Clone, Copy)]
pub struct Footer<'a> {
    /// The hints, in the order in which they are shown.
    pub hints: &'a [Hint<'a>],
    /// Colours and signs.
    pub theme: &'a Theme,
}

impl<'a> Footer<'a> {
    /// The hints that fit into `columns`.
    pub fn fitting(&self, columns: u16) -> Vec<&'a Hint<'a>> {
        let mut kept: Vec<(usize, &Hint)> = self.hints.iter().enumerate().collect();
        while needed(&kept) > columns {
            let least = kept
                .iter()
                .min_by_key(|(at, hint)| (hint.weight, usize::MAX - at))
                .map(|(at, _)| *at);
            kept.retain(|(at, _)| Some(*at) != least);
        }
        kept.into_iter().map(|(_, hint)| hint).collect()
    }
}

fn needed(hints: &[(usize, &Hint)]) -> u16 {
    let gaps = count(hints.len().saturating_sub(1)).saturating_mul(GAP);
    hints
        .iter()
        .fold(gaps, |sum, (_, hint)| sum.saturating_add(columns_of(hint)))
}

fn columns_of(hint: &Hint) -> u16 {
    let gap = usize::from(!hint.label.is_empty());
    count(width(&visible(hint.key)) + gap + width(&visible(hint.label)))
}

impl Widget for &Footer<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        // One column stays free at each side.
        let mut column = 1;
        for hint in self.fitting(area.width.saturating_sub(2)) {
            let (key, label) = match hint.enabled {
                true => (Role::Key, Role::Plain),
                false => (Role::Muted, Role::Muted),
            };
            column = put(
                buffer,
                area,
                (column, 0),
                hint.key,
                self.theme.style(key),
                self.theme,
            );
            let label_style = self.theme.style(label);
            if !hint.label.is_empty() {
                column += 1;
                column = put(
                    buffer,
                    area,
                    (column, 0),
                    hint.label,
                    label_style,
                    self.theme,
                );
            }
            column = column.saturating_add(GAP);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::{HARD, lines, survives_every_size};

    const THEME: Theme = Theme::COLOURED;

    fn hint<'a>(key: &'a str, label: &'a str, weight: u8) -> Hint<'a> {
        Hint {
            key,
            label,
            weight,
            enabled: true,
        }
    }

    fn drawn(hints: &[Hint], columns: u16) -> String {
        let footer = Footer {
            hints,
            theme: &THEME,
        };
        lines(columns, 1, |area, buffer| footer.render(area, buffer)).concat()
    }

    #[test]
    fn the_least_important_hint_goes_first() {
        let hints = [
            hint("Tab", "next", 2),
            hint("F5", "authorise", 9),
            hint("F8", "checks", 2),
            hint("F1", "help", 5),
        ];
        assert_eq!(
            drawn(&hints, 50),
            " Tab next  F5 authorise  F8 checks  F1 help"
        );
        assert_eq!(drawn(&hints, 40), " Tab next  F5 authorise  F1 help");
        assert_eq!(drawn(&hints, 30), " F5 authorise  F1 help");
        assert_eq!(drawn(&hints, 16), " F5 authorise");
        assert_eq!(drawn(&hints, 8), "");
    }

    #[test]
    fn chinese_labels_are_counted_in_columns() {
        let hints = [hint("Tab", "下一项", 1), hint("F1", "帮助", 2)];
        assert_eq!(drawn(&hints, 21), " Tab 下一项  F1 帮助");
        assert_eq!(drawn(&hints, 20), " F1 帮助");
    }

    #[test]
    fn nothing_is_drawn_outside() {
        for text in HARD {
            let hints = [
                hint("F1", text, 1),
                hint(text, "help", 2),
                hint(text, "", 3),
            ];
            let footer = Footer {
                hints: &hints,
                theme: &THEME,
            };
            survives_every_size(|area, buffer| footer.render(area, buffer));
        }
    }
}
