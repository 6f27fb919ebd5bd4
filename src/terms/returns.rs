//! A: may the customer return the goods? The rules stand in the order of the terms.
//!
//! Exact over everything unknown: the yes/no facts by trying each completion (at most 128), the
//! dates by difference constraints. The two meet only in the failure found too late.

use super::assessment::{Count, Item, Missing, Reason, ReturnDecision, Returns, Staff};
use super::choice::Set;
use super::facts::{
    Actor, Answer, Collision, FactName, Facts, ForceMajeureTime, Misuse, ProofAtReturn, TestResult,
};
use super::order::{FAR, System, Timeline, Var};
use super::version::{Numbers, Terms};

/// How far one finding goes: it lets the return through, leaves it to staff, or refuses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Allow,
    Staff,
    Refuse,
}

/// Every level, the mildest first.
pub(super) const LEVELS: [Level; 3] = [Level::Allow, Level::Staff, Level::Refuse];

/// A set of levels that are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Levels(u8);

impl Levels {
    const ALLOW: Levels = Levels(1);

    fn of(level: Level) -> Levels {
        Levels(1 << level as u8)
    }

    fn or(self, other: Levels) -> Levels {
        Levels(self.0 | other.0)
    }

    pub(super) fn has(self, level: Level) -> bool {
        self.0 >> level as u8 & 1 == 1
    }

    fn is(self, level: Level) -> bool {
        self.0 == 1 << level as u8
    }

    /// Whether something short of a refusal is possible.
    fn open(self) -> bool {
        self.0 & 0b11 != 0
    }

    /// The levels of two independent findings taken together: the harder one counts.
    fn and(self, other: Levels) -> Levels {
        let mut both = Levels(0);
        for a in LEVELS {
            for b in LEVELS {
                if self.has(a) && other.has(b) {
                    both = both.or(Levels::of(a.max(b)));
                }
            }
        }
        both
    }

    /// Whether going over from `a` to `b` changes the whole, beside one of these levels.
    fn tells(self, a: Level, b: Level) -> bool {
        LEVELS
            .iter()
            .any(|level| self.has(*level) && a.max(*level) != b.max(*level))
    }
}

// ---- A.B1, A.B2 and A.X2: the facts that occur more than once ----

const FAILURE: u8 = 1;
const MAN_MADE: u8 = 1 << 1;
const DEFECT: u8 = 1 << 2;
const COMPLETE: u8 = 1 << 3;
const DAMAGE: u8 = 1 << 4;
const ACTIVATED: u8 = 1 << 5;
const RESALABLE: u8 = 1 << 6;
const LATE: u8 = 1 << 7;

const CORE: [(u8, FactName); 7] = [
    (FAILURE, FactName::PerformanceFailure),
    (MAN_MADE, FactName::FailureManMade),
    (DEFECT, FactName::ManufacturingDefect),
    (COMPLETE, FactName::Complete),
    (DAMAGE, FactName::AppearanceDamage),
    (ACTIVATED, FactName::Activated),
    (RESALABLE, FactName::Resalable),
];

/// One completion of the facts in [`CORE`].
#[derive(Debug, Clone, Copy)]
struct Product {
    bits: u8,
    /// Something was missing already at delivery (`SHORT`).
    short: bool,
}

impl Product {
    fn is(self, bit: u8) -> bool {
        self.bits & bit != 0
    }

    /// A.B2: a performance failure found in time that nobody made.
    fn failure_criterion(self) -> bool {
        self.is(FAILURE) && !self.is(MAN_MADE) && !self.is(LATE)
    }

    /// Incomplete by the customer's doing.
    fn incomplete(self) -> bool {
        !self.is(COMPLETE) && !self.short
    }

    /// A.B1 fails for more than a manufacturing defect alone (`COSM`) or short delivery (`SHORT`).
    fn spoiled(self) -> bool {
        self.is(FAILURE)
            || self.incomplete()
            || self.is(DAMAGE)
            || self.is(ACTIVATED)
            || !self.is(RESALABLE)
    }

    /// Neither A.B1 nor A.B2 can be met.
    fn hopeless(self) -> bool {
        !self.failure_criterion() && self.spoiled()
    }

    /// A.X2: incomplete, or the outside damaged by people.
    fn x2(self) -> bool {
        self.incomplete() || self.is(DAMAGE)
    }

    fn level(self) -> Level {
        if self.x2() || self.hopeless() {
            Level::Refuse
        } else if self.staff().is_empty() {
            Level::Allow
        } else {
            Level::Staff
        }
    }

    /// What is left to staff, where nothing refuses.
    fn staff(self) -> Set<Staff> {
        let mut staff = Set::NONE;
        if !self.is(COMPLETE) && self.short {
            staff.insert(Staff::Short);
        }
        if self.is(DEFECT) && !self.failure_criterion() {
            staff.insert(Staff::Cosm);
        }
        staff
    }

    /// The failing parts of A.B1 and A.B2.
    fn failing(self) -> Set<Reason> {
        let mut parts = Set::NONE;
        let failure = self.is(FAILURE);
        if self.is(ACTIVATED) {
            parts.insert(Reason::B1Activated);
        }
        if self.incomplete() {
            parts.insert(Reason::B1Complete);
        }
        if self.is(DAMAGE) || (failure && self.is(MAN_MADE)) {
            parts.insert(Reason::B1Damage);
        }
        if self.is(DEFECT) || (failure && !self.is(MAN_MADE)) {
            parts.insert(Reason::B1Defect);
        }
        if !self.is(RESALABLE) {
            parts.insert(Reason::B1Resale);
        }
        if !failure {
            parts.insert(Reason::B2NoFailure);
        } else {
            if self.is(MAN_MADE) {
                parts.insert(Reason::B2ManMade);
            }
            if self.is(LATE) {
                parts.insert(Reason::B2FoundLate);
            }
        }
        parts
    }
}

/// What is known of the product: which bits are set for sure and which are open.
#[derive(Debug, Clone, Copy)]
struct Products {
    fixed: u8,
    open: u8,
    short: bool,
}

impl Products {
    fn of(facts: &Facts, terms: &Terms) -> Products {
        // RET-TEST: the company's finding 'no fault' closes A.B2, and A.B1 is examined.
        let closed = terms.readings.no_fault_closes_b2 && facts.test_result.is(TestResult::NoFault);
        let failure = if closed {
            Set::only(Answer::No)
        } else {
            facts.performance_failure
        };
        let known = [
            (FAILURE, failure),
            (MAN_MADE, facts.failure_man_made),
            (DEFECT, facts.manufacturing_defect),
            (COMPLETE, facts.complete),
            (DAMAGE, facts.appearance_damage),
            (ACTIVATED, facts.activated),
            (RESALABLE, facts.resalable),
        ];
        let mut products = Products {
            fixed: 0,
            open: 0,
            short: !facts.missing_by.has(Actor::Customer),
        };
        for (bit, answer) in known {
            if answer.is(Answer::Yes) {
                products.fixed |= bit;
            } else if !answer.is(Answer::No) {
                products.open |= bit;
            }
        }
        products
    }

    /// Every completion.
    fn each(self, late: u8, mut see: impl FnMut(Product)) {
        let mut chosen = 0u8;
        loop {
            see(Product {
                bits: self.fixed | chosen | late,
                short: self.short,
            });
            chosen = chosen.wrapping_sub(self.open) & self.open;
            if chosen == 0 {
                break;
            }
        }
    }
}

// ---- A.X3 to A.X6: each fact occurs once ----

/// A fact that can only refuse, or leave to staff.
struct Veto {
    fact: FactName,
    levels: Levels,
    reason: Reason,
    staff: Option<Staff>,
}

fn answer_levels(answer: Set<Answer>, yes: Level) -> Levels {
    let mut levels = Levels(0);
    if answer.has(Answer::No) {
        levels = levels.or(Levels::ALLOW);
    }
    if answer.has(Answer::Yes) {
        levels = levels.or(Levels::of(yes));
    }
    levels
}

fn split<T: super::choice::Choice>(set: Set<T>, refusing: &[T]) -> Levels {
    let mut levels = Levels(0);
    for value in set.iter() {
        let level = if refusing.contains(&value) {
            Level::Refuse
        } else {
            Level::Allow
        };
        levels = levels.or(Levels::of(level));
    }
    levels
}

/// A.X3: no proof, a forged or altered one, or one for another product, when the goods go back.
fn x3(facts: &Facts) -> Veto {
    // X3-TIME: not shown yet is not refused, it is open.
    let shown = if facts.proof_at_return.has(ProofAtReturn::NotYet) {
        Set::all().without(ProofAtReturn::NotYet)
    } else {
        facts.proof_at_return
    };
    Veto {
        fact: FactName::ProofAtReturn,
        levels: split(
            shown,
            &[
                ProofAtReturn::None,
                ProofAtReturn::Falsified,
                ProofAtReturn::Altered,
                ProofAtReturn::OtherProduct,
            ],
        ),
        reason: Reason::X3,
        staff: None,
    }
}

/// A.X4: a crash or burn-out that the product did not cause.
fn x4_collision(facts: &Facts) -> Veto {
    Veto {
        fact: FactName::CollisionOrBurn,
        levels: split(facts.collision_or_burn, &[Collision::NotProductQuality]),
        reason: Reason::X4,
        staff: None,
    }
}

/// A.X4: modification, foreign objects, wrong installation or use, where it is the cause.
fn x4_misuse(facts: &Facts) -> Veto {
    Veto {
        fact: FactName::Misuse,
        levels: split(facts.misuse, &[Misuse::Caused]),
        reason: Reason::X4,
        staff: None,
    }
}

/// A.X5: labels, numbers or marks torn or altered by the customer; by others, staff decide.
fn x5(facts: &Facts) -> Veto {
    let yes = if facts.labels_by.has(Actor::Customer) {
        Level::Refuse
    } else {
        Level::Staff
    };
    Veto {
        fact: FactName::LabelsTampered,
        levels: answer_levels(facts.labels_tampered, yes),
        reason: Reason::X5,
        staff: Some(Staff::X5Actor),
    }
}

/// A.X6: force majeure after receipt; before it, staff decide.
fn x6(facts: &Facts) -> Veto {
    let yes = if facts.fm_when.has(ForceMajeureTime::AfterReceipt) {
        Level::Refuse
    } else {
        Level::Staff
    };
    Veto {
        fact: FactName::ForceMajeure,
        levels: answer_levels(facts.force_majeure, yes),
        reason: Reason::X6,
        staff: Some(Staff::X6Transit),
    }
}

// ---- A.X1 and A.X7: the dates ----

/// What the dates allow.
#[derive(Debug, Clone, Copy)]
struct Dates {
    /// Some completion keeps clear of A.X1 and A.X7.
    clear: bool,
    /// Every completion is too late by A.X1.
    x1: bool,
    /// Every completion is too late by A.X7.
    x7: bool,
    /// Some completion is too late by either.
    late: bool,
    receipt: bool,
    request: bool,
    confirm: bool,
    dispatch: bool,
}

/// The dates a return is made from.
const OWN: [Var; 5] = [
    Var::Receipt,
    Var::Found,
    Var::Request,
    Var::Confirm,
    Var::Dispatch,
];

const RECEIPT: u8 = 1;
const REQUEST: u8 = 2;
const CONFIRM: u8 = 3;
const DISPATCH: u8 = 4;
const OTHER: u8 = 5;

/// Whether the confirmation and the sending have happened, in one completion.
#[derive(Debug, Clone, Copy)]
struct Happened {
    confirmed: bool,
    sent: bool,
}

struct Solver<'a> {
    line: &'a Timeline,
    numbers: &'a Numbers,
}

impl Solver<'_> {
    fn today(&self) -> i32 {
        self.line.today
    }

    /// Which of confirmation and sending may have happened.
    fn happened(&self) -> impl Iterator<Item = Happened> + '_ {
        let may = |var: Var| {
            let (low, high) = (self.line.low(var), self.line.high(var));
            let open = !self.line.is_sure(var);
            let between = open && low > -FAR && high < FAR;
            (low < FAR, (open && !between) || low >= FAR)
        };
        let (confirmed, unconfirmed) = may(Var::Confirm);
        let (sent, unsent) = may(Var::Dispatch);
        // What has arrived has been sent.
        let arrived = self.line.high(Var::Arrival) < FAR && !self.line.is_suspect(Var::Dispatch);
        let unsent = unsent && !arrived;
        [(true, true), (true, false), (false, true), (false, false)]
            .into_iter()
            .filter(move |(c, s)| {
                (if *c { confirmed } else { unconfirmed }) && (if *s { sent } else { unsent })
            })
            .map(|(confirmed, sent)| Happened { confirmed, sent })
    }

    fn range(&self, system: &mut System, node: u8, var: Var) {
        let line = self.line;
        if line.is_suspect(var) {
            return;
        }
        let (mut low, mut high) = (line.low(var), line.high(var).min(self.today()));
        match var {
            Var::Receipt => low = low.max(line.low(Var::Ship)),
            Var::Request => low = low.max(line.low(Var::Found)),
            Var::Dispatch => high = high.min(line.high(Var::Arrival)),
            _ => {}
        }
        system.within(node, low, high);
    }

    /// `first` is not later than `second`, where neither date is suspect.
    fn keep(&self, system: &mut System, first: (u8, Var), second: (u8, Var)) {
        if !self.line.is_suspect(first.1) && !self.line.is_suspect(second.1) {
            system.le(first.0, second.0, 0);
        }
    }

    /// The order of the dates, with these nodes for receipt, request, confirmation and sending.
    fn order(&self, system: &mut System, nodes: [u8; 4], happened: Happened) {
        let [receipt, request, confirm, dispatch] = nodes;
        self.range(system, receipt, Var::Receipt);
        self.range(system, request, Var::Request);
        self.keep(system, (receipt, Var::Receipt), (request, Var::Request));
        if happened.confirmed {
            self.range(system, confirm, Var::Confirm);
            self.keep(system, (request, Var::Request), (confirm, Var::Confirm));
        }
        if happened.sent {
            self.range(system, dispatch, Var::Dispatch);
            self.keep(system, (receipt, Var::Receipt), (dispatch, Var::Dispatch));
        }
    }

    fn base(&self, happened: Happened) -> System {
        let mut system = System::new();
        self.order(&mut system, [RECEIPT, REQUEST, CONFIRM, DISPATCH], happened);
        system
    }

    /// A.X1: asked for more than 7 days after receipt.
    fn x1(&self, system: &mut System, receipt: u8, request: u8, late: bool) {
        let days = self.numbers.return_request_days;
        if late {
            system.le(receipt, request, -(days + 1));
        } else {
            system.le(request, receipt, days);
        }
    }

    /// A.X7: sent more than 7 days after the confirmation, or not sent and today is later.
    /// `false` where that cannot be.
    fn x7(&self, system: &mut System, nodes: (u8, u8), happened: Happened, late: bool) -> bool {
        let days = self.numbers.return_send_days;
        let (confirm, dispatch) = nodes;
        match (happened.confirmed, happened.sent, late) {
            (false, _, late) => return !late,
            (true, true, true) => system.le(confirm, dispatch, -(days + 1)),
            (true, true, false) => system.le(dispatch, confirm, days),
            (true, false, true) => system.le(confirm, System::ZERO, self.today() - days - 1),
            (true, false, false) => system.le(System::ZERO, confirm, days - self.today()),
        }
        true
    }

    fn some(&self, x1: Option<bool>, x7: Option<bool>) -> bool {
        self.happened().any(|happened| {
            let mut system = self.base(happened);
            if let Some(late) = x1 {
                self.x1(&mut system, RECEIPT, REQUEST, late);
            }
            x7.is_none_or(|late| self.x7(&mut system, (CONFIRM, DISPATCH), happened, late))
                && system.holds()
        })
    }

    /// Two completions that differ only in the receipt (or only in the request) are told apart.
    fn tells_x1(&self, second: [u8; 4]) -> bool {
        self.happened().any(|happened| {
            let mut system = self.base(happened);
            self.order(&mut system, second, happened);
            self.x1(&mut system, RECEIPT, REQUEST, true);
            let [receipt, request, ..] = second;
            self.x1(&mut system, receipt, request, false);
            self.x7(&mut system, (CONFIRM, DISPATCH), happened, false) && system.holds()
        })
    }

    /// Two completions that differ only in the confirmation (or only in the sending).
    fn tells_x7(&self, confirm: bool) -> bool {
        self.happened().any(|late| {
            self.happened().any(|kept| {
                let same = if confirm {
                    late.sent == kept.sent
                } else {
                    late.confirmed == kept.confirmed
                };
                if !same {
                    return false;
                }
                let second = if confirm {
                    [RECEIPT, REQUEST, OTHER, DISPATCH]
                } else {
                    [RECEIPT, REQUEST, CONFIRM, OTHER]
                };
                let mut system = self.base(late);
                self.order(&mut system, second, kept);
                self.x1(&mut system, RECEIPT, REQUEST, false);
                let [_, _, confirm_node, dispatch_node] = second;
                self.x7(&mut system, (CONFIRM, DISPATCH), late, true)
                    && self.x7(&mut system, (confirm_node, dispatch_node), kept, false)
                    && system.holds()
            })
        })
    }

    fn solve(&self) -> Dates {
        if let Some(dates) = self.known() {
            return dates;
        }
        let open = |var: Var| !self.line.is_sure(var);
        let clear = self.some(Some(false), Some(false));
        Dates {
            clear,
            x1: !self.some(Some(false), None),
            x7: !self.some(None, Some(false)),
            late: self.some(Some(true), None) || self.some(None, Some(true)),
            receipt: clear
                && open(Var::Receipt)
                && self.tells_x1([OTHER, REQUEST, CONFIRM, DISPATCH]),
            request: clear
                && open(Var::Request)
                && self.tells_x1([RECEIPT, OTHER, CONFIRM, DISPATCH]),
            confirm: clear && open(Var::Confirm) && self.tells_x7(true),
            dispatch: clear && open(Var::Dispatch) && self.tells_x7(false),
        }
    }

    /// The short way where all four dates are sure.
    fn known(&self) -> Option<Dates> {
        let line = self.line;
        let receipt = line.sure_day(Var::Receipt)?;
        let request = line.sure_day(Var::Request)?;
        if !line.is_sure(Var::Confirm) || !line.is_sure(Var::Dispatch) {
            return None;
        }
        let x1 = request - receipt > self.numbers.return_request_days;
        let confirm = line.low(Var::Confirm);
        let sent = line.low(Var::Dispatch).min(self.today());
        let x7 = confirm < FAR && sent > confirm.saturating_add(self.numbers.return_send_days);
        Some(Dates {
            clear: !x1 && !x7,
            x1,
            x7,
            late: x1 || x7,
            receipt: false,
            request: false,
            confirm: false,
            dispatch: false,
        })
    }
}

/// Whether the failure was found in time (`false`) or too late (`true`): which are possible.
#[derive(Debug, Clone, Copy)]
struct Found {
    in_time: bool,
    late: bool,
}

/// A.B2, the days: found by receipt + 7.
fn found(line: &Timeline, numbers: &Numbers) -> Found {
    let days = numbers.return_request_days;
    Found {
        in_time: line.low(Var::Found) <= line.high(Var::Receipt).saturating_add(days),
        late: line.high(Var::Found) > line.low(Var::Receipt).saturating_add(days),
    }
}

/// Decides the return.
pub(super) fn decide(facts: &Facts, line: &Timeline, terms: &Terms) -> (Returns, Levels) {
    let numbers = &terms.numbers;
    let solver = Solver { line, numbers };
    let dates = solver.solve();
    let products = Products::of(facts, terms);
    let vetoes = [
        x3(facts),
        x4_collision(facts),
        x4_misuse(facts),
        x5(facts),
        x6(facts),
    ];

    // A finding is never after the request, so whoever asks in time has found in time. Only a
    // finding or a request that is suspect, or a finding on record alone, can part the two.
    let found = found(line, numbers);
    let apart = (line.is_suspect(Var::Found) || line.is_suspect(Var::Request))
        && facts.failure_found_date != super::facts::When::Unknown;
    let mut lates = [0u8; 2];
    let lates: &[u8] = if apart {
        let mut count = 0;
        for (possible, bit) in [(found.in_time, 0), (found.late, LATE)] {
            if possible && let Some(place) = lates.get_mut(count) {
                *place = bit;
                count += 1;
            }
        }
        lates.get(..count).unwrap_or(&[])
    } else {
        &[0]
    };

    let mut core = Levels(0);
    let mut core_staff: Option<Set<Staff>> = None;
    for late in lates {
        products.each(*late, |product| {
            let level = product.level();
            core = core.or(Levels::of(level));
            if level != Level::Refuse {
                let staff = product.staff();
                core_staff = Some(match core_staff {
                    Some(before) => before.both(staff),
                    None => staff,
                });
            }
        });
    }

    let all_vetoes = vetoes
        .iter()
        .fold(Levels::ALLOW, |all, veto| all.and(veto.levels));
    let findings = all_vetoes.and(core);
    let mut levels = if dates.clear { findings } else { Levels(0) };
    if dates.late || !dates.clear {
        levels = levels.or(Levels::of(Level::Refuse));
    }
    let decision = if levels.is(Level::Refuse) {
        ReturnDecision::Refused
    } else if levels.is(Level::Allow) {
        ReturnDecision::Allowed
    } else {
        ReturnDecision::Undetermined
    };

    let mut result = Returns {
        decision,
        reasons: Set::NONE,
        missing: Missing::default(),
        conflicts: Vec::new(),
        staff: Set::NONE,
        last_request: facts.receipt_date.day().map(|day| {
            let fact = Item::Fact(FactName::ReceiptDate);
            Count::new(day, fact, numbers.return_request_days)
        }),
        send_in: facts.confirm_date.day().map(|day| {
            let fact = Item::Fact(FactName::ConfirmDate);
            Count::new(day, fact, numbers.return_send_days)
        }),
    };
    match decision {
        ReturnDecision::Allowed => {}
        ReturnDecision::Refused => {
            result.reasons = reasons(&dates, &vetoes, products, found);
        }
        ReturnDecision::Undetermined => {
            // Nothing refuses for sure: what is open, and what only a person can settle.
            let mut staff = core_staff.unwrap_or_default();
            for veto in &vetoes {
                if let Some(code) = veto.staff
                    && !veto.levels.has(Level::Allow)
                    && veto.levels.has(Level::Staff)
                {
                    staff.insert(code);
                }
            }
            result.staff = staff;
            missing_product(&mut result.missing, products, lates, all_vetoes);
            for veto in &vetoes {
                let others = vetoes
                    .iter()
                    .filter(|other| other.fact != veto.fact)
                    .fold(core, |all, other| all.and(other.levels));
                let tells = LEVELS.iter().any(|a| {
                    LEVELS
                        .iter()
                        .any(|b| veto.levels.has(*a) && veto.levels.has(*b) && others.tells(*a, *b))
                });
                if tells {
                    result.missing.facts.insert(veto.fact);
                }
            }
            missing_dates(&mut result, &dates, line, findings.open());
            if apart {
                suspect_finding(&mut result, products, line, (found, all_vetoes));
            }
        }
    }
    (result, levels)
}

/// The facts about the product that two completions differing only in them tell apart.
fn missing_product(missing: &mut Missing, products: Products, lates: &[u8], vetoes: Levels) {
    for (bit, fact) in CORE {
        if products.open & bit == 0 {
            continue;
        }
        let mut tells = false;
        for late in lates {
            products.each(*late, |product| {
                if !tells && product.bits & bit == 0 {
                    let other = Product {
                        bits: product.bits | bit,
                        short: product.short,
                    };
                    tells = vetoes.tells(product.level(), other.level());
                }
            });
        }
        if tells {
            missing.facts.insert(fact);
        }
    }
}

fn missing_dates(result: &mut Returns, dates: &Dates, line: &Timeline, open: bool) {
    if !open {
        return;
    }
    let mut relevant = [Var::Found; 4];
    let mut count = 0;
    for (tells, var) in [
        (dates.receipt, Var::Receipt),
        (dates.request, Var::Request),
        (dates.confirm, Var::Confirm),
        (dates.dispatch, Var::Dispatch),
    ] {
        if !tells {
            continue;
        }
        if !line.is_suspect(var) {
            result.missing.facts.insert(var.fact());
        }
        if let Some(place) = relevant.get_mut(count) {
            *place = var;
            count += 1;
        }
    }
    if !line.broken.is_empty() {
        result.conflicts = line.conflicts(relevant.get(..count).unwrap_or(&[]), &OWN);
    }
}

/// Where finding or request is suspect, the day of the finding can matter by itself.
fn suspect_finding(
    result: &mut Returns,
    products: Products,
    line: &Timeline,
    (found, vetoes): (Found, Levels),
) {
    if !(found.in_time && found.late) {
        return;
    }
    let mut tells = false;
    products.each(0, |product| {
        let late = Product {
            bits: product.bits | LATE,
            short: product.short,
        };
        tells |= vetoes.tells(product.level(), late.level());
    });
    if !tells {
        return;
    }
    for var in [Var::Found, Var::Receipt] {
        if !line.is_exact(var) {
            result.missing.facts.insert(var.fact());
        }
    }
    for conflict in line.conflicts(&[Var::Found], &OWN) {
        if !result.conflicts.contains(&conflict) {
            result.conflicts.push(conflict);
        }
    }
}

/// Every certain reason; the failing parts of the criteria only where neither can be met.
fn reasons(dates: &Dates, vetoes: &[Veto], products: Products, found: Found) -> Set<Reason> {
    let mut reasons = Set::NONE;
    if dates.x1 {
        reasons.insert(Reason::X1);
    }
    if dates.x7 {
        reasons.insert(Reason::X7);
    }
    for veto in vetoes {
        if veto.levels.is(Level::Refuse) {
            reasons.insert(veto.reason);
        }
    }
    let mut x2 = true;
    let mut hopeless = true;
    let mut certain: Option<Set<Reason>> = None;
    let mut possible = Set::NONE;
    for (may, late) in [(found.in_time, 0), (found.late, LATE)] {
        if !may {
            continue;
        }
        products.each(late, |product| {
            x2 &= product.x2();
            hopeless &= product.hopeless();
            let failing = product.failing();
            possible = possible.union(failing);
            certain = Some(match certain {
                Some(before) => before.both(failing),
                None => failing,
            });
        });
    }
    if x2 {
        reasons.insert(Reason::X2);
    }
    let certain = certain.unwrap_or_default();
    if hopeless {
        reasons = reasons.union(certain);
    }
    // Refused whatever the open facts are, but by different parts: every part that may be it.
    for clause in [super::clause::ClauseId::AB1, super::clause::ClauseId::AB2] {
        if hopeless && !certain.iter().any(|reason| reason.clause() == clause) {
            let may = possible.iter().filter(|reason| reason.clause() == clause);
            reasons = reasons.union(may.collect());
        }
    }
    reasons
}
