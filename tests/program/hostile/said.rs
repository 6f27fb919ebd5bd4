//! What the program says on standard output and standard error, of harmful arguments, names,
//! variables and input.

use super::clean::{TEXTS, assert_plain, long};
use crate::support::Home;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::process::Output;

fn assert_said(what: &str, output: &Output) {
    assert_plain(what, &output.stdout);
    assert_plain(what, &output.stderr);
    let code = output.status.code();
    assert!(matches!(code, Some(0..=3)), "{what}: {code:?}");
    assert!(
        output.stderr.len() + output.stdout.len() < 20_000,
        "{what}: it goes on and on"
    );
}

/// Every harmful text that can be an argument, several to a time, and some that are no UTF-8.
fn arguments() -> Vec<OsString> {
    let mut all: Vec<OsString> = TEXTS
        .chunks(7)
        .map(|texts| {
            texts
                .iter()
                .map(|(_, text)| text.replace('\0', ""))
                .collect()
        })
        .map(|text: String| OsString::from(text))
        .collect();
    for bytes in [
        &b"\xff\xfe"[..],
        b"\x9b31m",
        b"\xed\xa0\x80\xed\xb0\x80",
        b"a\xc3",
        b"\xc0\x9b",
    ] {
        all.push(OsStr::from_bytes(bytes).to_os_string());
    }
    all
}

fn os(text: &str) -> &OsStr {
    OsStr::new(text)
}

#[test]
fn no_argument_is_said_again_raw() {
    let home = Home::new();
    for argument in arguments() {
        let argument = argument.as_os_str();
        let with = |front: &str| {
            let mut joined = OsString::from(front);
            joined.push(argument);
            joined
        };
        let (option, joined, long) = (with("--"), with("--zone="), with("--no-such="));
        for args in [
            vec![argument],
            vec![&*option],
            vec![&*joined],
            vec![&*long],
            vec![os("--zone"), argument],
            vec![os("--language"), argument],
            vec![os("--today"), argument],
            vec![os("--db"), argument],
            vec![os("--staff"), argument],
            vec![os("--terms"), argument],
            vec![os("help"), argument],
            vec![os("check"), argument],
            vec![os("check"), os("--pretty"), argument],
            vec![os("check"), os("--terms"), argument],
            vec![os("check"), os("--no-such"), argument],
            vec![os("demo"), argument],
            vec![os("staff"), argument],
            vec![os("staff"), os("add"), argument],
            vec![
                os("staff"),
                os("add"),
                argument,
                os("--role"),
                os("operator"),
            ],
            vec![os("staff"), os("add"), os("li"), os("--role"), argument],
            vec![
                os("staff"),
                os("add"),
                os("li"),
                os("--role"),
                os("viewer"),
                os("--key"),
                argument,
            ],
            vec![os("staff"), os("disable"), argument],
            vec![os("staff"), os("role"), argument, os("viewer")],
            vec![os("export"), argument],
            vec![os("doctor"), os("--db"), argument],
            vec![os("backup"), os("--db"), argument],
            vec![os("restore"), argument],
        ] {
            let what = format!("{args:?}");
            assert_said(&what, &home.run(&args, &[], b""));
        }
    }
}

#[test]
fn no_variable_is_said_again_raw() {
    let home = Home::new();
    for argument in arguments() {
        for name in [
            "AFTERCARE_ZONE",
            "AFTERCARE_DB",
            "LANG",
            "LC_ALL",
            "TERM",
            "HOME",
            "USER",
            "SSH_ORIGINAL_COMMAND",
            "NO_COLOR",
        ] {
            for args in [
                vec![],
                vec![os("check")],
                vec![os("doctor")],
                vec![os("staff"), os("list")],
            ] {
                let what = format!("{name}={argument:?} {args:?}");
                assert_said(&what, &home.run(&args, &[(name, &argument)], b""));
            }
        }
    }
}

#[test]
fn no_input_of_check_is_said_again_raw() {
    let home = Home::new();
    for texts in TEXTS.chunks(4) {
        let text: String = texts.iter().map(|(_, text)| *text).collect();
        let name = texts[0].0;
        let quoted = serde_json::to_string(&text).unwrap();
        for input in [
            text.clone(),
            format!("{{\"as_of\": {quoted}}}"),
            format!("{{{quoted}: 1}}"),
            format!("{{\"as_of\": \"2025-03-05\", \"service\": {quoted}}}"),
            format!("{{\"as_of\": \"2025-03-05\", \"repairs\": {quoted}}}"),
            format!("{{\"as_of\": \"2025-03-05\", \"repairs\": [{{{quoted}: 1}}]}}"),
            format!("{{\"as_of\": \"2025-03-05\", \"missing_items\": {quoted}}}"),
            format!("{{\"as_of\": \"2025-03-05\"}} \"{text}\""),
        ] {
            for args in [vec![os("check")], vec![os("check"), os("--pretty")]] {
                let output = home.run(&args, &[], input.as_bytes());
                assert_plain(&format!("{name}: {input:?}"), &output.stdout);
                assert_plain(&format!("{name}: {input:?}"), &output.stderr);
                assert!(
                    matches!(output.status.code(), Some(0 | 2)),
                    "{name}: {input:?}"
                );
            }
        }
    }
    for (name, text) in long() {
        for input in [
            text.clone(),
            format!("{{\"as_of\": \"2025-03-05\", \"service\": \"{text}\"}}"),
        ] {
            let output = home.run(&[os("check")], &[], input.as_bytes());
            assert_said(name, &output);
        }
    }
    for bytes in [
        &b"\xff\xfe\x9b"[..],
        b"\"\xed\xa0\x80\"",
        b"{\"as_of\": \"\xc0\x80\"}",
        b"\0\0\0",
    ] {
        let output = home.run(&[os("check"), os("--pretty")], &[], bytes);
        assert_said(&format!("{bytes:?}"), &output);
        assert_eq!(output.status.code(), Some(2));
    }
}
