//! Colours and signs by role.
//!
//! Screens ask for a role, never for a colour. Only the sixteen colours every terminal has are
//! used, so the person's own palette applies; blue and bright black are avoided, being unreadable
//! on some. A meaning is never in the colour alone: each has a sign of one column besides.

use ratatui::style::{Color, Modifier, Style};

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
}

/// Sixteen colours and Unicode signs.
impl Default for Theme {
    fn default() -> Theme {
        Theme::COLOURED
    }
}

impl Theme {
    /// Sixteen colours and Unicode signs.
    pub const COLOURED: Theme = Theme {
        colours: true,
        unicode: true,
    };

    /// A theme with or without colours, with Unicode or with ASCII signs.
    pub fn new(colours: bool, unicode: bool) -> Theme {
        Theme { colours, unicode }
    }

    /// The theme a terminal gets by its environment variables, which `variable` looks up.
    ///
    /// No colours with `NO_COLOR` set to anything (<https://no-color.org>) or on a `dumb` terminal;
    /// ASCII signs on the Linux console, on a `dumb` terminal, and where the first of `LC_ALL`,
    /// `LC_CTYPE`, `LANG` that is set does not say UTF-8 or none is set.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Theme {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let terminal = set("TERM").unwrap_or_default();
        let dumb = terminal == "dumb";
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
        let utf8 = locale.is_some_and(|locale| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        });
        Theme {
            colours: set("NO_COLOR").is_none() && !dumb,
            unicode: utf8 && !dumb && terminal != "linux",
        }
    }

    /// Whether colours are shown.
    pub fn has_colours(&self) -> bool {
        self.colours
    }

    /// Whether signs outside ASCII are shown.
    pub fn has_unicode(&self) -> bool {
        self.unicode
    }

    /// The style of a role: a colour of the sixteen and a modifier, or the modifier alone.
    pub fn style(&self, role: Role) -> Style {
        let (colour, modifier) = match role {
            Role::Plain => (None, Modifier::empty()),
            Role::Heading => (None, Modifier::BOLD),
            Role::Label => (Some(Color::Cyan), Modifier::empty()),
            Role::Muted => (None, Modifier::DIM),
            Role::Focus => (Some(Color::Cyan), Modifier::BOLD),
            Role::Key => (Some(Color::Cyan), Modifier::BOLD),
            Role::Refused => (Some(Color::Red), Modifier::BOLD),
            Role::Open => (Some(Color::Yellow), Modifier::empty()),
            Role::Met => (Some(Color::Green), Modifier::empty()),
            Role::Notice => (Some(Color::Magenta), Modifier::empty()),
            Role::Staff => (Some(Color::Magenta), Modifier::BOLD),
            Role::Late => (Some(Color::Red), Modifier::BOLD),
            Role::Error => (Some(Color::Red), Modifier::UNDERLINED),
        };
        let style = Style::new().add_modifier(modifier);
        match colour.filter(|_| self.colours) {
            Some(colour) => style.fg(colour),
            None => style,
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
            assert_eq!(
                under(variables),
                Theme::new(colours, unicode),
                "{variables:?}"
            );
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
    fn only_the_sixteen_colours_are_used() {
        let theme = Theme::default();
        for role in Role::ALL {
            let style = theme.style(role);
            assert!(
                !matches!(style.fg, Some(Color::Rgb(..) | Color::Indexed(_))),
                "{role:?}"
            );
            assert_eq!(style.bg, None, "{role:?}");
        }
    }
}
