//! What was acknowledged is there after a SIGKILL in the middle of commits.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use aftercare::desk::field::Field;
use aftercare::desk::id::EntityId;
use aftercare::store::Store;

use crate::support::{Desk, integrity, projection, text};

const VARIABLE: &str = "AFTERCARE_TEST_COMMITS_IN";

/// Not a test of its own: the process that the test below kills.
#[test]
fn child_that_commits_until_it_is_killed() {
    let Some(path) = std::env::var_os(VARIABLE) else {
        return;
    };
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::at(home, path.into());
    desk.seed(u64::from(std::process::id()));
    let case = desk.case(&[
        (Field::Caller, "王小明"),
        (Field::SerialNumber, "80H2-7731"),
    ]);
    desk.set(case, Field::Number, text("RMA26-")).unwrap();
    for count in 0.. {
        let words = format!("finding {count}");
        let committed = desk.set(case, Field::Findings, text(&words)).unwrap();
        println!("ack {} {} {words}", case.0, committed.changes[0].seq);
    }
}

#[test]
fn a_kill_in_the_middle_of_commits_loses_nothing_that_was_acknowledged() {
    let desk = Desk::new();
    let path = desk.path();
    for after in [1, 7, 40, 150, 300] {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "crash::child_that_commits_until_it_is_killed",
                "--nocapture",
            ])
            .env(VARIABLE, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut acknowledged = Vec::new();
        while acknowledged.len() < after {
            let line = lines.next().unwrap().unwrap();
            if let Some(at) = line.find("ack ") {
                acknowledged.push(line[at + 4..].to_string());
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // What came out before the signal was acknowledged as well.
        for line in lines.map_while(Result::ok) {
            if let Some(said) = line
                .strip_prefix("ack ")
                .filter(|said| said.split(' ').count() == 4)
            {
                acknowledged.push(said.to_string());
            }
        }
        let store = Store::open(&path, projection()).unwrap();
        for said in &acknowledged {
            let mut parts = said.splitn(3, ' ');
            let case = EntityId(parts.next().unwrap().parse().unwrap());
            let seq: u32 = parts.next().unwrap().parse().unwrap();
            let record = store.view().record(case).unwrap().unwrap().at(seq);
            assert_eq!(record.text(Field::Findings), parts.next(), "{said}");
        }
        assert_eq!(store.differing().unwrap(), []);
        assert_eq!(integrity(&path), "ok");
    }
    // Five sessions, five numbers, none twice.
    let mut numbers: Vec<_> = desk
        .store
        .view()
        .board()
        .unwrap()
        .into_iter()
        .map(|row| row.number)
        .collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 5);
}
