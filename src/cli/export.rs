//! `aftercare export`: every case as one line, for a spreadsheet or a script.

mod sheet;
mod xlsx;

use std::fs::OpenOptions;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::{DateTime, NaiveDate, SecondsFormat};
use chrono_tz::Tz;
use serde_json::{Map, Value};

use super::arguments::Session;
use super::{Stop, cause, start};
use crate::app::opening::Opened;
use crate::desk::encoding::MARK;
use crate::desk::money::Fen;
use crate::desk::phone::Phone;
use crate::store::Trouble;
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible;
use crate::work::row::CaseRow;

/// How the cases are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Comma-separated, with a line of names first, as spreadsheets read it.
    #[default]
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// A workbook of Excel, with days, moments and amounts as such.
    Xlsx,
}

impl Format {
    /// The format a word names.
    pub fn from_code(code: &str) -> Option<Format> {
        match code {
            "csv" => Some(Format::Csv),
            "jsonl" => Some(Format::Jsonl),
            "xlsx" => Some(Format::Xlsx),
            _ => None,
        }
    }
}

/// What is exported, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Export {
    /// How it is written.
    pub format: Format,
    /// Open cases only.
    pub open: bool,
    /// CSV for a program rather than for a spreadsheet: no byte order mark, and cells as they are.
    pub plain: bool,
}

/// What is exported. The help is in `assets/i18n` (`cli-arg-export-...`).
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    #[arg(long, value_name = "csv|jsonl|xlsx", value_parser = parse_format)]
    pub format: Option<Format>,
    #[arg(long)]
    pub open: bool,
    #[arg(long)]
    pub plain: bool,
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub db: Option<PathBuf>,
}

fn parse_format(text: &str) -> Result<Format, String> {
    Format::from_code(text).ok_or_else(|| text.to_string())
}

/// The names of the columns, in order.
const COLUMNS: [&str; 18] = [
    "number",
    "begun",
    "stage",
    "due",
    "waiting",
    "goods",
    "outcome",
    "service",
    "caller",
    "phone",
    "model",
    "serial",
    "label",
    "owed",
    "waybills",
    "paid",
    "credit",
    "price_back",
];

/// So many cases are read at a time, so that nobody's reading holds the desk up.
const PAGE: usize = 500;

/// Exports for whoever owns the file.
pub fn run(args: ExportArgs, session: Session, words: &Words) -> ExitCode {
    let session = Session {
        db: args.db.or(session.db),
        ..session
    };
    let export = Export {
        format: args.format.unwrap_or_default(),
        open: args.open,
        plain: args.plain,
    };
    let written = start::open_there(&session, words).and_then(|started| match &args.output {
        Some(file) => write_file(&started.opened, export, file, words),
        None => write(&started.opened, export, words),
    });
    start::end(written.map(|()| ExitCode::SUCCESS))
}

/// Writes the cases of a desk to standard output, oldest first.
///
/// # Errors
/// What the file or the output said; a workbook is not written to a terminal.
pub fn write(opened: &Opened, export: Export, words: &Words) -> Result<(), Stop> {
    if export.format == Format::Xlsx && io::stdout().is_terminal() {
        return Err(Stop::refused(words.say("export-terminal")));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    match stream(opened, export, &mut out) {
        Err(Fault::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|fault| told(&fault, words)),
    }
}

/// Writes them to a new file that is its owner's alone; one that is there stays as it is.
fn write_file(opened: &Opened, export: Export, file: &Path, words: &Words) -> Result<(), Stop> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let output = options.open(file).map_err(Fault::Output);
    let done = output.and_then(|output| {
        let done = match export.format {
            Format::Xlsx => {
                let book = book(opened, export.open)?;
                book.save(&output).map_err(Fault::Output)
            }
            _ => stream(opened, export, &mut BufWriter::new(output)),
        };
        if done.is_err() {
            // Half of an export is none.
            let _ = std::fs::remove_file(file);
        }
        done
    });
    done.map_err(|fault| told(&fault, words))
}

fn told(fault: &Fault, words: &Words) -> Stop {
    let why = match fault {
        Fault::Store(trouble) => cause::trouble(words, trouble),
        Fault::Output(error) => cause::system(words, error),
        Fault::TooMany { most } => {
            let most = Arg::Number(i64::from(*most));
            words.say_with("export-too-many", &[("most", most)])
        }
    };
    Stop::failed(words.say_with("export-failed", &[("why", Arg::Text(&why))]))
}

enum Fault {
    Store(Trouble),
    Output(io::Error),
    /// More cases than a sheet has rows.
    TooMany {
        most: u32,
    },
}

fn stream(opened: &Opened, export: Export, out: &mut dyn Write) -> Result<(), Fault> {
    let zone = opened.knowledge.zone;
    let written = |done: io::Result<()>| done.map_err(Fault::Output);
    match export.format {
        Format::Xlsx => {
            let book = book(opened, export.open)?;
            written(book.print(out))?;
        }
        Format::Jsonl => each(opened, export.open, |row| {
            written(json_line(out, cells(row, zone)))
        })?,
        Format::Csv => {
            let cell = if export.plain {
                sheet::plain
            } else {
                sheet::kept
            };
            if !export.plain {
                written(out.write_all(MARK))?;
            }
            written(csv_line(out, COLUMNS.map(str::to_string)))?;
            each(opened, export.open, |row| {
                written(csv_line(out, cells(row, zone).map(|it| cell(&it))))
            })?;
        }
    }
    written(out.flush())
}

/// A workbook with the cases.
fn book(opened: &Opened, open: bool) -> Result<xlsx::Book, Fault> {
    let zone = opened.knowledge.zone;
    let mut book = xlsx::Book::begin().map_err(Fault::Output)?;
    each(opened, open, |row| book.add(&cells(row, zone)))?;
    Ok(book)
}

/// Every case, oldest first.
fn each(
    opened: &Opened,
    open: bool,
    mut take: impl FnMut(&CaseRow) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut after = None;
    loop {
        let view = opened.store.view();
        let page = view.cases_after(after, PAGE, open).map_err(Fault::Store)?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.id);
        page.iter().try_for_each(&mut take)?;
    }
}

fn csv_line(out: &mut dyn Write, cells: [String; COLUMNS.len()]) -> io::Result<()> {
    let mut line = csv::Writer::from_writer(out);
    line.write_record(cells)?;
    line.flush()
}

/// What stands in one place of a line.
enum Cell {
    /// Nothing is known.
    None,
    /// A word of ours.
    Word(&'static str),
    /// A number that tells a thing from others: every character of it counts.
    Identifier(String),
    /// What a person wrote.
    Text(String),
    /// Several numbers of parcels.
    List(Vec<String>),
    /// A day.
    Day(NaiveDate),
    /// A moment, by the clock of the service centre.
    Moment(DateTime<Tz>),
    /// An amount.
    Money(Fen),
}

impl Cell {
    fn text(text: &Option<String>) -> Cell {
        text.clone().map_or(Cell::None, Cell::Text)
    }

    fn identifier(text: &Option<String>) -> Cell {
        text.clone().map_or(Cell::None, Cell::Identifier)
    }

    fn code(code: Option<&'static str>) -> Cell {
        code.map_or(Cell::None, Cell::Word)
    }

    /// As text, whatever reads it.
    fn plain(&self) -> String {
        match self {
            Cell::None => String::new(),
            Cell::Word(word) => (*word).to_string(),
            Cell::Identifier(text) | Cell::Text(text) => text.clone(),
            Cell::List(texts) => texts.join(" "),
            Cell::Day(day) => day.to_string(),
            Cell::Moment(moment) => moment.to_rfc3339_opts(SecondsFormat::Secs, false),
            Cell::Money(fen) => yuan(*fen),
        }
    }

    fn into_json(self) -> Value {
        match self {
            Cell::None => Value::Null,
            Cell::List(texts) => texts.into(),
            other => Value::String(other.plain()),
        }
    }
}

fn cells(row: &CaseRow, zone: Tz) -> [Cell; COLUMNS.len()] {
    [
        Cell::identifier(&row.number),
        Cell::Moment(row.begun_at.with_timezone(&zone)),
        Cell::Word(row.stage.code()),
        row.due.map_or(Cell::None, Cell::Day),
        Cell::code(row.wait.map(|wait| wait.code())),
        Cell::Word(row.goods.code()),
        Cell::code(row.outcome),
        Cell::code(row.service),
        Cell::text(&row.caller),
        Cell::identifier(&row.phone.as_ref().map(Phone::plain)),
        Cell::text(&row.model),
        Cell::identifier(&row.serial),
        Cell::identifier(&row.label),
        Cell::Money(row.owed),
        Cell::List(row.waybills.clone()),
        // What came in and was not given back; what of it is to be given back; the price of a return.
        Cell::Money(row.paid),
        Cell::Money(row.credit),
        Cell::code(row.price_open.then_some("open")),
    ]
}

/// An amount with two decimals and no signs of currency or grouping.
fn yuan(Fen(fen): Fen) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
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
