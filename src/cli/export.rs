//! `aftercare export`: every case as one line, for a spreadsheet or a script.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::SecondsFormat;
use chrono_tz::Tz;
use serde_json::{Map, Value};

use super::arguments::Session;
use super::{Stop, cause, start};
use crate::app::opening::Opened;
use crate::desk::money::Fen;
use crate::desk::phone::Phone;
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible;
use crate::work::row::CaseRow;

/// How the cases are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Comma-separated, with a line of names first.
    #[default]
    Csv,
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// The format a word names.
    pub fn from_code(code: &str) -> Option<Format> {
        match code {
            "csv" => Some(Format::Csv),
            "jsonl" => Some(Format::Jsonl),
            _ => None,
        }
    }
}

/// What is exported. The help is in `assets/i18n` (`cli-arg-export-...`).
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    #[arg(long, value_name = "csv|jsonl", value_parser = parse_format)]
    pub format: Option<Format>,
    #[arg(long)]
    pub open: bool,
    #[arg(long, value_name = "FILE")]
    pub db: Option<PathBuf>,
}

fn parse_format(text: &str) -> Result<Format, String> {
    Format::from_code(text).ok_or_else(|| text.to_string())
}

/// The names of the columns, in order.
const COLUMNS: [&str; 15] = [
    "number", "begun", "stage", "due", "waiting", "goods", "outcome", "service", "caller", "phone",
    "model", "serial", "label", "owed", "waybills",
];

/// So many cases are read at a time, so that nobody's reading holds the desk up.
const PAGE: usize = 500;

/// Exports for whoever owns the file.
pub fn run(args: ExportArgs, session: Session, words: &Words) -> ExitCode {
    let session = Session {
        db: args.db.or(session.db),
        ..session
    };
    let written = start::open_there(&session, words).and_then(|started| {
        let format = args.format.unwrap_or_default();
        write(&started.opened, format, args.open, words)
    });
    start::end(written.map(|()| ExitCode::SUCCESS))
}

/// Writes the cases of a desk to standard output, oldest first.
///
/// # Errors
/// What the file or the output said.
pub fn write(opened: &Opened, format: Format, open: bool, words: &Words) -> Result<(), Stop> {
    let mut out = BufWriter::new(io::stdout().lock());
    match stream(opened, format, open, &mut out) {
        Err(Fault::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(fault) => {
            let why = match fault {
                Fault::Store(trouble) => cause::trouble(words, &trouble),
                Fault::Output(error) => cause::system(words, &error),
            };
            let said = words.say_with("export-failed", &[("why", Arg::Text(&why))]);
            Err(Stop::failed(said))
        }
        Ok(()) => Ok(()),
    }
}

enum Fault {
    Store(crate::store::Trouble),
    Output(io::Error),
}

fn stream(opened: &Opened, format: Format, open: bool, out: &mut dyn Write) -> Result<(), Fault> {
    let zone = opened.knowledge.zone;
    if format == Format::Csv {
        csv_line(out, COLUMNS.map(str::to_string)).map_err(Fault::Output)?;
    }
    let mut after = None;
    loop {
        let view = opened.store.view();
        let page = view.cases_after(after, PAGE, open).map_err(Fault::Store)?;
        let Some(last) = page.last() else {
            break;
        };
        after = Some(last.id);
        for row in &page {
            let cells = cells(row, zone);
            match format {
                Format::Csv => csv_line(out, cells.map(|cell| cell.as_csv())),
                Format::Jsonl => json_line(out, cells),
            }
            .map_err(Fault::Output)?;
        }
    }
    out.flush().map_err(Fault::Output)
}

/// What stands in one place of a line.
enum Cell {
    /// Nothing is known.
    None,
    /// A word, a day or a number of ours.
    Plain(String),
    /// What a person wrote.
    Text(String),
    /// Several numbers of parcels.
    List(Vec<String>),
}

impl Cell {
    fn text(text: &Option<String>) -> Cell {
        text.clone().map_or(Cell::None, Cell::Text)
    }

    fn code(code: Option<&'static str>) -> Cell {
        code.map_or(Cell::None, |code| Cell::Plain(code.to_string()))
    }

    fn as_csv(&self) -> String {
        match self {
            Cell::None => String::new(),
            Cell::Plain(text) => text.clone(),
            Cell::Text(text) => harmless(text),
            Cell::List(texts) => harmless(&texts.join(" ")),
        }
    }

    fn into_json(self) -> Value {
        match self {
            Cell::None => Value::Null,
            Cell::Plain(text) | Cell::Text(text) => Value::String(text),
            Cell::List(texts) => texts.into(),
        }
    }
}

fn cells(row: &CaseRow, zone: Tz) -> [Cell; COLUMNS.len()] {
    let begun = row.begun_at.with_timezone(&zone);
    [
        Cell::text(&row.number),
        Cell::Plain(begun.to_rfc3339_opts(SecondsFormat::Secs, false)),
        Cell::Plain(row.stage.code().to_string()),
        row.due
            .map_or(Cell::None, |day| Cell::Plain(day.to_string())),
        Cell::code(row.wait.map(|wait| wait.code())),
        Cell::Plain(row.goods.code().to_string()),
        Cell::code(row.outcome),
        Cell::code(row.service),
        Cell::text(&row.caller),
        Cell::text(&row.phone.as_ref().map(Phone::plain)),
        Cell::text(&row.model),
        Cell::text(&row.serial),
        Cell::text(&row.label),
        Cell::Plain(yuan(row.owed)),
        Cell::List(row.waybills.clone()),
    ]
}

/// An amount with two decimals and no signs of currency or grouping.
fn yuan(Fen(fen): Fen) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
}

/// A cell of text that neither a spreadsheet runs as a formula nor a terminal obeys.
fn harmless(text: &str) -> String {
    let starts = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    let shown = visible(text);
    match text.trim_start_matches(' ').starts_with(starts) {
        true => format!("'{shown}"),
        false => shown.into_owned(),
    }
}

fn csv_line(out: &mut dyn Write, cells: [String; COLUMNS.len()]) -> io::Result<()> {
    let mut line = csv::Writer::from_writer(out);
    line.write_record(cells)?;
    line.flush()
}

fn json_line(out: &mut dyn Write, cells: [Cell; COLUMNS.len()]) -> io::Result<()> {
    let object: Map<String, Value> = COLUMNS
        .iter()
        .zip(cells)
        .map(|(name, cell)| ((*name).to_string(), cell.into_json()))
        .collect();
    writeln!(out, "{}", escaped(&Value::Object(object).to_string()))
}

/// JSON as it is, but with every character that a terminal could obey, or that hides or turns text,
/// written by its number: outside strings JSON has only plain characters.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        let mut buffer = [0; 4];
        let alone: &str = c.encode_utf8(&mut buffer);
        if c.is_ascii() && !c.is_control() || !c.is_ascii() && visible(alone) == alone {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
