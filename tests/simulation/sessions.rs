//! Several sessions on one file, with a schedule made up at random.

use super::place::knowledge;
use super::seeds::Seeds;
use super::world::{self, Reached};
use std::sync::Mutex;

/// Steps of one run.
const STEPS: usize = 500;

/// What has to happen in a run of many seeds.
const WANTED: &[&str] = &[
    "session",
    "quit",
    "crash",
    "hang-up",
    "killed inside",
    "power loss",
    "clock jump",
    "full disk",
    "draft claimed",
    "shown out",
    "begin",
    "edit",
    "authorise",
    "receive",
    "undo",
    "close",
    "quote-line",
    "issue-quote",
];

#[test]
fn many_sessions_on_one_file_lose_nothing() {
    let seeds = Seeds::of("sessions", 40, 2000);
    let all = Mutex::new(Reached::default());
    seeds.run(|seed, knowledge| {
        let (reached, changes) = world::run(seed, STEPS, knowledge)?;
        all.lock().unwrap().add(reached);
        Ok(changes.len())
    });
    // What did not happen was not tested.
    let all = all.into_inner().unwrap().0;
    let least = if seeds.count() == 1 { 0 } else { 1 };
    for what in WANTED {
        let count = all.get(*what).copied().unwrap_or(0);
        assert!(count >= least, "{what} never happened: {all:?}");
    }
}

#[test]
fn the_same_seed_is_the_same_run() {
    let knowledge = knowledge();
    for seed in [3, 4] {
        let first = world::run(seed, STEPS, &knowledge).unwrap();
        let again = world::run(seed, STEPS, &knowledge).unwrap();
        assert_eq!(first, again);
        assert!(first.1.len() > 20, "{} changes", first.1.len());
    }
}
