//! Text in columns: how wide it is, clipped, padded, wrapped, and made safe to show.
//!
//! Widths are counted per grapheme cluster (what a person sees as one character), exactly as
//! ratatui counts them when it draws, so a layout made here fits what appears; on a terminal that
//! draws characters of ambiguous width over two columns they count as two ([`ambiguous`]). Nothing here cuts a
//! wide character in two, and nothing panics, whatever the text or the width.

use std::borrow::Cow;

use super::ambiguous;
use crate::desk::unseen::{is_unseen, push_shown};
use ratatui::buffer::CellWidth as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// What stands for text that was cut off.
pub const ELLIPSIS: &str = "…";

/// The most invisible marks that may follow one visible character (an emoji with its joiners has
/// up to ten); more are counted out by [`visible`] instead of being shown.
const MOST_MARKS: usize = 10;

/// The most clusters of a text that are shown; a longer one was never typed, and its rest is counted.
const MOST_SHOWN: usize = 10_000;

/// The columns one grapheme cluster takes; none for control characters, which are never drawn.
pub fn cluster_width(cluster: &str) -> usize {
    if cluster.contains(char::is_control) {
        0
    } else {
        match cluster.cell_width() {
            1 => usize::from(ambiguous::columns(cluster)),
            columns => usize::from(columns),
        }
    }
}

/// The columns `text` takes on one line.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|b| !b.is_ascii_control()).count();
    }
    text.graphemes(true).map(cluster_width).sum()
}

/// `text` in at most `columns`, with [`ELLIPSIS`] where something was cut off.
pub fn clip(text: &str, columns: usize) -> Cow<'_, str> {
    clip_with(text, columns, ELLIPSIS)
}

/// [`clip`] with a mark of one's own for what was cut off, such as `~` where only ASCII can be
/// shown. Where even the mark does not fit, nothing is left.
pub fn clip_with<'a>(text: &'a str, columns: usize, mark: &str) -> Cow<'a, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let mark_width = width(mark);
    if mark_width > columns {
        return Cow::Borrowed("");
    }
    Cow::Owned(format!("{}{mark}", head(text, columns - mark_width)))
}

/// The longest beginning of `text` that fits into `columns`.
pub fn head(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        used += cluster_width(cluster);
        if used > columns {
            return text.get(..at).unwrap_or("");
        }
    }
    text
}

/// `text` clipped and filled up with spaces to exactly `columns`.
pub fn pad(text: &str, columns: usize) -> String {
    let clipped = clip(text, columns);
    let missing = columns.saturating_sub(width(&clipped));
    format!("{clipped}{:missing$}", "")
}

/// [`pad`] with the spaces in front: for figures in columns.
pub fn pad_left(text: &str, columns: usize) -> String {
    let clipped = clip(text, columns);
    let missing = columns.saturating_sub(width(&clipped));
    format!("{:missing$}{clipped}", "")
}

/// Breaks `text` into lines of at most `columns`.
///
/// Line feeds always break. Latin text breaks at spaces, which are dropped there; Chinese breaks
/// anywhere, except that closing punctuation stays behind what it closes and opening punctuation
/// before what it opens. A word longer than a line is broken where the line ends. Only a single
/// character that is wider than `columns` by itself makes a line wider. Empty text is one empty
/// line.
pub fn wrap(text: &str, columns: usize) -> Vec<&str> {
    wrap_hanging(text, columns, columns)
}

/// [`wrap`] with another width for the first line, which stays empty where its first word fits
/// only on the next.
pub fn wrap_hanging(text: &str, first: usize, columns: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, first, columns, &mut lines);
    }
    lines
}

fn wrap_paragraph<'a>(paragraph: &'a str, first: usize, columns: usize, lines: &mut Vec<&'a str>) {
    let mut room = if lines.is_empty() { first } else { columns };
    if width(paragraph) <= room {
        lines.push(paragraph.trim_end_matches(' '));
        return;
    }
    let slice = |from: usize, to: usize| paragraph.get(from..to).unwrap_or("");
    // The line begun: where it starts, where its text ends, and the columns used so far.
    let (mut start, mut end, mut used) = (0, 0, 0);
    for unit in units(paragraph) {
        let fits_later = unit.solid <= columns && lines.is_empty();
        if used + unit.solid > room && (end > start || fits_later) {
            lines.push(slice(start, end));
            (start, end, used, room) = (unit.start, unit.start, 0, columns);
        }
        if unit.solid > room {
            // Longer than a line: broken wherever the line is full.
            for (at, cluster) in slice(unit.start, unit.end).grapheme_indices(true) {
                let (at, w) = (unit.start + at, cluster_width(cluster));
                let fits_later = w <= columns && lines.is_empty();
                if used + w > room && (end > start || fits_later) {
                    lines.push(slice(start, end));
                    (start, used, room) = (at, 0, columns);
                }
                used += w;
                end = at + cluster.len();
            }
        } else {
            used += unit.solid;
            end = unit.end;
        }
        used += unit.spaces;
    }
    lines.push(slice(start, end));
}

/// A piece that is not broken, and the spaces behind it.
struct Unit {
    start: usize,
    /// Where it ends, without the spaces.
    end: usize,
    /// Its columns without the spaces.
    solid: usize,
    /// The columns of the spaces.
    spaces: usize,
}

fn units(paragraph: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut before = "";
    for (at, cluster) in paragraph.grapheme_indices(true) {
        let w = cluster_width(cluster);
        let joined = !may_break(before, cluster);
        match units.last_mut() {
            Some(unit) if cluster == " " => unit.spaces += w,
            Some(unit) if joined => {
                unit.solid += unit.spaces + w;
                unit.spaces = 0;
                unit.end = at + cluster.len();
            }
            _ => units.push(Unit {
                start: at,
                end: at + cluster.len(),
                solid: w,
                spaces: 0,
            }),
        }
        before = cluster;
    }
    units
}

fn may_break(before: &str, after: &str) -> bool {
    if before == " " {
        return true;
    }
    if opens(before) || closes(after) || belongs_to_figure(before, after) {
        return false;
    }
    // Two columns: Chinese, Japanese, Korean, emoji.
    cluster_width(before) > 1 || cluster_width(after) > 1
}

/// `11月10日` and `7天` stay in one piece.
fn belongs_to_figure(before: &str, after: &str) -> bool {
    let digit = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let unit = |text: &str| {
        matches!(
            text,
            "年" | "月" | "日" | "号" | "天" | "元" | "个" | "次" | "位" | "分"
        )
    };
    (digit(before) && unit(after)) || (matches!(before, "年" | "月") && digit(after))
}

fn closes(cluster: &str) -> bool {
    cluster.starts_with(|c| "，。、；：？！）］｝〕〉》」』】〗”’…—～％‰℃°·,.;:?!)]}%".contains(c))
}

fn opens(cluster: &str) -> bool {
    cluster.starts_with(|c| "（［｛〔〈《「『【〖“‘￥¥$([{".contains(c))
}

/// `text` as it may be shown on one line: control characters as their pictures (`␛`, `␍`), signs
/// that turn the direction of text, take no room or mean nothing as their numbers (`‹U+202E›`), runs
/// of marks on one character counted, and so is what is longer than anybody can type: a frame takes
/// the same time whatever stands in the file. Everything from outside goes through here before it is
/// drawn.
pub fn visible(text: &str) -> Cow<'_, str> {
    let mut room = MOST_SHOWN;
    visible_within(text, &mut room)
}

/// The most characters of a text from outside that a sentence tells.
const MOST_TOLD: usize = 60;

/// [`visible`] for a text from outside that is told in a sentence: no more than its beginning.
pub fn visible_beginning(text: &str) -> String {
    let mut beginning: String = text.chars().take(MOST_TOLD).collect();
    if beginning.len() < text.len() {
        beginning.push('…');
    }
    visible(&beginning).into_owned()
}

/// [`visible`] for text of several lines: line feeds stay, carriage returns before them go, tabs
/// become four spaces.
pub fn visible_lines(text: &str) -> String {
    let mut room = MOST_SHOWN;
    let mut out = String::new();
    let mut rest = text;
    loop {
        let (line, after) = match rest.split_once('\n') {
            Some((line, after)) => (line.strip_suffix('\r').unwrap_or(line), Some(after)),
            None => (rest, None),
        };
        if line.contains('\t') {
            out.push_str(&visible_within(&line.replace('\t', "    "), &mut room));
        } else {
            out.push_str(&visible_within(line, &mut room));
        }
        let Some(after) = after else {
            return out;
        };
        if room == 0 {
            if !after.is_empty() {
                push_left_out(after, &mut out);
            }
            return out;
        }
        room -= 1;
        out.push('\n');
        rest = after;
    }
}

/// [`visible`] as long as there is room for another cluster.
fn visible_within<'a>(text: &'a str, room: &mut usize) -> Cow<'a, str> {
    if text.len() <= *room && text.bytes().all(|b| (b' '..0x7f).contains(&b)) {
        *room -= text.len();
        return Cow::Borrowed(text);
    }
    // Where the text stays as it is up to.
    let mut out: Option<String> = None;
    for (at, cluster) in text.grapheme_indices(true) {
        let before = || text.get(..at).unwrap_or_default().to_string();
        if *room == 0 {
            let mut out = out.unwrap_or_else(before);
            push_left_out(text.get(at..).unwrap_or_default(), &mut out);
            return Cow::Owned(out);
        }
        *room -= 1;
        match (is_harmless(cluster), &mut out) {
            (true, None) => {}
            (true, Some(out)) => out.push_str(cluster),
            (false, out) => show_cluster(cluster, out.get_or_insert_with(before)),
        }
    }
    out.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// How much is not shown.
fn push_left_out(text: &str, out: &mut String) {
    out.push_str(&format!("‹+{}›", text.chars().count()));
}

/// The beginning of a text that is all of it that can be seen in so many columns: what is shown of
/// one cluster takes at least one.
pub fn beginning(text: &str, columns: usize) -> &str {
    if text.len() <= columns {
        return text;
    }
    match text.grapheme_indices(true).nth(columns.saturating_add(1)) {
        Some((at, _)) => text.get(..at).unwrap_or(text),
        None => text,
    }
}

/// What may be drawn of one cell of a text that somebody else has laid out: the cluster itself, else
/// what stands for it in the same room.
pub fn harmless_cell(cluster: &str) -> Cow<'_, str> {
    if cluster.is_empty() || is_harmless(cluster) {
        return Cow::Borrowed(cluster);
    }
    let base = cluster
        .chars()
        .next()
        .filter(|c| !is_hidden(*c, false) && is_base(*c));
    match (base, cluster_width(cluster)) {
        (Some(base), columns) if cluster_width(base.encode_utf8(&mut [0; 4])) == columns => {
            Cow::Owned(base.to_string())
        }
        // The widest sign there is for it.
        (_, 2) => Cow::Owned("？".to_string()),
        _ => Cow::Owned("\u{fffd}".to_string()),
    }
}

/// Whether a cluster can be drawn as it is: visible, and with nothing hidden inside.
fn is_harmless(cluster: &str) -> bool {
    let pictorial = cluster.chars().next().is_some_and(is_pictorial);
    cluster_width(cluster) > 0
        && !cluster.chars().any(|c| is_hidden(c, pictorial))
        && cluster.chars().count() <= MOST_MARKS
        && joins_alone(cluster)
}

/// Whether the cluster stays a cluster of its own behind any text: one that begins with a mark
/// would join the character in front of it.
fn joins_alone(cluster: &str) -> bool {
    // What nearly all text is made of here.
    if cluster
        .chars()
        .all(|c| matches!(c, ' '..='~' | '\u{4E00}'..='\u{9FFF}'))
    {
        return true;
    }
    let probe = format!("a{cluster}");
    cluster.is_ascii() || probe.graphemes(true).count() > 1
}

/// Emoji and other pictures, which joiners and selectors may follow.
fn is_pictorial(c: char) -> bool {
    matches!(u32::from(c), 0x203C..=0x3299 | 0x1F000..=0x1FAFF)
        || matches!(c, '#' | '*' | '0'..='9')
}

/// Characters that take no room, turn the direction of text, or mean nothing.
fn is_hidden(c: char, pictorial: bool) -> bool {
    match c {
        // A joiner belongs between pictures, a selector behind one.
        '\u{200D}' | '\u{FE0E}' | '\u{FE0F}' => !pictorial,
        c => is_unseen(c),
    }
}

fn show_cluster(cluster: &str, out: &mut String) {
    let mut shown = 0;
    let mut left_out = 0;
    for c in cluster.chars() {
        shown += 1;
        match c {
            _ if shown > 4 && !c.is_ascii_control() => left_out += 1,
            // A plain base stays; what hangs on it is told by number.
            c if shown == 1 && !is_hidden(c, false) && is_base(c) => out.push(c),
            c => push_shown(c, out),
        }
    }
    if left_out > 0 {
        out.push_str(&format!("‹+{left_out}›"));
    }
}

fn is_base(c: char) -> bool {
    let mut buffer = [0; 4];
    let one: &str = c.encode_utf8(&mut buffer);
    cluster_width(one) > 0 && joins_alone(one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn chinese_takes_two_columns() {
        let table = [
            ("", 0),
            ("abc", 3),
            ("王小明", 6),
            ("CK-80 电调", 10),
            ("e\u{301}", 1),
            ("👨‍👩‍👧", 2),
            ("…", 1),
            ("\u{1b}[31m", 4),
        ];
        for (text, columns) in table {
            assert_eq!(width(text), columns, "{text:?}");
        }
    }

    #[test]
    fn a_wide_character_is_never_cut() {
        let table = [
            ("王小明", 6, "王小明"),
            ("王小明", 5, "王小…"),
            ("王小明", 4, "王…"),
            ("王小明", 2, "…"),
            ("王小明", 1, "…"),
            ("王小明", 0, ""),
            ("abc", 2, "a…"),
        ];
        for (text, columns, clipped) in table {
            assert_eq!(clip(text, columns), clipped, "{text} in {columns}");
        }
        assert_eq!(clip_with("abcdef", 4, "~"), "abc~");
        assert_eq!(pad("王小明", 4), "王… ");
        assert_eq!(pad_left("80", 4), "  80");
    }

    #[test]
    fn latin_breaks_at_spaces_and_chinese_anywhere() {
        let table: [(&str, usize, &[&str]); 15] = [
            (
                "the last day was 10 Nov",
                10,
                &["the last", "day was 10", "Nov"],
            ),
            ("the   last", 6, &["the", "last"]),
            ("outputless", 4, &["outp", "utle", "ss"]),
            ("an outputless", 4, &["an", "outp", "utle", "ss"]),
            ("签收之日起七日内", 6, &["签收之", "日起七", "日内"]),
            ("签收之日，起七日", 8, &["签收之", "日，起七", "日"]),
            ("他说（没有）", 6, &["他说", "（没", "有）"]),
            ("共 7 天", 5, &["共 7", "天"]),
            ("型号CK-80HV电调", 8, &["型号", "CK-80HV", "电调"]),
            ("a\nb", 10, &["a", "b"]),
            ("a\n\nb", 10, &["a", "", "b"]),
            ("", 10, &[""]),
            ("王a", 1, &["王", "a"]),
            ("ab", 0, &["a", "b"]),
            ("最后期限为11月10日。", 14, &["最后期限为", "11月10日。"]),
        ];
        for (text, columns, lines) in table {
            assert_eq!(wrap(text, columns), lines, "{text} in {columns}");
        }
    }

    #[test]
    fn the_first_line_can_have_less_room() {
        let table: [(&str, usize, usize, &[&str]); 5] = [
            ("refused today", 4, 8, &["", "refused", "today"]),
            ("a refused day", 4, 8, &["a", "refused", "day"]),
            ("without-any-break", 4, 8, &["with", "out-any-", "break"]),
            ("没有输出", 0, 4, &["", "没有", "输出"]),
            ("a\nb c", 1, 3, &["a", "b c"]),
        ];
        for (text, first, columns, lines) in table {
            assert_eq!(wrap_hanging(text, first, columns), lines, "{text}");
        }
    }

    #[test]
    fn control_characters_are_made_visible() {
        let table = [
            ("plain 王小明 👨‍👩‍👧", "plain 王小明 👨‍👩‍👧"),
            ("\u{1b}[31mred", "␛[31mred"),
            ("a\r\nb", "a␍␊b"),
            ("a\tb\u{7f}", "a␉b␡"),
            ("\u{9b}31m", "‹U+009B›31m"),
            ("abc\u{202e}fed", "abc‹U+202E›fed"),
            ("a\u{200b}\u{200b}b", "a‹U+200B›‹U+200B›b"),
            ("a\u{200d}b", "a‹U+200D›b"),
            ("\u{301}a", "‹U+0301›a"),
            ("e\u{301}", "e\u{301}"),
        ];
        for (text, shown) in table {
            assert_eq!(visible(text), shown, "{text:?}");
        }
        let pile = format!("z{}", "\u{301}".repeat(50));
        assert_eq!(visible(&pile), "z‹U+0301›‹U+0301›‹U+0301›‹+47›");
        assert_eq!(visible_lines("a\r\nb\tc\u{1b}"), "a\nb    c␛");
        assert_eq!(visible_lines("a\n\n b\n"), "a\n\n b\n");
    }

    #[test]
    fn what_is_shown_of_a_megabyte_is_counted_out() {
        for (text, left) in [
            ("x".repeat(1 << 20), (1 << 20) - MOST_SHOWN),
            ("王".repeat(1 << 20), (1 << 20) - MOST_SHOWN),
        ] {
            let shown = visible(&text);
            assert!(shown.ends_with(&format!("‹+{left}›")), "{}", shown.len());
            assert!(text.starts_with(shown.split('‹').next().unwrap()));
            assert!(visible_lines(&text).chars().count() < MOST_SHOWN + 20);
        }
        let lines = visible_lines(&"a\n".repeat(1 << 20));
        assert!(lines.chars().count() < MOST_SHOWN + 20, "{}", lines.len());
        let pile = format!("z{}", "\u{200d}".repeat(1 << 20));
        assert!(visible(&pile).chars().count() < 60);
        assert_eq!(beginning("王小明", 1), "王小");
        assert_eq!(beginning(&text_of_dots(), 5).len(), 6);
    }

    fn text_of_dots() -> String {
        ".".repeat(1 << 20)
    }

    /// Text with what is difficult in it: wide, combining, joined, control, directional.
    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[a-z ,.（）。，王小明\n\t\u{301}\u{200d}👨👩\u{fe0f}\u{202e}\u{1b}ﾞ가\u{1160}]{0,40}",
        ]
    }

    proptest! {
        #[test]
        fn a_clip_fits_and_a_pad_fills(text in any_text(), columns in 0usize..30) {
            prop_assert!(width(&clip(&text, columns)) <= columns);
            prop_assert!(width(head(&text, columns)) <= columns);
            let shown = visible(&text);
            prop_assert_eq!(width(&pad(&shown, columns)), columns);
            prop_assert_eq!(width(&pad_left(&shown, columns)), columns);
        }

        #[test]
        fn every_wrapped_line_fits_and_no_letter_is_lost(
            text in any_text(),
            first in 0usize..30,
            columns in 0usize..30,
        ) {
            let lines = wrap_hanging(&text, first, columns);
            for (at, line) in lines.iter().enumerate() {
                let columns = if at == 0 { first } else { columns };
                prop_assert!(width(line) <= columns || line.graphemes(true).filter(|c| cluster_width(c) > 0).count() == 1, "{line:?}");
            }
            let letters = |text: &str| text.chars().filter(|c| !matches!(c, ' ' | '\n')).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }

        #[test]
        fn what_is_visible_hides_nothing(text in any_text()) {
            let shown = visible(&text).into_owned();
            prop_assert!(!shown.chars().any(char::is_control));
            let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
            prop_assert!(!shown.chars().any(turns));
            for cluster in shown.graphemes(true) {
                prop_assert!(cluster_width(cluster) > 0, "{cluster:?} in {shown:?}");
            }
            let again = visible(&shown).into_owned();
            prop_assert_eq!(again, shown);
        }
    }
}
