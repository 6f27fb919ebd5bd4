//! The desk behind a real Dropbear on loopback, by the line that `staff add --server dropbear` prints.

use crate::PEOPLE;
use crate::need_sshd;
use crate::server::{Daemon, Server, comes_true, db};
use crate::support;
use crate::support::desk::PATIENCE;
use crate::support::file::saved;

#[test]
fn a_key_says_who_it_is_and_opens_the_desk() {
    need_sshd!(Daemon::Dropbear);
    let server = Server::start_with(Daemon::Dropbear, &PEOPLE);
    let file = server.home.db();
    for (name, number) in [("li", "13800000001"), ("anna", "13800000002")] {
        let mut desk = server.log_in(name, &[]);
        desk.wait_for("Board");
        desk.wait_for(&format!("{name}  en"));
        desk.keys(&format!("<c-n>{number}<tab>"));
        let came = desk.wait_quietly(PATIENCE, |_| saved(&file, "phone").contains(&number.into()));
        assert!(came, "{}", desk.text());
        desk.keys("<c-q>");
        assert!(desk.exited_within(PATIENCE).is_some_and(|it| it.success()));
    }
}

#[test]
fn a_line_that_is_cut_ends_the_session() {
    need_sshd!(Daemon::Dropbear);
    if !cfg!(target_os = "linux") {
        return support::skip("processes are looked up in /proc");
    }
    let server = Server::start_with(Daemon::Dropbear, &PEOPLE);
    let mut desk = server.log_in("li", &[]);
    desk.wait_for("Board");
    assert!(
        comes_true(|| !server.served("li").is_empty()),
        "it is served"
    );
    desk.kill();
    assert!(comes_true(|| server.served("li").is_empty()), "it stays");
}

#[test]
fn what_is_asked_for_is_on_the_list_or_refused_in_one_line() {
    need_sshd!(Daemon::Dropbear);
    let server = Server::start_with(Daemon::Dropbear, &PEOPLE);
    let proof = server.home.path().join("proof");
    let touch = format!("touch {}", proof.display());
    for command in [
        &["sh"][..],
        &["sh", "-c", &touch],
        &[&format!("check; {touch}")],
        &[&format!("check $({touch})")],
        &["scp", "-t", "/tmp"],
        &["export"],
    ] {
        let done = server.ask("li", &["-T"], command, "id\n");
        assert_eq!(done.status.code(), Some(2), "{command:?}");
        let said = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
        assert_eq!(said.trim().lines().count(), 1, "{command:?}: {said}");
        assert!(!proof.exists(), "{command:?}");
    }
    let case = r#"{"service":"repair","as_of":"2025-05-01"}"#;
    let done = server.ask("li", &[], &["check"], case);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert!(done.stdout.starts_with(b"{"), "{done:?}");
    let done = server.ask("anna", &[], &["export", "--format", "jsonl"], "");
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    // No shell without a command either.
    let done = server.ask("li", &["-T"], &[], &format!("{touch}\nexit\n"));
    assert_eq!((done.status.code(), done.stdout.len()), (Some(1), 0));
    assert!(!proof.exists());
}

#[test]
fn files_are_not_fetched() {
    need_sshd!(Daemon::Dropbear);
    let server = Server::start_with(Daemon::Dropbear, &PEOPLE);
    let got = server.home.path().join("got");
    let keys = server.authorized_keys();
    for way in ["-O", "-s"] {
        let done = server
            .client("scp", "anna")
            .arg(way)
            .arg(format!("{}:{}", server.account(), keys.display()))
            .arg(&got)
            .output()
            .unwrap();
        assert!(!done.status.success(), "{done:?}");
        assert!(!got.exists(), "{way}");
    }
}

#[test]
fn the_line_for_openssh_is_none_for_dropbear() {
    need_sshd!(Daemon::Dropbear);
    let server = Server::start_with(Daemon::Dropbear, &PEOPLE);
    let program = env!("CARGO_BIN_EXE_aftercare");
    let command = format!("command=\"{program} --staff li --db {}\"", db(&server.home));
    server.let_in("new", &format!("{command},restrict,pty"));
    let done = server.ask("new", &[], &["check"], "");
    assert_eq!(done.status.code(), Some(255), "it is not let in: {done:?}");
}
