//! Journeys of people who call again: one person, one identity.

use super::player::Player;

const MORNING: &str = "2026-11-02";

/// The customer of a shop behind a virtual number, with a product.
fn first_customer(p: &mut Player) {
    p.on(MORNING);
    p.keys("<c-n>17000000000-5678<tab>王小明<tab>CK-80 HV<tab>80H2-7731<tab>no output<tab>");
    p.file()
        .newest()
        .knows(&[("phone", "17000000000;ext=5678")]);
    p.at_once("<esc>");
}

#[test]
fn a_virtual_number_does_not_take_over_who_has_another_extension() {
    need_pty!();
    let p = &mut Player::new();
    first_customer(p);
    // By the key that begins a call of who was found...
    p.at_once("17000000000-1234");
    p.sees(&["other ext: 5678"]);
    p.at_once("<c-n>");
    p.sees(&["Intake", "170 0000 0000 ext 1234"]);
    // ...and by the key that takes over the caller's last case.
    p.at_once("<c-e>");
    p.is_told("Known only with another extension");
    p.file().newest().knows(&[
        ("phone", "17000000000;ext=1234"),
        ("caller", ""),
        ("model", ""),
        ("serial", ""),
    ]);
    let exported = p.exports();
    for phone in ["17000000000 ext 1234", "17000000000 ext 5678"] {
        assert!(exported.contains(phone), "{exported}");
    }
    // The extension was heard wrongly: it is the first customer after all.
    p.at_once("<s-tab><c-u>17000000000 转 5678<tab>");
    p.sees(&["170 0000 0000 ext 5678", "(1)"]);
    p.at_once("<c-e>");
    p.sees(&["王小明"]);
    p.file()
        .newest()
        .knows(&[("phone", "17000000000;ext=5678"), ("caller", "王小明")]);
}

#[test]
fn a_number_without_its_extension_is_asked_about() {
    need_pty!();
    let p = &mut Player::new();
    first_customer(p);
    p.at_once("17000000000<enter>");
    p.sees(&["Board", "other ext: 5678"]);
    p.is_told("Known only with another extension");
    p.at_once("<c-n>");
    p.sees(&["Intake", "ext 5678?"]);
    p.at_once("<c-e>");
    p.file()
        .newest()
        .knows(&[("phone", "17000000000"), ("caller", "")]);
    // With its extension on the board the case opens.
    p.at_once("<esc>17000000000，5678<enter>");
    p.sees(&["Intake", "王小明"]);
}

#[test]
fn an_address_typed_on_the_board_opens_its_case() {
    need_pty!();
    let p = &mut Player::new();
    p.on(MORNING);
    // Nobody is known by it: a call begins with it.
    p.at_once("Ann.Lee@example.com<enter>");
    p.sees(&["Intake", "Ann.Lee@example.com"]);
    p.at_once("<tab>Ann Lee<tab>CK-80 HV<tab>");
    p.file()
        .newest()
        .knows(&[("email", "Ann.Lee@example.com"), ("caller", "Ann Lee")]);
    p.at_once("<esc>");
    p.sees(&["Board"]);
    p.at_once("<lt>ann.lee@EXAMPLE.com><enter>");
    p.sees(&["Intake", "Ann Lee"]);
    assert_eq!(p.file().cases().len(), 1);
    // A later call from the address takes the data over.
    p.at_once("<esc>ann.lee@example.com");
    p.sees(&["E-mail Ann.Lee@example.com"]);
    p.at_once("<c-n>");
    p.sees(&["Intake", "Ann Lee"]);
    let file = p.file();
    assert_eq!(file.cases().len(), 2);
    file.newest()
        .knows(&[("email", "Ann.Lee@example.com"), ("caller", "Ann Lee")]);
}

#[test]
fn a_former_number_finds_the_case_as_earlier() {
    need_pty!();
    let p = &mut Player::new();
    p.on(MORNING);
    p.keys("<c-n>13800001234<tab>王小明<tab>CK-80 HV<tab>");
    p.at_once("<s-tab><s-tab><s-tab><c-u>13900005678<tab><esc>");
    p.file().newest().knows(&[("phone", "13900005678")]);
    p.at_once("13800001234<enter>");
    p.sees(&["Board", "formerly 138 0000 1234", "王小明"]);
    // Whose number it is now is another question: nothing is taken over.
    p.at_once("<c-n>");
    p.sees(&["Intake", "138 0000 1234"]);
    p.file()
        .newest()
        .knows(&[("phone", "13800001234"), ("caller", "")]);
}

#[test]
fn two_numbers_in_one_field_are_told_and_both_are_kept() {
    need_pty!();
    let p = &mut Player::new();
    p.on(MORNING);
    p.keys("<c-n>13800001234 / 13900005678<tab>");
    p.sees(&["one number", "Second phone"]);
    p.at_once("13900005678<tab><s-tab><s-tab><c-u>13800001234<tab>");
    p.sees(&["138 0000 1234", "139 0000 5678"]);
    p.file()
        .newest()
        .knows(&[("phone", "13800001234"), ("second_phone", "13900005678")]);
    p.at_once("<esc>13900005678<enter>");
    p.sees(&["Intake", "138 0000 1234"]);
}
