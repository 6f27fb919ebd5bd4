//! The desk itself, in a real pseudo-terminal: opening, saving, languages, sizes, pastes, and ends of
//! every kind. What was saved is read by this process from the file.

use crate::support::desk::PATIENCE;
use crate::support::file::{cases, saved, state};
use crate::support::{Desk, Home, Program};
use aftercare::app::opening::ZONE;
use aftercare::desk::field::{Field, FieldKind};
use aftercare::desk::id::{EntityId, EntityKind, ItemId};
use aftercare::desk::record::Record;
use aftercare::flow::form::{Row, rows};
use aftercare::flow::state::CaseScreen;
use aftercare::terms::{Calendar, Library};
use aftercare::work::case::{Case, Knowledge};
use rustix::process::Signal;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::time::Duration;

const TWO_SECONDS: Duration = Duration::from_secs(2);
const RESTORED: &str = "where you were cut off";

fn open(home: &Home) -> Desk {
    let desk = open_as(home, "li");
    assert!(desk.screen().alternate_screen(), "{}", desk.text());
    desk
}

/// Opens the desk as somebody, who is entered first.
fn open_as(home: &Home, name: &str) -> Desk {
    home.enter(name, "supervisor");
    let args = home.as_staff(name);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    Desk::start(home, &args, 80, 24, &[])
}

/// Leaves by the key for it.
fn leave(desk: &mut Desk) {
    desk.keys("<c-q>");
    let ended = desk.exited_within(PATIENCE).expect("it ends");
    assert!(ended.success(), "{ended}");
    assert_eq!(desk.leftovers(), Vec::<&str>::new());
}

/// Waits until another process reads this from the file.
fn wait_saved(desk: &mut Desk, home: &Home, field: &str, values: &[&str]) {
    let db = home.db();
    let came = desk.wait_quietly(PATIENCE, |_| saved(&db, field) == values);
    assert!(came, "{field} is {:?}\n{}", saved(&db, field), desk.text());
}

/// The fields of a call, in the order in which Tab goes through them.
fn fields_of_a_call() -> Vec<Field> {
    let knowledge = Arc::new(Knowledge {
        library: Library::built_in(),
        calendar: Calendar::built_in(),
        zone: ZONE,
    });
    let record = Record::new(EntityId(1), EntityKind::Case);
    let case = Case::of(record, Vec::new(), knowledge, "2026-11-22".parse().unwrap());
    rows(CaseScreen::Intake, &case, false, ItemId(9))
        .iter()
        .flat_map(Row::cells)
        .map(|(_, field)| *field)
        .collect()
}

/// The presses of Tab from the first field of a call to another one.
fn tabs_to(field: Field) -> String {
    let fields = fields_of_a_call();
    let at = |wanted| fields.iter().position(|field| *field == wanted).unwrap();
    format!("<tab*{}>", at(field) - at(Field::Phone))
}

#[test]
fn an_empty_desk_says_how_to_begin() {
    need_pty!();
    let home = Home::new();
    let mut desk = open(&home);
    desk.wait_for("Ctrl-N");
    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(home.db()), 0o600);
    leave(&mut desk);
    // Nothing half typed: nothing is left beside the file.
    let drafts = home.path().join("data").join("desk.db.drafts");
    assert_eq!(std::fs::read_dir(drafts).unwrap().count(), 0);
}

#[test]
fn a_call_is_logged_and_solved_by_phone() {
    need_pty!();
    let home = Home::new();
    let mut desk = open(&home);
    desk.keys("<c-n>13800000000<tab>");
    wait_saved(&mut desk, &home, "phone", &["13800000000"]);
    desk.keys("王小明<tab>");
    wait_saved(&mut desk, &home, "caller", &["王小明"]);
    desk.keys("<f6>");
    desk.wait_for("Closed");
    assert_eq!(cases(&home.db(), "outcome"), ["solved_by_phone"]);
    // A call that leads nowhere costs no number.
    assert_eq!(cases(&home.db(), "number"), [""]);
    assert_eq!(cases(&home.db(), "caller"), ["王小明"]);
    leave(&mut desk);
}

#[test]
fn a_field_is_saved_when_it_is_left_whatever_way() {
    need_pty!();
    let home = Home::new();
    let mut desk = open(&home);
    desk.keys("<c-n>13800000000<tab>王小明<s-tab>");
    wait_saved(&mut desk, &home, "caller", &["王小明"]);
    desk.keys("<tab><c-u>李雷<esc>");
    wait_saved(&mut desk, &home, "caller", &["李雷"]);
    desk.keys("<c-q>");
    assert!(desk.exited_within(PATIENCE).is_some());
    let mut desk = open(&home);
    desk.wait_for("李雷");
    desk.keys("<enter><f4>");
    desk.settle();
    leave(&mut desk);
}

#[test]
fn the_language_is_switched_while_running_and_chosen_at_the_start() {
    need_pty!();
    let home = Home::new();
    let mut desk = open(&home);
    desk.wait_for("Board");
    desk.keys("<f9>");
    desk.wait_gone("Board");
    let chinese = desk.text();
    assert!(
        chinese.chars().any(|c| ('一'..='龥').contains(&c)),
        "{chinese}"
    );
    desk.keys("<f9>");
    desk.wait_for("Board");
    leave(&mut desk);
    for (args, env) in [
        (vec!["--language", "zh"], ("LANG", "en_GB.UTF-8")),
        (vec![], ("LANG", "zh_CN.UTF-8")),
        (vec![], ("LC_ALL", "zh_CN.UTF-8")),
    ] {
        let staff = home.as_staff("li");
        let args: Vec<&str> = staff.iter().map(String::as_str).chain(args).collect();
        let mut desk = Desk::start(&home, &args, 80, 24, &[env]);
        desk.settle();
        assert!(
            !desk.text().contains("Board"),
            "{args:?} {env:?}\n{}",
            desk.text()
        );
        leave(&mut desk);
    }
}

#[test]
fn a_terminal_made_tiny_and_large_again_shows_the_same() {
    need_pty!();
    let home = Home::new();
    let mut desk = open(&home);
    desk.keys("<c-n>13800000000<tab>王小明");
    desk.settle();
    let before = (desk.text(), desk.caret());
    for (columns, rows) in [(10, 5), (1, 1), (40, 12), (200, 60), (80, 24)] {
        desk.resize(columns, rows);
        desk.settle();
        assert!(desk.exit_status().is_none(), "{columns}x{rows}");
    }
    let same = desk.wait_quietly(PATIENCE, |d| (d.text(), d.caret()) == before);
    assert!(same, "before:\n{}\nnow:\n{}", before.0, desk.text());
    desk.keys("<tab>");
    wait_saved(&mut desk, &home, "caller", &["王小明"]);
    leave(&mut desk);
}

#[test]
fn a_megabyte_is_pasted_and_the_rest_of_it_counted() {
    need_pty!();
    let home = Home::new();
    let mut desk = open(&home);
    desk.keys(&format!("<c-n>13800000000{}", tabs_to(Field::Fault)));
    desk.paste(&"漢".repeat(1 << 20 >> 1));
    desk.wait_for("characters were left out");
    desk.keys("<tab>");
    let db = home.db();
    let came = desk.wait_quietly(PATIENCE, |_| !saved(&db, "fault").is_empty());
    assert!(came, "{}", desk.text());
    let kept = saved(&db, "fault").remove(0);
    assert!(kept.chars().all(|c| c == '漢'));
    assert_eq!(kept.chars().count(), aftercare::flow::editor::LONG_LIMIT);
    leave(&mut desk);
}

#[test]
fn several_lines_at_once_are_one_paste_without_brackets_too() {
    need_pty!();
    let home = Home::new();
    let mut desk = open(&home);
    let lines = "No output since Monday\r2\r13900000000\r\r李雷\r1 Example Road\r";
    desk.keys(&format!("<c-n>13800000000{}", tabs_to(Field::Fault)));
    desk.settle();
    desk.send(lines.as_bytes());
    desk.wait_for("1 Example Road");
    desk.keys("<tab>");
    let story = "No output since Monday\n2\n13900000000\n\n李雷\n1 Example Road";
    wait_saved(&mut desk, &home, "fault", &[story]);
    // The caret stands in a choice now, where they choose nothing and lead nowhere.
    desk.send(lines.as_bytes());
    desk.wait_for("nothing was pasted");
    desk.keys("<s-tab><s-tab>");
    desk.settle();
    // In a field of one line they stand side by side, and go nowhere else.
    desk.send(b"80H2\r7731\r");
    desk.wait_for("80H2 7731");
    desk.keys("<tab>");
    wait_saved(&mut desk, &home, "serial", &["80H2 7731"]);
    for untouched in ["service", "caller", "model"] {
        assert!(saved(&home.db(), untouched).is_empty(), "{untouched}");
    }
    // A scanner's code with its Enter is a scan still.
    desk.keys("<s-tab>");
    desk.settle();
    desk.keys("<scan:80H2-7732>");
    wait_saved(&mut desk, &home, "serial", &["80H2-7732"]);
    leave(&mut desk);
}

#[test]
fn a_wrong_date_keeps_what_was_typed_and_counts_as_unknown() {
    need_pty!();
    let home = Home::new();
    let mut desk = open(&home);
    let fields = fields_of_a_call();
    let day = fields
        .into_iter()
        .find(|field| matches!(field.kind(), FieldKind::Date { .. }));
    let day = day.expect("a call asks for a day");
    desk.keys(&format!("<c-n>13800000000{}", tabs_to(day)));
    desk.keys("2026-02-30<tab>");
    wait_saved(&mut desk, &home, day.code(), &["2026-02-30"]);
    assert_eq!(state(&home.db(), day.code()), ["unreadable"]);
    desk.keys("<s-tab><c-u>2026-02-28<tab>");
    wait_saved(&mut desk, &home, day.code(), &["2026-02-28"]);
    assert_eq!(state(&home.db(), day.code()), ["known"]);
    leave(&mut desk);
}

#[test]
fn a_killed_session_goes_on_where_it_was() {
    need_pty!();
    let home = Home::new();
    let mut desk = open(&home);
    desk.keys("<c-n>13800000000<tab>王小");
    desk.wait_for_draft(&home, "王小");
    desk.kill();
    assert_eq!(saved(&home.db(), "phone"), ["13800000000"]);
    assert_eq!(saved(&home.db(), "caller"), Vec::<String>::new());
    let mut desk = open(&home);
    desk.wait_for(RESTORED);
    desk.keys("明<tab>");
    wait_saved(&mut desk, &home, "caller", &["王小明"]);
    leave(&mut desk);
    // What was taken over is not brought back again.
    let mut desk = open(&home);
    desk.settle();
    assert!(!desk.text().contains(RESTORED));
    leave(&mut desk);
}

#[test]
fn what_one_person_left_half_typed_is_not_brought_to_another() {
    need_pty!();
    let home = Home::new();
    let mut desk = open(&home);
    desk.keys("<c-n>13800000000<tab>王小");
    desk.wait_for_draft(&home, "王小");
    desk.kill();
    let mut other = open_as(&home, "chen");
    other.settle();
    assert!(!other.text().contains(RESTORED), "{}", other.text());
    leave(&mut other);
    let mut desk = open(&home);
    desk.wait_for(RESTORED);
}

#[test]
fn a_lost_line_loses_nothing_and_the_process_is_gone_in_two_seconds() {
    need_pty!();
    for hang_up in [true, false] {
        let home = Home::new();
        let mut desk = open(&home);
        desk.keys("<c-n>13800000000<tab>");
        wait_saved(&mut desk, &home, "phone", &["13800000000"]);
        desk.keys("王小明");
        desk.wait_for("王小明");
        // What has not reached the program when the line goes is lost with the line.
        desk.send_blindly("在深圳".as_bytes());
        if hang_up {
            desk.hang_up();
        } else {
            desk.signal(Signal::TERM);
        }
        assert!(desk.exited_within(TWO_SECONDS).is_some(), "it stays");
        assert_begins(&home, "王小明", "王小明在深圳");
    }
}

/// Opens the desk again, leaves the field one is back in, and looks how much of a text is there.
fn assert_begins(home: &Home, least: &str, most: &str) {
    let mut desk = open(home);
    desk.wait_for(RESTORED);
    desk.keys("<tab>");
    let db = home.db();
    let came = desk.wait_quietly(PATIENCE, |_| !saved(&db, "caller").is_empty());
    assert!(came, "{}", desk.text());
    let caller = saved(&db, "caller").remove(0);
    assert!(
        caller.starts_with(least) && most.starts_with(&caller),
        "{caller}"
    );
    leave(&mut desk);
}

#[test]
fn a_line_lost_in_the_middle_of_a_paste_keeps_what_had_come() {
    need_pty!();
    let home = Home::new();
    let mut desk = open(&home);
    desk.keys("<c-n>13800000000<tab>");
    wait_saved(&mut desk, &home, "phone", &["13800000000"]);
    desk.send("\x1b[200~王小明".as_bytes());
    desk.wait_for("王小明");
    desk.send_blindly("在深圳".as_bytes());
    desk.hang_up();
    assert!(desk.exited_within(TWO_SECONDS).is_some(), "it stays");
    assert_begins(&home, "王小明", "王小明在深圳");
}

#[test]
fn what_another_process_saves_is_on_the_board_within_a_second() {
    need_pty!();
    let home = Home::new();
    let mut board = open(&home);
    board.wait_for("Ctrl-N");
    let mut other = open_as(&home, "chen");
    other.keys("<c-n>13800000000<tab>韩梅梅<tab>");
    wait_saved(&mut other, &home, "caller", &["韩梅梅"]);
    let seen = board.wait_quietly(TWO_SECONDS, |d| d.text().contains("韩梅梅"));
    assert!(seen, "{}", board.text());
    leave(&mut other);
    leave(&mut board);
}

#[test]
fn a_scanned_waybill_nobody_expects_begins_a_parcel() {
    need_pty!();
    let home = Home::new();
    let mut desk = open(&home);
    desk.scan("SF1234567890123");
    wait_saved(&mut desk, &home, "waybill", &["SF1234567890123"]);
    desk.wait_for("Parcel in");
    // Scanned again from the board, it is the same parcel as long as nothing of it was taken in.
    desk.keys("<esc>");
    desk.wait_for("Board");
    desk.scan("SF1234567890123");
    desk.wait_for("Parcel in");
    assert_eq!(saved(&home.db(), "waybill").len(), 1);
    leave(&mut desk);
}

#[test]
fn nobody_typing_costs_nothing() {
    need_pty!();
    let home = Home::new();
    let mut desk = open(&home);
    desk.settle();
    desk.counted_bytes();
    let before = desk.cpu();
    let second = Duration::from_secs(1);
    desk.wait_quietly(second, |d| d.exit_status().is_some());
    assert_eq!(desk.counted_bytes(), 0);
    if let (Some(before), Some(after)) = (before, desk.cpu()) {
        let spent = after.saturating_sub(before);
        assert!(spent < Duration::from_millis(10), "{spent:?} in a second");
    }
    leave(&mut desk);
}

// --- desks that are not opened

/// Starts, and tells what was said and with which exit status.
fn refused(home: &Home, args: &[&str]) -> (String, u32) {
    let mut desk = Program::aftercare(args).size(200, 24).start(home);
    let status = desk.exited_within(PATIENCE).expect("it ends");
    assert_eq!(desk.leftovers(), Vec::<&str>::new());
    (desk.text(), status.exit_code())
}

fn assert_refused(home: &Home, args: &[&str], says: &str) {
    let (text, status) = refused(home, args);
    assert_eq!(status, 1, "{text}");
    assert!(text.contains(says), "{text}");
    assert!(text.contains("Nothing was changed."), "{text}");
}

#[test]
fn a_file_of_a_newer_version_is_left_alone() {
    need_pty!();
    let home = Home::new();
    leave(&mut open(&home));
    let conn = rusqlite::Connection::open(home.db()).unwrap();
    conn.execute_batch("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    drop(conn);
    let before = std::fs::read(home.db()).unwrap();
    assert_refused(&home, &[], "newer version");
    assert_eq!(std::fs::read(home.db()).unwrap(), before);
}

#[test]
fn a_file_that_is_no_desk_is_left_alone() {
    need_pty!();
    let home = Home::new();
    let text = "a shopping list, not a desk: flour, eggs\n".repeat(100);
    std::fs::write(home.db(), &text).unwrap();
    assert_refused(&home, &[], "is not a desk");
    assert_eq!(std::fs::read_to_string(home.db()).unwrap(), text);
    let sqlite = home.path().join("other.db");
    let conn = rusqlite::Connection::open(&sqlite).unwrap();
    conn.execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
        .unwrap();
    drop(conn);
    let before = std::fs::read(&sqlite).unwrap();
    assert_refused(&home, &["--db", sqlite.to_str().unwrap()], "is not a desk");
    assert_eq!(std::fs::read(&sqlite).unwrap(), before);
}

#[test]
fn a_place_without_permission_is_told() {
    need_pty!();
    let home = Home::new();
    leave(&mut open(&home));
    let mode = |mode| std::fs::Permissions::from_mode(mode);
    std::fs::set_permissions(home.db(), mode(0o400)).unwrap();
    assert_refused(&home, &[], "can only be read");
    let folder = home.path().join("locked");
    std::fs::create_dir(&folder).unwrap();
    std::fs::set_permissions(&folder, mode(0o500)).unwrap();
    if rustix::process::geteuid().is_root() {
        // Nothing is forbidden to root; a folder can be impossible all the same.
        assert_refused(
            &home,
            &["--db", "/proc/aftercare/desk.db"],
            "cannot be made",
        );
    } else {
        let db = folder.join("desk.db");
        assert_refused(&home, &["--db", db.to_str().unwrap()], "You may not");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    }
    let folder = home.path().to_str().unwrap().to_string();
    assert_refused(&home, &["--db", &folder], "is a folder");
}

#[test]
fn without_a_terminal_it_says_what_to_do_instead_and_touches_nothing() {
    let home = Home::new();
    for language in ["en", "zh"] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_aftercare"))
            .args(["--language", language])
            .env_clear()
            .envs(home.environment())
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8(output.stderr).unwrap();
        for way in ["ssh -t", "aftercare check", "aftercare demo --db"] {
            assert!(said.contains(way), "{said}");
        }
        assert!(output.stdout.is_empty());
    }
    assert!(!home.db().exists());
}

#[test]
fn faulty_terms_are_told_with_their_line_and_the_desk_goes_on() {
    need_pty!();
    let home = Home::new();
    let terms = home.path().join("data").join("terms");
    std::fs::create_dir(&terms).unwrap();
    std::fs::write(
        terms.join("next.toml"),
        "from = \"2027-01-01\"\nnumbers = 7\n",
    )
    .unwrap();
    let mut desk = open(&home);
    desk.wait_for("next.toml, line");
    desk.keys("x");
    desk.wait_for("Ctrl-N");
    assert!(!desk.text().contains("next.toml"), "{}", desk.text());
    leave(&mut desk);
}
