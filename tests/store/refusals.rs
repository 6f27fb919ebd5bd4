//! What is no desk of ours is refused by name, and left exactly as it was.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use aftercare::desk::field::Field;
use aftercare::store::{OpenFault, Store};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::support::{Desk, projection};

const VARIABLE: &str = "AFTERCARE_TEST_OPENS";

type Contents = BTreeMap<PathBuf, (String, u32, SystemTime)>;

/// Every file in a folder: a hash of its bytes, its mode, when it was written.
fn contents(folder: &Path) -> Contents {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let meta = std::fs::metadata(&path).unwrap();
        let bytes = std::fs::read(&path).unwrap_or_default();
        let hash = format!("{} {:x}", bytes.len(), Sha256::digest(&bytes));
        all.insert(
            path,
            (hash, meta.permissions().mode(), meta.modified().unwrap()),
        );
    }
    all
}

/// A desk with a case, closed again.
fn closed_desk() -> (tempfile::TempDir, PathBuf) {
    let mut desk = Desk::new();
    desk.case(&[(Field::Caller, "王小明")]);
    desk.close()
}

fn refuse(path: &Path) -> OpenFault {
    let folder = path.parent().unwrap();
    let before = contents(folder);
    let fault = Store::open(path, projection()).unwrap_err();
    assert_eq!(contents(folder), before, "{fault:?}");
    fault
}

#[test]
fn a_file_of_a_newer_version() {
    let (_home, path) = closed_desk();
    Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let know = aftercare::store::open::SCHEMA;
    assert_eq!(
        refuse(&path),
        OpenFault::Newer {
            path,
            have: 99,
            know
        }
    );
}

#[test]
fn a_file_that_a_newer_version_is_just_now_upgrading() {
    let (_home, path) = closed_desk();
    let newer = Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    // The new version stands in the log only; the log's index is shared memory, and may move.
    let file = std::fs::read(&path).unwrap();
    let log = std::fs::read(path.with_extension("db-wal")).unwrap();
    assert!(!log.is_empty());
    let fault = Store::open(&path, projection()).unwrap_err();
    assert!(
        matches!(fault, OpenFault::Newer { have: 99, .. }),
        "{fault:?}"
    );
    assert_eq!(std::fs::read(&path).unwrap(), file);
    assert_eq!(std::fs::read(path.with_extension("db-wal")).unwrap(), log);
}

#[test]
fn a_database_of_another_program() {
    let home = tempfile::tempdir().unwrap();
    for (name, log) in [("a.db", "delete"), ("b.db", "wal")] {
        let path = home.path().join(name);
        let other = Connection::open(&path).unwrap();
        other
            .query_row(&format!("PRAGMA journal_mode = {log}"), [], |_| Ok(()))
            .unwrap();
        other
            .execute_batch("CREATE TABLE history (a); INSERT INTO history VALUES (1)")
            .unwrap();
        drop(other);
        assert_eq!(refuse(&path), OpenFault::NotADesk { path });
    }
}

#[test]
fn a_file_that_is_no_database() {
    let home = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("words.txt", b"Dear customer,\n".to_vec()),
        ("long.txt", b"Dear customer,\n".repeat(1000)),
        ("zeros", vec![0; 8192]),
        ("head", b"SQLite format 3\0".to_vec()),
    ] {
        let path = home.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let fault = refuse(&path);
        assert_eq!(fault, OpenFault::NotADesk { path }, "{name}");
    }
}

#[test]
fn a_damaged_desk() {
    for harm in [
        |bytes: &mut Vec<u8>| bytes[100..4096].fill(0xff),
        |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2),
    ] {
        let (_home, path) = closed_desk();
        let mut bytes = std::fs::read(&path).unwrap();
        harm(&mut bytes);
        std::fs::write(&path, bytes).unwrap();
        let fault = refuse(&path);
        assert!(matches!(fault, OpenFault::Damaged { .. }), "{fault:?}");
    }
}

#[test]
fn a_file_marked_read_only() {
    let (_home, path) = closed_desk();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
    assert_eq!(refuse(&path), OpenFault::ReadOnly { path });
}

#[test]
fn a_folder_that_cannot_be_made() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let fault = Store::open(&file.join("folder/desk.db"), projection()).unwrap_err();
    assert!(
        matches!(fault, OpenFault::FolderMissing { .. }),
        "{fault:?}"
    );
    assert_eq!(std::fs::read(&file).unwrap(), b"x");
}

/// Not a test of its own: opens a desk as somebody else and says what came of it.
#[test]
fn child_that_opens() {
    if let Some(path) = std::env::var_os(VARIABLE) {
        let answer = Store::open(Path::new(&path), projection()).map(|_| "opened");
        println!("answer {answer:?}");
    }
}

/// What opening gives somebody who is not root: root may do everything.
fn open_as_nobody(path: &Path) -> String {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["--exact", "refusals::child_that_opens", "--nocapture"])
        .env(VARIABLE, path);
    if rustix::process::geteuid().is_root() {
        child.uid(65534).gid(65534);
    }
    let output = child.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let at = said.find("answer ").unwrap_or_else(|| panic!("{output:?}"));
    said[at + 7..].lines().next().unwrap().to_string()
}

#[test]
fn a_file_or_folder_without_permission() {
    let (home, path) = closed_desk();
    let is_root = rustix::process::geteuid().is_root();
    let mode = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    if is_root {
        // Somebody else's file in a folder everybody may look into.
        mode(home.path(), 0o755);
        let before = contents(home.path());
        let answer = open_as_nobody(&path);
        assert!(answer.starts_with("Err(NoPermission"), "{answer}");
        assert_eq!(contents(home.path()), before);
    }
    mode(home.path(), if is_root { 0o755 } else { 0o555 });
    let missing = open_as_nobody(&home.path().join("new.db"));
    assert!(missing.starts_with("Err(NoPermission"), "{missing}");
    let folder = open_as_nobody(&home.path().join("new/desk.db"));
    assert!(folder.starts_with("Err(NoPermission"), "{folder}");
    mode(home.path(), if is_root { 0o700 } else { 0o000 });
    let hidden = open_as_nobody(&path);
    mode(home.path(), 0o700);
    assert!(hidden.starts_with("Err(NoPermission"), "{hidden}");
    assert!(Store::open(&path, projection()).is_ok());
}

#[test]
fn an_empty_file_becomes_a_desk() {
    let home = tempfile::NamedTempFile::new().unwrap();
    let store = Store::open(home.path(), projection()).unwrap();
    assert_eq!(store.view().board().unwrap(), []);
}
