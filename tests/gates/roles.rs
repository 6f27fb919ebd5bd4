//! Every way of changing something, tried by everybody through the real commit: what the file says
//! of the person counts, whatever the session believes.

use std::collections::BTreeSet;

use aftercare::desk::field::Field;
use aftercare::desk::id::EntityId;
use aftercare::desk::money::Fen;
use aftercare::desk::staff::Role;
use aftercare::desk::value::Value;
use aftercare::work::action::{Action, ActionKind, Refusal};
use aftercare::work::grants::Subject;
use aftercare::work::intent::{Intent, Proposal};
use aftercare::work::join::{Prefer, Way};
use aftercare::work::staff::StaffAction;

use crate::session::{
    ACCEPT, CALLER, Desk, ISSUE, PEOPLE, Session, act, agreed_at_the_bench, expired_at_the_bench,
    fill, pay, price_back, ready_to_leave, refund, refused, repair, reverse,
};

const TODAY: &str = "2026-11-20";

/// Who may do what. A disabled person and one who is not entered may do nothing, and are tried too.
const TABLE: &str = "
    way               operator  technician  supervisor  viewer
    begin-call        yes       yes         yes         no
    edit              yes       yes         yes         no
    quote-line        yes       yes         yes         no
    settle            yes       yes         yes         no
    settle-parcel     yes       yes         yes         no
    undo              yes       yes         yes         no
    authorise         yes       yes         yes         no
    begin-parcel      yes       yes         yes         no
    edit-parcel       yes       yes         yes         no
    take-in           yes       yes         yes         no
    came-back         yes       yes         yes         no
    authorise-beside  yes       yes         yes         no
    join              yes       yes         yes         no
    move-goods        yes       yes         yes         no
    take-apart        yes       yes         yes         no
    confirm-contact   yes       yes         yes         no
    dispatch          yes       yes         yes         no
    close             yes       yes         yes         no
    issue-quote       yes       yes         yes         no
    answer-quote      yes       yes         yes         no
    finish-repair     no        yes         yes         no
    pay               yes       no          yes         no
    refund            yes       no          yes         no
    reverse           yes       no          yes         no
    reverse-waiver    no        no          yes         no
    price-back        yes       no          yes         no
    accept-return     yes       no          yes         no
    close-as-returned yes       no          yes         no
    reopen            yes       no          yes         no
    grant             no        no          yes         no
    waive             no        no          yes         no
    void              no        no          yes         no
";

/// What stands in the file before somebody goes this way, made by a supervisor; and what they mean.
fn way(name: &str, wu: &mut Session) -> Intent {
    let close = |outcome| Action::Close {
        outcome,
        note: "as agreed".into(),
    };
    match name {
        "begin-call" => Intent::Begin { first: Vec::new() },
        "edit" => fill(repair(wu, 40), &[(Field::Phone, "13900000000")]),
        "quote-line" => {
            let id = repair(wu, 40);
            wu.line(id, "labour", "80").1
        }
        "settle" => {
            let id = repair(wu, 40);
            match fill(id, &[(Field::Phone, "13900000000")]) {
                Intent::Act {
                    action: Action::Edit(wanted),
                    ..
                } => act(id, Action::Settle(wanted)),
                other => panic!("{other:?}"),
            }
        }
        "settle-parcel" => {
            let parcel = wu.parcel("SF2222222222222", &[]);
            match wu.goods(parcel, (Field::GoodsLabel, Value::Text("B-7".into()))) {
                Intent::EditParcel { parcel, edits } => Intent::SettleParcel {
                    parcel,
                    wanted: edits,
                },
                other => panic!("{other:?}"),
            }
        }
        "undo" => Intent::Undo {
            case: repair(wu, 40),
        },
        "authorise" => {
            let id = wu.call(&CALLER);
            wu.fills(id, &[(Field::Service, "repair")]);
            act(id, Action::Authorise)
        }
        "authorise-beside" => {
            let known = vec![repair(wu, 40)];
            let id = wu.call(&CALLER);
            wu.fills(id, &[(Field::Service, "repair")]);
            act(id, Action::AuthoriseBeside(known))
        }
        "join" | "move-goods" => {
            let case = expired_at_the_bench(wu);
            Intent::Join {
                case,
                right: repair(wu, 40),
                way: match name {
                    "join" => Way::Join,
                    _ => Way::Goods,
                },
                prefer: Prefer::Theirs,
            }
        }
        "take-apart" => {
            let join = way("join", wu);
            let Intent::Join { case, .. } = join else {
                panic!("{join:?}");
            };
            wu.does(join);
            Intent::TakeApart { case }
        }
        "begin-parcel" => Intent::BeginParcel { first: Vec::new() },
        "edit-parcel" => {
            let parcel = wu.parcel("SF2222222222222", &[]);
            wu.goods(parcel, (Field::GoodsLabel, Value::Text("B-7".into())))
        }
        "take-in" => {
            let id = repair(wu, 40);
            let parcel = wu.parcel("SF2222222222222", &[id]);
            Intent::Receive { parcel }
        }
        "came-back" => {
            let id = ready_to_leave(wu, "SF1111111111111");
            wu.does(Intent::Dispatch { case: id });
            act(id, Action::CameBack)
        }
        "confirm-contact" => act(repair(wu, 40), Action::ConfirmContact),
        "dispatch" => Intent::Dispatch {
            case: ready_to_leave(wu, "SF1111111111111"),
        },
        "close" => act(wu.call(&CALLER), close("enquiry_only")),
        "issue-quote" => {
            let id = expired_at_the_bench(wu);
            wu.quotes(id, "labour", "80");
            act(id, ISSUE)
        }
        "answer-quote" => {
            let id = expired_at_the_bench(wu);
            wu.quotes(id, "labour", "80");
            wu.acts(id, ISSUE);
            act(id, ACCEPT)
        }
        "finish-repair" => act(agreed_at_the_bench(wu).0, Action::FinishRepair),
        "pay" => act(agreed_at_the_bench(wu).0, pay(80)),
        "refund" => {
            let (id, _) = agreed_at_the_bench(wu);
            wu.acts(id, pay(100));
            act(id, refund(20))
        }
        "reverse" => {
            let (id, _) = agreed_at_the_bench(wu);
            wu.acts(id, pay(100));
            reverse(wu, id)
        }
        "reverse-waiver" => {
            let (id, _) = agreed_at_the_bench(wu);
            let (amount, reason) = (Fen(80_00), "a good customer".into());
            wu.acts(id, Action::Waive { amount, reason });
            reverse(wu, id)
        }
        "price-back" => {
            let id = return_at_the_bench(wu);
            wu.acts(id, TAKE_BACK);
            act(id, price_back())
        }
        "accept-return" => act(return_at_the_bench(wu), TAKE_BACK),
        "close-as-returned" => act(return_at_the_bench(wu), close("returned")),
        "reopen" => {
            let id = wu.call(&CALLER);
            wu.acts(id, close("enquiry_only"));
            let reason = "calls again".into();
            act(id, Action::Reopen { reason })
        }
        "grant" => act(repair(wu, 40), granted()),
        "waive" => {
            let (amount, reason) = (Fen(80_00), "a good customer".into());
            act(agreed_at_the_bench(wu).0, Action::Waive { amount, reason })
        }
        "void" => act(wu.call(&CALLER), close("void")),
        other => panic!("no such way: {other}"),
    }
}

const TAKE_BACK: Action = Action::AcceptReturn {
    price_back_by: "company",
};

fn granted() -> Action {
    Action::Grant {
        subject: Subject::Return,
        reason: "a good customer".into(),
    }
}

/// Goods that a supervisor lets the customer give back.
fn return_at_the_bench(wu: &mut Session) -> EntityId {
    let id = wu.call(&CALLER);
    let bought = (wu.now().today - chrono::TimeDelta::days(3)).to_string();
    wu.fills(
        id,
        &[(Field::Service, "return"), (Field::PurchaseDate, &bought)],
    );
    wu.acts(id, Action::Authorise);
    wu.takes_in(&[id]);
    wu.acts(id, granted());
    id
}

/// The table: each way with whether each role may go it.
fn table() -> Vec<(&'static str, Vec<(Role, bool)>)> {
    let mut lines = TABLE.lines().map(str::trim).filter(|line| !line.is_empty());
    let head = lines.next().unwrap();
    let roles: Vec<Role> = head
        .split_whitespace()
        .skip(1)
        .map(|code| Role::from_code(code).unwrap())
        .collect();
    let lines = lines.map(|line| {
        let mut cells = line.split_whitespace();
        let name = cells.next().unwrap();
        let may = cells.map(|cell| match cell {
            "yes" => true,
            "no" => false,
            other => panic!("{name}: {other}"),
        });
        let row: Vec<(Role, bool)> = roles.iter().copied().zip(may).collect();
        assert_eq!(row.len(), Role::ALL.len(), "{name}");
        (name, row)
    });
    lines.collect()
}

fn name_of(role: Role) -> &'static str {
    PEOPLE.into_iter().find(|(_, of)| *of == role).unwrap().0
}

/// A file in which the way can be gone by whoever may; and what is meant.
fn prepared(name: &str) -> (Desk, Intent) {
    let mut desk = Desk::on(TODAY);
    desk.enters("zhao", Role::Supervisor);
    let intent = way(name, &mut desk.sits("wu"));
    (desk, intent)
}

/// What somebody means whose session believes them to be a supervisor.
fn meant(desk: &mut Desk, who: &str, intent: &Intent) -> (Session, Proposal) {
    let mut session = desk.session(who, Role::Supervisor);
    if let Intent::Undo { case } = intent {
        // Something of their own, from a time when they might.
        let own = session.means(fill(*case, &[(Field::Fault, "no output")]));
        session.store.commit::<()>(own.batch(), |_| Ok(())).unwrap();
    }
    let proposal = session.means(intent.clone());
    (session, proposal)
}

#[test]
fn everybody_does_what_their_role_in_the_file_allows_and_nothing_else() {
    for (name, row) in table() {
        for (role, may) in &row {
            let (mut desk, intent) = prepared(name);
            let (mut session, proposal) = meant(&mut desk, name_of(*role), &intent);
            let before = desk.changes();
            let saved = session.saves(&proposal);
            if *may {
                assert!(saved.is_ok(), "{role:?} may {name}: {saved:?}");
                assert!(desk.changes().len() > before.len(), "{role:?}, {name}");
            } else {
                assert_eq!(refused(saved), Refusal::Role(*role), "{role:?} {name}");
                assert_eq!(desk.changes(), before, "{role:?}, {name}");
            }
        }
    }
}

#[test]
fn the_screens_say_the_same_before_anything_is_saved() {
    for (name, row) in table() {
        let (mut desk, intent) = prepared(name);
        for (role, may) in row {
            if matches!(intent, Intent::Undo { .. }) {
                meant(&mut desk, name_of(role), &intent);
            }
            let tried = desk.sits(name_of(role)).tries_to_mean(intent.clone());
            match tried {
                Ok(_) => assert!(may, "{role:?} may not {name}"),
                Err(refusal) => {
                    assert_eq!(refusal, Refusal::Role(role), "{name}");
                    assert!(!may, "{role:?} may {name}");
                }
            }
        }
    }
}

#[test]
fn nobody_who_is_disabled_or_not_entered_changes_anything() {
    for (name, _) in table() {
        let (mut desk, intent) = prepared(name);
        let gone = meant(&mut desk, "zhao", &intent);
        let stranger = meant(&mut desk, "stranger", &intent);
        desk.staff("zhao", &StaffAction::Disable);
        let before = desk.changes();
        for ((mut session, proposal), why) in
            [(gone, Refusal::Disabled), (stranger, Refusal::NotEntered)]
        {
            assert_eq!(refused(session.saves(&proposal)), why, "{name}");
            assert_eq!(desk.changes(), before, "{name}");
        }
    }
}

#[test]
fn the_table_of_this_test_names_every_kind_of_action_and_every_intent() {
    let mut kinds = BTreeSet::new();
    let mut intents = BTreeSet::new();
    for (name, _) in table() {
        let (_, intent) = prepared(name);
        kinds.insert(format!("{:?}", intent.kind()));
        intents.insert(match intent {
            Intent::Begin { .. } => 0,
            Intent::Act { .. } => 1,
            Intent::Undo { .. } => 2,
            Intent::BeginParcel { .. } => 3,
            Intent::EditParcel { .. } => 4,
            Intent::Receive { .. } => 5,
            Intent::Dispatch { .. } => 6,
            Intent::SettleParcel { .. } => 7,
            Intent::Join { .. } => 8,
            Intent::TakeApart { .. } => 9,
        });
    }
    let all: BTreeSet<String> = ActionKind::ALL
        .iter()
        .map(|kind| format!("{kind:?}"))
        .collect();
    assert_eq!(kinds, all);
    assert_eq!(intents.len(), 10);
}

#[test]
fn a_role_that_was_changed_counts_from_the_next_action() {
    let mut desk = Desk::on(TODAY);
    let (mut li, mut wu) = (desk.sits("li"), desk.sits("wu"));
    let (id, _) = agreed_at_the_bench(&mut wu);
    let payment = li.means(act(id, pay(30)));
    desk.staff("li", &StaffAction::Role(Role::Technician));
    assert_eq!(refused(li.saves(&payment)), Refusal::Role(Role::Technician));
    desk.staff("li", &StaffAction::Role(Role::Operator));
    li.saves(&payment).unwrap();
}

#[test]
fn without_staff_whoever_owns_the_file_does_everything_until_somebody_is_entered() {
    let mut desk = Desk::without_staff(TODAY);
    let mut owner = desk.session("root", Role::Supervisor);
    let id = repair(&mut owner, 40);
    owner.acts(id, granted());
    let edit = owner.means(fill(id, &[(Field::Fault, "no output")]));
    desk.enters("wu", Role::Supervisor);
    let before = desk.changes();
    assert_eq!(refused(owner.saves(&edit)), Refusal::NotEntered);
    assert_eq!(desk.changes(), before);
}
