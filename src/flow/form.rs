//! One generic form: rows of fields of a record, chosen by screen and by what is known.
//!
//! The order of the rows is the order of the talk. A field is on the short form when it decides
//! something now; the rest is folded away until it is asked for or filled.

use crate::desk::change::{Act, Ground};
use crate::desk::field::{Field, FieldKind};
use crate::desk::id::ItemId;
use crate::desk::parcel::Parcel;
use crate::desk::phone::{Phone, PhoneFault};
use crate::desk::quote::{Line, QuoteState};
use crate::desk::record::{Fact, Record};
use crate::desk::value::{Entry, Value};
use crate::terms::ask::Place;
use crate::work::case::Case;
use crate::work::findings::place;
use crate::work::unit::{self, Kin};

use super::editor::Editor;
use super::state::CaseScreen;

/// A field of an item: what a caret can be in.
pub type Cell = (ItemId, Field);

/// One row of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A field with its label.
    Field(Cell),
    /// A line of a table: a quote line, or goods in a parcel.
    Line(Vec<Cell>),
    /// The heads of the columns of the lines that follow.
    Head(Vec<Field>),
    /// So many fields are folded away.
    More(usize),
}

impl Row {
    /// The cells a caret can be in.
    pub fn cells(&self) -> &[Cell] {
        match self {
            Row::Field(cell) => std::slice::from_ref(cell),
            Row::Line(cells) => cells,
            Row::Head(_) | Row::More(_) => &[],
        }
    }
}

/// A form: which fields, where the caret is, what is being typed.
#[derive(Debug, Clone)]
pub struct Form {
    /// The rows.
    pub rows: Vec<Row>,
    /// Where the caret is.
    pub focus: Cell,
    /// The text being edited; none in a choice.
    pub editor: Option<Editor>,
    /// Whether what is typed was not saved yet.
    pub is_dirty: bool,
    /// Whether the folded fields are shown.
    pub shows_more: bool,
    /// The item the empty line at the end of a table will become.
    pub new_item: ItemId,
    /// The fact of the cell as the person saw it when beginning to type: its sequence number, 0 for
    /// none.
    pub base: u32,
    /// A cell that stays, with its row, for as long as the caret is in it, though the screen would not
    /// have it any more: somebody else changed what it follows from.
    kept: Option<Cell>,
}

/// Whether the program filled a field and nobody has typed in it since: as it begins a call, as it
/// looked something up, or because it follows from another field that was filled.
fn is_suggested(record: &Record, (item, field): Cell) -> bool {
    let Some(fact) = record.fact_of(item, field) else {
        return false;
    };
    let mut changes = record.changes().iter();
    let Some(change) = changes.clone().find(|it| it.seq == fact.seq) else {
        return false;
    };
    match change.act {
        Act::Edit => {
            let first = changes.find(|it| it.action == change.action);
            let follows = matches!(
                field,
                Field::RequestDate | Field::CourierBack | Field::Courier
            );
            follows && first.is_some_and(|first| first.seq != change.seq)
        }
        Act::Settle | Act::Undo => false,
        _ => matches!(fact.ground, Ground::Desk | Ground::Record),
    }
}

impl Form {
    /// A form with these rows, the caret in the first field that is not known yet.
    pub fn new(rows: Vec<Row>, record: &Record, new_item: ItemId) -> Form {
        let cells = || rows.iter().flat_map(|row| row.cells().iter().copied());
        let first_unknown = cells().find(|(item, field)| record.fact_of(*item, *field).is_none());
        let focus = first_unknown
            .or_else(|| cells().next())
            .unwrap_or((ItemId::SELF, Field::Phone));
        let mut form = Form {
            rows,
            focus,
            editor: None,
            is_dirty: false,
            shows_more: false,
            new_item,
            base: 0,
            kept: None,
        };
        form.start_editing(record);
        form
    }

    /// The same with the caret where the work of a screen begins: at the bench, at the first field
    /// that nobody here has seen yet, whatever the customer said of it.
    pub fn begun_on(mut self, screen: CaseScreen, record: &Record) -> Form {
        let is_unseen = |(item, field): &Cell| {
            record
                .fact_of(*item, *field)
                .is_none_or(|fact| fact.ground == Ground::CustomerSays)
        };
        let unseen = self.cells().into_iter().find(is_unseen);
        if let (CaseScreen::Inspection, Some(cell)) = (screen, unseen) {
            self.go_to(cell, record);
        }
        self
    }

    /// Puts the caret in a cell and takes its text up for editing.
    pub fn go_to(&mut self, cell: Cell, record: &Record) {
        if let Some(kept) = self.kept.filter(|kept| *kept != cell) {
            self.kept = None;
            self.rows
                .retain(|row| !row.cells().contains(&kept) || row.cells().contains(&cell));
        }
        self.focus = cell;
        self.start_editing(record);
    }

    /// Takes up the text of the cell the caret is in.
    pub fn start_editing(&mut self, record: &Record) {
        self.is_dirty = false;
        let (item, field) = self.focus;
        let is_long = field.kind() == (FieldKind::Text { long: true });
        self.editor = match field.kind() {
            _ if self.rows.is_empty() => None,
            FieldKind::Choice(_) | FieldKind::Link => None,
            _ if is_suggested(record, (item, field)) => {
                Some(Editor::suggesting(&self.stored(record), is_long))
            }
            _ => Some(Editor::new(&self.stored(record), is_long)),
        };
    }

    /// The person begins to type, or types on; `saved` is the record as it is saved.
    pub fn touch(&mut self, saved: &Record) {
        if !self.is_dirty {
            self.is_dirty = true;
            self.base = seen(saved, self.focus);
        }
    }

    /// Puts a text into the field as if it had been typed by somebody who had seen the fact `base`.
    pub fn type_over(&mut self, text: &str, base: u32) {
        if let Some(editor) = &mut self.editor {
            *editor = Editor::new(text, editor.is_long());
            self.is_dirty = true;
            self.base = base;
        }
    }

    /// Takes in a record that was changed under the form: what the person typed stays, what was not
    /// touched is shown as it is now, the caret where it was.
    pub fn take_in(&mut self, record: &Record) {
        if self.is_dirty {
            return;
        }
        let before = self.editor.take();
        self.start_editing(record);
        if let (Some(before), Some(editor)) = (before, &mut self.editor) {
            let was_at_end = before.is_at_end();
            if before.text() == editor.text() {
                *editor = before;
            } else if !was_at_end {
                editor.place_caret(before.caret());
            }
        }
    }

    /// From now on the caret's cell stays, whatever rows come, until the caret leaves it.
    pub fn keeps_focus(&mut self) {
        if self.position().is_some() {
            self.kept = Some(self.focus);
        }
    }

    /// What somebody else made of the field while the person was typing in it: the fact as it stands
    /// now, `None` inside where it was emptied. `record` is the record as it is saved.
    pub fn overtaken<'a>(&self, record: &'a Record) -> Option<Option<&'a Fact>> {
        let fact = record.fact_of(self.focus.0, self.focus.1);
        let is_other = seen(record, self.focus) != self.base;
        (self.is_dirty && is_other).then_some(fact)
    }

    fn stored(&self, record: &Record) -> String {
        let (item, field) = self.focus;
        super::typed::editable(record.fact_of(item, field).map(|fact| &fact.entry))
    }

    /// Takes new rows; a caret whose cell is gone moves to the nearest one that is left, unless the cell
    /// is to stay: something is half typed in it, or somebody else took it away.
    pub fn set_rows(&mut self, rows: Vec<Row>, record: &Record) {
        let before = self.position();
        let old = std::mem::replace(&mut self.rows, rows);
        if self.cells().contains(&self.focus) {
            self.kept = None;
        } else if self.kept == Some(self.focus) || self.is_dirty {
            // What is half typed never goes with its row.
            self.kept = Some(self.focus);
            self.put_back(old);
        }
        let cells = self.cells();
        if !cells.contains(&self.focus) {
            let nearest = before.unwrap_or(0).min(cells.len().saturating_sub(1));
            if let Some(cell) = cells.get(nearest) {
                self.go_to(*cell, record);
            }
        }
    }

    /// Puts the row of the caret back where it stood among the old rows.
    fn put_back(&mut self, old: Vec<Row>) {
        let focus = self.focus;
        let Some(at) = old.iter().position(|row| row.cells().contains(&focus)) else {
            return;
        };
        let before = old.iter().take(at).rev();
        let places = before.filter_map(|row| self.rows.iter().position(|new| new == row));
        let place = places.map(|place| place + 1).next();
        let place = place.unwrap_or(at.min(self.rows.len()));
        if let Some(row) = old.into_iter().nth(at) {
            self.rows.insert(place, row);
        }
    }

    /// Every cell, in the order of the caret's way.
    pub fn cells(&self) -> Vec<Cell> {
        self.rows
            .iter()
            .flat_map(|row| row.cells().iter().copied())
            .collect()
    }

    /// The cell the caret is in; none on a screen where nothing is filled.
    pub fn cell(&self) -> Option<Cell> {
        (!self.rows.is_empty()).then_some(self.focus)
    }

    /// The cell the caret is in, counted from 0.
    pub fn position(&self) -> Option<usize> {
        self.cells().iter().position(|cell| *cell == self.focus)
    }

    /// The cell `steps` further on (or back), staying inside.
    pub fn neighbour(&self, steps: isize) -> Option<Cell> {
        let cells = self.cells();
        let here = self.position()?;
        let there = here
            .saturating_add_signed(steps)
            .min(cells.len().saturating_sub(1));
        cells.get(there).copied().filter(|_| there != here)
    }

    /// The cell in the row `steps` below (or above), in the same column where there is one.
    pub fn vertical_neighbour(&self, steps: isize) -> Option<Cell> {
        let rows: Vec<&Row> = self
            .rows
            .iter()
            .filter(|row| !row.cells().is_empty())
            .collect();
        let here = rows
            .iter()
            .position(|row| row.cells().contains(&self.focus))?;
        let column = rows
            .get(here)?
            .cells()
            .iter()
            .position(|cell| *cell == self.focus)?;
        let there = here
            .saturating_add_signed(steps)
            .min(rows.len().saturating_sub(1));
        let cells = rows.get(there)?.cells();
        cells
            .get(column.min(cells.len().saturating_sub(1)))
            .copied()
            .filter(|cell| *cell != self.focus)
    }

    /// What is typed and not saved yet.
    pub fn typed(&self) -> Option<String> {
        match &self.editor {
            Some(editor) if self.is_dirty => Some(editor.text()),
            _ => None,
        }
    }
}

/// The sequence number of the latest change of a cell, also of the one that emptied it; 0 where there
/// is none.
pub fn seen(record: &Record, (item, field): Cell) -> u32 {
    let mut latest_first = record.changes().iter().rev();
    latest_first
        .find(|change| (change.item, change.field) == (item, field))
        .map_or(0, |change| change.seq)
}

/// The ground a value entered on a screen has, unless the person says otherwise.
pub fn usual_ground(screen: CaseScreen, field: Field) -> Ground {
    match (screen, field) {
        (_, Field::ShipDate) => Ground::Record,
        (_, Field::ArrivalDate | Field::ProofReceived | Field::BagLabel) => Ground::Inspected,
        (CaseScreen::Inspection, Field::Proof | Field::PurchaseDate | Field::ProofAtReturn) => {
            Ground::DocumentSeen
        }
        (CaseScreen::Inspection | CaseScreen::Repair, _) => Ground::Inspected,
        (CaseScreen::Intake, Field::Assignee | Field::Channel | Field::ContactDate) => Ground::Desk,
        (CaseScreen::Intake, _) => Ground::CustomerSays,
        (
            CaseScreen::Dispatch,
            Field::Recipient | Field::RecipientPhone | Field::RecipientAddress,
        ) => Ground::CustomerSays,
        _ => Ground::Desk,
    }
}

/// The rows of a screen of a case.
pub fn rows(screen: CaseScreen, case: &Case, shows_more: bool, new_item: ItemId) -> Vec<Row> {
    match screen {
        CaseScreen::Intake => {
            let rest = [INTAKE_MORE, told_on_the_phone(case)].concat();
            with_units(case, folded(intake(case), &rest, case, shows_more))
        }
        CaseScreen::Inspection => {
            let (short, rest) = inspection(case);
            with_units(case, folded(short, &rest, case, shows_more))
        }
        CaseScreen::Quote => quote(case, new_item),
        CaseScreen::Repair => folded(
            repair(&case.record),
            &[
                Field::SerialAfter,
                Field::Cause,
                Field::RepairConfirmedDate,
                Field::WaitingFor,
                Field::WaitingUntil,
                Field::Bin,
                Field::Assignee,
            ],
            case,
            shows_more,
        ),
        CaseScreen::Dispatch => folded(
            dispatch(case),
            &[Field::DeliveredOn, Field::Email, Field::Bin],
            case,
            shows_more,
        ),
        CaseScreen::Summary | CaseScreen::History => Vec::new(),
    }
}

/// The rows of a parcel being taken in.
pub fn parcel_rows(record: &Record, new_item: ItemId) -> Vec<Row> {
    let mut rows: Vec<Row> = [
        Field::Waybill,
        Field::Courier,
        Field::ParcelDay,
        Field::ParcelFreight,
    ]
    .into_iter()
    .map(|field| Row::Field((ItemId::SELF, field)))
    .collect();
    if record.choice(Field::ParcelFreight) == Some("collect") {
        rows.push(Row::Field((ItemId::SELF, Field::ParcelFreightPaid)));
    }
    rows.push(Row::Field((ItemId::SELF, Field::Sender)));
    rows.push(Row::Head(GOODS_COLUMNS.to_vec()));
    let goods = Parcel::of(record).goods.into_iter().map(|goods| goods.item);
    for item in goods.chain([new_item]) {
        rows.push(Row::Line(
            GOODS_COLUMNS.iter().map(|field| (item, *field)).collect(),
        ));
    }
    rows
}

const GOODS_COLUMNS: [Field; 3] = [Field::GoodsSerial, Field::ProofReceived, Field::GoodsLabel];
const LINE_COLUMNS: [Field; 4] = [
    Field::LineKind,
    Field::LineText,
    Field::LineQuantity,
    Field::LinePrice,
];

/// The short rows, then what is folded: only the filled ones unless all are asked for.
fn folded(short: Vec<Field>, rest: &[Field], case: &Case, shows_more: bool) -> Vec<Row> {
    let mut rows: Vec<Row> = short
        .iter()
        .map(|field| Row::Field((ItemId::SELF, *field)))
        .collect();
    let mut hidden = 0;
    for field in rest.iter().filter(|field| !short.contains(field)) {
        if shows_more || case.record.fact(*field).is_some() {
            rows.push(Row::Field((ItemId::SELF, *field)));
        } else {
            hidden += 1;
        }
    }
    if hidden > 0 {
        rows.push(Row::More(hidden));
    }
    rows
}

const INTAKE_MORE: &[Field] = &[
    Field::SecondPhone,
    Field::Channel,
    Field::Email,
    Field::Address,
    Field::Wishes,
    Field::SoldBy,
    Field::Abroad,
    Field::ContactDate,
    Field::FaultDate,
    Field::DispatchDate,
    Field::Assignee,
];

/// What the customer can tell of the goods while they are not here; then the bench sees it.
fn told_on_the_phone(case: &Case) -> &'static [Field] {
    if place(case) == Place::Bench {
        return &[];
    }
    match case.record.choice(Field::Service) {
        Some("upgrade") => &[],
        Some("repair" | "repair+upgrade") => &[Field::CollisionOrBurn, Field::Misuse],
        Some("return") => RETURN_TOLD,
        _ => &[
            Field::PerformanceFailure,
            Field::FailureFoundDate,
            Field::Activated,
            Field::ForceMajeure,
            Field::ForceMajeureWhen,
            Field::ReceiptDate,
            Field::RequestDate,
            Field::CollisionOrBurn,
            Field::Misuse,
        ],
    }
}

const RETURN_TOLD: &[Field] = &[
    Field::FailureFoundDate,
    Field::Activated,
    Field::ForceMajeure,
    Field::ForceMajeureWhen,
];

/// The rows with the questions whether earlier cases are about the same unit, behind its number.
fn with_units(case: &Case, mut rows: Vec<Row>) -> Vec<Row> {
    let asked = case.earlier.iter().filter(|earlier| {
        let item = unit::item_of(earlier.case);
        earlier.kin == Kin::Asked || case.record.fact_of(item, Field::SameUnit).is_some()
    });
    let asked = asked.map(|earlier| Row::Field((unit::item_of(earlier.case), Field::SameUnit)));
    // Which unit lies here comes before everything that is asked about it.
    if case.record.serial(Field::SerialInBox).is_some() {
        rows.insert(0, Row::Field((ItemId::SELF, Field::BoxUnit)));
    }
    let serial = Row::Field((ItemId::SELF, Field::SerialNumber));
    let at = rows.iter().position(|row| *row == serial);
    let at = at.map_or(0, |at| at + 1);
    rows.splice(at..at, asked);
    rows
}

/// The fields of the work itself. What is given out in place of the unit is known by its number, or
/// has none.
fn repair(record: &Record) -> Vec<Field> {
    let mut fields = vec![Field::WorkDone, Field::RepairOutcome];
    if record.choice(Field::RepairOutcome) == Some("replaced") {
        fields.push(Field::SerialAfter);
        if record.serial(Field::SerialAfter).is_none() {
            fields.push(Field::SerialAfterNone);
        }
    }
    fields.push(Field::RetestPassed);
    fields
}

fn is_yes(record: &Record, field: Field) -> bool {
    record.is_yes(field)
}

fn intake(case: &Case) -> Vec<Field> {
    let record = &case.record;
    let mut fields = vec![Field::Phone];
    // Where there are two numbers, the second has its place beside the first.
    if record.fact(Field::SecondPhone).is_some() || has_two_numbers(record) {
        fields.push(Field::SecondPhone);
    }
    fields.extend([
        Field::Caller,
        Field::Model,
        Field::SerialNumber,
        Field::Fault,
        Field::Service,
    ]);
    let service = record.choice(Field::Service);
    if matches!(service, Some("return" | "return_else_repair")) {
        fields.extend([
            Field::ReceiptDate,
            Field::RequestDate,
            Field::PerformanceFailure,
        ]);
        match record.choice(Field::PerformanceFailure) {
            Some("yes") => fields.extend([Field::FailureFoundDate, Field::FailureManMade]),
            Some(_) => fields.extend([Field::Activated, Field::Complete, Field::AppearanceDamage]),
            None => {}
        }
        fields.push(Field::ProofAtReturn);
    }
    if !matches!(service, Some("return" | "upgrade")) {
        fields.extend([Field::Proof, Field::PurchaseDate, Field::ShipDate]);
    }
    if !matches!(service, Some("return")) {
        fields.extend([Field::AgreedIfCovered, Field::AgreedCeiling]);
    }
    fields
}

/// Whether two numbers stand in the field for one.
fn has_two_numbers(record: &Record) -> bool {
    match record.fact(Field::Phone).map(|fact| &fact.entry) {
        Some(Entry::Unreadable(text)) => Phone::parse(text) == Err(PhoneFault::TwoNumbers),
        _ => false,
    }
}

/// The facts of a return that only an inspection settles.
const RETURN_INSPECTION: &[Field] = &[
    Field::Complete,
    Field::AppearanceDamage,
    Field::LabelsTampered,
    Field::Activated,
    Field::Resalable,
    Field::PerformanceFailure,
    Field::FailureManMade,
    Field::ManufacturingDefect,
    Field::CollisionOrBurn,
    Field::Misuse,
    Field::ForceMajeure,
    Field::ProofAtReturn,
];

fn inspection(case: &Case) -> (Vec<Field>, Vec<Field>) {
    let record = &case.record;
    let is_return = case.given().is_return();
    let mut short = Vec::new();
    if is_return {
        short.extend(RETURN_INSPECTION);
    } else {
        short.extend([Field::TestResult, Field::Cause, Field::Findings]);
        if record.choice(Field::Service).is_none() {
            short.insert(0, Field::Service);
        }
        if record.value(Field::Proof).is_none() || is_hearsay(record, Field::Proof) {
            short.extend([Field::Proof, Field::PurchaseDate]);
        }
        if record.choice(Field::Proof) != Some("valid") || record.day(Field::ShipDate).is_some() {
            short.push(Field::ShipDate);
        }
    }
    for (when, then) in [
        (
            record.choice(Field::Complete) == Some("no"),
            &[Field::MissingItems, Field::MissingBy][..],
        ),
        (is_yes(record, Field::LabelsTampered), &[Field::LabelsBy]),
        (
            matches!(
                record.choice(Field::Misuse),
                Some("caused" | "present_not_cause" | "cause_unknown")
            ),
            &[Field::MisuseKind],
        ),
        (
            is_yes(record, Field::ForceMajeure),
            &[Field::ForceMajeureWhen],
        ),
        (
            is_return && is_yes(record, Field::PerformanceFailure),
            &[Field::FailureFoundDate],
        ),
        (
            record.choice(Field::Proof) == Some("date_illegible"),
            &[Field::PurchaseDateLost],
        ),
    ] {
        if when {
            short.extend(
                then.iter()
                    .filter(|field| !short.contains(field))
                    .copied()
                    .collect::<Vec<_>>(),
            );
        }
    }
    let rest = [
        &[
            Field::ProofReceived,
            Field::Contents,
            Field::BagLabel,
            Field::Bin,
            Field::SerialNumber,
            Field::Model,
            Field::Proof,
            Field::PurchaseDate,
            Field::ShipDate,
            Field::TestResult,
            Field::Cause,
            Field::Findings,
        ][..],
        RETURN_INSPECTION,
        &[Field::WaitingFor, Field::WaitingUntil, Field::Assignee],
    ]
    .concat();
    (short, rest)
}

fn is_hearsay(record: &Record, field: Field) -> bool {
    record
        .fact(field)
        .is_some_and(|fact| fact.ground == Ground::CustomerSays)
}

fn quote(case: &Case, new_item: ItemId) -> Vec<Row> {
    let is_told = matches!(
        case.quote.state,
        QuoteState::Issued | QuoteState::Answered(_)
    );
    let columns: Vec<Field> = LINE_COLUMNS
        .into_iter()
        .chain(is_told.then_some(Field::LineAnswer))
        .collect();
    let mut rows = vec![Row::Head(columns.clone())];
    let lines = case.quote.lines.iter().map(|line| line.item);
    for item in lines.chain([new_item]) {
        let columns = columns
            .iter()
            .filter(|field| item != new_item || **field != Field::LineAnswer);
        rows.push(Row::Line(columns.map(|field| (item, *field)).collect()));
    }
    // What is covered is repaired all the same, if the customer says so.
    if case.given().is_covered_part_left() {
        rows.push(Row::Field((ItemId::SELF, Field::AgreedIfCovered)));
    }
    rows.push(Row::Field((ItemId::SELF, Field::FreightBack)));
    if asks_freight_amount(case) {
        rows.push(Row::Field((ItemId::SELF, Field::FreightAmount)));
    }
    rows.push(Row::Field((ItemId::SELF, Field::QuoteAnswerBy)));
    rows
}

fn dispatch(case: &Case) -> Vec<Field> {
    let mut fields = vec![
        Field::WaybillBack,
        Field::Recipient,
        Field::RecipientPhone,
        Field::RecipientAddress,
    ];
    let company_pays = case.verdict.freight_back == crate::work::verdict::Payer::Company;
    if !company_pays || case.record.fact(Field::FreightBack).is_some() {
        fields.push(Field::FreightBack);
    }
    if asks_freight_amount(case) {
        fields.push(Field::FreightAmount);
    }
    if case.record.choice(Field::ProofReceived) == Some("original") {
        fields.push(Field::ProofEnclosed);
    }
    fields.push(Field::CourierBack);
    fields
}

/// Whether it is asked how much the customer pays in advance for the way back: not where it stands in
/// the quote already.
fn asks_freight_amount(case: &Case) -> bool {
    let is_prepaid = case.record.choice(Field::FreightBack) == Some("customer_prepaid");
    let is_in_quote = case.quote.lines.iter().any(Line::is_freight) && !case.quote.is_declined();
    is_prepaid && (!is_in_quote || case.record.fact(Field::FreightAmount).is_some())
}

/// The value a new table line starts with, so that a line typed from its second column on is whole.
pub fn first_of_line(field: Field) -> Option<(Field, Entry)> {
    match field {
        Field::LineText | Field::LineQuantity | Field::LinePrice => {
            Some((Field::LineKind, Entry::Known(Value::Choice("labour"))))
        }
        _ => None,
    }
}
