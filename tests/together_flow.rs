//! Several people at one desk, as the state machine sees it: what others change arrives without moving
//! anything the person has under their hands.

mod memory;

use aftercare::desk::change::Act;
use aftercare::desk::field::Field;
use aftercare::desk::id::{EntityId, ItemId};
use aftercare::desk::value::{Entry, Value};
use aftercare::flow::command::Command;
use aftercare::flow::event::{Effect, Event, StoreFault};
use aftercare::flow::note::Note;
use aftercare::flow::state::{CaseScreen, Overlay, View};
use aftercare::work::action::Refusal;
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
fn what_was_emptied_and_is_typed_again_is_saved_again() {
    let mut desk = a_call();
    for _ in 0..2 {
        type_into(&mut desk, Field::SerialNumber, "");
        desk.command(Command::Clear).command(Command::Next);
        assert_eq!(desk.case().record.fact(Field::SerialNumber), None);
        desk.fill(Field::SerialNumber, "80H2-7731");
        let serial = desk.only_case().serial(Field::SerialNumber).cloned();
        assert_eq!(serial.unwrap().as_str(), "80H2-7731");
    }
    assert_eq!(desk.state.kept(), 0);
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

// --- the same field

/// Wang has typed another name over that of the caller; li has saved another one meanwhile, and is
/// seen to have.
fn both_in_the_same_field() -> (Desk, EntityId) {
    let mut desk = a_call();
    type_into(&mut desk, Field::Caller, "先生");
    let case = id(&desk);
    desk.other_edits("li", case, &[(Field::Caller, text("王晓明"))]);
    (desk, case)
}

fn question(desk: &Desk) -> Option<&aftercare::flow::unsaved::Question> {
    match desk.state.overlays.last() {
        Some(Overlay::Conflict(question)) => Some(question),
        _ => None,
    }
}

/// The values of a field in the history, oldest first, with who said them.
fn history(desk: &Desk, field: Field) -> Vec<(String, String)> {
    let changes = desk.only_case().changes().iter();
    changes
        .filter(|change| change.field == field)
        .map(|change| {
            let value = change.entry.value().map_or(String::new(), Value::to_stored);
            (change.who.clone(), value)
        })
        .collect()
}

#[test]
fn what_is_typed_stays_and_leaving_the_field_asks() {
    let (mut desk, _) = both_in_the_same_field();
    assert_eq!(typed(&desk).as_deref(), Some("王小明先生"));
    let form = desk.state.form().unwrap();
    let theirs = form.overtaken(&desk.case().record).unwrap().unwrap();
    assert_eq!(
        (theirs.who.as_str(), &theirs.entry),
        ("li", &text("王晓明"))
    );
    assert!(question(&desk).is_none());
    desk.command(Command::Next);
    let clash = question(&desk).unwrap().current().unwrap();
    assert_eq!(clash.who, "li");
    assert_eq!(clash.wanted, text("王小明先生"));
    assert_eq!(clash.theirs.as_ref().unwrap().entry, text("王晓明"));
    assert_eq!(
        desk.only_case().text(Field::Caller),
        Some("王晓明"),
        "nothing is overwritten"
    );
}

#[test]
fn putting_mine_saves_it_over_theirs() {
    for key in ["2", "m"] {
        let (mut desk, _) = both_in_the_same_field();
        desk.command(Command::Next).types(key);
        assert!(question(&desk).is_none(), "{key}");
        assert_eq!(desk.only_case().text(Field::Caller), Some("王小明先生"));
        let said = history(&desk, Field::Caller);
        let who: Vec<&str> = said.iter().map(|(who, _)| who.as_str()).collect();
        assert_eq!(who, ["wang", "li", "wang"]);
    }
    let (mut desk, _) = both_in_the_same_field();
    desk.command(Command::Next)
        .command(Command::Down)
        .command(Command::Accept);
    assert_eq!(desk.only_case().text(Field::Caller), Some("王小明先生"));
}

#[test]
fn keeping_theirs_leaves_both_in_the_history() {
    for key in ["1", "t"] {
        let (mut desk, _) = both_in_the_same_field();
        desk.command(Command::Next).types(key);
        assert!(question(&desk).is_none(), "{key}");
        assert_eq!(desk.only_case().text(Field::Caller), Some("王晓明"));
        let said = history(&desk, Field::Caller);
        let values: Vec<&str> = said.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values, ["王小明", "王晓明", "王小明先生", "王晓明"]);
        assert_eq!(desk.state.unsaved, []);
        assert_eq!(
            desk.state.case().unwrap().entered().record,
            *desk.only_case()
        );
    }
}

#[test]
fn escape_goes_back_into_the_field_with_what_was_typed() {
    let (mut desk, _) = both_in_the_same_field();
    desk.command(Command::Next).command(Command::Back);
    assert!(question(&desk).is_none());
    assert_eq!(desk.focus(), Some(Field::Caller));
    assert_eq!(typed(&desk).as_deref(), Some("王小明先生"));
    desk.types("!").command(Command::Next);
    let clash = question(&desk).unwrap().current().unwrap();
    assert_eq!(clash.wanted, text("王小明先生!"), "leaving asks again");
}

#[test]
fn it_asks_again_where_it_changed_once_more() {
    let (mut desk, case) = both_in_the_same_field();
    desk.command(Command::Next);
    desk.other_edits("zhao", case, &[(Field::Caller, text("王五"))]);
    desk.types("2");
    let clash = question(&desk).unwrap().current().unwrap();
    assert_eq!(clash.who, "zhao");
    assert_eq!(clash.theirs.as_ref().unwrap().entry, text("王五"));
    desk.types("2");
    assert_eq!(desk.only_case().text(Field::Caller), Some("王小明先生"));
}

#[test]
fn a_change_nobody_has_told_of_yet_is_asked_about_all_the_same() {
    let mut desk = a_call();
    type_into(&mut desk, Field::Caller, "先生");
    let case = id(&desk);
    let theirs = [(ItemId::SELF, Field::Caller, text("王晓明"))];
    desk.other_saves("li", Act::Edit, case, &theirs);
    desk.command(Command::Next);
    let clash = question(&desk).unwrap().current().unwrap();
    assert_eq!(
        (clash.who.as_str(), &clash.wanted),
        ("li", &text("王小明先生"))
    );
    desk.types("2");
    assert_eq!(desk.only_case().text(Field::Caller), Some("王小明先生"));
}

#[test]
fn a_choice_two_people_made_is_asked_about_too() {
    let mut desk = a_call();
    desk.command(Command::First);
    let case = id(&desk);
    let theirs = [(ItemId::SELF, Field::Proof, choice("none"))];
    desk.other_saves("li", Act::Edit, case, &theirs);
    desk.fill(Field::Proof, "1");
    let clash = question(&desk).unwrap().current().unwrap();
    assert_eq!(clash.field, Field::Proof);
    desk.types("1");
    assert_eq!(desk.only_case().choice(Field::Proof), Some("none"));
    assert_eq!(history(&desk, Field::Proof).len(), 3);
}

#[test]
fn the_same_value_twice_is_no_question() {
    let mut desk = a_call();
    type_into(&mut desk, Field::Fault, "no output");
    let case = id(&desk);
    desk.other_edits("li", case, &[(Field::Fault, text("no output"))]);
    desk.command(Command::Next);
    assert!(question(&desk).is_none());
    assert_eq!(desk.state.unsaved, []);
}

#[test]
fn quote_lines_added_at_the_same_time_are_both_there() {
    let mut desk = a_call();
    desk.command(Command::Authorise).command(Command::Quote);
    type_into(&mut desk, Field::LineText, "motor");
    let case = id(&desk);
    let theirs = [
        (ItemId(9), Field::LineKind, choice("parts")),
        (ItemId(9), Field::LineText, text("MOSFET")),
    ];
    let changes = desk.other_saves("li", Act::QuoteLine, case, &theirs);
    desk.news(changes);
    assert_eq!(typed(&desk).as_deref(), Some("motor"));
    desk.command(Command::Next);
    let texts: Vec<&str> = desk
        .only_case()
        .items_with(Field::LineText)
        .into_iter()
        .filter_map(|item| desk.only_case().text_of(item, Field::LineText))
        .collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts.contains(&"motor") && texts.contains(&"MOSFET"));
}

#[test]
fn an_undo_after_keeping_theirs_takes_back_what_was_done_before() {
    let (mut desk, _) = both_in_the_same_field();
    desk.command(Command::Next).types("1");
    desk.command(Command::Undo);
    assert_eq!(desk.only_case().text(Field::Caller), Some("王晓明"));
    assert_eq!(
        desk.only_case().choice(Field::Service),
        None,
        "the choice before"
    );
}

// --- busy or slow

/// Takes an event in without answering what it asks for.
fn unanswered(desk: &mut Desk, event: Event) -> Vec<Effect> {
    aftercare::flow::step(&mut desk.state, event, desk.now)
}

fn key(character: char) -> Event {
    Event::Edit(tui_textarea::Input {
        key: tui_textarea::Key::Char(character),
        ..Default::default()
    })
}

/// Leaves a field on a store that does not answer; what it was given to save.
fn left_on_a_slow_desk(desk: &mut Desk) -> Vec<Effect> {
    type_into(desk, Field::Fault, "no output");
    let effects = unanswered(desk, Event::Command(Command::Next));
    assert!(
        matches!(effects.as_slice(), [Effect::Commit(_)]),
        "{effects:?}"
    );
    effects
}

#[test]
fn typing_goes_on_while_a_field_is_being_saved() {
    let mut desk = a_call();
    let mut waiting = left_on_a_slow_desk(&mut desk);
    assert!(desk.state.saving.is_some());
    let next = desk.focus();
    assert_ne!(next, Some(Field::Fault), "the caret went on");
    for event in [Event::Command(Command::Last), key('2'), key('6')] {
        assert_eq!(unanswered(&mut desk, event), [], "one at a time");
    }
    assert_eq!(typed(&desk).as_deref(), Some("26"));
    // What was left is shown, and in the draft.
    let shown = &desk.state.case().unwrap().entered().record;
    assert_eq!(shown.text(Field::Fault), Some("no output"));
    let draft = desk.state.draft();
    assert_eq!(draft.unsaved.len(), 1);
    assert_eq!(draft.text.as_deref(), Some("26"));
    for event in waiting
        .drain(..)
        .flat_map(|effect| desk.answer(effect))
        .collect::<Vec<_>>()
    {
        desk.event(event);
    }
    assert_eq!(desk.only_case().text(Field::Fault), Some("no output"));
    assert_eq!(typed(&desk).as_deref(), Some("26"), "nothing moved");
    assert_eq!(desk.state.draft().unsaved, []);
}

#[test]
fn fields_left_one_after_another_are_saved_in_their_order() {
    let mut desk = a_call();
    let first = left_on_a_slow_desk(&mut desk);
    for event in [
        Event::Command(Command::First),
        key('1'),
        Event::Command(Command::Next),
    ] {
        assert_eq!(unanswered(&mut desk, event), []);
    }
    assert_eq!(desk.state.unsaved.len(), 2);
    let mut events: Vec<Event> = first.into_iter().flat_map(|it| desk.answer(it)).collect();
    desk.event(events.remove(0));
    assert_eq!(desk.state.unsaved, []);
    let fields: Vec<Field> = desk
        .only_case()
        .changes()
        .iter()
        .map(|it| it.field)
        .collect();
    assert_eq!(fields[fields.len() - 2..], [Field::Fault, Field::Phone]);
}

#[test]
fn an_action_waits_for_the_fields_before_it() {
    let mut desk = a_call();
    let waiting = left_on_a_slow_desk(&mut desk);
    assert_eq!(
        unanswered(&mut desk, Event::Command(Command::Authorise)),
        []
    );
    assert_eq!(desk.only_case().text(Field::Number), None);
    for event in waiting
        .into_iter()
        .flat_map(|it| desk.answer(it))
        .collect::<Vec<_>>()
    {
        desk.event(event);
    }
    assert_eq!(desk.only_case().text(Field::Fault), Some("no output"));
    assert!(desk.only_case().text(Field::Number).is_some());
}

#[test]
fn what_could_not_be_saved_is_kept_shown_and_saved_with_the_next() {
    let mut desk = a_call();
    let _ = left_on_a_slow_desk(&mut desk);
    unanswered(&mut desk, Event::Command(Command::Authorise));
    let effects = unanswered(&mut desk, Event::NotSaved(StoreFault::Busy));
    assert_eq!(effects, [], "what was to be done with it is not done");
    assert_eq!(desk.state.note, Some(Note::NotSaved(StoreFault::Busy)));
    assert_eq!(desk.state.kept(), 1);
    assert!(desk.state.kept_in((ItemId::SELF, Field::Fault)).is_some());
    assert_eq!(desk.state.draft().unsaved.len(), 1);
    desk.fill(Field::Service, "3");
    assert_eq!(desk.state.unsaved, []);
    assert_eq!(desk.only_case().text(Field::Fault), Some("no output"));
    assert_eq!(desk.only_case().choice(Field::Service), Some("upgrade"));
}

#[test]
fn choices_grounds_and_scans_that_could_not_be_saved_are_kept_too() {
    let mut desk = a_call();
    desk.refuses_to_save = true;
    desk.fill(Field::Proof, "1");
    type_into(&mut desk, Field::Phone, "");
    desk.command(Command::Ground);
    assert_eq!(desk.state.kept(), 2);
    let shown = &desk.state.case().unwrap().entered().record;
    assert_eq!(shown.choice(Field::Proof), Some("valid"));
    let ground = shown.fact(Field::Phone).unwrap().ground;
    assert_ne!(ground, desk.only_case().fact(Field::Phone).unwrap().ground);
    desk.refuses_to_save = false;
    desk.event(Event::TryAgain);
    assert_eq!(desk.state.kept(), 0);
    assert_eq!(desk.only_case().choice(Field::Proof), Some("valid"));
    assert_eq!(desk.only_case().fact(Field::Phone).unwrap().ground, ground);

    let mut desk = Desk::new("2026-11-22");
    desk.command(Command::NewParcel);
    desk.refuses_to_save = true;
    desk.event(Event::Scan("SF1234567890123".into()));
    desk.event(Event::Scan("80H2-7731".into()));
    assert_eq!(desk.state.kept(), 3, "waybill, courier, serial number");
    let draft = desk.state.draft();
    desk.refuses_to_save = false;
    // Killed, and come back.
    let mut again = Desk::new("2026-11-22");
    again.records = desk.records.clone();
    again.event(Event::Restore(Box::new(draft)));
    assert_eq!(again.state.unsaved, []);
    let View::Parcel(open) = &again.state.view else {
        panic!("no parcel");
    };
    assert_eq!(open.record.text(Field::Waybill), Some("SF1234567890123"));
    assert_eq!(open.record.items_with(Field::GoodsSerial).len(), 1);
}

#[test]
fn what_was_saved_after_the_draft_was_written_is_not_saved_twice() {
    let mut desk = a_call();
    let waiting = left_on_a_slow_desk(&mut desk);
    let draft = desk.state.draft();
    for effect in waiting {
        desk.answer(effect);
    }
    let case = desk.only_case().id();
    // Somebody else has changed it since.
    let theirs = [(ItemId::SELF, Field::Fault, text("no output at all"))];
    desk.other_saves("li", Act::Edit, case, &theirs);
    let changes = desk.only_case().changes().len();
    let mut again = Desk::new("2026-11-22");
    again.records = desk.records.clone();
    again.event(Event::Restore(Box::new(draft)));
    assert_eq!(again.state.unsaved, []);
    assert!(question(&again).is_none());
    assert_eq!(again.only_case().changes().len(), changes);
}

#[test]
fn text_that_comes_back_asks_where_the_field_changed_in_between() {
    let mut desk = a_call();
    type_into(&mut desk, Field::Caller, "先生");
    let draft = desk.state.draft();
    let case = id(&desk);
    let theirs = [(ItemId::SELF, Field::Caller, text("王晓明"))];
    desk.other_saves("li", Act::Edit, case, &theirs);
    let mut again = Desk::new("2026-11-22");
    again.records = desk.records.clone();
    again.event(Event::Restore(Box::new(draft)));
    assert_eq!(typed(&again).as_deref(), Some("王小明先生"));
    again.command(Command::Next);
    assert!(question(&again).is_some());
}

#[test]
fn a_prompt_comes_back_with_its_text() {
    let mut desk = a_call();
    desk.command(Command::Grant)
        .command(Command::Accept)
        .types("长期合作");
    let draft = desk.state.draft();
    let mut again = Desk::new("2026-11-22");
    again.records = desk.records.clone();
    again.event(Event::Restore(Box::new(draft.clone())));
    assert_eq!(again.state.draft().prompt, draft.prompt);
    assert!(draft.prompt.is_some());
}

#[test]
fn a_prompt_whose_action_was_not_saved_opens_again() {
    let mut desk = a_call();
    desk.command(Command::Grant)
        .command(Command::Accept)
        .types("长期合作");
    desk.refuses_to_save = true;
    desk.command(Command::Accept);
    let Some(Overlay::Prompt { typed, .. }) = desk.state.overlays.last() else {
        panic!("the reason is gone");
    };
    assert_eq!(typed.text(), "长期合作");
}

#[test]
fn undo_gives_up_what_could_not_be_saved() {
    let mut desk = a_call();
    desk.refuses_to_save = true;
    desk.fill(Field::Fault, "no output");
    assert_eq!(desk.state.kept(), 1);
    desk.command(Command::Undo);
    assert_eq!(desk.state.unsaved, []);
    assert_eq!(
        desk.state
            .case()
            .unwrap()
            .entered()
            .record
            .text(Field::Fault),
        None
    );
}

#[test]
fn leaving_with_something_unsaved_is_told_and_then_possible() {
    let mut desk = a_call();
    desk.refuses_to_save = true;
    desk.fill(Field::Fault, "no output");
    desk.command(Command::Quit);
    assert!(!desk.has_quit);
    desk.command(Command::Quit);
    assert!(desk.has_quit);
    assert_eq!(desk.state.draft().unsaved.len(), 1);
}

#[test]
fn another_case_can_be_looked_at_while_one_has_something_unsaved() {
    let mut desk = a_call();
    let first = id(&desk);
    desk.refuses_to_save = true;
    desk.fill(Field::Fault, "no output").command(Command::Back);
    assert!(matches!(desk.state.view, View::Board));
    assert_eq!(desk.state.kept(), 1);
    desk.refuses_to_save = false;
    desk.command(Command::Accept);
    assert_eq!(id(&desk), first);
    assert_eq!(desk.state.unsaved, [], "opening it again saves it");
    assert_eq!(desk.only_case().text(Field::Fault), Some("no output"));
}

#[test]
fn what_could_not_be_saved_of_a_case_that_was_left_is_saved_as_soon_as_it_can_be() {
    let mut desk = a_call();
    let case = id(&desk);
    desk.refuses_to_save = true;
    desk.fill(Field::Fault, "no output").command(Command::Back);
    desk.event(Event::TryAgain);
    assert_eq!(desk.state.kept(), 1);
    desk.refuses_to_save = false;
    desk.event(Event::TryAgain);
    assert!(matches!(desk.state.view, View::Board), "nothing is opened");
    assert_eq!(desk.state.unsaved, []);
    assert_eq!(desk.state.note, Some(Note::SavedAfterAll));
    assert_eq!(desk.records[&case].text(Field::Fault), Some("no output"));
}

#[test]
fn what_somebody_else_filled_in_a_case_that_was_left_is_asked_when_it_is_opened() {
    let mut desk = a_call();
    let case = id(&desk);
    desk.refuses_to_save = true;
    desk.fill(Field::Fault, "no output").command(Command::Back);
    desk.refuses_to_save = false;
    let theirs = [(ItemId::SELF, Field::Fault, text("smoke"))];
    desk.other_saves("li", Act::Edit, case, &theirs);
    desk.event(Event::TryAgain);
    assert_eq!(desk.state.kept(), 1);
    assert_eq!(desk.records[&case].text(Field::Fault), Some("smoke"));
    desk.command(Command::Accept);
    let question = question(&desk).expect("it is asked");
    assert_eq!(question.clashes[0].wanted, text("no output"));
}

#[test]
fn goods_that_could_not_be_saved_are_saved_from_the_board() {
    let mut desk = Desk::new("2026-11-22");
    desk.command(Command::NewParcel);
    let parcel = desk.state.open_id().unwrap();
    desk.refuses_to_save = true;
    desk.fill(Field::Sender, "Ann").command(Command::Back);
    assert!(matches!(desk.state.view, View::Board));
    assert_eq!(desk.state.kept(), 1);
    desk.refuses_to_save = false;
    desk.event(Event::TryAgain);
    assert_eq!(desk.state.unsaved, []);
    assert_eq!(desk.records[&parcel].text(Field::Sender), Some("Ann"));
}

#[test]
fn a_call_that_could_not_begin_leaves_all_that_was_typed_in_the_search_line() {
    let mut desk = Desk::new("2026-11-22");
    desk.types("13800000000");
    let effects = unanswered(&mut desk, Event::Command(Command::NewCall));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Commit(_)))
    );
    for event in [key('A'), key('n'), key('n')] {
        unanswered(&mut desk, event);
    }
    assert_eq!(desk.state.draft().search, "13800000000Ann");
    unanswered(&mut desk, Event::NotSaved(StoreFault::Busy));
    assert_eq!(desk.state.board.search.text(), "13800000000Ann");
    assert_eq!(desk.state.note, Some(Note::NotSaved(StoreFault::Busy)));
}

#[test]
fn a_call_takes_nothing_over_from_a_caller_found_for_what_was_typed_before() {
    let mut desk = a_call();
    desk.command(Command::Back).types("0000");
    assert!(desk.state.board.marked().is_some());
    unanswered(&mut desk, key('9'));
    let effects = unanswered(&mut desk, Event::Command(Command::NewCall));
    let loads = |effect: &Effect| matches!(effect, Effect::LoadCase(_));
    assert!(!effects.iter().any(loads), "{effects:?}");
    let begins = |effect: &Effect| matches!(effect, Effect::Commit(_));
    assert!(effects.iter().any(begins), "{effects:?}");
}

#[test]
fn what_is_half_typed_does_not_go_with_its_row() {
    let mut desk = a_call();
    desk.command(Command::Last);
    assert_eq!(desk.focus(), Some(Field::ContactDate));
    let emptied = unanswered(&mut desk, Event::Command(Command::Clear));
    assert_eq!(emptied, []);
    let mut waiting = unanswered(&mut desk, Event::Command(Command::Previous));
    // Back into the folded field before it is saved as empty, and something typed.
    unanswered(&mut desk, Event::Command(Command::More));
    unanswered(&mut desk, Event::Command(Command::First));
    while desk.focus() != Some(Field::ContactDate) {
        unanswered(&mut desk, Event::Command(Command::Next));
    }
    unanswered(&mut desk, key('3'));
    unanswered(&mut desk, Event::Palette(Vec::new()));
    let saved: Vec<Event> = waiting.drain(..).flat_map(|it| desk.answer(it)).collect();
    for event in saved {
        unanswered(&mut desk, event);
    }
    assert_eq!(desk.focus(), Some(Field::ContactDate));
    assert_eq!(typed(&desk).as_deref(), Some("3"));
}

#[test]
fn what_was_only_written_down_again_is_no_question() {
    let mut desk = a_call();
    type_into(&mut desk, Field::Caller, "先生");
    let case = id(&desk);
    // Somebody else wanted another name, and kept the one that stood.
    let kept = [
        (ItemId::SELF, Field::Caller, text("王晓明")),
        (ItemId::SELF, Field::Caller, text("王小明")),
    ];
    let changes = desk.other_saves("li", Act::Settle, case, &kept);
    desk.news(changes);
    desk.command(Command::Next);
    assert!(question(&desk).is_none());
    assert_eq!(desk.only_case().text(Field::Caller), Some("王小明先生"));
}

#[test]
fn what_is_typed_while_somebody_closes_the_case_is_kept_and_told() {
    let mut desk = a_call();
    type_into(&mut desk, Field::Fault, "no output");
    let case = id(&desk);
    let closed = [
        (ItemId::SELF, Field::TestResult, choice("operation")),
        (ItemId::SELF, Field::Closed, choice("solved_by_phone")),
    ];
    let changes = desk.other_saves("li", Act::Close, case, &closed);
    desk.news(changes);
    desk.command(Command::Next);
    assert!(
        matches!(desk.state.note, Some(Note::Refused(Refusal::Closed))),
        "{:?}",
        desk.state.note
    );
    assert_eq!(desk.state.kept(), 1);
    let shown = &desk.state.case().unwrap().entered().record;
    assert_eq!(shown.text(Field::Fault), Some("no output"));
    assert_eq!(desk.state.draft().unsaved.len(), 1);
    desk.command(Command::Undo);
    assert_eq!(desk.state.kept(), 0, "and it can be given up");
}

#[test]
fn what_is_done_behind_a_scan_is_meant_for_what_it_finds() {
    let mut desk = a_call();
    desk.fill(Field::Fault, "no output");
    desk.command(Command::Authorise);
    let number = desk.only_case().text(Field::Number).unwrap().to_string();
    // Another call, one of its fields on its way to a slow disk.
    desk.command(Command::Back).command(Command::NewCall);
    desk.fill(Field::Phone, "13900000000");
    let other = id(&desk);
    type_into(&mut desk, Field::Caller, "李");
    let mut waiting = unanswered(&mut desk, Event::Command(Command::Next));
    for event in [
        Event::Scan(number),
        Event::Command(Command::Intake),
        Event::Command(Command::First),
        Event::Command(Command::Last),
        key('!'),
    ] {
        assert_eq!(unanswered(&mut desk, event), []);
    }
    while !waiting.is_empty() {
        let effect = waiting.remove(0);
        for event in desk.answer(effect) {
            waiting.extend(unanswered(&mut desk, event));
        }
    }
    assert_ne!(id(&desk), other);
    assert!(typed(&desk).is_some_and(|text| text.ends_with('!')));
    assert_eq!(desk.records[&other].text(Field::Caller), Some("李"));
}

#[test]
fn a_case_that_comes_late_does_not_take_what_was_typed_meanwhile() {
    let mut desk = a_call();
    desk.fill(Field::Fault, "no output");
    desk.command(Command::Authorise);
    let first = id(&desk);
    let number = desk.only_case().text(Field::Number).unwrap().to_string();
    desk.command(Command::Back).command(Command::NewCall);
    desk.fill(Field::Phone, "13900000000");
    let other = id(&desk);
    let mut waiting = unanswered(&mut desk, Event::Scan(number));
    // It takes so long that the person goes on where they are.
    type_into(&mut desk, Field::Caller, "李明");
    while !waiting.is_empty() {
        let effect = waiting.remove(0);
        for event in desk.answer(effect) {
            waiting.extend(unanswered(&mut desk, event));
        }
    }
    assert_eq!(id(&desk), first);
    assert_eq!(desk.records[&other].text(Field::Caller), Some("李明"));
}

#[test]
fn what_was_typed_once_before_is_saved_once_more() {
    let mut desk = a_call();
    let case = id(&desk);
    type_into(&mut desk, Field::Caller, "");
    desk.command(Command::Clear).types("王大");
    // Another session of the same person saves the same, and somebody else changes it again.
    let own = desk.state.staff.name.clone();
    let caller = |name: &str| [(ItemId::SELF, Field::Caller, text(name))];
    for (who, name) in [(&*own, "王大"), ("li", "王二")] {
        let changes = desk.other_saves(who, Act::Edit, case, &caller(name));
        desk.news(changes);
    }
    desk.command(Command::Next);
    let question = question(&desk).expect("it is asked");
    assert_eq!(question.clashes[0].wanted, text("王大"));
    assert_eq!(question.clashes[0].who, "li");
}
