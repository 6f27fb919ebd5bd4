//! One person, one identity: numbers with their extensions, a second number, e-mail addresses, names
//! however they are written, and what any of them was before.

use std::collections::BTreeSet;

use aftercare::desk::change::Act;
use aftercare::desk::contact::{Contacts, Relation};
use aftercare::desk::field::Field;
use aftercare::desk::id::EntityId;
use aftercare::desk::value::Entry;
use aftercare::store::{Hit, LookedUp, What};
use proptest::prelude::*;

use crate::support::{Desk, cases, known, text};

fn found(desk: &Desk, typed: &str) -> Vec<Hit> {
    desk.store.view().search(typed, 20).unwrap()
}

fn looked_up(desk: &Desk, typed: &str) -> Vec<Hit> {
    match desk.store.view().look_up(typed).unwrap() {
        LookedUp::Cases(hits) => hits,
        LookedUp::Arriving(_) => panic!("{typed} is a parcel"),
    }
}

fn ids(hits: &[Hit]) -> Vec<EntityId> {
    hits.iter().map(|hit| hit.row.id).collect()
}

fn same_caller(desk: &Desk, case: EntityId) -> (BTreeSet<EntityId>, BTreeSet<EntityId>) {
    let file = desk.store.view().case_file(case).unwrap().unwrap();
    let own = Contacts::of(&file.record);
    let of_relation = |relation| {
        let rows = file.same_caller.iter();
        rows.filter(|row| own.relation(&row.contacts()) == Some(relation))
            .map(|row| row.id)
            .collect()
    };
    (
        of_relation(Relation::SameCaller),
        of_relation(Relation::OtherExtension),
    )
}

#[test]
fn a_caller_is_number_and_extension() {
    let mut desk = Desk::new();
    let first = desk.case(&[(Field::Phone, "17000000000-1234")]);
    let other = desk.case(&[(Field::Phone, "17000000000-5678")]);
    let again = desk.case(&[(Field::Phone, "17000000000 转 1234")]);
    let bare = desk.case(&[(Field::Phone, "+86 170 0000 0000")]);
    desk.case(&[(Field::Phone, "17000000001-1234")]);
    let set = |ids: &[EntityId]| ids.iter().copied().collect::<BTreeSet<_>>();
    assert_eq!(
        same_caller(&desk, first),
        (set(&[again]), set(&[other, bare]))
    );
    assert_eq!(
        same_caller(&desk, other),
        (set(&[]), set(&[first, again, bare]))
    );
    assert_eq!(
        same_caller(&desk, bare),
        (set(&[]), set(&[first, other, again]))
    );
    // Who names the extension means that caller alone; who does not sees them all, the own one first.
    for typed in [
        "17000000000-1234",
        "170 0000 0000，1234",
        "17000000000分机1234",
    ] {
        for hits in [looked_up(&desk, typed), found(&desk, typed)] {
            assert_eq!(ids(&hits), [again, first], "{typed}");
            assert!(
                hits.iter()
                    .all(|hit| hit.matched.whole && !hit.matched.other_extension)
            );
        }
    }
    for typed in ["17000000000", "0086 170 0000 0000"] {
        let hits = looked_up(&desk, typed);
        assert_eq!(ids(&hits), [bare, again, other, first], "{typed}");
        let others: Vec<bool> = hits.iter().map(|hit| hit.matched.other_extension).collect();
        assert_eq!(others, [false, true, true, true], "{typed}");
    }
    // An extension nobody has is nobody's: the others are shown as others.
    let hits = looked_up(&desk, "17000000000-9999");
    assert_eq!(hits.len(), 4);
    assert!(
        hits.iter()
            .all(|hit| hit.matched.other_extension && !hit.matched.whole)
    );
    // The four digits a customer of a platform says are those of the extension.
    assert_eq!(ids(&found(&desk, "5678")), [other]);
    assert_eq!(desk.store.differing().unwrap(), []);
}

#[test]
fn the_caller_is_found_however_many_others_are_behind_the_line() {
    let mut desk = Desk::new();
    let wanted = desk.case(&[(Field::Phone, "17000000000-1234")]);
    let bare = desk.case(&[(Field::Phone, "17000000000")]);
    for extension in 2000..2130 {
        desk.case(&[(Field::Phone, &format!("17000000000-{extension}"))]);
    }
    let again = desk.case(&[(Field::Phone, "17000000000,1234")]);
    assert!(same_caller(&desk, again).0.contains(&wanted));
    assert_eq!(ids(&looked_up(&desk, "17000000000-1234")), [again, wanted]);
    assert_eq!(ids(&looked_up(&desk, "17000000000"))[0], bare);
}

#[test]
fn the_same_digits_in_another_country_are_another_number() {
    let mut desk = Desk::new();
    let abroad = desk.case(&[(Field::Phone, "+1 310 555 0123")]);
    let here = desk.case(&[(Field::Phone, "131 0555 0123")]);
    let bare = desk.case(&[(Field::Phone, "+44 (0)20 7946 0958")]);
    assert!(same_caller(&desk, here).0.is_empty());
    assert_eq!(ids(&looked_up(&desk, "13105550123")), [here]);
    assert_eq!(ids(&looked_up(&desk, "1 (310) 555-0123")), [abroad]);
    // Who leaves the plus out means the country all the same.
    for typed in ["442079460958", "0044 20 7946 0958", "+44 020 7946 0958"] {
        assert_eq!(ids(&found(&desk, typed)), [bare], "{typed}");
    }
}

#[test]
fn a_second_number_is_found_and_known_again() {
    let mut desk = Desk::new();
    let first = desk.case(&[
        (Field::Phone, "13800001234"),
        (Field::SecondPhone, "0791-88881234-12"),
        (Field::RecipientPhone, "13700001111"),
    ]);
    let by_second = desk.case(&[(Field::Phone, "0791 8888 1234 转 12")]);
    let by_recipient = desk.case(&[(Field::Phone, "13700001111")]);
    assert!(same_caller(&desk, by_second).0.contains(&first));
    assert!(same_caller(&desk, first).0.contains(&by_second));
    // Who receives it does not call.
    assert!(same_caller(&desk, by_recipient).0.is_empty());
    let matched = |typed: &str| {
        let hits = looked_up(&desk, typed);
        let hit = hits.iter().find(|hit| hit.row.id == first).unwrap();
        (hit.matched.what, hit.matched.whole)
    };
    assert_eq!(matched("079188881234#12"), (What::SecondPhone, true));
    assert_eq!(matched("138 0000 1234"), (What::Phone, true));
    assert_eq!(matched("+86 137 0000 1111"), (What::RecipientPhone, true));
}

#[test]
fn an_address_finds_its_cases_however_it_is_written() {
    let mut desk = Desk::new();
    let first = desk.case(&[(Field::Email, "Ann.Lee@Example.com")]);
    let second = desk.case(&[
        (
            Field::Email,
            "Ann Lee <ann.lee@example.COM>; office@example.com",
        ),
        (Field::Phone, "13800001234"),
    ]);
    let other = desk.case(&[(Field::Email, "ann.leeds@example.com")]);
    assert_eq!(same_caller(&desk, first).0, BTreeSet::from([second]));
    assert_eq!(same_caller(&desk, other).0, BTreeSet::new());
    for typed in [
        "ann.lee@example.com",
        "ANN.LEE@EXAMPLE.COM",
        "<ann.lee@example.com>",
        "Ann Lee <ann.lee@example.com>",
    ] {
        for hits in [found(&desk, typed), looked_up(&desk, typed)] {
            assert_eq!(ids(&hits), [second, first], "{typed}");
            let matched = hits[0].matched;
            assert_eq!(
                (matched.what, matched.whole),
                (What::Email, true),
                "{typed}"
            );
        }
    }
    assert_eq!(ids(&found(&desk, "office@example.com")), [second]);
    // While it is typed.
    assert_eq!(ids(&found(&desk, "ann.l")), [other, second, first]);
    assert_eq!(ids(&found(&desk, "ann.lee@exa")), [second, first]);
    assert_eq!(ids(&found(&desk, "office@")), [second]);
    assert_eq!(found(&desk, "lee@example.com"), []);
    assert_eq!(looked_up(&desk, "nobody@example.com"), []);
}

#[test]
fn what_somebody_was_reached_by_before_finds_the_case_as_earlier() {
    let mut desk = Desk::new();
    let case = desk.case(&[
        (Field::Phone, "17000000000-1234"),
        (Field::Email, "ann@example.com"),
        (Field::Caller, "張偉"),
        (Field::Recipient, "Jean-Pierre"),
        (Field::RecipientPhone, "13700001111"),
    ]);
    for (field, now) in [
        (Field::Phone, "13800001234"),
        (Field::Email, "new@example.com"),
        (Field::Caller, "王小明"),
        (Field::Recipient, "李雷"),
        (Field::RecipientPhone, "13700002222"),
    ] {
        desk.set(case, field, known(field, now)).unwrap();
    }
    let table = [
        (
            "17000000000-1234",
            What::Phone,
            Some("17000000000;ext=1234"),
        ),
        ("Ann@Example.com", What::Email, Some("ann@example.com")),
        ("张伟", What::Name, Some("張偉")),
        ("jeanpierre", What::Name, Some("Jean-Pierre")),
        ("13700001111", What::Phone, Some("13700001111")),
    ];
    for (typed, what, value) in table {
        for hits in [found(&desk, typed), looked_up(&desk, typed)] {
            assert_eq!(ids(&hits), [case], "{typed}");
            let hit = &hits[0];
            assert!(hit.matched.former && hit.matched.whole, "{typed}");
            assert_eq!(
                (hit.matched.what, hit.value.as_deref()),
                (what, value),
                "{typed}"
            );
        }
    }
    // The former extension is not the other one's either.
    assert!(
        looked_up(&desk, "17000000000-5678")[0]
            .matched
            .other_extension
    );
    // A number moved to the second field is no former one.
    desk.set(
        case,
        Field::SecondPhone,
        known(Field::SecondPhone, "13800001234"),
    )
    .unwrap();
    desk.set(case, Field::Phone, known(Field::Phone, "13900001234"))
        .unwrap();
    let hits = found(&desk, "13800001234");
    assert_eq!(
        (hits[0].matched.what, hits[0].matched.former),
        (What::SecondPhone, false)
    );
    // Whoever is reached so now calls; whoever was does not.
    let now = desk.case(&[(Field::Phone, "17000000000-1234")]);
    assert!(same_caller(&desk, now).0.is_empty());
    assert_eq!(ids(&looked_up(&desk, "17000000000-1234")), [now, case]);
    assert_eq!(desk.store.differing().unwrap(), []);
}

#[test]
fn an_erased_value_finds_nothing_any_more() {
    let mut desk = Desk::new();
    let fields = [
        (Field::Phone, "17000000000-1234", "13800001234"),
        (Field::SecondPhone, "13700001111", "13700002222"),
        (Field::Email, "ann@example.com", "new@example.com"),
        (Field::Caller, "Ann Lee", "王小明"),
        (Field::Recipient, "Jean-Pierre", "李雷"),
        (Field::RecipientPhone, "13600001111", "13600002222"),
    ];
    let case = desk.case(&fields.map(|(field, typed, _)| (field, typed)));
    for (field, _, now) in fields {
        desk.set(case, field, known(field, now)).unwrap();
    }
    for (_, before, now) in fields {
        assert_eq!(ids(&found(&desk, before)), [case], "{before}");
        assert_eq!(ids(&found(&desk, now)), [case], "{now}");
    }
    let changes = fields.map(|(field, _, _)| desk.planned(case, field, Entry::Erased));
    let batch = desk.batch(Act::Erase, changes.to_vec());
    desk.commit(&batch).unwrap();
    desk.store.purge().unwrap();
    for (_, before, now) in fields {
        assert_eq!(found(&desk, before), [], "{before}");
        assert_eq!(found(&desk, now), [], "{now}");
    }
    let bytes = desk.bytes();
    for (_, before, now) in fields {
        for gone in [before, now] {
            assert!(!bytes.contains(&gone.to_lowercase()), "{gone}");
        }
    }
    for token in [
        "p17000000000e1234",
        "mannexamplecom",
        "x13700001111",
        "njeanpierr",
    ] {
        assert!(!bytes.contains(token), "{token}");
    }
    assert_eq!(desk.store.differing().unwrap(), []);
}

#[test]
fn a_name_is_found_across_its_writings_and_shown_as_it_was_typed() {
    let mut desk = Desk::new();
    let table = [
        ("O'Brien", vec!["obrien", "o’brien", "O Brien", "brien"]),
        ("艾力·买买提", vec!["艾力买买提", "艾力•买买提", "买买提"]),
        ("jeanpierre", vec!["Jean-Pierre", "jean pierre"]),
        ("Müller", vec!["muller", "MULLER", "Mu\u{308}ller"]),
        ("Łukasz", vec!["lukasz"]),
        ("张伟", vec!["張偉", "張", "偉"]),
        ("劉國學", vec!["刘国学", "国学"]),
        ("Søren Groß", vec!["soren gross", "gross"]),
    ];
    for (name, writings) in table {
        let case = desk.case(&[(Field::Caller, name)]);
        for typed in writings.into_iter().chain([name]) {
            let hits = found(&desk, typed);
            assert_eq!(ids(&hits), [case], "{name} by {typed}");
            assert_eq!(hits[0].row.caller.as_deref(), Some(name));
            assert_eq!(hits[0].matched.what, What::Name);
        }
    }
    assert_eq!(found(&desk, "力买提"), []);
    assert_eq!(text("張偉"), known(Field::Caller, "張偉"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(12), ..ProptestConfig::default() })]

    #[test]
    fn a_number_rewritten_finds_its_caller_and_never_another_extension(
        number in "1[3-9][0-9]{9}",
        extension in "[0-9]{1,6}",
        other in "[0-9]{1,6}",
        front in proptest::sample::select(vec!["", "+86 ", "0086-", "８６ "]),
        sign in proptest::sample::select(vec!["-", ",", "，", ";", "#", " ext ", "x", "转", "分机"]),
        gap in proptest::sample::select(vec!["", " ", "-", "."]),
    ) {
        let mut desk = Desk::new();
        let first = desk.case(&[(Field::Phone, &format!("{number}-{extension}"))]);
        let (head, tail) = number.split_at(3);
        let again = desk.case(&[(Field::Phone, &format!("{front}{head}{gap}{tail}{sign}{extension}"))]);
        prop_assert_eq!(same_caller(&desk, again).0, BTreeSet::from([first]));
        let somebody = desk.case(&[(Field::Phone, &format!("{front}{head}{gap}{tail}{sign}{other}"))]);
        prop_assert_eq!(same_caller(&desk, somebody).0.contains(&first), other == extension);
        let bare = desk.case(&[(Field::Phone, &format!("{front}{head}{gap}{tail}"))]);
        prop_assert!(same_caller(&desk, bare).0.is_empty());
        let hits = looked_up(&desk, &format!("{number} {sign}{extension}"));
        prop_assert!(ids(&hits).contains(&first) && hits.iter().all(|hit| hit.matched.whole));
    }
}
