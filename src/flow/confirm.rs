//! What somebody has to know before something is done: where else a unit is open before a case gets
//! its number, and what goes where before cases are joined.

use crate::desk::record::Record;
use crate::work::action::{Action, Refusal};
use crate::work::elsewhere::Elsewhere;
use crate::work::intent::{Intent, Proposal, Seen};
use crate::work::join::{self, Bar, Moves, Prefer, Way};

use super::event::Effect;
use super::note::Note;
use super::state::{After, Overlay, State};
use super::{Typing, casework, commit, plan_on, typed};

/// What is to be known, and how to go on.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// What about.
    pub about: About,
    /// The line the mark is at.
    pub cursor: usize,
}

/// What is to be known.
#[derive(Debug, Clone)]
pub enum About {
    /// The unit is open in these other cases.
    OpenElsewhere(Vec<Elsewhere>),
    /// This goes to the right case.
    Join {
        /// How.
        way: Way,
        /// The right case.
        right: Box<Record>,
        /// How that stands.
        stands: Elsewhere,
        /// What goes there.
        moves: Moves,
    },
}

/// How to go on. The words are `confirm-<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Look at the other case instead.
    Look,
    /// Authorise all the same.
    Authorise,
    /// Join, or move the goods.
    Join,
    /// The same; what the right case has seen stays.
    KeepTheirs,
    /// The same; what was seen here counts.
    TakeOurs,
}

impl Choice {
    /// Every choice.
    pub const ALL: [Choice; 5] = [
        Choice::Look,
        Choice::Authorise,
        Choice::Join,
        Choice::KeepTheirs,
        Choice::TakeOurs,
    ];

    /// The end of the message id `confirm-...`, and what its first letter chooses.
    pub fn code(self) -> &'static str {
        match self {
            Choice::Look => "look",
            Choice::Authorise => "authorise",
            Choice::Join => "join",
            Choice::KeepTheirs => "keep-theirs",
            Choice::TakeOurs => "take-ours",
        }
    }
}

impl Confirm {
    /// How one can go on; Escape goes back.
    pub fn options(&self) -> &'static [Choice] {
        match &self.about {
            About::OpenElsewhere(_) => &[Choice::Look, Choice::Authorise],
            About::Join { moves, .. } if moves.asked.is_empty() => &[Choice::Join],
            About::Join { .. } => &[Choice::KeepTheirs, Choice::TakeOurs],
        }
    }
}

fn ask(state: &mut State, about: About) {
    let confirm = Confirm { about, cursor: 0 };
    state.overlays.push(Overlay::Confirm(Box::new(confirm)));
}

/// Asks whether the case gets a number though its unit is open elsewhere.
pub(super) fn open_elsewhere(state: &mut State, elsewhere: Vec<Elsewhere>) {
    ask(state, About::OpenElsewhere(elsewhere));
}

/// What may be meant as the right case was found: where it is one, what goes there is shown.
pub(super) fn right_cases(state: &mut State, way: Way, mut found: Vec<Record>) {
    let Some(own) = state.case().map(|open| open.case.record.id()) else {
        return;
    };
    let is_any = !found.is_empty();
    found.retain(|record| record.id() != own);
    let note = match found.as_slice() {
        [right] => match proposal(state, way, right, Prefer::Theirs) {
            Ok(_) => {
                let right = right.clone();
                show(state, way, right);
                return;
            }
            Err(refusal) => Note::Refused(refusal),
        },
        [] if is_any => Note::Refused(Refusal::Join(Bar::Itself)),
        [] => Note::Unavailable("no-such-case"),
        _ => Note::Unavailable("several-cases"),
    };
    state.note = Some(note);
    // What was typed stands there again.
    state.overlays.extend(state.asked_over.take());
}

fn show(state: &mut State, way: Way, right: Record) {
    let Some(open) = state.case() else {
        return;
    };
    let moves = join::moves(&open.case.record, &right, way);
    let stands = Elsewhere::of(right.clone(), &state.knowledge, state.today());
    let right = Box::new(right);
    ask(
        state,
        About::Join {
            way,
            right,
            stands,
            moves,
        },
    );
}

fn proposal(
    state: &mut State,
    way: Way,
    right: &Record,
    prefer: Prefer,
) -> Result<Proposal, Refusal> {
    let mut fresh = state.fresh.clone();
    let Some(open) = state.case() else {
        return Err(Refusal::Gone);
    };
    let mut around = open.around.clone();
    around.retain(|record| record.id() != right.id());
    around.push(right.clone());
    let seen = Seen::Case {
        case: &open.case,
        around: &around,
        outgoing: None,
    };
    let intent = Intent::Join {
        case: open.case.record.id(),
        right: right.id(),
        way,
        prefer,
    };
    let planned = plan_on(state, intent, seen, &mut fresh);
    state.fresh = fresh;
    planned
}

/// A digit or a first letter chooses.
pub(super) fn answer_by_key(state: &mut State, typing: &Typing, effects: &mut Vec<Effect>) {
    let (Some(Overlay::Confirm(confirm)), Typing::Key(input)) = (state.overlays.last(), typing)
    else {
        return;
    };
    let tui_textarea::Key::Char(character) = input.key else {
        return;
    };
    let options = confirm.options();
    let codes: Vec<&'static str> = options.iter().map(|choice| choice.code()).collect();
    let folded = crate::desk::fold::fold_trim(&character.to_string()).to_lowercase();
    let by_letter = |code: &&&str| !folded.is_empty() && code.starts_with(&folded);
    let code = typed::by_digit(&codes, &folded).or_else(|| codes.iter().find(by_letter));
    let chosen = code.and_then(|code| options.iter().find(|choice| choice.code() == *code));
    if let Some(choice) = chosen {
        choose(state, *choice, effects);
    }
}

/// Goes on as chosen.
pub(super) fn choose(state: &mut State, choice: Choice, effects: &mut Vec<Effect>) {
    let Some(Overlay::Confirm(confirm)) = state.overlays.pop() else {
        return;
    };
    state.asked_over = None;
    match (confirm.about, choice) {
        (About::OpenElsewhere(elsewhere), Choice::Look) => {
            effects.extend(elsewhere.first().map(|other| Effect::LoadCase(other.case)));
        }
        (About::OpenElsewhere(elsewhere), _) => {
            let known = elsewhere.iter().map(|other| other.case).collect();
            let action = Action::AuthoriseBeside(known);
            casework::act(state, action, After::Summary, effects);
        }
        (About::Join { way, right, .. }, choice) => {
            let prefer = match choice {
                Choice::TakeOurs => Prefer::Ours,
                _ => Prefer::Theirs,
            };
            match proposal(state, way, &right, prefer) {
                Ok(proposal) => commit(state, proposal, After::GoTo(right.id()), effects),
                Err(refusal) => state.note = Some(Note::Refused(refusal)),
            }
        }
    }
}
