//! Who works at the desk, and as what.

/// What a person may do follows from the role; the table is in `work::role`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Logs calls, quotes, dispatches.
    Operator,
    /// Receives, inspects, repairs.
    Technician,
    /// Everything, and exceptions with a reason.
    Supervisor,
    /// Looks, changes nothing.
    Viewer,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 4] = [
        Role::Operator,
        Role::Technician,
        Role::Supervisor,
        Role::Viewer,
    ];

    /// The word stored in the file.
    pub fn code(self) -> &'static str {
        match self {
            Role::Operator => "operator",
            Role::Technician => "technician",
            Role::Supervisor => "supervisor",
            Role::Viewer => "viewer",
        }
    }

    /// The role a stored word names.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// The person at this terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The login name; goes into every change.
    pub name: String,
    /// What the person may do.
    pub role: Role,
}
