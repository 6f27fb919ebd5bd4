//! A drawn screen as SVG: every character at its column, whatever the viewer's font makes of it.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// The size of a cell and the margin around all, in pixels.
const CELL: (f32, f32) = (8.4, 18.0);
const MARGIN: f32 = 12.0;
const PAPER: &str = "#16191d";
const INK: &str = "#d6d9dd";
const FONTS: &str = "'JetBrains Mono','DejaVu Sans Mono',Menlo,Consolas,'Sarasa Mono SC',\
    'Noto Sans Mono CJK SC','PingFang SC','Microsoft YaHei',monospace";

/// A cell's colours and weight, as far as a picture shows them.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Look {
    ink: &'static str,
    paper: Option<&'static str>,
    is_bold: bool,
    is_dim: bool,
    is_underlined: bool,
}

impl Look {
    fn of(cell: &Cell) -> Look {
        let has = |modifier| cell.modifier.contains(modifier);
        let (ink, paper) = (colour(cell.fg), colour(cell.bg));
        let (ink, paper) = if has(Modifier::REVERSED) {
            (paper.or(Some(PAPER)), ink.or(Some(INK)))
        } else {
            (ink, paper)
        };
        Look {
            ink: ink.unwrap_or(INK),
            paper,
            is_bold: has(Modifier::BOLD),
            is_dim: has(Modifier::DIM),
            is_underlined: has(Modifier::UNDERLINED),
        }
    }
}

fn colour(colour: Color) -> Option<&'static str> {
    Some(match colour {
        Color::Black => "#1d2126",
        Color::Red | Color::LightRed => "#ef6b73",
        Color::Green | Color::LightGreen => "#8cc265",
        Color::Yellow | Color::LightYellow => "#e5c07b",
        Color::Blue | Color::LightBlue => "#6cb6ff",
        Color::Magenta | Color::LightMagenta => "#d38aea",
        Color::Cyan | Color::LightCyan => "#56c2cf",
        Color::Gray => "#abb2bf",
        Color::DarkGray => "#6b7280",
        Color::White => "#ffffff",
        // Those of the theme beyond the sixteen.
        Color::Indexed(210) => "#ef6b73",
        Color::Indexed(176) => "#d38aea",
        _ => return None,
    })
}

fn left(column: u16) -> f32 {
    MARGIN + f32::from(column) * CELL.0
}

fn top(row: u16) -> f32 {
    MARGIN + f32::from(row) * CELL.1
}

/// The picture of a screen, with the caret where the terminal would show it.
pub fn of(buffer: &Buffer, caret: Option<Position>) -> String {
    let area = buffer.area;
    let (wide, high) = (left(area.width) + MARGIN, top(area.height) + MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.1} {high:.1}\" \
         width=\"{wide:.0}\" height=\"{high:.0}\" font-family=\"{FONTS}\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    );
    for row in 0..area.height {
        line(&mut svg, buffer, row);
    }
    if let Some(caret) = caret {
        rectangle(&mut svg, caret.x, caret.y, 1, INK, 0.45);
    }
    svg.push_str("</svg>\n");
    svg
}

fn line(svg: &mut String, buffer: &Buffer, row: u16) {
    let mut column = 0;
    while column < buffer.area.width {
        let Some(cell) = buffer.cell((column, row)) else {
            return;
        };
        let look = Look::of(cell);
        let first = column;
        let mut columns: Vec<u16> = Vec::new();
        let mut text = String::new();
        while let Some(cell) = buffer.cell((column, row))
            && Look::of(cell) == look
        {
            let symbol = cell.symbol();
            // Of several characters in one cell only the first is placed; the others follow it.
            let is_cluster = symbol.chars().count() > 1;
            if is_cluster && !text.is_empty() {
                break;
            }
            columns.push(column);
            text.push_str(symbol);
            column += crate::ui::text::width(symbol).clamp(1, 2) as u16;
            if is_cluster {
                break;
            }
        }
        if let Some(paper) = look.paper {
            rectangle(svg, first, row, column - first, paper, 1.0);
        }
        if !text.trim().is_empty() {
            words(svg, &columns, row, &text, look);
        }
        if look.is_underlined {
            let (x, y) = (left(first), top(row) + CELL.1 - 2.0);
            let wide = f32::from(column - first) * CELL.0;
            // Writing to a String cannot fail.
            let _ = writeln!(
                svg,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"1\" fill=\"{}\"/>",
                look.ink
            );
        }
    }
}

fn rectangle(svg: &mut String, column: u16, row: u16, columns: u16, fill: &str, opacity: f32) {
    let (x, y) = (left(column), top(row));
    let (wide, high) = (f32::from(columns) * CELL.0, CELL.1);
    let _ = writeln!(
        svg,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{high}\" fill=\"{fill}\" \
         fill-opacity=\"{opacity}\"/>"
    );
}

fn words(svg: &mut String, columns: &[u16], row: u16, text: &str, look: Look) {
    let mut places = String::new();
    for column in columns {
        let _ = write!(places, "{:.1} ", left(*column));
    }
    let y = top(row) + CELL.1 * 0.75;
    let _ = write!(
        svg,
        "<text xml:space=\"preserve\" x=\"{}\" y=\"{y:.1}\" fill=\"{}\"",
        places.trim_end(),
        look.ink
    );
    if look.is_bold {
        svg.push_str(" font-weight=\"bold\"");
    }
    if look.is_dim {
        svg.push_str(" opacity=\"0.65\"");
    }
    let _ = writeln!(svg, ">{}</text>", escaped(text));
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            character if character.is_control() => escaped.push('\u{fffd}'),
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    #[test]
    fn wide_characters_stand_at_their_columns_and_signs_are_escaped() {
        let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 8, 1));
        buffer.set_string(0, 0, "王<&>a", Style::new());
        let svg = of(&buffer, Some(Position::new(6, 0)));
        assert!(svg.contains("王&lt;&amp;&gt;a"), "{svg}");
        let second = format!("x=\"{:.1} {:.1} ", left(0), left(2));
        assert!(
            svg.contains(&second),
            "the sign after 王 stands in column 2: {svg}"
        );
        assert_eq!(svg.matches("fill-opacity=\"0.45\"").count(), 1, "the caret");
    }
}
