//! Fifty people at one desk, each a process of the real program in a pseudo-terminal, typing fast.
//!
//! `cargo bench --bench load [-- --sessions 50 --seconds 60 --flush 20]`
//!
//! Two people share each case, in different fields. Every value is one of its kind, so that it can be
//! looked for in the file afterwards: what was left and is not there is lost. Measured from the key
//! that leaves a field: until the caret stands in the next one on the terminal, and until another
//! process finds the value in the file. Once on the disk as it is, once with every flush taking longer
//! (`--flush` milliseconds; a small library is compiled for that where there is a C compiler).

mod figures;
mod file;
mod session;

use figures::{Figures, table};
use file::Desk;
use session::{Session, Typist};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// A key this often at a fast typist's pace.
const KEY: Duration = Duration::from_millis(125);
/// So long the last edits may take to arrive in the file.
const LAST: Duration = Duration::from_secs(60);

struct Plan {
    sessions: usize,
    seconds: u64,
    /// What a flush takes longer in the second run, in milliseconds.
    flush: u64,
}

impl Plan {
    fn from_arguments() -> Plan {
        let mut plan = Plan {
            sessions: 50,
            seconds: 60,
            flush: 20,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(name) = arguments.next() {
            let mut number = || {
                let said = arguments.next().and_then(|said| said.parse().ok());
                said.unwrap_or_else(|| panic!("{name} needs a number"))
            };
            match name.as_str() {
                "--sessions" => plan.sessions = number() as usize,
                "--seconds" => plan.seconds = number(),
                "--flush" => plan.flush = number(),
                _ => {}
            }
        }
        plan
    }
}

fn main() {
    // `cargo test --benches` starts it as well: it is no test.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let plan = Plan::from_arguments();
    let as_it_is = run(&plan, None);
    let mut columns = vec![("the disk as it is".to_string(), as_it_is)];
    let folder = tempfile::tempdir().expect("a folder");
    match compiled(folder.path()) {
        Some(library) => {
            let slow = run(&plan, Some((&library, plan.flush)));
            columns.push((format!("every flush {} ms longer", plan.flush), slow));
        }
        None => println!("no C compiler: the run with slow flushes is left out"),
    }
    println!(
        "\n{} sessions, two to a case, {} s, {} keys/s each\n",
        plan.sessions,
        plan.seconds,
        1.0 / KEY.as_secs_f64()
    );
    println!("{}", table(&columns));
    let lost: usize = columns.iter().map(|(_, figures)| figures.lost).sum();
    if lost > 0 {
        println!("{lost} edits were lost");
        std::process::exit(1);
    }
}

/// The library that makes flushes slow; none where there is no C compiler.
fn compiled(folder: &Path) -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/load/flush.c");
    let library = folder.join("flush.so");
    let done = Command::new("cc")
        .args(["-O2", "-shared", "-fPIC", "-o"])
        .args([&library, &source])
        .arg("-ldl")
        .status();
    done.ok()?.success().then_some(library)
}

fn run(plan: &Plan, slow: Option<(&Path, u64)>) -> Figures {
    let desk = Desk::new(plan.sessions);
    let mut sessions: Vec<Session> = (0..plan.sessions)
        .map(|number| Session::start(&desk, number, slow))
        .collect();
    // Everybody opens a case before anybody types.
    for session in &mut sessions {
        session.opens_its_case(&desk);
    }
    let mut watcher = desk.watcher();
    let mut typists: Vec<Typist> = sessions
        .iter()
        .enumerate()
        .map(|(number, _)| Typist::new(number, number % 2))
        .collect();
    let cpu_before: Duration = sessions.iter().map(Session::cpu).sum();
    for session in &mut sessions {
        session.forget_output();
    }
    let began = Instant::now();
    let end = began + Duration::from_secs(plan.seconds);
    // Nobody types in step with the others.
    let count = u32::try_from(plan.sessions).expect("so many");
    let mut due: Vec<Instant> = (0..count).map(|n| began + KEY * n / count).collect();
    let mut figures = Figures::default();
    loop {
        let now = Instant::now();
        let next = due.iter().min().copied().unwrap_or(end);
        if next >= end {
            break;
        }
        for (number, session) in sessions.iter_mut().enumerate() {
            if due[number] <= now {
                session.press(&mut typists[number], &mut figures);
                due[number] += KEY;
            }
        }
        session::read_all(&mut sessions, Duration::from_millis(1), &mut figures);
        watcher.look(&mut figures);
    }
    let took = began.elapsed();
    // Whoever is in the middle of a field leaves it.
    for (session, typist) in sessions.iter_mut().zip(&mut typists) {
        session.leaves(typist, &mut figures);
    }
    let patience = Instant::now() + LAST;
    while watcher.awaits(&figures) && Instant::now() < patience {
        session::read_all(&mut sessions, Duration::from_millis(5), &mut figures);
        watcher.look(&mut figures);
    }
    let cpu: Duration = sessions.iter().map(Session::cpu).sum();
    figures.cpu = (cpu.saturating_sub(cpu_before), took);
    figures.memory = sessions.iter().filter_map(Session::memory).collect();
    figures.bytes = sessions.iter().map(|session| session.bytes).sum();
    for session in &mut sessions {
        session.end();
    }
    figures.lost = desk.missing(&figures.left).len();
    figures
}
