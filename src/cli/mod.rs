//! Arguments and subcommands. Floor F5.

pub mod check;
pub mod terms_folder;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The after-sales desk in a terminal.
#[derive(Debug, Parser)]
#[command(name = "aftercare", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::CheckArgs),
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    match Arguments::parse().command {
        Some(Command::Check(args)) => check::run(&args),
        None => ExitCode::SUCCESS,
    }
}
