//! A.X1 and A.X7, and the days of A.B2: dates in their order, as difference constraints.

use crate::terms::order::{FAR, System, Timeline, Var};
use crate::terms::version::Numbers;

/// What the dates allow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dates {
    /// Some completion keeps clear of A.X1 and A.X7.
    pub(super) clear: bool,
    /// Every completion is too late by A.X1.
    pub(super) x1: bool,
    /// Every completion is too late by A.X7.
    pub(super) x7: bool,
    /// Some completion is too late by either.
    pub(super) late: bool,
    pub(super) receipt: bool,
    pub(super) request: bool,
    pub(super) confirm: bool,
    pub(super) dispatch: bool,
}

/// The dates a return is made from.
pub(super) const OWN: [Var; 5] = [
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
const SHIP: u8 = 6;

/// Whether the confirmation and the sending have happened, in one completion.
#[derive(Debug, Clone, Copy)]
struct Happened {
    confirmed: bool,
    sent: bool,
}

pub(super) struct Solver<'a> {
    pub(super) line: &'a Timeline,
    pub(super) numbers: &'a Numbers,
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

    /// The last day of shipment with which some completion is too late; [`FAR`] where no day is.
    pub(super) fn shipped_by_if_late(&self) -> i32 {
        if self.line.is_suspect(Var::Ship) {
            return FAR;
        }
        let mut last = -FAR;
        for happened in self.happened() {
            let mut base = self.base(happened);
            base.within(SHIP, self.line.low(Var::Ship), self.line.high(Var::Ship));
            for (later, node, has_happened) in [
                (Var::Receipt, RECEIPT, true),
                (Var::Request, REQUEST, true),
                (Var::Confirm, CONFIRM, happened.confirmed),
                (Var::Dispatch, DISPATCH, happened.sent),
            ] {
                if has_happened {
                    self.keep(&mut base, (SHIP, Var::Ship), (node, later));
                }
            }
            let mut by_x1 = base;
            self.x1(&mut by_x1, RECEIPT, REQUEST, true);
            last = last.max(by_x1.last(SHIP).unwrap_or(-FAR));
            let mut by_x7 = base;
            if self.x7(&mut by_x7, (CONFIRM, DISPATCH), happened, true) {
                last = last.max(by_x7.last(SHIP).unwrap_or(-FAR));
            }
        }
        last
    }

    pub(super) fn solve(&self) -> Dates {
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
pub(super) struct Found {
    pub(super) in_time: bool,
    pub(super) late: bool,
}

/// A.B2, the days: found by receipt + 7.
pub(super) fn found(line: &Timeline, numbers: &Numbers) -> Found {
    let days = numbers.return_request_days;
    let by = |events: &[Var], start| {
        events
            .iter()
            .map(|var| line.high(*var))
            .fold(start, i32::min)
    };
    // A finding that does not stand in a broken order is not after the request, nor is a receipt
    // after what the goods were asked for, confirmed or sent back.
    let latest = if line.is_suspect(Var::Found) {
        FAR
    } else {
        by(&[Var::Found, Var::Request, Var::Confirm], line.today)
    };
    let received = by(
        &[
            Var::Receipt,
            Var::Request,
            Var::Confirm,
            Var::Dispatch,
            Var::Arrival,
        ],
        FAR,
    );
    let earliest = line.low(Var::Receipt).max(line.low(Var::Ship));
    Found {
        in_time: line.low(Var::Found) <= received.saturating_add(days),
        late: latest > earliest.saturating_add(days),
    }
}
