//! The harness itself: the key language, and a well-known program in the pseudo-terminal.

mod support;

use std::path::PathBuf;
use std::time::Duration;
use support::keys::parse;
use support::{Home, Program};

fn bytes(script: &str) -> Vec<u8> {
    parse(script).into_iter().flat_map(|k| k.bytes).collect()
}

#[test]
fn a_script_becomes_the_bytes_a_terminal_sends() {
    let table: &[(&str, &str)] = &[
        ("a王", "a王"),
        ("<enter><tab><s-tab><esc><bs>", "\r\t\x1b[Z\x1b\x7f"),
        ("<up><c-left><home>", "\x1b[A\x1b[1;5D\x1b[H"),
        ("<f1><f5><s-f5><f12>", "\x1bOP\x1b[15~\x1b[15;2~\x1b[24~"),
        ("<c-k><c-n><a-x>", "\x0b\x0e\x1bx"),
        ("<lt><space><pgdn>", "< \x1b[6~"),
        ("<down*3>", "\x1b[B\x1b[B\x1b[B"),
        ("<paste:两 行>", "\x1b[200~两 行\x1b[201~"),
        ("<scan:RMA26-00012>", "RMA26-00012\r"),
    ];
    for (script, sent) in table {
        assert_eq!(bytes(script), sent.as_bytes(), "{script}");
    }
}

#[test]
fn a_scan_and_a_paste_count_as_one_key() {
    assert_eq!(parse("138<tab>王小明<f5>").len(), 8);
    assert_eq!(parse("<scan:RMA26-00012><paste:a long text>").len(), 2);
}

#[test]
#[should_panic(expected = "unknown key <entr>")]
fn a_mistyped_key_is_told() {
    parse("<entr>");
}

#[test]
fn what_is_typed_is_seen_and_the_end_is_noticed() {
    need_pty!();
    let home = Home::new();
    let mut cat = Program::at(PathBuf::from("/bin/cat"), &[])
        .size(20, 5)
        .spawn(&home);
    cat.keys("王小明<enter>");
    cat.wait_until("the echo and the answer", |s| {
        s.contents().matches("王小明").count() == 2 && s.cursor_position() == (2, 0)
    });
    assert_eq!(cat.caret(), Some((0, 2)));
    assert_eq!(cat.counted_keys(), 4);
    cat.resize(40, 10);
    assert_eq!(cat.screen().size(), (10, 40));
    cat.keys("<c-d>");
    let status = cat.exited_within(Duration::from_secs(5)).expect("cat ends");
    assert!(status.success());
    assert_eq!(cat.leftovers(), Vec::<&str>::new());
}

#[test]
fn a_hang_up_reaches_the_program() {
    need_pty!();
    let home = Home::new();
    let mut cat = Program::at(PathBuf::from("/bin/cat"), &[]).spawn(&home);
    cat.keys("x<enter>");
    cat.wait_for("x");
    cat.hang_up();
    let status = cat.exited_within(Duration::from_secs(5)).expect("cat ends");
    assert!(!status.success());
}
