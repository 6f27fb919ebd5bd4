//! Key scripts: `138<tab>王小明<f5>` is five keys and two more, and three for the name.
//!
//! Literal characters are typed as they stand. In angle brackets: `<enter> <tab> <s-tab> <esc>
//! <space> <bs> <del> <ins> <up> <down> <left> <right> <home> <end> <pgup> <pgdn> <f1>`-`<f12>`,
//! `<lt>` for `<`; `<c-k>` with Ctrl, `<a-x>` with Alt, `<c-left>` and `<s-f5>` too; `<down*5>` five
//! times; `<paste:text>` as the terminal pastes it; `<scan:RMA26-00012>` as a barcode scanner types
//! it, with Enter behind it. A paste and a scan count as one key.

/// One key, with the bytes a terminal sends for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// As the script names it.
    pub name: String,
    /// What the terminal sends.
    pub bytes: Vec<u8>,
}

impl Key {
    /// Enter.
    pub fn is_enter(&self) -> bool {
        self.bytes == b"\r"
    }

    /// A character as it stands on the key.
    pub fn is_character(&self) -> bool {
        let mut name = self.name.chars();
        name.next().is_some() && name.next().is_none()
    }

    /// A lone Escape: a terminal cannot tell it from the beginning of another key but by a pause.
    pub fn is_escape(&self) -> bool {
        self.bytes == b"\x1b"
    }
}

/// The keys of a script, in order. Panics on a name it does not know: a test was mistyped.
pub fn parse(script: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        if first != '<' {
            keys.push(typed(first));
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let end = rest.find('>').unwrap_or_else(|| panic!("no > in {rest}"));
        let name = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some(text) = name.strip_prefix("paste:") {
            keys.push(paste(text));
        } else if let Some(text) = name.strip_prefix("scan:") {
            keys.push(scan(text));
        } else {
            let (name, times) = match name.rsplit_once('*') {
                Some((name, times)) => (name, times.parse().expect("a number behind *")),
                None => (name, 1),
            };
            let key = named(name).unwrap_or_else(|| panic!("unknown key <{name}>"));
            keys.extend(std::iter::repeat_n(key, times));
        }
    }
    keys
}

/// A text as the terminal pastes it, in brackets.
pub fn paste(text: &str) -> Key {
    Key {
        name: format!("<paste:{text}>"),
        bytes: format!("\x1b[200~{text}\x1b[201~").into_bytes(),
    }
}

/// A text as a barcode scanner types it: all at once, Enter behind it.
pub fn scan(text: &str) -> Key {
    Key {
        name: format!("<scan:{text}>"),
        bytes: format!("{text}\r").into_bytes(),
    }
}

fn typed(character: char) -> Key {
    Key {
        name: character.to_string(),
        bytes: character.to_string().into_bytes(),
    }
}

fn named(name: &str) -> Option<Key> {
    let (mut plain, mut modifiers) = (name, 1u8);
    while let Some((prefix, rest)) = plain.split_once('-') {
        modifiers += match prefix {
            "s" => 1,
            "a" => 2,
            "c" => 4,
            _ => return None,
        };
        plain = rest;
    }
    let mut letters = plain.chars();
    let bytes = match (letters.next(), letters.next(), modifiers) {
        (Some(c), None, 5) if c.is_ascii_alphabetic() => vec![c.to_ascii_uppercase() as u8 & 0x1f],
        (Some(c), None, 5) if ('['..='_').contains(&c) => vec![c as u8 & 0x1f],
        (Some(c), None, 3) => format!("\x1b{c}").into_bytes(),
        _ => special(plain, modifiers)?,
    };
    let name = format!("<{name}>");
    Some(Key { name, bytes })
}

fn special(plain: &str, modifiers: u8) -> Option<Vec<u8>> {
    let bytes = match (plain, modifiers) {
        ("enter", 1) => "\r".into(),
        ("tab", 1) => "\t".into(),
        ("tab", 2) => "\x1b[Z".into(),
        ("esc", 1) => "\x1b".into(),
        ("space", 1) => " ".into(),
        ("space", 5) => "\0".into(),
        ("lt", 1) => "<".into(),
        ("bs", 1) => "\x7f".into(),
        ("enter", 3) => "\x1b\r".into(),
        ("bs", 3) => "\x1b\x7f".into(),
        _ => {
            let letter = match plain {
                "up" => "A",
                "down" => "B",
                "right" => "C",
                "left" => "D",
                "home" => "H",
                "end" => "F",
                "f1" => "P",
                "f2" => "Q",
                "f3" => "R",
                "f4" => "S",
                _ => "",
            };
            let number = match plain {
                "ins" => 2,
                "del" => 3,
                "pgup" => 5,
                "pgdn" => 6,
                "f5" => 15,
                "f6" => 17,
                "f7" => 18,
                "f8" => 19,
                "f9" => 20,
                "f10" => 21,
                "f11" => 23,
                "f12" => 24,
                _ => 0,
            };
            match (letter, number, modifiers) {
                ("", 0, _) => return None,
                ("", n, 1) => format!("\x1b[{n}~"),
                ("", n, m) => format!("\x1b[{n};{m}~"),
                ("P" | "Q" | "R" | "S", _, 1) => format!("\x1bO{letter}"),
                (l, _, 1) => format!("\x1b[{l}"),
                (l, _, m) => format!("\x1b[1;{m}{l}"),
            }
        }
    };
    Some(bytes.into_bytes())
}
