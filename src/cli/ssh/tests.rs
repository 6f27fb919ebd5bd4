use super::*;
use crate::cli::long::is_long;
use proptest::prelude::*;

fn refusal(command: &[u8]) -> Why {
    parse(command).expect_err("it is refused").why
}

#[test]
fn what_is_on_the_list_is_read() {
    let check = |pretty| Asked::Check { pretty };
    let export = |format, open| {
        Asked::Export(Export {
            format,
            open,
            plain: false,
        })
    };
    let table = [
        ("check", check(false)),
        ("  check\t--pretty ", check(true)),
        ("export", export(Format::Csv, false)),
        ("export --format csv", export(Format::Csv, false)),
        ("export --format=jsonl --open", export(Format::Jsonl, true)),
        ("export --open --format jsonl", export(Format::Jsonl, true)),
        ("export --format xlsx", export(Format::Xlsx, false)),
        (
            "export --plain",
            Asked::Export(Export {
                plain: true,
                ..Export::default()
            }),
        ),
    ];
    for (command, asked) in table {
        assert_eq!(parse(command.as_bytes()), Ok(asked), "{command}");
    }
}

#[test]
fn everything_else_is_refused() {
    let table: &[(&[u8], Why)] = &[
        (b"", Why::Nothing),
        (b" \t ", Why::Nothing),
        (b"internal-sftp", Why::Command),
        (b"/usr/lib/openssh/sftp-server", Why::Character),
        (b"scp -t .", Why::Command),
        (b"sh -c id", Why::Command),
        (b"bash -i", Why::Command),
        (b"aftercare check", Why::Command),
        (b"staff list", Why::Command),
        (b"check; id", Why::Character),
        (b"check $(id)", Why::Character),
        (b"check `id`", Why::Character),
        (b"'check'", Why::Character),
        (b"check\n", Why::Character),
        (b"check\0", Why::Character),
        (b"check \xff", Why::Character),
        ("check　".as_bytes(), Why::Character),
        (b"CHECK", Why::Command),
        (b"check --prett", Why::Argument),
        (b"check --pretty --pretty", Why::Argument),
        (b"check cases.jsonl", Why::Argument),
        (b"check -", Why::Argument),
        (b"check --terms .", Why::Argument),
        (b"check --db x", Why::Argument),
        (b"export --format", Why::Argument),
        (b"export --format ods", Why::Argument),
        (b"export --plain --plain", Why::Argument),
        (b"export --output x.csv", Why::Argument),
        (b"export --formatcsv", Why::Argument),
        (b"export --format csv --format csv", Why::Argument),
        (b"export --db other.db", Why::Argument),
        (b"export --staff anna", Why::Argument),
    ];
    for (command, why) in table {
        assert_eq!(refusal(command), *why, "{}", command.escape_ascii());
    }
    assert_eq!(refusal(&vec![b'a'; 1 << 20]), Why::TooLong);
}

#[test]
fn a_refused_command_is_shown_cut_and_harmless() {
    let refused = parse(b"\x1b]0;title\x07 rm").unwrap_err();
    assert_eq!(refused.shown, "␛]0;title␇ rm");
    let long = parse(&"维".repeat(400_000).into_bytes()).unwrap_err();
    assert_eq!(long.shown.chars().count(), SHOWN + 1);
    assert!(long.shown.ends_with('…'));
}

/// How many cases: more by far with `AFTERCARE_LONG=1`.
fn cases() -> ProptestConfig {
    ProptestConfig::with_cases(if is_long() { 200_000 } else { 2_000 })
}

fn command() -> impl Strategy<Value = Vec<u8>> {
    let word = prop::sample::select(vec![
        "check",
        "export",
        "--pretty",
        "--open",
        "--format",
        "--format=csv",
        "jsonl",
        "csv",
        " ",
        "\t",
        "sh",
        "-c",
        "--",
        "=",
        "'",
        "\"",
        "\\",
        "\0",
        "\n",
        "\u{202e}",
        "\u{1b}[2J",
    ]);
    let words = prop::collection::vec(word, 0..8).prop_map(|words| words.join(" ").into_bytes());
    let bytes = prop::collection::vec(any::<u8>(), 0..700);
    let mixed = (words.clone(), prop::collection::vec(any::<u8>(), 0..3)).prop_map(|(mut a, b)| {
        a.extend(b);
        a
    });
    prop_oneof![words, bytes, mixed]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn only_what_is_on_the_list_gets_through_and_nothing_raw_is_shown(bytes in command()) {
        match parse(&bytes) {
            Ok(_) => {
                let text = std::str::from_utf8(&bytes).unwrap();
                let mut words = text.split_ascii_whitespace();
                prop_assert!(matches!(words.next(), Some("check" | "export")));
                let known = ["--pretty", "--open", "--format", "--format=csv", "--format=jsonl", "csv", "jsonl"];
                for word in words {
                    prop_assert!(known.contains(&word), "{word}");
                }
            }
            Err(refused) => {
                prop_assert!(!refused.shown.chars().any(char::is_control), "{:?}", refused.shown);
                let turns = refused.shown.contains('\u{202e}');
                prop_assert!(!turns);
            }
        }
    }
}
