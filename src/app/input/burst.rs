//! A barcode scanner is a keyboard: its keys come all at once, with Enter behind them.

use super::Input;
use ratatui::crossterm::event::{KeyCode, KeyModifiers};
use std::time::{Duration, Instant};

/// A barcode has at least so many characters; people who type fast fill shorter bursts.
const SHORTEST: usize = 6;
/// What comes so soon behind other characters belongs to them: a line cut the barcode in two.
const APART: Duration = Duration::from_millis(50);

/// Tells bursts from typing.
#[derive(Debug, Default)]
pub(super) struct Bursts {
    /// When characters came that no Enter followed yet.
    open: Option<Instant>,
}

impl Bursts {
    /// What was read at once, at `now`; the whole burst of a scanner becomes one [`Input::Scan`].
    pub fn fold(&mut self, inputs: Vec<Input>, now: Instant) -> Vec<Input> {
        let goes_on = self.open.is_some_and(|at| now.duration_since(at) < APART);
        self.open = inputs.last().and_then(printable).map(|_| now);
        match scanned(&inputs) {
            Some(text) if !goes_on => vec![Input::Scan(text)],
            _ => inputs,
        }
    }
}

fn scanned(inputs: &[Input]) -> Option<String> {
    let (last, rest) = inputs.split_last()?;
    let is_enter =
        matches!(last, Input::Key(key) if key.code == KeyCode::Enter && key.modifiers.is_empty());
    if !is_enter || rest.len() < SHORTEST {
        return None;
    }
    rest.iter().map(printable).collect()
}

fn printable(input: &Input) -> Option<char> {
    let Input::Key(key) = input else {
        return None;
    };
    let plain = (key.modifiers - KeyModifiers::SHIFT).is_empty();
    match key.code {
        KeyCode::Char(character) if plain && !character.is_control() => Some(character),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Decoder;
    use super::*;

    fn read(bytes: &str) -> Vec<Input> {
        Bursts::default().fold(Decoder::default().feed(bytes.as_bytes()), Instant::now())
    }

    #[test]
    fn a_burst_with_enter_behind_it_is_a_scan() {
        for code in [
            "RMA26-00042",
            "80H2-7731",
            "ＲＭＡ２６－０００４２",
            "AC:board",
        ] {
            let scanned = vec![Input::Scan(code.to_string())];
            assert_eq!(read(&format!("{code}\r")), scanned, "{code}");
            // A scanner that sends a line feed too presses Enter once.
            assert_eq!(read(&format!("{code}\r\n")), scanned, "{code}");
        }
    }

    #[test]
    fn what_people_type_is_no_scan() {
        for typed in [
            "80H2-7731",
            "12345\r",
            "RMA26-\t00042\r",
            "80H2-7731\rx",
            "80H2\x1b[A7731\r",
        ] {
            let inputs = read(typed);
            assert!(inputs.len() > 1, "{typed:?}");
            assert!(
                !inputs.iter().any(|i| matches!(i, Input::Scan(_))),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn a_barcode_cut_in_two_by_the_line_is_typing_to_its_end() {
        let (mut bursts, mut decoder) = (Bursts::default(), Decoder::default());
        let began = Instant::now();
        let mut after = |bytes: &str, ms| {
            let inputs = decoder.feed(bytes.as_bytes());
            bursts.fold(inputs, began + Duration::from_millis(ms))
        };
        assert_eq!(after("RM", 0).len(), 2);
        assert_eq!(after("A26-00042\r", 10).len(), 10);
        assert_eq!(after("80H2-7731\r", 20), [Input::Scan("80H2-7731".into())]);
        assert_eq!(after("x", 30).len(), 1);
        assert_eq!(after("80H2-7731\r", 300).len(), 1);
    }
}
