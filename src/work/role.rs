//! What a role may do: one table. It is asked where actions are planned, and again inside the
//! transaction that saves them, with the role the file says the person has then; screens only ask it.
//!
//! What decides who may do something:
//! - Calls, customers and money are the operator's; the bench is the technician's: only who works
//!   there says that the work is done. A technician quotes (finds the cause, quotes, repairs) and may
//!   note what the customer answered to it, since who tells a quote on the telephone hears the answer.
//!   Money is noted and goods are taken back for good (a return) by who does not repair.
//!   Who notes money puts a wrong entry right as well; a waiver is taken back by who may waive.
//! - Whoever has goods in hand may take them in, notes that they came back, and sends them.
//! - Whoever has goods in hand sees that they were entered under the wrong case: they join or move them.
//! - What goes beyond the terms (granting, waiving) or takes a case out of the books (void) is the
//!   supervisor's.
//! - Fields are not divided by role: a technician who hears a new number may correct the caller's
//!   phone. Every edit stands in the history with who made it, and can be taken back. The fields that
//!   decide anything by themselves are filled by actions only.

use crate::desk::staff::Role;

use super::action::ActionKind;

/// Whether a person in this role may do this.
pub fn may(role: Role, kind: ActionKind) -> bool {
    let [operator, technician, supervisor, viewer] = row(kind);
    match role {
        Role::Operator => operator,
        Role::Technician => technician,
        Role::Supervisor => supervisor,
        Role::Viewer => viewer,
    }
}

/// The line of the table: operator, technician, supervisor, viewer.
#[rustfmt::skip] // A table is read by its columns.
const fn row(kind: ActionKind) -> [bool; 4] {
    const YES: bool = true;
    const NO: bool = false;
    use ActionKind as K;
    match kind {
        //                      operator technician supervisor viewer
        K::Begin          => [  YES,     YES,       YES,       NO  ],
        K::Edit           => [  YES,     YES,       YES,       NO  ],
        K::Undo           => [  YES,     YES,       YES,       NO  ],
        K::Authorise      => [  YES,     YES,       YES,       NO  ],
        K::Receive        => [  YES,     YES,       YES,       NO  ],
        K::CameBack       => [  YES,     YES,       YES,       NO  ],
        K::Join           => [  YES,     YES,       YES,       NO  ],
        K::ConfirmContact => [  YES,     YES,       YES,       NO  ],
        K::Dispatch       => [  YES,     YES,       YES,       NO  ],
        K::Close          => [  YES,     YES,       YES,       NO  ],
        K::IssueQuote     => [  YES,     YES,       YES,       NO  ],
        K::AnswerQuote    => [  YES,     YES,       YES,       NO  ],
        K::FinishRepair   => [  NO,      YES,       YES,       NO  ],
        K::Pay            => [  YES,     NO,        YES,       NO  ],
        K::Refund         => [  YES,     NO,        YES,       NO  ],
        K::Reverse        => [  YES,     NO,        YES,       NO  ],
        K::PriceBack      => [  YES,     NO,        YES,       NO  ],
        K::AcceptReturn   => [  YES,     NO,        YES,       NO  ],
        K::Reopen         => [  YES,     NO,        YES,       NO  ],
        K::Grant          => [  NO,      NO,        YES,       NO  ],
        K::Waive          => [  NO,      NO,        YES,       NO  ],
        K::Void           => [  NO,      NO,        YES,       NO  ],
    }
}

/// What a person can ask of the program over SSH besides the desk itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remote {
    /// Decide cases by the terms.
    Check,
    /// Carry the cases out, with the personal data in them.
    Export,
}

impl Remote {
    /// Everything that can be asked for.
    pub const ALL: [Remote; 2] = [Remote::Check, Remote::Export];

    /// The word it is asked for by.
    pub fn code(self) -> &'static str {
        match self {
            Remote::Check => "check",
            Remote::Export => "export",
        }
    }
}

/// Whether a person in this role may ask for this over SSH. The terms are no secret; the cases of all
/// customers at once are carried out by a supervisor only.
pub fn may_ask(role: Role, remote: Remote) -> bool {
    match remote {
        Remote::Check => true,
        Remote::Export => role == Role::Supervisor,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_supervisor_grants_waives_and_voids() {
        for kind in [ActionKind::Grant, ActionKind::Waive, ActionKind::Void] {
            for role in Role::ALL {
                assert_eq!(
                    may(role, kind),
                    role == Role::Supervisor,
                    "{role:?} {kind:?}"
                );
            }
        }
    }

    #[test]
    fn everybody_checks_and_only_a_supervisor_exports() {
        for role in Role::ALL {
            assert!(may_ask(role, Remote::Check), "{role:?}");
            let supervises = role == Role::Supervisor;
            assert_eq!(may_ask(role, Remote::Export), supervises, "{role:?}");
        }
    }

    #[test]
    fn a_viewer_changes_nothing() {
        assert!(ActionKind::ALL.iter().all(|kind| !may(Role::Viewer, *kind)));
    }
}
