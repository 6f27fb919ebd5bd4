#!/usr/bin/env bash
# What a forced command sees when the client asked for no command, in two SSH servers.
#
# Versions: Debian 12's dropbear-bin 2022.83-1+deb12u3 and openssh-server 1:9.2p1 (the newest of Debian 12).
# Behaviour: a key with `command="..."` starts that command and puts what the client asked for into
#   SSH_ORIGINAL_COMMAND. Where the client asked for nothing (an ordinary login), OpenSSH leaves the variable
#   unset; Dropbear sets it, empty.
# Why it matters: a program behind a forced command that tells "log in" from "run a command" by whether the
#   variable is there takes every ordinary login through Dropbear for a command, and refuses it.
# Output seen:
#   dropbear login: [set: ]     dropbear command: [set: hello]
#   openssh  login: [unset]     openssh  command: [set: hello]
# Fails when that changes. Needs root (or any account) on Debian 12 with its package archive in reach.
set -euo pipefail

work=$(mktemp -d)
pids=()
trap 'for pid in "${pids[@]:-}"; do kill "$pid" 2>/dev/null || true; done; rm -rf "$work"' EXIT
cd "$work"

archive() { # archive NAME VERSION-PATTERN: unpacks the package of that version into ./root
    local version
    version=$(apt-cache madison "$1" | awk -F'|' '{gsub(/ /, "", $2); print $2}' | grep -m1 -E "^$2")
    apt-get download -q "$1=$version" >/dev/null
    for file in "$1"_*.deb; do dpkg -x "$file" root; done
    echo "$1 $version"
}
apt-get update -q >/dev/null
archive dropbear-bin '2022\.83-1\+deb12u'
archive openssh-server '1:9\.2p1-2\+deb12u'
archive openssh-client '1:9\.2p1-2\+deb12u'
archive libnss-wrapper '1\.1\.12-1'
archive libtomcrypt1 '1\.18\.2'
archive libtommath1 '1\.2\.0'
lib=$(echo "$work"/root/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH=$lib
bin=$work/root/usr/bin
sbin=$work/root/usr/sbin

# An account whose home is this folder, without touching the system's list of accounts.
name=$(id -un)
mkdir -m 700 home home/.ssh
printf '%s:x:%s:%s::%s:/bin/sh\nsshd:x:65533:65533::/run/sshd:/bin/false\n' "$name" "$(id -u)" "$(id -g)" "$work/home" >passwd
printf '%s:x:%s:\n' "$name" "$(id -g)" >group
wrapped() { LD_PRELOAD=$lib/libnss_wrapper.so NSS_WRAPPER_PASSWD=$work/passwd NSS_WRAPPER_GROUP=$work/group exec "$@"; }

"$bin/ssh-keygen" -q -t ed25519 -N '' -f key
"$bin/ssh-keygen" -q -t ed25519 -N '' -f openssh_host
"$bin/dropbearkey" -t ed25519 -f dropbear_host >/dev/null 2>&1
printf '#!/bin/sh\nif [ -n "${SSH_ORIGINAL_COMMAND+set}" ]; then echo "[set: $SSH_ORIGINAL_COMMAND]"; else echo "[unset]"; fi\n' >forced
chmod 755 forced
printf 'command="%s/forced" %s\n' "$work" "$(cat key.pub)" >home/.ssh/authorized_keys
chmod 600 home/.ssh/authorized_keys

port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
dropbear=$(port)
(wrapped "$sbin/dropbear" -F -E -s -r dropbear_host -P pid -p "127.0.0.1:$dropbear") 2>dropbear.log & pids+=($!)
openssh=$(port)
mkdir -p /run/sshd
cat >sshd_config <<END
Port $openssh
ListenAddress 127.0.0.1
HostKey $work/openssh_host
AuthorizedKeysFile $work/home/.ssh/authorized_keys
PidFile none
UsePAM no
StrictModes no
PermitRootLogin yes
END
(wrapped "$sbin/sshd" -D -e -f "$work/sshd_config") 2>openssh.log & pids+=($!)

ask() { # ask PORT [COMMAND]
    local port=$1 tries
    shift
    for tries in $(seq 50); do
        if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
        sleep 0.1
    done
    "$bin/ssh" -F /dev/null -T -i key -p "$port" -o IdentitiesOnly=yes -o StrictHostKeyChecking=no \
        -o UserKnownHostsFile="$work/known" -o LogLevel=ERROR "$name@127.0.0.1" "$@" </dev/null
}
said=$(printf 'dropbear %s %s\nopenssh %s %s\n' \
    "$(ask "$dropbear")" "$(ask "$dropbear" hello)" "$(ask "$openssh")" "$(ask "$openssh" hello)")
echo "$said"
expected=$(printf 'dropbear [set: ] [set: hello]\nopenssh [unset] [set: hello]\n')
if [ "$said" != "$expected" ]; then
    echo "this is not what was seen before" >&2
    exit 1
fi
