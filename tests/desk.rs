//! The desk itself, in a real pseudo-terminal: opening, saving, languages, sizes, pastes, and ends of
//! every kind. What was saved is read by this process from the file.

mod support;

use rusqlite::Connection;
use std::path::Path;
use support::{Desk, Home};

fn open(home: &Home) -> Desk {
    Desk::start(home, &["--staff", "li"], 80, 24, &[])
}

/// What another process reads from the file: the latest entry of a field, in every entity.
fn saved(db: &Path, field: &str) -> Vec<String> {
    let conn = Connection::open(db).unwrap();
    let mut find = conn
        .prepare(
            "SELECT coalesce(value, state) FROM change AS latest WHERE field = ?1 AND seq = (
                 SELECT max(seq) FROM change
                 WHERE entity = latest.entity AND item = latest.item AND field = latest.field)
             ORDER BY entity",
        )
        .unwrap();
    let found = find.query_map([field], |row| row.get(0)).unwrap();
    found.collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_call_is_logged_and_solved_by_phone() {
    need_pty!();
    let home = Home::new();
    let mut desk = open(&home);
    desk.keys("<c-n>13800000000<tab>王小明<tab>");
    desk.settle();
    println!("{}", desk.text());
    assert_eq!(saved(&home.db(), "phone"), ["13800000000"]);
    assert_eq!(saved(&home.db(), "caller"), ["王小明"]);
    desk.keys("<f6>");
    desk.settle();
    println!("{}", desk.text());
    assert_eq!(saved(&home.db(), "closed"), ["solved_by_phone"]);
    desk.keys("<c-q>");
    let ended = desk.exited_within(support::desk::PATIENCE).unwrap();
    assert!(ended.success());
}
