//! Who scans a badge and types a PIN at a shared bench.

use argon2::password_hash::rand_core::{OsRng, RngCore};
use argon2::password_hash::{self, PasswordHash, SaltString};
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use crate::desk::pin::Pin;
use crate::desk::staff::{Badge, Role, Staff};

use super::fault::Trouble;
use super::row::{instant, millis, strange};
use super::{Store, View};

/// So many wrong PINs in a row are nothing to wait for.
const FREE: u32 = 4;
/// The wait after one more; each further one doubles it.
const FIRST_WAIT: TimeDelta = TimeDelta::minutes(1);
/// The longest wait. One that would last longer was counted by a clock that has been put right since.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);

/// What a badge and a PIN say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// They belong to this person, who may work.
    Known(Staff),
    /// They do not belong together, or to nobody, or to somebody who may not work any more.
    Wrong,
    /// Too many PINs of this badge were wrong: none is looked at before this moment.
    Wait(DateTime<Utc>),
}

/// A person as the badge names them.
struct Named {
    id: i64,
    name: String,
    role: String,
    is_disabled: bool,
    pin: Option<String>,
    wrong: u32,
    not_before: i64,
}

impl Store {
    /// Whose badge and PIN these are. Wrong PINs are counted in the file, so that neither another
    /// session nor another start begins to count anew. Takes some 30 ms, as a salted hash should.
    ///
    /// # Errors
    /// [`Trouble`]: the file would not.
    pub fn identify(
        &mut self,
        badge: &Badge,
        pin: &Pin,
        now: DateTime<Utc>,
    ) -> Result<Identity, Trouble> {
        let Some(named) = named(&self.conn, badge)? else {
            return Ok(Identity::Wrong);
        };
        let until = instant(named.not_before)?;
        if until > now && until - now <= LONGEST_WAIT {
            return Ok(Identity::Wait(until));
        }
        let fits = named.pin.as_deref().is_some_and(|hash| is_pin(pin, hash));
        if !fits || named.is_disabled {
            return self.count_wrong(&named, now);
        }
        if named.wrong > 0 {
            let forget = "DELETE FROM pin_attempt WHERE staff = ?1";
            self.conn.execute(forget, [named.id])?;
        }
        let role = Role::from_code(&named.role).ok_or_else(|| strange("role", &named.role))?;
        Ok(Identity::Known(Staff {
            name: named.name,
            role,
        }))
    }

    fn count_wrong(&mut self, named: &Named, now: DateTime<Utc>) -> Result<Identity, Trouble> {
        let transaction = self.begin()?;
        let wrong: u32 = transaction.query_row(
            "INSERT INTO pin_attempt (staff, wrong, not_before) VALUES (?1, 1, 0)
             ON CONFLICT (staff) DO UPDATE SET wrong = wrong + 1 RETURNING wrong",
            [named.id],
            |row| row.get(0),
        )?;
        let wait = wait_after(wrong);
        let until = now + wait;
        transaction.execute(
            "UPDATE pin_attempt SET not_before = ?2 WHERE staff = ?1",
            params![named.id, millis(until)],
        )?;
        transaction.commit()?;
        Ok(match wait.is_zero() {
            true => Identity::Wrong,
            false => Identity::Wait(until),
        })
    }
}

impl View<'_> {
    /// Whether anybody can sit down at a bench: somebody who may work has a badge and a PIN.
    ///
    /// # Errors
    /// See [`View::board`].
    pub fn has_badges(&self) -> Result<bool, Trouble> {
        let sql = "SELECT EXISTS (SELECT 1 FROM staff
             WHERE NOT disabled AND badge IS NOT NULL AND pin IS NOT NULL)";
        Ok(self.conn.query_row(sql, [], |row| row.get(0))?)
    }
}

fn named(conn: &Connection, badge: &Badge) -> Result<Option<Named>, Trouble> {
    let sql =
        "SELECT staff.id, name, role, disabled, pin, coalesce(wrong, 0), coalesce(not_before, 0)
         FROM staff LEFT JOIN pin_attempt ON pin_attempt.staff = staff.id WHERE badge = ?1";
    let found = conn
        .query_row(sql, [badge.as_str()], |row| {
            Ok(Named {
                id: row.get(0)?,
                name: row.get(1)?,
                role: row.get(2)?,
                is_disabled: row.get(3)?,
                pin: row.get(4)?,
                wrong: row.get(5)?,
                not_before: row.get(6)?,
            })
        })
        .optional()?;
    Ok(found)
}

/// The salted hash of a PIN, as it is stored with a person.
///
/// # Errors
/// The system gives no random bytes for the salt.
pub fn pin_hash(pin: &Pin) -> Result<String, password_hash::Error> {
    let mut salt = [0; 16];
    OsRng
        .try_fill_bytes(&mut salt)
        .map_err(|_| password_hash::Error::Crypto)?;
    let salt = SaltString::encode_b64(&salt)?;
    let hash = Argon2::default().hash_password(pin.digits().as_bytes(), &salt)?;
    Ok(hash.to_string())
}

fn is_pin(pin: &Pin, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(pin.digits().as_bytes(), &hash)
            .is_ok()
    })
}

fn wait_after(wrong: u32) -> TimeDelta {
    let Some(further) = wrong.checked_sub(FREE + 1) else {
        return TimeDelta::zero();
    };
    FIRST_WAIT
        .checked_mul(1 << further.min(16))
        .map_or(LONGEST_WAIT, |wait| wait.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_wrong_pins_are_free_then_the_wait_doubles_up_to_an_hour() {
        let minutes: Vec<i64> = (1..=13)
            .map(|wrong| wait_after(wrong).num_minutes())
            .collect();
        assert_eq!(minutes, [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(wait_after(u32::MAX), LONGEST_WAIT);
    }
}
