//! One session: a process in a pseudo-terminal, and the hands in front of it.

use super::figures::Figures;
use super::file::{Desk, name, program, serial};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fd::BorrowedFd;
use std::path::Path;
use std::time::{Duration, Instant};

const SIZE: PtySize = PtySize {
    rows: 24,
    cols: 80,
    pixel_width: 0,
    pixel_height: 0,
};
/// So long a session may take to show what it is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Session {
    number: usize,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    screen: vt100::Parser,
    pub bytes: usize,
    /// When a key left a field, and the row the caret was in.
    leaving: Option<(Instant, u16)>,
}

/// The hands: values of eight keys, each one of its kind.
pub struct Typist {
    number: usize,
    /// Whether this is the first or the second of the two at a case.
    side: usize,
    count: usize,
    /// What is still to be pressed of the present value.
    rest: Vec<Press>,
}

enum Press {
    Key(&'static [u8]),
    Letter(char),
    /// The key that leaves the field, with what was typed in it.
    Leave(&'static [u8], String),
}

const TAB: &[u8] = b"\t";
const BACK_TAB: &[u8] = b"\x1b[Z";
const CLEAR: &[u8] = b"\x15";

impl Typist {
    pub fn new(number: usize, side: usize) -> Typist {
        Typist {
            number,
            side,
            count: 0,
            rest: Vec::new(),
        }
    }

    fn next(&mut self) -> Press {
        if let Some(press) = self.rest.pop() {
            return press;
        }
        let value = format!("{:02}{:05}x", self.number, self.count);
        // The first goes to and fro between caller and model, the second stays with the fault.
        let leave = match (self.side, self.count % 2) {
            (0, 1) => BACK_TAB,
            _ => TAB,
        };
        self.count += 1;
        if self.side == 1 {
            self.rest.push(Press::Key(BACK_TAB));
        }
        self.rest.push(Press::Leave(leave, value.clone()));
        self.rest.extend(value.chars().rev().map(Press::Letter));
        Press::Key(CLEAR)
    }
}

impl Session {
    pub fn start(desk: &Desk, number: usize, slow: Option<(&Path, u64)>) -> Session {
        let pair = native_pty_system()
            .openpty(SIZE)
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program());
        command.args(["--staff", &name(number), "--db"]);
        command.arg(desk.db());
        command.env_clear();
        for (name, value) in desk.environment() {
            command.env(name, value);
        }
        if let Some((library, ms)) = slow {
            command.env("LD_PRELOAD", library);
            command.env("AFTERCARE_FLUSH_MS", ms.to_string());
        }
        command.cwd(desk.path());
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        Session {
            number,
            master: pair.master,
            child,
            screen: vt100::Parser::new(SIZE.rows, SIZE.cols, 0),
            bytes: 0,
            leaving: None,
        }
    }

    /// Opens its case by the serial number and goes to the field it will type in.
    pub fn opens_its_case(&mut self, _: &Desk) {
        self.until("the board", |screen| screen.contents().contains("F6"));
        for letter in serial(self.number).bytes() {
            self.send(&[letter]);
            self.reads(Duration::from_millis(40));
        }
        self.reads(Duration::from_millis(200));
        self.send(b"\r");
        self.until("the call", |screen| screen.contents().contains("Caller"));
        if self.number % 2 == 1 {
            for _ in 0..3 {
                self.send(TAB);
                self.reads(Duration::from_millis(60));
            }
        }
    }

    /// The next key.
    pub fn press(&mut self, typist: &mut Typist, figures: &mut Figures) {
        figures.keys += 1;
        match typist.next() {
            Press::Key(bytes) => self.send(bytes),
            Press::Letter(letter) => self.send(letter.encode_utf8(&mut [0; 4]).as_bytes()),
            Press::Leave(bytes, value) => {
                let now = Instant::now();
                let (row, _) = self.screen.screen().cursor_position();
                self.leaving = Some((now, row));
                figures.unsaved.insert(value.clone(), now);
                figures.left.push((self.number, value));
                self.send(bytes);
            }
        }
    }

    /// Types the present value to its end and leaves the field.
    pub fn leaves(&mut self, typist: &mut Typist, figures: &mut Figures) {
        while !typist.rest.is_empty() {
            self.press(typist, figures);
            self.reads(Duration::from_millis(5));
        }
    }

    pub fn forget_output(&mut self) {
        while self.read() {}
        self.bytes = 0;
    }

    /// CPU time of its threads so far, in the program and in the kernel.
    pub fn cpu(&self) -> Duration {
        let id = self.child.process_id().unwrap_or_default();
        let tasks = std::fs::read_dir(format!("/proc/{id}/task"));
        let spent = tasks.into_iter().flatten().filter_map(|task| {
            let line = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
            line.split(' ').next()?.parse::<u64>().ok()
        });
        Duration::from_nanos(spent.sum())
    }

    /// The most memory it ever had, and its share of what is shared now; in KiB.
    pub fn memory(&self) -> Option<(u64, u64)> {
        let field = |file: &str, name: &str| -> Option<u64> {
            let text = self.proc(file)?;
            let line = text.lines().find(|line| line.starts_with(name))?;
            line.split_whitespace().nth(1)?.parse().ok()
        };
        Some((field("status", "VmHWM:")?, field("smaps_rollup", "Pss:")?))
    }

    fn proc(&self, file: &str) -> Option<String> {
        let id = self.child.process_id()?;
        std::fs::read_to_string(format!("/proc/{id}/{file}")).ok()
    }

    pub fn end(&mut self) {
        self.send(b"\x11");
        let patience = Instant::now() + PATIENCE;
        while self.child.try_wait().is_ok_and(|status| status.is_none()) {
            self.reads(Duration::from_millis(20));
            if Instant::now() > patience {
                let _ = self.child.kill();
            }
        }
    }

    fn until(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let patience = Instant::now() + PATIENCE;
        while !wanted(self.screen.screen()) {
            self.reads(Duration::from_millis(10));
            assert!(
                Instant::now() < patience,
                "session {} never showed {what}:\n{}",
                self.number,
                self.screen.screen().contents()
            );
        }
    }

    fn reads(&mut self, wait: Duration) {
        let end = Instant::now() + wait;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let ready = is_ready(&[self.fd()], left);
            if !ready.first().copied().unwrap_or(false) || !self.read() {
                return;
            }
        }
    }

    fn send(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            match rustix::io::write(self.fd(), bytes) {
                Ok(count) => bytes = &bytes[count..],
                Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
                Err(_) => return, // it has ended: what it lost is counted afterwards
            }
        }
    }

    /// Reads what is there; whether anything was.
    fn read(&mut self) -> bool {
        if !is_ready(&[self.fd()], Duration::ZERO)[0] {
            return false;
        }
        let mut buffer = [0; 16384];
        match rustix::io::read(self.fd(), &mut buffer) {
            Ok(count @ 1..) => {
                self.bytes += count;
                self.screen.process(&buffer[..count]);
                true
            }
            _ => false,
        }
    }

    fn fd(&self) -> BorrowedFd<'_> {
        let raw = self.master.as_raw_fd().expect("a descriptor");
        // SAFETY: the descriptor stays open as long as `master`, which is borrowed with it.
        unsafe { BorrowedFd::borrow_raw(raw) }
    }
}

/// Reads whatever is there of all of them, waiting for the first no longer than `wait`.
pub fn read_all(sessions: &mut [Session], wait: Duration, figures: &mut Figures) {
    let fds: Vec<BorrowedFd<'_>> = sessions.iter().map(Session::fd).collect();
    let ready = is_ready(&fds, wait);
    drop(fds);
    for (session, ready) in sessions.iter_mut().zip(ready) {
        if ready {
            session.read();
            let (row, _) = session.screen.screen().cursor_position();
            if let Some((since, _)) = session.leaving.filter(|(_, before)| *before != row) {
                figures.caret.push(since.elapsed());
                session.leaving = None;
            }
        }
    }
}

/// Which of them have something to read.
fn is_ready(fds: &[BorrowedFd<'_>], wait: Duration) -> Vec<bool> {
    let mut polled: Vec<PollFd<'_>> = fds
        .iter()
        .map(|fd| PollFd::from_borrowed_fd(*fd, PollFlags::IN))
        .collect();
    let wait = Timespec::try_from(wait).expect("a short time");
    match poll(&mut polled, Some(&wait)) {
        Ok(_) => polled.iter().map(|fd| !fd.revents().is_empty()).collect(),
        Err(_) => vec![false; fds.len()],
    }
}
