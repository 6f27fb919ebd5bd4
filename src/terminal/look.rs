//! What a terminal is asked about its look, and what it answers.
//!
//! It is asked two things together, in one write, before a frame that is drawn whole: the colour of its
//! background (OSC 11), and where its cursor stands behind one character of ambiguous width (DSR 6).
//! Terminals answer in order, so the second answer, which nearly all give, also says that the first is
//! not coming. The character stands in the second row: a report of the first row could be read as
//! F3 with a modifier.
//!
//! Nothing waits for the answers but the first frame, and that [`AT_MOST`]. One that comes later
//! changes the screen when it comes.

use crate::ui::ambiguous::Ambiguous;
use crate::ui::theme::Background;
use ratatui::layout::Size;
use std::time::Duration;

/// How long the first frame waits for the answer: over most lines it is there long before.
pub const AT_MOST: Duration = Duration::from_millis(150);

/// In which row the character stands, and in which column, both from 1.
const PLACE: (u16, u16) = (2, 1);
/// The character: two columns wherever any is.
const CHARACTER: char = '…';

/// What a terminal answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// How it draws characters of ambiguous width.
    Ambiguous(Ambiguous),
    /// The colour it writes on.
    Background(Background),
}

impl Answer {
    /// A report of the cursor, where it answers the question.
    pub fn of_cursor(row: u16, column: u16) -> Option<Answer> {
        if row != PLACE.0 {
            return None;
        }
        match column.checked_sub(PLACE.1)? {
            1 => Some(Answer::Ambiguous(Ambiguous::Narrow)),
            2 => Some(Answer::Ambiguous(Ambiguous::Wide)),
            // Not UTF-8, or somebody else's question.
            _ => None,
        }
    }
}

/// Which program stands between the desk and the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Between {
    /// None, or one that answers itself.
    #[default]
    Nothing,
    /// GNU screen: it knows nothing of the background, and passes on what is wrapped for it.
    Screen,
}

impl Between {
    /// By the environment variables, which `variable` looks up.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Between {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let screen = set("STY").is_some() && set("TMUX").is_none();
        match screen && set("TERM").is_some_and(|term| term.starts_with("screen")) {
            true => Between::Screen,
            false => Between::Nothing,
        }
    }
}

/// What is known of a terminal's look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Said by somebody who knows better: it is not asked.
    pub said_ambiguous: Option<Ambiguous>,
    /// The same for the background.
    pub said_background: Option<Background>,
    /// What stands between.
    pub between: Between,
    /// As it answered last.
    answered: Option<Ambiguous>,
}

impl Look {
    /// What somebody says of it who knows better, and what stands between.
    pub fn of(
        said_ambiguous: Option<Ambiguous>,
        said_background: Option<Background>,
        between: Between,
    ) -> Look {
        Look {
            said_ambiguous,
            said_background,
            between,
            answered: None,
        }
    }

    /// How it draws characters of ambiguous width: as was said, else as it answered, else narrow.
    pub fn ambiguous(&self) -> Ambiguous {
        self.said_ambiguous.or(self.answered).unwrap_or_default()
    }

    /// Takes in an answer.
    pub fn take(&mut self, answer: Answer) {
        if let Answer::Ambiguous(ambiguous) = answer {
            self.answered = Some(ambiguous);
        }
    }

    /// Whether an answer counts, or somebody has said it otherwise.
    pub fn heeds(&self, answer: Answer) -> bool {
        match answer {
            Answer::Ambiguous(_) => self.said_ambiguous.is_none(),
            Answer::Background(_) => self.said_background.is_none(),
        }
    }

    /// What to write; it leaves a character behind. `None` where nothing is to be asked, or where a
    /// window of one row would make an answer that looks like a key.
    pub fn question(&self, size: Size) -> Option<Vec<u8>> {
        let (row, column) = PLACE;
        if size.height < row || size.width < column + 2 {
            return None;
        }
        let mut question = String::new();
        if self.said_background.is_none() {
            question.push_str(match self.between {
                Between::Nothing => "\x1b]11;?\x1b\\",
                Between::Screen => "\x1bP\x1b]11;?\x07\x1b\\",
            });
        }
        if self.said_ambiguous.is_none() || self.said_background.is_none() {
            question.push_str(&format!("\x1b[{row};{column}H{CHARACTER}\x1b[6n"));
        }
        (!question.is_empty()).then(|| question.into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: Size = Size::new(80, 24);

    fn question(look: Look, size: Size) -> Option<String> {
        look.question(size)
            .map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn only_what_nobody_has_said_is_asked() {
        let auto = Look::default();
        let asked = question(auto, USUAL).unwrap();
        assert_eq!(asked, "\x1b]11;?\x1b\\\x1b[2;1H…\x1b[6n");
        let dark = Look {
            said_background: Some(Background::Dark),
            ..auto
        };
        assert_eq!(question(dark, USUAL).unwrap(), "\x1b[2;1H…\x1b[6n");
        let both = Look {
            said_ambiguous: Some(Ambiguous::Wide),
            ..dark
        };
        assert_eq!(question(both, USUAL), None);
        assert!(!both.heeds(Answer::Ambiguous(Ambiguous::Narrow)));
        assert!(!both.heeds(Answer::Background(Background::Light)));
        assert_eq!(both.ambiguous(), Ambiguous::Wide);
    }

    #[test]
    fn a_window_of_one_row_is_not_asked() {
        for (size, asks) in [((80, 2), true), ((80, 1), false), ((2, 24), false)] {
            let asked = Look::default().question(Size::new(size.0, size.1));
            assert_eq!(asked.is_some(), asks, "{size:?}");
        }
    }

    #[test]
    fn the_place_of_the_cursor_says_how_wide_the_character_is() {
        let narrow = Some(Answer::Ambiguous(Ambiguous::Narrow));
        let wide = Some(Answer::Ambiguous(Ambiguous::Wide));
        let table = [
            ((2, 2), narrow),
            ((2, 3), wide),
            ((2, 4), None), // three bytes, three columns: not UTF-8
            ((2, 1), None),
            ((1, 2), None),
            ((24, 80), None),
        ];
        for ((row, column), answer) in table {
            assert_eq!(Answer::of_cursor(row, column), answer, "{row};{column}");
        }
    }

    #[test]
    fn screen_passes_the_question_on() {
        let under = |variables: &[(&str, &str)]| {
            Between::from_environment(|name| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_string())
            })
        };
        let screen = [("STY", "7.pts-0"), ("TERM", "screen.xterm-256color")];
        assert_eq!(under(&screen), Between::Screen);
        let inside = [screen.as_slice(), &[("TMUX", "/tmp/tmux")]].concat();
        assert_eq!(under(&inside), Between::Nothing);
        assert_eq!(under(&[("TERM", "screen-256color")]), Between::Nothing);
        let look = Look {
            between: Between::Screen,
            ..Look::default()
        };
        let asked = question(look, USUAL).unwrap();
        assert!(asked.starts_with("\x1bP\x1b]11;?\x07\x1b\\"), "{asked:?}");
    }
}
