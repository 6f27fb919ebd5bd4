//! From a question to the field its answer is entered in.

use crate::desk::field::Field;
use crate::desk::id::ItemId;
use crate::terms::ask::Place;
use crate::terms::assessment::Item;
use crate::terms::choice::Choice as _;
use crate::terms::facts::{FactName, RepairField};
use crate::work::case::Case;
use crate::work::earlier::counted;
use crate::work::findings::place;
use crate::work::unit::{self, Kin};

use super::form::{self, Cell};
use super::state::CaseScreen;

/// The field an answer is entered in. None for what an earlier case says of its own repair: it is put
/// right there.
fn cell_of(case: &Case, item: Item) -> Option<Cell> {
    match item {
        // A quote is accepted by an action of its own screen, where this field stands.
        Item::Fact(FactName::QuoteAcceptedDate) => Some((ItemId::SELF, Field::QuoteAnswerBy)),
        Item::Fact(name) => Field::from_code(name.code()).map(|field| (ItemId::SELF, field)),
        Item::Repair(at, RepairField::Done) => {
            let earlier = counted(&case.earlier).nth(usize::from(at))?;
            let is_asked = earlier.kin == Kin::Asked;
            is_asked.then(|| (unit::item_of(earlier.case), Field::SameUnit))
        }
        Item::Repair(..) => None,
    }
}

/// The screen and the field in which a question is answered: on the screen one is at, `here`, where
/// that has it, folded away or not; else on the first screen that does, those of the place first.
pub fn field_of(case: &Case, item: Item, here: CaseScreen) -> Option<(CaseScreen, Cell)> {
    use CaseScreen as S;
    let cell = cell_of(case, item)?;
    let others = match place(case) {
        Place::Phone => [S::Intake, S::Inspection, S::Repair, S::Quote, S::Dispatch],
        Place::Bench => [S::Inspection, S::Repair, S::Intake, S::Quote, S::Dispatch],
    };
    let mut screens = std::iter::once(here).chain(others);
    let has = |screen: &S| {
        let rows = form::rows(*screen, case, true, ItemId::SELF);
        rows.iter().any(|row| row.cells().contains(&cell))
    };
    screens.find(has).map(|screen| (screen, cell))
}
