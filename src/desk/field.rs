//! What can be known about a case, a parcel or a person of the staff: one table.
//!
//! To add a field: a line here, its words `field-<code>` in `assets/i18n`, and its place on a screen
//! in `flow::form`. A field whose code is a fact name of the terms reaches the terms by that name.

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A day; `not_yet` where it can be known not to have happened.
    Date {
        /// Whether 'not yet' is an answer.
        not_yet: bool,
    },
    /// One of these codes.
    Choice(&'static [&'static str]),
    /// Words; over several lines where `long`.
    Text {
        /// Whether it is edited over several lines.
        long: bool,
    },
    /// A telephone number.
    Phone,
    /// A serial number.
    Serial,
    /// Money in fen.
    Money,
    /// A count.
    Number,
    /// Another entity.
    Link,
}

const YES_NO: FieldKind = FieldKind::Choice(&["yes", "no"]);
const DAY: FieldKind = FieldKind::Date { not_yet: false };
const EVENT: FieldKind = FieldKind::Date { not_yet: true };
const WORDS: FieldKind = FieldKind::Text { long: false };
const STORY: FieldKind = FieldKind::Text { long: true };

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident $code:literal $kind:expr, $privacy:ident;)*) => {
        /// A thing that can be known about a case, a parcel or one of their items.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Field { $($(#[$doc])* $name,)* }

        impl Field {
            /// Every field.
            pub const ALL: &'static [Field] = &[$(Field::$name,)*];

            /// The word stored in the file, and the end of the message id `field-...`.
            pub fn code(self) -> &'static str {
                match self { $(Field::$name => $code,)* }
            }

            /// What it holds.
            pub fn kind(self) -> FieldKind {
                match self { $(Field::$name => $kind,)* }
            }

            /// Whether it is personal data: never logged, can be erased.
            pub fn is_personal(self) -> bool {
                match self { $(Field::$name => privacy!($privacy),)* }
            }

            /// The field a stored word names.
            pub fn from_code(code: &str) -> Option<Field> {
                match code { $($code => Some(Field::$name),)* _ => None }
            }
        }
    };
}

macro_rules! privacy {
    (personal) => {
        true
    };
    (open) => {
        false
    };
}

fields! {
    // Who calls.
    /// The caller's telephone number; the first thing asked.
    Phone "phone" FieldKind::Phone, personal;
    /// A second number of the caller; calls from it are known again as well.
    SecondPhone "second_phone" FieldKind::Phone, personal;
    /// Who calls.
    Caller "caller" WORDS, personal;
    /// The caller's e-mail address; IV.4 allows telling the charges by e-mail.
    Email "email" WORDS, personal;
    /// The caller's postal address.
    Address "address" WORDS, personal;
    /// How the contact came (IV.1).
    Channel "channel" FieldKind::Choice(&["telephone", "email", "microblog", "wechat", "walk_in", "other"]), open;
    /// Where it was bought; a dealer raises `PARTY`.
    SoldBy "sold_by" FieldKind::Choice(&["direct", "platform", "dealer"]), open;
    /// Whether the customer is abroad (`TZ`, `F-ABROAD`).
    Abroad "abroad" YES_NO, open;

    // Which product, what is wrong.
    /// The model.
    Model "model" WORDS, open;
    /// The serial number.
    SerialNumber "serial" FieldKind::Serial, open;
    /// Another case whose unit may be this one. The answers about other cases are items.
    UnitCase "unit_case" FieldKind::Link, open;
    /// Whether the unit of another case is the unit of this one, where its number does not tell.
    SameUnit "same_unit" YES_NO, open;
    /// The fault, in the customer's words.
    Fault "fault" STORY, personal;
    /// What the customer wants done.
    Wishes "wishes" STORY, personal;
    /// What is asked for.
    Service "service" FieldKind::Choice(&["return", "repair", "upgrade", "repair+upgrade", "return_else_repair"]), open;

    // The facts of the terms, under their contract names.
    /// The first contact about this fault (`W-REF`).
    ContactDate "contact_date" DAY, open;
    /// The day the fault came, as the customer says; shown, decides nothing.
    FaultDate "fault_date" DAY, open;
    /// The day the customer really got the goods.
    ReceiptDate "receipt_date" DAY, open;
    /// The day a return was asked for (`REQ-EVENT`).
    RequestDate "request_date" DAY, open;
    /// Whether it fails to perform (A.B2).
    PerformanceFailure "performance_failure" YES_NO, open;
    /// The day the customer found the failure (A.B2).
    FailureFoundDate "failure_found_date" DAY, open;
    /// Whether people caused the failure (A.B2).
    FailureManMade "failure_man_made" YES_NO, open;
    /// A manufacturing defect other than the performance failure (A.B1, `COSM`).
    ManufacturingDefect "manufacturing_defect" YES_NO, open;
    /// Whether packaging, accessories, gifts and manual are complete (A.B1, A.X2).
    Complete "complete" YES_NO, open;
    /// What is missing.
    MissingItems "missing_items" WORDS, open;
    /// Who left it out (`SHORT`).
    MissingBy "missing_by" FieldKind::Choice(&["customer", "seller"]), open;
    /// Outside damage made by people (A.B1, A.X2).
    AppearanceDamage "appearance_damage" YES_NO, open;
    /// Whether it was activated, powered up or installed (A.B1, `ACTIVATED`).
    Activated "activated" YES_NO, open;
    /// Whether it can be sold again (A.B1, `RESALE`); a judgement, never inferred.
    Resalable "resalable" YES_NO, open;
    /// The proof of purchase at the return (A.X3).
    ProofAtReturn "proof_at_return" FieldKind::Choice(&["valid", "none", "falsified", "altered", "other_product", "not_yet"]), open;
    /// Crash or burn-out, and whether the product caused it (A.X4).
    CollisionOrBurn "collision_or_burn" FieldKind::Choice(&["no", "product_quality", "not_product_quality", "cause_unknown"]), open;
    /// Modification, foreign objects, wrong installation or use (A.X4, `X4-CAUSE`).
    Misuse "misuse" FieldKind::Choice(&["no", "caused", "present_not_cause", "cause_unknown"]), open;
    /// Which kind.
    MisuseKind "misuse_kind" FieldKind::Choice(&["modification", "foreign_object", "installation", "operation"]), open;
    /// Labels, serial numbers or markings torn or altered (A.X5).
    LabelsTampered "labels_tampered" YES_NO, open;
    /// By whom (`X5-ACTOR`).
    LabelsBy "labels_by" FieldKind::Choice(&["customer", "carrier", "dealer", "workshop"]), open;
    /// Damage by fire, flood, lightning, traffic accident and the like (A.X6).
    ForceMajeure "force_majeure" YES_NO, open;
    /// Before or after the customer got it (`X6-TRANSIT`).
    ForceMajeureWhen "fm_when" FieldKind::Choice(&["after_receipt", "before_receipt"]), open;
    /// The day staff confirmed the return service (A.X7, `X7-START`).
    ConfirmDate "confirm_date" EVENT, open;
    /// The day the customer sent the goods (A.X7, `X7-SEND`).
    DispatchDate "dispatch_date" EVENT, open;
    /// The day the goods arrived here.
    ArrivalDate "arrival_date" EVENT, open;
    /// The proof of purchase, for the warranty (I.1a, I.1b).
    Proof "proof" FieldKind::Choice(&["valid", "none", "falsified", "other_product", "date_illegible"]), open;
    /// The date on the proof (I.1b).
    PurchaseDate "purchase_date" DAY, open;
    /// Whether a date that cannot be read was looked for in vain (`ILLEG`).
    PurchaseDateLost "purchase_date_lost" YES_NO, open;
    /// The day the product left the factory (I.1a); the company knows it by the serial number.
    ShipDate "ship_date" DAY, open;
    /// What the technician's test found (I.2).
    TestResult "test_result" FieldKind::Choice(&["quality", "non_quality", "no_fault", "operation", "mixed"]), open;
    /// The day the customer said 'repair it' (IV.5, `3WD-START`).
    RepairConfirmedDate "repair_confirmed_date" DAY, open;
    /// The day the repair was finished (IV.5).
    RepairedOn "repaired_on" EVENT, open;
    /// The day the goods went back (I.N, `EXT-START`).
    SentBackOn "sent_back_on" EVENT, open;
    /// The day the customer got them back (`EXT-START`, the other reading).
    DeliveredOn "delivered_on" DAY, open;
    /// Whether recipient, phone and address were confirmed (IV.5).
    ContactConfirmed "contact_confirmed" YES_NO, open;

    // What was agreed at the call.
    /// 'Repair it if it is covered': the confirmation of IV.5 given beforehand.
    AgreedIfCovered "agreed_if_covered" YES_NO, open;
    /// 'Otherwise up to this much without calling again': the agreement of IV.4 up to this ceiling.
    AgreedCeiling "agreed_ceiling" FieldKind::Money, open;

    // The case itself.
    /// The case number; given once, when the case is authorised, and never again.
    Number "number" WORDS, open;
    /// The fingerprint of the terms the case was opened under.
    TermsVersion "terms" WORDS, open;
    /// Who looks after the case.
    Assignee "assignee" WORDS, open;
    /// A wait nobody can derive.
    WaitingFor "waiting_for" FieldKind::Choice(&["customer", "parcel", "parts", "engineering", "retest", "payment"]), open;
    /// Until when the wait is expected to last.
    WaitingUntil "waiting_until" DAY, open;
    /// How the case was closed; unknown while it is open.
    Closed "closed" FieldKind::Choice(&["enquiry_only", "solved_by_phone", "returned", "return_refused", "repaired", "replaced", "quote_declined", "no_fault_found", "beyond_repair", "scrapped", "upgraded", "never_sent", "undeliverable", "joined", "void"]), open;
    /// Why, where a reason is asked.
    ClosedNote "closed_note" WORDS, open;
    /// Whether the product was in or out of its period, frozen when it was sent back (I.N).
    PeriodStatus "period_status" FieldKind::Choice(&["in", "out", "extension", "unknown"]), open;

    // Cases of one unit.
    /// The case that the goods of this one, and what was seen of them, were moved to.
    MovedTo "moved_to" FieldKind::Link, open;
    /// The case that goods and what was seen of them were moved here from. Each is an item.
    CameFrom "came_from" FieldKind::Link, open;
    /// A case of the same unit that was open when this one was authorised all the same. Each is an item.
    BesideCase "beside_case" FieldKind::Link, open;

    // At receipt.
    /// Which proof of purchase lay in the parcel; an original is kept safe and goes back (IV.5).
    ProofReceived "proof_received" FieldKind::Choice(&["original", "copy", "none"]), open;
    /// The serial number on goods that came under a case with another one announced.
    SerialInBox "serial_in_box" FieldKind::Serial, open;
    /// Which of the two numbers is that of the unit: the one in the box, since the announced one was
    /// wrong, or the announced one, since the one in the box was misread.
    BoxUnit "box_unit" FieldKind::Choice(&["this_unit", "announced"]), open;
    /// The label on the bag of goods whose serial number cannot be read.
    BagLabel "bag_label" WORDS, open;
    /// The shelf.
    Bin "bin" WORDS, open;
    /// What lay in the parcel.
    Contents "contents" WORDS, open;

    // At the bench.
    /// What the technician saw and measured.
    Findings "findings" STORY, open;
    /// The cause.
    Cause "cause" WORDS, open;
    /// What was done.
    WorkDone "work_done" STORY, open;
    /// What became of the goods at the bench.
    RepairOutcome "repair_outcome" FieldKind::Choice(&["repaired", "replaced", "beyond_repair", "upgraded", "not_repaired", "scrap_agreed"]), open;
    /// The serial number of the unit given out in its place, or of the unit once a part that carries
    /// the number was exchanged.
    SerialAfter "serial_after" FieldKind::Serial, open;
    /// Whether the unit given out has no serial number at all.
    SerialAfterNone "serial_after_none" YES_NO, open;
    /// Whether it passed the test after the repair.
    RetestPassed "retest_passed" YES_NO, open;

    // The quote. A line is an item.
    /// What a line is for.
    LineKind "line_kind" FieldKind::Choice(&["labour", "parts", "freight", "other", "discount"]), open;
    /// What the line says.
    LineText "line_text" WORDS, open;
    /// How many.
    LineQuantity "line_quantity" FieldKind::Number, open;
    /// The price of one.
    LinePrice "line_price" FieldKind::Money, open;
    /// The customer's answer to the line.
    LineAnswer "line_answer" FieldKind::Choice(&["accepted", "declined"]), open;
    /// The version of the quote that was issued.
    QuoteVersion "quote_version" FieldKind::Number, open;
    /// The day it was issued.
    QuoteIssuedOn "quote_issued_on" DAY, open;
    /// Over which channel the customer was told (IV.4 names telephone and e-mail).
    QuoteToldOver "quote_told_over" FieldKind::Choice(&["telephone", "email", "other"]), open;
    /// The customer's answer.
    QuoteAnswer "quote_answer" FieldKind::Choice(&["accepted", "declined", "by_line"]), open;
    /// Over which channel the answer came.
    QuoteAnswerOver "quote_answer_over" FieldKind::Choice(&["telephone", "email", "microblog", "wechat", "ceiling", "other"]), open;
    /// Who answered.
    QuoteAnswerBy "quote_answer_by" WORDS, personal;
    /// The day of the agreement (IV.4, `3WD-START`).
    QuoteAcceptedDate "quote_accepted_date" DAY, open;

    // Money. A payment, a refund and a waiver are items.
    /// An amount that came in.
    PaymentAmount "payment_amount" FieldKind::Money, open;
    /// How it came.
    PaymentMeans "payment_means" FieldKind::Choice(&["transfer", "wechat", "alipay", "cash", "other"]), open;
    /// When.
    PaymentDay "payment_day" DAY, open;
    /// An amount a supervisor let go.
    WaivedAmount "waived_amount" FieldKind::Money, open;
    /// Why.
    WaivedReason "waived_reason" WORDS, open;
    /// An amount that was given back.
    RefundAmount "refund_amount" FieldKind::Money, open;
    /// How it was given back.
    RefundMeans "refund_means" FieldKind::Choice(&["transfer", "wechat", "alipay", "cash", "other"]), open;
    /// When.
    RefundDay "refund_day" DAY, open;
    /// Why a payment, a refund or a waiver was a wrong entry; it stands in the same item, and from then
    /// on the item does not count.
    ReversedReason "reversed_reason" WORDS, open;
    /// Who gives the price of a returned product back; the terms name nobody (`REMEDY`).
    PriceBackBy "price_back_by" FieldKind::Choice(&["company", "platform", "dealer"]), open;
    /// How much of the price was given back; never computed (`REMEDY`).
    PriceBackAmount "price_back_amount" FieldKind::Money, open;
    /// When.
    PriceBackDay "price_back_day" DAY, open;

    // Sending back.
    /// Who gets it.
    Recipient "recipient" WORDS, personal;
    /// Under which number.
    RecipientPhone "recipient_phone" FieldKind::Phone, personal;
    /// Where.
    RecipientAddress "recipient_address" WORDS, personal;
    /// Who pays the way back.
    FreightBack "freight_back" FieldKind::Choice(&["company", "customer_prepaid", "collect"]), open;
    /// What the customer pays in advance for the way back.
    FreightAmount "freight_amount" FieldKind::Money, open;
    /// Whether the original proof lies in the box again (IV.5).
    ProofEnclosed "proof_enclosed" YES_NO, open;
    /// The courier of the way back.
    CourierBack "courier_back" WORDS, open;
    /// The waybill of the way back.
    WaybillBack "waybill_back" WORDS, open;
    /// The day the goods came back to us undelivered.
    CameBackOn "came_back_on" DAY, open;

    // A supervisor's exception. Each is an item.
    /// What is granted.
    GrantSubject "grant_subject" FieldKind::Choice(&["return", "warranty", "free_repair", "free_freight"]), open;
    /// Why.
    GrantReason "grant_reason" WORDS, open;

    // Parcels.
    /// The parcel the goods came in.
    ParcelIn "parcel_in" FieldKind::Link, open;
    /// The parcel the goods went back in.
    ParcelOut "parcel_out" FieldKind::Link, open;
    /// Which way a parcel goes.
    Direction "direction" FieldKind::Choice(&["incoming", "outgoing"]), open;
    /// The waybill of a parcel.
    Waybill "waybill" WORDS, open;
    /// The courier of a parcel.
    Courier "courier" WORDS, open;
    /// The day it came in or went out.
    ParcelDay "parcel_day" DAY, open;
    /// Freight paid by the sender, or to be paid on delivery.
    ParcelFreight "parcel_freight" FieldKind::Choice(&["prepaid", "collect"]), open;
    /// Freight we paid on delivery.
    ParcelFreightPaid "parcel_freight_paid" FieldKind::Money, open;
    /// Who sent it, as it says on the parcel.
    Sender "sender" WORDS, personal;
    /// The case of goods in a parcel. Goods are items.
    GoodsCase "goods_case" FieldKind::Link, open;
    /// The model of goods in a parcel.
    GoodsModel "goods_model" WORDS, open;
    /// The serial number of goods in a parcel.
    GoodsSerial "goods_serial" FieldKind::Serial, open;
    /// The bag label of goods in a parcel.
    GoodsLabel "goods_label" WORDS, open;

    // People who work at the desk.
    /// The name a person works under; goes into every change.
    StaffName "staff_name" WORDS, open;
    /// What a person may do.
    StaffRole "staff_role" FieldKind::Choice(&["operator", "technician", "supervisor", "viewer"]), open;
    /// Whether a person may work at the desk now.
    StaffState "staff_state" FieldKind::Choice(&["enabled", "disabled"]), open;
    /// An SSH key of a person, `ssh-ed25519 AAAA...`. Keys are items.
    StaffKey "staff_key" WORDS, open;
    /// What the person's badge says when it is scanned.
    StaffBadge "staff_badge" WORDS, open;
    /// The person's PIN, as an argon2 hash; an old one is erased when a new one is set.
    StaffPin "staff_pin" WORDS, personal;
}

impl Field {
    /// The codes of a choice; none for other kinds.
    pub fn options(self) -> &'static [&'static str] {
        match self.kind() {
            FieldKind::Choice(options) => options,
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_field_has_a_code_of_its_own_that_leads_back_to_it() {
        let codes: HashSet<_> = Field::ALL.iter().map(|field| field.code()).collect();
        assert_eq!(codes.len(), Field::ALL.len());
        for field in Field::ALL {
            assert_eq!(Field::from_code(field.code()), Some(*field));
        }
    }

    #[test]
    fn names_phones_and_addresses_are_personal() {
        for field in [
            Field::Phone,
            Field::SecondPhone,
            Field::Caller,
            Field::Email,
            Field::Address,
            Field::Recipient,
            Field::RecipientPhone,
            Field::RecipientAddress,
            Field::Sender,
        ] {
            assert!(field.is_personal(), "{}", field.code());
        }
    }
}
