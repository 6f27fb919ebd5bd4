//! Drawing a desk's state at a size and in a language, and keeping the picture.
#![allow(dead_code)] // Not every screen's tests use every helper.

use aftercare::desk::language::Language;
use aftercare::flow::event::Event;
use aftercare::flow::state::State;
use aftercare::ui::i18n::Words;
use aftercare::ui::screen;
use aftercare::ui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, CellWidth as _};

use crate::memory::Desk;

/// The day on which every picture is made.
pub const TODAY: &str = "2026-11-22";

/// The sizes every screen is kept at.
pub const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// A drawn screen.
pub struct Picture {
    /// Line by line, without the spaces at the ends.
    pub lines: Vec<String>,
    /// Column and row of the cursor, where there is one.
    pub caret: Option<(u16, u16)>,
    /// The cells.
    pub buffer: Buffer,
}

impl Picture {
    /// The whole text.
    pub fn text(&self) -> String {
        self.lines.join("\n")
    }

    /// Whether the text says this somewhere.
    pub fn says(&self, what: &str) -> bool {
        self.text().contains(what)
    }
}

/// Draws a state in a language.
pub fn draw_with(
    state: &State,
    language: Language,
    theme: &Theme,
    (columns, rows): (u16, u16),
) -> Picture {
    let words = Words::new(language);
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal
        .draw(|frame| screen::draw(state, &words, theme, frame))
        .unwrap();
    let caret = terminal.backend().cursor_visible().then(|| {
        let at = terminal.backend().cursor_position();
        (at.x, at.y)
    });
    let buffer = terminal.backend().buffer().clone();
    Picture {
        lines: lines(&buffer),
        caret,
        buffer,
    }
}

/// Draws a state in a language, in colours.
pub fn draw(state: &State, language: Language, size: (u16, u16)) -> Picture {
    draw_with(state, language, &Theme::COLOURED, size)
}

fn lines(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    let mut lines = Vec::new();
    for y in area.top()..area.bottom() {
        let mut line = String::new();
        let mut skip = 0;
        for x in area.left()..area.right() {
            let symbol = buffer[(x, y)].symbol();
            if skip == 0 {
                line.push_str(symbol);
                skip = symbol.cell_width();
            }
            skip = skip.saturating_sub(1);
        }
        lines.push(line.trim_end().to_string());
    }
    lines
}

/// Keeps the picture of a desk in both languages and at the usual sizes.
pub fn keep(name: &str, desk: &mut Desk) {
    for size in SIZES {
        keep_at(name, desk, size);
    }
}

/// Keeps the picture of a desk in both languages at one size.
pub fn keep_at(name: &str, desk: &mut Desk, size: (u16, u16)) {
    desk.event(Event::Resize(size.0, size.1));
    for language in Language::ALL {
        desk.state.language = language;
        let picture = draw(&desk.state, language, size);
        let caret = picture
            .caret
            .map_or("none".to_string(), |(x, y)| format!("column {x}, row {y}"));
        let kept = format!("{}\ncursor: {caret}", picture.text());
        let tag = language.tag();
        let (columns, rows) = size;
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{name}-{columns}x{rows}-{tag}"), kept);
        });
    }
    desk.state.language = Language::English;
}
