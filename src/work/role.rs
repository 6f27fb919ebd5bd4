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
    fn a_viewer_changes_nothing() {
        assert!(ActionKind::ALL.iter().all(|kind| !may(Role::Viewer, *kind)));
    }
}
