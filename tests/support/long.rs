//! The longer runs, which CI asks for.

/// Whether they are asked for (`AFTERCARE_LONG=1`).
pub fn is_long() -> bool {
    std::env::var("AFTERCARE_LONG").is_ok_and(|value| !matches!(&*value, "" | "0"))
}
