//! What a key, a line of the palette or a scan can ask for. Which key asks for what is one table in
//! `ui::keymap`; the words are `command-<code>`.

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident $code:literal;)*) => {
        /// Something a person asks for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Command { $($(#[$doc])* $name,)* }

        impl Command {
            /// Every command.
            pub const ALL: &'static [Command] = &[$(Command::$name,)*];

            /// The end of the message id `command-...`.
            pub fn code(self) -> &'static str {
                match self { $(Command::$name => $code,)* }
            }

            /// The command a code names, as scanned from a command card.
            pub fn from_code(code: &str) -> Option<Command> {
                match code { $($code => Some(Command::$name),)* _ => None }
            }
        }
    };
}

commands! {
    // Moving.
    /// To the next field.
    Next "next";
    /// To the field before.
    Previous "previous";
    /// One line up.
    Up "up";
    /// One line down.
    Down "down";
    /// One page up.
    PageUp "page-up";
    /// One page down.
    PageDown "page-down";
    /// To the first.
    First "first";
    /// To the last.
    Last "last";
    /// The option before, in a choice.
    OptionBefore "option-before";
    /// The option after, in a choice.
    OptionAfter "option-after";
    /// Open, choose, take, move on: what Enter does here.
    Accept "accept";
    /// One step back.
    Back "back";
    /// Empty the field.
    Clear "clear";
    /// Break the line in a long text.
    BreakLine "break-line";
    /// Open the options of a choice.
    Options "options";

    // Everywhere.
    /// The keys.
    Help "help";
    /// Every command by name.
    Palette "palette";
    /// The other language.
    Language "language";
    /// Leave the program.
    Quit "quit";
    /// Lock the shared bench.
    Lock "lock";
    /// Save again what could not be saved.
    SaveAgain "save-again";
    /// Take back one's last action.
    Undo "undo";
    /// The terms, clause by clause.
    Terms "terms";

    // The board.
    /// Begin a call.
    NewCall "new-call";
    /// Take in a parcel.
    NewParcel "new-parcel";
    /// The next group of the board.
    NextGroup "next-group";

    // A case.
    /// The summary.
    Summary "summary";
    /// The screen of the next step.
    NextStep "next-step";
    /// The screen of the call.
    Intake "intake";
    /// The screen of the inspection.
    Inspection "inspection";
    /// The screen of the quote.
    Quote "quote";
    /// The screen of the repair.
    Repair "repair";
    /// The screen of the way back.
    Sending "sending";
    /// What happened, change by change.
    History "history";
    /// Into the checks, or out of them.
    Checks "checks";
    /// More fields, or fewer.
    More "more";
    /// The ground of the field: who says so.
    Ground "ground";
    /// Take over what an earlier case of this caller says.
    SameCaller "same-caller";
    /// The text to read out or to copy, on the full width.
    Plain "plain";

    // What is done with a case.
    /// Give it its number.
    Authorise "authorise";
    /// Close: solved by phone.
    SolvedByPhone "solved-by-phone";
    /// Close: enquiry only.
    EnquiryOnly "enquiry-only";
    /// The return goes on as a repair.
    GoOnAsRepair "go-on-as-repair";
    /// Take the parcel in.
    TakeIn "take-in";
    /// Take the return back.
    AcceptReturn "accept-return";
    /// Remove the quote line.
    RemoveLine "remove-line";
    /// Issue the quote.
    IssueQuote "issue-quote";
    /// Note the customer's answer.
    AnswerQuote "answer-quote";
    /// Note a payment.
    Pay "pay";
    /// Let money go.
    Waive "waive";
    /// Note that money was given back.
    Refund "refund";
    /// Reverse a wrong entry in the money.
    Reverse "reverse";
    /// Note that the price of a returned product was given back.
    PriceBack "price-back";
    /// Finish the work at the bench.
    FinishRepair "finish-repair";
    /// Recipient, phone and address are confirmed.
    ConfirmContact "confirm-contact";
    /// Send the goods back.
    Dispatch "dispatch";
    /// Grant what the terms refuse or leave to staff.
    Grant "grant";
    /// Close the case.
    Close "close";
    /// Open it again.
    Reopen "reopen";
    /// The goods came back undelivered.
    CameBack "came-back";
    /// Join the case to another one.
    Join "join";
    /// Move the goods to the case they belong to.
    MoveGoods "move-goods";
    /// Take apart what was joined.
    TakeApart "take-apart";
}
