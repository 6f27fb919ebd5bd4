//! The desk behind a real OpenSSH server on loopback (and behind a Dropbear, `dropbear.rs`): who one is
//! comes from the key alone, a cut line loses nothing, and nothing but the desk and its short list is
//! ever served.

#[path = "../support/mod.rs"]
#[macro_use]
mod support;

mod dropbear;
mod forwarding;
mod server;

use server::{Server, comes_true, db};
use support::desk::PATIENCE;
use support::file::{cases, saved};

/// Leaves the test, reported as skipped, where there is no such SSH server (OpenSSH where none is
/// named) or no pseudo-terminal.
macro_rules! need_sshd {
    () => {
        need_sshd!(crate::server::Daemon::OpenSsh)
    };
    ($daemon:expr) => {
        need_pty!();
        if let Err(why) = crate::server::available($daemon) {
            crate::support::skip(&why);
            return;
        }
    };
}
pub(crate) use need_sshd;

const PEOPLE: [(&str, &str); 2] = [("li", "operator"), ("anna", "supervisor")];

#[test]
fn a_cut_line_is_taken_up_where_it_was_and_each_key_is_another_person() {
    need_sshd!();
    let server = Server::start(&PEOPLE);
    let file = server.home.db();
    let mut desk = server.log_in("li", &[]);
    desk.wait_for("Board");
    desk.keys("<c-n>13800000000<tab>王小明<tab>");
    let came = desk.wait_quietly(PATIENCE, |_| saved(&file, "caller") == ["王小明"]);
    assert!(came, "{}", desk.text());
    desk.keys("CK-80 H");
    desk.wait_for("CK-80 H");
    desk.wait_for_draft(&server.home, "CK-80 H");
    assert!(saved(&file, "model").is_empty(), "it is half typed");
    desk.kill();
    // The other end notices by itself.
    assert!(comes_true(|| server.served("li").is_empty()), "it stays");

    let mut desk = server.log_in("li", &[]);
    desk.wait_for("where you were cut off");
    desk.wait_for("CK-80 H");
    desk.keys("V<tab>");
    let came = desk.wait_quietly(PATIENCE, |_| saved(&file, "model") == ["CK-80 HV"]);
    assert!(came, "{}", desk.text());

    let mut other = server.log_in("anna", &[]);
    other.wait_for("王小明");
    assert!(!other.text().contains("cut off"), "{}", other.text());
    other.keys("王小明");
    other.wait_for("王小明");
    other.settle();
    other.keys("<enter>");
    other.wait_for("138 0000 0000");
    assert!(other.text().contains("also here: li"), "{}", other.text());
    other.keys("<tab*5>x-ray<tab>");
    let came = other.wait_quietly(PATIENCE, |_| whos(&file) == ["li", "anna"]);
    assert!(came, "{:?}\n{}", whos(&file), other.text());
    // The history of the case names both.
    other.keys("<f7>");
    for name in ["li", "anna"] {
        let shows = |line: &str| line.split_whitespace().any(|word| word == name);
        other.wait_until(name, |screen| screen.contents().lines().skip(1).any(shows));
    }
    other.keys("<c-q>");
    assert!(other.exited_within(PATIENCE).is_some_and(|it| it.success()));
    desk.keys("<c-q>");
    assert!(desk.exited_within(PATIENCE).is_some_and(|it| it.success()));
    assert_eq!(cases(&file, "caller"), ["王小明"]);
}

/// Who made the changes of cases, in the order in which they first did.
fn whos(file: &std::path::Path) -> Vec<String> {
    let conn = rusqlite::Connection::open(file).unwrap();
    let sql = "SELECT who FROM change JOIN entity ON entity.id = change.entity
               WHERE kind = 'case' GROUP BY who ORDER BY min(rev)";
    let mut find = conn.prepare(sql).unwrap();
    let found = find.query_map([], |row| row.get(0)).unwrap();
    found.map(Result::unwrap).collect()
}

#[test]
fn a_command_that_is_not_on_the_list_gets_one_line_and_no_shell() {
    need_sshd!();
    let server = Server::start(&PEOPLE);
    let proof = server.home.path().join("proof");
    let touch = format!("touch {}", proof.display());
    let commands: &[&[&str]] = &[
        &["sh"],
        &["bash", "-i"],
        &[&touch],
        &["sh", "-c", &touch],
        &[&format!("check; {touch}")],
        &[&format!("check && {touch}")],
        &[&format!("check $({touch})")],
        &[&format!("check `{touch}`")],
        &[&format!("check\n{touch}")],
        &[&format!("check | {touch}")],
        &[&format!("check > {}", proof.display())],
        &["check", "/etc/passwd"],
        &["check", "--terms", "/etc"],
        &["export", "--db", "/etc/passwd"],
        &["staff", "add", "mallory", "--role", "supervisor"],
        &["--staff", "anna"],
        &["aftercare", "--staff", "anna"],
        &["demo"],
        &["backup"],
        &["\x1b[2Jsh"],
        &["internal-sftp"],
        &["/usr/lib/openssh/sftp-server"],
        &["scp", "-t", "/tmp"],
    ];
    for (at, command) in commands.iter().enumerate() {
        // A terminal would show the input, too.
        let ways = [("-T", "id\n"), ("-tt", "")];
        for (terminal, input) in ways.into_iter().take(if at < 3 { 2 } else { 1 }) {
            let done = server.ask("li", &[terminal], command, input);
            let said = [done.stdout, done.stderr].concat();
            let said = String::from_utf8(said).unwrap();
            assert_eq!(done.status.code(), Some(2), "{command:?}: {said}");
            assert_eq!(said.trim().lines().count(), 1, "{command:?}: {said}");
            assert!(said.contains("check, export"), "{command:?}: {said}");
            assert!(!said.contains('\x1b'), "{command:?}: {said:?}");
        }
        assert!(!proof.exists(), "{command:?}");
    }
    let asked_for_a_shell = server.ask("li", &["-T"], &[], &format!("{touch}\nexit\n"));
    assert_eq!(asked_for_a_shell.status.code(), Some(1));
    assert!(!proof.exists() && asked_for_a_shell.stdout.is_empty());
}

#[test]
fn files_are_neither_fetched_nor_put() {
    need_sshd!();
    let server = Server::start(&PEOPLE);
    let at = |name: &str| server.home.path().join(name).display().to_string();
    std::fs::write(at("mine"), "x").unwrap();
    let account = server.account();
    for way in [&["-O"][..], &["-s"][..]] {
        let put = format!("{account}:{}", at("put"));
        let got = format!("{account}:{}", at("authorized_keys"));
        for (from, to) in [(at("mine"), put), (got, at("got"))] {
            let done = server
                .client("scp", "anna")
                .args(way)
                .args([&from, &to])
                .output();
            let done = done.unwrap();
            assert!(!done.status.success(), "{done:?}");
        }
    }
    std::fs::write(at("batch"), format!("put {} {}\n", at("mine"), at("put"))).unwrap();
    let batch = at("batch");
    let done = server
        .client("sftp", "anna")
        .args(["-b", &batch, &account])
        .output();
    assert!(!done.unwrap().status.success());
    assert!(!std::path::Path::new(&at("put")).exists());
    assert!(!std::path::Path::new(&at("got")).exists());
}

#[test]
fn cases_are_decided_for_everybody_and_exported_for_a_supervisor() {
    need_sshd!();
    let server = Server::start(&PEOPLE);
    let case = r#"{"service":"repair","as_of":"2025-05-01"}"#;
    for (name, _) in PEOPLE {
        let done = server.ask(name, &[], &["check"], case);
        let said = String::from_utf8(done.stdout).unwrap();
        assert_eq!(done.status.code(), Some(0));
        assert!(
            said.starts_with('{') && said.trim().lines().count() == 1,
            "{said}"
        );
    }
    let mut desk = server.log_in("li", &[]);
    desk.keys("<c-n>13800000000<tab>");
    let file = server.home.db();
    let came = desk.wait_quietly(PATIENCE, |_| saved(&file, "phone") == ["13800000000"]);
    assert!(came, "{}", desk.text());
    let done = server.ask("anna", &[], &["export", "--format", "jsonl"], "");
    assert_eq!(done.status.code(), Some(0));
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(said.contains(r#""phone":"13800000000""#), "{said}");
    let done = server.ask("li", &[], &["export"], "");
    assert_eq!((done.status.code(), done.stdout.len()), (Some(2), 0));
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(
        said.contains("export") && said.trim().lines().count() == 1,
        "{said}"
    );
}

#[test]
fn what_a_client_sends_along_changes_neither_desk_nor_person() {
    need_sshd!();
    let server = Server::start(&PEOPLE);
    let other = server.home.path().join("other");
    let sent = [
        ("AFTERCARE_DB", other.join("desk.db")),
        ("HOME", other.clone()),
        ("XDG_DATA_HOME", other.clone()),
        ("LOGNAME", "mallory".into()),
        ("USER", "mallory".into()),
        ("AFTERCARE_ZONE", "Pacific/Kiritimati".into()),
        // A server that follows this asks in the client's name: nothing that a command could not ask.
        ("SSH_ORIGINAL_COMMAND", "export".into()),
    ];
    let ask = |name: &str, command: &[&str]| {
        let mut client = server.client("ssh", name);
        for (name, value) in &sent {
            client
                .arg("-o")
                .arg(format!("SetEnv={name}={}", value.display()));
        }
        // One SetEnv at a time counts: the rest is sent from the client's own environment.
        for (name, value) in &sent {
            client
                .env(name, value)
                .arg("-o")
                .arg(format!("SendEnv={name}"));
        }
        client.arg(server.account()).args(command).output().unwrap()
    };
    let mut desk = server.log_in("li", &[]);
    desk.keys("<c-n>13800000000<tab>");
    let file = server.home.db();
    let came = desk.wait_quietly(PATIENCE, |_| saved(&file, "phone") == ["13800000000"]);
    assert!(came, "{}", desk.text());
    let plain = server.ask("anna", &[], &["export"], "");
    let done = ask("anna", &["export"]);
    assert!(done.status.success(), "{done:?}");
    assert_eq!(done.stdout, plain.stdout);
    assert!(String::from_utf8(done.stdout).unwrap().contains("+08:00"));
    for command in [&[][..], &["export"]] {
        let done = ask("li", command);
        assert_eq!((done.status.code(), done.stdout.len()), (Some(2), 0));
    }
    assert!(!other.exists());
}

#[test]
fn the_next_login_of_a_disabled_person_is_refused() {
    need_sshd!();
    let server = Server::start(&PEOPLE);
    let done = server
        .home
        .aftercare(&["staff", "disable", "li", "--db", &db(&server.home)]);
    assert!(done.status.success(), "{done:?}");
    let mut desk = server.log_in("li", &[]);
    let status = desk.exited_within(PATIENCE).expect("it ends");
    assert_eq!(status.exit_code(), 2);
    assert!(
        desk.text().contains("may not work at this desk"),
        "{}",
        desk.text()
    );
    let done = server.ask("li", &[], &["check"], "{}");
    assert_eq!((done.status.code(), done.stdout.len()), (Some(2), 0));
    let mut desk = server.log_in("anna", &[]);
    desk.wait_for("Board");
}

#[test]
fn a_bench_pc_logs_in_with_one_key_and_a_badge_says_who_works() {
    need_sshd!();
    let server = Server::start(&PEOPLE);
    let here = db(&server.home);
    for (command, input) in [
        (&["badge", "li", "B-0417"][..], ""),
        (&["pin", "li"], "041700\n"),
    ] {
        let mut args = vec!["staff", "--db", &here];
        args.extend(command);
        assert!(server.home.aftercare_with(&args, input).status.success());
    }
    let program = env!("CARGO_BIN_EXE_aftercare");
    let line = format!("command=\"{program} --bench --db {here}\",restrict,pty");
    server.let_in("bench", &line);
    let mut desk = server.log_in("bench", &[]);
    desk.wait_for("Who works here now?");
    desk.keys("<scan:b-0417>041700<enter>");
    desk.wait_for("li  en");
    for command in ["check", "export", "sh"] {
        let done = server.ask("bench", &[], &[command], "");
        assert_eq!((done.status.code(), done.stdout.len()), (Some(2), 0));
    }
}
