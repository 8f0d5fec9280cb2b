//! What administrators do to accounts, and that people are told of it.

use super::{FlowError, Flows};
use crate::mail::{FactorChange, StatusChange};
use domain::Uuid;
use domain::accounts::may::ManageAccounts;
use domain::accounts::{AccountStatus, Actor};
use persistence::access::{allow, myself};
use persistence::accounts::administration::{self, Change};
use persistence::accounts::directory::{self, Listed};
use persistence::accounts::{account, erasure};

impl Flows {
    /// Changes an account, and tells its person of a new status.
    ///
    /// # Errors
    /// What [`administration::change`] says; as a conflict, a new status for somebody who has not accepted the invitation yet.
    pub fn change_account(&self, actor: &Actor, id: Uuid, expected: i64, what: Change) -> Result<Listed, FlowError> {
        let (flows, actor) = (self.clone(), actor.clone());
        let changed = self.store.write(move |tx| {
            let now = flows.now();
            let allowed = allow::<ManageAccounts>(tx, &actor, now)?;
            let before = account::get(tx, id)?.map(|account| account.status);
            let after = administration::change(tx, &allowed, id, expected, &what, &*flows.rng, now)?;
            match (before, after.status) {
                (Some(before), after) if before == after => {}
                (_, AccountStatus::Suspended) => flows.tell_status_changed(tx, &after, StatusChange::Suspended)?,
                _ => flows.tell_status_changed(tx, &after, StatusChange::Resumed)?,
            }
            directory::get(tx, &allowed, id)
        });
        Ok(changed?)
    }

    /// Deletes an account, and tells its person.
    ///
    /// # Errors
    /// What [`administration::delete`] says.
    pub fn delete_account(&self, actor: &Actor, id: Uuid, expected: i64) -> Result<(), FlowError> {
        let (flows, actor) = (self.clone(), actor.clone());
        let deleted = self.store.write(move |tx| {
            let now = flows.now();
            let allowed = allow::<ManageAccounts>(tx, &actor, now)?;
            let before = administration::delete(tx, &allowed, id, expected, &*flows.rng, now)?;
            flows.tell_status_changed(tx, &before, StatusChange::Deleted)
        });
        Ok(deleted?)
    }

    /// Deletes the own account, and confirms it by mail.
    ///
    /// # Errors
    /// What [`erasure::erase_own`] says.
    pub fn delete_own(&self, actor: &Actor, expected: i64) -> Result<(), FlowError> {
        let (flows, actor) = (self.clone(), actor.clone());
        let deleted = self.store.write(move |tx| {
            let now = flows.now();
            let myself = myself(tx, &actor, now)?;
            let before = erasure::erase_own(tx, &myself, expected, &*flows.rng, now)?;
            flows.tell_status_changed(tx, &before, StatusChange::Deleted)
        });
        Ok(deleted?)
    }

    /// Removes all second factors of an account whose person has lost the device, and tells them.
    ///
    /// # Errors
    /// What [`administration::remove_factors`] says.
    pub fn remove_factors(&self, actor: &Actor, id: Uuid) -> Result<(), FlowError> {
        let (flows, actor) = (self.clone(), actor.clone());
        let removed = self.store.write(move |tx| {
            let now = flows.now();
            let allowed = allow::<ManageAccounts>(tx, &actor, now)?;
            let account = administration::remove_factors(tx, &allowed, id, &*flows.rng, now)?;
            flows.tell_factor_changed(tx, &account, FactorChange::Reset)
        });
        Ok(removed?)
    }
}
