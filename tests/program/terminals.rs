//! Terminals that people really use: GNU screen in a Chinese locale, terminals that draw characters of
//! ambiguous width over two columns, light backgrounds, terminals that answer nothing.

use crate::support::desk::PATIENCE;
use crate::support::{Desk, Home, Program, skip};
use aftercare::ui::ambiguous::{Ambiguous, counting, is_ambiguous, shown, stand_in};
use aftercare::ui::text::width;
use std::path::Path;
use std::process::Command;
use unicode_segmentation::UnicodeSegmentation as _;

/// What asks for the place of the cursor.
const QUESTION: &[u8] = b"\x1b[6n";

fn questions(desk: &Desk) -> usize {
    let written = desk.written();
    written
        .windows(QUESTION.len())
        .filter(|part| *part == QUESTION)
        .count()
}

/// A home with the demo desk in it.
fn demo() -> Home {
    let home = Home::new();
    let db = home.db().display().to_string();
    let done = home.aftercare(&["demo", "--today", "2026-11-20", "--db", &db]);
    assert!(done.status.success(), "{done:?}");
    home
}

const OPEN: [&str; 4] = ["--today", "2026-11-20", "--language", "zh-CN"];

/// A sign of the board that takes two columns on a wide terminal, and is not used there.
const SIGN: char = '▲';

/// The screens that are compared: the keys that lead there, and what stands in the first row then.
const WAY: [(&str, &str); 5] = [
    ("", "看板"),
    ("eksempel", "看板"),
    ("<enter>", "Bjørn"),
    ("<f7>", "历史"),
    ("<f2>", "工单"),
];

/// Goes the way on one terminal and returns the text of each screen.
fn walk(desk: &mut Desk) -> Vec<String> {
    let mut screens = Vec::new();
    for (keys, there) in WAY {
        desk.keys(keys);
        let came = desk.wait_quietly(PATIENCE, |desk| {
            let text = desk.text();
            text.lines().next().is_some_and(|row| row.contains(there))
        });
        assert!(came, "{there} does not come:\n{}", desk.text());
        desk.settle();
        screens.push(desk.text());
    }
    screens
}

/// Cell by cell: each row of a wide terminal is that of a narrow one, with what looks alike in the
/// place of each sign; where a name has letters of two columns, word by word.
fn assert_same(wide: &[String], narrow: &[String]) {
    assert_eq!(wide.len(), narrow.len());
    for (wide, narrow) in wide.iter().zip(narrow) {
        let (ours, theirs): (Vec<&str>, Vec<&str>) =
            (wide.lines().collect(), narrow.lines().collect());
        assert_eq!(ours.len(), theirs.len(), "\n{wide}\n\n{narrow}");
        for (row, should) in ours.iter().zip(theirs) {
            let expected: String = counting(Ambiguous::Wide, || {
                should.graphemes(true).map(shown).collect()
            });
            if expected.chars().any(is_ambiguous) {
                let (seen, meant) = (row.split_whitespace(), expected.split_whitespace());
                let (seen, meant): (Vec<&str>, Vec<&str>) = (seen.collect(), meant.collect());
                let same = |(ours, theirs): (&&str, &&str)| match ours.strip_suffix('~') {
                    // Cut off where the room ends, which is earlier here.
                    Some(begun) => theirs.starts_with(begun),
                    None => ours == theirs,
                };
                let is_same = seen.len() == meant.len() && seen.iter().zip(&meant).all(same);
                assert!(is_same, "{row}\n{expected}\n\n{wide}\n\n{narrow}");
            } else {
                assert_eq!(*row, expected, "\n{wide}\n\n{narrow}");
            }
            let columns = counting(Ambiguous::Wide, || width(row));
            assert!(columns <= 80, "{row}");
        }
    }
}

#[test]
fn a_terminal_that_draws_such_characters_wide_shows_what_a_narrow_one_shows() {
    need_pty!();
    let (one, other) = (demo(), demo());
    let mut wide = Program::aftercare(&OPEN).wide().start(&one);
    let mut narrow = Program::aftercare(&OPEN).start(&other);
    let (seen, should) = (walk(&mut wide), walk(&mut narrow));
    assert!(
        should
            .iter()
            .any(|text| text.contains('│') && text.contains('·'))
    );
    assert_same(&seen, &should);
    assert!(!seen.iter().any(|text| {
        text.chars()
            .any(|c| stand_in(c).is_some() && is_ambiguous(c))
    }));
}

#[test]
fn what_customers_are_called_and_say_is_whole_on_a_wide_terminal() {
    need_pty!();
    let home = Home::new();
    let mut desk = Program::aftercare(&[]).wide().start(&home);
    desk.keys("<c-n>13800000000<tab>");
    desk.keys("Жанна Ångström-Müller<tab>");
    desk.wait_for("Жанна Ångström-Müller");
    // Behind the name nothing is drawn over anything: a line, the checks, the head.
    desk.keys("<paste:CK-80 “HV” × 2 …><tab>");
    desk.wait_for("CK-80 \"HV\" x 2 ~");
    desk.keys("<s-tab>");
    desk.settle();
    let text = desk.text();
    assert!(text.contains("Жанна Ångström-Müller"), "{text}");
    for row in text.lines().filter(|row| row.contains('|')) {
        let before = row.split('|').next().unwrap();
        let columns = counting(Ambiguous::Wide, || width(before));
        let first = text.lines().find(|row| row.contains('|')).unwrap();
        let line = first.split('|').next().unwrap();
        assert_eq!(columns, counting(Ambiguous::Wide, || width(line)), "{text}");
    }
    // The caret stands behind a name as the terminal counts it.
    desk.keys("<s-tab>");
    desk.settle();
    let before = desk.caret().expect("a caret");
    desk.keys("<end>ж");
    desk.settle();
    let after = desk.caret().expect("a caret");
    assert!(after.0 >= before.0, "{before:?} {after:?}");
}

#[test]
fn whoever_knows_better_says_how_wide_and_is_not_asked() {
    need_pty!();
    let home = demo();
    let args = [&OPEN[..], &["--ambiguous", "wide", "--background", "dark"]].concat();
    let mut desk = Program::aftercare(&args).start(&home);
    desk.wait_for("F1");
    desk.settle();
    assert_eq!(questions(&desk), 0);
    assert!(!desk.text().contains(SIGN));
    let plain = Program::aftercare(&OPEN).env("AFTERCARE_AMBIGUOUS", "wide");
    let mut desk = plain.start(&home);
    desk.wait_for("F1");
    desk.settle();
    assert!(!desk.text().contains(SIGN), "{}", desk.text());
    let narrow = [&OPEN[..], &["--ambiguous", "narrow"]].concat();
    let mut desk = Program::aftercare(&narrow).wide().start(&home);
    desk.wait_for("F1");
    desk.settle();
    assert!(desk.text().contains(SIGN), "{}", desk.text());
}

#[test]
fn a_resize_asks_again_and_the_screen_follows() {
    need_pty!();
    let home = demo();
    let mut desk = Program::aftercare(&OPEN).start(&home);
    desk.wait_for("F1");
    desk.settle();
    assert_eq!(questions(&desk), 1);
    assert!(desk.text().contains(SIGN), "{}", desk.text());
    // Another terminal behind the same line.
    desk.become_wide();
    desk.resize(100, 30);
    desk.wait_gone(&SIGN.to_string());
    desk.settle();
    assert_eq!(questions(&desk), 2);
    assert!(desk.text().contains("RMA26-"), "{}", desk.text());
}

#[test]
fn a_terminal_that_never_answers_is_asked_once_and_counts_as_narrow() {
    need_pty!();
    let home = demo();
    let mut desk = Program::aftercare(&OPEN).mute().start(&home);
    desk.wait_for("F1");
    desk.settle();
    assert_eq!(questions(&desk), 1);
    assert!(desk.text().contains(SIGN), "{}", desk.text());
    desk.keys("<down><enter>");
    desk.settle();
    desk.keys("<c-q>");
    assert!(desk.exited_within(PATIENCE).is_some_and(|it| it.success()));
    assert_eq!(questions(&desk), 1);
}

#[test]
fn an_answer_that_comes_late_changes_the_screen_and_types_nothing() {
    need_pty!();
    let home = demo();
    let other = demo();
    let mut narrow = Program::aftercare(&OPEN).start(&other);
    narrow.wait_for("F1");
    narrow.settle();
    let mut desk = Program::aftercare(&OPEN).mute().wide().start(&home);
    desk.wait_for("F1");
    desk.settle();
    for piece in ["\x1b]11;rgb:ff", "ff/ffff/ffff\x1b", "\\\x1b[2", ";3", "R"] {
        desk.send(piece.as_bytes());
        desk.settle();
    }
    desk.wait_gone(&SIGN.to_string());
    desk.settle();
    // The same screen with other signs: nothing was typed into the search.
    assert_same(&[desk.text()], &[narrow.text()]);
}

#[test]
fn the_background_decides_on_the_colours() {
    need_pty!();
    let colour = |background: Option<&str>, args: &[&str]| {
        let home = Home::new();
        let mut program = Program::aftercare(args);
        if let Some(background) = background {
            program = program.background(background);
        }
        let mut desk = program.start(&home);
        desk.keys("<c-n>");
        desk.wait_for("Caller");
        desk.settle();
        let text = desk.text();
        let row = text
            .lines()
            .position(|line| line.contains("Caller"))
            .unwrap();
        desk.screen().cell(row as u16, 1).unwrap().fgcolor()
    };
    let (cyan, on_light, unknown) = (
        vt100::Color::Idx(6),
        vt100::Color::Idx(23),
        vt100::Color::Idx(31),
    );
    assert_eq!(colour(Some("rgb:ffff/ffff/ffff"), &[]), on_light);
    assert_eq!(colour(Some("rgb:fdfd/f6f6/e3e3"), &[]), on_light);
    assert_eq!(colour(Some("rgb:0000/2b2b/3636"), &[]), cyan);
    assert_eq!(colour(None, &[]), unknown);
    let light = ["--background", "light"];
    assert_eq!(colour(Some("rgb:0000/0000/0000"), &light), on_light);
}

/// Why screen and tmux cannot be compared here.
fn multiplexers() -> Result<(), String> {
    for program in ["/usr/bin/screen", "/usr/bin/tmux", "/usr/bin/localedef"] {
        if !Path::new(program).exists() {
            return Err(format!("{program} is not installed"));
        }
    }
    match Path::new("/usr/share/i18n/locales/zh_CN").exists() {
        true => Ok(()),
        false => Err("the package locales is not installed".to_owned()),
    }
}

#[test]
fn in_gnu_screen_under_a_chinese_locale_the_desk_is_as_in_tmux() {
    need_pty!();
    if let Err(why) = multiplexers() {
        return skip(&why);
    }
    let (one, other) = (demo(), demo());
    let at = |home: &Home, name: &str| home.path().join(name).display().to_string();
    let made = Command::new("/usr/bin/localedef")
        .args(["-i", "zh_CN", "-f", "UTF-8", &at(&one, "zh_CN.UTF-8")])
        .output()
        .unwrap();
    assert!(Path::new(&at(&one, "zh_CN.UTF-8")).exists(), "{made:?}");
    let desk = env!("CARGO_BIN_EXE_aftercare");
    let args = |first: &[&str]| {
        let all = first.iter().copied().chain([desk]).chain(OPEN);
        all.map(str::to_owned).collect::<Vec<_>>()
    };
    let started = |path: &str, args: Vec<String>| {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        Program::at(path.into(), &args)
    };
    let sockets = at(&one, "sockets");
    std::fs::create_dir(&sockets).unwrap();
    let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::set_permissions(&sockets, private).unwrap();
    // What screen writes counts these characters as two columns, and so does the terminal around it.
    let mut in_screen = started("/usr/bin/screen", args(&["-c", "/dev/null", "-U"]))
        .env("LOCPATH", &one.path().display().to_string())
        .env("LC_ALL", "zh_CN.UTF-8")
        .env("SCREENDIR", &sockets)
        .wide()
        .spawn(&one);
    let socket = at(&other, "tmux");
    let bare = ["-u", "-f", "/dev/null", "-S", &socket];
    let session = [&bare[..], &["new-session"]].concat();
    let mut in_tmux = started("/usr/bin/tmux", args(&session))
        .size(80, 25) // with its line of status
        .env("LC_ALL", "C.UTF-8")
        .spawn(&other);
    let seen = walk(&mut in_screen);
    let should: Vec<String> = walk(&mut in_tmux)
        .iter()
        .map(|text| {
            let rows: Vec<&str> = text.lines().take(24).collect();
            rows.join("\n").trim_end().to_string()
        })
        .collect();
    let _ = Command::new("/usr/bin/tmux")
        .args(bare)
        .arg("kill-server")
        .output();
    in_screen.keys("<c-q>");
    in_screen.exited_within(PATIENCE);
    assert!(
        should
            .iter()
            .any(|text| text.contains('│') && text.contains('·'))
    );
    assert_same(&seen, &should);
}
