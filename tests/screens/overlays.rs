//! What lies over a screen.

use aftercare::desk::field::Field;
use aftercare::desk::language::Language;
use aftercare::flow::command::Command;
use aftercare::flow::state::Overlay;
use aftercare::flow::state::{CaseScreen, Context};
use aftercare::terms::clause::ClauseId;
use aftercare::ui::i18n::Words;
use aftercare::ui::keymap;

use crate::memory::Desk;
use crate::support::{TODAY, draw, keep, keep_at};

/// A call about a repair of a product with a proof, its number given.
fn a_repair() -> Desk {
    let mut desk = Desk::new(TODAY);
    desk.command(Command::NewCall);
    desk.fill(Field::Phone, "13800000000")
        .fill(Field::Caller, "王小明")
        .fill(Field::Model, "CK-80 HV")
        .fill(Field::SerialNumber, "80H2-7731")
        .fill(Field::Service, "2")
        .fill(Field::Proof, "1")
        .fill(Field::PurchaseDate, "2026-09-15");
    desk
}

fn open_palette(desk: &mut Desk) {
    let words = Words::new(desk.state.language);
    let event = keymap::palette(&desk.state, &words);
    desk.event(event);
}

/// Keeps the palette in each language with its own names.
fn keep_palette(name: &str, make: impl Fn() -> Desk, typed: &[&str; 2], size: (u16, u16)) {
    for (language, typed) in Language::ALL.into_iter().zip(typed) {
        let mut desk = make();
        desk.state.language = language;
        open_palette(&mut desk);
        desk.types(typed);
        let picture = draw(&desk.state, language, size);
        let tag = language.tag();
        let kept = format!("{}\ncursor: {:?}", picture.text(), picture.caret);
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{name}-{}x{}-{tag}", size.0, size.1), kept);
        });
    }
}

#[test]
fn the_palette_names_every_command_and_says_why_not() {
    for size in [(80, 24), (120, 40), (40, 12)] {
        keep_palette("palette", a_repair, &["", ""], size);
    }
    keep_palette("palette-typed", a_repair, &["issue", "报价"], (80, 24));
    keep_palette("palette-board", || Desk::new(TODAY), &["", ""], (80, 24));
}

#[test]
fn a_menu_asks_for_an_option() {
    let mut desk = a_repair();
    desk.fill(Field::Service, "").command(Command::Previous);
    desk.command(Command::Options);
    assert_eq!(
        desk.context(),
        Context::Overlay(aftercare::flow::state::OverlayKind::List)
    );
    keep("menu-options", &mut desk);
    let mut desk = a_repair();
    desk.command(Command::Close).command(Command::Down);
    keep_at("menu-close", &mut desk, (80, 24));
    keep_at("menu-close", &mut desk, (40, 12));
}

#[test]
fn a_prompt_asks_for_a_reason() {
    let mut desk = a_repair();
    desk.command(Command::Grant).command(Command::Accept);
    desk.types("长期合作的客户");
    keep("prompt", &mut desk);
    keep_at("prompt", &mut desk, (40, 12));
}

#[test]
fn the_help_is_made_from_the_table_of_keys() {
    let mut desk = Desk::new(TODAY);
    desk.command(Command::Help);
    keep("help-board", &mut desk);
    let mut desk = a_repair();
    desk.command(Command::Help);
    keep_at("help-intake", &mut desk, (80, 24));
    desk.command(Command::PageDown);
    keep_at("help-intake-second-page", &mut desk, (80, 24));
}

#[test]
fn the_terms_are_a_list_of_clauses() {
    let mut desk = Desk::new(TODAY);
    desk.command(Command::Terms).command(Command::Down);
    keep("terms", &mut desk);
}

#[test]
fn a_clause_counts_its_dates_out() {
    let mut desk = a_repair();
    let clause = ClauseId::I1b;
    desk.state
        .overlays
        .push(Overlay::Clause { clause, page: 0 });
    keep("clause-I1b", &mut desk);
    let picture = draw(&desk.state, Language::English, (80, 24));
    assert!(
        picture.says("15 Sep 2026 + 180 = 14 Mar 2027"),
        "{}",
        picture.text()
    );
    keep_at("clause-I1b", &mut desk, (40, 12));
}

#[test]
fn the_plain_text_has_no_border() {
    let mut desk = a_repair();
    desk.command(Command::Authorise).command(Command::Plain);
    assert!(matches!(
        desk.context(),
        Context::Overlay(aftercare::flow::state::OverlayKind::Reading)
    ));
    keep("plain", &mut desk);
}

#[test]
fn what_is_done_is_told_above_the_keys() {
    let mut desk = a_repair();
    desk.command(Command::Authorise);
    keep_at("note-numbered", &mut desk, (80, 24));
    desk.command(Command::Inspection)
        .command(Command::AcceptReturn);
    keep_at("note-refused", &mut desk, (80, 24));
    assert_eq!(desk.context(), Context::Case(CaseScreen::Inspection));
}
