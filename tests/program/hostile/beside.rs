//! What lies beside the file: terms, working days, drafts, and the names of files.

use super::clean::{TEXTS, assert_ours, harm};
use crate::support::desk::PATIENCE;
use crate::support::{Desk, Home, Program};
use std::fs;
use std::path::Path;

fn name_of(text: &str) -> String {
    text.replace(['\0', '/'], "")
}

/// Starts, shows, and tells what was written to the terminal.
fn opened(home: &Home, args: &[&str]) -> Desk {
    let mut desk = Program::aftercare(args).start(home);
    desk.settle();
    desk
}

fn ends(mut desk: Desk, what: &str) {
    if desk.exit_status().is_none() {
        desk.keys("x");
        desk.settle();
        desk.signal(rustix::process::Signal::TERM);
    }
    assert!(
        desk.exited_within(PATIENCE).is_some(),
        "{what}\n{}",
        desk.text()
    );
    assert_ours(what, desk.written());
}

#[test]
fn files_of_terms_and_days_with_harmful_names_and_words_are_told_visibly() {
    need_pty!();
    let home = Home::new();
    for folder in ["terms", "calendar"] {
        let folder = home.path().join("data").join(folder);
        fs::create_dir(&folder).unwrap();
        for (n, (_, text)) in TEXTS.iter().enumerate() {
            let name = format!(
                "{n:02}{}.toml",
                name_of(text).chars().take(30).collect::<String>()
            );
            fs::write(
                folder.join(name),
                format!("from = \"{text}\"\n{text} = 1\n"),
            )
            .unwrap();
            fs::write(
                folder.join(format!("{n:02}-key.toml")),
                format!("\"{}\" = 1\n", text.escape_debug()),
            )
            .unwrap();
        }
        fs::write(folder.join("99-bytes.toml"), b"\xff\xfe = \x9b").unwrap();
    }
    let mut desk = opened(&home, &[]);
    desk.wait_for("toml");
    for key in ["<pgdn>", "<pgdn>", "<pgdn>"] {
        desk.keys(key);
        desk.settle();
    }
    ends(desk, "terms and days");
}

#[test]
fn a_desk_with_a_harmful_name_is_opened_or_refused_visibly() {
    need_pty!();
    // A name has 255 bytes at most.
    for texts in TEXTS.chunks(5) {
        let home = Home::new();
        let text: String = texts.iter().map(|(_, text)| name_of(text)).collect();
        let db = home.path().join(format!("{text}.db"));
        ends(opened(&home, &["--db", db.to_str().unwrap()]), &text);
        let folder = home.path().join(&text).join("no").join("folder");
        fs::write(home.path().join(&text), "a file").unwrap();
        ends(opened(&home, &["--db", folder.to_str().unwrap()]), &text);
    }
}

#[test]
fn drafts_written_by_hand_are_shown_visibly_or_put_aside() {
    need_pty!();
    let folder_of = |home: &Home| home.path().join("data").join("desk.db.drafts");
    let put = |home: &Home, draft: &str| {
        let folder = folder_of(home);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("1-1.json"), draft).unwrap();
        fs::write(folder.join("1-1.lock"), "").unwrap();
    };
    let who = {
        // As the program knows whoever runs it: by a draft of its own.
        let home = Home::new();
        let mut desk = opened(&home, &[]);
        desk.keys("abc");
        let mut found = None;
        desk.wait_quietly(PATIENCE, |_| {
            found = draft_in(&folder_of(&home));
            found.is_some()
        });
        ends(desk, "a draft");
        found.unwrap()["who"].as_str().unwrap().to_string()
    };
    for texts in TEXTS.chunks(4) {
        let home = Home::new();
        let text: String = texts.iter().map(|(_, text)| *text).collect();
        let text = serde_json::to_string(&text).unwrap();
        let who = serde_json::to_string(&who).unwrap();
        put(
            &home,
            &format!(
                "{{\"who\": {who}, \"search\": {text}, \"text\": {text}, \"screen\": {text}, \"caret\": [9999999999, 9999999999]}}"
            ),
        );
        ends(opened(&home, &[]), &text);
    }
    let megabytes = "x".repeat(3 << 20);
    for draft in [
        format!("{{\"who\": \"{who}\", \"search\": \"{megabytes}\"}}"),
        format!(
            "{{\"who\": \"{who}\", \"case\": 9223372036854775807, \"text\": \"x\", \"field\": [4294967295, \"fault\"]}}"
        ),
        format!("{{\"who\": \"{who}\", \"case\": -1, \"parcel\": 0}}"),
        format!("{{\"who\": \"{who}\", \"field\": [-1, \"fault\"]}}"),
        "[[[[[[".repeat(100_000),
        "{\"who\": 1}".to_string(),
        String::new(),
    ] {
        let home = Home::new();
        put(&home, &draft);
        ends(opened(&home, &[]), &draft[..draft.len().min(80)]);
    }
}

fn draft_in(folder: &Path) -> Option<serde_json::Value> {
    let files = fs::read_dir(folder).ok()?.flatten();
    let mut json = files.filter(|file| file.path().extension().is_some_and(|end| end == "json"));
    serde_json::from_str(&fs::read_to_string(json.next()?.path()).ok()?).ok()
}

#[test]
fn the_harness_sees_what_is_written() {
    need_pty!();
    let home = Home::new();
    let mut echo = Program::at("/bin/echo".into(), &["-e", "\u{202e}"]).spawn(&home);
    assert!(echo.exited_within(PATIENCE).is_some());
    let written = String::from_utf8_lossy(echo.written()).into_owned();
    assert!(harm(&written).is_some(), "{written:?}");
}
