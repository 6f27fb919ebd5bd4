//! Public SSH keys as people hand them in: read, judged, and written again by us, so that nothing of
//! what was handed in stands in `authorized_keys` but the key itself.

use crate::desk::encoding::{self, Foreign};
use ssh_key::public::KeyData;
use ssh_key::{Algorithm, HashAlg, PublicKey};

/// The most bytes a file with a key has. An RSA key of 16384 bits takes 2.8 KB.
pub const MOST: usize = 16 * 1024;

/// The fewest bits of an RSA key.
const RSA_BITS: usize = 2048;

/// Why a text is no key that can be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyFault {
    /// Nothing but blanks and comments.
    Nothing,
    /// More than [`MOST`] bytes.
    TooLarge,
    /// A private key.
    Private,
    /// A public key in the form of RFC 4716.
    OtherForm,
    /// More than one key.
    Several,
    /// Something in front of the key, such as the options of an `authorized_keys` line.
    Options,
    /// A certificate.
    Certificate,
    /// No key, or not the whole of one.
    Damaged,
    /// A kind of key this program does not know.
    Unknown(String),
    /// A kind that can be broken.
    Weak(String),
    /// No key as it stands, and not UTF-8.
    Encoding(Foreign),
}

/// A key that can be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(PublicKey);

impl Key {
    /// Reads what a person handed in: the text of a `.pub` file.
    ///
    /// # Errors
    /// [`KeyFault`].
    pub fn parse(bytes: &[u8]) -> Result<Key, KeyFault> {
        if bytes.len() > MOST {
            return Err(KeyFault::TooLarge);
        }
        let bytes = encoding::behind_mark(bytes);
        // Whatever stands behind the key is of no account, its encoding neither.
        Key::of_text(&String::from_utf8_lossy(bytes)).map_err(|fault| match encoding::text(bytes) {
            Err(found) => KeyFault::Encoding(found.encoding),
            Ok(_) => fault,
        })
    }

    fn of_text(text: &str) -> Result<Key, KeyFault> {
        let has = |words: &str| text.contains(words);
        if has("PRIVATE KEY") || has("PuTTY-User-Key-File") || has("Private-Lines") {
            return Err(KeyFault::Private);
        }
        if has("BEGIN SSH2 PUBLIC KEY") {
            return Err(KeyFault::OtherForm);
        }
        let mut lines = text
            .split(['\n', '\r'])
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        let line = lines.next().ok_or(KeyFault::Nothing)?;
        if lines.next().is_some() {
            return Err(KeyFault::Several);
        }
        if line.chars().any(|c| c.is_control() && c != '\t') {
            return Err(KeyFault::Damaged);
        }
        Key::of_line(line)
    }

    fn of_line(line: &str) -> Result<Key, KeyFault> {
        let mut words = line.split([' ', '\t']).filter(|word| !word.is_empty());
        let kind = words.next().ok_or(KeyFault::Nothing)?;
        if is_certificate(kind) {
            return Err(KeyFault::Certificate);
        }
        let is_known = is_kind(kind);
        let data = words.next();
        if !is_known && line.split([' ', '\t', ',']).skip(1).any(is_kind) {
            return Err(KeyFault::Options);
        }
        if !is_known {
            let looks_so = data.is_some_and(|data| data.starts_with("AAAA"));
            return Err(match looks_so {
                true => KeyFault::Unknown(kind.chars().take(40).collect()),
                false => KeyFault::Damaged,
            });
        }
        let data = data.ok_or(KeyFault::Damaged)?;
        let plain = format!("{kind} {data}");
        let key = PublicKey::from_openssh(&plain).map_err(|_| KeyFault::Damaged)?;
        refuse_weak(&key)?;
        let key = Key(key);
        // What is written must be what was read, or another key would be let in.
        if key.text() != plain {
            return Err(KeyFault::Damaged);
        }
        Ok(key)
    }

    /// The key as it is kept: `ssh-ed25519 AAAA...`, without a comment.
    pub fn text(&self) -> String {
        self.0.to_openssh().unwrap_or_default()
    }

    /// How people compare keys: `SHA256:...`.
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint(HashAlg::Sha256).to_string()
    }
}

fn is_kind(word: &str) -> bool {
    matches!(
        Algorithm::new(word),
        Ok(Algorithm::Dsa
            | Algorithm::Ecdsa { .. }
            | Algorithm::Ed25519
            | Algorithm::Rsa { hash: None }
            | Algorithm::SkEcdsaSha2NistP256
            | Algorithm::SkEd25519)
    )
}

fn is_certificate(word: &str) -> bool {
    word.ends_with("-cert-v01@openssh.com")
}

fn refuse_weak(key: &PublicKey) -> Result<(), KeyFault> {
    match key.key_data() {
        KeyData::Dsa(_) => Err(KeyFault::Weak("ssh-dss".to_string())),
        KeyData::Rsa(rsa) => {
            let bytes = rsa.n.as_positive_bytes().unwrap_or_default();
            let zeros = bytes.first().map_or(0, |first| first.leading_zeros());
            let bits = (bytes.len() * 8).saturating_sub(zeros as usize);
            if bits < RSA_BITS {
                return Err(KeyFault::Weak(format!("ssh-rsa, {bits} bit")));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
