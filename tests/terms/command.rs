//! `aftercare check` as a program: what it takes, what it refuses, and how it ends.

use std::io::{Read, Write};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn run(args: &[&str], input: &str) -> Output {
    run_bytes(args, "C", input.as_bytes())
}

fn run_bytes(args: &[&str], locale: &str, input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_aftercare"))
        .arg("check")
        .args(args)
        // Whatever the language of whoever runs the tests.
        .env("LC_ALL", locale)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // The program may stop reading at the first fault.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let parse = |line: &str| serde_json::from_str(line).unwrap();
    text.lines().map(parse).collect()
}

#[test]
fn each_object_gives_a_line_with_every_part_in_order() {
    let output = run(
        &[],
        "{\"as_of\": \"2025-03-05\"}\n\n  {\"as_of\":\n\"2025-03-05\", \"service\": null}{\"as_of\":\"2025-03-05\"}",
    );
    assert_eq!(output.status.code(), Some(0));
    let lines = lines(&output);
    assert_eq!(lines.len(), 3);
    for line in lines {
        let keys = |value: &Value| {
            value
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(
            keys(&line),
            [
                "return",
                "warranty",
                "freight",
                "fee",
                "gates",
                "repair_time",
                "notices"
            ]
        );
        assert_eq!(
            keys(&line["return"]),
            [
                "decision",
                "reasons",
                "missing",
                "conflicts",
                "staff",
                "last_request_day",
                "send_in_last_day"
            ]
        );
        assert_eq!(
            keys(&line["warranty"]),
            [
                "decision",
                "period",
                "basis",
                "last_covered_day",
                "extension_last_day",
                "reasons",
                "missing",
                "conflicts",
                "staff"
            ]
        );
        assert_eq!(
            keys(&line["freight"]),
            ["in", "back", "missing", "conflicts", "staff"]
        );
        assert_eq!(keys(&line["fee"]), ["repair"]);
        assert_eq!(
            keys(&line["gates"]),
            ["may_repair", "may_send_back", "waiting_for"]
        );
        assert_eq!(
            keys(&line["repair_time"]),
            ["due", "in_time", "missing", "conflicts"]
        );
        for notice in line["notices"].as_array().unwrap() {
            assert_eq!(keys(notice), ["code", "clause", "date", "text"]);
            assert!(
                !notice["text"].as_str().unwrap().contains("notice-"),
                "{notice}"
            );
        }
    }
}

#[test]
fn nothing_in_gives_nothing_out() {
    let output = run(&["-"], "\n");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
}

#[test]
fn unknown_is_the_same_as_null_and_as_absent() {
    let says = |fact: &str| {
        let input = format!("{{\"as_of\": \"2025-03-05\", \"service\": \"return\"{fact}}}");
        run(&[], &input).stdout
    };
    let absent = says("");
    for name in [
        "proof",
        "activated",
        "receipt_date",
        "repairs",
        "test_result",
        "labels_by",
        "purchase_date",
        "missing_items",
    ] {
        assert_eq!(says(&format!(", \"{name}\": null")), absent, "{name}");
        assert_eq!(
            says(&format!(", \"{name}\": \"unknown\"")),
            absent,
            "{name}"
        );
    }
}

/// A bad second line: the first result stays printed, the message names line, key and what is allowed.
#[test]
fn bad_input_ends_with_2_and_says_line_key_and_what_is_allowed() {
    let cases: &[(&str, &[&str])] = &[
        (
            "{\"as_of\": \"2025-03-05\", \"colour\": \"red\"}",
            &["colour", "activated"],
        ),
        (
            "{\"as_of\": \"2025-03-05\", \"proof\": \"maybe\"}",
            &["proof", "maybe", "date_illegible"],
        ),
        (
            "{\"as_of\": \"2025-03-05\", \"activated\": true}",
            &["activated", "\"yes\""],
        ),
        (
            "{\"as_of\": \"2025-03-05\", \"activated\": \"not_yet\"}",
            &["activated", "\"no\""],
        ),
        (
            "{\"as_of\": \"2025-03-05\", \"receipt_date\": \"2025-02-29\"}",
            &["receipt_date", "2025-02-29", "YYYY-MM-DD"],
        ),
        (
            "{\"as_of\": \"2025-03-05\", \"receipt_date\": \"not_yet\"}",
            &["receipt_date", "YYYY-MM-DD"],
        ),
        (
            "{\"as_of\": \"2025-03-05\", \"receipt_date\": \"2025-3-1\"}",
            &["receipt_date"],
        ),
        (
            "{\"as_of\": \"2025-03-05\", \"receipt_date\": 20250301}",
            &["receipt_date"],
        ),
        (
            "{\"as_of\": \"2025-03-05\", \"receipt_date\": [\"2025-03-01\"]}",
            &["receipt_date"],
        ),
        (
            "{\"as_of\": \"2025-03-05\", \"purchase_date\": []}",
            &["purchase_date", "list"],
        ),
        (
            "{\"as_of\": \"2025-03-05\", \"ship_date\": \"unrecoverable\"}",
            &["ship_date"],
        ),
        (
            "{\"as_of\": \"2025-03-05\", \"proof\": \"none\", \"proof\": \"valid\"}",
            &["proof", "twice"],
        ),
        ("{\"as_of\": \"2025-03-05\", \"repairs\": {}}", &["repairs"]),
        (
            "{\"as_of\": \"2025-03-05\", \"repairs\": \"none\"}",
            &["repairs"],
        ),
        (
            "{\"as_of\": \"2025-03-05\", \"repairs\": [{\"king\": \"repair\"}]}",
            &["repairs[0].king", "kind"],
        ),
        (
            "{\"as_of\": \"2025-03-05\", \"repairs\": [{}, {\"done\": \"maybe\"}]}",
            &["repairs[1].done", "\"yes\""],
        ),
        (
            "{\"as_of\": \"2025-03-05\", \"repairs\": [{\"by\": \"factory\", \"by\": \"factory\"}]}",
            &["repairs[0].by", "twice"],
        ),
        (
            "{\"as_of\": \"2025-03-05\", \"repairs\": [7]}",
            &["repairs[0]"],
        ),
        (
            "{\"as_of\": \"2025-03-05\", \"missing_items\": 3}",
            &["missing_items"],
        ),
        ("{\"service\": \"return\"}", &["as_of", "YYYY-MM-DD"]),
        ("{\"as_of\": null}", &["as_of"]),
        ("{\"as_of\": \"unknown\"}", &["as_of"]),
        ("{\"as_of\": \"not_yet\"}", &["as_of"]),
        ("[]", &["object"]),
        ("7", &["object"]),
        ("{\"as_of\": \"2025-03-05\"", &["not JSON"]),
        ("{\"as_of\": NaN}", &["not JSON"]),
        ("nonsense", &["not JSON"]),
    ];
    for (bad, says) in cases {
        let output = run(&[], &format!("{{\"as_of\": \"2025-03-05\"}}\n{bad}\n"));
        let message = String::from_utf8(output.stderr.clone()).unwrap();
        assert_eq!(output.status.code(), Some(2), "{bad}: {message}");
        assert_eq!(lines(&output).len(), 1, "{bad}: the first result stays");
        assert!(
            message.contains("line 2") || message.contains("line 3"),
            "{bad}: {message}"
        );
        for word in *says {
            assert!(message.contains(word), "{bad}: {word:?} in {message}");
        }
    }
}

/// Keys, codes and values stay as they are in JSON, also in a message in Chinese.
#[test]
fn bad_input_is_told_in_chinese_to_whoever_reads_chinese() {
    let dated = |rest: &str| format!("{{\"as_of\": \"2025-03-05\"{rest}}}");
    let many = vec!["{}"; 70_000].join(",");
    let cases: &[(String, &str)] = &[
        (
            dated(", \"proof\": \"maybe\""),
            "键 \"proof\"：不能是 \"maybe\"；可以是：\"valid\"、\"none\"、\"falsified\"、\"other_product\"、\"date_illegible\"、\"unknown\" 或 null",
        ),
        (
            dated(", \"receipt_date\": \"2025-02-29\""),
            "键 \"receipt_date\"：不能是 \"2025-02-29\"；可以是：实际存在的日期，写作 YYYY-MM-DD、\"unknown\" 或 null",
        ),
        (
            dated(", \"purchase_date\": 7"),
            "键 \"purchase_date\"：不能是 7；可以是：实际存在的日期，写作 YYYY-MM-DD、最多四个这样的日期组成的列表、\"unrecoverable\"、\"unknown\" 或 null",
        ),
        (
            dated(", \"missing_items\": [3]"),
            "键 \"missing_items\"：不能是 [3]；可以是：文字、由文字组成的列表 或 null",
        ),
        (
            dated(", \"proof\": \"none\", \"proof\": \"valid\""),
            "键 \"proof\"：出现了两次，请删去其中一个",
        ),
        (
            dated(", \"repairs\": {}"),
            "键 \"repairs\"：值的类型不对；可以是：以往维修的列表、\"unknown\" 或 null",
        ),
        (
            dated(", \"repairs\": \"none\""),
            "键 \"repairs\"：不能是 \"none\"；可以是：以往维修的列表、\"unknown\" 或 null",
        ),
        (
            dated(", \"repairs\": [{}, 7]"),
            "键 \"repairs[1]\"：值的类型不对；可以是：一个对象，写明一次维修的已知情况",
        ),
        (
            dated(", \"repairs\": [{\"king\": \"repair\"}]"),
            "键 \"repairs[0].king\"：没有这一项；可用的键：by、cause、delivered_on、done、kind、period_status、repaired_on、sent_back_on",
        ),
        (
            dated(&format!(", \"repairs\": [{many}]")),
            "键 \"repairs\"：太多，最多 65535 项",
        ),
        (
            "{\"service\": \"return\"}".to_string(),
            "键 \"as_of\"：缺少；请按 YYYY-MM-DD 填写判定的日期",
        ),
        (
            "{\"as_of\": null}".to_string(),
            "键 \"as_of\"：不能是 null；可以是：实际存在的日期，写作 YYYY-MM-DD",
        ),
        (
            "[]".to_string(),
            "应为包含一个工单各项事实的对象，请写成 {\"as_of\": \"YYYY-MM-DD\", ...}",
        ),
        (
            "{\"as_of\" 7}".to_string(),
            "不是有效的 JSON（第 10 列）：expected `:`",
        ),
    ];
    for (bad, told) in cases {
        let output = run(&["--language", "zh"], &format!("\n{bad}\n"));
        let message = String::from_utf8(output.stderr.clone()).unwrap();
        assert_eq!(output.status.code(), Some(2), "{bad}: {message}");
        assert_eq!(message, format!("aftercare check: 第 2 行：{told}\n"));
    }
    let unknown = run(&["--language", "zh"], &dated(", \"colour\": \"red\""));
    let message = String::from_utf8(unknown.stderr).unwrap();
    assert!(
        message.contains("第 1 行：键 \"colour\"：没有这一项；可用的键：activated、"),
        "{message}"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_told_in_the_language_of_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    for (locale, missing, is_folder) in [
        (
            "zh_CN.UTF-8",
            "无法读取 /nowhere/cases.jsonl：不存在",
            "第 1 行：无法继续读取输入：这是一个目录",
        ),
        (
            "en_GB.UTF-8",
            "/nowhere/cases.jsonl cannot be read: it is not there",
            "line 1: the input cannot be read any further: it is a folder",
        ),
    ] {
        for (file, told) in [("/nowhere/cases.jsonl", missing), (path, is_folder)] {
            let output = Command::new(env!("CARGO_BIN_EXE_aftercare"))
                .args(["check", file])
                .env("LC_ALL", locale)
                .output()
                .unwrap();
            let message = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{message}");
            assert_eq!(message, format!("aftercare check: {told}\n"));
        }
    }
}

#[test]
fn notices_and_clauses_are_told_in_the_persons_language_and_codes_are_not() {
    let case = "{\"as_of\": \"2025-03-11\", \"service\": \"return\", \"receipt_date\": \"2025-03-03\", \"request_date\": \"2025-03-11\"}";
    let [en, zh] = ["en", "zh"].map(|language| lines(&run(&["--language", language], case)));
    let without_text = |lines: &[Value]| {
        let mut lines = lines.to_vec();
        for notice in lines[0]["notices"].as_array_mut().unwrap() {
            notice["text"] = Value::Null;
        }
        lines
    };
    assert_ne!(en, zh);
    assert_eq!(without_text(&en), without_text(&zh));
    let pretty = run(&["--pretty", "--language", "zh"], case).stdout;
    let pretty = String::from_utf8(pretty).unwrap();
    assert!(
        pretty.contains("A.X1") && pretty.contains("2025-03-03"),
        "{pretty}"
    );
    for word in ["asked", "until", "day", "terms", ": ", ", ", "("] {
        assert!(!pretty.contains(word), "{word:?} in\n{pretty}");
    }
}

/// As programs of Windows write it: UTF-16 with its mark, or GB18030.
fn foreign(text: &str) -> [(&'static str, Vec<u8>); 2] {
    let utf_16 = std::iter::once(0xfeff).chain(text.encode_utf16());
    let utf_16 = utf_16.flat_map(u16::to_le_bytes).collect();
    let gb18030 = encoding_rs::GB18030.encode(text).0.into_owned();
    [("UTF-16", utf_16), ("GB18030", gb18030)]
}

#[test]
fn a_mark_and_line_ends_of_windows_are_taken_and_other_encodings_named() {
    let case = "{\"as_of\":\"2025-03-05\"}\r\n";
    let marked = format!("\u{feff}{case}{case}");
    let output = run(&[], &marked);
    assert_eq!((output.status.code(), lines(&output).len()), (Some(0), 2));
    let chinese = format!("{case}{{\"as_of\":\"2025-03-05\",\"misuse_kind\":\"改装过，进水\"}}");
    for (name, bytes) in foreign(&chinese) {
        for (locale, remedy) in [("C", "Save it as UTF-8"), ("zh_CN.UTF-8", "另存为 UTF-8")] {
            let output = run_bytes(&[], locale, &bytes);
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{name}: {said}");
            assert!(said.contains(name) && said.contains(remedy), "{said}");
        }
    }
}

#[test]
fn a_folder_of_terms_in_another_encoding_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("next.toml");
    let args = ["--terms", folder.path().to_str().unwrap()];
    let built_in = include_str!("../../assets/terms/2000-01-01.toml").replace('\n', "\r\n");
    let next = built_in.replacen("from = \"2000-01-01\"", "from = \"2025-01-01\"", 1);
    assert_ne!(next, built_in);
    for (name, bytes) in foreign(&next) {
        std::fs::write(&file, bytes).unwrap();
        let output = run(&args, "{\"as_of\":\"2025-03-05\"}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        for part in ["next.toml, line", name, "iconv"] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
    // With a mark and line ends of Windows it is taken.
    std::fs::write(&file, format!("\u{feff}{next}")).unwrap();
    let output = run(&args, "{\"as_of\":\"2025-03-05\"}");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
}

#[test]
fn an_object_that_has_come_whole_is_answered_before_more_comes() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_aftercare"))
        .arg("check")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    for _ in 0..2 {
        stdin.write_all(b"{\"as_of\":\"2025-03-05\"}").unwrap();
        let mut byte = [0];
        while byte != *b"\n" {
            stdout.read_exact(&mut byte).unwrap();
        }
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn deep_nesting_and_control_characters_are_refused_in_peace() {
    let deep = format!("{{\"as_of\": {}1{}}}", "[".repeat(5000), "]".repeat(5000));
    assert_eq!(run(&[], &deep).status.code(), Some(2));
    let output = run(&[], "{\"as_of\": \"2025-03-05\", \"\\u001b[31m\": 1}");
    assert_eq!(output.status.code(), Some(2));
    assert!(!output.stderr.contains(&0x1b));
}

#[test]
fn a_file_is_read_and_a_missing_one_is_bad_input() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cases.jsonl");
    std::fs::write(&file, "{\"as_of\": \"2025-03-05\"}").unwrap();
    let output = run(&[file.to_str().unwrap()], "");
    assert_eq!((output.status.code(), lines(&output).len()), (Some(0), 1));
    let output = run(&["/nowhere/cases.jsonl"], "");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_aftercare"))
        .arg("check")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    for _ in 0..200 {
        if stdin.write_all(b"{\"as_of\": \"2025-03-05\"}\n").is_err() {
            break;
        }
    }
    drop(stdin);
    let mut message = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut message)
        .unwrap();
    assert!(!message.contains("panicked"), "{message}");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_folder_of_terms_takes_effect_from_its_day() {
    let folder = tempfile::tempdir().unwrap();
    let text = include_str!("../../assets/terms/2000-01-01.toml")
        .replace("from = \"2000-01-01\"", "from = \"2025-04-01\"")
        .replace("with_proof_days = 180", "with_proof_days = 100");
    std::fs::write(folder.path().join("new.toml"), &text).unwrap();
    let case = |as_of: &str| {
        format!(
            "{{\"as_of\": \"{as_of}\", \"proof\": \"valid\", \"purchase_date\": \"2025-01-10\", \"contact_date\": \"2025-03-30\"}}\n"
        )
    };
    let input = case("2025-03-31") + &case("2025-04-01");
    let output = run(&["--terms", folder.path().to_str().unwrap()], &input);
    let days: Vec<Value> = lines(&output)
        .iter()
        .map(|line| line["warranty"]["last_covered_day"].clone())
        .collect();
    assert_eq!(days, ["2025-07-09", "2025-04-20"]);

    std::fs::write(folder.path().join("bad.toml"), "from = 3\n").unwrap();
    let output = run(&["--terms", folder.path().to_str().unwrap()], &input);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        message.contains("bad.toml") && message.contains("line 1"),
        "{message}"
    );
    let path = folder.path().to_str().unwrap();
    let output = run(&["--language", "zh", "--terms", path], &input);
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.contains("bad.toml 第 1 行：这里应为带引号的文字"),
        "{message}"
    );
    let output = run(&["--language", "zh", "--terms", "/nowhere"], &input);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(message, "aftercare check: 无法读取 /nowhere：不存在\n");
}

#[test]
fn pretty_says_it_clause_by_clause_with_the_days_counted_out() {
    let output = run(
        &["--pretty"],
        "{\"as_of\": \"2025-03-11\", \"service\": \"return\", \"receipt_date\": \"2025-03-03\", \"request_date\": \"2025-03-11\"}",
    );
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    for words in [
        "A.X1",
        "asked for too late",
        "2025-03-03 + 7 = 2025-03-10",
        "Section II",
    ] {
        assert!(text.contains(words), "{words:?} in\n{text}");
    }
}
