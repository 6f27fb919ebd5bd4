//! Nothing is forwarded: neither ports in any direction, nor an agent, nor X11. Each is tried for
//! real, and once through a key without `restrict`, which shows that the trial would find it.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::PEOPLE;
use crate::need_sshd;
use crate::server::{Daemon, Server, comes_true, free_port};
use crate::support;
use crate::support::desk::PATIENCE;

const SECRET: &[u8] = b"from the inside";

/// A service inside, which should not be reached; says whether anybody came.
struct Inside {
    port: u16,
    reached: Arc<AtomicBool>,
}

impl Inside {
    fn new() -> Inside {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let reached = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&reached);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                seen.store(true, Ordering::SeqCst);
                let _ = { stream }.write_all(SECRET);
            }
        });
        Inside { port, reached }
    }

    fn was_reached(&self) -> bool {
        self.reached.load(Ordering::SeqCst)
    }
}

/// A client that stays until it is dropped.
struct Client(Child);

impl Client {
    /// Starts one that forwards and asks for no command.
    fn start(server: &Server, name: &str, further: &[&str]) -> Client {
        let mut command = server.client("ssh", name);
        command.arg("-N").args(further).arg(server.account());
        command.stdin(Stdio::null()).stdout(Stdio::null());
        Client(command.stderr(Stdio::null()).spawn().unwrap())
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Everything that comes through a port of the client's side, after `first` is said to it.
fn through(port: u16, first: &[u8]) -> Vec<u8> {
    let mut stream = None;
    assert!(comes_true(|| {
        stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok();
        stream.is_some()
    }));
    let mut stream = stream.unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let _ = stream.write_all(first);
    let mut got = Vec::new();
    let _ = stream.read_to_end(&mut got);
    got
}

/// What a SOCKS client says to be brought to a port of the other side.
fn socks(port: u16) -> Vec<u8> {
    let mut said = vec![5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1];
    said.extend(port.to_be_bytes());
    said
}

#[test]
fn a_port_inside_is_not_reached_from_the_clients_side() {
    need_sshd!();
    reaches_inside_only_where_allowed(Daemon::OpenSsh);
}

#[test]
fn behind_dropbear_a_port_inside_is_not_reached_either() {
    need_sshd!(Daemon::Dropbear);
    reaches_inside_only_where_allowed(Daemon::Dropbear);
}

fn reaches_inside_only_where_allowed(daemon: Daemon) {
    let server = Server::start_with(daemon, &PEOPLE);
    server.let_in("free", "command=\"sleep 60\"");
    for (name, is_reached) in [("li", false), ("free", true)] {
        for kind in ["-L", "-D", "-W"] {
            let inside = Inside::new();
            let (local, target) = (free_port(), format!("127.0.0.1:{}", inside.port));
            let got = match kind {
                "-W" => {
                    let mut client = server.client("ssh", name);
                    client.args(["-W", &target]).arg(server.account());
                    client.stdin(Stdio::null()).output().unwrap().stdout
                }
                "-L" => {
                    let way = format!("127.0.0.1:{local}:{target}");
                    let _client = Client::start(&server, name, &["-L", &way]);
                    through(local, b"")
                }
                _ => {
                    let way = format!("127.0.0.1:{local}");
                    let _client = Client::start(&server, name, &["-D", &way]);
                    through(local, &socks(inside.port))
                }
            };
            let has_it = got.windows(SECRET.len()).any(|part| part == SECRET);
            assert_eq!(has_it, is_reached, "{name} {kind}: {got:?}");
            assert_eq!(inside.was_reached(), is_reached, "{name} {kind}");
        }
    }
}

#[test]
fn a_port_of_the_client_is_not_opened_to_the_other_side() {
    need_sshd!();
    opens_a_port_only_where_allowed(Daemon::OpenSsh);
}

#[test]
fn behind_dropbear_a_port_of_the_client_is_not_opened_either() {
    need_sshd!(Daemon::Dropbear);
    opens_a_port_only_where_allowed(Daemon::Dropbear);
}

fn opens_a_port_only_where_allowed(daemon: Daemon) {
    let server = Server::start_with(daemon, &PEOPLE);
    server.let_in("free", "command=\"sleep 60\"");
    for (name, is_opened) in [("li", false), ("free", true)] {
        let inside = Inside::new();
        let remote = free_port();
        let way = format!("127.0.0.1:{remote}:127.0.0.1:{}", inside.port);
        let further = ["-o", "ExitOnForwardFailure=yes", "-R", &way];
        let mut client = Client::start(&server, name, &further);
        if is_opened {
            assert_eq!(through(remote, b""), SECRET);
        } else {
            let mut status = None;
            assert!(comes_true(|| {
                status = client.0.try_wait().unwrap();
                status.is_some()
            }));
            assert!(!status.unwrap().success());
            assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, remote)).is_err());
        }
        assert_eq!(inside.was_reached(), is_opened, "{name}");
    }
}

#[test]
fn neither_agent_nor_screen_of_the_client_is_at_hand() {
    need_sshd!();
    has_an_agent_only_where_allowed(Daemon::OpenSsh);
}

#[test]
fn behind_dropbear_neither_is_at_hand_either() {
    need_sshd!(Daemon::Dropbear);
    has_an_agent_only_where_allowed(Daemon::Dropbear);
}

fn has_an_agent_only_where_allowed(daemon: Daemon) {
    if !cfg!(target_os = "linux") {
        return support::skip("the variables of a process are read from /proc");
    }
    let server = Server::start_with(daemon, &PEOPLE);
    let socket = server.home.path().join("agent").display().to_string();
    let mut agent = Command::new("/usr/bin/ssh-agent")
        .args(["-D", "-a", &socket])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let has_agent = comes_true(|| std::path::Path::new(&socket).exists());
    let agent_at = format!("IdentityAgent={socket}");
    // A key with the same command and no further option shows that the client does ask for it.
    let lines = std::fs::read_to_string(server.authorized_keys()).unwrap();
    let after = lines.split("command=\"").nth(1).unwrap();
    let command = format!("command=\"{}\"", after.split('"').next().unwrap());
    server.let_in("free", &command);
    let mut found = Vec::new();
    for name in ["li", "free"] {
        let further = [
            "-A",
            "-Y",
            "-o",
            &agent_at,
            "-o",
            &format!("ForwardAgent={socket}"),
        ];
        let mut desk = log_in_with_screen(&server, name, &further);
        desk.wait_for("Board");
        let served = server.served("li");
        assert_eq!(served.len(), 1, "{served:?}");
        let has = |variable: &str| {
            let start = format!("{variable}=");
            served[0].iter().any(|it| it.starts_with(&start))
        };
        found.push((has("SSH_AUTH_SOCK"), has("DISPLAY")));
        desk.keys("<c-q>");
        assert!(desk.exited_within(PATIENCE).is_some());
        assert!(comes_true(|| server.served("li").is_empty()), "it stays");
    }
    let _ = agent.kill();
    let _ = agent.wait();
    assert!(has_agent);
    assert_eq!(found[0], (false, false), "the line of a person");
    assert!(found[1].0, "a line without restrict has an agent");
}

/// In a terminal, with a screen of the client's side that could be forwarded.
fn log_in_with_screen(server: &Server, name: &str, further: &[&str]) -> support::Desk {
    let mut args = server.options(name);
    args.extend(further.iter().map(|it| (*it).to_owned()));
    args.extend(["-tt".to_owned(), server.account()]);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    support::Program::at("/usr/bin/ssh".into(), &args)
        .env("DISPLAY", "127.0.0.1:77")
        .start(&server.home)
}
