//! The ways of a case, as keys. Each is a whole journey that any player can take: one who is left in
//! peace, or one whose program is killed now and then.
//!
//! In choices the keys are digits: service 1 return, 2 repair, 3 upgrade; proof 1 valid; yes 1, no 2;
//! test 1 quality, 3 no fault.

use super::player::Player;

/// A way by its name.
pub type Way = (&'static str, fn(&mut Player));

/// Every way but the Chinese one, which wants another language.
pub const ALL: &[Way] = &[
    ("return on day 7", return_on_day_7),
    ("return on day 8", return_on_day_8),
    (
        "refused return repaired",
        refused_return_goes_on_as_a_repair,
    ),
    ("free repair", free_repair),
    ("paid repair", paid_repair_and_its_60_days),
    ("money both ways", money_both_ways),
    ("quote declined", quote_declined),
    ("no fault found", no_fault_found),
    ("solved by phone", solved_by_phone),
    ("upgrade", software_upgrade),
    ("three cases of a dealer", one_parcel_with_three_cases),
    ("unannounced parcel", unannounced_parcel),
    ("two cases of one unit", two_cases_of_one_unit),
    ("goods of another case", goods_of_another_case),
    ("proof that hurts", proof_that_hurts),
    ("spelled otherwise", received_under_another_spelling),
    ("another in the box", another_unit_in_the_box),
    ("digits only", a_serial_number_of_digits_only),
    ("replaced", replaced_and_found_by_both_numbers),
];

const NUMBER: &str = "RMA26-00001";

/// A new caller up to the fault: phone, name, model, serial number.
const CALLER: &str = "<c-n>13800001234<tab>王小明<tab>CK-80 HV<tab>80H2-7731<tab>";
/// Where the goods go back to, asked for when they do.
const ADDRESS: &str = "1 Example Road";

/// A return asked for on a day, of goods received on 8 November: no failure, not activated,
/// complete, undamaged, with proof.
fn asks_for_a_return(p: &mut Player, day: &str) {
    p.on(day);
    p.keys(CALLER);
    p.keys("unwanted<tab>111-08<tab><tab>22121");
}

/// A repair of a product that came with a valid proof of this date.
fn asks_for_a_repair(p: &mut Player, day: &str, purchase: &str) {
    p.on(day);
    p.keys(CALLER);
    p.keys("no output<tab>21");
    p.keys(purchase);
    p.keys("<tab>");
}

/// Waybill and serial number scanned, the original proof noted, taken in.
fn takes_in(p: &mut Player) {
    p.keys("<scan:SF1234567890123><scan:80H2-7731><s-tab><s-tab>1<f5>");
    p.sees(&["Inspection", NUMBER]);
}

/// Scanned out of the board onto the dispatch screen, with the waybill of the way back.
fn picks_up_to_send_back(p: &mut Player) {
    p.keys("<scan:80H2-7731>");
    p.sees(&["Dispatch", NUMBER]);
    p.keys("<scan:SF9876543210987>");
}

/// Sends the goods back from the dispatch screen: waybill, address, what is asked then, and off.
fn sends_back(p: &mut Player, answers: &str) {
    p.keys("<scan:SF9876543210987><f6>");
    p.is_told("“Address” must be known first");
    p.keys(ADDRESS);
    p.keys("<f6>");
    p.keys(answers);
    p.keys("<f5>");
    p.sees(&["Board"]);
    p.is_told("closed: ");
}

/// Freight of which the terms say nothing: paid on delivery, as the desk chose.
fn sends_back_collect(p: &mut Player) {
    sends_back(p, "3");
}

pub fn return_on_day_7(p: &mut Player) {
    asks_for_a_return(p, "2026-11-15");
    p.sees(&["RETURN open"]);
    p.sees_in_checks(&["8 Nov + 7", "15 Nov"]);
    p.keys("<f5>");
    p.sees(&[NUMBER, "22 Nov"]);
    p.file()
        .case(NUMBER)
        .knows(&[
            ("service", "return"),
            ("receipt_date", "2026-11-08"),
            ("request_date", "2026-11-15"),
            ("confirm_date", "2026-11-15"),
            ("performance_failure", "no"),
            ("proof_at_return", "valid"),
        ])
        .on_ground("customer", &["receipt_date", "complete"])
        .stands(&[("stage", "awaiting-parcel"), ("due", "2026-11-22")]);

    p.on("2026-11-18");
    takes_in(p);
    // Complete, undamaged, labels whole, not activated, can be sold again, no failure; whose it would
    // be is skipped; no defect, no crash, no misuse, no force majeure; valid proof.
    p.keys("122212<tab>21121");
    p.sees(&["RETURN allowed", "inspected, li 18 Nov"]);
    p.at_once("<f6><enter>");
    p.sees(&["Board", "settle money"]);
    p.file()
        .case(NUMBER)
        .knows(&[("price_back_by", "company")])
        .stands(&[("stage", "settling")]);
    // The price is given back two days later.
    p.on("2026-11-20");
    p.keys("<enter>");
    p.sees(&[NUMBER, "not noted yet"]);
    p.at_once("<f5><enter>399<enter><enter>");
    p.sees(&["¥ 399 given back by company"]);
    p.file()
        .case(NUMBER)
        .knows(&[
            ("price_back_amount", "39900"),
            ("price_back_day", "2026-11-20"),
        ])
        .stands(&[("stage", "closed")])
        .knows(&[("closed", "returned"), ("labels_tampered", "no")])
        .on_ground("inspected", &["labels_tampered", "activated"])
        .on_ground("document", &["proof_at_return"])
        .stands(&[("outcome", "returned"), ("goods", "ours")]);
}

pub fn return_on_day_8(p: &mut Player) {
    asks_for_a_return(p, "2026-11-16");
    p.sees(&["RETURN refused", "A.X1", "8 Nov + 7", "15 Nov"]);
    p.sees_in_checks(&["by law 16 Nov may be in time", "can go on as a repair"]);
    p.keys("<f5>");
    p.is_told("The terms refuse the return");
    p.at_once("<c-k>close the<enter>4");
    p.sees(&["Board"]);
    p.file()
        .newest()
        .knows(&[
            ("request_date", "2026-11-16"),
            ("closed", "return_refused"),
            ("number", ""),
            ("confirm_date", ""),
        ])
        .stands(&[("outcome", "return_refused"), ("goods", "customer")]);
}

pub fn refused_return_goes_on_as_a_repair(p: &mut Player) {
    p.on("2026-11-16");
    p.keys(CALLER);
    // It fails: found on the 12th, by nobody's fault; asked to be returned a day too late.
    p.keys("no output<tab>111-08<tab><tab>111-12<tab>21<f5>");
    p.is_told("The terms refuse the return");
    p.at_once("<c-k>goes on<enter>");
    // The proof is known already; the warranty wants its date.
    p.sees(&["RETURN", "A.X1", "WARRANTY"]);
    p.keys("11-06<tab><tab>1<f5>");
    p.sees(&[NUMBER, "refused"]);
    p.file().case(NUMBER).knows(&[
        ("service", "return_else_repair"),
        ("request_date", "2026-11-16"),
        ("confirm_date", ""),
        ("proof", "valid"),
    ]);
    p.on("2026-11-18");
    takes_in(p);
    p.sees(&["RETURN refused", "A.X1"]);
    p.keys("1<f5>");
    p.sees(&["Repair", NUMBER, "WARRANTY covered"]);
    p.keys("<f5>");
    p.sees(&["Dispatch"]);
    sends_back(p, "1");
    p.file()
        .case(NUMBER)
        .knows(&[
            ("closed", "repaired"),
            ("period_status", "in"),
            ("freight_back", "company"),
        ])
        .stands(&[("outcome", "repaired"), ("owed", "0")]);
}

pub fn free_repair(p: &mut Player) {
    p.counts();
    asks_for_a_repair(p, "2026-11-02", "6-15");
    p.sees(&["I.1b", "15 Jun + 180", "12 Dec"]);
    p.keys("<tab>180<f5>");
    p.sees(&[NUMBER]);
    p.took_at_most("a new caller's faulty product", 60, 0);

    p.on("2026-11-05");
    p.counts();
    takes_in(p);
    p.keys("1MOSFET<f5>");
    p.sees(&["Repair", NUMBER]);
    p.took_at_most("receiving and inspecting a plain repair", 12, 3);
    p.file()
        .case(NUMBER)
        .knows(&[
            ("arrival_date", "2026-11-05"),
            ("proof_received", "original"),
            ("test_result", "quality"),
            ("cause", "MOSFET"),
        ])
        .stands(&[
            ("stage", "repair"),
            ("due", "2026-11-10"),
            ("goods", "here"),
        ]);

    // “Where is my ESC?”
    p.keys("<esc>");
    p.counts();
    p.keys("1234<enter><f2>");
    p.sees(&[NUMBER, "10 Nov"]);
    p.took_at_most("“where is my ESC?”", 6, 0);

    p.on("2026-11-06");
    p.keys("<scan:80H2-7731>");
    p.sees(&["Repair", NUMBER]);
    p.keys("new MOSFET<f5>");
    // The address was never said: it is asked for now, and kept. The recipient will be the caller.
    p.sees(&["Dispatch", "(王小明)"]);
    p.keys("<f6>");
    p.keys(ADDRESS);
    p.keys("<tab><esc>");
    p.counts();
    picks_up_to_send_back(p);
    p.keys("<f6>1<f5>");
    p.sees(&["Board"]);
    p.took_at_most("sending a repaired item back", 3, 2);
    p.file()
        .case(NUMBER)
        .knows(&[
            ("closed", "repaired"),
            ("period_status", "in"),
            ("repaired_on", "2026-11-06"),
            ("sent_back_on", "2026-11-06"),
            ("recipient", "王小明"),
            ("recipient_address", ADDRESS),
            ("contact_confirmed", "yes"),
            ("proof_enclosed", "yes"),
            ("freight_back", "company"),
            ("courier_back", "sf"),
            ("waybill_back", "SF9876543210987"),
        ])
        .stands(&[("outcome", "repaired"), ("owed", "0")]);
    assert_eq!(p.file().parcels("outgoing"), 1);
}

pub fn paid_repair_and_its_60_days(p: &mut Player) {
    asks_for_a_repair(p, "2026-03-02", "2025-08-01");
    p.sees(&["28 Jan"]);
    p.keys("<f5><esc>");
    p.on("2026-03-05");
    takes_in(p);
    // A quality fault; the proof and its date are seen.
    p.keys("1<tab><tab>1<c-g><f5>");
    p.sees(&["Quote", NUMBER]);
    p.keys("1power stage<tab><tab>80<tab>3freight back<tab>");
    p.keys("<tab>12<tab>");
    p.at_once("<f5>1");
    p.sees(&["92"]);
    p.at_once("<f6>11");
    p.sees(&["Repair", NUMBER]);
    p.file()
        .case(NUMBER)
        .knows(&[
            ("quote_version", "1"),
            ("quote_told_over", "telephone"),
            ("quote_answer", "accepted"),
            ("quote_accepted_date", "2026-03-05"),
        ])
        .lists("line_price", &["1200", "8000"])
        .stands(&[("stage", "repair"), ("owed", "9200"), ("due", "2026-03-10")]);
    p.keys("<f5>");
    p.sees(&["Dispatch"]);
    p.keys("<scan:SF9876543210987><f6>");
    p.keys(ADDRESS);
    p.keys("<f6><f5>");
    p.is_told("Not yet: money is still to come in: F10, or waive it (IV.5)");

    p.on("2026-03-09");
    p.keys("<scan:80H2-7731>");
    p.sees(&["Dispatch"]);
    p.at_once("<f10><enter>2<enter>");
    p.keys("<f5>");
    p.is_told("Not yet: the original proof is not in the box (IV.5)");
    p.keys("<tab>1<f5>");
    p.sees(&["Board"]);
    p.file()
        .case(NUMBER)
        .knows(&[
            ("closed", "repaired"),
            ("repaired_on", "2026-03-05"),
            ("sent_back_on", "2026-03-09"),
            ("period_status", "out"),
            ("freight_back", "customer_prepaid"),
        ])
        .lists("payment_amount", &["9200"])
        .stands(&[("outcome", "repaired"), ("owed", "0")]);

    // Sent back on 9 March: day 60 is 8 May.
    p.on("2026-05-08");
    p.counts();
    p.keys("1234");
    p.sees(&["Phone 138"]);
    p.keys("<c-n>no output<tab>2");
    p.sees(&["I.N", "9 Mar + 60", "8 May"]);
    p.keys("<f5>");
    p.sees(&["RMA26-00002"]);
    p.took_at_most("a known caller's faulty product", 20, 0);
    p.keys("<esc>");
    p.on("2026-05-09");
    p.keys("1234");
    p.sees(&["Phone 138"]);
    p.keys("<c-n>no output<tab>2");
    p.sees(&["WARRANTY not covered", "I.N"]);
    p.keys("<f10>");
    p.sees(&["Board"]);
    p.is_told("Closed: enquiry only");
}

/// A deposit before the quote is told, too much before it goes back, and the rest given back.
pub fn money_both_ways(p: &mut Player) {
    asks_for_a_repair(p, "2026-03-02", "2025-08-01");
    p.keys("<f5><esc>");
    p.keys("<scan:SF1234567890123><scan:80H2-7731><f5>1<f5>");
    p.sees(&["Quote", NUMBER]);
    p.keys("1power stage<tab><tab>80<tab>");
    p.at_once("<f10>50<enter>2<enter>");
    p.sees(&["50 in advance"]);
    p.at_once("<f5>1");
    p.at_once("<f6>11");
    p.sees(&["Repair", NUMBER]);
    p.keys("<f5>");
    p.sees(&["Dispatch"]);
    p.on("2026-03-04");
    p.keys("<scan:80H2-7731>");
    p.sees(&["Dispatch"]);
    // It came in yesterday; ten too many.
    p.at_once("<f10><c-u>40<enter>1<c-u>2026-03-03<enter>");
    p.file()
        .case(NUMBER)
        .lists("payment_amount", &["4000", "5000"])
        .lists("payment_day", &["2026-03-02", "2026-03-03"])
        .stands(&[("stage", "dispatch"), ("owed", "0"), ("credit", "1000")]);
    p.keys("<scan:SF9876543210987><f6>");
    p.keys(ADDRESS);
    p.keys("<f6>3<f5>");
    p.sees(&["Board", "settle money"]);
    p.is_told("Closed, and it stays on the board: too much came in: give it back");
    p.keys("<enter>");
    p.sees(&["You paid ¥ 10 too much", "PAYMENT"]);
    p.at_once("<f5><enter>2<enter>");
    p.sees(&["given back ¥ 10"]);
    p.file()
        .case(NUMBER)
        .lists("refund_amount", &["1000"])
        .stands(&[("stage", "closed"), ("credit", "0")]);
}

pub fn quote_declined(p: &mut Player) {
    asks_for_a_repair(p, "2026-03-02", "2025-08-01");
    p.keys("<f5><esc>");
    p.keys("<scan:SF1234567890123><scan:80H2-7731><f5>1<f5>");
    p.sees(&["Quote", NUMBER]);
    p.keys("1power stage<tab><tab>80<tab>");
    p.at_once("<f5>1");
    p.at_once("<f6>21");
    p.sees(&["Dispatch", NUMBER]);
    sends_back_collect(p);
    p.file()
        .case(NUMBER)
        .knows(&[
            ("quote_answer", "declined"),
            ("closed", "quote_declined"),
            ("repaired_on", ""),
            ("freight_back", "collect"),
        ])
        .stands(&[("outcome", "quote_declined"), ("owed", "0")]);
}

pub fn no_fault_found(p: &mut Player) {
    asks_for_a_repair(p, "2026-11-02", "6-15");
    p.keys("<f5><esc>");
    p.keys("<scan:SF1234567890123><scan:80H2-7731><f5>3<f5>");
    p.sees(&["Dispatch", NUMBER]);
    sends_back_collect(p);
    p.file()
        .case(NUMBER)
        .knows(&[("test_result", "no_fault"), ("closed", "no_fault_found")])
        .stands(&[("outcome", "no_fault_found"), ("owed", "0")]);
}

pub fn solved_by_phone(p: &mut Player) {
    p.on("2026-11-02");
    p.keys(CALLER);
    p.keys("beeps, motor does not turn<f6>");
    p.sees(&["Board"]);
    p.file()
        .newest()
        .knows(&[
            ("closed", "solved_by_phone"),
            ("number", ""),
            ("fault", "beeps, motor does not turn"),
            ("test_result", "operation"),
        ])
        .stands(&[("outcome", "solved_by_phone"), ("goods", "customer")]);
}

pub fn software_upgrade(p: &mut Player) {
    p.on("2026-11-02");
    p.keys(CALLER);
    p.keys("newest firmware<tab>3");
    p.sees(&[
        "FREIGHT",
        "III.2 in: the customer pays",
        "III.2 back: the customer pays",
    ]);
    p.keys("<f5><esc>");
    p.on("2026-11-05");
    p.keys("<scan:SF1234567890123><scan:80H2-7731><f5>");
    p.sees(&["Repair", NUMBER]);
    p.keys("<f5>");
    p.sees(&["Dispatch", NUMBER]);
    sends_back_collect(p);
    p.file()
        .case(NUMBER)
        .knows(&[("closed", "upgraded"), ("repair_outcome", "upgraded")])
        .stands(&[("outcome", "upgraded"), ("owed", "0")]);
}

pub fn one_parcel_with_three_cases(p: &mut Player) {
    p.on("2026-11-02");
    p.keys("<c-n>13900005678<tab>Example Hobby Shop<tab>CK-80 HV<tab>80H2-0001<tab>dead<tab>2<f5><esc>");
    for serial in ["80H2-0002", "80H2-0003"] {
        p.counts();
        p.keys("5678");
        p.sees(&["Phone 139"]);
        p.keys("<c-n>");
        p.sees(&["Example Hobby Shop"]);
        p.keys("dead<tab>2");
        p.keys("<s-tab*3><c-u>");
        p.keys(serial);
        p.keys("<f5>");
        p.took_at_most("a dealer's next product", 25, 0);
        p.keys("<esc>");
    }
    p.on("2026-11-05");
    p.keys("<scan:SF1234567890123>");
    p.keys("<scan:80H2-0001><scan:80H2-0002><scan:80H2-0003><f5>");
    p.sees(&["Board"]);
    p.is_told("3 cases arrived");
    let file = p.file();
    assert_eq!(file.parcels("incoming"), 1);
    for (number, serial) in [
        ("RMA26-00001", "80H2-0001"),
        ("RMA26-00002", "80H2-0002"),
        ("RMA26-00003", "80H2-0003"),
    ] {
        file.case(number)
            .knows(&[("serial", serial), ("arrival_date", "2026-11-05")])
            .stands(&[("stage", "inspection"), ("goods", "here")]);
    }
}

pub fn unannounced_parcel(p: &mut Player) {
    p.on("2026-11-05");
    p.keys("<scan:SF1234567890123>");
    // The serial number is burnt away: the label of the bag stands for it.
    p.keys("<tab><tab>B-7<s-tab*3>");
    p.keys("Li Wei<f5>");
    p.sees(&[NUMBER]);
    p.is_told("not announced");
    p.file()
        .case(NUMBER)
        .knows(&[
            ("caller", "Li Wei"),
            ("bag_label", "B-7"),
            ("serial", ""),
            ("arrival_date", "2026-11-05"),
        ])
        .stands(&[("stage", "triage"), ("goods", "here")]);
    // The sender is called and says what it is for; then it goes to the bench.
    p.keys("13700009999<tab><tab>CK-60<tab><tab>burnt out in flight<tab>2<f5>");
    p.sees(&["Inspection", NUMBER]);
    p.keys("<esc>");
    p.keys("B-7<enter>");
    p.sees(&["Inspection", NUMBER, "B-7"]);
    p.file()
        .case(NUMBER)
        .knows(&[("phone", "13700009999"), ("service", "repair")])
        .stands(&[("stage", "inspection")]);
}

/// A unit that came in under a case of its own, though one was waiting for it.
pub fn two_cases_of_one_unit(p: &mut Player) {
    asks_for_a_repair(p, "2026-11-02", "9-20");
    p.keys("<f5>");
    p.sees(&[NUMBER]);
    p.on("2026-11-05");
    p.keys("<esc><scan:SF1234567890123>");
    p.keys("<tab><tab>B-7<f5>");
    let second = "RMA26-00002";
    p.sees(&[second]);
    // Its number is read off at the bench, spelled another way: the waiting case is said at once.
    p.keys("<tab><tab><tab>80h27731<tab>");
    p.sees(&["80H27731", "! RMA26-00001"]);
    p.is_told("Open already: RMA26-00001, parcel to come");
    // Joined: what moves is shown, and only then done.
    p.keys("<c-o>");
    p.sees(&["Which case is the right one?"]);
    p.keys("rma26-00001");
    p.brings_up("<enter>");
    p.sees(&["Join this case to this one?", "Goes there: ", "Parcel in"]);
    p.at_once("<enter>");
    p.sees(&["Inspection", NUMBER, "B-7"]);
    p.keys("<f2>");
    p.sees(&["JOINED", "from RMA26-00002, joined"]);
    let file = p.file();
    file.case(NUMBER)
        .knows(&[("bag_label", "B-7"), ("arrival_date", "2026-11-05")])
        .stands(&[("stage", "inspection"), ("goods", "here")]);
    file.case(second)
        .knows(&[
            ("closed", "joined"),
            ("bag_label", ""),
            ("arrival_date", ""),
        ])
        .stands(&[("outcome", "joined")]);
    // The other number still finds its case, which leads on.
    p.keys("<esc>");
    p.keys("RMA26-00002<enter>");
    p.sees(&["joined to RMA26-00001, at the bench"]);
    // It was another unit after all.
    p.at_once("<c-k>take apart<enter>");
    p.is_told("Taken apart again");
    let file = p.file();
    file.case(second)
        .knows(&[
            ("closed", ""),
            ("bag_label", "B-7"),
            ("arrival_date", "2026-11-05"),
        ])
        .stands(&[("stage", "triage"), ("goods", "here")]);
    file.case(NUMBER)
        .knows(&[("bag_label", ""), ("arrival_date", "")])
        .stands(&[("stage", "awaiting-parcel")]);
}

/// Goods taken in under a case that waits for others; and a second call about a unit.
pub fn goods_of_another_case(p: &mut Player) {
    asks_for_a_repair(p, "2026-11-02", "9-20");
    p.keys("<f5>");
    p.sees(&[NUMBER]);
    // The same unit again: it is asked before it gets a number of its own.
    p.keys("<esc>");
    p.keys("<c-n>13900001234<tab>Li Wei<tab>CK-80 HV<tab>８０Ｈ２７７３１<tab>");
    p.is_told("Open already: RMA26-00001, parcel to come");
    p.keys("smells<tab>2");
    p.brings_up("<f5>");
    p.sees(&[
        "This unit is open in another case",
        "Open: RMA26-00001, parcel to come.",
    ]);
    p.at_once("2");
    let second = "RMA26-00002";
    p.sees(&[second]);
    p.file()
        .case(second)
        .stands(&[("stage", "awaiting-parcel")]);
    p.keys("<esc>");
    p.on("2026-11-05");
    p.keys("RMA26-00001<enter>");
    p.keys("<f5>");
    p.keys("<scan:SF1234567890123><f5>");
    p.sees(&["Inspection", NUMBER]);
    // They are Li Wei's.
    p.at_once("<c-k>move the goods<enter>");
    p.sees(&["Which case do the goods belong to?"]);
    p.keys("RMA26-00002");
    p.brings_up("<enter>");
    p.sees(&["Move the goods to this case?", "waits for its own parcel"]);
    p.at_once("<enter>");
    p.sees(&["Inspection", second]);
    let file = p.file();
    file.case(NUMBER).stands(&[("stage", "awaiting-parcel")]);
    file.case(second)
        .stands(&[("stage", "inspection"), ("goods", "here")]);
}

pub fn proof_that_hurts(p: &mut Player) {
    asks_for_a_repair(p, "2026-11-10", "5-01");
    // It left the factory on 20 April: without the proof it would be covered until 16 December.
    p.keys("4-20<tab>1");
    p.sees(&["not covered", "I.1b", "1 May + 180", "28 Oct"]);
    p.sees_in_checks(&["Without a proof it would be covered until 16 Dec"]);
    p.keys("<f5><esc>");
    p.on("2026-11-12");
    takes_in(p);
    p.keys("1");
    p.at_once("<f10>2covered without its proof<enter>");
    // The computed decision stays visible beside what was granted.
    p.sees(&["not covered", "granted"]);
    p.keys("<f5>");
    p.sees(&["Repair", NUMBER]);
    p.file()
        .case(NUMBER)
        .lists("grant_subject", &["warranty"])
        .lists("grant_reason", &["covered without its proof"])
        .stands(&[("stage", "repair"), ("owed", "0")]);
}

/// A warranty repair by a desk that works in Chinese, and types Chinese.
pub fn repair_in_chinese(p: &mut Player) {
    p.on("2026-11-02");
    p.sees(&["看板"]);
    p.keys("<c-n>13800001234<tab>欧阳小明<tab>CK-80 HV<tab>80H2-7731<tab>");
    p.keys("上电后无输出，电机不转<tab>21昨天<tab><tab>180<f5>");
    p.sees(&[NUMBER, "欧阳小明"]);
    p.file()
        .case(NUMBER)
        .knows(&[
            ("caller", "欧阳小明"),
            ("fault", "上电后无输出，电机不转"),
            ("purchase_date", "2026-11-01"),
            ("agreed_ceiling", "8000"),
        ])
        .stands(&[("stage", "awaiting-parcel")]);
    p.keys("<esc>");
    p.on("2026-11-05");
    // A scanner behind an input method writes in full width.
    p.keys("<scan:ＳＦ１２３４５６７８９０１２３><scan:８０Ｈ２－７７３１><f5>");
    p.keys("1功率管击穿<f5>");
    p.sees(&["维修", NUMBER]);
    p.keys("更换功率管<f5>");
    p.keys("<scan:SF9876543210987><f6>");
    p.keys("南昌市示例路1号<f6><f5>");
    p.sees(&["看板"]);
    p.file()
        .case(NUMBER)
        .knows(&[
            ("cause", "功率管击穿"),
            ("recipient_address", "南昌市示例路1号"),
            ("closed", "repaired"),
        ])
        .stands(&[("outcome", "repaired"), ("owed", "0")]);
}

/// Announced with a dash, received without it in small letters: one unit, one case.
pub fn received_under_another_spelling(p: &mut Player) {
    asks_for_a_repair(p, "2026-11-16", "2026-10-05");
    p.keys("<f5>");
    p.sees(&[NUMBER]);
    p.keys("<esc>");
    p.sees(&["Board"]);
    p.on("2026-11-18");
    p.keys("<c-r><scan:SF1234567890123><scan:80h27731><s-tab><s-tab>1<f5>");
    p.sees(&["Inspection", NUMBER]);
    p.file().case(NUMBER).knows(&[
        ("serial", "80H2-7731"),
        ("arrival_date", "2026-11-18"),
        ("proof_received", "original"),
    ]);
    assert_eq!(p.file().cases().len(), 1);
    // And by its short number, typed.
    p.keys("<esc>");
    p.sees(&["Board"]);
    p.keys("rma1<enter>");
    p.sees(&["Inspection", NUMBER]);
}

/// Another serial number stands on the goods than was announced: both are told and found, and which is
/// right is said before the test.
pub fn another_unit_in_the_box(p: &mut Player) {
    asks_for_a_repair(p, "2026-11-16", "2026-10-05");
    p.keys("<f5>");
    p.sees(&[NUMBER]);
    p.keys("<esc>");
    p.sees(&["Board"]);
    p.on("2026-11-18");
    p.keys("<c-r><scan:SF1234567890123><scan:80H2-7731><up><c-u>80H2-9001<tab>");
    p.is_told("Announced 80H2-7731, in the box 80H2-9001");
    p.keys("<f5>");
    p.sees(&["Inspection", NUMBER, "box: 80H2-9001"]);
    p.file()
        .case(NUMBER)
        .knows(&[("serial", "80H2-7731"), ("serial_in_box", "80H2-9001")]);
    for spelled in ["80h27731", "80h2 9001"] {
        p.keys("<esc>");
        p.sees(&["Board"]);
        p.keys(spelled);
        p.keys("<enter>");
        p.sees(&["Inspection", NUMBER]);
    }
    p.keys("1");
    p.sees(&["WARRANTY  until"]);
    p.file()
        .case(NUMBER)
        .knows(&[("serial", "80H2-9001"), ("box_unit", "this_unit")]);
}

/// A serial number that looks like a waybill opens its case, and nothing new begins.
pub fn a_serial_number_of_digits_only(p: &mut Player) {
    p.on("2026-11-16");
    p.keys("<c-n>13800001234<tab>王小明<tab>CK-80 HV<tab>123456789012<tab>");
    p.keys("no output<tab>2<f5>");
    p.sees(&[NUMBER]);
    p.keys("<esc>");
    p.sees(&["Board"]);
    p.keys("123456789012<enter>");
    p.sees(&["Case", NUMBER, "123456789012"]);
    assert_eq!(p.file().cases().len(), 1);
}

/// Another unit is given out: its number is asked for, and both numbers find the case.
pub fn replaced_and_found_by_both_numbers(p: &mut Player) {
    asks_for_a_repair(p, "2026-11-02", "6-15");
    p.keys("<tab>180<f5>");
    p.sees(&[NUMBER]);
    p.on("2026-11-05");
    takes_in(p);
    p.keys("1MOSFET<f5>");
    p.sees(&["Repair", NUMBER]);
    p.keys("whole unit<tab>2<f5>");
    p.is_told("“New serial” must be known first");
    p.keys("80H2-9001<f5>");
    p.sees(&["Dispatch", NUMBER]);
    for spelled in ["80H27731", "80h2 9001"] {
        p.keys("<esc>");
        p.sees(&["Board"]);
        p.keys(spelled);
        p.keys("<enter>");
        p.sees(&["Dispatch", NUMBER]);
    }
    p.keys("<f6>");
    p.keys(ADDRESS);
    p.keys("<f6>");
    p.sees(&["Dispatch"]);
    picks_up_to_send_back(p);
    p.keys("<f6>1<f5>");
    p.sees(&["Board"]);
    p.file().case(NUMBER).knows(&[
        ("closed", "replaced"),
        ("serial", "80H2-7731"),
        ("serial_after", "80H2-9001"),
    ]);
    // The unit that was given out fails: the repair before it is known.
    p.on("2026-11-20");
    p.keys("<c-n>13800001234<tab>王小明<tab>CK-80 HV<tab>80h29001<tab>");
    p.sees(&["1 earlier"]);
}
