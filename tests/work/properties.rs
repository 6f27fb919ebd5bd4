//! Random actions: no way round a gate, and the past is what it was.

use aftercare::desk::booking::{Booking, BookingKind};
use aftercare::desk::change::Ground;
use aftercare::desk::field::{Field, FieldKind};
use aftercare::desk::id::{EntityId, ItemId};
use aftercare::desk::money::Fen;
use aftercare::desk::outcome::{finished, is_work};
use aftercare::desk::record::Record;
use aftercare::desk::staff::Role;
use aftercare::desk::value::{Entry, Value};
use aftercare::work::action::{Action, FieldEdit, Refusal};
use aftercare::work::case::Case;
use aftercare::work::grants::Subject;
use aftercare::work::join::{Prefer, Way};
use aftercare::work::standing::{GoodsAt, Stage, contact_is_confirmed};
use aftercare::work::verdict::{Fee, Tri};
use proptest::prelude::*;

use crate::desk::{CALLER, Desk};

/// One random thing somebody does: what kind, and numbers that choose the rest.
#[derive(Debug, Clone, Copy)]
struct Step {
    kind: u8,
    pick: u16,
    more: u16,
    role: u8,
}

fn step() -> impl Strategy<Value = Step> {
    (0..26u8, any::<u16>(), any::<u16>(), 0..8u8).prop_map(|(kind, pick, more, role)| Step {
        kind,
        pick,
        more,
        role,
    })
}

/// What people type in forms, and what they must not get away with.
const FIELDS: [Field; 27] = [
    Field::FreightAmount,
    Field::Service,
    Field::Service,
    Field::TestResult,
    Field::TestResult,
    Field::Proof,
    Field::PurchaseDate,
    Field::ShipDate,
    Field::AgreedIfCovered,
    Field::AgreedCeiling,
    Field::RepairOutcome,
    Field::RetestPassed,
    Field::FreightBack,
    Field::FreightBack,
    Field::ProofReceived,
    Field::ProofEnclosed,
    Field::RecipientAddress,
    Field::WaitingFor,
    Field::ReceiptDate,
    Field::DispatchDate,
    Field::DeliveredOn,
    Field::RepairConfirmedDate,
    Field::Closed,
    Field::ContactConfirmed,
    Field::QuoteAnswer,
    Field::ArrivalDate,
    Field::WaybillBack,
];

fn some_value(desk: &Desk, field: Field, pick: u16) -> Entry {
    let days = i64::from(pick % 300);
    Entry::Known(match field.kind() {
        FieldKind::Choice(options) => Value::Choice(options[usize::from(pick) % options.len()]),
        FieldKind::Date { .. } => Value::Date(desk.today() - chrono::TimeDelta::days(days)),
        FieldKind::Money => Value::Fen(Fen(i64::from(pick % 120) * 100)),
        _ if pick.is_multiple_of(5) => return Entry::Unknown,
        _ => Value::Text(format!("SF{pick}")),
    })
}

fn act(desk: &mut Desk, id: EntityId, step: Step) -> Result<(), Refusal> {
    let role = match step.role {
        0..=3 => ("li", Role::Operator),
        4..=5 => ("chen", Role::Technician),
        _ => ("wu", Role::Supervisor),
    };
    desk.by(role.0, role.1);
    let pick = usize::from(step.pick);
    let action = match step.kind {
        0..=6 => {
            let field = FIELDS[pick % FIELDS.len()];
            let entry = some_value(desk, field, step.more);
            let edit = FieldEdit::of_self(field, entry, Ground::Desk);
            let record = &desk.records[&id];
            let is_other = record.fact(field).map(|fact| &fact.entry) != Some(&edit.entry);
            match step.more % 11 {
                0 if is_other && edit.entry != Entry::Unknown => Action::Settle(vec![edit]),
                _ => Action::Edit(vec![edit]),
            }
        }
        7 => Action::Authorise,
        8 => {
            let parcel = desk.parcel("SF0000000000001");
            desk.puts_in(parcel, Some(id), None);
            return desk.receives(parcel);
        }
        9 => {
            let lines = desk.case(id).quote.lines;
            let item = match lines.get(usize::from(step.more) % 4) {
                Some(line) => line.item,
                None => desk.fresh.item(),
            };
            let kinds = Field::LineKind.options();
            let of_line = |field, value| FieldEdit {
                item,
                field,
                entry: Entry::Known(value),
                ground: Ground::Desk,
            };
            let price = Value::Fen(Fen(i64::from(step.pick % 90 + 1) * 100));
            Action::Edit(vec![
                of_line(Field::LineKind, Value::Choice(kinds[pick % kinds.len()])),
                of_line(Field::LinePrice, price),
            ])
        }
        10 => {
            let lines = desk.case(id).quote.lines;
            let Some(line) = lines.get(pick % lines.len().max(1)) else {
                return Err(Refusal::NoLines);
            };
            let answers = Field::LineAnswer.options();
            Action::Edit(vec![FieldEdit {
                item: line.item,
                field: Field::LineAnswer,
                entry: Entry::Known(Value::Choice(answers[usize::from(step.more) % 2])),
                ground: Ground::CustomerSays,
            }])
        }
        11 => Action::IssueQuote { over: "telephone" },
        12 => Action::AnswerQuote {
            answer: Field::QuoteAnswer.options()[pick % 3],
            over: "telephone",
        },
        13 if step.more.is_multiple_of(4) => Action::Refund {
            amount: match step.more % 3 {
                0 => desk.case(id).ledger.beyond(),
                _ => Fen(i64::from(step.pick % 40) * 100),
            },
            means: "cash",
            day: desk.today(),
        },
        14 if step.more.is_multiple_of(3) => {
            let all = Booking::all(&desk.records[&id]);
            let chosen = all.get(pick % all.len().max(1));
            Action::Reverse {
                item: chosen.map_or(ItemId::SELF, |booking| booking.item),
                reason: "-".into(),
            }
        }
        13 => Action::Pay {
            amount: Fen(i64::from(step.pick % 90) * 100),
            means: "cash",
            day: desk.today(),
        },
        14 => Action::Waive {
            amount: desk.case(id).ledger.open(),
            reason: "-".into(),
        },
        15 | 16 => Action::FinishRepair,
        17 => Action::ConfirmContact,
        18 => Action::Grant {
            subject: Subject::ALL[pick % 4],
            reason: "-".into(),
        },
        19 => Action::Close {
            outcome: Field::Closed.options()[pick % Field::Closed.options().len()],
            note: "-".into(),
        },
        20 if step.more.is_multiple_of(5) => Action::PriceBack {
            by: "platform",
            amount: None,
            day: desk.today(),
        },
        20 => match step.more % 3 {
            0 => Action::AcceptReturn {
                price_back_by: "company",
            },
            1 => Action::CameBack,
            _ => Action::Reopen { reason: "-".into() },
        },
        21 | 22 => {
            let waybill = format!("SF{}", step.pick % 3);
            return desk.sends(id, &waybill).map(|_| ());
        }
        24 => return joins(desk, id, step),
        25 => return desk.takes_apart(id),
        _ => return desk.undoes(id),
    };
    desk.tries(id, action)
}

/// Another case of the unit is joined to this one, or this one to it, or only the goods go.
fn joins(desk: &mut Desk, id: EntityId, step: Step) -> Result<(), Refusal> {
    let other = desk.call(&CALLER);
    let prefer = [Prefer::Theirs, Prefer::Ours][usize::from(step.more % 2)];
    let way = [Way::Join, Way::Goods][usize::from(step.pick % 2)];
    match step.pick % 16 {
        0..2 => desk.joins(id, other, (way, prefer)),
        _ => {
            desk.takes_in(&[other]);
            desk.joins(other, id, (way, prefer))
        }
    }
}

/// What an action may never lead to, told from before and after it.
fn is_right(before: &Case, after: &Case) {
    let was = |case: &Case| finished(&case.record).is_some_and(is_work);
    let new = &after.record.changes()[before.record.changes().len()..];
    let is_finished_now = new
        .iter()
        .any(|change| change.act == aftercare::desk::change::Act::Repair);
    if is_finished_now && was(after) && !was(before) {
        let free = before.verdict.warranty == Tri::Yes && before.verdict.fee == Fee::None
            || before.grants.has(Subject::Warranty)
            || before.grants.has(Subject::FreeRepair);
        let upgrade = finished(&after.record) == Some("upgraded") && before.given().is_upgrade();
        assert!(
            free || upgrade || before.quote.is_accepted(),
            "repaired without agreement (IV.4)"
        );
        assert_eq!(before.given().goods(), GoodsAt::Here, "repaired elsewhere");
    }
    let granted =
        |case: &Case| case.grants.has(Subject::Warranty) || case.grants.has(Subject::FreeRepair);
    if was(after) && was(before) && before.quote.is_accepted() && !granted(before) {
        assert!(after.quote.is_accepted(), "the agreement got lost");
    }
    let sent = |case: &Case| case.record.day(Field::SentBackOn).is_some();
    let is_new = new.iter().any(|change| {
        change.field == Field::SentBackOn && change.act == aftercare::desk::change::Act::Dispatch
    });
    if is_new {
        assert!(sent(after));
        assert!(contact_is_confirmed(&before.record), "not confirmed (IV.5)");
        assert_eq!(before.ledger.open(), Fen(0), "not paid (IV.5)");
        assert_eq!(before.given().dispatch_blockers(), [], "a gate was shut");
    }
    let charged = after.ledger.fee_due.0 > 0;
    assert!(
        !charged || after.quote.is_accepted(),
        "charged without agreement"
    );
    if let Some(outcome) = after.record.choice(Field::Closed) {
        assert!(
            after.given().goods() != GoodsAt::Here || outcome == "undeliverable",
            "closed as {outcome} with the goods here"
        );
    }
    let blockers = &after.standing.blockers;
    assert!(
        after.standing.stage.code() != "closed" || blockers.is_empty(),
        "a closed case is not blocked: {blockers:?}"
    );
    assert!(
        after.record.text(Field::Number).is_some() || after.given().goods() != GoodsAt::Here,
        "goods here without a number"
    );
}

/// The money adds up, told from its entries alone; and nothing that is to be given back leaves the list.
fn adds_up(case: &Case) {
    let ledger = &case.ledger;
    let sum = |kind| {
        let all = Booking::all(&case.record).into_iter();
        let standing = all.filter(|it| it.reversed.is_none() && it.kind == kind);
        standing.map(|it| it.amount.0).sum::<i64>()
    };
    let kept = sum(BookingKind::Payment) - sum(BookingKind::Refund);
    let owed = (ledger.due().0 - sum(BookingKind::Waiver)).max(0);
    let of_it = ledger.in_advance().0 + ledger.credit().0 - ledger.open().0;
    assert_eq!(kept - owed, of_it, "{ledger:?}");
    let parts = [ledger.open(), ledger.in_advance(), ledger.credit()];
    let amounts = parts.iter().filter(|amount| !amount.is_zero()).count();
    assert!(amounts <= 1, "{ledger:?}");
    assert!(parts.iter().all(|amount| amount.0 >= 0), "{ledger:?}");
    assert!(ledger.fee_open() <= ledger.open(), "{ledger:?}");
    if case.standing.stage == Stage::Closed {
        assert!(parts.iter().all(|amount| amount.is_zero()), "{ledger:?}");
        let is_returned = case.record.choice(Field::Closed) == Some("returned");
        let is_back = case.record.day(Field::PriceBackDay).is_some();
        assert!(!is_returned || is_back, "the price is forgotten");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(400),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_way_round_a_gate_and_the_past_is_what_it_was(
        ready in any::<bool>(),
        steps in prop::collection::vec(step(), 1..80),
    ) {
        let mut desk = Desk::on("2026-06-01");
        let id = desk.call(&CALLER);
        if ready {
            // Half of the walks begin at the bench, where the gates are.
            desk.fills(id, &[(Field::Service, "repair"), (Field::Proof, "valid"), (Field::PurchaseDate, "2025-06-01")]);
            desk.does(id, Action::Authorise);
            desk.takes_in(&[id]);
        }
        let mut past: Vec<(u32, Record)> = Vec::new();
        for step in steps {
            let before = desk.case(id);
            if act(&mut desk, id, step).is_ok() {
                is_right(&before, &desk.case(id));
                adds_up(&desk.case(id));
            }
            let record = desk.records[&id].clone();
            past.push((record.next_seq() - 1, record));
            if step.more.is_multiple_of(7) {
                desk.go_on(1);
            }
        }
        let now = &desk.records[&id];
        for (seq, then) in past {
            prop_assert_eq!(&now.at(seq), &then);
        }
        let replayed = Record::replay(id, now.kind(), now.changes().iter().cloned());
        prop_assert_eq!(&replayed, now);
    }
}

/// The walks above are worth something only if they get somewhere.
#[test]
fn the_random_walks_reach_repairs_dispatches_and_undos() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut acts = std::collections::BTreeMap::new();
    for _ in 0..300 {
        let mut desk = Desk::on("2026-06-01");
        let id = desk.call(&CALLER);
        desk.fills(
            id,
            &[
                (Field::Service, "repair"),
                (Field::Proof, "valid"),
                (Field::PurchaseDate, "2025-06-01"),
            ],
        );
        desk.does(id, Action::Authorise);
        desk.takes_in(&[id]);
        let steps = prop::collection::vec(step(), 80)
            .new_tree(&mut runner)
            .unwrap()
            .current();
        for step in steps {
            let _ = act(&mut desk, id, step);
        }
        for change in desk.records[&id].changes() {
            *acts.entry(change.act.code()).or_insert(0u32) += 1;
        }
    }
    for act in aftercare::desk::change::Act::ALL {
        let often = acts.get(act.code()).copied().unwrap_or(0);
        use aftercare::desk::change::Act;
        // The price of a return: tests/work/payments.rs.
        let is_possible = !matches!(act, Act::Erase | Act::Staff | Act::PriceBack);
        assert!(
            !is_possible || often >= 5,
            "{} {often} times: {acts:?}",
            act.code()
        );
    }
}
