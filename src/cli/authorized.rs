//! The line of `authorized_keys` that lets a person in: their key, and the one command it starts.
//!
//! The SSH server reads the command between double quotes (where only `\"` is special) and hands it to
//! the login shell of the account. So each word is quoted for the shell with single quotes, and a path
//! with a character that one of the two, or one of the usual shells, reads otherwise is refused.
//!
//! Servers differ in the options they know, and each refuses a key with an option it does not know:
//! see [`Server`].

use std::path::{Path, PathBuf};

use crate::desk::staff::StaffName;

use super::key::Key;

/// The SSH server that reads the line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Server {
    /// OpenSSH. `restrict` refuses everything, also what later versions bring; `pty` gives the terminal
    /// back.
    #[default]
    Openssh,
    /// Dropbear, on small hosts. It does not know `pty`, and its `restrict` (since 2022.83) takes the
    /// terminal away for good; so what may not be done is named one by one, and what a later version
    /// brings is not covered. It runs no `~/.ssh/rc` and takes no variables from the client.
    Dropbear,
}

impl Server {
    /// The options of a key, with the forced command among them.
    fn options(self, command: &str) -> String {
        match self {
            Server::Openssh => format!(r#"command="{command}",restrict,pty"#),
            Server::Dropbear => format!(
                r#"no-port-forwarding,no-agent-forwarding,no-X11-forwarding,command="{command}""#
            ),
        }
    }
}

/// What the forced command names besides the person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forced {
    /// This program.
    pub program: PathBuf,
    /// The desk's file.
    pub db: PathBuf,
    /// The time zone, where one was given.
    pub zone: Option<String>,
    /// The folder of the terms, where one was given.
    pub terms: Option<PathBuf>,
    /// The language, where one was given.
    pub language: Option<String>,
    /// How the person's terminal draws characters of ambiguous width, where that was given.
    pub ambiguous: Option<String>,
    /// What their terminal writes on, where that was given.
    pub background: Option<String>,
}

/// A path that cannot stand in the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unquotable(pub PathBuf);

/// The line for a person's key, for the server that reads it.
///
/// # Errors
/// [`Unquotable`]: a path has a character that cannot stand in it safely.
pub fn line(
    server: Server,
    forced: &Forced,
    name: &StaffName,
    key: &Key,
) -> Result<String, Unquotable> {
    let mut command = vec![
        quoted(&forced.program)?,
        "--staff".to_string(),
        name.to_string(),
        "--db".to_string(),
        quoted(&forced.db)?,
    ];
    if let Some(zone) = &forced.zone {
        command.extend(["--zone".to_string(), quoted(Path::new(zone))?]);
    }
    if let Some(terms) = &forced.terms {
        command.extend(["--terms".to_string(), quoted(terms)?]);
    }
    if let Some(language) = &forced.language {
        command.extend(["--language".to_string(), quoted(Path::new(language))?]);
    }
    let look = [
        ("--ambiguous", &forced.ambiguous),
        ("--background", &forced.background),
    ];
    for (option, value) in look {
        if let Some(value) = value {
            command.extend([option.to_string(), quoted(Path::new(value))?]);
        }
    }
    let options = server.options(&command.join(" "));
    let key = key.text();
    Ok(format!("{options} {key} {name}"))
}

/// A word as the shell reads it back.
fn quoted(path: &Path) -> Result<String, Unquotable> {
    let refused = || Unquotable(path.to_path_buf());
    let text = path.to_str().filter(|text| !text.is_empty());
    let text = text.ok_or_else(refused)?;
    // `'` ends the quoting, fish reads `\` inside it, csh `!`, sshd `"`.
    if text
        .chars()
        .any(|c| c.is_control() || matches!(c, '\'' | '"' | '\\' | '!'))
    {
        return Err(refused());
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@%,".contains(c);
    match text.chars().all(plain) {
        true => Ok(text.to_string()),
        false => Ok(format!("'{text}'")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAooUfS4kbalaY3ycv6FnLhrJRmVIIdJNQ/yzGYhgqG6";

    fn of(db: &str) -> Result<String, Unquotable> {
        let forced = Forced {
            program: "/usr/local/bin/aftercare".into(),
            db: db.into(),
            ..Forced::default()
        };
        let name = StaffName::parse("li").unwrap();
        let key = Key::parse(KEY.as_bytes()).unwrap();
        line(Server::Openssh, &forced, &name, &key)
    }

    /// What sshd makes of the quoted command.
    fn dequoted(line: &str) -> (String, String) {
        let rest = line.strip_prefix("command=\"").unwrap();
        let (mut command, mut chars) = (String::new(), rest.chars().peekable());
        while let Some(c) = chars.next() {
            match (c, chars.peek()) {
                ('\\', Some('"')) => command.extend(chars.next()),
                ('"', _) => break,
                _ => command.push(c),
            }
        }
        (command, chars.collect())
    }

    #[test]
    fn the_line_names_program_person_and_file() {
        assert_eq!(
            of("/srv/desk/desk.db").unwrap(),
            format!(
                "command=\"/usr/local/bin/aftercare --staff li --db /srv/desk/desk.db\",restrict,pty {KEY} li"
            )
        );
        let forced = Forced {
            program: "/opt/after care/aftercare".into(),
            db: "/d.db".into(),
            zone: Some("Asia/Shanghai".to_string()),
            terms: Some("/srv/条款".into()),
            language: Some("zh-CN".to_string()),
            ambiguous: Some("wide".to_string()),
            background: Some("light".to_string()),
        };
        let name = StaffName::parse("li").unwrap();
        let key = Key::parse(KEY.as_bytes()).unwrap();
        let (command, rest) = dequoted(&line(Server::Openssh, &forced, &name, &key).unwrap());
        assert_eq!(
            command,
            "'/opt/after care/aftercare' --staff li --db /d.db --zone Asia/Shanghai --terms '/srv/条款' --language zh-CN --ambiguous wide --background light"
        );
        assert_eq!(rest, format!(",restrict,pty {KEY} li"));
    }

    #[test]
    fn the_options_are_those_that_the_server_knows() {
        let command = "/usr/local/bin/aftercare --staff li --db /d.db";
        let table = [
            (
                Server::Openssh,
                format!("command=\"{command}\",restrict,pty {KEY} li"),
            ),
            (
                Server::Dropbear,
                format!(
                    "no-port-forwarding,no-agent-forwarding,no-X11-forwarding,command=\"{command}\" {KEY} li"
                ),
            ),
        ];
        let forced = Forced {
            program: "/usr/local/bin/aftercare".into(),
            db: "/d.db".into(),
            ..Forced::default()
        };
        let name = StaffName::parse("li").unwrap();
        let key = Key::parse(KEY.as_bytes()).unwrap();
        for (server, expected) in table {
            let line = line(server, &forced, &name, &key).unwrap();
            assert_eq!(line, expected, "{server:?}");
        }
    }

    #[test]
    fn a_path_that_is_read_otherwise_by_sshd_or_a_shell_is_refused() {
        for path in ["/a'b", "/a\"b", "/a\\b", "/a!b", "/a\nb", "/a\u{9b}b", ""] {
            assert_eq!(of(path), Err(Unquotable(path.into())), "{path:?}");
        }
        use std::os::unix::ffi::OsStrExt;
        let no_text = Path::new(std::ffi::OsStr::from_bytes(b"/a\xff"));
        assert_eq!(quoted(no_text), Err(Unquotable(no_text.into())));
    }
}
