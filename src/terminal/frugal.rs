//! A ratatui backend that writes few bytes.
//!
//! The stock backend moves the cursor and resets colours for every frame: 31 bytes for nothing, 38
//! for a character. Over a line of 300 ms with a person typing that is felt. This one remembers
//! where the cursor stands, whether it shows, and which colours are set, and writes differences:
//! the shortest of the ways to move, one sequence for all attributes, an erase instead of a run of
//! blanks. A typed character at the caret costs its own bytes.
//!
//! Where a terminal may disagree about a character's width (ambiguous width, emoji, combining
//! marks) the cursor counts as *unsure*, and the next jump is absolute, so that nothing drifts.
//!
//! On a terminal that draws characters of ambiguous width over two columns ([`Frugal::set_ambiguous`])
//! one goes out as it is only where the screen kept two columns for it; both are blanked first, and
//! what follows is placed absolutely, so it does not matter which of them this terminal counts as
//! wide. Every other one is replaced by one of a single column. So whatever text comes, nothing is
//! drawn over its neighbour.

use crate::ui::ambiguous::{self, Ambiguous};
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Frames longer than this are wrapped in synchronised output (16 bytes), so that a terminal that
/// knows it shows them at once.
const LONG_FRAME: usize = 1024;
/// Runs of blanks from here on are erased rather than printed.
const ERASE_FROM: usize = 9;
/// The same where the run ends at the right edge.
const ERASE_TO_EDGE_FROM: usize = 4;

/// What a blank shows besides its background.
const SEEN_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// Colours and attributes as the terminal has them set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    underline: Color,
    modifier: Modifier,
}

const PLAIN: Pen = Pen {
    fg: Color::Reset,
    bg: Color::Reset,
    underline: Color::Reset,
    modifier: Modifier::empty(),
};

/// The backend; [`Frugal::take`] yields the bytes of what was drawn.
#[derive(Debug)]
pub struct Frugal {
    out: Vec<u8>,
    size: Size,
    /// Where the cursor stands; `None` when that is not known.
    at: Option<Position>,
    /// Whether `at` can be relied on for relative moves.
    sure: bool,
    /// Whether the cursor shows, and whether it should; `None` when not known.
    visible: Option<bool>,
    show: bool,
    /// Where the caret belongs when the frame is done.
    caret: Position,
    pen: Option<Pen>,
    ambiguous: Ambiguous,
}

impl Frugal {
    /// A terminal of this size about which nothing is known.
    pub fn new(size: Size) -> Frugal {
        Frugal {
            out: Vec::new(),
            size,
            at: None,
            sure: false,
            visible: None,
            show: false,
            caret: Position::ORIGIN,
            pen: None,
            ambiguous: Ambiguous::Narrow,
        }
    }

    /// How the terminal draws characters of ambiguous width. What is on the screen is drawn anew by
    /// whoever says so.
    pub fn set_ambiguous(&mut self, ambiguous: Ambiguous) {
        self.ambiguous = ambiguous;
    }

    /// Another size; ratatui asks for it before each frame.
    pub fn set_size(&mut self, size: Size) {
        self.size = size;
    }

    /// The bytes of what was drawn since the last call.
    pub fn take(&mut self) -> Vec<u8> {
        let mut bytes = std::mem::take(&mut self.out);
        if bytes.len() > LONG_FRAME {
            bytes.splice(0..0, *b"\x1b[?2026h");
            bytes.extend_from_slice(b"\x1b[?2026l");
        }
        bytes
    }

    /// Something else has written to the terminal: nothing is known about it any more.
    pub fn forget(&mut self) {
        (self.at, self.visible, self.pen) = (None, None, None);
    }

    fn go(&mut self, to: Position) {
        let known = self.at.filter(|_| self.sure);
        if known == Some(to) {
            return;
        }
        let (x, y) = (to.x, to.y);
        let mut best = match (x, y) {
            (0, 0) => "\x1b[H".to_owned(),
            (0, _) => format!("\x1b[{}H", y + 1),
            _ => format!("\x1b[{};{}H", y + 1, x + 1),
        };
        let mut offer = |way: String| {
            if way.len() < best.len() {
                best = way;
            }
        };
        if let Some(from) = known {
            if from.y == y {
                if x == 0 {
                    offer("\r".to_owned());
                }
                if x > from.x {
                    offer(step(x - from.x, 'C'));
                } else {
                    offer("\x08".repeat(usize::from(from.x - x)));
                    offer(step(from.x - x, 'D'));
                }
                offer(format!("\x1b[{}G", x + 1));
            }
            if from.x == x && y > from.y {
                offer(step(y - from.y, 'B'));
            }
            if from.x == x && y < from.y {
                offer(step(from.y - y, 'A'));
            }
            if x == 0 && y == from.y.saturating_add(1) {
                offer("\r\n".to_owned());
            }
        }
        self.out.extend_from_slice(best.as_bytes());
        (self.at, self.sure) = (Some(to), true);
    }

    fn paint(&mut self, wanted: Pen) {
        let Some(pen) = self.pen else {
            self.out.extend_from_slice(b"\x1b[m");
            self.pen = Some(PLAIN);
            return self.paint(wanted);
        };
        if pen == wanted {
            return;
        }
        let change = changes(pen, wanted);
        let anew = format!("0;{}", changes(PLAIN, wanted));
        let anew = if wanted == PLAIN { "" } else { anew.as_str() };
        let shorter = if anew.len() < change.len() {
            anew
        } else {
            &change
        };
        let _ = write!(self.out, "\x1b[{shorter}m");
        self.pen = Some(wanted);
    }

    fn print(&mut self, x: u16, y: u16, cell: &Cell) {
        // Unsure of the column is good enough for the neighbour: it was drawn in one go, as ever.
        if self.at != Some(Position { x, y }) {
            self.go(Position { x, y });
        }
        let symbol = cell.symbol();
        let mut wanted = pen_of(cell);
        if symbol == " " && !cell.modifier.intersects(SEEN_ON_BLANK) {
            // Only the background of a blank shows: leave the rest as it is set.
            let pen = self.pen.unwrap_or(PLAIN);
            let rest = pen.modifier.intersects(SEEN_ON_BLANK);
            wanted = Pen {
                bg: cell.bg,
                ..if rest { PLAIN } else { pen }
            };
        }
        self.paint(wanted);
        if self.ambiguous == Ambiguous::Wide && !width_is_certain(symbol) {
            self.print_where_widths_differ(x, y, cell);
            return;
        }
        self.out.extend_from_slice(symbol.as_bytes());
        let width = u16::try_from(symbol.width()).unwrap_or(u16::MAX);
        let next = x.saturating_add(width);
        let certain = width_is_certain(symbol);
        // Past the last column terminals differ: a pending wrap is no place to start from.
        self.at =
            (next < self.size.width && (certain || width == 1)).then_some(Position { x: next, y });
        self.sure = self.sure && certain;
    }

    /// A character about which terminals differ, on one that draws some of them over two columns.
    fn print_where_widths_differ(&mut self, x: u16, y: u16, cell: &Cell) {
        let symbol = cell.symbol();
        if let Some(base) = ambiguous::base(symbol).filter(|_| !ambiguous::is_marked(cell)) {
            let other = ambiguous::stand_in(base).unwrap_or("?");
            self.out.extend_from_slice(other.as_bytes());
            let next = x.saturating_add(1);
            (self.at, self.sure) = (
                (next < self.size.width).then_some(Position { x: next, y }),
                true,
            );
            return;
        }
        if ambiguous::is_marked(cell) || symbol.width() > 1 {
            // What it does not cover is blank.
            self.out.extend_from_slice(b"  ");
            self.at = None;
            self.go(Position { x, y });
        }
        self.out.extend_from_slice(symbol.as_bytes());
        (self.at, self.sure) = (None, false);
    }

    fn erase(&mut self, x: u16, y: u16, length: usize, to_edge: bool) {
        self.go(Position { x, y });
        let pen = self.pen.unwrap_or(PLAIN);
        let rest = pen.modifier.intersects(SEEN_ON_BLANK);
        self.paint(Pen {
            bg: Color::Reset,
            ..if rest { PLAIN } else { pen }
        });
        if to_edge {
            self.out.extend_from_slice(b"\x1b[K");
        } else {
            let _ = write!(self.out, "\x1b[{length}X");
        }
    }
}

impl Backend for Frugal {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let cells: Vec<_> = content.collect();
        let mut rest = cells.as_slice();
        while let Some(&(x, y, cell)) = rest.first() {
            let blanks = rest
                .iter()
                .zip(x..)
                .take_while(|((cx, cy, c), column)| cx == column && *cy == y && is_erased(c))
                .count();
            let to_edge = usize::from(x) + blanks >= usize::from(self.size.width);
            let step = if to_edge && blanks >= ERASE_TO_EDGE_FROM {
                self.erase(x, y, blanks, to_edge);
                blanks
            } else if blanks >= ERASE_FROM {
                // The last may be the first half of what was a wide character: written over it goes
                // whole, erased its other half stays in tmux and shifts the row.
                self.erase(x, y, blanks - 1, to_edge);
                blanks - 1
            } else {
                self.print(x, y, cell);
                1
            };
            rest = rest.get(step..).unwrap_or_default();
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show = true;
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.caret) // never asks the terminal: the answer would come in between the keys
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.caret = position.into();
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.paint(PLAIN);
        match region {
            ClearType::All => {
                self.out.extend_from_slice(b"\x1b[H\x1b[2J");
                (self.at, self.sure) = (Some(Position::ORIGIN), true);
            }
            ClearType::AfterCursor => self.out.extend_from_slice(b"\x1b[J"),
            ClearType::BeforeCursor => self.out.extend_from_slice(b"\x1b[1J"),
            ClearType::CurrentLine => self.out.extend_from_slice(b"\x1b[2K"),
            ClearType::UntilNewLine => self.out.extend_from_slice(b"\x1b[K"),
        }
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size,
            pixels: Size::ZERO,
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.show {
            self.go(self.caret);
        }
        if self.visible != Some(self.show) {
            let switch: &[u8] = if self.show {
                b"\x1b[?25h"
            } else {
                b"\x1b[?25l"
            };
            self.out.extend_from_slice(switch);
            self.visible = Some(self.show);
        }
        Ok(())
    }
}

/// A relative move.
fn step(by: u16, direction: char) -> String {
    if by == 1 {
        format!("\x1b[{direction}")
    } else {
        format!("\x1b[{by}{direction}")
    }
}

fn pen_of(cell: &Cell) -> Pen {
    Pen {
        fg: cell.fg,
        bg: cell.bg,
        underline: cell.underline_color,
        modifier: cell.modifier,
    }
}

/// A cell that looks as the terminal leaves it after erasing with the default background.
fn is_erased(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && !cell.modifier.intersects(SEEN_ON_BLANK)
}

/// Whether every terminal counts the same columns for it.
fn width_is_certain(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    let (Some(c), None) = (characters.next(), characters.next()) else {
        return false;
    };
    matches!(c,
        ' '..='~'
        | '\u{3001}'..='\u{303e}' // punctuation of Chinese and Japanese
        | '\u{3041}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' // kana, bopomofo, Chinese characters
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' // Hangul, more Chinese characters
        | '\u{ff01}'..='\u{ff60}') // full-width forms
}

/// The parameters that turn one pen into another.
fn changes(from: Pen, to: Pen) -> String {
    const FLAGS: [(Modifier, &str, &str); 9] = [
        (Modifier::BOLD, "1", "22"),
        (Modifier::DIM, "2", "22"),
        (Modifier::ITALIC, "3", "23"),
        (Modifier::UNDERLINED, "4", "24"),
        (Modifier::SLOW_BLINK, "5", "25"),
        (Modifier::RAPID_BLINK, "6", "25"),
        (Modifier::REVERSED, "7", "27"),
        (Modifier::HIDDEN, "8", "28"),
        (Modifier::CROSSED_OUT, "9", "29"),
    ];
    let mut codes: Vec<String> = Vec::new();
    let mut lost = from.modifier - to.modifier;
    let mut gained = to.modifier - from.modifier;
    for (flag, _, off) in FLAGS {
        if lost.contains(flag) {
            codes.push(off.to_owned());
            // Bold and dim go together, and so do the two kinds of blinking.
            for (other, _, same) in FLAGS {
                if same == off {
                    lost -= other;
                    gained |= to.modifier & other;
                }
            }
        }
    }
    for (flag, on, _) in FLAGS {
        if gained.contains(flag) {
            codes.push(on.to_owned());
        }
    }
    if from.fg != to.fg {
        codes.push(colour(to.fg, 30, 90));
    }
    if from.bg != to.bg {
        codes.push(colour(to.bg, 40, 100));
    }
    if from.underline != to.underline {
        codes.push(match to.underline {
            Color::Rgb(r, g, b) => format!("58;2;{r};{g};{b}"),
            Color::Indexed(n) => format!("58;5;{n}"),
            Color::Reset => "59".to_owned(),
            ansi => number(ansi).map_or("59".to_owned(), |n| format!("58;5;{n}")),
        });
    }
    codes.join(";")
}

/// One colour, as foreground (30, 90) or background (40, 100).
fn colour(colour: Color, normal: u8, bright: u8) -> String {
    match colour {
        Color::Reset => (normal + 9).to_string(),
        Color::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", normal + 8),
        Color::Indexed(n) => format!("{};5;{n}", normal + 8),
        ansi => match number(ansi) {
            Some(n @ 0..8) => (normal + n).to_string(),
            Some(n) => (bright + n - 8).to_string(),
            None => (normal + 9).to_string(),
        },
    }
}

/// The number of one of the sixteen colours.
fn number(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => return None,
    })
}

#[cfg(test)]
mod tests;
