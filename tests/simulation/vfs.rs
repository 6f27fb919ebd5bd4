//! SQLite's way to the disk of [`super::disk`]: a VFS around the usual one, for tests only.
//!
//! Every call goes on to the usual VFS, except that writes, cuts, flushes and deletions are put down
//! with the disk first, or refused when it has died or is full. The log's index (`-shm`) is shared
//! memory and goes by the usual methods; it does not outlive a loss of power.
//!
//! # Safety
//! This is the only unsafe code of the tests of the desk. SQLite promises to every function here what
//! its documentation of `sqlite3_vfs` and `sqlite3_io_methods` says: pointers are valid for the call, a
//! file is used by one thread at a time (connections are opened with `NO_MUTEX` and stay on their
//! thread), and a file it was given stands in `szOsFile` bytes of SQLite's own memory until `xClose`.

use super::disk::{Disk, Refused, disk};
use rusqlite::ffi;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// What SQLite holds for an open file. Behind it, in the same piece of memory, stands the file of the
/// usual VFS.
#[repr(C)]
struct File {
    base: ffi::sqlite3_file,
    /// Its path; null for files that are not put down with the disk. Made by `Box::into_raw`.
    path: *mut PathBuf,
}

/// The usual VFS, and ours around it; both stay for good.
struct Both {
    inner: *mut ffi::sqlite3_vfs,
}
// SAFETY: the pointer is written once and what it points to is never changed.
unsafe impl Send for Both {}
// SAFETY: as above.
unsafe impl Sync for Both {}

static BOTH: OnceLock<Both> = OnceLock::new();

/// Puts the disk under every file that this process opens from here on.
pub fn install() {
    BOTH.get_or_init(|| {
        // SAFETY: SQLite initialises itself on the first call; the default VFS lives for good, and so
        // does ours, since it is leaked.
        unsafe {
            let inner = ffi::sqlite3_vfs_find(std::ptr::null());
            assert!(!inner.is_null(), "SQLite has no way to the disk");
            let mut own = *inner;
            let size = size_of::<File>() as c_int;
            assert_eq!(size % 8, 0, "the file behind ours would not be aligned");
            own.szOsFile = size + (*inner).szOsFile;
            own.pNext = std::ptr::null_mut();
            own.zName = c"simulated".as_ptr();
            own.xOpen = Some(open);
            own.xDelete = Some(delete);
            own.xSleep = Some(sleep);
            let own: &'static mut ffi::sqlite3_vfs = Box::leak(Box::new(own));
            assert_eq!(ffi::sqlite3_vfs_register(own, 1), ffi::SQLITE_OK);
            Both { inner }
        }
    });
}

fn usual() -> *mut ffi::sqlite3_vfs {
    BOTH.get().expect("installed").inner
}

/// The file of the usual VFS behind ours.
unsafe fn behind(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: `szOsFile` made room for it behind `File`.
    unsafe { file.cast::<File>().add(1).cast() }
}

/// The methods of the file behind ours.
unsafe fn methods(file: *mut ffi::sqlite3_file) -> &'static ffi::sqlite3_io_methods {
    // SAFETY: an open file has methods, and they are constants.
    unsafe { &*(*behind(file)).pMethods }
}

/// The path of a file that is put down with the disk.
unsafe fn path_of<'a>(file: *mut ffi::sqlite3_file) -> Option<&'a Path> {
    // SAFETY: null, or a box that lives until `xClose`.
    unsafe { (*file.cast::<File>()).path.as_ref().map(PathBuf::as_path) }
}

unsafe fn path_from(name: *const c_char) -> PathBuf {
    // SAFETY: SQLite gives a string that ends in zero.
    let name = unsafe { CStr::from_ptr(name) };
    PathBuf::from(std::ffi::OsStr::from_bytes(name.to_bytes()))
}

/// Asks the disk; what SQLite is told when it refuses.
fn asked(
    file: Option<&Path>,
    error: c_int,
    may: fn(&mut Disk) -> Result<(), Refused>,
) -> Option<c_int> {
    file?;
    match disk(may) {
        Ok(()) => None,
        Err(Refused::Dead) => Some(error),
        Err(Refused::Full) => Some(ffi::SQLITE_FULL),
    }
}

const KEPT: c_int = ffi::SQLITE_OPEN_MAIN_DB | ffi::SQLITE_OPEN_WAL | ffi::SQLITE_OPEN_MAIN_JOURNAL;

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: see the head of this file. Without methods SQLite does not close what was not opened.
    unsafe {
        (*file).pMethods = std::ptr::null();
        (*file.cast::<File>()).path = std::ptr::null_mut();
        let path = (!name.is_null() && flags & KEPT != 0).then(|| path_from(name));
        // Read before it is opened: opening and closing it later would drop SQLite's locks.
        let held = path
            .as_ref()
            .filter(|path| !disk(|disk| disk.knows(path)))
            .and_then(|path| std::fs::read(path).ok());
        let Some(open) = (*usual()).xOpen else {
            return ffi::SQLITE_CANTOPEN;
        };
        let status = open(usual(), name, behind(file), flags, out);
        if status != ffi::SQLITE_OK {
            return status;
        }
        if let Some(path) = path {
            disk(|disk| disk.opened(&path, held));
            (*file.cast::<File>()).path = Box::into_raw(Box::new(path));
        }
        (*file).pMethods = &METHODS;
        status
    }
}

unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    // SAFETY: see the head of this file.
    unsafe {
        let path = path_from(name);
        if let Some(refused) = asked(Some(&path), ffi::SQLITE_IOERR_DELETE, Disk::may_act) {
            return refused;
        }
        let Some(delete) = (*usual()).xDelete else {
            return ffi::SQLITE_IOERR_DELETE;
        };
        let status = delete(usual(), name, sync);
        if status == ffi::SQLITE_OK {
            disk(|disk| disk.deleted(&path, sync != 0));
        }
        status
    }
}

/// Nobody waits in a simulation: who is in the way is on the same thread.
unsafe extern "C" fn sleep(_: *mut ffi::sqlite3_vfs, micros: c_int) -> c_int {
    micros
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2, // without mapping the file into memory, which would go round the disk
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: see the head of this file; the path is taken back once.
    unsafe {
        let status = methods(file)
            .xClose
            .map_or(ffi::SQLITE_OK, |close| close(behind(file)));
        let path = std::mem::replace(&mut (*file.cast::<File>()).path, std::ptr::null_mut());
        if !path.is_null() {
            drop(Box::from_raw(path));
        }
        (*file).pMethods = std::ptr::null();
        status
    }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    bytes: *const c_void,
    count: c_int,
    at: ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: see the head of this file; `bytes` are `count` bytes.
    unsafe {
        let path = path_of(file);
        if let Some(refused) = asked(path, ffi::SQLITE_IOERR_WRITE, Disk::may_write) {
            return refused;
        }
        let status = methods(file).xWrite.map_or(ffi::SQLITE_IOERR, |write| {
            write(behind(file), bytes, count, at)
        });
        if let (ffi::SQLITE_OK, Some(path)) = (status, path) {
            let bytes = std::slice::from_raw_parts(bytes.cast::<u8>(), count as usize);
            disk(|disk| disk.wrote(path, at as usize, bytes));
        }
        status
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: ffi::sqlite3_int64) -> c_int {
    // SAFETY: see the head of this file.
    unsafe {
        let path = path_of(file);
        if let Some(refused) = asked(path, ffi::SQLITE_IOERR_TRUNCATE, Disk::may_act) {
            return refused;
        }
        let status = methods(file)
            .xTruncate
            .map_or(ffi::SQLITE_IOERR, |cut| cut(behind(file), length));
        if let (ffi::SQLITE_OK, Some(path)) = (status, path) {
            disk(|disk| disk.cut(path, length as usize));
        }
        status
    }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: see the head of this file. The real disk is flushed only for files that are not kept
    // here: what counts is what the simulated one has got.
    unsafe {
        let Some(path) = path_of(file) else {
            return methods(file)
                .xSync
                .map_or(ffi::SQLITE_IOERR, |sync| sync(behind(file), flags));
        };
        if let Some(refused) = asked(Some(path), ffi::SQLITE_IOERR_FSYNC, Disk::may_act) {
            return refused;
        }
        disk(|disk| disk.flushed(path));
        ffi::SQLITE_OK
    }
}

/// `PRAGMA` in upper or lower case comes by here with its name and its value.
unsafe extern "C" fn file_control(
    file: *mut ffi::sqlite3_file,
    what: c_int,
    argument: *mut c_void,
) -> c_int {
    // SAFETY: for a pragma the argument is an array of four strings, of which the second is the name
    // and the third the value, or null; the value is SQLite's own memory and is read after this call,
    // so that a shorter word can be written over it.
    unsafe {
        if what == ffi::SQLITE_FCNTL_PRAGMA && disk(|disk| disk.is_careless) {
            let words = argument.cast::<*mut c_char>();
            let (name, value) = (*words.add(1), *words.add(2));
            if !value.is_null()
                && CStr::from_ptr(name)
                    .to_bytes()
                    .eq_ignore_ascii_case(b"synchronous")
                && CStr::from_ptr(value)
                    .to_bytes()
                    .eq_ignore_ascii_case(b"full")
            {
                std::ptr::copy_nonoverlapping(c"OFF".as_ptr(), value, 4);
            }
        }
        methods(file)
            .xFileControl
            .map_or(ffi::SQLITE_NOTFOUND, |control| {
                control(behind(file), what, argument)
            })
    }
}

/// Functions that only go on to the file behind ours.
macro_rules! goes_on {
    ($($name:ident $method:ident ($($argument:ident: $kind:ty),*) -> $result:ty, $missing:expr;)*) => {
        $(unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file, $($argument: $kind),*) -> $result {
            // SAFETY: see the head of this file.
            unsafe {
                match methods(file).$method {
                    Some(method) => method(behind(file), $($argument),*),
                    None => $missing,
                }
            }
        })*
    };
}

goes_on! {
    read xRead(into: *mut c_void, count: c_int, at: ffi::sqlite3_int64) -> c_int, ffi::SQLITE_IOERR;
    file_size xFileSize(size: *mut ffi::sqlite3_int64) -> c_int, ffi::SQLITE_IOERR;
    lock xLock(kind: c_int) -> c_int, ffi::SQLITE_IOERR;
    unlock xUnlock(kind: c_int) -> c_int, ffi::SQLITE_IOERR;
    check_reserved_lock xCheckReservedLock(is: *mut c_int) -> c_int, ffi::SQLITE_IOERR;
    sector_size xSectorSize() -> c_int, 512;
    device_characteristics xDeviceCharacteristics() -> c_int, 0;
    shm_map xShmMap(page: c_int, size: c_int, extend: c_int, out: *mut *mut c_void) -> c_int, ffi::SQLITE_IOERR;
    shm_lock xShmLock(from: c_int, count: c_int, flags: c_int) -> c_int, ffi::SQLITE_IOERR;
    shm_barrier xShmBarrier() -> (), ();
    shm_unmap xShmUnmap(delete: c_int) -> c_int, ffi::SQLITE_IOERR;
}
