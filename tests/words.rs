//! Every word of the screens exists in both languages, says the same things, and fits where it is
//! shown on 80 columns.

use std::collections::{BTreeMap, BTreeSet};

use aftercare::desk::change::{Act, Ground};
use aftercare::desk::field::Field;
use aftercare::desk::id::ItemId;
use aftercare::desk::money::Fen;
use aftercare::desk::staff::Role;
use aftercare::desk::value::{Entry, Value};
use aftercare::flow::command::Command;
use aftercare::flow::confirm::Choice;
use aftercare::flow::event::StoreFault;
use aftercare::flow::note::{Kept, Note, Theirs};
use aftercare::flow::state::{CaseScreen, Context, Menu, OverlayKind, Prompt};
use aftercare::flow::typed::Fault;
use aftercare::terms::{Calendar, Library};
use aftercare::ui::i18n::{Arg, Language, Words, files};
use aftercare::ui::text::{width, wrap};
use aftercare::ui::{format, keymap, notes, screen};
use aftercare::work::action::{ActionKind, Refusal};
use aftercare::work::case::Knowledge;
use aftercare::work::elsewhere::Elsewhere;
use aftercare::work::grants::Subject;
use aftercare::work::join::{Bar, Way};
use aftercare::work::standing::{Blocker, GoodsAt, Stage, Wait};

fn both() -> [Words; 2] {
    Language::ALL.map(Words::new)
}

/// The messages of a file: id, and the variables its text uses.
fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines() {
        if line.starts_with('#') {
            continue;
        }
        let begins = line.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
        if begins && let Some((id, _)) = line.split_once('=') {
            current = id.trim().to_string();
            let before = found.insert(current.clone(), BTreeSet::new());
            assert!(before.is_none(), "{current} stands twice");
        }
        for piece in line.split('$').skip(1) {
            let end = piece.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'));
            let name = &piece[..end.unwrap_or(piece.len())];
            found
                .entry(current.clone())
                .or_default()
                .insert(name.to_string());
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_variables() {
    let [english, chinese] = Language::ALL.map(files);
    for ((name, en), (other, zh)) in english.iter().zip(chinese) {
        assert_eq!(name, other);
        let (en, zh) = (messages(en), messages(zh));
        for id in en.keys().chain(zh.keys()) {
            assert_eq!(en.get(id), zh.get(id), "{id} in {name}");
        }
    }
}

#[test]
fn no_message_stands_in_two_files() {
    for language in Language::ALL {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for (name, text) in files(language) {
            for id in messages(text).into_keys() {
                let before = seen.insert(id.clone(), name);
                assert_eq!(before, None, "{id} is in {name} too");
            }
        }
    }
}

#[test]
fn every_message_file_can_be_read() {
    for language in Language::ALL {
        for (name, text) in files(language) {
            let read = fluent_bundle::FluentResource::try_new((*text).to_string());
            if let Err((_, errors)) = read {
                panic!("{name} in {language:?}: {errors:?}");
            }
        }
    }
}

/// Every id the frame, the board and the overlays ask for by a typed value.
fn ids() -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    ids.extend(Command::ALL.iter().map(|c| format!("command-{}", c.code())));
    ids.extend(Stage::ALL.iter().map(|s| format!("stage-{}", s.code())));
    ids.extend(Stage::ALL.iter().map(|s| format!("elsewhere-{}", s.code())));
    ids.extend(Choice::ALL.iter().map(|c| format!("confirm-{}", c.code())));
    ids.extend(Wait::ALL.iter().map(|w| format!("wait-{}", w.code())));
    ids.extend(GoodsAt::ALL.iter().map(|g| format!("goods-{}", g.code())));
    ids.extend(Act::ALL.iter().map(|a| format!("act-{}", a.code())));
    ids.extend(Ground::ALL.iter().map(|g| format!("ground-{}", g.code())));
    ids.extend(Role::ALL.iter().map(|r| format!("role-{}", r.code())));
    ids.extend(
        ActionKind::ALL
            .iter()
            .map(|k| notes::action_id(*k).to_string()),
    );
    ids.extend(
        CaseScreen::ALL
            .iter()
            .map(|s| format!("screen-{}", s.code())),
    );
    ids.extend(["screen-board", "screen-receiving"].map(str::to_string));
    ids.extend(blockers().iter().map(|b| format!("blocker-{}", b.code())));
    ids.extend(refusals().iter().map(|r| notes::refusal_id(r).to_string()));
    ids.extend(FAULTS.iter().map(|f| notes::store_id(*f).to_string()));
    ids.extend(FAULTS.iter().map(|f| notes::unread_id(*f).to_string()));
    ids.extend(UNAVAILABLE.iter().map(|c| format!("unavailable-{c}")));
    for prompt in prompts() {
        ids.push(format!("prompt-{}", prompt.code()));
        ids.push(format!("prompt-{}-hint", prompt.code()));
    }
    for context in contexts() {
        for binding in keymap::hints(context, true) {
            ids.push(screen::hint_id(context, binding.command));
        }
        for binding in keymap::hints(context, false) {
            ids.push(screen::hint_id(context, binding.command));
        }
    }
    ids
}

/// The ids of the fields and of their options.
fn ids_of_fields() -> Vec<String> {
    let mut ids = Vec::new();
    for field in Field::ALL {
        ids.push(format::field_id(*field));
        let options = field.options().iter();
        ids.extend(options.map(|code| format::option_id(*field, code)));
    }
    ids
}

const FAULTS: [StoreFault; 8] = [
    StoreFault::Damaged,
    StoreFault::Stale,
    StoreFault::Busy,
    StoreFault::Full,
    StoreFault::ReadOnly,
    StoreFault::Gone,
    StoreFault::Ended,
    StoreFault::Other,
];

const UNAVAILABLE: [&str; 10] = [
    "all-saved",
    "needs-case",
    "needs-parcel",
    "not-here",
    "field-empty",
    "no-earlier-case",
    "no-line",
    "no-return",
    "several-cases",
    "no-such-case",
];

fn contexts() -> Vec<Context> {
    let mut contexts = vec![Context::Board, Context::Receiving, Context::Checks];
    contexts.extend(CaseScreen::ALL.map(Context::Case));
    contexts.extend(
        [
            OverlayKind::List,
            OverlayKind::Palette,
            OverlayKind::Prompt,
            OverlayKind::Reading,
        ]
        .map(Context::Overlay),
    );
    contexts
}

fn blockers() -> Vec<Blocker> {
    use Blocker as B;
    let all = vec![
        B::GoodsNotHere,
        B::BoxUnitOpen,
        B::TestOpen,
        B::RepairNotConfirmed,
        B::NotAgreed,
        B::CoverOpen,
        B::ReturnOpen,
        B::WorkOpen,
        B::RecipientUnknown,
        B::RecipientPhoneUnknown,
        B::AddressUnknown,
        B::ContactNotConfirmed,
        B::FreightOpen,
        B::FreightAmountUnknown,
        B::MoneyOpen,
        B::FreightDue,
        B::MoneyToGiveBack,
        B::PriceToGiveBack,
        B::ProofNotEnclosed,
        B::GoodsHere,
    ];
    for blocker in &all {
        // A new one does not compile here until it is in the list above.
        match blocker {
            B::GoodsNotHere | B::TestOpen | B::RepairNotConfirmed | B::NotAgreed => {}
            B::CoverOpen | B::ReturnOpen | B::WorkOpen | B::RecipientUnknown => {}
            B::RecipientPhoneUnknown | B::AddressUnknown | B::ContactNotConfirmed => {}
            B::FreightOpen | B::MoneyOpen | B::ProofNotEnclosed | B::GoodsHere => {}
            B::FreightAmountUnknown | B::FreightDue => {}
            B::MoneyToGiveBack | B::PriceToGiveBack | B::BoxUnitOpen => {}
        }
    }
    all
}

fn refusals() -> Vec<Refusal> {
    use Refusal as R;
    let mut all = vec![
        R::Role(Role::Technician),
        R::Closed,
        R::NotClosed,
        R::HasNumber,
        R::NoNumber,
        R::ReturnRefused,
        R::ReturnOpen,
        R::SameNumber,
        R::NoLines,
        R::LineWithoutPrice,
        R::AlreadyIssued,
        R::NotIssued,
        R::NeedsReason,
        R::NeedsAmount,
        R::MoreThanOpen(Fen(123_456_789)),
        R::MoreThanPaid(Fen(0)),
        R::MoreThanPaid(Fen(123_456_789)),
        R::TooMuchMoney,
        R::InFuture(Field::PaymentDay),
        R::InFuture(Field::PriceBackDay),
        R::NothingToReverse,
        R::NotReturned,
        R::PriceIsBack,
        R::DiscountTooLarge,
        R::GoodsHere,
        R::GoodsNotHere,
        R::NothingToUndo,
        R::WouldBreak,
        R::NoGoods,
        R::AlreadyReceived,
        R::NeedsWaybill,
        R::ChangedMeanwhile,
        R::Gone,
        R::Disabled,
        R::NotEntered,
        R::OpenElsewhere(vec![elsewhere()]),
    ];
    all.extend(Bar::ALL.map(R::Join));
    all.extend(Field::ALL.iter().map(|field| R::Needs(*field)));
    all.extend(Field::ALL.iter().map(|field| R::ChangedSince(*field)));
    all.extend(Act::ALL.iter().map(|act| R::CannotUndo(*act)));
    for blocker in blockers() {
        all.push(R::Blocked(vec![blocker]));
        all.push(R::Blocked(vec![blocker; 12]));
    }
    all
}

/// A case of the same unit that is open elsewhere, as a call or with its number.
fn elsewhere() -> Elsewhere {
    use aftercare::desk::change::{Act, Change};
    use aftercare::desk::id::{ActionId, EntityId, EntityKind, ItemId};
    use aftercare::desk::record::Record;
    let case = EntityId(7);
    let number = Change {
        entity: case,
        kind: EntityKind::Case,
        seq: 1,
        action: ActionId(1),
        act: Act::Authorise,
        at: chrono::DateTime::UNIX_EPOCH,
        who: "li".to_string(),
        ground: Ground::Desk,
        item: ItemId::SELF,
        field: Field::Number,
        entry: Entry::Known(Value::Text("RMA26-00042".to_string())),
        base: 0,
    };
    let knowledge = std::sync::Arc::new(Knowledge {
        library: Library::built_in(),
        calendar: Calendar::built_in(),
        zone: chrono_tz::Asia::Shanghai,
    });
    let record = Record::replay(case, EntityKind::Case, [number]);
    Elsewhere::of(record, &knowledge, "2026-11-20".parse().unwrap())
}

fn prompts() -> [Prompt; 14] {
    [
        Prompt::GrantReason(Subject::Return),
        Prompt::CloseNote("void"),
        Prompt::ReopenReason,
        Prompt::PaymentAmount,
        Prompt::WaiveAmount,
        Prompt::WaiveReason(Fen(1)),
        Prompt::RightCase(Way::Join),
        Prompt::RightCase(Way::Goods),
        Prompt::PaymentDay(Fen(1), "cash"),
        Prompt::RefundAmount,
        Prompt::RefundDay(Fen(1), "cash"),
        Prompt::ReverseReason(ItemId(7)),
        Prompt::PriceBackAmount("dealer"),
        Prompt::PriceBackDay("dealer", None),
    ]
}

fn restored(field: Option<Field>, fields: usize) -> Note {
    Note::Restored(Kept { field, fields })
}

/// What somebody with a long name did to long values.
fn theirs(act: Act, more: usize) -> Note {
    let value = |text: &str| Entry::Known(Value::Text(text.to_string()));
    Note::Theirs(Box::new(Theirs {
        who: "alexandra.featherstonehaugh".to_string(),
        act,
        field: Field::RecipientAddress,
        from: value("深圳市南山区科技园某某路一百二十三号"),
        to: value("Flat 12, 345 Somewhat Longer Example Road"),
        more,
    }))
}

/// Every kind of note, with long texts in it.
fn all_notes() -> Vec<Note> {
    let long = "深圳市南山区科技园某某路一百二十三号".to_string();
    let number = "RMA26-00042".to_string();
    let mut all: Vec<Note> = refusals().into_iter().map(Note::Refused).collect();
    all.extend(UNAVAILABLE.map(Note::Unavailable));
    all.extend(FAULTS.map(Note::NotSaved));
    all.extend(FAULTS.map(Note::NotRead));
    all.extend(Act::ALL.map(Note::Done));
    all.extend([Fault::Number, Fault::Choice].map(|fault| Note::Unreadable(Field::Phone, fault)));
    for outcome in Field::Closed.options() {
        all.push(Note::Closed(None, outcome));
        all.push(Note::Closed(Some(number.clone()), outcome));
    }
    for unannounced in [0, 1, 12] {
        for cases in [1, 12] {
            all.push(Note::TakenIn { cases, unannounced });
        }
    }
    all.extend([
        Note::PasteCut(1_000_000),
        Note::NoPaste(Field::ForceMajeureWhen),
        Note::Numbered(number),
        Note::Undone,
        Note::AcceptedByCeiling {
            total: Fen(123_456_789),
            ceiling: Fen(123_456_790),
        },
        Note::ClosedWithMoney(vec![Blocker::MoneyToGiveBack]),
        Note::ClosedWithMoney(vec![Blocker::PriceToGiveBack, Blocker::MoneyOpen]),
        Note::NothingFound(long.clone()),
        Note::ThisCase(long.clone()),
        Note::OtherInBox {
            announced: "80H2-7731".into(),
            in_box: "80H2-9001".into(),
        },
        Note::Several(
            long.clone(),
            vec!["RMA26-00001".into(), "RMA26-00002".into()],
        ),
        Note::Unexpected(long),
        Note::Restored(Kept::default()),
        restored(None, 1),
        restored(Some(Field::RecipientAddress), 0),
        restored(Some(Field::RecipientAddress), 1),
        restored(Some(Field::RecipientAddress), 12),
        Note::AlsoOpen(vec![elsewhere()]),
        Note::SavedAfterAll,
        Note::ChangedMeanwhile,
        Note::LeavingUnsaved(1),
        Note::LeavingUnsaved(12),
        Note::LosingUnsaved(1),
        Note::LosingUnsaved(12),
        theirs(Act::Edit, 0),
        theirs(Act::Edit, 12),
        theirs(Act::ConfirmContact, 3),
        Note::NotKept(StoreFault::Full),
        Note::NotKept(StoreFault::ReadOnly),
        Note::NotKept(StoreFault::Gone),
        Note::NotKept(StoreFault::Other),
        Note::NoBackup(StoreFault::Damaged),
        Note::NoBackup(StoreFault::Full),
        Note::NoBackup(StoreFault::ReadOnly),
        Note::NoBackup(StoreFault::Other),
        Note::KeptAgain,
        Note::Gone,
        Note::RoleNow(Role::Supervisor),
    ]);
    all
}

#[test]
fn every_typed_value_has_its_words_in_both_languages() {
    for words in both() {
        let missing: BTreeSet<String> = ids().into_iter().filter(|id| !words.has(id)).collect();
        assert!(missing.is_empty(), "{:?}: {missing:#?}", words.language());
    }
}

#[test]
fn every_field_and_every_option_has_its_words_in_both_languages() {
    for words in both() {
        let ids = ids_of_fields().into_iter();
        let missing: BTreeSet<String> = ids.filter(|id| !words.has(id)).collect();
        assert!(missing.is_empty(), "{:?}: {missing:#?}", words.language());
    }
}

#[test]
fn every_note_says_something_and_fits_two_lines() {
    for words in both() {
        for note in all_notes() {
            let said = notes::note(&words, &note);
            assert!(!said.contains('{') && !said.contains("note-"), "{said}");
            let lines = wrap(&said, 76);
            assert!(lines.len() <= 2, "{said}");
        }
    }
}

#[test]
fn what_has_a_fixed_width_fits_it() {
    let fits = |words: &Words, id: &str, columns: usize| {
        let said = words.say(id).into_owned();
        let taken = width(&said);
        assert!(
            taken <= columns,
            "{id}: “{said}” takes {taken} of {columns}"
        );
    };
    for words in both() {
        for context in contexts() {
            for binding in keymap::hints(context, false) {
                fits(&words, &screen::hint_id(context, binding.command), 15);
            }
        }
        for command in Command::ALL {
            fits(&words, &format!("command-{}", command.code()), 40);
        }
        for stage in Stage::ALL {
            fits(&words, &format!("stage-{}", stage.code()), 14);
        }
        for wait in Wait::ALL {
            let who = words.say_with(&format!("wait-{}", wait.code()), &[]);
            let args = [("who", Arg::Text(&who)), ("days", Arg::Number(99))];
            let said = words.say_with("board-wait-days", &args);
            assert!(width(&said) <= 14, "{said}");
        }
        for goods in GoodsAt::ALL {
            fits(&words, &format!("goods-{}", goods.code()), 15);
        }
        for (title, columns) in [
            ("number", 11),
            ("customer", 10),
            ("model", 9),
            ("next", 14),
            ("wait", 14),
            ("due", 10),
            ("serial", 13),
            ("assignee", 8),
            ("shelf", 6),
            ("goods", 15),
            ("owed", 9),
        ] {
            fits(&words, &format!("board-column-{title}"), columns);
        }
        fits(&words, "board-find-hint", 72);
        for prompt in prompts() {
            fits(&words, &format!("prompt-{}-hint", prompt.code()), 74);
        }
        for menu in [Menu::QuoteTold, Menu::Grant, Menu::Close] {
            for code in menu.options().1 {
                fits(&words, &format::option_id(menu.options().0, code), 40);
            }
        }
    }
}
