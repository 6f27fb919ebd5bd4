//! A real SSH server on loopback, OpenSSH or Dropbear, with keys, a host key and settings of its own,
//! and its clients.

use std::fs;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::support::desk::PATIENCE;
use crate::support::{Desk, Home, Program};

const SSHD: &str = "/usr/sbin/sshd";
const DROPBEAR: &str = "/usr/sbin/dropbear";
const DROPBEARKEY: &str = "/usr/bin/dropbearkey";

/// The program that serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Daemon {
    OpenSsh,
    Dropbear,
}

impl Daemon {
    /// As `aftercare staff add --server` names it.
    fn code(self) -> &'static str {
        match self {
            Daemon::OpenSsh => "openssh",
            Daemon::Dropbear => "dropbear",
        }
    }
}

/// Why no server can be started here.
pub fn available(daemon: Daemon) -> Result<(), String> {
    let client = ["/usr/bin/ssh", "/usr/bin/ssh-keygen", "/usr/bin/scp"];
    let programs: &[&str] = match daemon {
        Daemon::OpenSsh => &[SSHD],
        Daemon::Dropbear => &[DROPBEAR, DROPBEARKEY],
    };
    for program in programs.iter().copied().chain(client) {
        if !Path::new(program).exists() {
            return Err(format!("{program} is not installed"));
        }
    }
    if daemon == Daemon::Dropbear {
        return match nss_wrapper() {
            Some(_) => Ok(()),
            None => Err("libnss_wrapper.so is not installed".to_owned()),
        };
    }
    if rustix::process::getuid().is_root() {
        // Where sshd of root locks its unprivileged part in; a boot makes it.
        fs::create_dir_all("/run/sshd").map_err(|error| format!("/run/sshd: {error}"))?;
    }
    Ok(())
}

/// A running server in front of the desk of a home. It allows everything that a key could be allowed
/// and follows every variable, so that only the line of the key holds anything back.
pub struct Server {
    pub home: Home,
    pub port: u16,
    daemon: Daemon,
    process: Child,
}

impl Server {
    /// Starts OpenSSH, which lets these people in, each with a key of their own.
    pub fn start(people: &[(&str, &str)]) -> Server {
        Server::start_with(Daemon::OpenSsh, people)
    }

    /// Starts this server, which lets these people in, each with a key of their own.
    pub fn start_with(daemon: Daemon, people: &[(&str, &str)]) -> Server {
        let home = Home::new();
        let at = |name: &str| home.path().join(name);
        let mut lines = String::new();
        for (name, role) in people {
            keygen(&at(name));
            let file = format!("{}.pub", at(name).display());
            let added = home.aftercare(&[
                "staff",
                "add",
                name,
                "--role",
                role,
                "--key",
                &file,
                "--server",
                daemon.code(),
                "--db",
                &db(&home),
            ]);
            assert!(added.status.success(), "{added:?}");
            lines += &String::from_utf8(added.stdout).unwrap();
        }
        prepare(daemon, &home);
        fs::write(authorized_keys(daemon, &home), lines).unwrap();
        // A port that is free now may be taken a moment later: then with another one.
        for _ in 0..10 {
            let port = free_port();
            if let Some(process) = listening(daemon, &home, port) {
                return Server {
                    home,
                    port,
                    daemon,
                    process,
                };
            }
        }
        panic!("{}", fs::read_to_string(at("sshd.log")).unwrap());
    }

    /// The file that says which keys let in.
    pub fn authorized_keys(&self) -> PathBuf {
        authorized_keys(self.daemon, &self.home)
    }

    /// Another line of `authorized_keys`, with a key that is made for it.
    pub fn let_in(&self, name: &str, options: &str) {
        let key = self.home.path().join(name);
        keygen(&key);
        let public = fs::read_to_string(format!("{}.pub", key.display())).unwrap();
        let mut file = fs::OpenOptions::new()
            .append(true)
            .open(self.authorized_keys())
            .unwrap();
        write!(file, "{options} {public}").unwrap();
    }

    /// What a client of this person is started with: nothing of the machine's own settings.
    pub fn options(&self, name: &str) -> Vec<String> {
        let at = |part: &str| self.home.path().join(part).display().to_string();
        let known = format!("UserKnownHostsFile={}", at("known_hosts"));
        let port = format!("Port={}", self.port);
        let settings = [
            "BatchMode=yes",
            "StrictHostKeyChecking=no",
            "IdentitiesOnly=yes",
            "LogLevel=ERROR",
            "ConnectTimeout=15",
            &known,
            &port,
        ];
        let mut options = vec!["-F".to_owned(), "/dev/null".to_owned()];
        options.extend(["-i".to_owned(), at(name)]);
        for setting in settings {
            options.extend(["-o".to_owned(), setting.to_owned()]);
        }
        options
    }

    /// `user@host` of the account.
    pub fn account(&self) -> String {
        let id = Command::new("id").arg("-un").output().unwrap();
        let name = String::from_utf8(id.stdout).unwrap();
        format!("{}@127.0.0.1", name.trim())
    }

    /// A client in a terminal, with further options in front of the host.
    pub fn log_in(&self, name: &str, further: &[&str]) -> Desk {
        let mut args = self.options(name);
        args.push("-tt".to_owned());
        args.extend(further.iter().map(|it| (*it).to_owned()));
        args.push(self.account());
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        Program::at(PathBuf::from("/usr/bin/ssh"), &args).start(&self.home)
    }

    /// A client that asks for a command, without a terminal, and what came of it.
    pub fn ask(&self, name: &str, further: &[&str], command: &[&str], input: &str) -> Output {
        let mut client = self
            .client("ssh", name)
            .args(further)
            .arg("--")
            .arg(self.account())
            .args(command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = client.stdin.take().unwrap();
        // A command that is refused does not read it.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        client.wait_with_output().unwrap()
    }

    /// One of the client programs, as far as its options are the same for each of them.
    pub fn client(&self, program: &str, name: &str) -> Command {
        let mut client = Command::new(Path::new("/usr/bin").join(program));
        client
            .args(self.options(name))
            .env_clear()
            .envs(self.home.environment())
            .current_dir(self.home.path());
        client
    }

    /// The variables of a process that serves a person at this desk; none where there is no such
    /// process or the system does not tell.
    pub fn served(&self, name: &str) -> Vec<Vec<String>> {
        let wanted = format!("--staff\0{name}\0--db\0{}\0", db(&self.home));
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        processes
            .filter_map(|process| {
                let line = fs::read(process.path().join("cmdline")).ok()?;
                let line = String::from_utf8_lossy(&line).into_owned();
                // The login shell has it as one argument, or has become the program.
                (line.contains(&wanted) && !line.contains("-c\0")).then_some(())?;
                let variables = fs::read(process.path().join("environ")).ok()?;
                let variables = String::from_utf8_lossy(&variables).into_owned();
                Some(variables.split('\0').map(str::to_owned).collect())
            })
            .collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The desk's file, as an argument.
pub fn db(home: &Home) -> String {
    home.db().display().to_string()
}

/// Waits until something is so, without looking more often than needed.
pub fn comes_true(mut so: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if so() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    false
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

fn keygen(file: &Path) {
    let made = Command::new("/usr/bin/ssh-keygen")
        .args([
            "-q",
            "-t",
            "ed25519",
            "-N",
            "",
            "-C",
            "somebody@laptop",
            "-f",
        ])
        .arg(file)
        .status()
        .unwrap();
    assert!(made.success());
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}

/// As careless as a server can be. With `SHLVL` bash takes itself for no login's first shell: the
/// `.bashrc` of whoever runs the tests is not read, which may print something.
fn settings(home: &Home, port: u16) -> String {
    let folder = home.path().display();
    format!(
        "Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized_keys
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
PermitUserEnvironment yes
AcceptEnv *
AllowTcpForwarding yes
AllowAgentForwarding yes
GatewayPorts yes
PermitTunnel yes
X11Forwarding yes
MaxStartups 100
LogLevel VERBOSE
Subsystem sftp internal-sftp
SetEnv SHLVL=1
"
    )
}

/// Where the server looks for the keys that let in: Dropbear only in the home of the account.
fn authorized_keys(daemon: Daemon, home: &Home) -> PathBuf {
    match daemon {
        Daemon::OpenSsh => home.path().join("authorized_keys"),
        Daemon::Dropbear => home.path().join("home/.ssh/authorized_keys"),
    }
}

/// The host key, and for Dropbear a list of accounts in which the home of this account is the home of
/// the test.
fn prepare(daemon: Daemon, home: &Home) {
    let host = home.path().join("host");
    if daemon == Daemon::OpenSsh {
        return keygen(&host);
    }
    let made = Command::new(DROPBEARKEY)
        .args(["-t", "ed25519", "-f"])
        .arg(&host)
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let folder = home.path().join("home");
    fs::create_dir(folder.join(".ssh")).unwrap();
    for private in [folder.clone(), folder.join(".ssh")] {
        fs::set_permissions(private, fs::Permissions::from_mode(0o700)).unwrap();
    }
    let id = |option: &str| {
        let id = Command::new("id").arg(option).output().unwrap();
        String::from_utf8(id.stdout).unwrap().trim().to_owned()
    };
    let (name, user, group) = (id("-un"), id("-u"), id("-g"));
    let account = format!("{name}:x:{user}:{group}::{}:/bin/sh\n", folder.display());
    fs::write(home.path().join("passwd"), account).unwrap();
    fs::write(home.path().join("group"), format!("{name}:x:{group}:\n")).unwrap();
}

/// The library that shows a program another list of accounts, where it is installed.
fn nss_wrapper() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").ok()?.flatten();
    folders
        .map(|folder| folder.path().join("libnss_wrapper.so"))
        .chain([PathBuf::from("/usr/lib64/libnss_wrapper.so")])
        .find(|library| library.exists())
}

/// The server, ready to be started in the foreground.
fn command(daemon: Daemon, home: &Home, port: u16) -> Command {
    let at = |name: &str| home.path().join(name);
    match daemon {
        Daemon::OpenSsh => {
            fs::write(at("sshd_config"), settings(home, port)).unwrap();
            let mut command = Command::new(SSHD);
            command.args(["-D", "-e", "-f"]).arg(at("sshd_config"));
            command
        }
        Daemon::Dropbear => {
            let mut command = Command::new(DROPBEAR);
            command
                .args(["-F", "-E", "-m", "-s", "-p", &format!("127.0.0.1:{port}")])
                .arg("-r")
                .arg(at("host"))
                .arg("-P")
                .arg(at("pid"))
                .env("LD_PRELOAD", nss_wrapper().unwrap_or_default())
                .env("NSS_WRAPPER_PASSWD", at("passwd"))
                .env("NSS_WRAPPER_GROUP", at("group"));
            command
        }
    }
}

fn listening(daemon: Daemon, home: &Home, port: u16) -> Option<Child> {
    let log = fs::File::create(home.path().join("sshd.log")).unwrap();
    let mut process = command(daemon, home, port)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap();
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end && process.try_wait().unwrap().is_none() {
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Some(process);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let _ = process.kill();
    let _ = process.wait();
    None
}
