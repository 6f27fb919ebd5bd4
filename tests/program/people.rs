//! The commands for people, the start as somebody, and the export, as processes: what is printed,
//! what is refused and how, and with which exit status.

use std::process::{Command, Output};

use crate::support::desk::PATIENCE;
use crate::support::file::{saved, state};
use crate::support::{Home, Program};
use aftercare::cli::authorized::{Forced, Server, line};
use aftercare::cli::key::Key as SshKey;
use aftercare::desk::staff::StaffName;
use aftercare::ui::i18n::{Language, Words};
use proptest::prelude::*;

/// Made for these tests; nobody has its private half.
const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAooUfS4kbalaY3ycv6FnLhrJRmVIIdJNQ/yzGYhgqG6";

fn staff(home: &Home, args: &[&str], input: &[u8]) -> Output {
    let args: Vec<&str> = ["staff"].into_iter().chain(args.iter().copied()).collect();
    home.run(&args, &[], input)
}

fn out(done: &Output) -> String {
    String::from_utf8(done.stdout.clone()).unwrap()
}

fn err(done: &Output) -> String {
    String::from_utf8(done.stderr.clone()).unwrap()
}

fn assert_done(done: &Output) {
    assert!(done.status.success(), "{}", err(done));
}

/// Refused as a person reads it: one line that says so, status 2, nothing on standard output.
fn assert_refused(done: &Output, says: &str) {
    let said = err(done);
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(said.contains(says), "{said}");
    assert_eq!(said.trim().lines().count(), 1, "{said}");
    assert!(done.stdout.is_empty(), "{}", out(done));
}

/// Every message that the commands and the start ask for by its name is there in every language.
#[test]
fn whatever_is_said_has_words() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli");
    let ours = ["start-", "ssh-", "staff-", "key-", "pin-", "export-"];
    let mut ids = std::collections::BTreeSet::new();
    for name in [
        "start",
        "remote",
        "staff",
        "export",
        "staff/given",
        "staff/list",
        "staff/pin",
    ] {
        let text = std::fs::read_to_string(folder.join(name).with_extension("rs")).unwrap();
        let pieces = text.split('"').skip(1).step_by(2);
        let is_id = |id: &&str| {
            let plain = id.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            plain && ours.iter().any(|start| id.starts_with(start)) && !id.ends_with('-')
        };
        ids.extend(pieces.filter(is_id).map(str::to_owned));
    }
    assert!(ids.len() > 45, "{ids:?}");
    for words in Language::ALL.map(Words::new) {
        for id in &ids {
            assert!(words.has(id), "{id}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if crate::support::is_long() { 2_000 } else { 60 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Not beside the code: a child that is just being started shares every open lock with the tests
    /// that run at the same time.
    #[test]
    fn whatever_path_is_taken_the_shell_hands_it_back(
        path in "/[ -~维修\u{3000}]{0,20}|/\\PC{0,20}",
    ) {
        let forced = Forced {
            program: "/usr/local/bin/aftercare".into(),
            db: (&path).into(),
            ..Forced::default()
        };
        let name = StaffName::parse("li").unwrap();
        let key = SshKey::parse(KEY.as_bytes()).unwrap();
        if let Ok(line) = line(Server::Openssh, &forced, &name, &key) {
            // No path that is taken has a quote or a backslash in it, so sshd ends at the next quote.
            let (command, rest) = line
                .strip_prefix("command=\"")
                .and_then(|line| line.split_once('"'))
                .unwrap();
            prop_assert_eq!(rest, format!(",restrict,pty {KEY} li"));
            let words = command.strip_prefix("/usr/local/bin/aftercare ").unwrap();
            let script = format!("printf '%s\\0' {words}");
            let shell = Command::new("sh").args(["-c", &script]).output().unwrap();
            let said = format!("--staff\0li\0--db\0{path}\0");
            prop_assert_eq!(shell.stdout, said.into_bytes());
        }
    }
}

#[test]
fn a_person_with_a_key_is_one_line_of_authorized_keys() {
    let home = Home::new();
    std::fs::write(home.path().join("li.pub"), format!("{KEY} wang@laptop\n")).unwrap();
    let done = staff(
        &home,
        &["add", "li", "--role", "operator", "--key", "li.pub"],
        b"",
    );
    assert_done(&done);
    let line = format!(
        "command=\"{} --staff li --db {}\",restrict,pty {KEY} li\n",
        env!("CARGO_BIN_EXE_aftercare"),
        home.db().display()
    );
    assert_eq!(out(&done), line);
    assert_eq!(saved(&home.db(), "staff_key"), [KEY]);
    // The same again from standard input, with what else was given in front.
    let done = home.run(
        &[
            "--zone",
            "Asia/Tokyo",
            "--language",
            "zh",
            "staff",
            "key",
            "li",
            "-",
            "--db",
            "data/desk.db",
        ],
        &[],
        KEY.as_bytes(),
    );
    assert_done(&done);
    assert!(
        out(&done).contains("/data/desk.db --zone Asia/Tokyo --language zh-CN\",restrict,pty"),
        "{}",
        out(&done)
    );
    assert_eq!(saved(&home.db(), "staff_key").len(), 1);
}

#[test]
fn what_cannot_be_entered_is_refused_and_nothing_is_changed() {
    let home = Home::new();
    let table: &[(&[&str], &[u8], &str)] = &[
        (
            &["add", "Li", "--role", "operator"],
            b"",
            "cannot be a name",
        ),
        (&["add", "", "--role", "operator"], b"", "A name is needed"),
        (&["add", "li\u{1b}[2J", "--role", "operator"], b"", "␛"),
        (
            &["add", "li", "--role", "operator", "--badge", "1"],
            b"",
            "4 to 64",
        ),
        (
            &["add", "li", "--role", "operator", "--badge", "AC:TAKE-IN"],
            b"",
            "another code",
        ),
        (
            &["add", "li", "--role", "operator", "--pin"],
            b"1234\n",
            "would guess",
        ),
        (
            &["add", "li", "--role", "operator", "--pin"],
            b"12a4\n",
            "4 to 12 digits",
        ),
        (
            &["add", "li", "--role", "operator", "--pin"],
            b"",
            "4 to 12 digits",
        ),
        (
            &["add", "li", "--role", "operator", "--pin", "--key", "-"],
            b"",
            "cannot both",
        ),
        (
            &["add", "li", "--role", "operator", "--key", "gone"],
            b"",
            "cannot be read",
        ),
        (
            &["add", "li", "--role", "operator", "--key", "."],
            b"",
            "cannot be read",
        ),
        (
            &["add", "li", "--role", "operator", "--key", "-"],
            b"",
            "no key",
        ),
        (
            &["add", "li", "--role", "operator", "--key", "-"],
            b"\xff\0\x1b",
            "no public key",
        ),
        (
            &["add", "li", "--role", "operator", "--key", "-"],
            b"-----BEGIN OPENSSH PRIVATE KEY-----\n",
            "private key",
        ),
        (&["role", "li", "viewer"], b"", "is entered"),
        (&["disable", "li"], b"", "is entered"),
    ];
    for (args, input, says) in table {
        assert_refused(&staff(&home, args, input), says);
    }
    let large = vec![b'A'; 4 << 20];
    let done = staff(
        &home,
        &["add", "li", "--role", "operator", "--key", "-"],
        &large,
    );
    assert_refused(&done, "too large");
    let options = format!("command=\"sh\" {KEY}");
    let done = staff(
        &home,
        &["add", "li", "--role", "operator", "--key", "-"],
        options.as_bytes(),
    );
    assert_refused(&done, "options");
    let done = staff(&home, &["list"], b"");
    assert!(err(&done).contains("Nobody is entered"), "{}", err(&done));
}

#[test]
fn a_path_that_cannot_stand_in_the_line_is_refused_before_anybody_is_entered() {
    let home = Home::new();
    let folder = home.path().join("it's");
    std::fs::create_dir(&folder).unwrap();
    let db = folder.join("desk.db").display().to_string();
    let args = ["add", "li", "--role", "operator", "--key", "-", "--db", &db];
    assert_refused(
        &staff(&home, &args, KEY.as_bytes()),
        "cannot stand in authorized_keys",
    );
    let done = staff(&home, &["list", "--db", &db], b"");
    assert!(out(&done).is_empty(), "{}", out(&done));
}

#[test]
fn people_are_listed_with_their_roles_and_keys_but_no_secrets() {
    let home = Home::new();
    assert_done(&staff(
        &home,
        &["add", "anna", "--role", "supervisor", "--pin"],
        b"041700\n",
    ));
    assert_done(&staff(
        &home,
        &["add", "li", "--role", "operator", "--key", "-"],
        KEY.as_bytes(),
    ));
    assert_done(&staff(&home, &["badge", "li", "B-0417"], b""));
    assert_done(&staff(&home, &["disable", "li"], b""));
    let list = out(&staff(&home, &["list"], b""));
    let lines: Vec<Vec<&str>> = list
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(lines[1], ["anna", "supervisor", "enabled", "-", "yes"]);
    assert_eq!(lines[2][..5], ["li", "operator", "disabled", "yes", "-"]);
    assert!(lines[2][5].starts_with("SHA256:"));
    for secret in ["041700", "argon2", "B-0417"] {
        assert!(!list.contains(secret), "{secret}");
    }
    assert_done(&staff(&home, &["pin", "anna"], b"909192\n"));
    assert_eq!(state(&home.db(), "staff_pin"), ["known"]);
    assert!(saved(&home.db(), "staff_pin")[0].starts_with("$argon2id$"));
}

#[test]
fn the_last_supervisor_is_neither_disabled_nor_demoted() {
    let home = Home::new();
    home.enter("anna", "supervisor");
    home.enter("li", "operator");
    for args in [["disable", "anna"].as_slice(), &["role", "anna", "viewer"]] {
        assert_refused(&staff(&home, args, b""), "last supervisor");
    }
    assert_done(&staff(&home, &["role", "li", "supervisor"], b""));
    assert_done(&staff(&home, &["disable", "anna"], b""));
}

#[test]
fn a_pin_is_asked_for_twice_and_never_shown() {
    need_pty!();
    let home = Home::new();
    home.enter("li", "technician");
    for (second, says, status) in [("041701", "not the same", 2), ("041700", "is set", 0)] {
        let mut asked = Program::aftercare(&["staff", "pin", "li"]).spawn(&home);
        asked.wait_for("PIN");
        asked.keys("041700<enter>");
        asked.wait_for("again");
        asked.keys(&format!("{second}<enter>"));
        let ended = asked.exited_within(PATIENCE).expect("it ends");
        assert_eq!(ended.exit_code(), status, "{}", asked.text());
        assert!(asked.text().contains(says), "{}", asked.text());
        assert!(!asked.text().contains("0417"), "{}", asked.text());
        assert_eq!(asked.leftovers(), Vec::<&str>::new());
    }
    // Ctrl-C is no PIN either, and leaves the terminal as it was.
    let mut asked = Program::aftercare(&["staff", "pin", "li"]).spawn(&home);
    asked.wait_for("PIN");
    asked.keys("<c-c><enter>");
    assert!(
        asked
            .exited_within(PATIENCE)
            .is_some_and(|it| it.exit_code() == 2)
    );
    assert_eq!(asked.leftovers(), Vec::<&str>::new());
}

#[test]
fn once_people_are_entered_the_start_has_to_say_who_works() {
    need_pty!();
    let home = Home::new();
    home.enter("li", "operator");
    home.enter("wu", "viewer");
    home.enter("anna", "supervisor");
    assert_done(&staff(&home, &["disable", "wu"], b""));
    let db = home.db().display().to_string();
    let table: &[(&[&str], &str)] = &[
        (&[], "--staff NAME"),
        (&["--staff", "", "--db", &db], "Nobody called"),
        (&["--staff", "root", "--db", &db], "Nobody called"),
        (&["--staff", "LI", "--db", &db], "Nobody called"),
        (&["--staff", "li\u{1b}[2J", "--db", &db], "␛"),
        (&["--staff", "wu", "--db", &db], "may not work"),
    ];
    for (args, says) in table {
        let mut desk = Program::aftercare(args).size(200, 24).start(&home);
        let ended = desk.exited_within(PATIENCE).expect("it ends");
        assert_eq!(ended.exit_code(), 2, "{args:?}: {}", desk.text());
        assert!(desk.text().contains(says), "{args:?}: {}", desk.text());
    }
    let mut desk = Program::aftercare(&["--staff", "li", "--db", &db]).start(&home);
    desk.wait_for("li  en");
}

#[test]
fn a_disabled_persons_running_session_ends_with_one_sentence_and_keeps_what_was_typed() {
    need_pty!();
    let home = Home::new();
    home.enter("wu", "supervisor");
    home.enter("li", "operator");
    let args = home.as_staff("li");
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut desk = Program::aftercare(&args).start(&home);
    desk.settle();
    desk.keys("<c-n>1380000");
    desk.wait_for("1380000");
    assert_done(&staff(&home, &["disable", "li"], b""));
    // The news comes within a moment; until then keys go into the field.
    let ended = std::iter::repeat_with(|| {
        if desk.exit_status().is_none() {
            desk.send_blindly(b"0");
        }
        desk.exited_within(std::time::Duration::from_millis(100))
    });
    let status = ended.take(100).flatten().next().expect("it ends");
    assert!(status.success(), "{status:?}");
    assert_eq!(desk.leftovers(), Vec::<&str>::new());
    let said = desk.text();
    let sentence = "li may not work at this desk any more. What was half typed is kept. Ask wu.";
    assert!(
        said.split_whitespace().eq(sentence.split_whitespace()),
        "{said}"
    );
    assert!(state(&home.db(), "phone").is_empty());
    drop(desk);
    assert_done(&staff(&home, &["enable", "li"], b""));
    let mut desk = Program::aftercare(&args).start(&home);
    desk.wait_for("1380000");
}

#[test]
fn under_a_name_only_the_desk_and_the_short_list_are_served() {
    let home = Home::new();
    home.enter("li", "operator");
    home.enter("anna", "supervisor");
    let args = home.as_staff("anna");
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    for command in [
        &["check"][..],
        &["export"],
        &["demo"],
        &["staff", "list"],
        &["backup"],
        &["doctor"],
        &["help"],
    ] {
        let with: Vec<&str> = args
            .iter()
            .copied()
            .chain(command.iter().copied())
            .collect();
        assert_refused(&home.run(&with, &[], b""), "--staff");
    }
    let asked = |name: &str, command: &str, further: &[(&str, &str)]| {
        let args = home.as_staff(name);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let asked = ("SSH_ORIGINAL_COMMAND", command);
        let variables = std::iter::once(&asked).chain(further);
        let variables: Vec<_> = variables
            .map(|(name, value)| (*name, (*value).as_ref()))
            .collect();
        home.run(
            &args,
            &variables,
            b"{\"service\":\"repair\",\"as_of\":\"2025-05-01\"}",
        )
    };
    assert_done(&asked("li", "check", &[]));
    assert_done(&asked("anna", "export --format jsonl", &[]));
    assert_refused(&asked("li", "export", &[]), "Your role");
    assert_refused(&asked("li", "sh", &[]), "no such command");
    assert_refused(&asked("li", " ", &[]), "No command was given");
    assert_refused(&asked("li", &"check ".repeat(20_000), &[]), "too long");
    assert_refused(&asked("mallory", "check", &[]), "Nobody called");
    assert_refused(
        &asked("li", "维修", &[("LANG", "zh_CN.UTF-8")]),
        "不允许的字符",
    );
    // A zone that is none would be told if it were followed.
    assert_done(&asked(
        "li",
        "check",
        &[("AFTERCARE_ZONE", "Nowhere"), ("AFTERCARE_DB", "x.db")],
    ));
    assert!(!home.path().join("x.db").exists());
    // Without a name nothing is read from it.
    let done = home.run(&["check"], &[("SSH_ORIGINAL_COMMAND", "sh".as_ref())], b"");
    assert_done(&done);
}

#[test]
fn cases_are_exported_one_a_line_oldest_first() {
    let home = Home::new();
    let db = home.db().display().to_string();
    assert_done(&home.run(&["demo", "--db", &db, "--today", "2026-11-20"], &[], b""));
    let csv = home.run(&["export", "--plain"], &[], b"");
    assert_done(&csv);
    let mut reader = csv::Reader::from_reader(csv.stdout.as_slice());
    let head: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(
        head.join(" "),
        "number begun stage due waiting goods outcome service caller phone model serial label owed waybills paid credit price_back"
    );
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let count = crate::support::file::cases(&home.db(), "cast(id AS TEXT)").len();
    assert_eq!((rows.len(), out(&csv).lines().count()), (count, count + 1));
    let begun: Vec<&str> = rows.iter().map(|row| &row[1]).collect();
    assert!(
        begun.is_sorted() && begun[0].ends_with("+08:00"),
        "{begun:?}"
    );
    let owed: Vec<String> = rows.iter().map(|row| row[13].to_owned()).collect();
    let fen = crate::support::file::cases(&home.db(), "cast(owed AS TEXT)");
    for (yuan, fen) in owed.iter().zip(&fen) {
        assert_eq!(&yuan.replace('.', ""), &format!("{:0>3}", fen), "{yuan}");
    }
    let lines = out(&home.run(&["export", "--format", "jsonl", "--open"], &[], b""));
    let open: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let closed = rows.iter().filter(|row| &row[2] == "closed").count();
    assert_eq!(open.len(), count - closed);
    assert!(closed > 0 && open.iter().all(|case| case["stage"] != "closed"));
    assert!(
        open.iter()
            .any(|case| case["waybills"].as_array().is_some_and(|it| !it.is_empty()))
    );
}
