use super::*;
use proptest::prelude::*;

fn storage(text: &str) -> String {
    Phone::parse(text).unwrap().storage()
}

#[test]
fn one_number_however_it_is_typed() {
    let mobile = [
        "13800000000",
        "138 0000 0000",
        "138-0000-0000",
        "1380000-0000",
        "138.0000.0000",
        "(138) 0000 0000",
        "+86 138 0000 0000",
        "+86-13800000000",
        "（＋８６）１３８００００００００",
        "0086 13800000000",
        "8613800000000",
        "013800000000",
        "+86 013800000000",
        "\u{202D}138 0000 0000\u{202C}",
    ];
    for typed in mobile {
        assert_eq!(storage(typed), "13800000000", "{typed}");
    }
    let landline = [
        "075523456789",
        "0755-23456789",
        "0755-2345-6789",
        "(0755) 2345 6789",
        "+86 755 23456789",
        "+86 (0)755 2345 6789",
        "0086-755-23456789",
        "86-755-23456789",
    ];
    for typed in landline {
        assert_eq!(storage(typed), "075523456789", "{typed}");
    }
    assert_eq!(storage("+86 10 1234 5678"), "01012345678");
    assert_eq!(storage("+86 400 820 8198"), "4008208198");
    assert_eq!(storage("2345 6789"), "23456789");
    assert_eq!(storage("95338"), "95338");
    assert_eq!(storage("+44 20 7946 0000"), "+442079460000");
    assert_eq!(storage("0044 20 7946 0000"), "+442079460000");
    assert_eq!(storage("+852 2345 6789"), "+85223456789");
}

#[test]
fn extensions_are_kept() {
    let table = [
        ("0755-23456789-8012", "075523456789;ext=8012"),
        ("0755-2345-6789-8012", "075523456789;ext=8012"),
        ("0755 2345 6789 ext 12", "075523456789;ext=12"),
        ("0755 2345 6789 Ext. 12", "075523456789;ext=12"),
        ("0755 2345 6789 x12", "075523456789;ext=12"),
        ("075523456789转12", "075523456789;ext=12"),
        (
            "０７５５－２３４５６７８９　转　１２",
            "075523456789;ext=12",
        ),
        ("0755-23456789 分机号：12", "075523456789;ext=12"),
        ("0755-23456789#12", "075523456789;ext=12"),
        ("17000000000-1234", "17000000000;ext=1234"),
        ("400-820-8198-1", "4008208198;ext=1"),
        ("+442079460000 x 7", "+442079460000;ext=7"),
        ("075523456789;ext=8012", "075523456789;ext=8012"),
    ];
    for (typed, stored) in table {
        assert_eq!(storage(typed), stored, "{typed}");
    }
    let with = Phone::parse("0755-23456789-8012").unwrap();
    let without = Phone::parse("0755-23456789").unwrap();
    assert_ne!(with, without);
    assert!(with.same_line(&without));
    assert_eq!(with.extension(), Some("8012"));
}

/// Each row is one number, however it is written; two rows are never the same.
const NUMBERS: &[&[&str]] = &[
    &[
        "13800001234",
        "138 0000 1234",
        "138-0000-1234",
        "138.0000.1234",
        "138/0000/1234",
        "(138)00001234",
        "+86 138 0000 1234",
        "0086-138-0000-1234",
        "86 13800001234",
        "013800001234",
        "１３８　００００　１２３４",
        "\u{202D}+86 138 0000 1234\u{202C}",
    ],
    &["13800001235", "+8613800001235"],
    &[
        "0791-8888 1234",
        "+86 791 8888 1234",
        "0086 791 88881234",
        "86-791-88881234",
        "(0791)88881234",
        "+86 (0)791 8888 1234",
        "0791/8888.1234",
    ],
    &["0791-8888 1235"],
    &["010 8888 1234", "+86 10 8888 1234", "+86 (0)10 8888-1234"],
    &["0372-1234567", "+86 372 123 4567"],
    &["8888 1234", "88881234", "8888-1234"],
    &["400-888-1234", "4008881234", "+86 400 888 1234"],
    &["95338"],
    &[
        "+44 (0)20 7946 0958",
        "+44 20 7946 0958",
        "0044 20 7946 0958",
        "0044 (0)20 7946 0958",
        "+44 020 7946 0958",
        "+44-20-7946-0958",
        "+44.20.7946.0958",
        "+44/20/79460958",
        "＋４４（０）２０　７９４６　０９５８",
        "+442079460958",
    ],
    &["+44 20 7946 0959"],
    &[
        "+49 (0)30 901820",
        "+49 30 901820",
        "0049 30/901820",
        "+49 030 901820",
    ],
    &["+33 1 99 00 12 34", "+33 (0)1 99 00 12 34", "0033199001234"],
    &["+39 06 6982 1234", "0039 06 69821234", "+39 (0)6 6982 1234"],
    &["+225 01 23 45 67 89", "00225 0123456789"],
    &[
        "+7 495 123 45 67",
        "+7 8 495 123 45 67",
        "+7 (495) 123-45-67",
    ],
    &["+7 812 123 45 67"],
    &["+36 1 234 5678", "+36 06 1 234 5678", "+36 (06) 1 234 5678"],
    &[
        "+1 212 555 0123",
        "+1 (212) 555-0123",
        "001 212 555 0123",
        "1-212-555-0123",
        "1 212 555 0123",
        "12125550123",
        "(212) 555-0123",
        "212-555-0123",
        "212.555.0123",
    ],
    &["+1 310 555 0123", "1 (310) 555-0123", "310-555-0123"],
    &["13105550123"],
    &["+852 2345 6789", "00852-2345-6789", "+852 (2345) 6789"],
    &[
        "+886 2 2345 6789",
        "+886 (0)2 2345 6789",
        "+886-02-2345-6789",
    ],
    &["+81 3 1234 5678", "+81 (0)3-1234-5678"],
    &["+82 10 1234 5678", "+82 (0)10 1234 5678"],
    &["17000000000"],
    &[
        "17000000000-1234",
        "170-0000-0000-1234",
        "17000000000,1234",
        "17000000000，1234",
        "17000000000;1234",
        "17000000000；1234",
        "17000000000#1234",
        "17000000000＃1234",
        "17000000000x1234",
        "17000000000 X 1234",
        "17000000000 ext 1234",
        "17000000000 Ext. 1234",
        "17000000000转1234",
        "17000000000轉1234",
        "17000000000 转 1234",
        "17000000000 分机1234",
        "17000000000 分机号：1234",
        "１７０００００００００－１２３４",
        "+86 170 0000 0000 - 1234",
        "17000000000;ext=1234",
        "17000000000, ext 1234",
    ],
    &["17000000000-5678", "17000000000转5678"],
    &["17000000000-12345"],
    &["17000000000-012345", "17000000000,012345"],
    &[
        "0791-88881234-1",
        "0791-8888-1234 x1",
        "079188881234,1",
        "+86 791 88881234#1",
    ],
    &["8888 1234 转 1", "88881234,1"],
    &["400-888-1234-1", "4008881234转1"],
    &[
        "+44 20 7946 0958 ext 12",
        "+44 (0)20 7946 0958 x12",
        "+44 20 7946 0958,12",
    ],
    &[
        "+1 212 555 0123 x7",
        "+1-212-555-0123-7",
        "(212) 555-0123 ext. 7",
    ],
];

#[test]
fn numbers_that_are_dialled_the_same_are_the_same_and_no_others() {
    assert!(NUMBERS.iter().map(|row| row.len()).sum::<usize>() >= 40);
    for (at, row) in NUMBERS.iter().enumerate() {
        let first = Phone::parse(row[0]).unwrap();
        for typed in *row {
            let phone = Phone::parse(typed);
            assert_eq!(
                phone.as_ref().map(Phone::storage),
                Ok(first.storage()),
                "{typed}"
            );
            assert!(
                phone.is_ok_and(|phone| phone.same_caller(&first)),
                "{typed}"
            );
        }
        for other in NUMBERS.iter().skip(at + 1) {
            let other = Phone::parse(other[0]).unwrap();
            assert!(!first.same_caller(&other), "{first} {other}");
        }
    }
}

#[test]
fn two_numbers_in_one_text_are_said_to_be_two() {
    for typed in [
        "13800001234 / 13900005678",
        "13800001234/13900005678",
        "13800001234 或 13900005678",
        "13800001234或13900005678",
        "138 0000 1234 or 139 0000 5678",
        "13800001234 and 13900005678",
        "13800001234、13900005678",
        "13800001234，13900005678",
        "13800001234; 13900005678",
        "13800001234 13900005678",
        "13800001234\n13900005678",
        "13800001234-13900005678",
        "0791-88881234/88881235",
        "0791-88881234/35",
        "0791-88881234、35678",
        "88881234 88881235",
        "8888123 / 8888124",
        "17000000000-1234 / 17000000000-5678",
        "17000000000转1234 或 13900005678",
        "+44 20 7946 0958 / +44 20 7946 0959",
        "+852 2345 6789 / 2345 6780",
        "13800001234-88881234",
        "１３８００００１２３４／１３９００００５６７８",
    ] {
        assert_eq!(Phone::parse(typed), Err(PhoneFault::TwoNumbers), "{typed}");
    }
    // One number, or no number at all: not told as two.
    for typed in [
        "138 0000 12345",
        "13800001234 王",
        "13800001234 12",
        "0755 2345 / 12",
    ] {
        let fault = Phone::parse(typed).unwrap_err();
        assert_ne!(fault, PhoneFault::TwoNumbers, "{typed}");
    }
}

#[test]
fn a_stored_number_is_read_whatever_is_known_of_its_country_by_now() {
    for stored in [
        "+442079460958123",
        "+8521234567890;ext=12",
        "12312345678901",
    ] {
        assert!(Phone::parse(stored).is_err(), "{stored}");
        let read = Phone::from_storage(stored).map(|phone| phone.storage());
        assert_eq!(read.as_deref(), Ok(stored));
    }
    // Stored with the zero of the country by an earlier version.
    let read = Phone::from_storage("+4402079460958").map(|phone| phone.storage());
    assert_eq!(read.as_deref(), Ok("+442079460958"));
    assert!(Phone::from_storage("+44;ext=").is_err());
    // However many zeros stand behind the country, what is stored stays.
    for typed in [
        "+40 000000 1234567",
        "+36 0606 1234567",
        "+7 8888 495 123 45 67",
    ] {
        let phone = Phone::parse(typed).unwrap();
        assert_eq!(Phone::parse(&phone.storage()), Ok(phone), "{typed}");
    }
}

#[test]
fn numbers_are_shown_in_groups() {
    let table = [
        ("13800000000", "138 0000 0000"),
        ("075523456789", "0755 2345 6789"),
        ("03721234567", "0372 123 4567"),
        ("01012345678", "010 1234 5678"),
        ("4008208198", "400 820 8198"),
        ("23456789", "2345 6789"),
        ("95338", "95338"),
        ("+442079460000", "+442079460000"),
        ("0755-23456789-12", "0755 2345 6789 ext 12"),
    ];
    for (typed, shown) in table {
        assert_eq!(Phone::parse(typed).unwrap().to_string(), shown);
    }
}

#[test]
fn the_last_four_leave_the_extension_out() {
    let last = |text: &str| Phone::parse(text).unwrap().last_four().to_string();
    assert_eq!(last("138 0000 1234"), "1234");
    assert_eq!(last("0755-23456789-8012"), "6789");
}

#[test]
fn what_is_wrong_is_named_while_typing() {
    use PhoneFault::*;
    let table = [
        ("", Empty),
        ("+", Empty),
        ("138 0000 000", TooShort { have: 10, need: 11 }),
        ("138 0000 00000", TooLong { have: 12, most: 11 }),
        ("0755 2345", TooShort { have: 8, need: 11 }),
        ("010 1234 56789", TooLong { have: 12, most: 11 }),
        ("1380000000O", Unexpected('o')),
        ("王小明", Unexpected('王')),
        ("075523456789 ext", ExtensionMissing),
        ("075523456789 转 123456789", ExtensionTooLong),
        ("075523456789 x1y", Unexpected('y')),
        ("+0123456789", Country),
        ("+44 20", TooShort { have: 4, need: 7 }),
        ("13800+000000", Unexpected('+')),
    ];
    for (typed, fault) in table {
        assert_eq!(Phone::parse(typed), Err(fault), "{typed}");
    }
    assert!(Phone::parse("138").unwrap_err().is_incomplete());
    assert!(!Phone::parse("138x00y").unwrap_err().is_incomplete());
}

#[test]
fn a_local_number_is_not_whole() {
    assert!(!Phone::parse("2345 6789").unwrap().is_whole());
    assert!(Phone::parse("0755 2345 6789").unwrap().is_whole());
}

fn reads_back(text: &str) -> Result<(), TestCaseError> {
    if let Ok(phone) = Phone::parse(text) {
        prop_assert_eq!(Phone::parse(&phone.storage()), Ok(phone.clone()));
        prop_assert_eq!(Phone::parse(&phone.to_string()), Ok(phone.clone()));
        prop_assert!(phone.digits().bytes().all(|b| b.is_ascii_digit()));
        prop_assert!(phone.digits().ends_with(phone.last_four()));
    }
    Ok(())
}

/// Digits with something between them that says nothing, and a country in front or none.
fn written(digits: &str, between: &[&str], front: &str) -> String {
    let mut text = String::from(front);
    for (at, digit) in digits.chars().enumerate() {
        text.push_str(between.get(at).copied().unwrap_or(""));
        text.push(digit);
    }
    text
}

proptest! {
    #[test]
    fn a_number_rewritten_is_the_same_caller_and_another_extension_never_is(
        number in "1[3-9][0-9]{9}",
        between in proptest::collection::vec(
            proptest::sample::select(vec!["", "", "", " ", ".", "/", "(", ") ", "　"]), 11),
        front in proptest::sample::select(vec!["", "+86 ", "0086", "86-", "＋８６－"]),
        own in "[0-9]{1,6}",
        other in proptest::option::of("[0-9]{1,6}"),
        sign in proptest::sample::select(
            vec!["-", " - ", ",", "，", ";", "#", "x", " ext ", " ext. ", "转", " 分机 ", "＃"]),
    ) {
        // `1 300 200 0000` is written as a number of North America.
        let gaps = |at: &usize| between.get(*at).is_some_and(|sign| !sign.is_empty());
        let is_american = (1..11).filter(gaps).eq([1, 4, 7]);
        prop_assume!(!(front.is_empty() && is_american));
        let known = Phone::parse(&format!("{number}-{own}")).unwrap();
        let rewritten = written(&number, &between, front);
        let same = Phone::parse(&format!("{rewritten}{sign}{own}"));
        prop_assert_eq!(same.as_ref(), Ok(&known), "{}{}{}", rewritten, sign, own);
        let text = match &other {
            Some(other) => format!("{rewritten}{sign}{other}"),
            None => rewritten,
        };
        let another = Phone::parse(&text).unwrap();
        prop_assert!(another.same_line(&known));
        prop_assert_eq!(another.same_caller(&known), other.as_deref() == Some(own.as_str()));
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>()) {
        reads_back(&text)?;
    }

    #[test]
    fn what_is_shown_reads_back(
        text in "(\\+|00|86|\\+86|0086)?[ -]?(1[3-9]|0|010|0755|400|)[0-9]{0,14}[ -]?[0-9 -]{0,6}((ext|x|转|-)[0-9]{0,6})?",
    ) {
        reads_back(&text)?;
    }

    #[test]
    fn every_mobile_number_reads_back(number in "1[3-9][0-9]{9}", extension in proptest::option::of("[0-9]{1,6}")) {
        let typed = match &extension {
            Some(extension) => format!("+86 {number}-{extension}"),
            None => format!("+86 {number}"),
        };
        let phone = Phone::parse(&typed).unwrap();
        prop_assert_eq!(phone.digits(), number.as_str());
        prop_assert_eq!(phone.extension(), extension.as_deref());
        reads_back(&typed)?;
    }
}
