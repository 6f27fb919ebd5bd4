//! What `aftercare export` writes, opened by programs that people open it with: every cell is compared
//! with what the desk holds.

use crate::support::Home;
use aftercare::app::clock::StoppedClock;
use aftercare::app::opening::{Place, open};
use aftercare::desk::change::Ground;
use aftercare::desk::field::Field;
use aftercare::desk::id::Fresh;
use aftercare::desk::now::Now;
use aftercare::desk::staff::{Role, Staff};
use aftercare::desk::value::{Entry, Value};
use aftercare::store::CommitFault;
use aftercare::work::action::{Actor, FieldEdit, begin};
use calamine::{Data, DataType, Reader};
use chrono::{TimeZone, Utc};
use std::path::{Path, PathBuf};
use std::process::Command;

const OFFICE: &str = "/usr/bin/soffice";

/// Cases as a desk has them that is hard on spreadsheets: caller, phone, model, serial, label.
const CASES: [[&str; 5]; 9] = [
    ["王小明", "13800001234", "CK-80 HV", "00123", "0007"],
    [
        "Ann Lee",
        "+44 (0)20 7946 0958 x7",
        "12E5",
        "110101199003072345",
        "1-2",
    ],
    ["=1+1", "170 0000 0000 转 0045", "MAR1", "12E5", "3/4"],
    [
        "+8613800000000",
        "0791-88881234-012",
        "=HYPERLINK(\"x\")",
        "80H2-7731",
        "'0007",
    ],
    ["O'Brien \"Bob\"", "13800001235", "TRUE", "0x1F", "1,5"],
    ["a, b; c", "13800001236", "1.000", "1.000,50", "50%"],
    ["@SUM(A1)", "13800001237", "-5", "2026-11-03", "12:30"],
    [
        "艾力·买买提",
        "13800001238",
        "ＣＫ－８０",
        "00000000000000000000000000000000000123",
        "¥5",
    ],
    ["two\nlines\tand more", "13800001239", "..", "+1", "=0"],
];

fn desk(home: &Home) -> PathBuf {
    let clock = StoppedClock(Utc.with_ymd_and_hms(2026, 11, 20, 1, 30, 0).unwrap());
    let mut opened = open(&Place::of(home.db()), &clock).unwrap();
    let staff = Staff {
        name: "li".into(),
        role: Role::Operator,
    };
    let now = Now {
        at: clock.0,
        today: opened.knowledge.day(clock.0),
    };
    let mut fresh = Fresh::new(1);
    let knowledge = opened.knowledge.clone();
    let terms = knowledge.terms_in_force(now.today);
    let fields = [
        Field::Caller,
        Field::Phone,
        Field::Model,
        Field::SerialNumber,
        Field::BagLabel,
    ];
    let done: Result<(), CommitFault<()>> = opened.store.bulk(|bulk| {
        for texts in CASES {
            let edit = |(field, text): (Field, &str)| {
                let value = match field {
                    Field::Phone => Value::Phone(text.parse_phone()),
                    Field::SerialNumber => {
                        Value::Serial(aftercare::desk::serial::Serial::parse(text).unwrap())
                    }
                    _ => Value::Text(text.to_string()),
                };
                FieldEdit::of_self(field, Entry::Known(value), Ground::CustomerSays)
            };
            let first = fields.into_iter().zip(texts).map(edit).collect();
            let mut actor = Actor {
                staff: &staff,
                now,
                fresh: &mut fresh,
            };
            let (_, batch) = begin(&mut actor, &terms, first).unwrap();
            bulk.commit(&batch)?;
        }
        Ok(())
    });
    done.unwrap();
    home.db()
}

trait ParsePhone {
    fn parse_phone(&self) -> aftercare::desk::phone::Phone;
}

impl ParsePhone for str {
    fn parse_phone(&self) -> aftercare::desk::phone::Phone {
        aftercare::desk::phone::Phone::parse(self).unwrap()
    }
}

/// The bytes of an export.
fn exported(home: &Home, args: &[&str]) -> Vec<u8> {
    let args: Vec<&str> = std::iter::once("export")
        .chain(args.iter().copied())
        .collect();
    let done = home.run(&args, &[], b"");
    assert!(done.status.success(), "{done:?}");
    done.stdout
}

/// What the desk holds, a line of texts for each case, by the names of the columns; control characters
/// as their pictures.
fn held(home: &Home) -> (Vec<String>, Vec<Vec<String>>) {
    let lines = String::from_utf8(exported(home, &["--format", "jsonl"])).unwrap();
    let mut names = Vec::new();
    let rows = lines.lines().map(|line| {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let case = case.as_object().unwrap();
        names = case.keys().cloned().collect();
        let text = |value: &serde_json::Value| match value {
            serde_json::Value::Null => String::new(),
            serde_json::Value::Array(texts) => {
                let texts: Vec<&str> = texts.iter().filter_map(|it| it.as_str()).collect();
                texts.join(" ")
            }
            other => other.as_str().unwrap().to_string(),
        };
        let seen = |text: String| text.replace('\n', "␊").replace('\t', "␉");
        case.values().map(|value| seen(text(value))).collect()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    (names, rows)
}

/// The rows of the first sheet of a workbook.
fn sheet(file: &Path) -> Vec<Vec<Data>> {
    let mut book = calamine::open_workbook_auto(file).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

/// A cell as the desk would write it: days and moments by the clock of the service centre.
fn written(cell: &Data, name: &str) -> String {
    match name {
        "owed" | "paid" | "credit" => format!("{:.2}", cell.as_f64().unwrap_or(f64::NAN)),
        "due" if !cell.is_empty() => cell.as_date().map_or(cell.to_string(), |it| it.to_string()),
        "begun" => match cell.as_datetime().filter(|_| !cell.is_string()) {
            Some(moment) => moment.format("%Y-%m-%dT%H:%M:%S+08:00").to_string(),
            None => cell.to_string(),
        },
        _ => cell.to_string(),
    }
}

fn assert_holds_all(rows: &[Vec<Data>], home: &Home, which: &str) {
    let (names, held) = held(home);
    assert_eq!(rows.len(), held.len() + 1, "{which}");
    for (row, expected) in rows[1..].iter().zip(&held) {
        for ((cell, name), expected) in row.iter().zip(&names).zip(expected) {
            assert_eq!(&written(cell, name), expected, "{which}, {name}: {cell:?}");
            let is_typed = match name.as_str() {
                "owed" | "paid" | "credit" => cell.is_float() || cell.is_int(),
                "begun" | "due" => true,
                _ => cell.is_string() || cell.is_empty(),
            };
            assert!(is_typed, "{which}, {name}: {cell:?}");
        }
    }
}

/// What LibreOffice makes of a file, as a file of another kind.
fn by_office(home: &Home, file: &Path, read_as: &[&str], kind: &str) -> PathBuf {
    let out = home.path().join("office");
    let profile = format!(
        "-env:UserInstallation=file://{}/profile",
        home.path().display()
    );
    let done = Command::new(OFFICE)
        .args([&profile, "--headless"])
        .args(read_as)
        .args(["--convert-to", kind, "--outdir"])
        .arg(&out)
        .arg(file)
        .env("HOME", home.path())
        .output()
        .unwrap();
    let made = out.join(file.file_name().unwrap()).with_extension(kind);
    assert!(done.status.success() && made.exists(), "{done:?}");
    made
}

macro_rules! need_office {
    () => {
        if !Path::new(OFFICE).exists() {
            crate::support::skip("LibreOffice is not installed");
            return;
        }
    };
}

#[test]
fn a_spreadsheet_shows_every_cell_of_the_csv_as_the_desk_holds_it() {
    need_office!();
    let home = Home::new();
    desk(&home);
    let file = home.path().join("cases.csv");
    std::fs::write(&file, exported(&home, &[])).unwrap();
    // Comma, quotation mark, UTF-8: as its window proposes where the file begins with a mark.
    let made = by_office(&home, &file, &["--infilter=CSV:44,34,76,1"], "xlsx");
    assert_holds_all(&sheet(&made), &home, "CSV");
}

#[test]
fn a_spreadsheet_shows_every_cell_of_the_workbook_as_the_desk_holds_it() {
    let home = Home::new();
    desk(&home);
    let file = home.path().join("cases.xlsx");
    std::fs::write(&file, exported(&home, &["--format", "xlsx"])).unwrap();
    assert_holds_all(&sheet(&file), &home, "XLSX");
    need_office!();
    let made = by_office(&home, &file, &[], "ods");
    assert_holds_all(&sheet(&made), &home, "XLSX in LibreOffice");
}

#[test]
fn csv_begins_with_a_mark_unless_it_is_for_a_program() {
    let home = Home::new();
    desk(&home);
    assert!(exported(&home, &[]).starts_with(b"\xef\xbb\xbfnumber,"));
    let plain = exported(&home, &["--plain"]);
    let mut reader = csv::Reader::from_reader(plain.as_slice());
    assert_eq!(reader.headers().unwrap().get(0), Some("number"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let (names, held) = held(&home);
    for (row, held) in rows.iter().zip(&held) {
        for ((cell, name), held) in row.iter().zip(&names).zip(held) {
            let is_guarded = held.starts_with(['=', '+', '-', '@', '␉']);
            let expected = match is_guarded {
                true => format!("'{held}"),
                false => held.clone(),
            };
            assert_eq!(cell, expected, "{name}");
        }
    }
}

#[test]
fn an_export_to_a_file_is_private_whole_and_takes_no_others_place() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    desk(&home);
    for format in ["csv", "jsonl", "xlsx"] {
        let file = home.path().join(format!("out.{format}"));
        let args = [
            "export",
            "--format",
            format,
            "--output",
            file.to_str().unwrap(),
        ];
        let done = home.run(&args, &[], b"");
        assert!(done.status.success(), "{done:?}");
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{format}");
        let before = std::fs::read(&file).unwrap();
        if format != "xlsx" {
            assert_eq!(before, exported(&home, &["--format", format]));
        }
        let again = home.run(&args, &[], b"");
        assert_eq!(again.status.code(), Some(1));
        assert_eq!(std::fs::read(&file).unwrap(), before);
    }
}
