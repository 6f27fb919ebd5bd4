//! The draft of the state machine, as it stands in its file.

use crate::desk::field::Field;
use crate::desk::id::{EntityId, ItemId};
use crate::flow::draft::Draft;
use crate::flow::event::Present;
use crate::flow::state::CaseScreen;
use crate::store::{Draft as Stored, Other};

/// The draft as it is kept.
pub(super) fn stored(draft: &Draft, who: &str) -> Stored {
    Stored {
        who: who.to_string(),
        case: draft.case.map(|id| id.0),
        parcel: draft.parcel.map(|id| id.0),
        screen: draft.screen.map_or("", CaseScreen::code).to_string(),
        field: draft
            .field
            .map(|(item, field)| (item.0, field.code().to_string())),
        text: draft.text.clone(),
        caret: draft.caret,
        search: draft.search.clone(),
    }
}

/// The draft as it was; what this version of the program does not know is left out.
pub(super) fn restored(stored: &Stored) -> Draft {
    let field = stored
        .field
        .as_ref()
        .and_then(|(item, code)| Some((ItemId(*item), Field::from_code(code)?)));
    Draft {
        case: stored.case.map(EntityId),
        parcel: stored.parcel.map(EntityId),
        screen: CaseScreen::from_code(&stored.screen),
        field,
        text: stored.text.clone(),
        caret: stored.caret,
        search: stored.search.clone(),
    }
}

/// Another session, as the state machine knows it.
pub(super) fn present(other: Other) -> Present {
    Present {
        who: other.who,
        at: other.case.or(other.parcel).map(EntityId),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_comes_back_as_it_was() {
        let case = Draft {
            case: Some(EntityId(7)),
            screen: Some(CaseScreen::Quote),
            field: Some((ItemId(3), Field::LineText)),
            text: Some("排线 ¥ 8".to_string()),
            caret: (0, 6),
            ..Draft::default()
        };
        let parcel = Draft {
            parcel: Some(EntityId(9)),
            field: Some((ItemId::SELF, Field::Waybill)),
            text: None,
            ..Draft::default()
        };
        let board = Draft {
            search: "王小".to_string(),
            ..Draft::default()
        };
        for draft in [case, parcel, board, Draft::default()] {
            assert_eq!(restored(&stored(&draft, "li")), draft);
        }
    }
}
