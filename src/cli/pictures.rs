//! `aftercare demo --pictures DIR`: the main screens of the demo desk as pictures, for the README.
//! Drawn by the same code as in a terminal, from the state that the same events lead to.

mod svg;

use std::io;
use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::opening::Opened;
use crate::desk::field::Field;
use crate::desk::id::EntityId;
use crate::desk::language::Language;
use crate::desk::now::Now;
use crate::desk::staff::{Role, Staff};
use crate::flow::command::Command;
use crate::flow::event::{self, Event};
use crate::flow::state::State;
use crate::store::Trouble;
use crate::ui::i18n::Words;
use crate::ui::screen::paint;
use crate::ui::theme::Theme;
use crate::work::case::Case;
use crate::work::standing::{Stage, Wait};
use crate::work::verdict::Tri;

/// Columns and rows of every picture: the terminal the desk is made for.
const SIZE: Rect = Rect::new(0, 0, 80, 24);

/// A picture: its name, the command that leads to the screen, and which case is on it (none: the
/// board).
type Picture = (&'static str, Command, Option<fn(&Case) -> bool>);

const PICTURES: [Picture; 5] = [
    ("board", Command::Summary, None),
    ("intake", Command::Intake, Some(is_refused_call)),
    ("summary", Command::Summary, Some(waits_for_money)),
    ("quote", Command::Quote, Some(is_told_anew)),
    ("dispatch", Command::Sending, Some(has_proof_here)),
];

fn is_refused_call(case: &Case) -> bool {
    case.standing.stage == Stage::Call && case.verdict.take_back == Tri::No
}

fn waits_for_money(case: &Case) -> bool {
    matches!(case.standing.wait, Some((Wait::Payment, _)))
}

fn is_told_anew(case: &Case) -> bool {
    case.standing.stage == Stage::Answer && case.quote.version > 1
}

fn has_proof_here(case: &Case) -> bool {
    case.standing.stage == Stage::Dispatch
        && case.record.choice(Field::ProofReceived) == Some("original")
}

/// Draws every picture in both languages into a folder, which is made where it is missing.
///
/// # Errors
/// What the desk or the folder said.
pub fn draw_all(opened: &Opened, now: Now, folder: &Path) -> Result<usize, Trouble> {
    std::fs::create_dir_all(folder)?;
    let mut drawn = 0;
    for language in Language::ALL {
        for (name, command, of) in PICTURES {
            let Some(state) = state(opened, now, language, command, of)? else {
                // Whoever draws them changed the demo.
                let missing = format!("no case for the picture {name}");
                return Err(io::Error::other(missing).into());
            };
            let mut buffer = Buffer::empty(SIZE);
            let words = Words::new(language);
            let caret = paint(&state, &words, &Theme::COLOURED, SIZE, &mut buffer);
            let file = folder.join(format!("{name}-{}.svg", language.tag()));
            std::fs::write(file, svg::of(&buffer, caret))?;
            drawn += 1;
        }
    }
    Ok(drawn)
}

/// The desk as it stands when somebody has opened this screen.
fn state(
    opened: &Opened,
    now: Now,
    language: Language,
    command: Command,
    of: Option<fn(&Case) -> bool>,
) -> Result<Option<State>, Trouble> {
    let staff = Staff {
        name: "li".to_string(),
        role: Role::Operator,
    };
    let rows = opened.store.view().board()?;
    let ids: Vec<EntityId> = rows.iter().map(|row| row.id).collect();
    let mut state = State::new(staff, opened.knowledge.clone(), now, 1);
    state.language = language;
    state.size = (SIZE.width, SIZE.height);
    let mut does = |event| {
        // What it would look up on the way is not on these screens.
        let _ = crate::flow::step(&mut state, event, now);
        state.case().map(|open| open.case.clone())
    };
    does(Event::Board(rows));
    let Some(is_it) = of else {
        return Ok(Some(state));
    };
    for id in ids {
        let Some(file) = opened.store.view().case_file(id)? else {
            continue;
        };
        let case = does(Event::Case(Box::new(event::Opened {
            record: file.record,
            same_serial: file.same_serial,
            same_caller: file.same_caller,
            around: file.parcels,
        })));
        if case.is_some_and(|case| is_it(&case)) {
            does(Event::Command(command));
            return Ok(Some(state));
        }
    }
    Ok(None)
}
