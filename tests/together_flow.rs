//! Several people at one desk, as the state machine sees it: what others change arrives without moving
//! anything the person has under their hands.

mod memory;

use aftercare::desk::change::Act;
use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityId, ItemId};
use aftercare::desk::value::{Entry, Value};
use aftercare::flow::command::Command;
use aftercare::flow::event::Event;
use aftercare::flow::note::Note;
use aftercare::flow::state::{CaseScreen, Overlay, View};
use memory::Desk;

fn text(text: &str) -> Entry {
    Entry::Known(Value::Text(text.into()))
}

fn choice(code: &'static str) -> Entry {
    Entry::Known(Value::Choice(code))
}

/// A call of wang about a repair.
fn a_call() -> Desk {
    let mut desk = Desk::new("2026-11-22");
    desk.command(Command::NewCall);
    desk.fill(Field::Phone, "13800000000")
        .fill(Field::Caller, "王小明")
        .fill(Field::Model, "CK-80 HV")
        .fill(Field::SerialNumber, "80H2-7731")
        .fill(Field::Service, "2");
    desk
}

fn id(desk: &Desk) -> EntityId {
    desk.case().record.id()
}

/// Puts the caret into a field and types, without leaving it.
fn type_into(desk: &mut Desk, field: Field, typed: &str) {
    desk.command(Command::First);
    while desk.focus() != Some(field) {
        let before = desk.focus();
        desk.command(Command::Next);
        assert_ne!(desk.focus(), before, "the form has no such field");
    }
    desk.types(typed);
}

fn typed(desk: &Desk) -> Option<String> {
    desk.state.form().and_then(|form| form.typed())
}

#[test]
fn another_field_changes_while_one_types_and_nothing_moves() {
    let mut desk = a_call();
    type_into(&mut desk, Field::Fault, "no out");
    let caret = desk.state.form().unwrap().editor.as_ref().unwrap().caret();
    let case = id(&desk);
    desk.other_edits("li", case, &[(Field::Caller, text("王晓明"))]);
    assert_eq!(desk.focus(), Some(Field::Fault));
    assert_eq!(typed(&desk).as_deref(), Some("no out"));
    let form = desk.state.form().unwrap();
    assert_eq!(form.editor.as_ref().unwrap().caret(), caret);
    assert_eq!(desk.case().record.text(Field::Caller), Some("王晓明"));
    let Some(Note::Theirs(theirs)) = &desk.state.note else {
        panic!("{:?}", desk.state.note);
    };
    assert_eq!((theirs.who.as_str(), theirs.field), ("li", Field::Caller));
    assert_eq!(
        (&theirs.from, &theirs.to),
        (&text("王小明"), &text("王晓明"))
    );
    desk.command(Command::Next);
    let record = desk.only_case();
    assert_eq!(record.text(Field::Fault), Some("no out"));
    assert_eq!(record.text(Field::Caller), Some("王晓明"));
}

#[test]
fn a_caret_inside_a_text_that_was_not_touched_stays_there() {
    let mut desk = a_call();
    type_into(&mut desk, Field::Caller, "");
    let mut keys = |key| {
        let input = tui_textarea::Input {
            key,
            ..Default::default()
        };
        desk.event(Event::Edit(input));
    };
    keys(tui_textarea::Key::Left);
    keys(tui_textarea::Key::Left);
    let case = id(&desk);
    desk.other_edits("li", case, &[(Field::Model, text("CK-100"))]);
    let caret = |desk: &Desk| desk.state.form().unwrap().editor.as_ref().unwrap().caret();
    assert_eq!(caret(&desk), (0, 1));
    desk.other_edits("li", case, &[(Field::Caller, text("王晓明明"))]);
    assert_eq!(caret(&desk), (0, 1));
    let form = desk.state.form().unwrap();
    assert_eq!(form.editor.as_ref().unwrap().text(), "王晓明明");
    assert!(!form.is_dirty);
}

#[test]
fn a_row_that_vanishes_under_the_caret_stays_until_the_caret_leaves_it() {
    let mut desk = a_call();
    desk.fill(Field::Service, "1");
    type_into(&mut desk, Field::ReceiptDate, "2026-11-1");
    let case = id(&desk);
    desk.other_edits("li", case, &[(Field::Service, choice("repair"))]);
    assert_eq!(desk.focus(), Some(Field::ReceiptDate));
    assert_eq!(typed(&desk).as_deref(), Some("2026-11-1"));
    desk.types("8");
    assert_eq!(typed(&desk).as_deref(), Some("2026-11-18"));
    let cells = desk.state.form().unwrap().cells();
    let after = cells.iter().position(|cell| cell.1 == Field::ReceiptDate);
    let service = cells.iter().position(|cell| cell.1 == Field::Service);
    assert_eq!(after, service.map(|at| at + 1), "it stays where it was");
    desk.command(Command::Next);
    let record = desk.only_case();
    assert_eq!(
        record.day(Field::ReceiptDate),
        Some(memory::day("2026-11-18"))
    );
    let fields: Vec<Field> = desk
        .state
        .form()
        .unwrap()
        .cells()
        .iter()
        .map(|c| c.1)
        .collect();
    assert!(!fields.contains(&Field::ReceiptDate), "{fields:?}");
}

#[test]
fn rows_that_appear_above_do_not_move_the_caret() {
    let mut desk = a_call();
    type_into(&mut desk, Field::AgreedCeiling, "8");
    let case = id(&desk);
    desk.other_edits(
        "li",
        case,
        &[(Field::Service, choice("return_else_repair"))],
    );
    assert_eq!(desk.focus(), Some(Field::AgreedCeiling));
    assert_eq!(typed(&desk).as_deref(), Some("8"));
}

#[test]
fn an_overlay_and_what_is_typed_in_it_stay() {
    let mut desk = a_call();
    desk.command(Command::Grant).command(Command::Accept);
    desk.types("长期合作");
    let case = id(&desk);
    desk.other_edits("li", case, &[(Field::Model, text("CK-100"))]);
    let Some(Overlay::Prompt { typed, .. }) = desk.state.overlays.last() else {
        panic!("the prompt is gone");
    };
    assert_eq!(typed.text(), "长期合作");
    assert_eq!(desk.case().record.text(Field::Model), Some("CK-100"));
}

#[test]
fn a_warning_that_was_not_dealt_with_is_not_covered() {
    let mut desk = a_call();
    desk.fill(Field::PurchaseDate, "2026-02-30");
    let warning = desk.state.note.clone();
    assert!(matches!(warning, Some(Note::Unreadable(..))));
    let case = id(&desk);
    desk.other_edits("li", case, &[(Field::Model, text("CK-100"))]);
    assert_eq!(desk.state.note, warning);
}

#[test]
fn changes_that_do_not_follow_on_are_read_again_and_merged() {
    let mut desk = a_call();
    type_into(&mut desk, Field::Fault, "no out");
    let case = id(&desk);
    // The first one is never told: a gap.
    desk.other_saves(
        "li",
        Act::Edit,
        case,
        &[(ItemId::SELF, Field::Model, text("CK-90"))],
    );
    desk.other_edits("li", case, &[(Field::Caller, text("王晓明"))]);
    assert_eq!(desk.case().record, *desk.only_case());
    assert_eq!(desk.focus(), Some(Field::Fault));
    assert_eq!(typed(&desk).as_deref(), Some("no out"));
}

#[test]
fn an_erased_value_is_read_again() {
    let mut desk = a_call();
    let case = id(&desk);
    type_into(&mut desk, Field::Fault, "no out");
    let erased = [(ItemId::SELF, Field::Caller, Entry::Erased)];
    let changes = desk.other_saves("owner", Act::Erase, case, &erased);
    // The store also takes it out of the earlier changes, which no change tells.
    let emptied: Vec<_> = desk.records[&case]
        .changes()
        .iter()
        .cloned()
        .map(|mut change| {
            if change.field == Field::Caller {
                change.entry = Entry::Erased;
            }
            change
        })
        .collect();
    let kind = desk.records[&case].kind();
    let record = aftercare::desk::record::Record::replay(case, kind, emptied);
    desk.records.insert(case, record);
    desk.news(changes);
    let has_name =
        desk.case().record.changes().iter().any(
            |change| matches!(&change.entry, Entry::Known(Value::Text(name)) if name == "王小明"),
        );
    assert!(!has_name, "the name still stands in the history");
    assert_eq!(typed(&desk).as_deref(), Some("no out"));
}

#[test]
fn the_mark_of_the_history_stays_on_the_same_change() {
    let mut desk = a_call();
    desk.command(Command::History).command(Command::Down);
    let marked = |desk: &Desk| {
        let open = desk.state.case().unwrap();
        let changes = open.case.record.changes();
        changes[changes.len() - 1 - open.history.cursor].seq
    };
    let before = marked(&desk);
    let case = id(&desk);
    desk.other_edits(
        "li",
        case,
        &[
            (Field::Model, text("CK-100")),
            (Field::Wishes, text("soon")),
        ],
    );
    assert_eq!(marked(&desk), before);
}

#[test]
fn the_mark_of_the_board_stays_on_the_same_case() {
    let mut desk = a_call();
    let first = id(&desk);
    desk.command(Command::Back).command(Command::NewCall);
    desk.fill(Field::Caller, "李娜");
    let second = id(&desk);
    desk.command(Command::Back);
    let shown = |desk: &Desk| -> Vec<EntityId> {
        desk.state.board.shown().iter().map(|row| row.id).collect()
    };
    assert_eq!(shown(&desk).len(), 2);
    let marked = |desk: &Desk| desk.state.board.marked().unwrap().id;
    let before = marked(&desk);
    // A third one appears in front of the two: a line of an earlier stage.
    let other = EntityId(77);
    let changes = desk.other_saves(
        "li",
        Act::Begin,
        other,
        &[(ItemId::SELF, Field::Caller, text("新客户"))],
    );
    desk.news(changes);
    assert_eq!(shown(&desk).len(), 3);
    assert_eq!(marked(&desk), before);
    // The marked one is closed: the mark is on what is in its place.
    let changes = desk.other_saves(
        "li",
        Act::Close,
        before,
        &[(ItemId::SELF, Field::Closed, choice("enquiry_only"))],
    );
    desk.news(changes);
    assert!(!shown(&desk).contains(&before));
    assert!([first, second, other].contains(&marked(&desk)));
    assert!(matches!(desk.state.view, View::Board));
}

#[test]
fn a_search_and_its_mark_stay_while_others_work() {
    let mut desk = a_call();
    desk.command(Command::Back).command(Command::NewCall);
    desk.fill(Field::Caller, "王大力");
    let second = id(&desk);
    desk.command(Command::Back).types("王");
    while desk.state.board.marked().unwrap().id != second {
        desk.command(Command::Down);
    }
    desk.other_edits("li", second, &[(Field::Caller, text("王大利"))]);
    assert_eq!(desk.state.board.search.text(), "王");
    let marked = desk.state.board.marked().unwrap();
    assert_eq!(
        (marked.id, marked.caller.as_deref()),
        (second, Some("王大利"))
    );
    let third = EntityId(78);
    let caller = [(ItemId::SELF, Field::Caller, text("王五"))];
    let changes = desk.other_saves("li", Act::Begin, third, &caller);
    desk.news(changes);
    assert_eq!(desk.state.board.shown().len(), 3, "a new one is found too");
    assert_eq!(desk.state.board.marked().unwrap().id, second);
}

#[test]
fn goods_that_somebody_else_scans_appear_in_the_parcel() {
    let mut desk = Desk::new("2026-11-22");
    desk.command(Command::NewParcel);
    desk.fill(Field::Sender, "Example Hobby Shop");
    type_into(&mut desk, Field::Waybill, "SF12345");
    let parcel = match &desk.state.view {
        View::Parcel(open) => open.record.id(),
        _ => panic!("no parcel"),
    };
    let label = [(ItemId(5), Field::GoodsLabel, text("B-7"))];
    let changes = desk.other_saves("li", Act::Edit, parcel, &label);
    desk.news(changes);
    assert_eq!(desk.focus(), Some(Field::Waybill));
    assert_eq!(typed(&desk).as_deref(), Some("SF12345"));
    let cells = desk.state.form().unwrap().cells();
    assert!(cells.contains(&(ItemId(5), Field::GoodsLabel)));
}

#[test]
fn the_screen_stays_where_it_is_when_the_case_moves_on() {
    let mut desk = a_call();
    desk.command(Command::Authorise);
    let case = id(&desk);
    desk.command(Command::Inspection);
    type_into(&mut desk, Field::Findings, "burnt");
    let closed = [(ItemId::SELF, Field::Closed, choice("void"))];
    let changes = desk.other_saves("li", Act::Close, case, &closed);
    desk.news(changes);
    assert_eq!(desk.state.case().unwrap().screen, CaseScreen::Inspection);
    assert_eq!(typed(&desk).as_deref(), Some("burnt"));
}
