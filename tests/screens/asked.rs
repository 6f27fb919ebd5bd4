//! What to ask next: in which order, in which words, and that each question leads to its field.

use std::fmt::Write as _;

use aftercare::desk::field::{Field, FieldKind};
use aftercare::flow::asked::field_of;
use aftercare::flow::command::Command;
use aftercare::flow::event::Event;
use aftercare::flow::state::{CaseScreen, Overlay};
use aftercare::terms::assessment::Item;
use aftercare::terms::choice::Choice as _;
use aftercare::terms::facts::FactName;
use aftercare::ui::i18n::{Language, Words};
use aftercare::work::findings::What;

use crate::memory::Desk;
use crate::support::TODAY;

/// A call that asks for this service, by its digit.
fn a_call(service: &str) -> Desk {
    let mut desk = Desk::new(TODAY);
    desk.command(Command::NewCall);
    desk.fill(Field::Phone, "13800000000")
        .fill(Field::Caller, "王小明")
        .fill(Field::Model, "CK-80 HV")
        .fill(Field::SerialNumber, "80H2-7731")
        .fill(Field::Fault, "no output after power-up")
        .fill(Field::Service, service);
    desk
}

/// The same with the goods here, on the inspection.
fn at_the_bench(service: &str) -> Desk {
    let mut desk = a_call(service);
    desk.command(Command::Authorise);
    desk.command(Command::Back).command(Command::NewParcel);
    desk.event(Event::Scan("SF1234567890123".into()));
    desk.event(Event::Scan("80H2-7731".into()));
    desk.command(Command::TakeIn);
    desk.command(Command::Inspection);
    desk
}

fn situations() -> [(&'static str, Desk); 6] {
    [
        ("return at the phone", a_call("1")),
        ("repair at the phone", a_call("2")),
        ("upgrade at the phone", a_call("3")),
        ("return, or repair, at the phone", a_call("5")),
        ("return at the bench", at_the_bench("1")),
        ("repair at the bench", at_the_bench("2")),
    ]
}

/// The questions in the order in which they are shown, and what waits for the bench.
fn told(desk: &Desk) -> String {
    let mut text = String::new();
    for finding in desk.case().findings() {
        let _ = match finding.what {
            What::Ask(asked) if asked.decides => {
                writeln!(text, "  {}: {}", asked.how.code(), asked.item)
            }
            What::Ask(asked) => writeln!(text, "  diagnose, {}: {}", asked.how.code(), asked.item),
            What::Later(items) => {
                let items: Vec<String> = items.iter().map(Item::to_string).collect();
                writeln!(text, "  later: {}", items.join(", "))
            }
            _ => Ok(()),
        };
    }
    text
}

#[test]
fn who_can_answer_now_is_asked_first() {
    let mut text = String::new();
    for (name, desk) in situations() {
        let _ = write!(text, "{name}\n{}", told(&desk));
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("asked-order", text);
    });
}

#[test]
fn questions_stand_beside_the_options_of_their_fields() {
    let mut text = String::new();
    for language in Language::ALL {
        let words = Words::new(language);
        for name in FactName::ALL {
            let Some(field) = Field::from_code(name.code()) else {
                continue;
            };
            let options = match field.kind() {
                FieldKind::Choice(codes) => {
                    let dashed = |code: &str| code.replace(['_', '+'], "-");
                    let option = |code: &&str| match *code {
                        "yes" | "no" if codes.len() == 2 => {
                            words.say(&format!("value-{code}")).into_owned()
                        }
                        code => {
                            let (field, code) = (dashed(field.code()), dashed(code));
                            words.say(&format!("option-{field}-{code}")).into_owned()
                        }
                    };
                    let options: Vec<_> = codes.iter().map(option).collect();
                    options.join(" / ")
                }
                FieldKind::Date { .. } => "(day)".to_string(),
                _ => "(words)".to_string(),
            };
            let question = words.say(&name.ask_id()).into_owned();
            let _ = writeln!(text, "{}\n  {question}\n  {options}", name.code());
        }
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("asked-words", text);
    });
}

/// The questions that are open, each with its place among the lines of the checks.
fn open_questions(desk: &Desk) -> Vec<(usize, Item)> {
    let findings = desk.case().findings().into_iter().enumerate();
    let asked = findings.filter_map(|(at, finding)| match finding.what {
        What::Ask(question) => Some((at, question.item)),
        _ => None,
    });
    asked.collect()
}

fn goes_to(desk: &mut Desk, at: usize) -> Option<Field> {
    desk.command(Command::Checks);
    for _ in 0..at {
        desk.command(Command::Down);
    }
    desk.command(Command::Accept).focus()
}

#[test]
fn each_question_leads_to_its_field_and_is_gone_once_answered() {
    for option in ["1", "2"] {
        for (name, mut desk) in situations() {
            for step in 0..40 {
                let asked = open_questions(&desk);
                for (_, item) in &asked {
                    let here = field_of(desk.case(), *item, CaseScreen::Intake);
                    assert!(here.is_some(), "{name}: {item} has no field");
                }
                // A quote is accepted by an action, of which the field only says until when.
                let by_action = Item::Fact(FactName::QuoteAcceptedDate);
                let mut others = asked.into_iter().filter(|(_, item)| *item != by_action);
                let Some((at, item)) = others.next() else {
                    break;
                };
                assert!(step < 39, "{name}: no end of questions, {item}");
                let field = goes_to(&mut desk, at).unwrap();
                assert_eq!(item.to_string(), field.code(), "{name}");
                let answer = match field.kind() {
                    FieldKind::Choice(_) => option,
                    FieldKind::Date { .. } => TODAY,
                    _ => "the manual",
                };
                desk.types(answer).command(Command::Next);
                let open = open_questions(&desk);
                assert!(open.iter().all(|(_, it)| *it != item), "{name}: {item}");
            }
        }
    }
}

#[test]
fn the_clause_of_a_question_is_two_keys_away() {
    let mut desk = a_call("1");
    let (at, item) = open_questions(&desk)[0];
    desk.command(Command::Checks);
    for _ in 0..at {
        desk.command(Command::Down);
    }
    desk.command(Command::Terms).command(Command::Accept);
    let clause = desk.state.overlays.last();
    assert!(
        matches!(clause, Some(Overlay::Clause { clause, .. }) if *clause == item.clause()),
        "{clause:?}"
    );
}
