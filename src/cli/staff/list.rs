//! `aftercare staff list`: everybody, in columns.

use std::io::{self, Write};

use crate::cli::Stop;
use crate::cli::key::Key;
use crate::cli::start::Started;
use crate::store::StaffLine;
use crate::ui::i18n::Words;
use crate::ui::text::{visible, width};

/// Prints everybody who is entered.
///
/// # Errors
/// What the file or the output said.
pub fn print(started: &Started, words: &Words) -> Result<(), Stop> {
    let lines = super::lines(started, words)?;
    if lines.is_empty() {
        super::say(words.say("staff-none"));
        return Ok(());
    }
    let text = table(&lines, words);
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(super::output_fault(&error, words))
        }
        _ => Ok(()),
    }
}

fn table(lines: &[StaffLine], words: &Words) -> String {
    let say = |id: &str| words.say(id).into_owned();
    let yes = |it: bool| match it {
        true => say("staff-list-yes"),
        false => say("staff-list-no"),
    };
    let head = ["name", "role", "state", "badge", "pin", "keys"];
    let mut rows: Vec<Vec<String>> = vec![
        head.iter()
            .map(|column| say(&format!("staff-list-{column}")))
            .collect(),
    ];
    for line in lines {
        let state = if line.is_disabled {
            "disabled"
        } else {
            "enabled"
        };
        rows.push(vec![
            line.name.clone(),
            say(&format!("role-{}", line.role.code())),
            say(&format!("option-staff-state-{state}")),
            yes(line.has_badge),
            yes(line.has_pin),
            keys(line),
        ]);
    }
    let columns = head.len() - 1;
    let mut widths = vec![0; columns];
    for row in &rows {
        for (most, cell) in widths.iter_mut().zip(row) {
            *most = width(cell).max(*most);
        }
    }
    let mut text = String::new();
    for row in &rows {
        let mut out = String::new();
        for (at, cell) in row.iter().enumerate() {
            let room = widths.get(at).map_or(0, |most| most + 2);
            let blanks = " ".repeat(room.saturating_sub(width(cell)));
            out.push_str(&format!("{cell}{blanks}"));
        }
        text.push_str(out.trim_end());
        text.push('\n');
    }
    text
}

/// The fingerprints of a person's keys. What somebody put into the file by hand is shown as it is.
fn keys(line: &StaffLine) -> String {
    let shown = line
        .keys
        .iter()
        .map(|key| match Key::parse(key.as_bytes()) {
            Ok(key) => key.fingerprint(),
            Err(_) => visible(&key.chars().take(40).collect::<String>()).into_owned(),
        });
    shown.collect::<Vec<_>>().join(" ")
}
