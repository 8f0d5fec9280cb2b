//! Rights as data: `data/roles.toml`, and what a set of memberships or scopes adds up to.

use super::Capability;
use crate::catalogue::code_enum;
use crate::problem::{Message, ValueError};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::sync::LazyLock;
use utoipa::ToSchema;
use uuid::Uuid;

code_enum! {
    /// A role. What it may do stands in `data/roles.toml`.
    Role {
        /// Administration.
        Administrator = "administrator",
        /// Editor of all content (Fachdienst).
        Editor = "editor",
        /// Monitoring.
        Analyst = "analyst",
        /// Governance and strategy.
        Coordinator = "coordinator",
        /// Member of the steering committee.
        SteeringMember = "steering-member",
        /// Administrator of one organisation.
        OrganizationAdmin = "organization-admin",
        /// Editor of one organisation.
        OrganizationEditor = "organization-editor",
    }
}

code_enum! {
    /// Where a role holds.
    RoleScope {
        /// In the whole region.
        Region = "region",
        /// In one organisation.
        Organization = "organization",
    }
}

code_enum! {
    /// What a partner system may ask for (OAuth 2.0 scope).
    Scope {
        /// Hand in records and read the reports.
        RunImports = "imports:run",
        /// Write single offers.
        WriteOffers = "offers:write",
        /// Manage webhooks.
        ManageWebhooks = "webhooks:manage",
        /// Read the state of the source.
        ReadStats = "stats:read",
    }
}

code_enum! {
    /// How far a right of a role reaches.
    Held {
        /// Everywhere.
        All = "all",
        /// In the organisation of the membership.
        Own = "own",
    }
}

/// Something with a German and an English name.
pub type Explained = Message;

/// What a role is and may do.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleRights {
    /// Where it holds.
    pub scope: RoleScope,
    /// Whether its holder must have a second factor.
    pub second_factor: bool,
    /// Name.
    pub label: Explained,
    /// What its holder does.
    pub explanation: Explained,
    /// What it may do, and how far.
    pub capabilities: BTreeMap<Capability, Held>,
}

/// What a scope may do.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeRights {
    /// German.
    pub de: String,
    /// English.
    pub en: String,
    /// What it may do in the source of the client.
    pub capabilities: BTreeSet<Capability>,
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    /// What each capability means.
    pub capabilities: BTreeMap<Capability, Explained>,
    /// What each role is and may do.
    pub roles: BTreeMap<Role, RoleRights>,
    /// What each scope may do.
    pub scopes: BTreeMap<Scope, ScopeRights>,
}

static ROLES: LazyLock<Roles> = LazyLock::new(|| {
    // Part of the program: a test reads it, so a broken table cannot leave the house.
    #[allow(clippy::expect_used)]
    toml::from_str(include_str!("../../../../data/roles.toml")).expect("data/roles.toml is complete")
});

impl Roles {
    /// The table.
    pub fn get() -> &'static Self {
        &ROLES
    }

    /// What a role is and may do.
    pub fn role(&self, role: Role) -> Option<&RoleRights> {
        self.roles.get(&role)
    }
}

impl Role {
    /// Whether its holder must have a second factor.
    pub fn needs_second_factor(self) -> bool {
        // A role that the table lacks gets the stricter answer.
        Roles::get().role(self).is_none_or(|rights| rights.second_factor)
    }

    /// Where it holds.
    pub fn scope(self) -> RoleScope {
        Roles::get().role(self).map_or(RoleScope::Organization, |rights| rights.scope)
    }
}

/// How far a right reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Everywhere.
    All,
    /// Within these organisations and their sources.
    Organizations(BTreeSet<Uuid>),
    /// Within this source.
    Source(Uuid),
}

impl Reach {
    /// Whether it contains an organisation.
    pub fn has_organization(&self, id: Uuid) -> bool {
        match self {
            Self::All => true,
            Self::Organizations(own) => own.contains(&id),
            Self::Source(_) => false,
        }
    }

    /// Whether it contains a source that belongs to `organization`.
    pub fn has_source(&self, id: Uuid, organization: Option<Uuid>) -> bool {
        match self {
            Self::All => true,
            Self::Organizations(own) => organization.is_some_and(|organization| own.contains(&organization)),
            Self::Source(own) => *own == id,
        }
    }
}

/// Everything somebody may do just now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grants(BTreeMap<Capability, Reach>);

impl Grants {
    /// The union of the rights of active memberships: role and organisation.
    pub fn of_roles(held: impl IntoIterator<Item = (Role, Option<Uuid>)>) -> Self {
        let mut grants = BTreeMap::new();
        for (role, organization) in held {
            let Some(rights) = Roles::get().role(role) else { continue };
            for (capability, reach) in &rights.capabilities {
                match (reach, organization) {
                    (Held::All, _) => {
                        grants.insert(*capability, Reach::All);
                    }
                    (Held::Own, Some(organization)) => {
                        if let Reach::Organizations(own) = grants.entry(*capability).or_insert_with(|| Reach::Organizations(BTreeSet::new())) {
                            own.insert(organization);
                        }
                    }
                    // A right in the own organisation without an organisation is no right.
                    (Held::Own, None) => {}
                }
            }
        }
        Self(grants)
    }

    /// The rights of a client's scopes in its source.
    pub fn of_scopes(scopes: impl IntoIterator<Item = Scope>, source: Uuid) -> Self {
        let rights = scopes.into_iter().filter_map(|scope| Roles::get().scopes.get(&scope)).flat_map(|rights| rights.capabilities.iter().copied());
        Self(rights.map(|capability| (capability, Reach::Source(source))).collect())
    }

    /// Everything: for the program itself.
    pub fn everything() -> Self {
        Self(Capability::ALL.iter().map(|capability| (*capability, Reach::All)).collect())
    }

    /// How far a right reaches, if it is there.
    pub fn reach(&self, capability: Capability) -> Option<&Reach> {
        self.0.get(&capability)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (Capability, &Reach)> {
        self.0.iter().map(|(capability, reach)| (*capability, reach))
    }
}

/// A right for the interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GrantView {
    /// The capability.
    pub capability: Capability,
    /// How far it reaches.
    pub reach: Held,
    /// The own organisations, where it reaches no further.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<Uuid>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_complete() {
        let roles = Roles::get();
        assert_eq!(roles.capabilities.keys().copied().collect::<Vec<_>>(), Capability::ALL);
        assert_eq!(roles.roles.keys().copied().collect::<Vec<_>>(), Role::ALL);
        assert_eq!(roles.scopes.keys().copied().collect::<BTreeSet<_>>(), Scope::ALL.iter().copied().collect());
        for (role, rights) in &roles.roles {
            let own = rights.capabilities.values().any(|reach| *reach == Held::Own);
            assert!(!own || rights.scope == RoleScope::Organization, "{role:?} has rights in an organisation it does not name");
        }
    }

    #[test]
    fn rights_add_up_and_all_wins_over_own_in_any_order() {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let own = Grants::of_roles([(Role::OrganizationAdmin, Some(one)), (Role::OrganizationEditor, Some(two))]);
        assert_eq!(own.reach(Capability::RunImports), Some(&Reach::Organizations([one, two].into())));
        assert_eq!(own.reach(Capability::ManageClients), Some(&Reach::Organizations([one].into())));
        assert_eq!(own.reach(Capability::ReadAudit), None);
        for held in [[(Role::Editor, None), (Role::OrganizationAdmin, Some(one))], [(Role::OrganizationAdmin, Some(one)), (Role::Editor, None)]] {
            assert_eq!(Grants::of_roles(held).reach(Capability::RunImports), Some(&Reach::All));
        }
        assert_eq!(Grants::of_roles([(Role::OrganizationAdmin, None)]), Grants::default());
    }
}
