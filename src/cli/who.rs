//! Who sits here, as the system knows them.

use std::path::PathBuf;

/// The login name of whoever owns this process: from the system's list, else from the environment,
/// else the number of the user.
pub fn login_name() -> String {
    let id = rustix::process::getuid().as_raw();
    let listed = std::fs::read_to_string("/etc/passwd")
        .ok()
        .and_then(|list| name_of(&list, id).map(str::to_string));
    let named = || {
        ["LOGNAME", "USER"]
            .into_iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|name| !name.is_empty())
    };
    listed.or_else(named).unwrap_or_else(|| id.to_string())
}

/// The home folder of whoever owns this process, from the system's list: nothing in the environment
/// can say otherwise.
pub fn home() -> Option<PathBuf> {
    let id = rustix::process::getuid().as_raw();
    let list = std::fs::read_to_string("/etc/passwd").ok()?;
    home_of(&list, id).map(PathBuf::from)
}

/// The home folder of a user in such a list.
fn home_of(list: &str, id: u32) -> Option<&str> {
    list.lines().find_map(|line| {
        let parts: Vec<&str> = line.split(':').collect();
        let (number, home) = (parts.get(2)?, parts.get(5)?);
        (number.parse() == Ok(id) && home.starts_with('/')).then_some(*home)
    })
}

/// The name of a user in a list with lines like `li:x:1000:1000:...`.
fn name_of(list: &str, id: u32) -> Option<&str> {
    list.lines().find_map(|line| {
        let mut parts = line.split(':');
        let name = parts.next()?;
        (parts.nth(1)?.parse() == Ok(id) && !name.is_empty()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_stands_in_front_of_the_number() {
        let list = "root:x:0:0:root:/root:/bin/sh\nbad line\n:x:9:9::/:\nli:x:1000:1000::/home/li:/bin/sh\n";
        assert_eq!(name_of(list, 1000), Some("li"));
        assert_eq!(name_of(list, 0), Some("root"));
        assert_eq!(name_of(list, 9), None);
        assert_eq!(name_of(list, 7), None);
        assert_eq!(home_of(list, 1000), Some("/home/li"));
        assert_eq!(home_of(list, 7), None);
        assert_eq!(home_of("li:x:1:1:::\nwu:x:2:2", 1), None);
    }
}
