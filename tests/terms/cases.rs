//! The reviewed examples of the contract, through the program itself.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Map, Value};

/// One row: what goes in and what must come out, as far as it is named.
pub struct Row {
    pub id: String,
    pub facts: Value,
    /// Part, key, value.
    pub expect: Vec<(String, String, Value)>,
}

/// Runs all rows in one process and gives the results back in order.
pub fn check(facts: &[&Value]) -> Vec<Value> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_aftercare"))
        .arg("check")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let lines: Vec<String> = facts.iter().map(|facts| facts.to_string()).collect();
    let writer = std::thread::spawn(move || {
        input.write_all(lines.join("\n").as_bytes()).unwrap();
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    let results: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(results.len(), facts.len(), "one line for each object");
    results
}

/// Compares every row and says in words what differs.
pub fn compare(rows: &[Row]) {
    let facts: Vec<&Value> = rows.iter().map(|row| &row.facts).collect();
    let mut wrong = Vec::new();
    for (row, found) in rows.iter().zip(check(&facts)) {
        for (part, key, expected) in &row.expect {
            if let Some(difference) = differs(&found, part, key, expected) {
                wrong.push(format!("{}: {difference}", row.id));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} rows differ:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}

fn differs(found: &Value, part: &str, key: &str, expected: &Value) -> Option<String> {
    if part == "notice" {
        return notice(found, key, expected);
    }
    let Some(value) = found[part].get(key) else {
        return Some(format!("the {part} has no {key}"));
    };
    (value != expected).then(|| format!("{part}: {key} should be {expected}, is {value}"))
}

/// `expected`: a date, `null` for any date, `false` for no such notice.
fn notice(found: &Value, code: &str, expected: &Value) -> Option<String> {
    let notices = found["notices"].as_array().unwrap();
    let said: Vec<&Value> = notices.iter().filter(|n| n["code"] == code).collect();
    match expected {
        Value::Bool(false) if said.is_empty() => None,
        Value::Bool(_) => Some(format!("there should be no notice {code}")),
        Value::Null if !said.is_empty() => None,
        date if said.iter().any(|n| n["date"] == *date) => None,
        date => Some(format!(
            "the notice {code} should say {date}, there are {said:?}"
        )),
    }
}

/// Rows of JSON Lines: id, title, facts, and the parts of the answer that are asserted.
fn rows(text: &str) -> Vec<Row> {
    text.lines()
        .map(|line| {
            let case: Value = serde_json::from_str(line).unwrap();
            let expect = case["expect"].as_object().unwrap();
            let named = |(part, keys): (&String, &Value)| {
                let keys: &Map<String, Value> = keys.as_object().unwrap();
                let part = part.clone();
                keys.clone()
                    .into_iter()
                    .map(move |(key, value)| (part.clone(), key, value))
            };
            Row {
                id: format!("{} {}", case["id"], case["title"]),
                facts: case["facts"].clone(),
                expect: expect.iter().flat_map(named).collect(),
            }
        })
        .collect()
}

#[test]
fn the_reviewed_examples_hold() {
    let rows = rows(include_str!("examples.jsonl"));
    assert_eq!(rows.len(), 68);
    compare(&rows);
}

/// Written from the reading by someone who had not seen the engine; a row names whole lists, so
/// that what must not be there is asserted too. Its part `notice` holds codes: a day, `null` for
/// any day, `false` where the notice must be missing.
#[test]
fn a_second_reading_of_every_table_and_code_comes_to_the_same() {
    let rows = rows(include_str!("second-reading.jsonl"));
    assert!(rows.len() > 200);
    compare(&rows);
}
