//! What happens in each story. Each is told once on the usual demo desk, so that every stage, every
//! outcome and every reason of waiting is there to be looked at.

mod closed;
mod open;
mod steps;

use crate::work::action::Refusal;

use super::script::Script;

/// A story.
#[derive(Debug)]
pub struct Story {
    /// What it is about, for the tests.
    pub name: &'static str,
    /// What happens.
    pub tell: fn(&mut Script) -> Result<(), Refusal>,
    /// How many days before today it begins: on the usual desk the first; elsewhere, while cases of
    /// it are open, between the two.
    pub begins: (i64, i64),
    /// How many cases it makes.
    pub cases: usize,
    /// How many of them are open at its end.
    pub open: usize,
    /// How often it is told on a large desk, compared with the others.
    pub weight: u64,
    /// Whether the caller is abroad.
    pub is_abroad: bool,
}

const fn closed(
    name: &'static str,
    tell: fn(&mut Script) -> Result<(), Refusal>,
    begins: i64,
    weight: u64,
) -> Story {
    Story {
        name,
        tell,
        begins: (begins, begins),
        cases: 1,
        open: 0,
        weight,
        is_abroad: false,
    }
}

const fn open(
    name: &'static str,
    tell: fn(&mut Script) -> Result<(), Refusal>,
    begins: (i64, i64),
    weight: u64,
) -> Story {
    Story {
        name,
        tell,
        begins,
        cases: 1,
        open: 1,
        weight,
        is_abroad: false,
    }
}

/// Every story.
pub static ALL: &[Story] = &[
    closed("enquiry", closed::enquiry, 3, 8),
    closed("solved by phone", closed::solved_by_phone, 2, 20),
    // Closed, and the price is still to be given back.
    open("unwanted, returned", closed::unwanted, (24, 24), 1),
    closed("faulty, returned", closed::faulty, 31, 4),
    closed("return refused", closed::return_refused, 27, 2),
    closed(
        "refused return repaired",
        closed::refused_then_repaired,
        22,
        3,
    ),
    closed("repaired in warranty", closed::covered, 18, 40),
    closed("repaired at a price", closed::paid, 35, 25),
    closed(
        "repaired up to the ceiling",
        closed::up_to_the_ceiling,
        16,
        12,
    ),
    closed("repaired line by line", closed::by_line, 29, 3),
    closed("replaced", closed::replaced, 21, 3),
    closed("quote declined", closed::declined, 26, 8),
    closed("no fault found", closed::no_fault, 20, 8),
    closed("an operating problem", closed::operation, 23, 4),
    closed("beyond repair", closed::beyond_repair, 33, 3),
    closed("scrapped", closed::scrapped, 38, 2),
    closed("upgraded", closed::upgraded, 19, 6),
    closed("never sent", closed::never_sent, 44, 6),
    closed("undeliverable", closed::undeliverable, 66, 1),
    closed("void", closed::void, 9, 1),
    closed("proof that hurts, granted", closed::proof_choice, 25, 1),
    closed("fee waived", closed::waived, 41, 1),
    open("a call, half done", open::half_done_call, (0, 0), 2),
    open("a call with a conflict", open::conflict, (0, 0), 2),
    open(
        "a refused return on the line",
        open::refused_on_the_line,
        (0, 0),
        2,
    ),
    open(
        "a return not sent in time",
        open::return_not_sent,
        (13, 16),
        3,
    ),
    open("a parcel on its way", open::on_its_way, (4, 8), 12),
    Story {
        is_abroad: true,
        ..open("a repair from abroad", open::from_abroad, (6, 12), 4)
    },
    Story {
        cases: 3,
        open: 3,
        ..open("a dealer's parcel", open::dealer, (6, 8), 3)
    },
    open("goods without a name", open::unannounced, (1, 3), 3),
    open("on the bench", open::on_the_bench, (3, 5), 10),
    open("late on the bench", open::late_on_the_bench, (15, 20), 4),
    open(
        "a return to be taken back",
        open::to_be_taken_back,
        (5, 6),
        3,
    ),
    open("a return left to staff", open::short_delivery, (6, 7), 2),
    open("fault and damage at once", open::mixed, (7, 10), 2),
    open("waiting for the proof", open::waits_for_proof, (8, 12), 4),
    open("a quote to be written", open::quote_to_write, (5, 8), 6),
    open(
        "a quote without a price",
        open::quote_without_price,
        (6, 9),
        3,
    ),
    open("a quote without an answer", open::unanswered, (14, 20), 8),
    open("a quote told anew", open::second_version, (12, 16), 3),
    open("waiting for parts", open::waits_for_parts, (11, 16), 5),
    open(
        "waiting for engineering",
        open::waits_for_engineering,
        (17, 24),
        2,
    ),
    open("a failed retest", open::failed_retest, (9, 12), 2),
    open("waiting for a word", open::waits_for_a_word, (6, 9), 3),
    open("to be repaired", open::to_be_repaired, (4, 6), 8),
    open("an upgrade on the bench", open::upgrade, (5, 8), 3),
    open("waiting for the money", open::waits_for_money, (13, 18), 6),
    open("ready to go", open::ready_to_go, (8, 10), 6),
    open("who pays the way back", open::freight_open, (9, 12), 4),
    open("came back undelivered", open::came_back, (30, 40), 1),
    open("to be scrapped", open::to_be_scrapped, (21, 30), 1),
    Story {
        cases: 2,
        ..open(
            "again within the 60 days",
            open::again_within_60_days,
            (55, 60),
            3,
        )
    },
    Story {
        cases: 2,
        ..open("entered twice", open::entered_twice, (0, 1), 1)
    },
];
