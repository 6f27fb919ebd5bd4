//! Stories that are over: one for each outcome, and the ways that lead there.

use crate::demo::script::{Put, Script};
use crate::desk::change::Ground;
use crate::desk::field::Field;
use crate::work::action::Action;
use crate::work::grants::Subject;

use super::steps::Told;

pub fn enquiry(s: &mut Script) -> Told {
    s.begins(&[])?;
    let name = s.caller.name.clone();
    s.says(&[(Field::Caller, Put::As(&name))])?;
    s.closes("enquiry_only", "")
}

pub fn solved_by_phone(s: &mut Script) -> Told {
    s.introduces()?;
    s.says(&[(Field::Fault, Put::As("不会校准油门行程"))])?;
    s.closes("solved_by_phone", "")
}

pub fn unwanted(s: &mut Script) -> Told {
    s.return_call("return", 3)?;
    s.says(&[(Field::PerformanceFailure, Put::As("no"))])?;
    s.does(Action::Authorise)?;
    s.arrives(2, 5)?;
    s.is_untouched()?;
    s.operator();
    s.does(Action::AcceptReturn {
        price_back_by: "company",
    })
}

pub fn faulty(s: &mut Script) -> Told {
    s.return_call("return", 4)?;
    let (fault, _, _) = s.fault();
    s.says(&[
        (Field::Fault, Put::As(fault)),
        (Field::PerformanceFailure, Put::As("yes")),
        (Field::FailureFoundDate, Put::Day(-2)),
        (Field::FailureManMade, Put::As("no")),
    ])?;
    s.does(Action::Authorise)?;
    s.arrives(1, 4)?;
    s.is_untouched()?;
    s.accepts_return()
}

pub fn return_refused(s: &mut Script) -> Told {
    s.return_call("return", 5)?;
    s.does(Action::Authorise)?;
    s.arrives(2, 6)?;
    s.technician();
    s.finds(&[
        (Field::LabelsTampered, Put::As("yes")),
        (Field::Findings, Put::As("防拆标签已撕毁")),
    ])?;
    s.on(7).freight_is("collect")?;
    s.goes_back()
}

pub fn refused_then_repaired(s: &mut Script) -> Told {
    s.return_call("return_else_repair", 9)?;
    s.says(&[
        (Field::Proof, Put::As("valid")),
        (Field::PurchaseDate, Put::Day(-12)),
        (Field::AgreedIfCovered, Put::As("yes")),
    ])?;
    s.does(Action::Authorise)?;
    s.arrives(1, 3)?;
    s.tests("quality")?;
    s.on(5).repairs()?;
    s.goes_back()?;
    s.is_delivered(8)
}

pub fn covered(s: &mut Script) -> Told {
    let bought = s.bought_lately();
    s.tested(bought, "quality")?;
    s.on(4).repairs()?;
    s.on(5).goes_back()?;
    s.is_delivered(8)
}

pub fn paid(s: &mut Script) -> Told {
    let bought = s.bought_long_ago();
    s.tested(bought, "quality")?;
    s.on(4).quotes("email")?;
    s.on(6).answers("accepted")?;
    s.on(7).repairs()?;
    s.on(8).pays()?;
    s.goes_back()?;
    s.is_delivered(11)
}

pub fn up_to_the_ceiling(s: &mut Script) -> Told {
    let bought = s.bought_long_ago();
    s.introduces()?;
    s.asks_for_repair(Some(bought))?;
    s.says(&[
        (Field::AgreedIfCovered, Put::As("yes")),
        (Field::AgreedCeiling, Put::Yuan(200)),
    ])?;
    s.does(Action::Authorise)?;
    s.arrives(1, 3)?;
    s.tests("quality")?;
    s.quotes("telephone")?;
    s.on(5).repairs()?;
    s.on(6).pays()?;
    s.goes_back()
}

pub fn by_line(s: &mut Script) -> Told {
    let bought = s.bought_long_ago();
    s.tested(bought, "non_quality")?;
    let lines = s.on(4).quotes("telephone")?;
    s.on(5).operator();
    for (line, answer) in lines.into_iter().zip(["accepted", "declined", "accepted"]) {
        s.answers_line(line, answer)?;
    }
    s.answers("by_line")?;
    s.on(7).repairs()?;
    s.on(9).pays()?;
    s.goes_back()
}

pub fn replaced(s: &mut Script) -> Told {
    let given_out = format!("{}R", s.goods.serial);
    let bought = s.bought_lately();
    s.tested(bought, "quality")?;
    s.on(4).technician();
    s.finds(&[
        (Field::RepairOutcome, Put::As("replaced")),
        (Field::SerialAfter, Put::As(&given_out)),
        (Field::WorkDone, Put::As("整机更换")),
    ])?;
    s.does(Action::FinishRepair)?;
    s.on(5).goes_back()
}

pub fn declined(s: &mut Script) -> Told {
    let bought = s.bought_long_ago();
    s.tested(bought, "quality")?;
    s.on(4).quotes("telephone")?;
    s.on(6).answers("declined")?;
    s.on(7).freight_is("collect")?;
    s.goes_back()
}

fn nothing_found(s: &mut Script, result: &str) -> Told {
    let bought = s.bought_lately();
    s.tested(bought, result)?;
    s.on(5).freight_is("company")?;
    s.goes_back()
}

pub fn no_fault(s: &mut Script) -> Told {
    nothing_found(s, "no_fault")
}

pub fn operation(s: &mut Script) -> Told {
    nothing_found(s, "operation")
}

pub fn beyond_repair(s: &mut Script) -> Told {
    let bought = s.bought_long_ago();
    s.tested(bought, "non_quality")?;
    s.on(5).technician();
    s.finds(&[
        (Field::RepairOutcome, Put::As("beyond_repair")),
        (Field::Findings, Put::As("主板烧穿，无法修复")),
    ])?;
    s.on(6).freight_is("collect")?;
    s.goes_back()
}

pub fn scrapped(s: &mut Script) -> Told {
    let bought = s.bought_long_ago();
    s.tested(bought, "non_quality")?;
    s.on(6).operator();
    s.says(&[(Field::RepairOutcome, Put::As("scrap_agreed"))])?;
    s.closes("scrapped", "客户电话同意报废")
}

pub fn upgraded(s: &mut Script) -> Told {
    s.introduces()?;
    s.says(&[
        (Field::Service, Put::As("upgrade")),
        (Field::Wishes, Put::As("升级到最新固件")),
    ])?;
    s.does(Action::Authorise)?;
    s.arrives(1, 3)?;
    s.on(4).technician();
    s.does(Action::FinishRepair)?;
    s.on(5).freight_is("collect")?;
    s.goes_back()
}

pub fn never_sent(s: &mut Script) -> Told {
    let bought = s.bought_lately();
    s.repair_call(bought)?;
    s.on(30).operator();
    s.closes("never_sent", "三次提醒，未寄出")
}

pub fn undeliverable(s: &mut Script) -> Told {
    covered(s)?;
    s.on(9).operator();
    s.does(Action::CameBack)?;
    s.on(40).operator();
    s.closes("undeliverable", "地址不存在，电话无人接听")
}

pub fn void(s: &mut Script) -> Told {
    let bought = s.bought_lately();
    s.repair_call(bought)?;
    s.on(1).supervisor();
    s.closes("void", "entered twice")
}

pub fn proof_choice(s: &mut Script) -> Told {
    // Bought 200 days ago, shipped 210 days ago: out with the proof, in without one.
    s.introduces()?;
    s.asks_for_repair(Some(-200))?;
    s.fills(Ground::Record, &[(Field::ShipDate, Put::Day(-210))])?;
    s.says(&[(Field::AgreedIfCovered, Put::As("yes"))])?;
    s.does(Action::Authorise)?;
    s.arrives(1, 3)?;
    s.tests("quality")?;
    s.on(4).is_granted(
        Subject::Warranty,
        "without the proof it would be covered until the 240th day",
    )?;
    s.on(5).repairs()?;
    s.goes_back()
}

pub fn waived(s: &mut Script) -> Told {
    let bought = s.bought_long_ago();
    s.tested(bought, "quality")?;
    s.on(4).quotes("telephone")?;
    s.on(5).answers("accepted")?;
    s.on(12).repairs()?;
    s.supervisor();
    let amount = s.view().ledger.open();
    s.does(Action::Waive {
        amount,
        reason: "repaired a week late".to_string(),
    })?;
    s.goes_back()
}
