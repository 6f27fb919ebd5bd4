//! The harmful texts, and what may reach a terminal.

/// Short ones: each has `mark` behind it, so that what follows is seen to be still there.
pub const TEXTS: &[(&str, &str)] = &[
    ("a colour", "\u{1b}[31mred"),
    ("the screen cleared", "\u{1b}[2J\u{1b}[H"),
    ("the clipboard written", "\u{1b}]52;c;cm0gLXJm\u{7}"),
    (
        "a link",
        "\u{1b}]8;;http://example.invalid\u{1b}\\here\u{1b}]8;;\u{1b}\\",
    ),
    ("the title", "\u{1b}]0;title\u{7}"),
    ("a device control string", "\u{1b}Pq#0\u{1b}\\"),
    ("a program command", "\u{1b}_G\u{1b}\\"),
    ("an answer asked for", "\u{1b}[6n\u{1b}[c"),
    (
        "eight-bit controls",
        "\u{9b}31m\u{9d}0;t\u{9c}\u{90}q\u{9c}\u{85}\u{84}",
    ),
    ("a lone escape", "\u{1b}"),
    ("bell, null, backspaces", "\u{7}\0\u{8}\u{8}\u{7f}"),
    ("shift out", "\u{e}lqk\u{f}"),
    ("an override", "\u{202e}txt.exe\u{202c}"),
    ("isolates", "\u{2066}a\u{2067}b\u{2068}c\u{2069}\u{2069}"),
    ("marks of direction", "\u{200e}\u{200f}\u{61c}"),
    (
        "nothing to see",
        "\u{200b}\u{200c}\u{2060}\u{feff}\u{ad}\u{180e}",
    ),
    ("fillers", "\u{3164}\u{115f}\u{1160}\u{ffa0}\u{2800}"),
    ("tags", "\u{e0001}\u{e0068}\u{e0069}\u{e007f}"),
    ("selectors", "a\u{fe00}\u{e0100}\u{fe0f}"),
    ("lines and paragraphs", "a\u{2028}b\u{2029}c\u{b}\u{c}"),
    ("private", "\u{e000}\u{f8ff}\u{f0000}\u{10fffd}"),
    ("unassigned", "\u{378}\u{fdd0}\u{fffe}\u{10ffff}"),
    ("annotations", "\u{fff9}a\u{fffa}b\u{fffb}\u{fffc}"),
    ("right to left", "שלום مرحبا"),
    ("a mark at the beginning", "\u{301}a"),
    ("wide ones", "﷽𒐫꧅"),
    ("an emoji of many", "👨\u{200d}👩\u{200d}👧\u{200d}👦🏽🇨🇳"),
    ("tab, return, line feed", "a\tb\rc\nd\r\ne"),
    ("replacement", "\u{fffd}\u{fffd}"),
    ("a format of ours", "{ $name } %s %n {0} \\u001b"),
    ("an operator of SQL", "'; DROP TABLE change; --"),
];

/// Long ones, made when they are needed: a megabyte without a blank, and heaps.
pub fn long() -> Vec<(&'static str, String)> {
    vec![
        ("a megabyte", "x".repeat(1 << 20)),
        ("a megabyte of Chinese", "王".repeat((1 << 20) / 3)),
        ("a megabyte of blanks", " ".repeat(1 << 20)),
        ("a megabyte of lines", "a\n".repeat(1 << 19)),
        ("a megabyte of escapes", "\u{1b}".repeat(1 << 20)),
        ("a megabyte of overrides", "\u{202e}".repeat((1 << 20) / 3)),
        ("joiners", format!("a{}b", "\u{200d}".repeat(10_000))),
        (
            "a megabyte of joiners",
            format!("a{}", "\u{200d}".repeat((1 << 20) / 3)),
        ),
        (
            "a megabyte of marks",
            format!("z{}", "\u{301}".repeat(1 << 19)),
        ),
        (
            "a megabyte of one emoji",
            "👨\u{200d}".repeat((1 << 20) / 7),
        ),
        ("a megabyte of flags", "🇨".repeat((1 << 20) / 4)),
    ]
}

/// What no terminal may be given inside of text, by a list of its own.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0xAD | 0x61C | 0x180E | 0x200B | 0x200C | 0x200E | 0x200F | 0x2028..=0x202E | 0x2060..=0x206F
            | 0xFEFF | 0xFFF9..=0xFFFB | 0xE0000..=0xE0FFF | 0xE000..=0xF8FF | 0xF0000..=0x10FFFF
            | 0x115F | 0x1160 | 0x3164 | 0xFFA0)
}

/// Whether it hangs on the character before it.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36F | 0x200D | 0xFE00..=0xFE0F | 0x1F3FB..=0x1F3FF | 0x483..=0x489)
}

/// Why a text may not be given to a terminal; nothing where it may.
pub fn harm(text: &str) -> Option<String> {
    if let Some(bad) = text.chars().find(|c| is_harmful(*c)) {
        return Some(format!("{bad:?}"));
    }
    let mut run = 0;
    for c in text.chars() {
        run = if is_mark(c) { run + 1 } else { 0 };
        if run > 10 {
            return Some("a run of marks".into());
        }
    }
    None
}

/// Asserts that a message is plain lines.
pub fn assert_plain(what: &str, bytes: &[u8]) {
    let text =
        String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| panic!("{what}: no UTF-8: {bytes:?}"));
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if let Some(harm) = harm(line) {
            panic!("{what}: {harm} in {line:?}");
        }
    }
}

/// Asserts that what was written to a terminal is text and the sequences of our own backend, nothing
/// else.
pub fn assert_ours(what: &str, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|e| panic!("{what}: no UTF-8: {e}"));
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_control()) {
        let (plain, from) = rest.split_at(at);
        assert_eq!(harm(plain), None, "{what}: {plain:?}");
        let sequence = sequence(from).unwrap_or_else(|| {
            let shown: String = from.chars().take(30).collect();
            panic!("{what}: not ours: {shown:?}")
        });
        rest = &from[sequence..];
    }
    assert_eq!(harm(rest), None, "{what}: {rest:?}");
}

/// What the terminal is asked: its background, and where its cursor stands behind one character. Each
/// only as the program asks it: in a text from outside it would be harmful.
const QUESTIONS: [&str; 2] = ["\u{1b}]11;?\u{1b}\\", "\u{1b}[2;1H…\u{1b}[6n"];

/// The length of one of our own sequences at the beginning of a text.
fn sequence(text: &str) -> Option<usize> {
    let asked = QUESTIONS.into_iter().find(|it| text.starts_with(it));
    if let Some(question) = asked {
        return Some(question.len());
    }
    let Some(inside) = text.strip_prefix("\u{1b}[") else {
        return text
            .starts_with(['\r', '\n', '\u{8}', '\u{18}'])
            .then_some(1);
    };
    let end = inside.find(|c: char| !c.is_ascii_digit() && !matches!(c, ';' | '?' | ':'))?;
    let (parameters, last) = (&inside[..end], inside[end..].chars().next()?);
    let is_ours = match last {
        'm' | 'H' | 'J' | 'K' | 'X' | 'A' | 'B' | 'C' | 'D' | 'G' => !parameters.contains('?'),
        'h' | 'l' => matches!(parameters, "?25" | "?1049" | "?2004" | "?2026"),
        _ => false,
    };
    is_ours.then_some(2 + end + 1)
}

#[test]
fn the_lists_are_told_from_what_is_harmless() {
    assert_ours(
        "a frame",
        "\u{1b}[?2026h\u{1b}[1;31mx\u{1b}[m\r\n王\u{1b}[3;4H\u{1b}[K\u{8}".as_bytes(),
    );
    for (name, text) in TEXTS {
        let harmless = [
            "right to left",
            "a mark at the beginning",
            "wide ones",
            "an emoji of many",
            "replacement",
            "a format of ours",
            "an operator of SQL",
        ];
        assert_eq!(harm(text).is_none(), harmless.contains(name), "{name}");
    }
    for bad in [
        "\u{1b}]52;c;x\u{7}",
        "\u{1b}[6n",
        "\u{1b}[?1000h",
        "\u{9b}m",
        "\t",
    ] {
        let caught = std::panic::catch_unwind(|| assert_ours("bad", bad.as_bytes()));
        assert!(caught.is_err(), "{bad:?}");
    }
}
