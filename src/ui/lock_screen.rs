//! A locked bench: who works here now? Nothing of any case is on it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::format;
use super::i18n::Words;
use super::screen::with_text;
use super::text::{clip, visible, width, wrap};
use super::theme::{Role, Theme};
use super::widgets::put;
use crate::flow::bench::{Asks, Lock, LockFault};
use crate::flow::editor::Editor;
use crate::flow::state::State;

/// Draws a locked bench; answers where the terminal's cursor belongs.
pub fn draw(
    lock: &Lock,
    state: &State,
    words: &Words,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    // A third from the top, unless there are hardly any rows.
    let top = area.height.saturating_sub(7) / 3;
    let line = |row: u16| top + row;
    let heading = theme.style(Role::Heading);
    let muted = theme.style(Role::Muted);
    let (title, how) = (words.say("lock-title"), words.say("lock-how"));
    put(buffer, area, (2, line(0)), &title, heading, theme);
    put(buffer, area, (2, line(1)), &how, muted, theme);
    let caret = match &lock.asks {
        Asks::Badge(typed) => {
            let shown = visible(&typed.text()).into_owned();
            asked(
                &words.say("lock-badge"),
                &shown,
                typed,
                (area, line(3)),
                theme,
                buffer,
            )
        }
        Asks::Pin(badge, typed) => {
            let badge = format!("{}  {}", words.say("lock-badge"), visible(badge.as_str()));
            put(
                buffer,
                area,
                (2, line(3)),
                &badge,
                theme.style(Role::Muted),
                theme,
            );
            let dots = "*".repeat(typed.text().chars().count());
            asked(
                &words.say("lock-pin"),
                &dots,
                typed,
                (area, line(4)),
                theme,
                buffer,
            )
        }
        Asks::Nothing => {
            let looking = words.say("lock-looking");
            put(
                buffer,
                area,
                (2, line(3)),
                &looking,
                theme.style(Role::Muted),
                theme,
            );
            None
        }
    };
    if let Some(fault) = &lock.fault {
        let columns = usize::from(area.width.saturating_sub(4)).max(1);
        let told = told(fault, state, words);
        for (row, text) in (6..).zip(wrap(&told, columns)) {
            put(
                buffer,
                area,
                (2, line(row)),
                text,
                theme.style(Role::Error),
                theme,
            );
        }
    }
    caret
}

/// A line that is asked for, with what is typed; the caret stands where it is in the text.
fn asked(
    label: &str,
    shown: &str,
    typed: &Editor,
    (area, row): (Rect, u16),
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<Position> {
    let label = format!("{label}  ");
    let begin = 2 + u16::try_from(width(&label))
        .unwrap_or(u16::MAX)
        .min(area.width);
    put(
        buffer,
        area,
        (2, row),
        &label,
        theme.style(Role::Label),
        theme,
    );
    let room = usize::from(area.width.saturating_sub(begin + 1));
    put(
        buffer,
        area,
        (begin, row),
        &clip(shown, room),
        theme.style(Role::Plain),
        theme,
    );
    let before: String = shown.chars().take(typed.caret().1).collect();
    let column = begin + u16::try_from(width(&before).min(room)).unwrap_or(0);
    (row < area.height && column < area.width).then(|| Position::new(area.x + column, area.y + row))
}

fn told(fault: &LockFault, state: &State, words: &Words) -> String {
    let id = match fault {
        LockFault::NoBadge => "lock-no-badge",
        LockFault::NoPin => "lock-no-pin",
        LockFault::Wrong => "lock-wrong",
        LockFault::Trouble => "lock-trouble",
        LockFault::NoLonger => "lock-no-longer",
        LockFault::Wait(until) => {
            let here = until.with_timezone(&state.knowledge.zone).naive_local();
            return with_text(words, "lock-wait", "time", &format::time(here));
        }
    };
    words.say(id).into_owned()
}
