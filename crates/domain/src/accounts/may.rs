//! Capabilities: as values for data and documentation, and as types for proofs and route policies.

use crate::catalogue::code_enum;
use crate::problem::ValueError;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

code_enum! {
    /// Something one may be allowed to do. What it means stands in `data/roles.toml`.
    Capability {
        /// Invite and suspend accounts, grant roles.
        ManageAccounts = "accounts.manage",
        /// See who works for an organisation.
        ReadMembers = "members.read",
        /// Invite and remove colleagues of an organisation.
        ManageMembers = "members.manage",
        /// Review applications for access.
        ReviewApplications = "applications.review",
        /// See sources and their state.
        ReadSources = "sources.read",
        /// Add, change and revoke sources.
        ManageSources = "sources.manage",
        /// See imports and their problems.
        ReadImports = "imports.read",
        /// Hand in offers by import.
        RunImports = "imports.run",
        /// Manage partner systems and their secrets.
        ManageClients = "clients.manage",
        /// Confirm, discard and undo imports.
        ConfirmImports = "imports.confirm",
        /// Say how and how carefully a source is imported: schedule, columns, deletion brake.
        ConfigureSources = "sources.configure",
        /// Edit records field by field, and release them to the feed again.
        EditRecords = "records.edit",
        /// Decide about offers that may be the same.
        ReviewDuplicates = "duplicates.review",
        /// Manage webhooks.
        ManageWebhooks = "webhooks.manage",
        /// Read the audit log.
        ReadAudit = "audit.read",
    }
}

/// A capability as a type, so that a proof of one cannot be taken for a proof of another.
pub trait May: 'static {
    /// The capability.
    const CAPABILITY: Capability;
}

macro_rules! markers {
    ($($name:ident)*) => {$(
        #[doc = concat!("[`Capability::", stringify!($name), "`] as a type.")]
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl May for $name {
            const CAPABILITY: Capability = Capability::$name;
        }
    )*};
}

markers! {
    ManageAccounts ReadMembers ManageMembers ReviewApplications ReadSources ManageSources ReadImports RunImports ManageClients ReadAudit
    ConfirmImports ConfigureSources EditRecords ReviewDuplicates ManageWebhooks
}
