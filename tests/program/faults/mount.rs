//! File systems of one's own: as root, or as root of a name space of one's own.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A mounted file system, taken away again when dropped.
pub struct Mount(PathBuf);

impl Mount {
    /// A file system in memory, so many kilobytes large.
    pub fn in_memory(at: &Path, kilobytes: u32) -> Mount {
        let size = format!("size={kilobytes}k,mode=0700");
        Mount::of(at, &["-t", "tmpfs", "-o", &size, "none"])
    }

    /// The same folder at a second place.
    pub fn bind(folder: &Path, at: &Path) -> Mount {
        Mount::of(at, &["--bind", folder.to_str().expect("a plain path")])
    }

    fn of(at: &Path, options: &[&str]) -> Mount {
        std::fs::create_dir_all(at).expect("a place");
        assert!(
            run(Command::new("mount").args(options).arg(at)),
            "mounting {options:?}"
        );
        Mount(at.to_path_buf())
    }

    /// From now on it can only be read.
    pub fn read_only(&self) {
        assert!(run(Command::new("mount")
            .args(["-o", "remount,ro,bind"])
            .arg(&self.0)));
    }

    /// Fills it to the last byte; the file that does so.
    pub fn fill(&self, at: &Path) -> PathBuf {
        use std::io::Write;
        let path = at.join("filler");
        let mut file = std::fs::File::create(&path).expect("a file");
        for block in [vec![0; 65536], vec![0; 4096], vec![0; 1]] {
            while file.write_all(&block).is_ok() {}
        }
        path
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        run(Command::new("umount").arg("-l").arg(&self.0));
    }
}

fn run(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

/// Set where a test runs in a name space of its own.
const INSIDE: &str = "AFTERCARE_TEST_INSIDE";

/// Whether the test may mount here. Where only a name space of its own may, it is run there and is
/// done; where nobody may, it is told that it was skipped, which is an error in CI.
pub fn may_mount(test: &str) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let here = run(Command::new("mount")
        .args(["-t", "tmpfs", "none"])
        .arg(folder.path()));
    if here {
        run(Command::new("umount").arg("-l").arg(folder.path()));
        return true;
    }
    let inside = std::env::var_os(INSIDE).is_some();
    if inside || !run(Command::new("unshare").args(["-rm", "true"])) {
        crate::support::skip(&format!("nobody may mount here: {test}"));
        return false;
    }
    let done = Command::new("unshare")
        .arg("-rm")
        .arg(std::env::current_exe().expect("this program"))
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(INSIDE, "1")
        .status();
    assert!(
        done.is_ok_and(|status| status.success()),
        "{test}, in a name space of its own"
    );
    false
}
