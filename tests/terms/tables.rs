//! Our own rows: every row of the reading's tables and every code of its part 2.
//!
//! A row of `tables.txt` is `name | base | facts | expected`, with the facts of its base unless it
//! says otherwise; `-fact` takes a fact away. Expected: `part.key=value`, lists with commas, `[]`
//! for an empty one, `+CODE` or `+CODE@date` for a notice, `-CODE` for none.

use std::collections::BTreeSet;

use aftercare::terms::{Choice, NoticeCode};
use serde_json::{Map, Value, json};

use crate::cases::{Row, compare};

const TABLES: &str = include_str!("tables.txt");

/// The plain cases the rows start from.
fn base(name: &str) -> Map<String, Value> {
    let value = match name {
        // Unwanted goods without fault, asked for on day 2.
        "return" => json!({
            "service": "return", "as_of": "2025-03-05",
            "receipt_date": "2025-03-03", "request_date": "2025-03-05",
            "performance_failure": "no", "manufacturing_defect": "no", "complete": "yes",
            "appearance_damage": "no", "activated": "no", "resalable": "yes",
            "proof_at_return": "valid", "collision_or_burn": "no", "misuse": "no",
            "labels_tampered": "no", "force_majeure": "no",
            "confirm_date": "not_yet", "dispatch_date": "not_yet", "arrival_date": "not_yet"
        }),
        // Goods that failed on day 2, in use.
        "fault" => {
            let mut facts = base("return");
            for (key, value) in [
                ("performance_failure", "yes"),
                ("failure_found_date", "2025-03-05"),
                ("failure_man_made", "no"),
                ("activated", "yes"),
                ("resalable", "no"),
            ] {
                facts.insert(key.to_string(), json!(value));
            }
            return facts;
        }
        // A fault of quality inside the warranty, on day 111.
        "repair" => json!({
            "service": "repair", "as_of": "2025-05-01", "proof": "valid",
            "purchase_date": "2025-01-10", "ship_date": "2025-01-05",
            "contact_date": "2025-05-01", "arrival_date": "2025-05-01",
            "test_result": "quality", "repairs": []
        }),
        // Long out of warranty, but repaired at the factory 30 days ago.
        "extended" => json!({
            "service": "repair", "as_of": "2025-04-09", "proof": "valid",
            "purchase_date": "2024-01-10", "ship_date": "2023-12-01",
            "contact_date": "2025-04-09", "arrival_date": "2025-04-09",
            "test_result": "quality",
            "repairs": [{
                "kind": "repair", "by": "factory", "done": "yes", "period_status": "out",
                "cause": "quality", "repaired_on": "2025-03-07", "sent_back_on": "2025-03-10",
                "delivered_on": "2025-03-13"
            }]
        }),
        // A repair that only waits for its working days.
        "days" => json!({
            "service": "repair", "as_of": "2025-03-05",
            "arrival_date": "2025-03-05", "repair_confirmed_date": "2025-03-05"
        }),
        "nothing" => json!({ "as_of": "2025-03-05" }),
        other => panic!("no base {other}"),
    };
    value.as_object().unwrap().clone()
}

fn value(text: &str) -> Value {
    if text.starts_with('[') {
        return serde_json::from_str(text).unwrap();
    }
    match text {
        "null" => Value::Null,
        _ => json!(text),
    }
}

fn row(line: &str) -> Row {
    let fields: Vec<&str> = line.split('|').map(str::trim).collect();
    let [name, start, given, expected] = fields[..] else {
        panic!("four fields: {line}");
    };
    let mut facts = base(start);
    for fact in given.split_whitespace() {
        match (fact.strip_prefix('-'), fact.split_once('=')) {
            (Some(gone), _) => {
                facts.remove(gone);
            }
            (None, Some((key, given))) => match key.strip_prefix("r.") {
                Some(field) => {
                    facts["repairs"][0][field] = value(given);
                }
                None => {
                    facts.insert(key.to_string(), value(given));
                }
            },
            (None, None) => panic!("{fact:?} in {line}"),
        }
    }
    let expect = expected
        .split_whitespace()
        .map(|word| expectation(word, line));
    Row {
        id: name.to_string(),
        facts: Value::Object(facts),
        expect: expect.collect(),
    }
}

fn expectation(word: &str, line: &str) -> (String, String, Value) {
    if let Some(notice) = word.strip_prefix('+') {
        let (code, date) = notice.split_once('@').unwrap_or((notice, "null"));
        return ("notice".to_string(), code.to_string(), value(date));
    }
    if let Some(code) = word.strip_prefix('-') {
        return ("notice".to_string(), code.to_string(), Value::Bool(false));
    }
    let (path, says) = word
        .split_once('=')
        .unwrap_or_else(|| panic!("{word:?} in {line}"));
    let (part, key) = path.split_once('.').unwrap();
    let list = ["reasons", "missing", "conflicts", "staff", "waiting_for"].contains(&key);
    let says = if list && says != "[]" {
        Value::Array(says.split(',').map(|item| json!(item)).collect())
    } else {
        value(says)
    };
    (part.to_string(), key.to_string(), says)
}

fn rows() -> Vec<Row> {
    TABLES
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(row)
        .collect()
}

#[test]
fn our_own_rows_hold() {
    let rows = rows();
    assert!(rows.len() >= 150, "{} rows", rows.len());
    let names: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(names.len(), rows.len(), "each row has a name of its own");
    for row in &rows {
        assert!(!row.expect.is_empty(), "{} expects something", row.id);
    }
    compare(&rows);
}

/// Codes that remark on how the terms are read and differ for no fact of the contract.
const SAYS_NOTHING_OF_A_CASE: &[&str] = &[
    "ALSO",
    "PARTS",
    "NATCAL",
    "RECEIPT",
    "NEG",
    "CONFLICT",
    "B1-OR-B2",
    "ACTIVATED",
    "RESALE",
    "PROOF-KIND",
    "PROOF-ORIG",
    "SECOND-HAND",
    "EXT-SCOPE",
    "NO-SANCTION",
    "RISK",
];

#[test]
fn every_code_of_the_reading_is_raised_in_a_row_or_by_the_desk() {
    let rows = rows();
    for code in NoticeCode::ALL {
        let raised = rows.iter().any(|row| {
            row.expect
                .iter()
                .any(|(part, key, says)| part == "notice" && key == code.code() && *says != false)
        });
        let exempt = code.desk_raises() || SAYS_NOTHING_OF_A_CASE.contains(&code.code());
        assert!(raised || exempt, "{code} is in no row");
    }
}
