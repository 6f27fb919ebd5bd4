//! The board.

use aftercare::desk::field::Field;
use aftercare::desk::id::EntityId;
use aftercare::desk::language::Language;
use aftercare::desk::money::Fen;
use aftercare::desk::phone::Phone;
use aftercare::flow::command::Command;
use aftercare::flow::event::{Event, Found};
use aftercare::flow::state::State;
use aftercare::ui::theme::Theme;
use aftercare::work::row::CaseRow;
use aftercare::work::standing::{GoodsAt, Stage, Wait};
use chrono::{Duration, NaiveDate, TimeZone, Utc};

use crate::memory::{Desk, day};
use crate::support::{self, TODAY, draw, draw_with, keep, keep_at};

const CALLERS: [&str; 6] = [
    "王小明",
    "Li Na",
    "欧阳海天",
    "陈",
    "Alexandra Featherstonehaugh",
    "深圳市飞翔航模器材有限公司",
];
const MODELS: [&str; 3] = ["CK-80 HV", "CK-60", "飞控 F7 专业版"];

fn today() -> NaiveDate {
    day(TODAY)
}

/// An invented case, number `n`.
fn row(n: u32, stage: Stage) -> CaseRow {
    let pick = |list: &[&str]| list[n as usize % list.len()].to_string();
    let is_here = stage > Stage::AwaitingParcel;
    CaseRow {
        id: EntityId(i64::from(n)),
        number: (stage != Stage::Call).then(|| format!("RMA26-{n:05}")),
        begun_at: Utc.with_ymd_and_hms(2026, 11, 1, 2, n % 60, 0).unwrap(),
        stage,
        due: None,
        wait: None,
        waiting_since: None,
        goods: if is_here {
            GoodsAt::Here
        } else {
            GoodsAt::Customer
        },
        outcome: None,
        closed_at: None,
        service: Some("repair"),
        caller: Some(pick(&CALLERS)),
        phone: Phone::parse(&format!("1380000{n:04}")).ok(),
        second_phone: None,
        email: None,
        model: Some(pick(&MODELS)),
        serial: (n % 5 != 4).then(|| format!("80H2-{:04}", 7700 + n)),
        serial_after: None,
        serial_in_box: None,
        label: (n % 5 == 4).then(|| format!("BAG-{n:03}")),
        bin: is_here.then(|| format!("A{}", n % 9)),
        assignee: n.is_multiple_of(2).then(|| "zhao".to_string()),
        owed: Fen(0),
        paid: Fen(0),
        credit: Fen(0),
        price_open: false,
        waybills: vec![format!("SF10000000{n:04}")],
        terms: None,
    }
}

/// Cases at every stage: some late, some due today, some waiting.
pub fn rows() -> Vec<CaseRow> {
    let mut rows = Vec::new();
    let mut n = 0;
    for (stage, count) in [
        (Stage::Call, 1),
        (Stage::Triage, 1),
        (Stage::AwaitingParcel, 4),
        (Stage::Inspection, 5),
        (Stage::Decision, 2),
        (Stage::Quote, 3),
        (Stage::Answer, 3),
        (Stage::Repair, 6),
        (Stage::Dispatch, 4),
        (Stage::Closing, 1),
    ] {
        for at in 0..count {
            n += 1;
            let mut row = row(n, stage);
            let waits = match stage {
                Stage::AwaitingParcel if at == 0 => Some(Wait::Parcel),
                Stage::AwaitingParcel | Stage::Answer => Some(Wait::Customer),
                Stage::Repair if at == 3 => Some(Wait::Parts),
                Stage::Repair if at == 4 => Some(Wait::Engineering),
                Stage::Dispatch if at < 2 => Some(Wait::Payment),
                _ => None,
            };
            row.wait = waits;
            row.waiting_since = waits.map(|_| today() - Duration::days(i64::from(n) * 3));
            let has_due = matches!(stage, Stage::Inspection | Stage::Quote | Stage::Repair)
                || (stage == Stage::AwaitingParcel && at > 1);
            row.due = has_due.then(|| today() + Duration::days(i64::from(at) - 2));
            if row.wait == Some(Wait::Payment) {
                row.owed = Fen(128_000 + i64::from(n) * 50);
            }
            rows.push(row);
        }
    }
    rows
}

fn busy() -> Desk {
    let mut desk = Desk::new(TODAY);
    desk.event(Event::Board(rows()));
    desk
}

/// A board on which `7731` was typed and two cases were found.
fn found() -> Desk {
    let mut desk = busy();
    desk.types("7731");
    let mut closed = row(31, Stage::Closed);
    closed.outcome = Some("no_fault_found");
    closed.goods = GoodsAt::Back;
    let mut by_phone = row(17, Stage::Repair);
    by_phone.phone = Phone::parse("13800007731").ok();
    by_phone.due = Some(today() - Duration::days(1));
    let found = [(by_phone, Field::Phone), (closed, Field::SerialNumber)];
    let found = found.map(|(row, matched)| Found {
        row,
        matched,
        is_exact: false,
        is_former: false,
        other_extension: false,
        value: None,
    });
    desk.event(Event::Found("7731".to_string(), found.to_vec()));
    desk
}

fn nothing_found() -> Desk {
    let mut desk = busy();
    desk.types("张三丰");
    desk.event(Event::Found("张三丰".to_string(), Vec::new()));
    desk
}

#[test]
fn an_empty_desk_says_how_to_begin() {
    keep("board-empty", &mut Desk::new(TODAY));
}

#[test]
fn open_cases_stand_by_what_comes_next() {
    let mut desk = busy();
    keep("board", &mut desk);
    desk.command(Command::Down).command(Command::Down);
    desk.command(Command::PageDown);
    keep_at("board-second-page", &mut desk, (80, 24));
}

#[test]
fn a_group_shows_its_own_cases() {
    let mut desk = busy();
    for _ in 0..8 {
        desk.command(Command::NextGroup);
    }
    keep_at("board-group", &mut desk, (80, 24));
}

#[test]
fn what_was_found_says_by_what() {
    keep("board-found", &mut found());
}

#[test]
fn nothing_found_says_what_can_be_done() {
    keep("board-nothing-found", &mut nothing_found());
}

#[test]
fn small_terminals_keep_what_matters() {
    let mut desk = busy();
    for size in [(40, 12), (10, 5)] {
        keep_at("board", &mut desk, size);
        keep_at("board-found", &mut found(), size);
    }
    keep_at("board-empty", &mut Desk::new(TODAY), (40, 12));
}

#[test]
fn the_caret_stands_behind_what_is_typed() {
    let mut desk = busy();
    desk.types("王小");
    let state: &State = &desk.state;
    let (x, y) = draw(state, Language::English, (80, 24)).caret.unwrap();
    let picture = draw(state, Language::English, (80, 24));
    assert_eq!(y, 1);
    let before = x - 4;
    assert_eq!(picture.buffer[(before, y)].symbol(), "王");
}

#[test]
fn a_step_in_the_list_changes_two_cells() {
    let mut desk = busy();
    let before = draw(&desk.state, Language::Chinese, (80, 24));
    desk.command(Command::Down);
    let after = draw(&desk.state, Language::Chinese, (80, 24));
    assert_eq!(before.buffer.diff(&after.buffer).len(), 2);
}

#[test]
fn late_ones_are_told_by_a_sign_without_colours() {
    let desk = busy();
    let plain = Theme::new(false, false);
    let picture = draw_with(&desk.state, Language::English, &plain, (80, 24));
    assert!(picture.says("^ 20 Nov"), "{}", picture.text());
    assert!(picture.text().is_ascii() || picture.says("王小明"));
    let has_colour = picture
        .buffer
        .content
        .iter()
        .any(|cell| cell.fg != ratatui::style::Color::Reset);
    assert!(!has_colour);
}

#[test]
fn wider_terminals_get_more_columns() {
    let desk = busy();
    let titles = |columns| {
        let picture = draw(&desk.state, Language::English, (columns, 24));
        let line = picture.lines.iter().find(|line| line.contains("Customer"));
        line.unwrap().split("  ").filter(|t| !t.is_empty()).count()
    };
    let counts: Vec<usize> = [40, 80, 110, 120, 160].into_iter().map(titles).collect();
    assert!(counts.is_sorted_by(|a, b| a < b), "{counts:?}");
}

#[test]
fn text_from_outside_cannot_steer_the_terminal() {
    let mut desk = Desk::new(TODAY);
    let mut row = row(1, Stage::Repair);
    row.caller = Some("\u{1b}[2J\u{202e}evil".to_string());
    desk.event(Event::Board(vec![row]));
    let picture = support::draw(&desk.state, Language::English, (80, 24));
    assert!(
        !picture
            .text()
            .contains(|c: char| c.is_control() && c != '\n')
    );
}
