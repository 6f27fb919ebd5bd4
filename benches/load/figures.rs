//! What was measured, and the table of it.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// One run.
#[derive(Default)]
pub struct Figures {
    pub keys: usize,
    /// Every value that was left in its field: who, what, when.
    pub left: Vec<(usize, String)>,
    /// When a value was left that is not in the file yet.
    pub unsaved: HashMap<String, Instant>,
    /// From the key until the caret stood in the next field.
    pub caret: Vec<Duration>,
    /// From the key until another process found the value in the file.
    pub saved: Vec<Duration>,
    /// Values that are neither in the file nor in its history.
    pub lost: usize,
    /// CPU time of all sessions, and how long they typed.
    pub cpu: (Duration, Duration),
    /// Of each session: the most memory it ever had, and its share of what is shared; in KiB.
    pub memory: Vec<(u64, u64)>,
    /// Written to all terminals.
    pub bytes: usize,
}

fn at(sorted: &[Duration], part: f64) -> String {
    let place = ((sorted.len() as f64 - 1.0) * part).round();
    match sorted.get(place.max(0.0) as usize) {
        Some(time) => format!("{:.1} ms", time.as_secs_f64() * 1e3),
        None => "-".to_string(),
    }
}

fn spread(times: &[Duration]) -> String {
    let mut sorted = times.to_vec();
    sorted.sort();
    [0.5, 0.99, 1.0].map(|part| at(&sorted, part)).join(" / ")
}

fn mib(kib: u64) -> String {
    format!("{:.1}", kib as f64 / 1024.0)
}

impl Figures {
    fn lines(&self) -> Vec<(&'static str, String)> {
        let sessions = self.memory.len().max(1) as u64;
        let most = self.memory.iter().map(|(most, _)| *most).max().unwrap_or(0);
        let share: u64 = self.memory.iter().map(|(_, share)| *share).sum();
        let (cpu, took) = (self.cpu.0.as_secs_f64(), self.cpu.1.as_secs_f64());
        vec![
            ("edits left", self.left.len().to_string()),
            ("edits lost", self.lost.to_string()),
            (
                "caret in the next field, p50 / p99 / most",
                spread(&self.caret),
            ),
            ("value in the file, p50 / p99 / most", spread(&self.saved)),
            (
                "memory of a session, most / mean share",
                format!("{} / {} MiB", mib(most), mib(share / sessions)),
            ),
            (
                "CPU of all sessions",
                format!(
                    "{cpu:.1} s in {took:.0} s ({:.0}% of one)",
                    100.0 * cpu / took
                ),
            ),
            (
                "bytes to the terminal for a key",
                format!("{:.0}", self.bytes as f64 / self.keys.max(1) as f64),
            ),
        ]
    }
}

/// The runs side by side.
pub fn table(columns: &[(String, Figures)]) -> String {
    let mut rows = vec![(
        String::new(),
        columns.iter().map(|it| it.0.clone()).collect::<Vec<_>>(),
    )];
    for (place, (name, _)) in Figures::default().lines().into_iter().enumerate() {
        let cells = columns
            .iter()
            .map(|(_, figures)| figures.lines()[place].1.clone());
        rows.push((name.to_string(), cells.collect()));
    }
    let width = |cells: &mut dyn Iterator<Item = usize>| cells.max().unwrap_or(0);
    let first = width(&mut rows.iter().map(|row| row.0.len()));
    let mut text = String::new();
    for (name, cells) in &rows {
        text.push_str(&format!("{name:first$}"));
        for (place, cell) in cells.iter().enumerate() {
            let wide = width(&mut rows.iter().map(|row| row.1[place].len()));
            text.push_str(&format!("  {cell:>wide$}"));
        }
        text.push('\n');
    }
    text
}
