//! Versions of the terms and working days in a folder: read here, judged by `terms`.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::terms::{Calendar, Day, Fault, Library};

/// A file of the folder that cannot be used.
#[derive(Debug)]
pub enum FolderError {
    /// The folder or a file of it cannot be read.
    Unreadable(PathBuf, io::Error),
    /// A file says something that is not allowed.
    Refused(PathBuf, Fault),
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FolderError::Unreadable(path, error) => {
                write!(f, "cannot read {}: {error}", path.display())
            }
            FolderError::Refused(path, fault) => write!(f, "{}, {fault}", path.display()),
        }
    }
}

impl std::error::Error for FolderError {}

/// The texts of the `*.toml` files of a folder, by name.
///
/// # Errors
/// The folder or one of the files cannot be read.
pub fn texts(folder: &Path) -> Result<Vec<(PathBuf, String)>, FolderError> {
    let unreadable = |error| FolderError::Unreadable(folder.to_path_buf(), error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|ending| ending == "toml") && path.is_file() {
            let text = fs::read_to_string(&path)
                .map_err(|error| FolderError::Unreadable(path.clone(), error))?;
            found.push((path, text));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

/// Adds every version of a folder, each in force from its own date (`aftercare check`).
///
/// # Errors
/// The first file that cannot be used.
pub fn add_versions(library: &mut Library, folder: &Path) -> Result<(), FolderError> {
    for (path, text) in texts(folder)? {
        library
            .add_dated(&text)
            .map_err(|fault| FolderError::Refused(path, fault))?;
    }
    Ok(())
}

/// Adds every version of a folder that is new on `today`; what a file does wrong is given back and
/// that file left out, so that one bad file does not stop the desk.
pub fn bring_in(library: &mut Library, folder: &Path, today: Day) -> Vec<FolderError> {
    each(folder, |text| library.add(text, today).map(|_| ()))
}

/// Adds every calendar of a folder: further years, the company's closing days.
pub fn add_calendars(calendar: &mut Calendar, folder: &Path) -> Vec<FolderError> {
    each(folder, |text| calendar.add(text))
}

fn each(folder: &Path, mut add: impl FnMut(&str) -> Result<(), Fault>) -> Vec<FolderError> {
    if !folder.is_dir() {
        return Vec::new();
    }
    match texts(folder) {
        Err(error) => vec![error],
        Ok(files) => files
            .into_iter()
            .filter_map(|(path, text)| {
                let fault = add(&text).err()?;
                Some(FolderError::Refused(path, fault))
            })
            .collect(),
    }
}
