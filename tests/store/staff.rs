//! People: entered once, changed by recorded changes, never all without a supervisor.

use aftercare::desk::field::Field;
use aftercare::desk::id::Fresh;
use aftercare::desk::now::Now;
use aftercare::desk::staff::{Badge, Role, Staff, StaffName, Standing};
use aftercare::store::CommitFault;
use aftercare::work::action::Actor;
use aftercare::work::staff::{StaffAction, StaffRefusal, plan};
use proptest::prelude::*;

use crate::support::Desk;

/// Does it as `aftercare staff` does: planned inside the commit.
pub fn does(desk: &mut Desk, name: &str, action: &StaffAction) -> Result<bool, StaffRefusal> {
    let owner = Staff {
        name: "root".to_string(),
        role: Role::Supervisor,
    };
    let at = desk.tick();
    let now = Now {
        at,
        today: at.date_naive(),
    };
    let mut fresh = Fresh::new(at.timestamp_millis() as u64);
    let mut actor = Actor {
        staff: &owner,
        now,
        fresh: &mut fresh,
    };
    let name = StaffName::parse(name).unwrap();
    let people = desk.store.view().people().unwrap();
    let Some(batch) = plan(&people, &name, action, &mut actor)? else {
        return Ok(false);
    };
    match desk.commit(&batch) {
        Ok(_) => Ok(true),
        Err(fault) => panic!("{fault:?}"),
    }
}

fn add(role: Role) -> StaffAction {
    StaffAction::Add {
        role,
        key: None,
        badge: None,
        pin: None,
    }
}

fn standing(desk: &Desk, name: &str) -> Standing {
    desk.store.view().standing_of(name).unwrap()
}

#[test]
fn without_staff_whoever_owns_the_file_is_the_owner() {
    let desk = Desk::new();
    assert_eq!(standing(&desk, "anybody"), Standing::Owner);
    assert_eq!(Standing::Owner.role(), Some(Role::Supervisor));
}

#[test]
fn a_person_works_in_their_role_and_nobody_else_does() {
    let mut desk = Desk::new();
    does(&mut desk, "li", &add(Role::Operator)).unwrap();
    assert_eq!(standing(&desk, "li"), Standing::Works(Role::Operator));
    for other in ["root", "LI", "li ", "", "l'i"] {
        assert_eq!(standing(&desk, other), Standing::Unknown, "{other:?}");
    }
    does(&mut desk, "li", &StaffAction::Role(Role::Technician)).unwrap();
    assert_eq!(standing(&desk, "li"), Standing::Works(Role::Technician));
    does(&mut desk, "li", &StaffAction::Disable).unwrap();
    assert_eq!(standing(&desk, "li"), Standing::Disabled);
    does(&mut desk, "li", &StaffAction::Enable).unwrap();
    assert_eq!(standing(&desk, "li"), Standing::Works(Role::Technician));
    let history = desk.store.view().people().unwrap();
    let states: Vec<_> = history[0]
        .changes()
        .iter()
        .filter(|change| change.field == Field::StaffState)
        .map(|change| change.entry.value().unwrap().to_stored())
        .collect();
    assert_eq!(states, ["enabled", "disabled", "enabled"]);
    assert!(desk.store.differing().unwrap().is_empty());
}

#[test]
fn what_stands_so_already_is_no_change() {
    let mut desk = Desk::new();
    does(&mut desk, "li", &add(Role::Operator)).unwrap();
    for action in [StaffAction::Enable, StaffAction::Role(Role::Operator)] {
        assert_eq!(does(&mut desk, "li", &action), Ok(false), "{action:?}");
    }
}

#[test]
fn the_last_supervisor_stays() {
    let mut desk = Desk::new();
    does(&mut desk, "li", &add(Role::Operator)).unwrap();
    does(&mut desk, "anna", &add(Role::Supervisor)).unwrap();
    for action in [StaffAction::Disable, StaffAction::Role(Role::Viewer)] {
        let refused = does(&mut desk, "anna", &action);
        assert_eq!(refused, Err(StaffRefusal::LastSupervisor), "{action:?}");
    }
    does(&mut desk, "bo", &add(Role::Supervisor)).unwrap();
    assert_eq!(does(&mut desk, "anna", &StaffAction::Disable), Ok(true));
    let refused = does(&mut desk, "bo", &StaffAction::Role(Role::Operator));
    assert_eq!(refused, Err(StaffRefusal::LastSupervisor));
    assert_eq!(does(&mut desk, "li", &StaffAction::Disable), Ok(true));
}

#[test]
fn a_name_a_key_and_a_badge_belong_to_one_person() {
    let mut desk = Desk::new();
    let badge = |code| StaffAction::Badge(Badge::parse(code).unwrap());
    let key = |text: &str| StaffAction::Key(text.to_string());
    does(&mut desk, "li", &add(Role::Operator)).unwrap();
    does(&mut desk, "bo", &add(Role::Operator)).unwrap();
    does(&mut desk, "li", &badge("B-0001")).unwrap();
    does(&mut desk, "li", &key("ssh-ed25519 AAAA")).unwrap();
    let li = StaffName::parse("li").unwrap();
    let table = [
        ("li", add(Role::Viewer), StaffRefusal::NameTaken),
        ("bo", badge("b-0001"), StaffRefusal::BadgeOf(li.clone())),
        ("bo", key("ssh-ed25519 AAAA"), StaffRefusal::KeyOf(li)),
        ("wu", StaffAction::Disable, StaffRefusal::NoSuchPerson),
    ];
    for (name, action, refusal) in table {
        assert_eq!(does(&mut desk, name, &action), Err(refusal), "{action:?}");
    }
    does(&mut desk, "li", &StaffAction::Disable).unwrap();
    let again = does(&mut desk, "li", &add(Role::Operator));
    assert_eq!(again, Err(StaffRefusal::NameTaken));
    assert_eq!(does(&mut desk, "li", &key("ssh-ed25519 AAAA")), Ok(false));
    assert_eq!(does(&mut desk, "li", &key("ssh-ed25519 BBBB")), Ok(true));
    let lines = desk.store.view().staff().unwrap();
    assert_eq!(lines[1].name, "li");
    assert_eq!(lines[1].keys, ["ssh-ed25519 AAAA", "ssh-ed25519 BBBB"]);
    assert!(lines[1].has_badge && lines[1].is_disabled && !lines[1].has_pin);
}

#[test]
fn an_old_pin_is_erased_when_a_new_one_is_set() {
    let mut desk = Desk::new();
    does(&mut desk, "li", &add(Role::Operator)).unwrap();
    for hash in ["$argon2id$old", "$argon2id$new"] {
        does(&mut desk, "li", &StaffAction::Pin(hash.to_string())).unwrap();
    }
    let people = desk.store.view().people().unwrap();
    assert_eq!(people[0].text(Field::StaffPin), Some("$argon2id$new"));
    let all = desk.dump().join("\n");
    assert!(
        !all.contains("$argon2id$old") && all.contains("$argon2id$new"),
        "{all}"
    );
    assert!(desk.store.view().staff().unwrap()[0].has_pin);
    assert!(desk.store.differing().unwrap().is_empty());
}

#[test]
fn lines_of_people_that_were_edited_by_hand_are_found_and_made_anew() {
    let mut desk = Desk::new();
    does(&mut desk, "li", &add(Role::Operator)).unwrap();
    does(&mut desk, "bo", &add(Role::Viewer)).unwrap();
    let hand = rusqlite::Connection::open(desk.path()).unwrap();
    hand.execute_batch(
        "UPDATE staff SET name = 'x' WHERE name = 'li';
         UPDATE staff SET name = 'li', role = 'supervisor' WHERE name = 'bo';
         UPDATE staff SET name = 'bo' WHERE name = 'x';",
    )
    .unwrap();
    assert_eq!(standing(&desk, "li"), Standing::Works(Role::Supervisor));
    assert_eq!(desk.store.differing().unwrap().len(), 2);
    desk.store.rebuild().unwrap();
    assert!(desk.store.differing().unwrap().is_empty());
    assert_eq!(standing(&desk, "li"), Standing::Works(Role::Operator));
    assert_eq!(standing(&desk, "bo"), Standing::Works(Role::Viewer));
}

#[test]
fn two_who_enter_the_same_name_at_once_enter_one_person() {
    let mut desk = Desk::new();
    let owner = Staff {
        name: "root".to_string(),
        role: Role::Supervisor,
    };
    let at = desk.tick();
    let batches: Vec<_> = [1, 2]
        .into_iter()
        .map(|seed| {
            let now = Now {
                at,
                today: at.date_naive(),
            };
            let mut fresh = Fresh::new(seed);
            let mut actor = Actor {
                staff: &owner,
                now,
                fresh: &mut fresh,
            };
            let li = StaffName::parse("li").unwrap();
            plan(&[], &li, &add(Role::Viewer), &mut actor)
                .unwrap()
                .unwrap()
        })
        .collect();
    desk.commit(&batches[0]).unwrap();
    let second = desk.commit(&batches[1]);
    assert!(matches!(second, Err(CommitFault::Trouble(_))), "{second:?}");
    assert_eq!(desk.store.view().people().unwrap().len(), 1);
}

fn any_action() -> impl Strategy<Value = (&'static str, StaffAction)> {
    let name = prop::sample::select(vec!["li", "bo", "anna"]);
    let role = || prop::sample::select(Role::ALL.to_vec());
    let text = || "[a-c]".prop_map(|it| it.repeat(4));
    let action = prop_oneof![
        role().prop_map(add),
        role().prop_map(StaffAction::Role),
        Just(StaffAction::Disable),
        Just(StaffAction::Enable),
        text().prop_map(StaffAction::Key),
        text().prop_map(|it| StaffAction::Badge(Badge::parse(&it).unwrap())),
        text().prop_map(StaffAction::Pin),
    ];
    (name, action)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::support::cases(40)))]

    #[test]
    fn whatever_is_done_a_supervisor_stays_and_the_lines_are_what_the_changes_give(
        actions in prop::collection::vec(any_action(), 1..30)
    ) {
        let mut desk = Desk::new();
        let mut was_granting = false;
        for (name, action) in actions {
            let _ = does(&mut desk, name, &action);
            let lines = desk.store.view().staff().unwrap();
            let granting = lines.iter().any(|it| it.role == Role::Supervisor && !it.is_disabled);
            prop_assert!(granting || !was_granting, "{name} {action:?}");
            was_granting = granting;
        }
        prop_assert!(desk.store.differing().unwrap().is_empty());
        let before = desk.store.view().staff().unwrap();
        desk.store.rebuild().unwrap();
        prop_assert_eq!(desk.store.view().staff().unwrap(), before);
    }
}
