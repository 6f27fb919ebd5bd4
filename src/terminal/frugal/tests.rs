use super::*;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::style::Style;
use std::cell::RefCell;
use std::rc::Rc;

/// The same frames through this backend and through ratatui's own, each to the screen of a terminal.
struct Pair {
    frugal: (Terminal<Frugal>, vt100::Parser),
    stock: (Terminal<Stock>, Seen),
}

/// One thing drawn: where, what, how.
type Piece = (u16, u16, String, Style);

impl Pair {
    fn new(cols: u16, rows: u16) -> Pair {
        ratatui::crossterm::style::force_color_output(true);
        let seen = Seen(Rc::new(RefCell::new(vt100::Parser::new(rows, cols, 0))));
        let size = Size::new(cols, rows);
        let inner = CrosstermBackend::new(seen.clone());
        let screen = vt100::Parser::new(rows, cols, 0);
        Pair {
            frugal: (Terminal::new(Frugal::new(size)).unwrap(), screen),
            stock: (Terminal::new(Stock { inner, size }).unwrap(), seen),
        }
    }

    /// Draws a frame and returns its bytes.
    fn frame(&mut self, pieces: &[Piece], caret: Option<Position>) -> Vec<u8> {
        self.frugal
            .0
            .draw(|frame| draw(frame, pieces, caret))
            .unwrap();
        self.stock
            .0
            .draw(|frame| draw(frame, pieces, caret))
            .unwrap();
        let bytes = self.frugal.0.backend_mut().take();
        self.frugal.1.process(&bytes);
        bytes
    }

    /// Another size, on both sides.
    fn resize(&mut self, cols: u16, rows: u16) {
        self.frugal.0.backend_mut().set_size(Size::new(cols, rows));
        self.stock.0.backend_mut().size = Size::new(cols, rows);
        self.frugal.1.screen_mut().set_size(rows, cols);
        self.stock
            .1
            .0
            .borrow_mut()
            .screen_mut()
            .set_size(rows, cols);
    }

    /// The first cell that looks different.
    fn difference(&self) -> Option<String> {
        let stock = self.stock.1.0.borrow();
        let (ours, theirs) = (self.frugal.1.screen(), stock.screen());
        let (rows, cols) = ours.size();
        for (y, x) in (0..rows).flat_map(|y| (0..cols).map(move |x| (y, x))) {
            let (our, their) = (ours.cell(y, x).unwrap(), theirs.cell(y, x).unwrap());
            if look(our) != look(their) {
                return Some(format!("at {x},{y}: {our:?} instead of {their:?}"));
            }
        }
        None
    }
}

fn draw(frame: &mut ratatui::Frame, pieces: &[Piece], caret: Option<Position>) {
    let area = frame.area();
    for (x, y, text, style) in pieces {
        if *x < area.width && *y < area.height {
            frame.buffer_mut().set_string(*x, *y, text, *style);
        }
    }
    if let Some(caret) = caret {
        frame.set_cursor_position(caret);
    }
}

/// Colour, bold, italic.
type Ink = (vt100::Color, bool, bool);

/// What of a cell a person sees: of a blank only its background, and lines and the like.
fn look(cell: &vt100::Cell) -> (&str, vt100::Color, [bool; 2], Option<Ink>) {
    let text = if cell.has_contents() {
        cell.contents()
    } else {
        " "
    };
    let lines = cell.inverse() || cell.underline();
    let ink = (text != " " || lines).then(|| (cell.fgcolor(), cell.bold(), cell.italic()));
    (
        text,
        cell.bgcolor(),
        [cell.inverse(), cell.underline()],
        ink,
    )
}

/// A screen to write to.
#[derive(Clone)]
struct Seen(Rc<RefCell<vt100::Parser>>);

impl Write for Seen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().process(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Ratatui's own backend, of a size that no terminal is asked for.
struct Stock {
    inner: CrosstermBackend<Seen>,
    size: Size,
}

impl Backend for Stock {
    type Error = io::Error;
    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        self.inner.draw(content)
    }
    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }
    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }
    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }
    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }
    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.inner.clear_region(region)
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
        Ok(())
    }
}

fn text(x: u16, y: u16, text: &str) -> Piece {
    (x, y, text.to_owned(), Style::new())
}

#[test]
fn a_character_at_the_caret_costs_its_own_bytes() {
    let mut pair = Pair::new(80, 24);
    pair.frame(&[text(10, 3, "ab")], Some(Position::new(12, 3)));
    let bytes = pair.frame(&[text(10, 3, "abc")], Some(Position::new(13, 3)));
    assert_eq!(bytes, b"c");
    let bytes = pair.frame(&[text(10, 3, "abc王")], Some(Position::new(15, 3)));
    assert_eq!(bytes, "王".as_bytes());
}

#[test]
fn nothing_new_costs_nothing() {
    let mut pair = Pair::new(80, 24);
    pair.frame(&[text(10, 3, "ab")], Some(Position::new(12, 3)));
    let bytes = pair.frame(&[text(10, 3, "ab")], Some(Position::new(12, 3)));
    assert_eq!(bytes, b"");
}

#[test]
fn a_step_of_a_marker_costs_little() {
    let mut pair = Pair::new(80, 24);
    pair.frame(&[text(0, 5, ">")], None);
    let bytes = pair.frame(&[text(0, 6, ">")], None);
    assert_eq!(String::from_utf8_lossy(&bytes), "\r \r\n>");
}

#[test]
fn moves_are_the_shortest() {
    for (from, to, way) in [
        ((5, 5), (0, 5), "\r"),
        ((5, 5), (0, 6), "\r\n"),
        ((5, 5), (6, 5), "\x1b[C"),
        ((5, 5), (3, 5), "\x08\x08"),
        ((50, 5), (20, 5), "\x1b[30D"),
        ((5, 5), (5, 9), "\x1b[4B"),
        ((5, 9), (5, 8), "\x1b[A"),
        ((5, 9), (0, 0), "\x1b[H"),
        ((5, 9), (70, 20), "\x1b[21;71H"),
    ] {
        let mut pair = Pair::new(80, 24);
        pair.frame(&[], Some(Position::from(from)));
        let bytes = pair.frame(&[], Some(Position::from(to)));
        assert_eq!(String::from_utf8_lossy(&bytes), way, "{from:?} to {to:?}");
    }
}

#[test]
fn after_a_character_of_uncertain_width_the_jump_is_absolute() {
    let mut pair = Pair::new(80, 24);
    pair.frame(&[text(5, 3, "x")], Some(Position::new(0, 3)));
    let bytes = pair.frame(
        &[text(5, 3, "x"), text(0, 3, "a…")],
        Some(Position::new(2, 3)),
    );
    assert_eq!(String::from_utf8_lossy(&bytes), "a…\x1b[4;3H");
}

#[test]
fn a_long_row_that_goes_is_erased() {
    let mut pair = Pair::new(80, 24);
    pair.frame(&[text(0, 3, &"x".repeat(80))], None);
    let bytes = pair.frame(&[text(0, 3, "x")], None);
    assert_eq!(String::from_utf8_lossy(&bytes), "\x1b[4;2H\x1b[K");
}

/// Erased, the first half of a wide character leaves the other one behind in tmux: the last cell of
/// what goes is written over.
#[test]
fn what_goes_in_the_middle_of_a_row_ends_with_a_blank_that_is_written() {
    let mut pair = Pair::new(80, 4);
    pair.frame(&[text(2, 1, "0123456789保"), text(30, 1, "stays")], None);
    let bytes = pair.frame(&[text(30, 1, "stays")], None);
    assert_eq!(pair.difference(), None);
    let written = String::from_utf8(bytes).unwrap();
    assert!(written.contains("\x1b[10X"), "{written:?}");
    assert!(written.ends_with(' '), "{written:?}");
}

#[test]
fn attributes_that_go_together_are_kept_apart() {
    let pen = |modifier| Pen { modifier, ..PLAIN };
    let (bold, dim) = (Modifier::BOLD, Modifier::DIM);
    for (from, to, codes) in [
        (bold | dim, bold, "22;1"),
        (bold | dim, dim, "22;2"),
        (bold, bold | dim, "2"),
        (Modifier::UNDERLINED, bold, "24;1"),
        (bold | dim, Modifier::empty(), "22"),
    ] {
        assert_eq!(changes(pen(from), pen(to)), codes, "{from:?} to {to:?}");
    }
}

fn style() -> impl Strategy<Value = Style> {
    let colours = prop::sample::select(vec![
        Color::Reset,
        Color::Reset,
        Color::Red,
        Color::LightCyan,
        Color::White,
        Color::Gray,
        Color::Indexed(200),
        Color::Rgb(1, 2, 3),
    ]);
    let modifiers = prop::sample::select(vec![
        Modifier::empty(),
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::ITALIC,
        Modifier::REVERSED,
        Modifier::UNDERLINED,
        Modifier::BOLD.union(Modifier::REVERSED),
    ]);
    (colours.clone(), colours, modifiers)
        .prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier))
}

fn piece() -> impl Strategy<Value = Piece> {
    let texts = prop::sample::select(vec![
        "a",
        "warranty",
        "王小明",
        "a王b",
        "               ",
        "    ",
        "…",
        "─────",
        "Ａ",
        "│",
        "x                         y",
        "，。",
        "é",
        "ck-80                                      ",
    ]);
    (0u16..24, 0u16..6, texts, style())
        .prop_map(|(x, y, text, style)| (x, y, text.to_owned(), style))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn the_screen_is_as_with_the_stock_backend(
        pool in prop::collection::vec(piece(), 1..12),
        frames in prop::collection::vec(
            (any::<u16>(), prop::option::of((0u16..24, 0u16..6)), prop::option::weighted(0.2, (1u16..24, 1u16..6))),
            1..8)) {
        let mut pair = Pair::new(24, 6);
        let mut size = (24, 6);
        for (chosen, caret, resized) in frames {
            if let Some((cols, rows)) = resized {
                pair.resize(cols, rows);
                size = (cols, rows);
            }
            // Much of a frame stands in the next one too.
            let pieces = pool.iter().zip(0..).filter(|(_, n)| chosen >> n & 1 == 1);
            let pieces: Vec<Piece> = pieces.map(|(piece, _)| piece.clone()).collect();
            let caret = caret.filter(|c| c.0 < size.0 && c.1 < size.1);
            pair.frame(&pieces, caret.map(Position::from));
            prop_assert_eq!(pair.difference(), None);
            prop_assert_eq!(pair.frugal.1.screen().hide_cursor(), caret.is_none());
            if let Some((x, y)) = caret {
                prop_assert_eq!(pair.frugal.1.screen().cursor_position(), (y, x));
            }
        }
    }
}

/// Stands for a character in the emulator, which counts it as two columns.
fn of_two_columns(c: char) -> char {
    char::from_u32(0x3_8000 + u32::from(c)).unwrap()
}

/// A terminal that takes two columns for those of the ambiguous characters that `is_wide` names.
fn seen_by(bytes: &[u8], is_wide: fn(char) -> bool) -> String {
    let wide = |c: char| match ambiguous::is_ambiguous(c) && is_wide(c) {
        true => of_two_columns(c),
        false => c,
    };
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    text.chars().map(wide).collect()
}

/// Text by the way that screens are drawn, or as whoever forgets to count would put it there.
type Words = (u16, u16, &'static str, bool);

fn words() -> impl Strategy<Value = Words> {
    let texts = prop::sample::select(vec![
        "Жанна",
        "Ångström é",
        "René 王 Ø",
        "…",
        "─────",
        "│ a │",
        "“x” × 2",
        "ά✓▸‹",
        "王小明",
        "abc",
        "              ",
        "e\u{301}Ж\u{301}",
        "Ω Σ ①②",
    ]);
    (0u16..24, 0u16..4, texts, any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]
    /// Whatever text comes and however it is put there, and whichever of those characters the terminal
    /// draws over two columns: what stands beside it stays whole, and nothing old is left.
    #[test]
    fn nothing_is_drawn_over_its_neighbour(
        pool in prop::collection::vec(words(), 1..10),
        frames in prop::collection::vec(any::<u16>(), 1..6),
        which in 0usize..3) {
        use crate::ui::theme::Theme;
        use crate::ui::widgets::{clear, put};
        use ratatui::layout::Rect;
        let is_wide: fn(char) -> bool = [|_| true, |c| u32::from(c) % 2 == 0, |_| false][which];
        let size = Size::new(24, 4);
        let mut ours = Terminal::new(Frugal::new(size)).unwrap();
        ours.backend_mut().set_ambiguous(Ambiguous::Wide);
        let mut screen = vt100::Parser::new(4, 24, 0);
        let theme = Theme::COLOURED.with_ambiguous(Ambiguous::Wide);
        for chosen in frames {
            let pieces = pool.iter().zip(0..).filter(|(_, n)| chosen >> n & 1 == 1);
            let pieces: Vec<Words> = pieces.map(|(piece, _)| *piece).collect();
            let drawn = ours.draw(|frame| ambiguous::counting(Ambiguous::Wide, || {
                for (x, y, text, counts) in &pieces {
                    let room = Rect::new(*x, *y, 24 - x, 1);
                    clear(frame.buffer_mut(), room);
                    match counts {
                        true => {
                            put(frame.buffer_mut(), room, (0, 0), text, Style::new(), &theme);
                        }
                        false => frame.buffer_mut().set_string(*x, *y, text, Style::new()),
                    }
                }
            })).unwrap();
            let buffer = drawn.buffer.clone();
            let bytes = ours.backend_mut().take();
            screen.process(seen_by(&bytes, is_wide).as_bytes());
            for y in 0..4 {
                let mut x = 0;
                while x < 24 {
                    let cell = &buffer[(x, y)];
                    let there = screen.screen().cell(y, x).unwrap();
                    let seen = if there.has_contents() { there.contents() } else { " " };
                    if cell.symbol() == " " || width_is_certain(cell.symbol()) {
                        prop_assert_eq!(seen, cell.symbol(), "at {},{}", x, y);
                    }
                    x += ratatui::buffer::CellWidth::cell_width(cell).max(1);
                }
            }
        }
    }
}
