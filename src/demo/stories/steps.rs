//! Parts that many stories have in common.

use crate::demo::script::{Put, Script};
use crate::desk::change::Ground;
use crate::desk::field::Field;
use crate::desk::id::ItemId;
use crate::desk::money::Fen;
use crate::work::action::{Action, Refusal};
use crate::work::grants::Subject;

/// How a step went.
pub type Told = Result<(), Refusal>;

/// Faults as customers tell them, and what the bench then finds.
pub const FAULTS: [(&str, &str, &str); 10] = [
    ("上电后没有输出", "MOS管击穿", "更换MOS管，老化两小时"),
    ("电机抖动，启动困难", "相线虚焊", "重新焊接相线"),
    ("飞行中突然断电", "BEC输出不稳", "更换BEC"),
    (
        "no output after power-up",
        "gate driver dead",
        "driver replaced, run for two hours",
    ),
    ("接收机频繁失控", "天线接头松动", "更换天线接头"),
    ("指示灯不亮，无自检声", "主控供电断路", "修复供电线路"),
    ("油门行程校准失败", "信号线断", "更换信号线"),
    (
        "gets hot at half throttle",
        "cold joint at phase B",
        "joint made anew",
    ),
    ("陀螺仪漂移严重", "传感器失效", "更换传感器"),
    ("插上电池冒烟", "电容短路", "更换电容与铜排"),
];

impl Script {
    /// The caller introduces himself and the product.
    pub fn introduces(&mut self) -> Told {
        let (caller, goods) = (self.caller.clone(), self.goods.clone());
        self.begins(&[(Field::Phone, Put::As(&caller.phone))])?;
        let channel = if caller.is_abroad {
            "email"
        } else {
            "telephone"
        };
        let mut puts = vec![
            (Field::Caller, Put::As(&caller.name)),
            (Field::Address, Put::As(&caller.address)),
            (Field::Channel, Put::As(channel)),
        ];
        if let Some(email) = &caller.email {
            puts.push((Field::Email, Put::As(email)));
        }
        if caller.is_abroad {
            puts.push((Field::Abroad, Put::As("yes")));
        }
        self.says(&puts)?;
        let goods = [
            (Field::Model, Put::As(goods.model)),
            (Field::SerialNumber, Put::As(&goods.serial)),
        ];
        self.says(&goods)
    }

    /// Tells a fault and asks for a repair.
    pub fn asks_for_repair(&mut self, valid_proof_of: Option<i64>) -> Told {
        let (fault, _, _) = self.fault();
        let mut puts = vec![
            (Field::Fault, Put::As(fault)),
            (Field::Service, Put::As("repair")),
        ];
        if let Some(day) = valid_proof_of {
            puts.push((Field::Proof, Put::As("valid")));
            puts.push((Field::PurchaseDate, Put::Day(day)));
        }
        self.says(&puts)
    }

    /// The fault of this story: the same whenever it is asked.
    pub fn fault(&self) -> (&'static str, &'static str, &'static str) {
        let at = self.goods.serial.bytes().map(usize::from).sum::<usize>() % FAULTS.len();
        FAULTS.get(at).copied().unwrap_or(("", "", ""))
    }

    /// A day on which a covered product was bought.
    pub fn bought_lately(&mut self) -> i64 {
        -20 - i64::try_from(self.dice.below(120)).unwrap_or(0)
    }

    /// A day on which an expired product was bought.
    pub fn bought_long_ago(&mut self) -> i64 {
        -250 - i64::try_from(self.dice.below(500)).unwrap_or(0)
    }

    /// A repair is authorised; the customer agreed beforehand where it is covered.
    pub fn repair_call(&mut self, bought: i64) -> Told {
        self.introduces()?;
        self.asks_for_repair(Some(bought))?;
        self.says(&[(Field::AgreedIfCovered, Put::As("yes"))])?;
        self.does(Action::Authorise)
    }

    /// The customer says the goods are sent, and the parcel comes.
    pub fn arrives(&mut self, sent: i64, day: i64) -> Told {
        self.on(sent).operator();
        self.says(&[(Field::DispatchDate, Put::Day(sent))])?;
        self.on(day).operator();
        let case = self.case;
        self.parcel_for(&[case])
    }

    /// The technician tests the goods and names the cause.
    pub fn tests(&mut self, result: &str) -> Told {
        self.technician();
        let (_, cause, _) = self.fault();
        let mut puts = vec![(Field::TestResult, Put::As(result))];
        if matches!(result, "quality" | "non_quality" | "mixed") {
            puts.push((Field::Cause, Put::As(cause)));
        }
        self.finds(&puts)
    }

    /// An authorised repair that lies on the bench, tested.
    pub fn tested(&mut self, bought: i64, result: &str) -> Told {
        self.repair_call(bought)?;
        self.arrives(1, 3)?;
        self.tests(result)
    }

    /// A quote is written and told.
    pub fn quotes(&mut self, over: &'static str) -> Result<Vec<ItemId>, Refusal> {
        self.operator();
        let labour = 30 + i64::try_from(self.dice.below(8)).unwrap_or(0) * 10;
        let (_, _, work) = self.fault();
        let lines = vec![
            self.line("labour", work, 1, Some(labour))?,
            self.line("parts", "MOSFET", 3, Some(6))?,
            self.line("freight", "顺丰寄回", 1, Some(12))?,
        ];
        self.does(Action::IssueQuote { over })?;
        Ok(lines)
    }

    /// The customer answers the quote.
    pub fn answers(&mut self, answer: &'static str) -> Told {
        self.operator();
        self.does(Action::AnswerQuote {
            answer,
            over: "telephone",
        })?;
        let name = self.caller.name.clone();
        self.says(&[(Field::QuoteAnswerBy, Put::As(&name))])
    }

    /// The repair is done.
    pub fn repairs(&mut self) -> Told {
        self.technician();
        let (_, _, work) = self.fault();
        self.finds(&[
            (Field::WorkDone, Put::As(work)),
            (Field::RetestPassed, Put::As("yes")),
        ])?;
        self.does(Action::FinishRepair)
    }

    /// Everything that is open is paid.
    pub fn pays(&mut self) -> Told {
        self.operator();
        let amount = self.view().ledger.open();
        if amount == Fen(0) {
            return Ok(());
        }
        let means = self.dice.one(&["wechat", "alipay", "transfer"], "transfer");
        let day = self.view().today;
        self.does(Action::Pay { amount, means, day })
    }

    /// The return is taken back, and the platform gives the price back on the same day.
    pub fn accepts_return(&mut self) -> Told {
        self.operator();
        let by = "platform";
        self.does(Action::AcceptReturn { price_back_by: by })?;
        let (amount, day) = (None, self.view().today);
        self.does(Action::PriceBack { by, amount, day })
    }

    /// Contact confirmed, sent back.
    pub fn goes_back(&mut self) -> Told {
        self.operator();
        self.does(Action::ConfirmContact)?;
        let waybill = self.waybill();
        self.sends_with(&waybill)
    }

    /// The courier says it was delivered.
    pub fn is_delivered(&mut self, day: i64) -> Told {
        self.on(day).operator();
        self.fills(Ground::Record, &[(Field::DeliveredOn, Put::Day(day))])
    }

    /// The way back is to be paid by whom.
    pub fn freight_is(&mut self, payer: &str) -> Told {
        self.operator();
        self.notes(&[(Field::FreightBack, Put::As(payer))])
    }

    /// A supervisor grants something.
    pub fn is_granted(&mut self, subject: Subject, reason: &str) -> Told {
        self.supervisor();
        self.does(Action::Grant {
            subject,
            reason: reason.to_string(),
        })
    }

    /// The case is closed.
    pub fn closes(&mut self, outcome: &'static str, note: &str) -> Told {
        self.does(Action::Close {
            outcome,
            note: note.to_string(),
        })
    }

    /// A return asked for `after` days after the receipt.
    pub fn return_call(&mut self, service: &str, after: i64) -> Told {
        self.introduces()?;
        self.says(&[
            (Field::Service, Put::As(service)),
            (Field::ReceiptDate, Put::Day(-after)),
            (Field::RequestDate, Put::Day(0)),
        ])
    }

    /// What the bench finds on untouched goods.
    pub fn is_untouched(&mut self) -> Told {
        self.technician();
        self.finds(&[
            (Field::Complete, Put::As("yes")),
            (Field::AppearanceDamage, Put::As("no")),
            (Field::LabelsTampered, Put::As("no")),
            (Field::Activated, Put::As("no")),
            (Field::Resalable, Put::As("yes")),
            (Field::CollisionOrBurn, Put::As("no")),
            (Field::Misuse, Put::As("no")),
            (Field::ForceMajeure, Put::As("no")),
            (Field::ManufacturingDefect, Put::As("no")),
        ])?;
        self.fills(
            Ground::DocumentSeen,
            &[(Field::ProofAtReturn, Put::As("valid"))],
        )
    }
}
