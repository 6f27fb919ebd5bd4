//! Bytes to the terminal without ever blocking the loop.
//!
//! A line that stalls (a sleeping laptop, a phone operator's network, Ctrl-S in a multiplexer) fills
//! the kernel's buffer, and a plain write would then hold up the saving of what is half typed. So
//! the controlling terminal is opened once more for writing, not blocking; what it does not take
//! waits here, and no further frame is drawn meanwhile.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::Errno;
use rustix::process::getsid;
use rustix::stdio::stdout;
use rustix::termios::tcgetsid;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::{Duration, Instant};

/// The terminal to write to, and what it has not taken yet.
pub struct Output {
    /// Our own, not blocking; `None` where only standard output can be written to.
    own: Option<OwnedFd>,
    waiting: Vec<u8>,
}

impl Output {
    /// The terminal behind standard output.
    pub fn open() -> Output {
        // `/dev/tty` opens even where the device itself belongs to another user (after `su`).
        let controlling = matches!((tcgetsid(stdout()), getsid(None)), (Ok(a), Ok(b)) if a == b);
        let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let own = controlling.then(|| open("/dev/tty", flags, Mode::empty()).ok());
        Output {
            own: own.flatten(),
            waiting: Vec::new(),
        }
    }

    /// Adds bytes behind those that wait.
    pub fn put(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
    }

    /// Whether everything has been taken.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Writes as much as the terminal takes now.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn push(&mut self) -> io::Result<()> {
        let mut written = 0;
        let result = loop {
            let rest = self.waiting.get(written..).unwrap_or_default();
            if rest.is_empty() {
                break Ok(());
            }
            match rustix::io::write(self.fd(), rest) {
                Ok(n) => written += n,
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => break Ok(()),
                Err(e) => break Err(e.into()),
            }
        };
        self.waiting.drain(..written);
        result
    }

    /// Writes everything, waiting for the terminal so long at most.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn push_within(&mut self, at_most: Duration) -> io::Result<()> {
        let end = Instant::now() + at_most;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if self.is_empty() || left.is_zero() {
                return Ok(());
            }
            let wait = Timespec::try_from(left).ok();
            let mut fds = [PollFd::from_borrowed_fd(self.fd(), PollFlags::OUT)];
            if matches!(poll(&mut fds, wait.as_ref()), Ok(1..)) {
                self.push()?;
            }
        }
    }

    fn fd(&self) -> BorrowedFd<'_> {
        match &self.own {
            Some(own) => own.as_fd(),
            None => stdout(),
        }
    }
}
