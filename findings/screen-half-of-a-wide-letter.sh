#!/usr/bin/env bash
# What GNU screen leaves of a letter of two columns when its first column is written over.
#
# Versions: screen 4.9.0-4 (Debian 12), under zh_CN.UTF-8, where letters such as é take two columns.
# Behaviour: a blank written over the first column of 保 or Ж takes the whole character away, as terminals
#   do. Written over the first column of é, ø or × (any below U+0100), it leaves the second column behind,
#   as a stray ÿ on the screen (0xff is screen's own mark for a second half).
# Why it matters: a program that redraws only the cells that changed never touches that column again. A name
#   with é that goes from the screen leaves a ÿ in the middle of nothing.
# Output seen (the row in screen's hardcopy, in hexadecimal; `61 62 .. 63` are the letters around it):
#   保 61 62 20 20 63    Ж 61 62 20 20 63    é 61 62 20 ff 63    × 61 62 20 ff 63
# Fails when that changes. Needs Debian 12's package archive in reach.
set -euo pipefail

work=$(mktemp -d)
cleanup() {
    SCREENDIR=$work/sockets "$work/root/usr/bin/screen" -S half -X quit >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap cleanup EXIT
cd "$work"
apt-get update -q >/dev/null
for package in screen locales; do
    version=$(apt-cache madison "$package" | awk -F'|' '{gsub(/ /, "", $2); print $2}' | grep -m1 -E '^(4\.9\.0-4|2\.36-9\+deb12)')
    apt-get download -q -o APT::Sandbox::User=root "$package=$version" >/dev/null
    for file in "$package"_*.deb; do dpkg -x "$file" root; done
    echo "$package $version"
done
I18NPATH=$work/root/usr/share/i18n localedef -i zh_CN -f UTF-8 "$work/zh_CN.UTF-8" 2>/dev/null || true
[ -d zh_CN.UTF-8 ]

cat >draw.sh <<'END'
row=0
for c in 保 Ж é ×; do
    row=$((row + 1))
    printf '\033[%d;1Hab%sc\033[%d;3H ' "$row" "$c" "$row"
done
touch drawn
sleep 30
END
mkdir -m 700 sockets
in_screen() {
    env SCREENDIR="$work/sockets" LOCPATH="$work" LC_ALL=zh_CN.UTF-8 TERM=xterm-256color root/usr/bin/screen "$@"
}
in_screen -c /dev/null -U -dmS half bash draw.sh
for _ in $(seq 100); do [ -e drawn ] && break; sleep 0.1; done
rows() { head -4 shot | while IFS= read -r row; do printf '%s' "$row" | LC_ALL=C od -An -tx1 | tr -s ' ' | sed 's/^ //; s/ $//'; done; }
for _ in $(seq 50); do
    in_screen -S half -X hardcopy "$work/shot"
    sleep 0.2
    if [ -e shot ] && [ "$(rows | wc -l)" = 4 ]; then break; fi
done
seen=$(rows)
paste -d' ' <(printf '%s\n' 保 Ж é ×) <(printf '%s\n' "$seen")
[ "$seen" = "$(printf '61 62 20 20 63\n61 62 20 20 63\n61 62 20 ff 63\n61 62 20 ff 63')" ]
