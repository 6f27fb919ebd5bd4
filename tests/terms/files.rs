//! What is wrong with a file of terms or of working days is found at its line and told in each
//! language.

use aftercare::cli::dated_file::told;
use aftercare::desk::language::Language;
use aftercare::terms::{Calendar, Day, Fault, Library, Terms};
use aftercare::ui::i18n::Words;

const BUILT_IN: &str = include_str!("../../assets/terms/2000-01-01.toml");

/// How a fault is told, and the line of the file it names.
fn assert_told(text: &str, fault: &Fault, line_with: &str, [english, chinese]: [&str; 2]) {
    let line = text.lines().nth(fault.line - 1).unwrap();
    assert!(line.contains(line_with), "{fault} at {line:?}");
    let [en, zh] = Language::ALL.map(|it| told(&Words::new(it), &fault.reason));
    assert_eq!((en.as_str(), zh.as_str()), (english, chinese));
}

#[test]
fn a_wrong_version_of_the_terms_is_refused_with_line_and_reason() {
    let cases = [
        (
            "extension_days = 60 ",
            "extension_days = \"sixty\" ",
            "extension_days",
            [
                "a whole number is needed here, such as 7",
                "这里应为整数，例如 7",
            ],
        ),
        (
            "extension_days = 60 ",
            "extension_days = 0 ",
            "extension_days",
            [
                "extension_days: 0 is not between 1 and 3660 days",
                "extension_days：0 不在 1 到 3660 天之间",
            ],
        ),
        (
            "extension_days = 60 ",
            "extension_dayz = 60 ",
            "extension_dayz",
            [
                "there is nothing called extension_dayz here; allowed: return_request_days, return_send_days, warranty_with_proof_days, warranty_without_proof_days, extension_days, repair_working_days",
                "这里没有 extension_dayz 这一项；可用的有：return_request_days、return_send_days、warranty_with_proof_days、warranty_without_proof_days、extension_days、repair_working_days",
            ],
        ),
        (
            "extension_days = 60 ",
            "",
            "[numbers]",
            ["extension_days is missing", "缺少 extension_days"],
        ),
        (
            "extension_days = 60 ",
            "extension_days = = ",
            "extension_days",
            [
                "this is not TOML as it has to be (TOML: extra `=`, expected nothing)",
                "不是符合要求的 TOML（TOML：extra `=`, expected nothing）",
            ],
        ),
        (
            "from = \"2000-01-01\"",
            "from = \"2000-02-30\"",
            "from =",
            [
                "“2000-02-30” is no day that exists; write YYYY-MM-DD",
                "“2000-02-30”不是实际存在的日期；请写作 YYYY-MM-DD",
            ],
        ),
        (
            "from = \"2000-01-01\"",
            "from = 2000",
            "from =",
            [
                "text in quotes is needed here, such as \"7\"",
                "这里应为带引号的文字，例如 \"7\"",
            ],
        ),
        (
            "EXT-START = \"sent_back\"",
            "EXT-START = \"whenever\"",
            "EXT-START",
            [
                "“whenever” is not allowed; allowed: repaired, sent_back, delivered",
                "不能是“whenever”；可以是：repaired、sent_back、delivered",
            ],
        ),
        (
            "EXT-INW = false",
            "EXT-INW = \"no\"",
            "EXT-INW",
            ["true or false is needed here", "这里应为 true 或 false"],
        ),
        (
            "[clauses.\"A.X6\"]",
            "[other.\"A.X6\"]",
            "other",
            [
                "there is nothing called other here; allowed: from, numbers, readings, service_centre, invoices, clauses",
                "这里没有 other 这一项；可用的有：from、numbers、readings、service_centre、invoices、clauses",
            ],
        ),
        (
            "[clauses.\"A.X6\"]",
            "[clauses.\"A.X9\"]",
            "[clauses",
            [
                "the words of clause A.X6 are missing",
                "缺少条款 A.X6 的文字",
            ],
        ),
        (
            "[clauses.\"VI\"]",
            "[clauses.\"VII\"]\nen = \"x\"\nzh = \"x\"\n[clauses.\"VI\"]",
            "VII",
            ["there is no clause VII", "没有条款 VII"],
        ),
    ];
    for (old, new, line_with, words) in cases {
        let text = BUILT_IN.replace(old, new);
        assert_ne!(text, BUILT_IN, "{old}");
        assert_told(&text, &Terms::parse(&text).unwrap_err(), line_with, words);
    }
    let cut = BUILT_IN.split_once("[clauses.\"VI\"]").unwrap().0;
    let text = format!("{cut}[clauses.\"VI\"]\nen = \" \"\nzh = \"开票\"\n");
    assert_told(
        &text,
        &Terms::parse(&text).unwrap_err(),
        "VI",
        [
            "clause VI needs words in both languages (en and zh)",
            "条款 VI 需要两种语言的文字（en 和 zh）",
        ],
    );
}

#[test]
fn a_version_that_would_take_effect_before_it_is_brought_in_is_told_with_both_days() {
    let text = BUILT_IN.replace("from = \"2000-01-01\"", "from = \"2026-11-21\"");
    let today = Day::parse("2026-11-22").unwrap();
    let fault = Library::built_in().add(&text, today).unwrap_err();
    assert_told(
        &text,
        &fault,
        "from",
        [
            "from: 2026-11-21 is before 2026-11-22, the day these terms are brought in; terms cannot take effect earlier than that",
            "from：2026-11-21 早于这些条款的导入日期 2026-11-22；条款不能在导入之前生效",
        ],
    );
}

#[test]
fn wrong_working_days_are_refused_with_line_and_reason() {
    let cases = [
        (
            "[next]\nholidays = []",
            "[next]",
            [
                "“next” is no year from 1900 to 9999",
                "“next”不是 1900 到 9999 之间的年份",
            ],
        ),
        (
            "[2027]\nworking_weekends = [\"2027-01-02\"]",
            "[2027]",
            [
                "2027 has working_weekends but no holidays; give the holidays of the year as well",
                "2027 年只有 working_weekends 而没有 holidays；请同时写明当年的节假日",
            ],
        ),
        (
            "[2027]\nholidays = []\nworking_weekends = [\"2027-01-04\"]",
            "working_weekends",
            [
                "2027-01-04 is no Saturday or Sunday of 2027",
                "2027-01-04 不是 2027 年的周六或周日",
            ],
        ),
        (
            "[2027]\nholidays = [[\"2027-01-03\", \"2027-01-01\"]]",
            "holidays",
            [
                "2027-01-03 to 2027-01-01 are no first and last day in 2027",
                "2027-01-03 到 2027-01-01 不是 2027 年内的起止日期",
            ],
        ),
        (
            "[2027]\nclosed = [[\"2027-02-29\", \"2027-03-01\"]]",
            "closed",
            [
                "“2027-02-29” is no day that exists; write YYYY-MM-DD",
                "“2027-02-29”不是实际存在的日期；请写作 YYYY-MM-DD",
            ],
        ),
        (
            "[2027]\nclosed = [\"2027-02-01\"]",
            "closed",
            [
                "the first and the last day are needed here, as [\"2027-01-01\", \"2027-01-03\"]",
                "这里应为第一天和最后一天，写作 [\"2027-01-01\", \"2027-01-03\"]",
            ],
        ),
        (
            "[2027]\nclosed = [[\"2027-02-01\"]]",
            "closed",
            [
                "the first and the last day are needed here, as [\"2027-01-01\", \"2027-01-03\"]",
                "这里应为第一天和最后一天，写作 [\"2027-01-01\", \"2027-01-03\"]",
            ],
        ),
        (
            "[2027]\nclosed = \"always\"",
            "closed",
            [
                "a list is needed here, such as [\"2027-01-01\"]",
                "这里应为列表，例如 [\"2027-01-01\"]",
            ],
        ),
        (
            "2027 = 7",
            "2027",
            [
                "a section with keys of its own is needed here",
                "这里应为一个单独的小节，其中再写各项",
            ],
        ),
    ];
    for (text, line_with, words) in cases {
        let fault = Calendar::built_in().add(text).unwrap_err();
        assert_told(text, &fault, line_with, words);
    }
}
