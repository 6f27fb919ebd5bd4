//! Values put into the file by hand, in every column that holds words, and shown by the real program.

use super::clean::{TEXTS, assert_ours, assert_plain, long};
use crate::support::desk::PATIENCE;
use crate::support::file::saved;
use crate::support::{Home, Program};
use aftercare::desk::field::{Field, FieldKind};
use rusqlite::{Connection, params};
use std::process::Command;

/// A desk with a case and a parcel, left in peace.
fn made(home: &Home) {
    let mut desk = Program::aftercare(&[]).start(home);
    desk.keys("<c-n>13800000000<tab>somebody<tab>");
    let db = home.db();
    assert!(desk.wait_quietly(PATIENCE, |_| saved(&db, "caller") == ["somebody"]));
    desk.settle();
    desk.keys("<esc>");
    desk.wait_for("Board");
    desk.settle();
    desk.scan("SF1234567890123");
    assert!(desk.wait_quietly(PATIENCE, |_| saved(&db, "waybill").len() == 1));
    desk.keys("<c-q>");
    assert!(desk.exited_within(PATIENCE).is_some());
}

/// Puts a text into every field of every entity, as somebody with an SQL prompt does, and into the
/// lines beside them.
fn put(home: &Home, text: &str) {
    let conn = Connection::open(home.db()).unwrap();
    let entities: Vec<i64> = {
        let mut list = conn.prepare("SELECT id FROM entity").unwrap();
        let ids = list.query_map([], |row| row.get(0)).unwrap();
        ids.map(Result::unwrap).collect()
    };
    conn.execute_batch("BEGIN").unwrap();
    for entity in entities {
        for field in Field::ALL {
            let state = match field.kind() {
                FieldKind::Text { .. } => "known",
                FieldKind::Link | FieldKind::Choice(_) => continue,
                _ => "unreadable",
            };
            for item in [0, 1] {
                conn.execute(
                    "INSERT INTO change SELECT ?1, (SELECT max(seq) + 1 FROM change WHERE entity = ?1),
                         (SELECT rev FROM meta), 1790000000000, ?2, 'customer', 'edit', 77, ?3, ?4, ?2, ?5, 0",
                    params![entity, text, item, field.code(), state],
                )
                .unwrap();
            }
        }
    }
    conn.execute_batch("COMMIT").unwrap();
    for column in [
        "number", "caller", "phone", "model", "serial", "label", "bin", "assignee",
    ] {
        conn.execute(&format!("UPDATE case_row SET {column} = ?1"), [text])
            .unwrap();
    }
    conn.execute("UPDATE parcel SET waybill = ?1, courier = ?1", [text])
        .unwrap();
}

/// Goes through every screen there is.
const WAY: [&str; 22] = [
    "<down>",
    "<enter>",
    "<f2>",
    "<f3>",
    "<f4>",
    "<tab>",
    "<tab>",
    "<s-tab>",
    "<f8>",
    "<pgdn>",
    "<esc>",
    "<f7>",
    "<c-k>history<enter>",
    "<down>",
    "<enter>",
    "<esc>",
    "<c-k>summary<enter>",
    "<c-k>plain<enter>",
    "<esc>",
    "<c-k>quote<enter>",
    "<f9>",
    "<f1>",
];

fn look_at_everything(what: &str, home: &Home) {
    let mut desk = Program::aftercare(&[]).start(home);
    desk.settle();
    for keys in WAY {
        if desk.exit_status().is_some() {
            break;
        }
        desk.keys(keys);
        desk.settle();
    }
    let ended = desk.exit_status().cloned();
    assert!(
        ended.as_ref().is_none_or(|ended| ended.exit_code() == 1),
        "{what}: {ended:?}\n{}",
        desk.text()
    );
    if ended.is_none() {
        desk.signal(rustix::process::Signal::TERM);
        let ended = desk.exited_within(PATIENCE).unwrap();
        assert_eq!(ended.exit_code(), 143, "{what}");
    }
    assert_eq!(desk.leftovers(), Vec::<&str>::new(), "{what}");
    assert_ours(what, desk.written());
}

/// The commands that tell what stands in the file.
fn read_by_commands(what: &str, home: &Home) {
    for args in [&["doctor"][..], &["staff", "list"], &["export"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_aftercare"))
            .args(args)
            .env_clear()
            .envs(home.environment())
            .output()
            .unwrap();
        if args != ["export"] {
            assert_plain(&format!("{what}: {args:?}"), &output.stdout);
        }
        assert_plain(&format!("{what}: {args:?}"), &output.stderr);
        assert!(
            matches!(output.status.code(), Some(0..=3)),
            "{what}: {args:?} {:?}",
            output.status
        );
    }
}

#[test]
fn what_stands_in_the_file_is_never_shown_raw() {
    need_pty!();
    for texts in TEXTS.chunks(8) {
        let home = Home::new();
        made(&home);
        let all: String = texts.iter().map(|(_, text)| *text).collect();
        put(&home, &all);
        look_at_everything(&all, &home);
        read_by_commands(&all, &home);
    }
    // And each of them where it is all there is.
    let home = Home::new();
    made(&home);
    for (_, text) in TEXTS {
        put(&home, text);
    }
    look_at_everything("one after another", &home);
}

#[test]
fn a_megabyte_in_the_file_is_shown_in_a_moment() {
    need_pty!();
    for (name, text) in long() {
        let home = Home::new();
        made(&home);
        let conn = Connection::open(home.db()).unwrap();
        conn.execute(
            "INSERT INTO change SELECT id, (SELECT max(seq) + 1 FROM change WHERE entity = id), 1, 1790000000000,
                 'li', 'customer', 'edit', 77, 0, 'fault', ?1, 'known', 0 FROM entity WHERE kind = 'case'",
            [&text],
        )
        .unwrap();
        conn.execute("UPDATE case_row SET caller = ?1, model = ?1", [&text])
            .unwrap();
        drop(conn);
        look_at_everything(name, &home);
    }
}
