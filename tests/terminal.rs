//! The loop and the terminal under what happens to them in the field: signals, lost lines, panics,
//! stalled output, pastes cut in the middle. The program under test is this file started again
//! inside a pseudo-terminal with a small driver ([`probe`]), so that nothing of the desk is needed.

mod support;

#[path = "terminal/probe.rs"]
mod probe;

use libtest_mimic::{Arguments, Trial};
use rustix::process::Signal;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use support::{Desk, Home, Program};

const TWO_SECONDS: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    if std::env::var_os(probe::MARK).is_some() {
        return probe::run();
    }
    let no_pty = support::pty_available().err();
    if let Some(why) = &no_pty {
        support::skip(why);
    }
    let tests: &[(&str, fn())] = &[
        (
            "without_a_terminal_it_says_so",
            without_a_terminal_it_says_so,
        ),
        (
            "leaving_gives_the_terminal_back",
            leaving_gives_the_terminal_back,
        ),
        (
            "signals_end_it_cleanly_with_what_was_half_typed",
            signals_end_it_cleanly_with_what_was_half_typed,
        ),
        (
            "a_request_to_suspend_is_refused",
            a_request_to_suspend_is_refused,
        ),
        (
            "after_a_stop_the_screen_is_whole_again",
            after_a_stop_the_screen_is_whole_again,
        ),
        (
            "a_lost_line_ends_it_with_what_was_half_typed",
            a_lost_line_ends_it_with_what_was_half_typed,
        ),
        (
            "a_line_lost_in_a_paste_keeps_what_arrived",
            a_line_lost_in_a_paste_keeps_what_arrived,
        ),
        (
            "a_lost_terminal_is_noticed_without_a_signal",
            a_lost_terminal_is_noticed_without_a_signal,
        ),
        (
            "ended_in_a_paste_it_keeps_what_arrived",
            ended_in_a_paste_it_keeps_what_arrived,
        ),
        (
            "a_driver_that_hangs_is_ended_when_the_line_is_lost",
            a_driver_that_hangs_is_ended_when_the_line_is_lost,
        ),
        ("escape_alone_is_a_key", escape_alone_is_a_key),
        (
            "an_unfinished_sequence_does_not_block_the_keys",
            an_unfinished_sequence_does_not_block_the_keys,
        ),
        (
            "a_pasted_megabyte_is_drawn_a_few_times",
            a_pasted_megabyte_is_drawn_a_few_times,
        ),
        (
            "a_burst_of_keys_is_drawn_a_few_times",
            a_burst_of_keys_is_drawn_a_few_times,
        ),
        ("idle_costs_nothing", idle_costs_nothing),
        (
            "a_typed_character_and_a_list_step_cost_few_bytes",
            a_typed_character_and_a_list_step_cost_few_bytes,
        ),
        (
            "the_caret_stands_behind_what_was_typed",
            the_caret_stands_behind_what_was_typed,
        ),
        ("any_size_is_drawn", any_size_is_drawn),
        (
            "a_panic_gives_the_terminal_back_and_saves",
            a_panic_gives_the_terminal_back_and_saves,
        ),
        (
            "a_panic_elsewhere_leaves_the_screen_alone",
            a_panic_elsewhere_leaves_the_screen_alone,
        ),
        (
            "a_terminal_that_does_not_read_holds_nothing_up",
            a_terminal_that_does_not_read_holds_nothing_up,
        ),
    ];
    let trials = tests
        .iter()
        .map(|&(name, test)| {
            let trial = Trial::test(name, move || {
                test();
                Ok(())
            });
            trial.with_ignored_flag(no_pty.is_some())
        })
        .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn program() -> Program {
    let this = std::env::current_exe().unwrap();
    Program::at(this, &[]).env(probe::MARK, "1")
}

fn start(home: &Home) -> Desk {
    let mut desk = program().start(home);
    desk.wait_for("typed:");
    desk
}

/// How the driver was told it ended, and what was half typed then.
fn ending(home: &Home) -> String {
    std::fs::read_to_string(home.path().join("home/ending")).unwrap_or_default()
}

fn ended(desk: &mut Desk, within: Duration) -> u32 {
    let status = desk.exited_within(within);
    let status = status.unwrap_or_else(|| panic!("it goes on; {}", desk.text()));
    assert_eq!(status.signal(), None, "ended by itself");
    status.exit_code()
}

fn without_a_terminal_it_says_so() {
    let home = Home::new();
    let output = Command::new(std::env::current_exe().unwrap())
        .env_clear()
        .envs(home.environment())
        .env(probe::MARK, "1")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "no terminal\n");
}

fn leaving_gives_the_terminal_back() {
    let home = Home::new();
    let mut desk = start(&home);
    assert!(desk.screen().bracketed_paste());
    desk.keys("ab<c-q>");
    assert_eq!(ended(&mut desk, TWO_SECONDS), 0);
    assert_eq!(desk.leftovers(), Vec::<&str>::new());
    assert_eq!(ending(&home), "Quit ab");
}

fn signals_end_it_cleanly_with_what_was_half_typed() {
    for (signal, number) in [
        (Signal::HUP, 1),
        (Signal::INT, 2),
        (Signal::QUIT, 3),
        (Signal::TERM, 15),
    ] {
        let home = Home::new();
        let mut desk = start(&home);
        desk.keys("王小");
        desk.wait_for("typed: 王小");
        desk.signal(signal);
        assert_eq!(ended(&mut desk, TWO_SECONDS), 128 + number);
        assert_eq!(desk.leftovers(), Vec::<&str>::new(), "{number}");
        assert_eq!(ending(&home), format!("Signal({number}) 王小"));
    }
}

fn a_request_to_suspend_is_refused() {
    let home = Home::new();
    let mut desk = start(&home);
    desk.signal(Signal::TSTP);
    desk.keys("x");
    desk.wait_for("typed: x");
}

fn after_a_stop_the_screen_is_whole_again() {
    let home = Home::new();
    let mut desk = start(&home);
    desk.keys("here");
    desk.wait_for("typed: here");
    desk.signal(Signal::STOP);
    desk.scribble(b"\x1b[?1049l\x1b[?2004l\x1b[2Jsomebody else's words");
    desk.cooked();
    desk.signal(Signal::CONT);
    desk.wait_for("typed: here");
    desk.wait_gone("somebody");
    assert!(desk.screen().bracketed_paste() && desk.screen().alternate_screen());
    assert_eq!(desk.caret(), Some((11, 0)));
    desk.keys(" again");
    desk.wait_for("typed: here again");
    desk.keys("<c-q>");
    ended(&mut desk, TWO_SECONDS);
    assert_eq!(desk.leftovers(), Vec::<&str>::new());
}

fn a_lost_line_ends_it_with_what_was_half_typed() {
    let home = Home::new();
    let mut desk = start(&home);
    desk.keys("138 0000");
    desk.wait_for("typed: 138 0000");
    desk.hang_up();
    // Either the keyboard or SIGHUP tells first.
    assert_eq!(ended(&mut desk, TWO_SECONDS), 129);
    let told = ending(&home);
    assert!(
        ["Lost 138 0000", "Signal(1) 138 0000"].contains(&told.as_str()),
        "{told}"
    );
}

fn a_line_lost_in_a_paste_keeps_what_arrived() {
    let home = Home::new();
    let mut desk = start(&home);
    desk.send("a\x1b[200~half of a pas".as_bytes());
    desk.wait_for("typed: ahalf of a pas");
    desk.send(" and mor".as_bytes());
    desk.wait_for("pas and mor");
    desk.hang_up();
    assert_eq!(ended(&mut desk, TWO_SECONDS), 129);
    let told = ending(&home);
    assert!(told.ends_with(" ahalf of a pas and mor"), "{told}");
}

fn a_lost_terminal_is_noticed_without_a_signal() {
    let home = Home::new();
    // As a program that is nobody's session leader: no SIGHUP comes.
    let mut desk = program().uncontrolled().start(&home);
    desk.keys("138");
    desk.wait_for("typed: 138");
    desk.hang_up();
    assert_eq!(ended(&mut desk, TWO_SECONDS), 129);
    assert_eq!(ending(&home), "Lost 138");
}

fn ended_in_a_paste_it_keeps_what_arrived() {
    let home = Home::new();
    let mut desk = start(&home);
    desk.send("a\x1b[200~half of a pas".as_bytes());
    desk.signal(Signal::TERM);
    assert_eq!(ended(&mut desk, TWO_SECONDS), 143);
    assert_eq!(ending(&home), "Signal(15) ahalf of a pas");
}

fn a_driver_that_hangs_is_ended_when_the_line_is_lost() {
    let home = Home::new();
    let mut desk = start(&home);
    desk.keys("<f10>");
    let hanging = home.path().join("home/hanging");
    assert!(desk.wait_quietly(TWO_SECONDS, |_| hanging.exists()));
    desk.hang_up();
    assert_eq!(ended(&mut desk, TWO_SECONDS), 129);
}

fn escape_alone_is_a_key() {
    let home = Home::new();
    let mut desk = start(&home);
    desk.keys("<esc>");
    desk.wait_for("key: Esc");
    desk.keys("<esc>a");
    desk.wait_for("typed: a");
}

fn an_unfinished_sequence_does_not_block_the_keys() {
    let home = Home::new();
    let mut desk = start(&home);
    for unfinished in ["\x1b[", "\x1b[1;", "\x1b]0;", "\x1bO"] {
        desk.send(unfinished.as_bytes());
        // A key that comes at once can be taken for the rest of the sequence; a later one cannot.
        let end = Instant::now() + Duration::from_secs(1);
        while !desk.text().contains("key: F(5)") && Instant::now() < end {
            desk.keys("<f5>");
            desk.wait_quietly(Duration::from_millis(100), |d| {
                d.text().contains("key: F(5)")
            });
        }
        desk.wait_for("key: F(5)");
        desk.keys("<f4>");
        desk.wait_for("key: F(4)");
    }
}

fn a_pasted_megabyte_is_drawn_a_few_times() {
    let home = Home::new();
    let mut desk = start(&home);
    let text = "王小明 0123456789\n".repeat(50_000);
    desk.paste(&text);
    desk.wait_for("length: 750000");
    desk.keys("<f7>");
    desk.wait_for("frames:");
    assert!(probe::frames(&desk.text()) <= 6, "{}", desk.text());
}

fn a_burst_of_keys_is_drawn_a_few_times() {
    let home = Home::new();
    let mut desk = start(&home);
    desk.send("0123456789".repeat(300).as_bytes());
    desk.wait_for("length: 3000");
    desk.keys("<f7>");
    desk.wait_for("frames:");
    assert!(probe::frames(&desk.text()) <= 12, "{}", desk.text());
}

fn idle_costs_nothing() {
    let home = Home::new();
    let mut desk = start(&home);
    for (what, key) in [
        ("without a timer", "x"),
        ("with a poll four times a second", "<f2>"),
    ] {
        desk.keys(key);
        desk.settle();
        desk.counted_bytes();
        let Some(before) = desk.cpu() else {
            return support::skip("the system does not say how much time a process took");
        };
        desk.wait_quietly(TWO_SECONDS, |d| d.exit_status().is_some());
        let spent = desk.cpu().unwrap() - before;
        eprintln!("idle {what}: {spent:?} of CPU in two seconds");
        assert_eq!(desk.counted_bytes(), 0, "{what}");
        assert!(
            spent < Duration::from_millis(4),
            "{spent:?} in two seconds {what}"
        );
    }
}

fn a_typed_character_and_a_list_step_cost_few_bytes() {
    let home = Home::new();
    let mut desk = start(&home);
    desk.keys("x");
    desk.wait_for("typed: x");
    // The character itself, and on another line its name and the length.
    let typed = desk.bytes_for("y");
    assert!(typed <= 30, "{typed} bytes for a character");
    let wide = desk.bytes_for("王");
    assert!(wide <= 36, "{wide} bytes for a wide character");
    desk.keys("<down>");
    let step = desk.bytes_for("<down>");
    assert!(step <= 40, "{step} bytes for a step in a list");
    eprintln!("bytes: {typed} a character, {wide} a wide one, {step} a step");
}

fn the_caret_stands_behind_what_was_typed() {
    let home = Home::new();
    let mut desk = start(&home);
    desk.keys("a王b");
    desk.wait_for("typed: a王b");
    desk.wait_until("the caret", |s| {
        s.cursor_position() == (0, 11) && !s.hide_cursor()
    });
    assert_eq!(desk.caret(), Some((11, 0)));
}

fn any_size_is_drawn() {
    let home = Home::new();
    let mut desk = start(&home);
    for (cols, rows) in [(1, 1), (2, 1), (1, 30), (300, 2), (40, 12), (200, 60)] {
        desk.resize(cols, rows);
        desk.keys("z");
    }
    desk.wait_for("length: 6");
    desk.wait_for("size: 200x60");
    desk.resize(80, 24);
    desk.wait_for("size: 80x24");
}

fn a_panic_gives_the_terminal_back_and_saves() {
    for (key, place) in [("<f11>", "in an event"), ("<f12>", "while drawing")] {
        let home = Home::new();
        let mut desk = start(&home);
        desk.keys("half");
        desk.wait_for("typed: half");
        desk.keys(key);
        assert_eq!(ended(&mut desk, TWO_SECONDS), 101, "{place}");
        assert_eq!(desk.leftovers(), Vec::<&str>::new(), "{place}");
        let shown = desk.text();
        assert!(
            shown.contains("The desk had to close ("),
            "{place}: {shown}"
        );
        assert!(shown.contains("probe.rs:"), "{place}: {shown}");
        assert!(!shown.contains("secret"), "{place}: {shown}");
        assert_eq!(ending(&home), "Panicked half", "{place}");
    }
}

fn a_panic_elsewhere_leaves_the_screen_alone() {
    let home = Home::new();
    let mut desk = start(&home);
    desk.keys("<f9>");
    desk.keys("on");
    desk.wait_for("typed: on");
    assert!(!desk.text().contains("had to close"));
    desk.keys("<c-q>");
    assert_eq!(ended(&mut desk, TWO_SECONDS), 0);
    assert!(desk.text().contains("had to close"), "{}", desk.text());
}

fn a_terminal_that_does_not_read_holds_nothing_up() {
    let home = Home::new();
    let mut desk = start(&home);
    desk.keys("<f6>");
    desk.settle();
    // From here on nobody reads. Keys are typed until frames find no room any more, and on.
    let (mut typed, mut frames) = (String::new(), (String::new(), Instant::now()));
    let end = Instant::now() + Duration::from_secs(20);
    while frames.1.elapsed() < Duration::from_millis(100) {
        desk.send_blindly(b"x");
        typed.push('x');
        let (length, drawn) = loop {
            let told = std::fs::read_to_string(home.path().join("home/acted")).unwrap_or_default();
            let (length, drawn) = told.split_once(' ').unwrap_or_default();
            if length == typed.len().to_string() {
                break (typed.len(), drawn.to_owned());
            }
            assert!(
                Instant::now() < end,
                "a key waits for the output: {told} of {}",
                typed.len()
            );
            std::thread::yield_now();
        };
        if frames.0 != drawn {
            frames = (drawn, Instant::now());
        }
        assert!(
            Instant::now() < end,
            "the output never stalls ({length} keys)"
        );
    }
    desk.signal(Signal::TERM);
    let asked = Instant::now();
    while desk.exit_status().is_none() && asked.elapsed() < TWO_SECONDS {
        std::thread::yield_now();
    }
    assert_eq!(desk.exit_status().map(|s| s.exit_code()), Some(143));
    assert_eq!(ending(&home), format!("Signal(15) {typed}"));
}
