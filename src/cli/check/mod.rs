//! `aftercare check`: the terms without a screen. Objects in, decisions out, in order.

mod json;
mod pretty;
pub mod read;
pub mod reason;
mod stream;

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::store::Cause;
use crate::terms::{Calendar, Library, assess};
use crate::ui::i18n::{Arg, Words};
use crate::ui::text::visible;

use super::{cause, opening, terms_folder};

/// Decide cases by the terms: JSON objects in, one JSON object a line out.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// A file of JSON objects (JSON Lines); `-` or nothing reads standard input.
    pub file: Option<PathBuf>,
    /// Print for a person, clause by clause.
    #[arg(long)]
    pub pretty: bool,
    /// A folder of further versions of the terms (`*.toml`), each in force from its own date.
    #[arg(long, value_name = "DIR")]
    pub terms: Option<PathBuf>,
}

/// Bad input, as programs report it.
const BAD_INPUT: u8 = 2;

/// Runs the command: 0 whatever the decisions are, 2 on bad input.
pub fn run(args: &CheckArgs, words: &Words) -> ExitCode {
    match check(args, words) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads the results has seen enough.
        Err(Stop::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Stop::Output(error)) => {
            let why = cause::system(words, &error);
            complain(&words.say_with("check-unwritable", &[("why", Arg::Text(&why))]));
            ExitCode::FAILURE
        }
        Err(Stop::Input(message)) => {
            complain(&message);
            ExitCode::from(BAD_INPUT)
        }
    }
}

/// Says what is wrong; nothing is left to do where even that cannot be written.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "aftercare check: {}", visible(message));
}

enum Stop {
    Input(String),
    Output(io::Error),
}

fn check(args: &CheckArgs, words: &Words) -> Result<(), Stop> {
    let mut library = Library::built_in();
    if let Some(folder) = &args.terms {
        terms_folder::add_versions(&mut library, folder)
            .map_err(|refused| Stop::Input(opening::refused_file(words, &refused)))?;
    }
    let calendar = Calendar::built_in();
    let input = open(args, words)?;
    let mut output = BufWriter::new(io::stdout().lock());
    for case in read::cases(input) {
        let facts = match case {
            Ok(facts) => facts,
            Err(bad) => {
                output.flush().map_err(Stop::Output)?;
                return Err(Stop::Input(reason::told(words, &bad)));
            }
        };
        let terms = library.in_force(facts.as_of);
        let assessment = assess(&facts, terms, &calendar);
        let printed = if args.pretty {
            pretty::print(&mut output, words, &facts, &assessment, (terms, &calendar))
        } else {
            let line = json::object(words, &assessment, terms);
            writeln!(output, "{line}")
        };
        printed
            .and_then(|()| output.flush())
            .map_err(Stop::Output)?;
    }
    output.flush().map_err(Stop::Output)
}

fn open(args: &CheckArgs, words: &Words) -> Result<Box<dyn Read>, Stop> {
    match &args.file {
        Some(path) if path.as_os_str() != "-" => {
            let file = File::open(path).map_err(|error| {
                let cause = Cause::system(&error);
                Stop::Input(opening::unreadable(words, path, &cause))
            })?;
            Ok(Box::new(file))
        }
        _ => Ok(Box::new(io::stdin())),
    }
}
