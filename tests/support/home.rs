//! A home of its own for a program under test, so that no test sees another's files or the user's.

use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A temporary folder with a home, a data folder and the desk's file; gone when dropped.
pub struct Home {
    folder: TempDir,
}

impl Home {
    /// An empty home.
    pub fn new() -> Home {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for part in ["home", "data", "config", "cache", "run"] {
            std::fs::create_dir(folder.path().join(part)).expect("a folder in it");
        }
        Home { folder }
    }

    /// The folder that holds everything below.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The desk's file, as `AFTERCARE_DB` names it; it need not exist yet.
    pub fn db(&self) -> PathBuf {
        self.folder.path().join("data").join("desk.db")
    }

    /// The whole environment of a program that lives here: nothing is inherited but `PATH`.
    pub fn environment(&self) -> Vec<(String, String)> {
        let at = |part: &str| self.folder.path().join(part).display().to_string();
        vec![
            ("PATH".into(), std::env::var("PATH").unwrap_or_default()),
            ("HOME".into(), at("home")),
            ("XDG_DATA_HOME".into(), at("data")),
            ("XDG_CONFIG_HOME".into(), at("config")),
            ("XDG_CACHE_HOME".into(), at("cache")),
            ("XDG_RUNTIME_DIR".into(), at("run")),
            ("AFTERCARE_DB".into(), self.db().display().to_string()),
            ("TERM".into(), "xterm-256color".into()),
            ("LANG".into(), "en_GB.UTF-8".into()),
        ]
    }
}
