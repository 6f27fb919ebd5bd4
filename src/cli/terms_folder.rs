//! Versions of the terms in a folder: read here, judged by `terms`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::app::opening::{Refused, Why, text_of};
use crate::store::Cause;
use crate::terms::Library;

/// The texts of the `*.toml` files of a folder, by name.
///
/// # Errors
/// The folder or one of the files cannot be read.
pub fn texts(folder: &Path) -> Result<Vec<(PathBuf, String)>, Refused> {
    let unreadable = |path: &Path, error: &io::Error| Refused {
        path: path.to_path_buf(),
        why: Why::Unreadable(Cause::system(error)),
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        if path.extension().is_some_and(|ending| ending == "toml") && path.is_file() {
            match text_of(&path) {
                Ok(text) => found.push((path, text)),
                Err(why) => return Err(Refused { path, why }),
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

/// Adds every version of a folder, each in force from its own date (`aftercare check`).
///
/// # Errors
/// The first file that cannot be used.
pub fn add_versions(library: &mut Library, folder: &Path) -> Result<(), Refused> {
    for (path, text) in texts(folder)? {
        if let Err(fault) = library.add_dated(&text) {
            let why = Why::Fault(fault);
            return Err(Refused { path, why });
        }
    }
    Ok(())
}
