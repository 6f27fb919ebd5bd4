//! The codes of the reading's part 2, and the notices that say where another reading differs.

use super::choice::{Choice, choices};
use super::clause::ClauseId;
use super::day::Day;
use super::facts::FactName;

choices! {
    /// A question the terms leave open, under the reading's code.
    NoticeCode {
        CorruptII = "CORRUPT-II",
        NoExcl = "NO-EXCL",
        Also = "ALSO",
        Parts = "PARTS",
        Natcal = "NATCAL",
        Version = "VERSION",
        Party = "PARTY",
        Remedy = "REMEDY",
        Day0 = "DAY0",
        Tz = "TZ",
        Roll = "ROLL",
        ReqEvent = "REQ-EVENT",
        Receipt = "RECEIPT",
        Neg = "NEG",
        Conflict = "CONFLICT",
        WStart = "W-START",
        WRef = "W-REF",
        ExtStart = "EXT-START",
        ExtIncl = "EXT-INCL",
        B1OrB2 = "B1-OR-B2",
        Activated = "ACTIVATED",
        Resale = "RESALE",
        Cosm = "COSM",
        X2B2 = "X2-B2",
        X2Appear = "X2-APPEAR",
        Short = "SHORT",
        X3Time = "X3-TIME",
        X3Genuine = "X3-GENUINE",
        ProofKind = "PROOF-KIND",
        X4Scope = "X4-SCOPE",
        X4Cause = "X4-CAUSE",
        X5Actor = "X5-ACTOR",
        X6Transit = "X6-TRANSIT",
        X7Start = "X7-START",
        X7Send = "X7-SEND",
        X7Early = "X7-EARLY",
        X7New = "X7-NEW",
        RetTest = "RET-TEST",
        Fallback = "FALLBACK",
        ProofMatch = "PROOF-MATCH",
        ProofOrig = "PROOF-ORIG",
        Illeg = "ILLEG",
        ProofFalse = "PROOF-FALSE",
        ProofChoice = "PROOF-CHOICE",
        ProofLate = "PROOF-LATE",
        Order = "ORDER",
        Pdate = "PDATE",
        MultiProof = "MULTI-PROOF",
        ShipUnknown = "SHIP-UNKNOWN",
        Superval = "SUPERVAL",
        Nff = "NFF",
        Mixed = "MIXED",
        SecondHand = "SECOND-HAND",
        Test = "TEST",
        ExtInw = "EXT-INW",
        ExtNonq = "EXT-NONQ",
        ExtCause = "EXT-CAUSE",
        ExtI2 = "EXT-I2",
        ExtScope = "EXT-SCOPE",
        ExtChain = "EXT-CHAIN",
        ExtOverlap = "EXT-OVERLAP",
        ExtUpg = "EXT-UPG",
        NoSusp = "NO-SUSP",
        FInw = "F-INW",
        FLeg = "F-LEG",
        FOutw = "F-OUTW",
        FExt = "F-EXT",
        FMix = "F-MIX",
        FUpgfix = "F-UPGFIX",
        FRet1 = "F-RET1",
        FRet2 = "F-RET2",
        FRetref = "F-RETREF",
        FDecl = "F-DECL",
        FNff = "F-NFF",
        FAbroad = "F-ABROAD",
        FeeFree = "FEE-FREE",
        FeeHold = "FEE-HOLD",
        FeeDiag = "FEE-DIAG",
        QuoteSilent = "QUOTE-SILENT",
        WdStart = "3WD-START",
        WdDay1 = "3WD-DAY1",
        WdCal = "3WD-CAL",
        WdYear = "3WD-YEAR",
        WdFirm = "3WD-FIRM",
        WdEnd = "3WD-END",
        NoSanction = "NO-SANCTION",
        Risk = "RISK",
        Presumed = "PRESUMED",
    }
}

impl NoticeCode {
    /// The clause the question stands at.
    pub const fn clause(self) -> ClauseId {
        use NoticeCode as N;
        match self {
            N::CorruptII | N::Version => ClauseId::II,
            N::NoExcl | N::Nff | N::Mixed | N::Test | N::ExtI2 => ClauseId::I2,
            N::Also | N::WStart | N::WRef | N::SecondHand | N::NoSusp => ClauseId::I1b,
            N::Parts | N::Fallback | N::Presumed | N::Superval | N::Conflict => ClauseId::AX1,
            N::Natcal | N::Day0 | N::Tz | N::Roll | N::ReqEvent | N::Receipt | N::Neg => {
                ClauseId::AX1
            }
            N::Party | N::Remedy | N::B1OrB2 | N::Activated | N::Resale | N::Cosm => ClauseId::AB1,
            N::RetTest => ClauseId::AB2,
            N::X2B2 | N::X2Appear | N::Short => ClauseId::AX2,
            N::X3Time | N::X3Genuine | N::ProofKind => ClauseId::AX3,
            N::X4Scope | N::X4Cause => ClauseId::AX4,
            N::X5Actor => ClauseId::AX5,
            N::X6Transit => ClauseId::AX6,
            N::X7Start | N::X7Send | N::X7Early | N::X7New => ClauseId::AX7,
            N::ProofMatch | N::ProofFalse | N::ProofChoice | N::ShipUnknown | N::ProofLate => {
                ClauseId::I1a
            }
            N::Illeg | N::Order | N::Pdate | N::MultiProof => ClauseId::I1b,
            N::ProofOrig => ClauseId::IV3,
            N::ExtStart
            | N::ExtIncl
            | N::ExtInw
            | N::ExtNonq
            | N::ExtCause
            | N::ExtScope
            | N::ExtChain
            | N::ExtOverlap
            | N::ExtUpg => ClauseId::IN,
            N::FInw
            | N::FLeg
            | N::FOutw
            | N::FExt
            | N::FUpgfix
            | N::FRet1
            | N::FRet2
            | N::FRetref
            | N::FDecl
            | N::FNff
            | N::FAbroad => ClauseId::III1,
            N::FMix => ClauseId::III2,
            N::NoSanction => ClauseId::IIIN,
            N::FeeFree | N::FeeDiag | N::QuoteSilent => ClauseId::IV4,
            N::FeeHold | N::Risk => ClauseId::IV5,
            N::WdStart | N::WdDay1 | N::WdCal | N::WdYear | N::WdFirm | N::WdEnd => ClauseId::IV5p,
        }
    }

    /// Whether no fact of the contract carries the situation, so that the desk raises the notice.
    pub const fn desk_raises(self) -> bool {
        matches!(
            self,
            NoticeCode::Tz
                | NoticeCode::Party
                | NoticeCode::FAbroad
                | NoticeCode::MultiProof
                | NoticeCode::X3Genuine
                | NoticeCode::FUpgfix
        )
    }

    /// The id of the notice in full: `notice-PROOF-CHOICE`.
    pub fn message_id(self) -> String {
        format!("notice-{}", self.code())
    }

    /// The id of the notice in one line: `notice-PROOF-CHOICE-short`.
    pub fn short_id(self) -> String {
        format!("notice-{}-short", self.code())
    }
}

/// A reading that shaped the answer while another one gives a different date or outcome, or a
/// standing remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// The question.
    pub code: NoticeCode,
    /// The clause it concerns here.
    pub clause: ClauseId,
    /// The other reading's date, where it has one.
    pub date: Option<Day>,
    /// The fact that is presumed, for [`NoticeCode::Presumed`].
    pub fact: Option<FactName>,
}

impl Notice {
    /// A notice at the code's own clause.
    pub const fn new(code: NoticeCode, date: Option<Day>) -> Notice {
        Notice {
            code,
            clause: code.clause(),
            date,
            fact: None,
        }
    }

    /// The same notice at another clause.
    #[must_use]
    pub const fn at(self, clause: ClauseId) -> Notice {
        Notice { clause, ..self }
    }

    /// The id of the notice in full.
    pub fn message_id(&self) -> String {
        match self.fact {
            Some(fact) => format!(
                "{}-{}",
                self.code.message_id(),
                super::facts::dashed(fact.code())
            ),
            None => self.code.message_id(),
        }
    }

    /// The id of the notice in one line.
    pub fn short_id(&self) -> String {
        match self.fact {
            Some(_) => format!("{}-short", self.message_id()),
            None => self.code.short_id(),
        }
    }
}
