//! Decisions per second on one core, and how long the slowest take.
//!
//! `cargo bench --bench decisions` prints the figures. Cases are made beforehand from a fixed seed;
//! only `assess` is measured.

use std::hint::black_box;
use std::time::{Duration, Instant};

use aftercare::terms::facts::{FactName, Facts, Repair, RepairField, Value};
use aftercare::terms::{Calendar, Choice, Day, Terms, ask_next, assess, both_ways};

/// A small generator of numbers, the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }
}

fn main() {
    let terms = Terms::built_in();
    let calendar = Calendar::built_in();
    let mut numbers = Numbers(0x2545_F491_4F6C_DD1D);
    let known: Vec<Facts> = (0..20_000).map(|_| known_case(&mut numbers)).collect();
    let partly: Vec<Facts> = known
        .iter()
        .map(|facts| forget(facts, &mut numbers))
        .collect();
    let one = |facts: &Facts| {
        black_box(assess(black_box(facts), &terms, &calendar));
    };
    report("fully known", &known, 50, one);
    report("partly known", &partly, 5, one);
    report(
        "everything a screen asks for",
        &partly[..2_000],
        2,
        |facts| {
            let found = assess(facts, &terms, &calendar);
            for area in aftercare::terms::Area::ALL {
                black_box(found.findings(facts, *area));
            }
            black_box(both_ways(facts, &terms, &calendar));
            black_box(ask_next(facts, &found, &terms, &calendar));
        },
    );
}

fn report(name: &str, cases: &[Facts], rounds: u32, mut run: impl FnMut(&Facts)) {
    cases.iter().for_each(&mut run);
    let start = Instant::now();
    for _ in 0..rounds {
        cases.iter().for_each(&mut run);
    }
    let whole = start.elapsed();
    let count = f64::from(rounds) * cases.len() as f64;
    let mut times: Vec<Duration> = Vec::with_capacity(cases.len() * 5);
    for _ in 0..rounds.min(5) {
        times.extend(cases.iter().map(|facts| {
            let start = Instant::now();
            run(facts);
            start.elapsed()
        }));
    }
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "{name}: {:.0} a second ({:.0} at the median, without what else ran on the machine); \
         p50 {:?}, p99 {:?}, p99.9 {:?}, longest {:?}",
        count / whole.as_secs_f64(),
        1.0 / at(0.5).as_secs_f64().max(1e-9),
        at(0.5),
        at(0.99),
        at(0.999),
        at(1.0)
    );
}

/// A case in which everything is known, at any stage and with any end.
fn known_case(numbers: &mut Numbers) -> Facts {
    let today = Day::parse("2026-06-15").unwrap_or_default();
    let mut facts = Facts::new(today);
    let mut ago = |from: u64, to: u64| {
        let days = from + numbers.below(to - from + 1);
        today.plus(-i32::try_from(days).unwrap_or(0))
    };
    let contact = ago(3, 20);
    let purchase = contact.plus(-ago(60, 240).since(today).abs());
    let receipt = ago(12, 18);
    let request = receipt.plus(i32::from(ago(0, 9) < today.plus(-4)) * 5 + 2);
    let sent = ago(4, 6);
    let arrived = ago(2, 3);
    for (name, day) in [
        (FactName::ContactDate, contact),
        (FactName::PurchaseDate, purchase),
        (FactName::ShipDate, purchase.plus(-20)),
        (FactName::ReceiptDate, receipt),
        (FactName::RequestDate, request),
        (FactName::FailureFoundDate, receipt.plus(1)),
        (FactName::ConfirmDate, request.plus(1).min(today)),
        (FactName::DispatchDate, sent),
        (FactName::ArrivalDate, arrived),
        (FactName::RepairConfirmedDate, arrived),
        (FactName::QuoteAcceptedDate, arrived),
        (FactName::RepairedOn, today),
        (FactName::FeePaid, today),
    ] {
        let _ = facts.set(name, Value::Date(day));
    }
    for (name, codes) in [
        (
            FactName::Service,
            &["repair", "return", "return_else_repair"][..],
        ),
        (FactName::PerformanceFailure, &["yes", "no"]),
        (FactName::FailureManMade, &["no", "no", "yes"]),
        (FactName::ManufacturingDefect, &["no"]),
        (FactName::Complete, &["yes", "yes", "yes", "no"]),
        (FactName::AppearanceDamage, &["no", "no", "no", "yes"]),
        (FactName::Activated, &["no", "yes"]),
        (FactName::Resalable, &["yes", "no"]),
        (FactName::ProofAtReturn, &["valid", "valid", "none"]),
        (FactName::CollisionOrBurn, &["no", "product_quality"]),
        (FactName::Misuse, &["no", "no", "caused"]),
        (FactName::LabelsTampered, &["no", "no", "no", "yes"]),
        (FactName::ForceMajeure, &["no"]),
        (FactName::Proof, &["valid", "none"]),
        (
            FactName::TestResult,
            &["quality", "non_quality", "no_fault"],
        ),
        (FactName::Outcome, &["repaired", "not_repaired"]),
        (FactName::Quote, &["accepted", "pending"]),
        (FactName::ContactConfirmed, &["yes", "no"]),
    ] {
        let pick = numbers.below(codes.len() as u64) as usize;
        let _ = facts.set(name, Value::Code(codes.get(pick).unwrap_or(&"unknown")));
    }
    facts.repairs_looked_up = true;
    if numbers.below(4) == 0 {
        let mut repair = Repair::default();
        for (field, code) in [
            (RepairField::Kind, "repair"),
            (RepairField::By, "factory"),
            (RepairField::Done, "yes"),
            (RepairField::PeriodStatus, "out"),
            (RepairField::Cause, "quality"),
        ] {
            let _ = repair.set(field, Value::Code(code));
        }
        let sent = contact.plus(-i32::try_from(numbers.below(90)).unwrap_or(0));
        let _ = repair.set(RepairField::SentBackOn, Value::Date(sent));
        facts.repairs.push(repair);
    }
    facts
}

/// The same case with a third of its facts forgotten.
fn forget(facts: &Facts, numbers: &mut Numbers) -> Facts {
    let mut less = facts.clone();
    for name in FactName::ALL {
        if numbers.below(3) == 0 {
            let _ = less.set(*name, Value::Unknown);
        }
    }
    less
}
