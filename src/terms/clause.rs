//! The clauses of the terms, in the order of the document.

use super::assessment::Area;
use super::choice::choices;
use super::notice::NoticeCode;

choices! {
    /// A clause of the terms, or a part of one, under the id of the reading.
    ClauseId {
        /// Return: a product without fault, complete, undamaged, not activated, fit to be sold again.
        AB1 = "A.B1",
        /// Return: a performance failure found in time that nobody made.
        AB2 = "A.B2",
        /// No return: asked for too late.
        AX1 = "A.X1",
        /// No return: incomplete, or the outside damaged by people.
        AX2 = "A.X2",
        /// No return: no genuine proof when the goods go back.
        AX3 = "A.X3",
        /// No return: crash, burn-out or misuse, where the product is not the cause.
        AX4 = "A.X4",
        /// No return: labels, serial numbers or other marks torn or altered.
        AX5 = "A.X5",
        /// No return: damage by force majeure.
        AX6 = "A.X6",
        /// No return: not sent in time after the confirmation.
        AX7 = "A.X7",
        /// Warranty without a valid proof of purchase: from the day of shipment.
        I1a = "I.1a",
        /// Warranty with a valid proof of purchase: from the day of purchase.
        I1b = "I.1b",
        /// Warranty: the technicians' test finds a fault of quality.
        I2 = "I.2",
        /// Extended warranty after a factory repair of a product that was out of warranty.
        IN = "I.N",
        /// Headed as an exclusion of liability; holds none.
        II = "II",
        /// Freight of a repair in the warranty period that is no fault of quality.
        III1 = "III.1",
        /// Freight of a software upgrade asked for.
        III2 = "III.2",
        /// The request about couriers and announcing the parcel.
        IIIN = "III.N",
        /// First contact, by any channel.
        IV1 = "IV.1",
        /// Staff rule out an operating problem.
        IV2 = "IV.2",
        /// Sending in, with the original proof and a note in the parcel.
        IV3 = "IV.3",
        /// Assessment, quote, agreement before any charged repair.
        IV4 = "IV.4",
        /// Contact details and fee before sending back.
        IV5 = "IV.5",
        /// The bracket of IV.5: confirmation, three working days, the proof goes back.
        IV5p = "IV.5p",
        /// The service centre's address and contact.
        V = "V",
        /// The contact for invoices.
        VI = "VI",
    }
}

impl ClauseId {
    /// The id of the clause's words: `clause-A-X1`.
    pub fn message_id(self) -> String {
        use super::choice::Choice;
        format!("clause-{}", self.code().replace('.', "-"))
    }
}

/// What a clause does in the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// A rule that decides in this part.
    Rule(Area),
    /// A notice; the clause decides nothing.
    Notice(NoticeCode),
    /// The address shown where a customer is told where to send.
    ServiceCentre,
    /// The contact shown where an invoice is asked for.
    InvoiceContact,
}

impl ClauseId {
    /// What carries the clause out. A clause added above does not compile without it.
    pub const fn carrier(self) -> Carrier {
        match self {
            ClauseId::AB1
            | ClauseId::AB2
            | ClauseId::AX1
            | ClauseId::AX2
            | ClauseId::AX3
            | ClauseId::AX4
            | ClauseId::AX5
            | ClauseId::AX6
            | ClauseId::AX7 => Carrier::Rule(Area::Return),
            ClauseId::I1a | ClauseId::I1b | ClauseId::I2 | ClauseId::IN | ClauseId::IV1 => {
                Carrier::Rule(Area::Warranty)
            }
            ClauseId::II => Carrier::Notice(NoticeCode::CorruptII),
            ClauseId::III1 | ClauseId::III2 | ClauseId::IV2 => Carrier::Rule(Area::Freight),
            ClauseId::IIIN => Carrier::Notice(NoticeCode::NoSanction),
            ClauseId::IV3 => Carrier::Notice(NoticeCode::ProofOrig),
            ClauseId::IV4 => Carrier::Rule(Area::Fee),
            ClauseId::IV5 => Carrier::Rule(Area::Gates),
            ClauseId::IV5p => Carrier::Rule(Area::RepairTime),
            ClauseId::V => Carrier::ServiceCentre,
            ClauseId::VI => Carrier::InvoiceContact,
        }
    }
}
