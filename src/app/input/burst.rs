//! What comes all at once was not typed by a person: a barcode scanner, or a paste.
//!
//! A scanner is a keyboard: its characters come together, with Enter behind them. A terminal without
//! bracketed paste sends a paste as keys as well: several lines come together, and the Enter between
//! them must not lead from field to field or choose anything. So several lines at once are one paste,
//! unless each of them looks like a barcode and has Enter behind it: then they are scans, one after
//! the other. Keys that a person typed ahead on a line that stalled look the same where they are
//! letters and Enter alone; they become one paste into one field too, where they can be seen, unless
//! the terminal has shown that it brackets its pastes.

use super::Input;
use crate::desk::fold::fold_trim;
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
    /// When lines of a paste came that may go on.
    lines: Option<Instant>,
    /// Whether the terminal marks its pastes: then what comes as keys is keys.
    is_bracketing: bool,
}

impl Bursts {
    /// What was read at once, at `now`; the whole burst of a scanner becomes one [`Input::Scan`],
    /// several lines become [`Input::Lines`].
    pub fn fold(&mut self, inputs: Vec<Input>, now: Instant) -> Vec<Input> {
        let belongs = |at: Option<Instant>| at.is_some_and(|at| now.duration_since(at) < APART);
        let (goes_on, is_later_part) = (belongs(self.open), belongs(self.lines));
        self.open = inputs.last().and_then(printable).map(|_| now);
        self.lines = None;
        self.is_bracketing |= inputs.iter().any(|it| matches!(it, Input::Paste(_)));
        let Some(text) = text_alone(&inputs) else {
            return inputs;
        };
        let ends = text.ends_with('\n');
        let lines: Vec<&str> = text.trim_end_matches('\n').split('\n').collect();
        if let [line] = lines.as_slice() {
            let is_part = is_later_part && !self.is_bracketing && !line.is_empty();
            if is_part {
                self.lines = Some(now);
                return vec![Input::Paste((*line).to_string())];
            }
            let is_scan = ends && !goes_on && line.chars().count() >= SHORTEST;
            return match is_scan && text.matches('\n').count() == 1 {
                true => vec![Input::Scan((*line).to_string())],
                false => inputs,
            };
        }
        let are_scans = ends && !goes_on && !is_later_part && lines.iter().all(|it| is_code(it));
        if self.is_bracketing && !are_scans {
            return inputs;
        }
        self.lines = (!are_scans).then_some(now);
        vec![Input::Lines(Lines { inputs, are_scans })]
    }
}

/// Several lines that came at once, as keys. What they are depends on what waits for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// The keys, as they came: characters and Enter alone, with characters behind an Enter.
    inputs: Vec<Input>,
    /// Whether each line looks like a barcode, with Enter behind it.
    are_scans: bool,
}

impl Lines {
    /// As the keys they came as.
    pub fn into_keys(self) -> Vec<Input> {
        self.inputs
    }

    /// As a paste; or as scans, one after the other, where each line looks like a barcode.
    pub fn into_text(self) -> Vec<Input> {
        let text = text_alone(&self.inputs).unwrap_or_default();
        let text = text.trim_end_matches('\n');
        if self.are_scans {
            let lines = text.split('\n');
            return lines.map(|line| Input::Scan(line.to_string())).collect();
        }
        vec![Input::Paste(text.to_string())]
    }
}

/// Whether a line looks like a barcode: one word of letters, digits and signs, long enough.
fn is_code(line: &str) -> bool {
    let line = fold_trim(line);
    line.len() >= SHORTEST && line.chars().all(|c| c.is_ascii_graphic())
}

/// The text of what is characters and Enter alone.
fn text_alone(inputs: &[Input]) -> Option<String> {
    inputs
        .iter()
        .map(|input| printable(input).or_else(|| is_enter(input).then_some('\n')))
        .collect()
}

fn is_enter(input: &Input) -> bool {
    matches!(input, Input::Key(key) if key.code == KeyCode::Enter && key.modifiers.is_empty())
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
        meant(Bursts::default().fold(Decoder::default().feed(bytes.as_bytes()), Instant::now()))
    }

    /// What several lines are where texts are typed.
    fn meant(inputs: Vec<Input>) -> Vec<Input> {
        let mean = |input| match input {
            Input::Lines(lines) => lines.into_text(),
            other => vec![other],
        };
        inputs.into_iter().flat_map(mean).collect()
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
            "80H2\x1b[A7731\r",
            "13800000000\t王小明\r",
            "\r\r",
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
    fn several_lines_at_once_are_one_paste_and_several_barcodes_are_scans() {
        let paste = |text: &str| vec![Input::Paste(text.to_string())];
        let scans = |codes: &[&str]| -> Vec<Input> {
            codes.iter().map(|it| Input::Scan((*it).into())).collect()
        };
        let table = [
            ("王小明\r13800000000\r", paste("王小明\n13800000000")),
            (
                "No output since Monday\r2\r13900000000\r\r李雷\r1 Example Road\r",
                paste("No output since Monday\n2\n13900000000\n\n李雷\n1 Example Road"),
            ),
            ("no output\rsince Monday", paste("no output\nsince Monday")),
            ("a\r\nb\r\n\r\nc\r\n", paste("a\nb\n\nc")),
            ("80H2-7731\rx", paste("80H2-7731\nx")),
            // The last one has no Enter behind it: no scanner sends that.
            ("80H2-7731\r80H2-7732", paste("80H2-7731\n80H2-7732")),
            ("80H2-7731\r80H2-7732\r", scans(&["80H2-7731", "80H2-7732"])),
            (
                "SF3141592653589\r\nＲＭＡ２６－０００４２\r\n",
                scans(&["SF3141592653589", "ＲＭＡ２６－０００４２"]),
            ),
        ];
        for (bytes, expected) in table {
            assert_eq!(read(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn where_no_text_is_typed_several_lines_are_the_keys_they_came_as() {
        let keys = Decoder::default().feed(b"B-0417\r041700\r");
        let folded = Bursts::default().fold(keys.clone(), Instant::now());
        let [Input::Lines(lines)] = folded.as_slice() else {
            panic!("{folded:?}");
        };
        assert_eq!(lines.clone().into_keys(), keys);
    }

    #[test]
    fn a_paste_that_the_line_cut_goes_on_until_it_rests() {
        let (mut bursts, mut decoder) = (Bursts::default(), Decoder::default());
        let began = Instant::now();
        let mut after = |bytes: &str, ms| {
            let inputs = decoder.feed(bytes.as_bytes());
            meant(bursts.fold(inputs, began + Duration::from_millis(ms)))
        };
        assert_eq!(
            after("one\rtwo\rthr", 0),
            [Input::Paste("one\ntwo\nthr".into())]
        );
        assert_eq!(after("ee\r", 20), [Input::Paste("ee".into())]);
        assert_eq!(
            after("four\rfive\r", 40),
            [Input::Paste("four\nfive".into())]
        );
        assert_eq!(after("1", 200).len(), 1);
        assert!(matches!(after("\r", 210).as_slice(), [Input::Key(_)]));
    }

    #[test]
    fn where_the_terminal_brackets_its_pastes_keys_are_keys() {
        let (mut bursts, mut decoder) = (Bursts::default(), Decoder::default());
        let mut read =
            |bytes: &str| meant(bursts.fold(decoder.feed(bytes.as_bytes()), Instant::now()));
        assert_eq!(
            read("\x1b[200~a\rb\x1b[201~"),
            [Input::Paste("a\nb".into())]
        );
        assert_eq!(read("abc\rdef\r").len(), 8);
        let scanned = [
            Input::Scan("80H2-7731".into()),
            Input::Scan("80H2-7732".into()),
        ];
        assert_eq!(read("80H2-7731\r80H2-7732\r"), scanned);
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
