//! Every clause and every code has its rule or notice and its words, in every language.

use aftercare::desk::language::Language;
use aftercare::terms::ask::{Ask, Place};
use aftercare::terms::assessment::{
    Area, Cover, Fee, Gate, Item, Payer, Reason, ReturnDecision, Staff,
};
use aftercare::terms::clause::Carrier;
use aftercare::terms::facts::Domain;
use aftercare::terms::findings::Mark;
use aftercare::terms::{
    Choice, ClauseId, Day, FactName, FileReason, Library, NoticeCode, RepairField, Terms,
};
use aftercare::ui::i18n::{Arg, Words};
use unicode_width::UnicodeWidthStr;

fn languages() -> [Words; 2] {
    [Words::new(Language::English), Words::new(Language::Chinese)]
}

#[test]
fn every_clause_has_a_rule_or_a_notice_and_a_restatement_in_each_language() {
    let terms = Terms::built_in();
    for id in ClauseId::ALL {
        let words = terms.clause(*id).unwrap();
        for tag in ["en", "zh-CN"] {
            assert!(words.restatement(tag).len() > 10, "{id} in {tag}");
        }
        assert_ne!(words.restatement("en"), words.restatement("zh-CN"), "{id}");
        match id.carrier() {
            Carrier::Rule(_) => {
                let by_reason = Reason::ALL.iter().any(|reason| reason.clause() == *id);
                let by_fact = FactName::ALL.iter().any(|fact| fact.clause() == *id);
                let by_code = NoticeCode::ALL.iter().any(|code| code.clause() == *id);
                let freight = [ClauseId::III1, ClauseId::III2, ClauseId::IV2].contains(id);
                assert!(by_reason || by_fact || by_code || freight, "{id}");
            }
            Carrier::Notice(code) => assert_eq!(code.clause(), *id),
            Carrier::ServiceCentre => assert!(!terms.service_centre.address.is_empty()),
            Carrier::InvoiceContact => assert!(!terms.invoices.phone.is_empty()),
        }
    }
}

/// Every id that a typed value names.
fn ids() -> Vec<String> {
    let mut ids = Vec::new();
    ids.extend(ClauseId::ALL.iter().map(|v| v.message_id()));
    ids.extend(Area::ALL.iter().map(|v| v.message_id()));
    ids.extend(Reason::ALL.iter().map(|v| v.message_id()));
    ids.extend(Staff::ALL.iter().map(|v| v.message_id()));
    ids.extend(ReturnDecision::ALL.iter().map(|v| v.message_id()));
    ids.extend(Cover::ALL.iter().map(|v| v.message_id()));
    ids.extend(Cover::ALL.iter().map(|v| format!("period-{v}")));
    ids.extend(Payer::ALL.iter().map(|v| v.message_id()));
    ids.extend(Payer::ALL.iter().map(|v| format!("freight-in-{v}")));
    ids.extend(Payer::ALL.iter().map(|v| format!("freight-back-{v}")));
    ids.extend(Fee::ALL.iter().map(|v| v.message_id()));
    ids.extend(Gate::ALL.iter().map(|v| v.message_id()));
    ids.extend(Gate::ALL.iter().map(|v| format!("gate-repair-{v}")));
    ids.extend(Gate::ALL.iter().map(|v| format!("gate-send-{v}")));
    ids.extend(Mark::ALL.iter().map(|v| format!("mark-{v}")));
    ids.extend(Ask::ALL.iter().map(|v| v.message_id()));
    let met = ClauseId::ALL.iter().filter(|id| **id <= ClauseId::IN);
    ids.extend(met.map(|id| format!("met-{}", id.code().replace('.', "-"))));
    for name in FactName::ALL {
        ids.push(name.message_id());
        ids.push(name.ask_id());
        let item = Item::Fact(*name);
        if Place::Phone.turn_of(item.how_at(Place::Phone)).is_none() {
            ids.push(item.later_id());
        }
        if let Domain::Choice(codes) = name.domain() {
            ids.extend(codes.iter().map(|code| name.value_id(code)));
        }
    }
    for field in RepairField::ALL {
        ids.push(field.message_id());
        ids.push(field.ask_id());
        if let Domain::Choice(codes) = field.domain() {
            ids.extend(codes.iter().map(|code| field.value_id(code)));
        }
    }
    for code in ["yes", "no", "not_yet", "unknown", "unrecoverable"] {
        ids.push(FactName::PurchaseDate.value_id(code));
    }
    ids.extend(notices());
    for id in [
        "finding-conflict",
        "due",
        "in-time-yes",
        "in-time-no",
        "calendar-missing",
        "count",
        "count-from",
        "work-count",
        "work-count-skipped",
        "work-count-make-up",
        "unstated-advice",
        "restatement",
        "company-wording",
        "terms-version",
        "presumed",
        "provisional",
        "rests-on-customer",
        "until",
        "until-unknown",
        "branch-proof-valid",
        "branch-proof-none",
        "branch-proof-at-return-valid",
        "branch-proof-at-return-none",
        "branch-test-result-quality",
        "branch-test-result-non-quality",
        "branch-test-result-no-fault",
    ] {
        ids.push(id.to_string());
    }
    ids
}

/// The notices in full and in one line.
fn notices() -> Vec<String> {
    let mut ids = Vec::new();
    for code in NoticeCode::ALL {
        if *code != NoticeCode::Presumed {
            ids.push(code.message_id());
            ids.push(code.short_id());
        }
    }
    for fact in [
        "test-result",
        "labels-by",
        "missing-by",
        "fm-when",
        "repairs",
    ] {
        ids.push(format!("notice-PRESUMED-{fact}"));
        ids.push(format!("notice-PRESUMED-{fact}-short"));
    }
    ids
}

#[test]
fn every_typed_value_has_its_words_in_both_languages() {
    for words in languages() {
        for id in ids() {
            assert!(words.has(&id), "{id} in {:?}", words.language());
        }
    }
}

#[test]
fn no_words_stand_without_a_value_that_says_them() {
    let known = ids();
    for language in [Language::English, Language::Chinese] {
        for (file, text) in aftercare::ui::i18n::files(language) {
            if *file != "terms.ftl" {
                continue;
            }
            for line in text.lines().filter(|line| line.contains(" = ")) {
                let id = line.split(" = ").next().unwrap();
                assert!(known.iter().any(|k| k == id), "{id}");
            }
        }
    }
}

#[test]
fn short_notices_fit_a_line_and_reasons_fit_the_panel() {
    let columns = |text: &str| UnicodeWidthStr::width(text);
    for words in languages() {
        for id in ids() {
            let most = if id.starts_with("notice-") && id.ends_with("-short") {
                76
            } else if id.starts_with("reason-")
                || id.starts_with("met-")
                || id.starts_with("staff-")
            {
                36
            } else if id.ends_with("-ask") {
                66
            } else {
                continue;
            };
            let said = words.say_with(
                &id,
                &[
                    ("date", Arg::Text("2026-11-22")),
                    ("version", Arg::Text("0123abcd")),
                ],
            );
            assert!(
                columns(&said) <= most,
                "{id}: {} columns: {said}",
                columns(&said)
            );
        }
    }
}

#[test]
fn a_notice_with_a_date_says_it_in_both_languages() {
    let [english, chinese] = languages();
    for id in notices() {
        let say = |words: &Words| words.say_with(&id, &[("date", Arg::Text("2026-11-22"))]);
        let both = (
            say(&english).contains("2026-11-22"),
            say(&chinese).contains("2026-11-22"),
        );
        assert_eq!(both.0, both.1, "{id}");
    }
}

#[test]
fn the_address_and_the_contacts_are_those_of_the_terms() {
    let terms = Terms::built_in();
    assert_eq!(terms.service_centre.phone, "18270695402");
    assert_eq!(terms.service_centre.email, "499265193@qq.com");
    assert_eq!(terms.invoices.contact, "Mr. Wu");
    let numbers = terms.numbers;
    assert_eq!(
        (
            numbers.return_request_days,
            numbers.return_send_days,
            numbers.warranty_with_proof_days,
            numbers.warranty_without_proof_days,
            numbers.extension_days,
            numbers.repair_working_days
        ),
        (7, 7, 180, 240, 60, 3)
    );
}

const BUILT_IN: &str = include_str!("../../assets/terms/2000-01-01.toml");

fn newer(from: &str) -> String {
    BUILT_IN.replace("from = \"2000-01-01\"", &format!("from = \"{from}\""))
}

#[test]
fn a_newer_version_takes_effect_on_its_day_and_a_case_finds_its_own_by_hash() {
    let day = |text| Day::parse(text).unwrap();
    let mut library = Library::built_in();
    let old = library.in_force(day("2026-11-22")).hash.clone();
    let text = newer("2027-01-01").replace("send_days = 7", "send_days = 10");
    let new = library.add(&text, day("2026-11-22")).unwrap().hash.clone();
    assert_ne!(old, new);
    assert_eq!(library.in_force(day("2026-12-31")).hash, old);
    assert_eq!(library.in_force(day("2027-01-01")).hash, new);
    assert_eq!(library.by_hash(&new).unwrap().numbers.return_send_days, 10);
    assert_eq!(library.in_force(day("1999-01-01")).hash, old);
    assert_eq!(library.versions().len(), 2);
    // The same text again, later: it is there already.
    library.add(&text, day("2028-01-01")).unwrap();
    assert_eq!(library.versions().len(), 2);
}

#[test]
fn a_version_cannot_take_effect_before_the_day_it_is_brought_in() {
    let mut library = Library::built_in();
    let text = newer("2026-11-21");
    let [from, brought_in] = ["2026-11-21", "2026-11-22"].map(|day| Day::parse(day).unwrap());
    let fault = library.add(&text, brought_in).unwrap_err();
    assert_eq!(fault.reason, FileReason::TooEarly { from, brought_in });
    assert_eq!(
        fault.line,
        1 + text.lines().position(|l| l.starts_with("from")).unwrap()
    );
}

#[test]
fn the_companys_own_wording_stands_beside_the_restatement() {
    let text = BUILT_IN.replace(
        "[clauses.\"VI\"]",
        "[clauses.\"VI\"]\ncompany = \"开票请联系吴先生\"",
    );
    let terms = Terms::parse(&text).unwrap();
    let words = terms.clause(ClauseId::VI).unwrap();
    assert_eq!(words.company.as_deref(), Some("开票请联系吴先生"));
}
