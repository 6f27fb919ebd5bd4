use super::*;

#[test]
fn money_is_yuan_with_two_decimals() {
    let table = [
        (0, "0.00"),
        (5, "0.05"),
        (8_050, "80.50"),
        (123_456_700, "1234567.00"),
        (-5, "-0.05"),
    ];
    for (fen, text) in table {
        assert_eq!(yuan(Fen(fen)), text);
    }
    assert_eq!(yuan(Fen(i64::MIN)), "-92233720368547758.08");
}

#[test]
fn json_reads_back_and_has_nothing_raw_in_it() {
    for text in [
        "王小明",
        "\u{1b}[2J",
        "\u{9b}31m",
        "a\u{202e}b\u{200b}",
        "🙂\u{e0041}",
        "\"\\\n",
    ] {
        let json = Value::String(text.to_string()).to_string();
        let written = escaped(&json);
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        assert_eq!(visible(&written), written, "{text:?}");
    }
}

#[test]
fn a_number_is_exported_with_its_extension_and_all_its_digits() {
    use crate::desk::phone::Phone;
    for (typed, cell) in [
        ("170 0000 0000 转 1234", "17000000000 ext 1234"),
        ("0791-88881234-012", "079188881234 ext 012"),
        ("+44 (0)20 7946 0958 x7", "+442079460958 ext 7"),
        ("138 0000 1234", "13800001234"),
    ] {
        let phone = Phone::parse(typed).unwrap();
        assert_eq!(phone.plain(), cell);
        assert_eq!(Phone::parse(cell), Ok(phone));
    }
}
