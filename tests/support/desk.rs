//! A program in a pseudo-terminal, with the screen a person would see and the keys they would press.

use super::home::Home;
use super::keys::{self, Key};
use aftercare::ui::ambiguous::is_ambiguous;
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fd::BorrowedFd;
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long a condition may take before the test fails: long, since the machine may be busy.
pub const PATIENCE: Duration = Duration::from_secs(15);
/// A key is answered by a drawing within this, on a busy machine, too; a few keys change nothing.
const ANSWER: Duration = Duration::from_millis(1000);
/// Output is over when nothing came for so long.
const QUIET: Duration = Duration::from_millis(60);

/// What to start, and where.
pub struct Program {
    path: PathBuf,
    args: Vec<String>,
    env: Vec<(String, String)>,
    cols: u16,
    rows: u16,
    controlled: bool,
    kind: Kind,
}

/// Which terminal it is started in.
#[derive(Default)]
struct Kind {
    /// Characters of ambiguous width take two columns.
    is_wide: bool,
    /// It answers nothing.
    is_mute: bool,
    /// The colour it writes on, as OSC 11 tells it; none where it does not tell.
    background: Option<String>,
}

impl Program {
    /// The real `aftercare` with these arguments, at 80x24.
    pub fn aftercare(args: &[&str]) -> Program {
        Program::at(PathBuf::from(env!("CARGO_BIN_EXE_aftercare")), args)
    }

    /// Any program, at 80x24.
    pub fn at(path: PathBuf, args: &[&str]) -> Program {
        Program {
            path,
            args: args.iter().map(|a| (*a).to_owned()).collect(),
            env: Vec::new(),
            cols: 80,
            rows: 24,
            controlled: true,
            kind: Kind::default(),
        }
    }

    /// Another size of the terminal.
    pub fn size(mut self, cols: u16, rows: u16) -> Program {
        (self.cols, self.rows) = (cols, rows);
        self
    }

    /// One more variable of the environment, over what [`Home::environment`] sets.
    pub fn env(mut self, name: &str, value: &str) -> Program {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// In a terminal that draws characters of ambiguous width over two columns.
    pub fn wide(mut self) -> Program {
        self.kind.is_wide = true;
        self
    }

    /// In a terminal that answers nothing it is asked.
    pub fn mute(mut self) -> Program {
        self.kind.is_mute = true;
        self
    }

    /// In a terminal that tells what it writes on, as `rgb:ffff/ffff/ffff`.
    pub fn background(mut self, colour: &str) -> Program {
        self.kind.background = Some(colour.to_owned());
        self
    }

    /// Without a controlling terminal: it gets no signals from it.
    pub fn uncontrolled(mut self) -> Program {
        self.controlled = false;
        self
    }

    /// Starts it in this home and waits until it has taken the screen over, or has ended.
    pub fn start(self, home: &Home) -> Desk {
        let mut desk = self.spawn(home);
        let taken = desk.wait_quietly(PATIENCE, |d| {
            d.screen().alternate_screen() || d.exit_status().is_some()
        });
        assert!(taken, "the program neither drew nor ended{}", desk.shown());
        desk
    }

    /// Starts it in this home without waiting for anything.
    pub fn spawn(self, home: &Home) -> Desk {
        let (rows, cols) = (self.rows, self.cols);
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system()
            .openpty(size)
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(&self.path);
        command.args(&self.args);
        command.env_clear();
        for (name, value) in home.environment().iter().chain(&self.env) {
            command.env(name, value);
        }
        command.cwd(home.path());
        command.set_controlling_tty(self.controlled);
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        let answers = Answers {
            is_mute: self.kind.is_mute,
            background: self.kind.background,
            ..Answers::default()
        };
        let desk = Desk {
            is_wide: self.kind.is_wide,
            half: Vec::new(),
            master: Some(pair.master),
            child,
            status: None,
            terminal: vt100::Parser::new_with_callbacks(rows, cols, 0, answers),
            bytes: 0,
            written: Vec::new(),
            keys: 0,
            last_output: Instant::now(),
            closed: false,
        };
        let fd = desk.fd().expect("a master side");
        let flags = rustix::fs::fcntl_getfl(fd).expect("its flags");
        rustix::fs::fcntl_setfl(fd, flags | rustix::fs::OFlags::NONBLOCK).expect("not blocking");
        desk
    }
}

/// A running program, its terminal, and what was counted.
pub struct Desk {
    master: Option<Box<dyn MasterPty + Send>>,
    child: Box<dyn Child + Send + Sync>,
    status: Option<ExitStatus>,
    terminal: vt100::Parser<Answers>,
    /// Whether characters of ambiguous width take two columns from now on.
    is_wide: bool,
    /// The beginning of a character whose rest has not come, on such a terminal.
    half: Vec<u8>,
    bytes: usize,
    /// Everything it wrote.
    written: Vec<u8>,
    keys: usize,
    last_output: Instant,
    closed: bool,
}

impl Desk {
    /// The real `aftercare` in a home, at a size, with more environment, once it has drawn or ended.
    pub fn start(home: &Home, args: &[&str], cols: u16, rows: u16, env: &[(&str, &str)]) -> Desk {
        let program = Program::aftercare(args).size(cols, rows);
        let program = env
            .iter()
            .fold(program, |p, (name, value)| p.env(name, value));
        program.start(home)
    }

    // --- what is typed

    /// Types a script of keys (see [`keys`]) and counts them; returns how many.
    pub fn keys(&mut self, script: &str) -> usize {
        let keys = keys::parse(script);
        let mut run = 0;
        for key in &keys {
            if key.is_enter() && run > 4 {
                self.after_typing();
            }
            run = if key.is_character() { run + 1 } else { 0 };
            self.press(key);
        }
        keys.len()
    }

    /// One key.
    pub fn press(&mut self, key: &Key) {
        self.keys += 1;
        if key.is_escape() {
            self.escape(key);
        } else {
            self.send(&key.bytes);
        }
    }

    /// A lone Escape, which is told from the beginning of another key by the pause after it. On a busy
    /// machine the program may read it late: what it draws shows that it was taken, so that nothing may
    /// still be drawn before.
    fn escape(&mut self, key: &Key) {
        self.settle();
        let before = self.bytes;
        self.send(&key.bytes);
        self.wait_quietly(ANSWER, |d| d.closed || d.bytes > before);
        self.settle();
    }

    /// A barcode: its text and Enter at once, one key.
    pub fn scan(&mut self, code: &str) {
        self.press(&keys::scan(code));
    }

    /// A bracketed paste of any text, one key.
    pub fn paste(&mut self, text: &str) {
        self.press(&keys::paste(text));
    }

    /// Raw bytes as they are, not counted as keys.
    pub fn send(&mut self, mut bytes: &[u8]) {
        let give_up = Instant::now() + PATIENCE;
        while !bytes.is_empty() {
            let Some(fd) = self.fd() else { return };
            match rustix::io::write(fd, bytes) {
                Ok(n) => bytes = &bytes[n..],
                Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR) => {
                    assert!(
                        Instant::now() < give_up,
                        "the program does not read{}",
                        self.shown()
                    );
                    self.pump(Duration::from_millis(2));
                }
                Err(_) => return, // gone: what comes next will see it
            }
        }
    }

    /// Raw bytes, without reading what the program writes meanwhile.
    pub fn send_blindly(&mut self, bytes: &[u8]) {
        let fd = self.fd().expect("a terminal");
        let written = rustix::io::write(fd, bytes).expect("room for a few bytes");
        assert_eq!(written, bytes.len());
    }

    /// The keys pressed since the last call.
    pub fn counted_keys(&mut self) -> usize {
        std::mem::take(&mut self.keys)
    }

    /// The bytes the program wrote since the last call.
    pub fn counted_bytes(&mut self) -> usize {
        std::mem::take(&mut self.bytes)
    }

    /// Everything the program has written, byte for byte.
    pub fn written(&self) -> &[u8] {
        &self.written
    }

    /// Types one script of keys, waits until the output has come to rest, and returns its bytes.
    pub fn bytes_for(&mut self, script: &str) -> usize {
        self.settle();
        self.counted_bytes();
        self.keys(script);
        self.wait_quietly(PATIENCE, |d| d.bytes > 0);
        self.settle();
        self.counted_bytes()
    }

    /// Waits until nothing more is written, and nothing is being worked on that would be: on a busy
    /// machine a program may wait long for its turn.
    pub fn settle(&mut self) {
        self.last_output = Instant::now();
        let rested = self.wait_quietly(PATIENCE, |d| {
            // Looked at first: this test may be the one that has to wait for its turn.
            let is_quiet = d.last_output.elapsed() > QUIET;
            if d.has_work() {
                d.last_output = Instant::now();
                return d.closed;
            }
            d.closed || is_quiet
        });
        assert!(rested, "the output never comes to rest{}", self.shown());
    }

    /// Whether a thread of the program runs, waits for its turn, or for a disk; never where the system
    /// does not tell.
    fn has_work(&self) -> bool {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.pid().as_raw_nonzero()));
        let stats = threads.into_iter().flatten().flatten();
        let stats = stats.filter_map(|it| std::fs::read_to_string(it.path().join("stat")).ok());
        let state = |stat: String| {
            let (_, rest) = stat.rsplit_once(')')?;
            rest.trim_start().chars().next()
        };
        stats
            .filter_map(state)
            .any(|state| matches!(state, 'R' | 'D'))
    }

    // --- what is seen

    /// The screen as it is now, without reading more output.
    pub fn screen(&self) -> &vt100::Screen {
        self.terminal.screen()
    }

    /// The text of the screen, line by line, without trailing blanks.
    pub fn text(&self) -> String {
        let text = as_meant(&self.screen().contents());
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        lines.join("\n").trim_end().to_string()
    }

    /// Where the caret stands: column and row from zero; `None` while it is hidden.
    pub fn caret(&self) -> Option<(u16, u16)> {
        let (row, col) = self.screen().cursor_position();
        (!self.screen().hide_cursor()).then_some((col, row))
    }

    /// Waits until the screen shows a text.
    pub fn wait_for(&mut self, text: &str) {
        self.wait_until(&format!("the screen to show “{text}”"), |s| {
            as_meant(&s.contents()).contains(text)
        });
    }

    /// Waits until the screen no longer shows a text.
    pub fn wait_gone(&mut self, text: &str) {
        self.wait_until(&format!("“{text}” to go"), |s| {
            !as_meant(&s.contents()).contains(text)
        });
    }

    /// Waits until what is half typed is kept beside the desk.
    pub fn wait_for_draft(&mut self, home: &Home, text: &str) {
        let kept = self.wait_quietly(PATIENCE, |_| home.keeps_draft(text));
        assert!(kept, "no draft has {text}{}", self.shown());
    }

    /// Waits until the screen is as wanted; `what` completes "waited for …".
    pub fn wait_until(&mut self, what: &str, mut wanted: impl FnMut(&vt100::Screen) -> bool) {
        let seen = self.wait_quietly(PATIENCE, |d| wanted(d.screen()));
        assert!(seen, "waited for {what}{}", self.shown());
    }

    /// Waits until something is so, reading output meanwhile; whether it came to be so in time.
    pub fn wait_quietly(
        &mut self,
        at_most: Duration,
        mut so: impl FnMut(&mut Desk) -> bool,
    ) -> bool {
        let end = Instant::now() + at_most;
        loop {
            if so(self) {
                return true;
            }
            if Instant::now() >= end {
                return false;
            }
            self.pump(Duration::from_millis(5));
        }
    }

    // --- what is done to it

    /// Another size of the terminal.
    pub fn resize(&mut self, cols: u16, rows: u16) {
        self.terminal.screen_mut().set_size(rows, cols);
        if let Some(master) = &self.master {
            let size = PtySize {
                rows,
                cols,
                pixel_width: 0,
                pixel_height: 0,
            };
            master.resize(size).expect("another size");
        }
    }

    /// From now on characters of ambiguous width take two columns.
    pub fn become_wide(&mut self) {
        self.is_wide = true;
    }

    /// SIGKILL, and waits until it is gone.
    pub fn kill(&mut self) {
        self.signal(Signal::KILL);
        assert!(
            self.exited_within(PATIENCE).is_some(),
            "a killed process stays"
        );
    }

    /// Something else writes to the screen.
    pub fn scribble(&mut self, bytes: &[u8]) {
        while self.pump(Duration::ZERO) {}
        self.terminal.process(bytes);
    }

    /// Something else sets the terminal back to lines and echo.
    pub fn cooked(&mut self) {
        let fd = self.fd().expect("a terminal");
        let mut modes = tcgetattr(fd).expect("its modes");
        modes.local_modes |= LocalModes::ECHO | LocalModes::ICANON;
        tcsetattr(fd, OptionalActions::Now, &modes).expect("other modes");
    }

    /// Any signal.
    pub fn signal(&mut self, signal: Signal) {
        if self.exit_status().is_none() {
            kill_process(self.pid(), signal).expect("a signal");
        }
    }

    /// Closes the terminal, as a lost line does.
    pub fn hang_up(&mut self) {
        self.master = None;
        self.closed = true;
    }

    /// Its exit status when it ends in time.
    pub fn exited_within(&mut self, at_most: Duration) -> Option<ExitStatus> {
        self.wait_quietly(at_most, |d| d.exit_status().is_some());
        while self.pump(Duration::ZERO) {}
        self.status.clone()
    }

    /// Its exit status if it has ended.
    pub fn exit_status(&mut self) -> Option<&ExitStatus> {
        if self.status.is_none() {
            self.status = self.child.try_wait().expect("the state of a child");
        }
        self.status.as_ref()
    }

    /// What it left undone in the terminal; empty when all is as before.
    pub fn leftovers(&self) -> Vec<&'static str> {
        let screen = self.screen();
        let mut left = Vec::new();
        let mut note = |is, what| {
            if is {
                left.push(what)
            }
        };
        note(screen.alternate_screen(), "alternate screen");
        note(screen.hide_cursor(), "hidden cursor");
        note(screen.bracketed_paste(), "bracketed paste");
        note(
            self.terminal.callbacks().synchronised,
            "synchronised output",
        );
        note(
            screen.fgcolor() != vt100::Color::Default || screen.bgcolor() != vt100::Color::Default,
            "colours",
        );
        note(
            screen.bold() || screen.inverse() || screen.underline(),
            "attributes",
        );
        if let Some(modes) = self.fd().and_then(|fd| tcgetattr(fd).ok()) {
            note(!modes.local_modes.contains(LocalModes::ECHO), "no echo");
            note(!modes.local_modes.contains(LocalModes::ICANON), "raw mode");
        }
        left
    }

    /// Time its threads have spent on the CPU; `None` where the system does not say.
    pub fn cpu(&mut self) -> Option<Duration> {
        let tasks =
            std::fs::read_dir(format!("/proc/{}/task", self.pid().as_raw_nonzero())).ok()?;
        let mut total = 0;
        for task in tasks {
            let line = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
            total += line.split(' ').next()?.parse::<u64>().ok()?;
        }
        Some(Duration::from_nanos(total))
    }

    /// Its process id.
    pub fn pid(&self) -> Pid {
        let id = self.child.process_id().expect("a process id");
        Pid::from_raw(id.cast_signed()).expect("a process id above zero")
    }

    // --- inside

    /// Reads what is there, waiting for it so long; whether anything came.
    fn pump(&mut self, wait: Duration) -> bool {
        let Some(fd) = self.fd().filter(|_| !self.closed) else {
            std::thread::sleep(wait); // no output to wait for: only the process itself
            return false;
        };
        let wait = Timespec::try_from(wait).expect("a short time");
        let mut fds = [PollFd::from_borrowed_fd(fd, PollFlags::IN)];
        if !matches!(poll(&mut fds, Some(&wait)), Ok(1..)) {
            return false;
        }
        let mut buffer = [0; 65536];
        match rustix::io::read(fd, &mut buffer) {
            Ok(n @ 1..) => {
                self.bytes += n;
                self.written.extend_from_slice(&buffer[..n]);
                self.last_output = Instant::now();
                match self.is_wide {
                    true => self.process_wide(&buffer[..n]),
                    false => self.terminal.process(&buffer[..n]),
                }
                let answers = std::mem::take(&mut self.terminal.callbacks_mut().out);
                if !answers.is_empty() {
                    self.send(&answers);
                }
                true
            }
            Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR) => false,
            Ok(_) | Err(_) => {
                self.closed = true; // the last holder of the other side is gone
                false
            }
        }
    }

    /// The emulator counts characters of ambiguous width as one column: it gets others in their place
    /// that take two.
    fn process_wide(&mut self, bytes: &[u8]) {
        let bytes = [std::mem::take(&mut self.half).as_slice(), bytes].concat();
        let whole = match std::str::from_utf8(&bytes) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let (text, half) = bytes.split_at(whole);
        let text = std::str::from_utf8(text).expect("checked");
        let wide = |c: char| match is_ambiguous(c) {
            true => char::from_u32(WIDE + u32::from(c)).expect("a character"),
            false => c,
        };
        let text: String = text.chars().map(wide).collect();
        self.terminal.process(text.as_bytes());
        self.half = half.to_vec();
        assert!(self.half.len() < 4, "no UTF-8: {:?}", self.half);
    }

    /// Lets the program read what was typed before Enter comes: several characters and Enter in one
    /// read are a scanner's, and people are slower than that.
    fn after_typing(&mut self) {
        let before = self.bytes;
        self.wait_quietly(ANSWER, |d| d.bytes > before);
        self.settle();
    }

    fn fd(&self) -> Option<BorrowedFd<'static>> {
        let raw = self.master.as_ref()?.as_raw_fd()?;
        // SAFETY: the descriptor stays open while `master` is held, and is not kept beyond a call.
        Some(unsafe { BorrowedFd::borrow_raw(raw) })
    }

    fn shown(&mut self) -> String {
        let ended = self.exit_status().map(|s| format!(" (it has ended: {s})"));
        format!(
            "{}; the screen is:\n{}\n",
            ended.unwrap_or_default(),
            self.text()
        )
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if self.status.is_none() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Two columns wide each, and without a meaning: each stands for the character that is so many fewer.
const WIDE: u32 = 0x3_8000;

/// A text of the screen with the characters that others stand for.
fn as_meant(text: &str) -> String {
    let meant = |c: char| {
        let number = u32::from(c).checked_sub(WIDE);
        number.and_then(char::from_u32).unwrap_or(c)
    };
    text.chars().map(meant).collect()
}

/// Answers to what a program may ask its terminal, as xterm gives them.
#[derive(Default)]
struct Answers {
    is_mute: bool,
    background: Option<String>,
    out: Vec<u8>,
    synchronised: bool,
}

impl vt100::Callbacks for Answers {
    fn unhandled_csi(
        &mut self,
        screen: &mut vt100::Screen,
        i1: Option<u8>,
        i2: Option<u8>,
        params: &[&[u16]],
        c: char,
    ) {
        let first = params.first().and_then(|p| p.first()).copied().unwrap_or(0);
        let answer = match (i1, i2, c, first) {
            (None, None, 'n', 5) => "\x1b[0n".to_owned(),
            (None, None, 'n', 6) => {
                let (row, col) = screen.cursor_position();
                format!("\x1b[{};{}R", row + 1, col + 1)
            }
            (None, None, 'c', _) => "\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c".to_owned(),
            (Some(b'>'), None, 'c', _) => "\x1b[>41;379;0c".to_owned(),
            (Some(b'>'), None, 'q', _) => "\x1bP>|XTerm(379)\x1b\\".to_owned(),
            (Some(b'?'), Some(b'$'), 'p', mode) => format!("\x1b[?{mode};0$y"),
            (Some(b'?'), None, 'h', 2026) => {
                self.synchronised = true;
                String::new()
            }
            (Some(b'?'), None, 'l', 2026) => {
                self.synchronised = false;
                String::new()
            }
            _ => String::new(),
        };
        if !self.is_mute {
            self.out.extend(answer.into_bytes());
        }
    }

    fn unhandled_osc(&mut self, _screen: &mut vt100::Screen, params: &[&[u8]]) {
        let background = self.background.as_ref().filter(|_| !self.is_mute);
        if let ([b"11", b"?"], Some(colour)) = (params, background) {
            let answer = format!("\x1b]11;{colour}\x1b\\");
            self.out.extend(answer.into_bytes());
        }
    }
}
