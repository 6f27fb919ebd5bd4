use super::*;
use crate::cli::USAGE;
use crate::ui::i18n::Arg as Value;

fn words() -> [Words; 2] {
    Language::ALL.map(Words::new)
}

fn given(line: &str) -> Vec<OsString> {
    line.split(' ').map(OsString::from).collect()
}

#[test]
fn the_language_is_found_whatever_else_is_wrong() {
    let table = [
        (
            "aftercare --language zh --nonsense",
            Some(Language::Chinese),
        ),
        ("aftercare check --language=en", Some(Language::English)),
        ("aftercare --language", None),
        ("aftercare --language klingon", None),
        ("aftercare --languages zh", None),
        ("aftercare", None),
    ];
    for (line, expected) in table {
        assert_eq!(language(&given(line)), expected, "{line}");
    }
}

#[test]
fn every_option_and_command_is_explained_in_both_languages() {
    for words in words() {
        let mut command = command(&words);
        command.build();
        let mut all = vec![&command];
        all.extend(command.get_subcommands());
        for command in all {
            let name = command.get_name();
            assert!(words.has(&format!("cli-about-{name}")), "{name}");
            for arg in command.get_arguments() {
                assert!(arg.get_help().is_some(), "{name} {}", arg.get_id());
            }
        }
    }
}

#[test]
fn wrong_arguments_are_told_in_words_with_a_way_on() {
    let table = [
        "aftercare --nonsense",
        "aftercare fly",
        "aftercare --zone Mars",
        "aftercare --zone",
        "aftercare --today 2026-02-30",
        "aftercare --db a --db b",
        "aftercare --language klingon",
    ];
    for words in words() {
        let hint = words.say("cli-see-help").into_owned();
        for line in table {
            let answer = Arguments::read(given(line), &words)
                .map(|_| ())
                .expect_err(line);
            assert_eq!(answer.status, USAGE, "{line}");
            let text = answer.text.to_string();
            let (said, way_on) = text.split_once('\n').expect(line);
            assert_eq!(way_on, hint, "{line}");
            assert!(!said.contains("{"), "{said}");
            assert!(!said.contains("error:"), "{said}");
        }
    }
}

/// Cause, field and remedy: every option that does not take any text says what it takes.
#[test]
fn a_wrong_or_missing_value_is_told_with_what_the_option_takes() {
    let table = [
        ("aftercare --zone Mars", "Asia/Shanghai"),
        ("aftercare --zone", "Asia/Shanghai"),
        ("aftercare --language klingon", "zh"),
        ("aftercare --bench --idle 0", "480"),
        ("aftercare --bench --idle soon", "480"),
        ("aftercare --today 2026-02-30", "YYYY-MM-DD"),
        ("aftercare demo --today 2026-02-30", "YYYY-MM-DD"),
        ("aftercare demo --cases many", ""),
        ("aftercare demo --seed -", ""),
        ("aftercare restore x --given 51", "RMA26-00051"),
        ("aftercare export --format xml", "jsonl"),
        ("aftercare staff add li --role king", "technician"),
        ("aftercare staff role li king", "technician"),
    ];
    for words in words() {
        for (line, takes) in table {
            let answer = Arguments::read(given(line), &words).expect_err(line);
            let text = answer.text.to_string();
            let option = line.split(' ').rfind(|word| word.starts_with("--"));
            let option = option.unwrap_or("<ROLE>");
            assert!(text.contains(option) && text.contains(takes), "{text}");
            let told = |id: &str, takes: &str| {
                let value = line.split(' ').next_back().unwrap_or_default();
                let args = [
                    ("what", Value::Text(option)),
                    ("value", Value::Text(value)),
                    ("takes", Value::Text(takes)),
                ];
                words.say_with(id, &args)
            };
            let takes = wrong::takes(&words, option).expect(line);
            let id = match line.ends_with(option) {
                true => "cli-wrong-value-missing-takes",
                false => "cli-wrong-value-takes",
            };
            assert_eq!(
                text.lines().next(),
                Some(told(id, &takes).as_str()),
                "{line}"
            );
        }
    }
}

#[test]
fn an_argument_that_is_no_text_is_told_in_words() {
    use std::os::unix::ffi::OsStringExt;
    for words in words() {
        let name = OsString::from_vec(vec![0xff]);
        let line = vec!["aftercare".into(), "--staff".into(), name];
        let answer = Arguments::read(line, &words).err().unwrap();
        let told = words.say("cli-wrong-text");
        assert_eq!(answer.text.to_string().lines().next(), Some(&*told));
    }
}

#[test]
fn what_is_typed_is_told_without_its_control_characters() {
    let [english, _] = words();
    let line = vec![OsString::from("aftercare"), OsString::from("--a\u{1b}[31m")];
    let answer = Arguments::read(line, &english).err().unwrap();
    assert!(!answer.text.to_string().contains('\u{1b}'));
}

#[test]
fn help_is_there_for_the_program_and_each_command() {
    for words in words() {
        for of in [None, Some("check"), Some("help")] {
            let answer = help(of, &words);
            assert_eq!(answer.status, 0);
            assert!(answer.text.to_string().contains("aftercare"));
        }
        assert_eq!(help(Some("fly"), &words).status, USAGE);
    }
}
