#!/usr/bin/env bash
# What the Rust crate `phonenumber` makes of numbers whose first zero belongs to them, where a default country is
# given.
#
# Versions: crate phonenumber 0.3.10+9.0.33 (crates.io); compared with Python phonenumbers 9.0.33 (PyPI), which
#   reads the same metadata of Google's libphonenumber.
# Behaviour: in Italy, the Ivory Coast and the Republic of the Congo a number is dialled from abroad with its
#   first zero (+39 06 ..., +225 01 ..., +242 06 ...). A default country says what a number without a country
#   code means, and has no say in one with it. The crate, given China (whose own trunk prefix is 0) as the default,
#   takes the zero of these numbers away, writes E.164 without it and calls the number invalid; without a default
#   country it does not, and the Python port never does. Numbers of countries whose zero is dialled only inside
#   them (+44 (0)20 ...) come out the same in all.
# Why it matters: a desk in China reads its own numbers with that default; what it stores of a caller from Rome
#   cannot be dialled.
# Output seen:
#   +39 06 6982 1234       crate +39669821234 false     python +390669821234 True
#   +225 01 23 45 67 89    crate +225123456789 false    python +2250123456789 True
#   +242 06 612 3456       crate +24266123456 false     python +242066123456 True
#   +44 (0)20 7946 0958    crate +442079460958 true     python +442079460958 True
# Fails when that changes. Needs cargo and python3 with venv.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

numbers=("+39 06 6982 1234" "+225 01 23 45 67 89" "+242 06 612 3456" "+44 (0)20 7946 0958")

mkdir src
cat >Cargo.toml <<'END'
[package]
name = "reads"
version = "0.1.0"
edition = "2021"

[dependencies]
phonenumber = "=0.3.10"
END
cat >src/main.rs <<'END'
fn main() {
    for text in std::env::args().skip(1) {
        let number = phonenumber::parse(Some(phonenumber::country::Id::CN), &text).expect("a number");
        let written = number.format().mode(phonenumber::Mode::E164);
        println!("{written} {}", phonenumber::is_valid(&number));
    }
}
END
cargo run -q -- "${numbers[@]}" >crate

python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check phonenumbers==9.0.33
cat >reads.py <<'END'
import sys
import phonenumbers

for text in sys.argv[1:]:
    number = phonenumbers.parse(text, "CN")
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    print(written, phonenumbers.is_valid_number(number))
END
venv/bin/python reads.py "${numbers[@]}" >python

printf '%s\n' "${numbers[@]}" | paste - crate python

diff - crate <<'END'
+39669821234 false
+225123456789 false
+24266123456 false
+442079460958 true
END
diff - python <<'END'
+390669821234 True
+2250123456789 True
+242066123456 True
+442079460958 True
END
