//! Stories that go on: every stage, every reason of waiting, what is late and what is half done.

use crate::demo::people;
use crate::demo::script::{Put, Script};
use crate::desk::change::Ground;
use crate::desk::field::Field;
use crate::work::action::Action;

use super::steps::Told;

pub fn half_done_call(s: &mut Script) -> Told {
    let caller = s.caller.clone();
    s.begins(&[(Field::Phone, Put::As(&caller.phone))])?;
    s.says(&[
        (Field::Caller, Put::As(&caller.name)),
        (Field::Fault, Put::As("上电后没有输出，")),
        (Field::PurchaseDate, Put::Typed("去年双十一")),
    ])
}

pub fn conflict(s: &mut Script) -> Told {
    s.introduces()?;
    s.says(&[
        (Field::Service, Put::As("return")),
        (Field::ReceiptDate, Put::Day(0)),
        (Field::RequestDate, Put::Day(-2)),
        (Field::PerformanceFailure, Put::As("no")),
    ])
}

pub fn refused_on_the_line(s: &mut Script) -> Told {
    s.return_call("return", 11)?;
    s.says(&[
        (Field::PerformanceFailure, Put::As("no")),
        (Field::Activated, Put::As("yes")),
    ])
}

pub fn return_not_sent(s: &mut Script) -> Told {
    s.return_call("return", 4)?;
    s.does(Action::Authorise)
}

pub fn on_its_way(s: &mut Script) -> Told {
    let bought = s.bought_lately();
    s.repair_call(bought)?;
    s.on(2).operator();
    s.says(&[(Field::DispatchDate, Put::Day(2))])
}

pub fn from_abroad(s: &mut Script) -> Told {
    let bought = s.bought_lately();
    s.repair_call(bought)
}

pub fn dealer(s: &mut Script) -> Told {
    let mut cases = Vec::new();
    let bought = s.bought_lately();
    for _ in 0..3 {
        s.goods = people::product(&mut s.dice);
        s.introduces()?;
        s.notes(&[(Field::SoldBy, Put::As("dealer"))])?;
        s.asks_for_repair(Some(bought))?;
        s.says(&[(Field::AgreedIfCovered, Put::As("yes"))])?;
        s.does(Action::Authorise)?;
        cases.push(s.case);
    }
    s.on(3).operator();
    s.parcel_for(&cases)?;
    for (case, result) in cases.into_iter().zip(["quality", "non_quality"]) {
        s.case = case;
        s.on(4).tests(result)?;
    }
    Ok(())
}

pub fn unannounced(s: &mut Script) -> Told {
    let label = format!("B-{:04}", s.dice.below(10_000));
    s.unannounced(&label)
}

/// Goods without a name get a case at the door, and are found to be the ones that were called about.
pub fn entered_twice(s: &mut Script) -> Told {
    let bought = s.bought_lately();
    s.repair_call(bought)?;
    let right = s.case;
    unannounced(s)?;
    s.joins(right)
}

pub fn on_the_bench(s: &mut Script) -> Told {
    let bought = s.bought_lately();
    s.repair_call(bought)?;
    s.arrives(1, 3)?;
    s.finds(&[(Field::Bin, Put::As("A-3"))])
}

pub fn late_on_the_bench(s: &mut Script) -> Told {
    let bought = s.bought_lately();
    s.repair_call(bought)?;
    s.arrives(1, 3)?;
    s.technician();
    s.finds(&[
        (Field::Bin, Put::As("C-1")),
        (Field::Findings, Put::As("外观完好，尚未上电")),
    ])
}

pub fn to_be_taken_back(s: &mut Script) -> Told {
    s.return_call("return", 2)?;
    s.says(&[(Field::PerformanceFailure, Put::As("no"))])?;
    s.does(Action::Authorise)?;
    s.arrives(1, 4)?;
    s.is_untouched()
}

pub fn short_delivery(s: &mut Script) -> Told {
    s.return_call("return", 2)?;
    s.says(&[(Field::PerformanceFailure, Put::As("no"))])?;
    s.does(Action::Authorise)?;
    s.arrives(1, 4)?;
    s.is_untouched()?;
    s.finds(&[
        (Field::Complete, Put::As("no")),
        (Field::MissingItems, Put::As("散热片")),
        (Field::MissingBy, Put::As("seller")),
    ])
}

pub fn mixed(s: &mut Script) -> Told {
    let bought = s.bought_lately();
    s.tested(bought, "mixed")?;
    s.finds(&[(Field::Findings, Put::As("质量故障与进水并存"))])
}

pub fn waits_for_proof(s: &mut Script) -> Told {
    s.introduces()?;
    s.asks_for_repair(None)?;
    s.says(&[(Field::AgreedIfCovered, Put::As("yes"))])?;
    s.does(Action::Authorise)?;
    s.arrives(2, 5)?;
    s.tests("quality")
}

pub fn quote_to_write(s: &mut Script) -> Told {
    let bought = s.bought_long_ago();
    s.tested(bought, "quality")
}

pub fn quote_without_price(s: &mut Script) -> Told {
    let bought = s.bought_long_ago();
    s.tested(bought, "non_quality")?;
    s.on(4).operator();
    s.line("labour", "维修工时", 1, Some(60))?;
    s.line("parts", "铜排（待询价）", 2, None)?;
    Ok(())
}

pub fn unanswered(s: &mut Script) -> Told {
    let bought = s.bought_long_ago();
    s.tested(bought, "quality")?;
    s.on(4).quotes("email")?;
    Ok(())
}

pub fn second_version(s: &mut Script) -> Told {
    let bought = s.bought_long_ago();
    s.tested(bought, "quality")?;
    s.on(4).quotes("telephone")?;
    s.on(5).answers("accepted")?;
    s.on(7).operator();
    s.line("parts", "开机后发现电容也坏", 2, Some(9))?;
    s.does(Action::IssueQuote { over: "telephone" })
}

fn waits(s: &mut Script, reason: &str, until: i64) -> Told {
    s.technician();
    s.finds(&[
        (Field::WaitingFor, Put::As(reason)),
        (Field::WaitingUntil, Put::Day(until)),
    ])
}

pub fn waits_for_parts(s: &mut Script) -> Told {
    let bought = s.bought_lately();
    s.tested(bought, "quality")?;
    let until = s.length() + 4;
    s.on(4);
    waits(s, "parts", until)
}

pub fn waits_for_engineering(s: &mut Script) -> Told {
    let bought = s.bought_lately();
    s.tested(bought, "quality")?;
    let until = s.length() + 9;
    s.on(5);
    waits(s, "engineering", until)
}

pub fn failed_retest(s: &mut Script) -> Told {
    let bought = s.bought_lately();
    s.tested(bought, "quality")?;
    s.on(5).technician();
    let (_, _, work) = s.fault();
    s.finds(&[
        (Field::WorkDone, Put::As(work)),
        (Field::RetestPassed, Put::As("no")),
    ])
}

pub fn waits_for_a_word(s: &mut Script) -> Told {
    let bought = s.bought_lately();
    s.introduces()?;
    s.asks_for_repair(Some(bought))?;
    s.does(Action::Authorise)?;
    s.arrives(1, 3)?;
    s.tests("quality")
}

pub fn to_be_repaired(s: &mut Script) -> Told {
    let bought = s.bought_lately();
    s.tested(bought, "quality")?;
    s.fills(Ground::DocumentSeen, &[(Field::Proof, Put::As("valid"))])
}

pub fn upgrade(s: &mut Script) -> Told {
    s.introduces()?;
    s.says(&[(Field::Service, Put::As("upgrade"))])?;
    s.does(Action::Authorise)?;
    s.arrives(1, 4)
}

pub fn waits_for_money(s: &mut Script) -> Told {
    let bought = s.bought_long_ago();
    s.tested(bought, "quality")?;
    s.on(4).quotes("telephone")?;
    s.on(5).answers("accepted")?;
    s.on(7).repairs()?;
    s.operator();
    s.does(Action::ConfirmContact)
}

pub fn ready_to_go(s: &mut Script) -> Told {
    let bought = s.bought_lately();
    s.repair_call(bought)?;
    s.arrives(1, 3)?;
    s.finds(&[(Field::ProofReceived, Put::As("original"))])?;
    s.tests("quality")?;
    s.on(6).repairs()?;
    s.on(7).operator();
    s.does(Action::ConfirmContact)
}

pub fn freight_open(s: &mut Script) -> Told {
    let bought = s.bought_long_ago();
    s.tested(bought, "no_fault")?;
    s.operator();
    // A slip, taken back.
    s.notes(&[(Field::FreightBack, Put::As("company"))])?;
    s.takes_back()
}

pub fn came_back(s: &mut Script) -> Told {
    let bought = s.bought_lately();
    s.tested(bought, "quality")?;
    s.on(4).repairs()?;
    s.goes_back()?;
    s.on(20).operator();
    s.does(Action::CameBack)
}

pub fn to_be_scrapped(s: &mut Script) -> Told {
    let bought = s.bought_long_ago();
    s.tested(bought, "non_quality")?;
    s.on(7).operator();
    s.says(&[(Field::RepairOutcome, Put::As("scrap_agreed"))])
}

pub fn again_within_60_days(s: &mut Script) -> Told {
    let bought = s.bought_long_ago();
    s.tested(bought, "quality")?;
    s.on(4).quotes("telephone")?;
    s.on(5).answers("accepted")?;
    s.on(6).repairs()?;
    s.on(7).pays()?;
    s.goes_back()?;
    let now = s.length();
    s.on(now);
    s.introduces()?;
    let (fault, _, _) = s.fault();
    s.says(&[
        (Field::Fault, Put::As(fault)),
        (Field::Service, Put::As("repair")),
        (Field::Proof, Put::As("valid")),
        (Field::PurchaseDate, Put::Day(bought)),
        (Field::AgreedIfCovered, Put::As("yes")),
    ])?;
    s.does(Action::Authorise)
}
