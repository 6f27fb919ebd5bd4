use super::*;
use crate::cli::long::is_long;
use proptest::prelude::*;

// Made for these tests; nobody has their private halves.
const ED25519: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAooUfS4kbalaY3ycv6FnLhrJRmVIIdJNQ/yzGYhgqG6";
const ECDSA: &str = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBCIJSAEjbGlZWrWDh+SN2u4Dzht0HsjiWUffVmshW3XSai9eO8alJ1wbbPo3LqMJmexVRFpvA76Qfj4EyTnzJqg=";
const RSA_2048: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCYR8zTBKGcYl3T2Z/aOXv67XKwT/i/1FH/ZXw0LKM1rxZW5jD17XVFwNgz/pxaqdIvLBp4JPSyo2qbDCBsXpXsA6G2DfINOu9KLXXDrAEjAwyBn8CyyzAANNQcsrpvmMkh8EA8V4t7UTP7bQAS+tdSztzZjiYGq+O1MyZd7F3aH4QHZ1sW4ICAS5gNzIjXUL2+zpIXkVcWGz5k65OLCdyaLPVyRNlj6+0bdU3oq5SutMedKNJQaGTQbaz4U/0V9XRoKYifFpbvj4zZZwM+e7Mr0ogF8ERaZv8g8z+c3KQA2ovLjI0tXlxrD0Qk+AutU5Uj76DZBC4VKgso0AqH10iX";
const RSA_1024: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC5N9a4HoDSwpWupt17lvGKPkdJdZ+GbE8RWxn3t9i4QKEfrfLmRkPfbUAR1ky7Rzn3Vj+aR2wOVOVbbNzSkjPa/Asi0tyFKNCXZYVkoFyxPK6b8ZItDy/d2lgu19MzGw3/2PssZi2N9kmrkfJBJ8XGZXAfiI7ThX6c65gUTkXYkQ==";
const DSA: &str = "ssh-dss AAAAB3NzaC1kc3MAAACBALbJrXwxz1sVRYpThc4b5ZSSVawuattFeIk6BtHkYea0twIMthvB3BXUG/T3aZgRWpS2pyGNYbq6MY1961h8BYdZSib1jd/oFIZ1GUdfJQdPvkMjDCpEfFLZH3EW99dI56nV6DsBxnnCsK8vOb65B/Voeqg6mzK6BfilLHTZonqxAAAAFQDx8taodshOq4qdwBMIzMF/7COvrwAAAIAIrY1+I6M0/u5ydl5nrAdbInwWb23GA5D2F3FRue5KHkeKdkYuL742hr3wyiHemYQgLd770qhtuTjJ5FewJFR7XAVjSYQDO4mcv1J+Ie8v/as7cgk+PAZRnkmNcTlIwjOcGdaQBPgu2Dq4K1iCqhmcpwvr8XJfsSebLA4goiUxjQAAAIAmRP2JyMf8pi4qMGiYli8hxk2BTMf7nSLCby5ZEsF0HaMx0U/wmrigDb6RjINKjyufSVDTnCcQnNp/prBCAGlgvRArdO7bz+WcTmyQ7rH4TKiZD+YQANPlURvMeQ0EzAZuweNHz2Rq7joTHCJRxYXZjPf/FbThOV7MR6pTI6zwqQ==";

fn fault(text: &str) -> KeyFault {
    Key::parse(text.as_bytes()).expect_err("it is refused")
}

#[test]
fn a_key_is_written_again_without_what_stood_behind_it() {
    for key in [ED25519, ECDSA, RSA_2048] {
        for handed_in in [
            key.to_string(),
            format!("{key} wang@laptop\n"),
            format!("# mine\r\n\r\n  {key}\tx \"command=\" y\r\n"),
            format!("{}\u{feff}", key.replacen(' ', "   ", 1)).replace('\u{feff}', ""),
        ] {
            let read = Key::parse(handed_in.as_bytes()).expect("a key");
            assert_eq!(read.text(), key);
        }
    }
    let key = Key::parse(ED25519.as_bytes()).unwrap();
    assert_eq!(
        key.fingerprint(),
        "SHA256:08491RHX+TjuxDxXzOwOHAqERXZlYTqHvF5KgcMGaM0"
    );
}

#[test]
fn a_key_with_a_mark_is_taken_and_one_in_another_encoding_is_named() {
    let marked = format!("\u{feff}{ED25519} wang@laptop\r\n");
    assert_eq!(
        Key::parse(marked.as_bytes()).map(|key| key.text()),
        Ok(ED25519.to_string())
    );
    let utf_16: Vec<u8> = std::iter::once(0xfeff)
        .chain(ED25519.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(Key::parse(&utf_16), Err(KeyFault::Encoding(Foreign::Utf16)));
    // What stands behind the key is of no account.
    let gbk = [ED25519.as_bytes(), b" \xcd\xf5@laptop\n"].concat();
    assert_eq!(
        Key::parse(&gbk).map(|key| key.text()),
        Ok(ED25519.to_string())
    );
}

#[test]
fn what_is_no_key_is_refused_with_its_cause() {
    let several = format!("{ED25519}\n{ECDSA}\n");
    let damaged = ED25519.replacen("AAAAC3", "AAAAC4", 1);
    let cut = &ED25519[..ED25519.len() - 7];
    let other_kind = ED25519.replacen("ssh-ed25519", "ssh-rsa", 1);
    let table = [
        ("", KeyFault::Nothing),
        ("# only a comment\n", KeyFault::Nothing),
        (&*"x".repeat(MOST + 1), KeyFault::TooLarge),
        (
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n",
            KeyFault::Private,
        ),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n", KeyFault::Private),
        ("PuTTY-User-Key-File-3: ssh-ed25519\n", KeyFault::Private),
        (
            "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n",
            KeyFault::OtherForm,
        ),
        (&several, KeyFault::Several),
        (&format!("command=\"sh\" {ED25519}"), KeyFault::Options),
        (&format!("restrict,pty {ED25519}"), KeyFault::Options),
        (&format!("no-pty {ECDSA} x"), KeyFault::Options),
        (
            "ssh-ed25519-cert-v01@openssh.com AAAA",
            KeyFault::Certificate,
        ),
        ("ssh-ed25519", KeyFault::Damaged),
        ("ssh-ed25519 AAAA", KeyFault::Damaged),
        (&damaged, KeyFault::Damaged),
        (cut, KeyFault::Damaged),
        (&other_kind, KeyFault::Damaged),
        (&format!("{ED25519}\0"), KeyFault::Damaged),
        ("hello there", KeyFault::Damaged),
        ("ssh-xmss AAAAB3", KeyFault::Unknown("ssh-xmss".to_string())),
        (DSA, KeyFault::Weak("ssh-dss".to_string())),
        (RSA_1024, KeyFault::Weak("ssh-rsa, 1024 bit".to_string())),
    ];
    for (text, cause) in table {
        assert_eq!(fault(text), cause, "{:.80}", text);
    }
    assert_eq!(
        Key::parse(b"\xff ssh"),
        Err(KeyFault::Encoding(Foreign::Unknown))
    );
}

/// How many cases: more by far with `AFTERCARE_LONG=1`.
fn cases() -> ProptestConfig {
    ProptestConfig::with_cases(if is_long() { 100_000 } else { 1_000 })
}

/// A real key with a few bytes exchanged, put in or taken out.
fn nearly_a_key() -> impl Strategy<Value = Vec<u8>> {
    let key = prop::sample::select(vec![ED25519, ECDSA, RSA_2048, RSA_1024, DSA]);
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<Option<u8>>()), 0..4);
    (key, edits).prop_map(|(key, edits)| {
        let mut bytes = key.as_bytes().to_vec();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            match byte {
                Some(byte) if byte % 2 == 0 => bytes.insert(at, byte),
                Some(byte) => bytes[at] = byte,
                None => {
                    bytes.remove(at);
                }
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn whatever_is_taken_for_a_key_is_two_plain_words_that_read_back(
        bytes in prop_oneof![prop::collection::vec(any::<u8>(), 0..300), nearly_a_key()]
    ) {
        if let Ok(key) = Key::parse(&bytes) {
            let text = key.text();
            let plain = |c: char| c.is_ascii_alphanumeric() || "+/=@.-".contains(c);
            let words: Vec<&str> = text.split(' ').collect();
            prop_assert_eq!(words.len(), 2);
            prop_assert!(words.iter().all(|word| word.chars().all(plain)), "{text}");
            prop_assert_eq!(Key::parse(text.as_bytes()), Ok(key));
        }
    }
}
