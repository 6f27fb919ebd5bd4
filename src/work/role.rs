//! What a role may do: one table, asked where actions are planned. Screens only ask it.

use crate::desk::staff::Role;

use super::action::ActionKind;

/// Whether a person in this role may do this.
pub fn may(role: Role, kind: ActionKind) -> bool {
    use ActionKind as K;
    match role {
        Role::Supervisor => true,
        Role::Viewer => false,
        Role::Operator => !matches!(kind, K::Grant | K::Waive | K::Void | K::FinishRepair),
        Role::Technician => matches!(
            kind,
            K::Begin
                | K::Edit
                | K::Authorise
                | K::Receive
                | K::FinishRepair
                | K::ConfirmContact
                | K::Dispatch
                | K::Close
                | K::Undo
        ),
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
