#!/usr/bin/env bash
# How wide letters of names are in an East Asian terminal: the crate unicode-width and GNU screen.
#
# Versions: unicode-width 0.2.2 (crates.io), screen 4.9.0-4 (Debian 12), Unicode's EastAsianWidth.txt as in
#   Python's unicodedata.
# Behaviour: `width_cjk` is meant for terminals that draw characters of East Asian Ambiguous width over two
#   columns. For signs it says 2. For every ambiguous *letter* it says 1 (é, ø, Ж, Ω; documented as the
#   exception for the general category Letter). GNU screen under zh_CN.UTF-8 draws all of them over two
#   columns, as UAX #11 has them.
# Why it matters: a screen laid out by `width_cjk` holds for its own lines and quotes, and comes apart at the
#   first customer called Bjørn or Жанна: the rest of the row moves by one column for each letter.
# Output seen:
#   crate:  … 2  │ 2  “ 2  é 1  ø 1  Ж 1  Ω 1
#   screen: … 2  │ 2  “ 2  é 2  ø 2  Ж 2  Ω 2
# Fails when that changes. Needs cargo, python3 and Debian 12's package archive in reach.
set -euo pipefail

work=$(mktemp -d)
cleanup() {
    SCREENDIR=$work/sockets "$work/root/usr/bin/screen" -S width -X quit >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap cleanup EXIT
cd "$work"
characters='…│“éøЖΩ'

mkdir -p crate/src
cat >crate/Cargo.toml <<'END'
[package]
name = "widths"
version = "0.1.0"
edition = "2021"
[dependencies]
unicode-width = "=0.2.2"
END
cat >crate/src/main.rs <<'END'
use unicode_width::UnicodeWidthChar;
fn main() {
    let text = std::env::args().nth(1).unwrap();
    let told: Vec<String> = text.chars().map(|c| format!("{c} {}", c.width_cjk().unwrap())).collect();
    println!("{}", told.join("  "));
}
END
crate=$(cd crate && CARGO_TARGET_DIR=$work/target cargo run -q -- "$characters")

apt-get update -q >/dev/null
for package in screen locales; do
    version=$(apt-cache madison "$package" | awk -F'|' '{gsub(/ /, "", $2); print $2}' | grep -m1 -E '^(4\.9\.0-4|2\.36-9\+deb12)')
    apt-get download -q -o APT::Sandbox::User=root "$package=$version" >/dev/null
    for file in "$package"_*.deb; do dpkg -x "$file" root; done
    echo "$package $version"
done
I18NPATH=$work/root/usr/share/i18n localedef -i zh_CN -f UTF-8 "$work/zh_CN.UTF-8" 2>/dev/null || true
[ -d zh_CN.UTF-8 ]

# Draws each character at the beginning of a row and asks where the cursor stands behind it.
cat >ask.py <<'END'
import os, re, sys, tty
tty.setraw(0)
told = []
for c in sys.argv[1]:
    os.write(1, ("\x1b[5;1H" + c + "\x1b[6n").encode())
    answer = b""
    while not answer.endswith(b"R"):
        answer += os.read(0, 1)
    told.append(f"{c} {int(re.search(rb';([0-9]+)R', answer)[1]) - 1}")
with open(sys.argv[2] + ".new", "w", encoding="utf-8") as out:
    out.write("  ".join(told) + "\n")
os.rename(sys.argv[2] + ".new", sys.argv[2])
END
mkdir -m 700 sockets
SCREENDIR=$work/sockets LOCPATH=$work LC_ALL=zh_CN.UTF-8 TERM=xterm-256color PYTHONUTF8=1 \
    root/usr/bin/screen -c /dev/null -U -dmS width python3 ask.py "$characters" "$work/told"
for _ in $(seq 100); do [ -e told ] && break; sleep 0.1; done
screen=$(cat told)

echo "crate:  $crate"
echo "screen: $screen"
[ "$crate" = "… 2  │ 2  “ 2  é 1  ø 1  Ж 1  Ω 1" ]
[ "$screen" = "… 2  │ 2  “ 2  é 2  ø 2  Ж 2  Ω 2" ]
