//! Colours and signs by role.
//!
//! Screens ask for a role, never for a colour. What is written in a colour has a contrast of at least
//! 4.5:1 against the background in every usual palette (a test looks at a table of them): of the
//! sixteen colours of a terminal only green, yellow and cyan have that, and only on a dark background.
//! So every other colour is one of the 216 of the colour cube, which look the same whatever the
//! palette, where the terminal has those; else the colour of ordinary text, which the person chose
//! with the background. Where the background is not known, no colour has that on all of them: those of
//! middle lightness are taken, which have at least 3.5:1 everywhere, and never one of the sixteen.
//! Nothing is dimmed, which takes half of the contrast away. A meaning is never in the colour alone:
//! each has a sign of one column besides.

use super::ambiguous::Ambiguous;
use ratatui::style::{Color, Modifier, Style};

/// What the terminal writes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Background {
    /// Nearer to black.
    Dark,
    /// Nearer to white.
    Light,
}

impl Background {
    /// By its name on the command line.
    pub fn from_code(code: &str) -> Option<Background> {
        match code {
            "dark" => Some(Background::Dark),
            "light" => Some(Background::Light),
            _ => None,
        }
    }

    /// Its name on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Background::Dark => "dark",
            Background::Light => "light",
        }
    }

    /// That of a colour: light is what black has more contrast to than white.
    pub fn of_colour([red, green, blue]: [u8; 3]) -> Background {
        match luminance([red, green, blue]) > 0.179 {
            true => Background::Light,
            false => Background::Dark,
        }
    }

    /// As `COLORFGBG` says it, which some terminals set: the number of the colour behind the last
    /// semicolon.
    fn from_variable(value: &str) -> Option<Background> {
        match value.rsplit(';').next()?.trim().parse::<u8>().ok()? {
            0..=6 | 8 => Some(Background::Dark),
            7 | 9..=15 => Some(Background::Light),
            _ => None,
        }
    }
}

/// Relative luminance, 0 for black to 1 for white, as WCAG 2 defines it.
fn luminance(colour: [u8; 3]) -> f64 {
    let channel = |value: u8| {
        let value = f64::from(value) / 255.0;
        match value <= 0.03928 {
            true => value / 12.92,
            false => ((value + 0.055) / 1.055).powf(2.4),
        }
    };
    let [red, green, blue] = colour.map(channel);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// A hue; which colour it is depends on the background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hue {
    Cyan,
    Red,
    Yellow,
    Green,
    Magenta,
}

/// What a piece of the screen means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Ordinary text.
    Plain,
    /// The title of a screen or a section.
    Heading,
    /// The name of a field.
    Label,
    /// Of less importance: hints, grounds, what is folded away.
    Muted,
    /// The field or row the keys go to.
    Focus,
    /// A key in a hint.
    Key,
    /// Refused by the terms, or not possible.
    Refused,
    /// Open: a fact is unknown.
    Open,
    /// Met, granted, done.
    Met,
    /// A notice to read.
    Notice,
    /// Left to staff to decide.
    Staff,
    /// Late: its day has passed.
    Late,
    /// A value that cannot be read, or something that failed.
    Error,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 13] = [
        Role::Plain,
        Role::Heading,
        Role::Label,
        Role::Muted,
        Role::Focus,
        Role::Key,
        Role::Refused,
        Role::Open,
        Role::Met,
        Role::Notice,
        Role::Staff,
        Role::Late,
        Role::Error,
    ];
}

/// A sign of one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// Refused.
    Refused,
    /// Open, unknown.
    Open,
    /// Met.
    Met,
    /// A notice.
    Notice,
    /// Left to staff.
    Staff,
    /// Late.
    Late,
    /// A value that cannot be read.
    Error,
    /// The row or field the keys go to.
    Pointer,
    /// Something was cut off here.
    Ellipsis,
    /// There is more to the left.
    MoreLeft,
    /// There is more to the right.
    MoreRight,
    /// A vertical line.
    Vertical,
    /// A horizontal line.
    Horizontal,
    /// Between two things on one line.
    Dot,
    /// From one thing to another.
    Arrow,
    /// A corner of a box.
    TopLeft,
    /// A corner of a box.
    TopRight,
    /// A corner of a box.
    BottomLeft,
    /// A corner of a box.
    BottomRight,
}

impl Sign {
    /// Every sign.
    pub const ALL: [Sign; 19] = [
        Sign::Refused,
        Sign::Open,
        Sign::Met,
        Sign::Notice,
        Sign::Staff,
        Sign::Late,
        Sign::Error,
        Sign::Pointer,
        Sign::Ellipsis,
        Sign::MoreLeft,
        Sign::MoreRight,
        Sign::Vertical,
        Sign::Horizontal,
        Sign::Dot,
        Sign::Arrow,
        Sign::TopLeft,
        Sign::TopRight,
        Sign::BottomLeft,
        Sign::BottomRight,
    ];

    fn unicode(self) -> &'static str {
        match self {
            Sign::Refused => "✗",
            Sign::Open => "?",
            Sign::Met => "✓",
            Sign::Notice => "!",
            Sign::Staff => "◇",
            Sign::Late => "▲",
            Sign::Error => "≠",
            Sign::Pointer => "▸",
            Sign::Ellipsis => "…",
            Sign::MoreLeft => "‹",
            Sign::MoreRight => "›",
            Sign::Vertical => "│",
            Sign::Horizontal => "─",
            Sign::Dot => "·",
            Sign::Arrow => "→",
            Sign::TopLeft => "┌",
            Sign::TopRight => "┐",
            Sign::BottomLeft => "└",
            Sign::BottomRight => "┘",
        }
    }

    fn ascii(self) -> &'static str {
        match self {
            Sign::Refused => "x",
            Sign::Open => "?",
            Sign::Met => "+",
            Sign::Notice => "!",
            Sign::Staff => "o",
            Sign::Late => "^",
            Sign::Error => "#",
            Sign::Pointer => ">",
            Sign::Ellipsis => "~",
            Sign::MoreLeft => "<",
            Sign::MoreRight => ">",
            Sign::Vertical => "|",
            Sign::Horizontal => "-",
            Sign::Dot => "-",
            Sign::Arrow => ">",
            Sign::TopLeft | Sign::TopRight | Sign::BottomLeft | Sign::BottomRight => "+",
        }
    }
}

/// How roles and signs look on this terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    colours: bool,
    unicode: bool,
    /// Whether the terminal has the 216 colours of the cube.
    cube: bool,
    /// What it writes on; `None` where that is not known.
    background: Option<Background>,
    ambiguous: Ambiguous,
}

/// Colours on a dark background, and Unicode signs.
impl Default for Theme {
    fn default() -> Theme {
        Theme::COLOURED
    }
}

impl Theme {
    /// Colours on a dark background, and Unicode signs.
    pub const COLOURED: Theme = Theme {
        colours: true,
        unicode: true,
        cube: true,
        background: Some(Background::Dark),
        ambiguous: Ambiguous::Narrow,
    };

    /// A theme with or without colours, with Unicode or with ASCII signs.
    pub fn new(colours: bool, unicode: bool) -> Theme {
        Theme {
            colours,
            unicode,
            ..Theme::COLOURED
        }
    }

    /// The theme a terminal gets by its environment variables, which `variable` looks up.
    ///
    /// No colours with `NO_COLOR` set to anything (<https://no-color.org>) or on a `dumb` terminal;
    /// ASCII signs on the Linux console, on a `dumb` terminal, and where the first of `LC_ALL`,
    /// `LC_CTYPE`, `LANG` that is set does not say UTF-8 or none is set. The background is what
    /// `COLORFGBG` says; the Linux console has a dark one.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Theme {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let terminal = set("TERM").unwrap_or_default();
        let dumb = terminal == "dumb";
        let console = terminal == "linux";
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
        let utf8 = locale.is_some_and(|locale| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        });
        let told = set("COLORFGBG").and_then(|value| Background::from_variable(&value));
        Theme {
            colours: set("NO_COLOR").is_none() && !dumb,
            unicode: utf8 && !dumb && !console,
            cube: terminal.contains("256color") || set("COLORTERM").is_some(),
            background: told.or(console.then_some(Background::Dark)),
            ambiguous: Ambiguous::Narrow,
        }
    }

    /// The same on another background.
    pub fn on(self, background: Background) -> Theme {
        Theme {
            background: Some(background),
            ..self
        }
    }

    /// The same on a terminal that draws characters of ambiguous width so.
    pub fn with_ambiguous(self, ambiguous: Ambiguous) -> Theme {
        Theme { ambiguous, ..self }
    }

    /// The columns of characters of ambiguous width.
    pub fn ambiguous(&self) -> Ambiguous {
        self.ambiguous
    }

    /// Whether colours are shown.
    pub fn has_colours(&self) -> bool {
        self.colours
    }

    /// Whether signs outside ASCII are shown.
    pub fn has_unicode(&self) -> bool {
        self.unicode
    }

    /// The style of a role: a colour and a modifier, or the modifier alone.
    pub fn style(&self, role: Role) -> Style {
        let (hue, modifier) = match role {
            Role::Plain | Role::Muted => (None, Modifier::empty()),
            Role::Heading => (None, Modifier::BOLD),
            Role::Label => (Some(Hue::Cyan), Modifier::empty()),
            Role::Focus => (Some(Hue::Cyan), Modifier::BOLD),
            Role::Key => (Some(Hue::Cyan), Modifier::BOLD),
            Role::Refused => (Some(Hue::Red), Modifier::BOLD),
            Role::Open => (Some(Hue::Yellow), Modifier::empty()),
            Role::Met => (Some(Hue::Green), Modifier::empty()),
            Role::Notice => (Some(Hue::Magenta), Modifier::empty()),
            Role::Staff => (Some(Hue::Magenta), Modifier::BOLD),
            Role::Late => (Some(Hue::Red), Modifier::BOLD),
            Role::Error => (Some(Hue::Red), Modifier::UNDERLINED),
        };
        let style = Style::new().add_modifier(modifier);
        match hue.and_then(|hue| self.colour(hue)) {
            Some(colour) => style.fg(colour),
            None => style,
        }
    }

    fn colour(&self, hue: Hue) -> Option<Color> {
        if !self.colours {
            return None;
        }
        // The cube's: on dark, on light, and where it is not known.
        let (colour, [dark, light, unknown]) = match hue {
            Hue::Cyan => (Some(Color::Cyan), [0, 23, 31]),
            Hue::Yellow => (Some(Color::Yellow), [0, 94, 100]),
            Hue::Green => (Some(Color::Green), [0, 22, 64]),
            Hue::Red => (None, [210, 124, 196]),
            Hue::Magenta => (None, [176, 90, 133]),
        };
        let of_cube = |number| self.cube.then_some(Color::Indexed(number));
        match self.background {
            Some(Background::Dark) => colour.or_else(|| of_cube(dark)),
            Some(Background::Light) => of_cube(light),
            None => of_cube(unknown),
        }
    }

    /// The sign, one column wide.
    pub fn sign(&self, sign: Sign) -> &'static str {
        if self.unicode {
            sign.unicode()
        } else {
            sign.ascii()
        }
    }

    /// The sign that goes with a role, where the role has a meaning of its own.
    pub fn role_sign(&self, role: Role) -> Option<&'static str> {
        let sign = match role {
            Role::Refused => Sign::Refused,
            Role::Open => Sign::Open,
            Role::Met => Sign::Met,
            Role::Notice => Sign::Notice,
            Role::Staff => Sign::Staff,
            Role::Late => Sign::Late,
            Role::Error => Sign::Error,
            Role::Focus => Sign::Pointer,
            Role::Plain | Role::Heading | Role::Label | Role::Muted | Role::Key => return None,
        };
        Some(self.sign(sign))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::width;
    use std::collections::HashSet;

    fn under(variables: &[(&str, &str)]) -> Theme {
        Theme::from_environment(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_string())
        })
    }

    #[test]
    fn the_environment_decides_on_colours_and_signs() {
        let utf8 = ("LANG", "zh_CN.UTF-8");
        type Row<'a> = (&'a [(&'a str, &'a str)], bool, bool);
        let table: [Row; 8] = [
            (&[utf8, ("TERM", "xterm-256color")], true, true),
            (&[utf8, ("NO_COLOR", "1")], false, true),
            (&[utf8, ("NO_COLOR", "")], true, true),
            (&[utf8, ("TERM", "linux")], true, false),
            (&[utf8, ("TERM", "dumb")], false, false),
            (&[("LANG", "C")], true, false),
            (&[utf8, ("LC_ALL", "C")], true, false),
            (&[], true, false),
        ];
        for (variables, colours, unicode) in table {
            let theme = under(variables);
            assert_eq!(theme.has_colours(), colours, "{variables:?}");
            assert_eq!(theme.has_unicode(), unicode, "{variables:?}");
        }
    }

    #[test]
    fn the_environment_may_tell_the_background() {
        let table = [
            ("15;0", Some(Background::Dark)),
            ("0;15", Some(Background::Light)),
            ("0;default;15", Some(Background::Light)),
            ("12;8", Some(Background::Dark)),
            ("0;7", Some(Background::Light)),
            ("7;default", None),
            ("0;99", None),
            ("", None),
        ];
        for (value, background) in table {
            let theme = under(&[("TERM", "rxvt-256color"), ("COLORFGBG", value)]);
            assert_eq!(theme.background, background, "{value}");
        }
        assert_eq!(under(&[("TERM", "xterm-256color")]).background, None);
        let console = under(&[("TERM", "linux")]);
        assert_eq!(console.background, Some(Background::Dark));
        assert!(under(&[("TERM", "xterm-256color")]).cube && !console.cube);
        assert!(under(&[("TERM", "foot"), ("COLORTERM", "truecolor")]).cube);
    }

    #[test]
    fn a_background_is_light_where_black_is_read_better_than_white() {
        let table = [
            ([0, 0, 0], Background::Dark),
            ([0x00, 0x2b, 0x36], Background::Dark),
            ([0x76, 0x76, 0x76], Background::Light),
            ([0x70, 0x70, 0x70], Background::Dark),
            ([0xfd, 0xf6, 0xe3], Background::Light),
            ([0xff, 0xff, 0xff], Background::Light),
        ];
        for (colour, background) in table {
            assert_eq!(Background::of_colour(colour), background, "{colour:?}");
        }
    }

    #[test]
    fn every_sign_takes_one_column() {
        for sign in Sign::ALL {
            assert_eq!(width(sign.unicode()), 1, "{sign:?}");
            assert_eq!(width(sign.ascii()), 1, "{sign:?}");
            assert!(sign.ascii().is_ascii());
        }
    }

    #[test]
    fn meanings_differ_by_their_sign_alone() {
        for theme in [Theme::new(false, true), Theme::new(false, false)] {
            let signs: Vec<_> = Role::ALL
                .iter()
                .filter_map(|role| theme.role_sign(*role))
                .collect();
            let different: HashSet<_> = signs.iter().collect();
            assert_eq!(different.len(), signs.len());
            assert_eq!(signs.len(), 8);
        }
    }

    #[test]
    fn without_colours_only_modifiers_are_left() {
        let plain = Theme::new(false, true);
        for role in Role::ALL {
            let style = plain.style(role);
            assert_eq!(
                (style.fg, style.bg, style.underline_color),
                (None, None, None),
                "{role:?}"
            );
        }
    }

    #[test]
    fn none_of_the_sixteen_where_the_background_is_not_known_or_light() {
        let utf8 = ("LANG", "en_GB.UTF-8");
        let many = under(&[("TERM", "xterm-256color"), utf8]);
        let few = under(&[("TERM", "xterm"), utf8]);
        for role in Role::ALL {
            for theme in [many, many.on(Background::Light)] {
                let colour = theme.style(role).fg;
                assert!(matches!(colour, None | Some(Color::Indexed(16..=231))));
            }
            for theme in [few, few.on(Background::Light)] {
                assert_eq!(theme.style(role).fg, None, "{role:?}");
            }
        }
    }

    #[test]
    fn nothing_is_dimmed_or_written_on_another_background() {
        for theme in [Theme::COLOURED, Theme::COLOURED.on(Background::Light)] {
            for role in Role::ALL {
                let style = theme.style(role);
                assert!(!style.add_modifier.contains(Modifier::DIM), "{role:?}");
                assert_eq!((style.bg, style.underline_color), (None, None), "{role:?}");
            }
        }
    }
}

#[cfg(test)]
mod palettes;
