//! Where the desk's file is, and that it is private.

use std::ffi::OsString;
use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::Access;

use super::cause::Cause;
use super::fault::{OpenFault, Trouble};

/// The environment variable that names the desk's file.
pub const VARIABLE: &str = "AFTERCARE_DB";

/// Where the desk's file is: `--db`, else the environment variable [`VARIABLE`] (its value is handed
/// in; an empty one counts as none), else `desk.db` in the platform's data folder.
///
/// # Errors
/// [`OpenFault::NoPlace`] when none of these says anything.
pub fn location(arg: Option<PathBuf>, env: Option<OsString>) -> Result<PathBuf, OpenFault> {
    arg.or_else(|| env.filter(|path| !path.is_empty()).map(PathBuf::from))
        .or_else(|| {
            directories::ProjectDirs::from("", "", "aftercare")
                .map(|dirs| dirs.data_dir().join("desk.db"))
        })
        .ok_or(OpenFault::NoPlace)
}

/// Where the desk's file is in a home folder, whatever the environment says: for those who are served
/// under a name.
pub fn in_home(home: &Path) -> PathBuf {
    let data = match cfg!(target_os = "macos") {
        true => "Library/Application Support",
        false => ".local/share",
    };
    home.join(data).join("aftercare").join("desk.db")
}

/// The folder a file is in; `.` for a bare name.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Makes the folder (0700) unless it is there. One that is there is left as it is.
pub(super) fn make_folder(folder: &Path) -> Result<(), OpenFault> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => OpenFault::NoPermission {
            path: folder.to_path_buf(),
        },
        why => OpenFault::FolderMissing {
            folder: folder.to_path_buf(),
            why,
        },
    })
}

/// Makes an empty private file (0600).
///
/// # Errors
/// `AlreadyExists`; what else the system says.
pub(super) fn make_file(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

/// Whether this person may write the file and make others beside it, without opening it: opening and
/// closing a database file behind SQLite's back drops its locks.
pub(super) fn check_writable(path: &Path) -> Result<(), OpenFault> {
    let meta = std::fs::metadata(path).map_err(|error| io_fault(path, &error))?;
    if meta.is_dir() {
        return Err(OpenFault::IsFolder {
            path: path.to_path_buf(),
        });
    }
    // A pipe would keep whoever opens it waiting.
    if !meta.is_file() {
        return Err(OpenFault::NotADesk {
            path: path.to_path_buf(),
        });
    }
    // Marked read-only by hand: meant, even where root could write it all the same.
    if meta.permissions().readonly() {
        return Err(OpenFault::ReadOnly {
            path: path.to_path_buf(),
        });
    }
    for (place, access) in [
        (path, Access::READ_OK | Access::WRITE_OK),
        (
            folder_of(path),
            Access::READ_OK | Access::WRITE_OK | Access::EXEC_OK,
        ),
    ] {
        rustix::fs::access(place, access)
            .map_err(|errno| io_fault(place, &io::Error::from(errno)))?;
    }
    Ok(())
}

/// Which file it is, whatever it is called: its device and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity(u64, u64);

impl Identity {
    /// The file at a path; `None` where there is none.
    pub fn of(path: &Path) -> Option<Identity> {
        std::fs::metadata(path)
            .ok()
            .map(|meta| Identity(meta.dev(), meta.ino()))
    }

    /// Whether this file is still the one at `path`, and may still be written. An open file can be
    /// written long after it was deleted, and after somebody marked it read-only: nothing of that
    /// would be found again, or was meant.
    ///
    /// # Errors
    /// [`Trouble::Gone`], [`Trouble::ReadOnly`].
    pub fn check(self, path: &Path) -> Result<(), Trouble> {
        let meta = std::fs::metadata(path).map_err(|_| Trouble::Gone)?;
        if self != Identity(meta.dev(), meta.ino()) {
            return Err(Trouble::Gone);
        }
        if meta.permissions().readonly() {
            return Err(Trouble::ReadOnly);
        }
        Ok(())
    }
}

/// Takes the file away from everybody else. A file system that knows no modes is left alone.
pub(super) fn make_private(path: &Path) {
    if let Ok(meta) = std::fs::metadata(path)
        && meta.permissions().mode() & 0o077 != 0
    {
        let _ = std::fs::set_permissions(path, Permissions::from_mode(0o600));
    }
}

/// What the system says of a file, as a fault of opening.
pub(super) fn io_fault(path: &Path, error: &io::Error) -> OpenFault {
    let path = path.to_path_buf();
    match error.kind() {
        io::ErrorKind::PermissionDenied => OpenFault::NoPermission { path },
        io::ErrorKind::ReadOnlyFilesystem => OpenFault::ReadOnly { path },
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => OpenFault::Full { path },
        io::ErrorKind::IsADirectory => OpenFault::IsFolder { path },
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => OpenFault::FolderMissing {
            folder: folder_of(&path).to_path_buf(),
            why: error.kind(),
        },
        _ => OpenFault::Other {
            path,
            why: Cause::system(error),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_argument_beats_the_variable_and_the_variable_the_data_folder() {
        let arg = || Some(PathBuf::from("/a/desk.db"));
        let env = |text: &str| Some(OsString::from(text));
        assert_eq!(
            location(arg(), env("/b/desk.db")),
            Ok(PathBuf::from("/a/desk.db"))
        );
        assert_eq!(
            location(None, env("/b/desk.db")),
            Ok(PathBuf::from("/b/desk.db"))
        );
        let platform = location(None, None);
        assert_eq!(location(None, env("")), platform);
        if let Ok(path) = platform {
            assert!(path.ends_with("aftercare/desk.db"), "{path:?}");
        }
    }

    #[test]
    fn a_bare_name_lies_in_the_current_folder() {
        assert_eq!(folder_of(Path::new("desk.db")), Path::new("."));
        assert_eq!(folder_of(Path::new("/x/desk.db")), Path::new("/x"));
    }
}
