//! Opening a file, and leaving alone what is not ours.

use aftercare::desk::field::Field;
use aftercare::store::{OpenFault, Store};
use std::os::unix::fs::PermissionsExt;

use crate::support::{self, Desk};

#[test]
fn folder_and_file_are_private() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a/b/desk.db");
    let mut desk = Desk::at(home, path.clone());
    desk.case(&[(Field::Caller, "Ann")]);
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(&desk.beside("-wal")), 0o600);
    assert_eq!(mode(&desk.beside("-shm")), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    assert_eq!(mode(path.parent().unwrap().parent().unwrap()), 0o700);
}

#[test]
fn a_file_that_was_open_to_others_is_closed_to_them() {
    let desk = Desk::new();
    let path = desk.path();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let desk = desk.reopen();
    let mode = std::fs::metadata(desk.path()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn lines_of_an_older_computation_are_computed_anew() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Caller, "Ann")]);
    let path = desk.path();
    let newer = aftercare::store::Projection::new(99, |record, around| {
        let mut row = support::project(record, around);
        row.assignee = Some("computed anew".to_string());
        row
    });
    let store = Store::open(&path, newer).unwrap();
    let row = store.view().row(case).unwrap().unwrap();
    assert_eq!(row.assignee.as_deref(), Some("computed anew"));
    assert_eq!(store.differing().unwrap(), []);
}

#[test]
fn a_fault_on_opening_is_told_apart() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("folder");
    std::fs::create_dir(&folder).unwrap();
    let answer = Store::open(&folder, support::projection()).unwrap_err();
    assert_eq!(answer, OpenFault::IsFolder { path: folder });
}
