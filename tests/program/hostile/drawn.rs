//! Every screen and everything that lies over one, with harmful text in every field of words.

use super::clean::{TEXTS, assert_ours, harm, long};
use crate::memory::Desk;
use aftercare::desk::change::{Act, Change, Ground};
use aftercare::desk::field::{Field, FieldKind};
use aftercare::desk::id::{ActionId, EntityId, EntityKind, ItemId};
use aftercare::desk::language::Language;
use aftercare::desk::record::Record;
use aftercare::desk::value::{Entry, Value};
use aftercare::flow::command::Command;
use aftercare::flow::event::{Effect, Event, Present};
use aftercare::flow::note::Note;
use aftercare::terminal::frugal::Frugal;
use aftercare::ui::i18n::Words;
use aftercare::ui::screen;
use aftercare::ui::theme::Theme;
use ratatui::Terminal;
use ratatui::buffer::CellWidth as _;
use ratatui::layout::Size;

const CASE: EntityId = EntityId(11);
const PARCEL: EntityId = EntityId(12);

/// A record whose every field of words holds this, and whose other fields hold it as what was typed and
/// could not be read.
fn record(id: EntityId, kind: EntityKind, text: &str, as_known: bool) -> Record {
    let mut record = Record::new(id, kind);
    let items = [ItemId::SELF, ItemId(1)];
    for (field, item) in Field::ALL
        .iter()
        .flat_map(|field| items.map(|item| (*field, item)))
    {
        let entry = match field.kind() {
            FieldKind::Text { .. } if as_known => Entry::Known(Value::Text(text.to_string())),
            FieldKind::Link | FieldKind::Choice(_) => continue,
            _ => Entry::Unreadable(text.to_string()),
        };
        let change = Change {
            entity: id,
            kind,
            seq: record.next_seq(),
            action: ActionId(7),
            act: Act::Edit,
            at: "2026-11-20T02:00:00Z".parse().unwrap(),
            who: text.chars().take(400).collect(),
            ground: Ground::CustomerSays,
            item,
            field,
            entry,
            base: 0,
        };
        assert!(record.apply(change));
    }
    record
}

/// A desk with such a case and such a parcel.
pub fn desk(text: &str, as_known: bool) -> Desk {
    let mut desk = Desk::new("2026-11-22");
    desk.records
        .insert(CASE, record(CASE, EntityKind::Case, text, as_known));
    desk.records
        .insert(PARCEL, record(PARCEL, EntityKind::Parcel, text, as_known));
    desk.state.staff.name = text.chars().take(200).collect();
    answered(&mut desk, Effect::LoadBoard);
    let present = Present {
        who: text.chars().take(200).collect(),
        at: Some(CASE),
    };
    desk.event(Event::Others(vec![present]));
    desk
}

fn answered(desk: &mut Desk, effect: Effect) {
    for event in desk.answer(effect) {
        desk.event(event);
    }
}

/// Draws as the program does, and looks at the cells and at the bytes.
pub fn assert_drawn(what: &str, desk: &mut Desk, (columns, rows): (u16, u16), words: &Words) {
    desk.event(Event::Resize(columns, rows));
    let backend = Frugal::new(Size::new(columns, rows));
    let mut terminal = Terminal::new(backend).unwrap();
    let what = format!("{what} at {columns}x{rows}");
    let frame = terminal
        .draw(|frame| screen::draw(&desk.state, words, &Theme::COLOURED, frame))
        .unwrap();
    for y in 0..rows {
        let mut behind = 0;
        for x in 0..columns {
            let symbol = frame.buffer[(x, y)].symbol();
            assert_eq!(harm(symbol), None, "{what}: cell {x},{y}");
            assert!(symbol.chars().count() <= 11, "{what}: {symbol:?}");
            // Behind a wide character stands nothing of its own.
            assert!(
                x >= behind || symbol == " " || symbol.is_empty(),
                "{what}: {symbol:?} over a half at {x},{y}"
            );
            if x >= behind {
                behind = x + symbol.cell_width().max(1);
            }
            assert!(
                behind <= columns,
                "{what}: {symbol:?} sticks out at {x},{y}"
            );
        }
    }
    let bytes = terminal.backend_mut().take();
    assert_ours(&what, &bytes);
}

const SIZES: [(u16, u16); 4] = [(80, 24), (37, 11), (160, 50), (9, 4)];

/// What a person gets to from a case.
const SCREENS: [Command; 14] = [
    Command::Intake,
    Command::Inspection,
    Command::Quote,
    Command::Repair,
    Command::Sending,
    Command::History,
    Command::Summary,
    Command::Checks,
    Command::Plain,
    Command::Palette,
    Command::Terms,
    Command::Help,
    Command::SameCaller,
    Command::Options,
];

#[test]
fn no_screen_shows_anything_raw() {
    let words = [Words::new(Language::English), Words::new(Language::Chinese)];
    for (n, (name, text)) in TEXTS.iter().enumerate() {
        let words = &words[n % 2];
        // Half of them each way; which half differs between the languages.
        {
            let mut desk = desk(text, n % 4 < 2);
            for size in SIZES {
                assert_drawn(&format!("{name}, board"), &mut desk, size, words);
            }
            answered(&mut desk, Effect::LoadParcel(PARCEL));
            for size in SIZES {
                assert_drawn(&format!("{name}, receiving"), &mut desk, size, words);
            }
            answered(&mut desk, Effect::LoadCase(CASE));
            for command in SCREENS {
                desk.command(command);
                for size in SIZES {
                    assert_drawn(&format!("{name}, {command:?}"), &mut desk, size, words);
                }
                for _ in 0..3 {
                    desk.command(Command::Down);
                    desk.command(Command::Accept);
                    assert_drawn(
                        &format!("{name}, {command:?}, inside"),
                        &mut desk,
                        SIZES[0],
                        words,
                    );
                }
                while !desk.state.overlays.is_empty() {
                    let before = desk.state.overlays.len();
                    desk.command(Command::Back);
                    if desk.state.overlays.len() == before {
                        desk.state.overlays.clear();
                    }
                }
                answered(&mut desk, Effect::LoadCase(CASE));
            }
        }
    }
}

#[test]
fn no_note_shows_anything_raw() {
    let words = Words::new(Language::English);
    for (name, text) in TEXTS {
        let mut desk = desk("x", true);
        let text = (*text).to_string();
        for note in [
            Note::NothingFound(text.clone()),
            Note::Unexpected(text.clone()),
            Note::ThisCase(text.clone()),
            Note::Several(text.clone(), vec![text.clone()]),
            Note::Numbered(text.clone()),
            Note::Closed(Some(text.clone()), "repaired"),
        ] {
            desk.state.note = Some(note);
            for size in SIZES {
                assert_drawn(&format!("{name}, a note"), &mut desk, size, &words);
            }
        }
    }
}

#[test]
fn a_search_for_it_finds_it_and_shows_nothing_raw() {
    let words = Words::new(Language::English);
    for (name, text) in TEXTS {
        let mut desk = desk(text, true);
        desk.event(Event::Paste((*text).to_string()));
        assert_drawn(&format!("{name}, searched"), &mut desk, SIZES[0], &words);
        desk.event(Event::Scan((*text).to_string()));
        assert_drawn(&format!("{name}, scanned"), &mut desk, SIZES[0], &words);
    }
}

#[test]
fn a_megabyte_in_every_field_is_drawn_like_anything_else() {
    let (sender, done) = std::sync::mpsc::channel();
    let work = std::thread::spawn(move || {
        let words = Words::new(Language::English);
        for (name, text) in long() {
            let mut desk = Desk::new("2026-11-22");
            // A few fields that stand on every screen; a megabyte in all of them is a gigabyte.
            let mut record = Record::new(CASE, EntityKind::Case);
            for field in [
                Field::Caller,
                Field::Model,
                Field::Fault,
                Field::RecipientAddress,
            ] {
                let change = Change {
                    entity: CASE,
                    kind: EntityKind::Case,
                    seq: record.next_seq(),
                    action: ActionId(7),
                    act: Act::Edit,
                    at: "2026-11-20T02:00:00Z".parse().unwrap(),
                    who: "li".into(),
                    ground: Ground::CustomerSays,
                    item: ItemId::SELF,
                    field,
                    entry: Entry::Known(Value::Text(text.clone())),
                    base: 0,
                };
                assert!(record.apply(change));
            }
            desk.records.insert(CASE, record);
            answered(&mut desk, Effect::LoadBoard);
            assert_drawn(&format!("{name}, board"), &mut desk, SIZES[0], &words);
            answered(&mut desk, Effect::LoadCase(CASE));
            for command in &SCREENS[..9] {
                desk.command(*command);
                assert_drawn(&format!("{name}, {command:?}"), &mut desk, SIZES[0], &words);
                desk.state.overlays.clear();
            }
        }
        let _ = sender.send(());
    });
    // Hours where the work grows with the square of a text, a moment otherwise.
    let ended = done.recv_timeout(std::time::Duration::from_secs(100));
    assert!(
        !matches!(ended, Err(std::sync::mpsc::RecvTimeoutError::Timeout)),
        "a frame does not end"
    );
    work.join().unwrap();
}
