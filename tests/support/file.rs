//! What another process reads from the desk's file.

use rusqlite::Connection;
use std::path::Path;

/// How a field stands in every entity and item that has it, oldest entity first: its stored value,
/// what was typed where that cannot be read, else `unknown` or `erased`.
pub fn saved(db: &Path, field: &str) -> Vec<String> {
    column(
        db,
        "SELECT coalesce(value, state) FROM change AS latest WHERE field = ?1 AND seq = (
             SELECT max(seq) FROM change
             WHERE entity = latest.entity AND item = latest.item AND field = latest.field)
         ORDER BY entity, seq",
        field,
    )
}

/// The latest state of a field in every entity that has it: `known`, `unreadable`, `unknown`.
pub fn state(db: &Path, field: &str) -> Vec<String> {
    column(
        db,
        "SELECT state FROM change AS latest WHERE field = ?1 AND seq = (
             SELECT max(seq) FROM change
             WHERE entity = latest.entity AND item = latest.item AND field = latest.field)
         ORDER BY entity, seq",
        field,
    )
}

/// One column of the lines of all cases, oldest first: `stage`, `outcome`, `number`, ...
pub fn cases(db: &Path, named: &str) -> Vec<String> {
    let sql = format!("SELECT coalesce({named}, '') FROM case_row WHERE ?1 = '' ORDER BY id");
    column(db, &sql, "")
}

fn column(db: &Path, sql: &str, value: &str) -> Vec<String> {
    let conn = Connection::open(db).expect("the desk's file");
    let mut find = conn.prepare(sql).expect("a question");
    let found = find.query_map([value], |row| row.get(0));
    let found: Result<Vec<String>, _> = found.expect("an answer").collect();
    found.expect("a column of text")
}
