//! A home of its own for a program under test, so that no test sees another's files or the user's.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
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

    /// Enters somebody with the real program, unless there is one of this name.
    pub fn enter(&self, name: &str, role: &str) {
        if self.has_staff(name) {
            return;
        }
        let done = self.aftercare(&["staff", "add", name, "--role", role]);
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{name} could not be entered: {said}");
    }

    /// The arguments that start the desk as somebody who is entered, as a forced command has them.
    pub fn as_staff(&self, name: &str) -> Vec<String> {
        let db = self.db().display().to_string();
        ["--staff", name, "--db", &db].map(str::to_owned).to_vec()
    }

    /// Runs a command of the real program here, without a terminal, and waits for its end.
    pub fn aftercare(&self, args: &[&str]) -> Output {
        self.aftercare_with(args, "")
    }

    /// The same with something on standard input.
    pub fn aftercare_with(&self, args: &[&str], input: &str) -> Output {
        self.run(args, &[], input.as_bytes())
    }

    /// The same with variables of its own, of whatever bytes.
    pub fn run(
        &self,
        args: &[impl AsRef<OsStr>],
        variables: &[(&str, &OsStr)],
        input: &[u8],
    ) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_aftercare"))
            .args(args)
            .env_clear()
            .envs(self.environment())
            .envs(variables.iter().copied())
            .current_dir(self.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // A program that reads nothing of it may have gone.
        let _ = child.stdin.take().map(|mut stdin| stdin.write_all(input));
        child.wait_with_output().expect("the program ends")
    }

    /// Whether a finished draft beside the desk keeps this half-typed text; one that is still being
    /// written is not kept yet.
    pub fn keeps_draft(&self, text: &str) -> bool {
        let files = std::fs::read_dir(self.db().with_extension("db.drafts"));
        let paths = files
            .into_iter()
            .flatten()
            .flatten()
            .map(|file| file.path());
        let finished = paths.filter(|path| path.extension().is_some_and(|end| end == "json"));
        let mut drafts = finished.filter_map(|path| std::fs::read_to_string(path).ok());
        drafts.any(|draft| draft.contains(text))
    }

    fn has_staff(&self, name: &str) -> bool {
        let find = |db: PathBuf| {
            let db = rusqlite::Connection::open_with_flags(
                db,
                rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY,
            )?;
            let sql = "SELECT count(*) FROM staff WHERE name = ?1";
            db.query_row(sql, [name], |row| row.get::<_, i64>(0))
        };
        find(self.db()).is_ok_and(|count| count > 0)
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
