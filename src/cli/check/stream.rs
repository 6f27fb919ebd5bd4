//! The bytes of a stream on their way to the reader of JSON: a byte order mark is left away, and what
//! is not UTF-8 ends it and is named. Nothing is held back, so that an object that has come whole is
//! answered at once. Each read is looked at whole: put a buffer behind it.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use crate::desk::encoding::{self, Foreign, MARK};

/// So many bytes before a fault, at the most, are looked at to tell what they are written in.
const LOOKED_AT: usize = 4096;

/// A stream of UTF-8.
pub(super) struct Utf8<R> {
    input: R,
    /// Whether the beginning was passed on.
    is_begun: bool,
    /// The latest bytes, whose end may be half of a character.
    tail: Vec<u8>,
    /// Bytes that were read to see whether a mark is there, and are still to be passed on.
    first: Vec<u8>,
    met: Rc<Cell<Option<Foreign>>>,
}

impl<R: Read> Utf8<R> {
    /// The stream, and where is said what it is written in as soon as that is not UTF-8.
    pub fn new(input: R) -> (Utf8<R>, Rc<Cell<Option<Foreign>>>) {
        let met = Rc::new(Cell::new(None));
        let stream = Utf8 {
            input,
            is_begun: false,
            tail: Vec::new(),
            first: Vec::new(),
            met: Rc::clone(&met),
        };
        (stream, met)
    }

    /// Reads until it is plain whether a mark is there.
    fn begin(&mut self) -> io::Result<()> {
        let mut byte = [0];
        while self.first.len() < MARK.len() && MARK.starts_with(&self.first) {
            match self.input.read(&mut byte) {
                Ok(0) => break,
                Ok(_) => self.first.extend(byte),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        if self.first == MARK {
            self.first.clear();
        }
        self.is_begun = true;
        Ok(())
    }

    /// Looks at what is passed on.
    fn look(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.tail.extend_from_slice(bytes);
        let foreign = match std::str::from_utf8(&self.tail) {
            // JSON has no zeros.
            Ok(_) => self.tail.contains(&0).then(|| encoding::of(&self.tail)),
            Err(error) if error.error_len().is_none() => None,
            Err(_) => Some(encoding::of(&self.tail)),
        };
        if let Some(foreign) = foreign.filter(|it| *it != Foreign::Unknown || !self.is_utf_8()) {
            self.met.set(Some(foreign));
            return Err(io::ErrorKind::InvalidData.into());
        }
        // Cut between characters, so that what stays is a text of its own.
        let surplus = self.tail.len().saturating_sub(LOOKED_AT);
        let starts = |at: &usize| self.tail.get(*at).is_none_or(|byte| byte & 0xC0 != 0x80);
        let cut = (surplus..=self.tail.len()).find(starts).unwrap_or(surplus);
        self.tail.drain(..cut);
        Ok(())
    }

    fn is_utf_8(&self) -> bool {
        std::str::from_utf8(&self.tail).is_ok()
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.is_begun {
            self.begin()?;
        }
        let first = self.first.len().min(buffer.len());
        let rest = self.first.split_off(first);
        let first = std::mem::replace(&mut self.first, rest);
        let (front, behind) = buffer.split_at_mut(first.len());
        front.copy_from_slice(&first);
        // One byte alone says nothing of its encoding, and no object is so short: more is there.
        let count = first.len() + self.input.read(behind)?;
        self.look(buffer.get(..count).unwrap_or_default())?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::GB18030;

    /// A stream that gives so many bytes at a time.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            let (now, later) = self.0.split_at(count);
            buffer[..count].copy_from_slice(now);
            self.0 = later;
            Ok(count)
        }
    }

    /// The text, or what it is said to be written in.
    type Expected = Result<&'static str, Option<Foreign>>;

    fn read(bytes: &[u8], at_a_time: usize) -> Result<String, Option<Foreign>> {
        let (mut stream, met) = Utf8::new(Drops(bytes, at_a_time));
        let mut text = String::new();
        match stream.read_to_string(&mut text) {
            Ok(_) => Ok(text),
            Err(_) => Err(met.get()),
        }
    }

    #[test]
    fn however_it_comes_a_mark_is_left_away_and_what_is_not_utf_8_is_named() {
        let utf_16: Vec<u8> = "{\"as_of\":\"2025-01-01\"}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let gb = GB18030
            .encode("{\"fault\":\"开机后没有输出，指示灯不亮\"}")
            .0
            .into_owned();
        let long = format!("{{\"fault\":\"{}\"}}", "没有输出".repeat(5_000));
        let long: &'static str = long.leak();
        let table: [(&[u8], Expected); 9] = [
            (b"", Ok("")),
            (b"{}", Ok("{}")),
            (b"\xef\xbb\xbf{}", Ok("{}")),
            (b"\xef\xbb", Err(None)),
            ("王{}".as_bytes(), Ok("王{}")),
            (long.as_bytes(), Ok(long)),
            (&utf_16, Err(Some(Foreign::Utf16))),
            (&gb, Err(Some(Foreign::Gb18030))),
            (b"{\"a\":\"caf\xe9 cr\xe8me\"}", Err(Some(Foreign::Unknown))),
        ];
        for (bytes, expected) in table {
            for at_a_time in [64, 4096, 1 << 20] {
                let found = read(bytes, at_a_time);
                let found = found.as_deref().map_err(|met| *met);
                assert_eq!(found, expected, "{bytes:?} {at_a_time}");
            }
            // What is not UTF-8 can be named only where enough of it has come.
            for at_a_time in [1, 3, 7] {
                let found = read(bytes, at_a_time).map_err(|_| ());
                assert_eq!(found.as_deref(), expected.map_err(|_| &()));
            }
        }
    }
}
