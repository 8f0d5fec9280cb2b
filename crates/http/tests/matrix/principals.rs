//! Who asks: every role, and everybody who looks like somebody but is nobody any more.

use super::things::{Place, Things};
use crate::common::Node;
use crate::common::people::Person;
use domain::accounts::may::{ManageAccounts, ManageClients};
use domain::accounts::{AccountStatus, Actor, Capability, Held, MembershipStatus, OrganizationRef, Role, Roles, Scope};
use domain::{Clock, SystemRng, Uuid, new_id};
use identity::tokens::{Claims, Subject, issue};
use persistence::access::{allow, owned_source};
use persistence::accounts::{administration, memberships, sessions};
use persistence::{clients, spent_tokens};
use std::time::Duration;

/// Who asks. The columns of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Principal {
    Anonymous,
    /// A role of the region, or one of the organisation whose things are asked for.
    Own(Role),
    /// A role of another organisation than the one whose things are asked for.
    Foreign(Role),
    /// An administrator whose account was suspended a moment ago.
    SuspendedAccount,
    /// An administrator whose membership was suspended a moment ago.
    SuspendedMembership,
    /// An administrator who signed in without the second factor.
    NoSecondFactor,
    /// An administrator who last proved who they are an hour ago.
    Stale,
    /// An administrator whose session was ended.
    EndedSession,
    /// An administrator with an access token of yesterday.
    ExpiredToken,
    /// A partner system with every scope, of the source that is asked for.
    Client,
    /// The same of another source.
    ForeignClient,
    /// A partner system that asked for no scope but `stats:read`.
    NarrowClient,
    /// A partner system that was revoked.
    RevokedClient,
    /// A partner system whose token was revoked.
    RevokedToken,
}

use Principal::{
    Anonymous, Client, EndedSession, ExpiredToken, Foreign, ForeignClient, NarrowClient, NoSecondFactor, Own, RevokedClient, RevokedToken, Stale,
    SuspendedAccount, SuspendedMembership,
};

/// All of them, in the order of the columns.
pub(crate) const ALL: [Principal; 21] = [
    Anonymous,
    Own(Role::Administrator),
    Own(Role::Editor),
    Own(Role::Analyst),
    Own(Role::Coordinator),
    Own(Role::SteeringMember),
    Own(Role::OrganizationAdmin),
    Foreign(Role::OrganizationAdmin),
    Own(Role::OrganizationEditor),
    Foreign(Role::OrganizationEditor),
    SuspendedAccount,
    SuspendedMembership,
    NoSecondFactor,
    Stale,
    EndedSession,
    ExpiredToken,
    Client,
    ForeignClient,
    NarrowClient,
    RevokedClient,
    RevokedToken,
];

impl Principal {
    /// The head of the column.
    pub(crate) fn name(self) -> String {
        match self {
            Anonymous => "anonymous".to_owned(),
            Own(role) => role.code().to_owned(),
            Foreign(role) => format!("{}@foreign", role.code()),
            SuspendedAccount => "suspended-account".to_owned(),
            SuspendedMembership => "suspended-membership".to_owned(),
            NoSecondFactor => "no-second-factor".to_owned(),
            Stale => "stale-session".to_owned(),
            EndedSession => "ended-session".to_owned(),
            ExpiredToken => "expired-token".to_owned(),
            Client => "client".to_owned(),
            ForeignClient => "client@foreign".to_owned(),
            NarrowClient => "client-narrow".to_owned(),
            RevokedClient => "client-revoked".to_owned(),
            RevokedToken => "token-revoked".to_owned(),
        }
    }

    /// Whether it is a person with an account and a session that goes on.
    pub(crate) fn is_person(self) -> bool {
        matches!(self, Own(_) | Foreign(_) | SuspendedMembership | NoSecondFactor | Stale)
    }

    /// Whether the bearer of the token is somebody at all.
    pub(crate) fn is_somebody(self) -> bool {
        self.is_person() || matches!(self, Client | ForeignClient | NarrowClient)
    }

    /// How far `data/roles.toml` lets it do `capability`: not at all, within its own, everywhere.
    pub(crate) fn reach(self, capability: Capability) -> Option<Held> {
        let of_role = |role| Roles::get().role(role).and_then(|rights| rights.capabilities.get(&capability).copied());
        let of_scopes = |scopes: &[Scope]| {
            scopes
                .iter()
                .any(|scope| Roles::get().scopes.get(scope).is_some_and(|rights| rights.capabilities.contains(&capability)))
                .then_some(Held::Own)
        };
        match self {
            Own(role) | Foreign(role) => of_role(role),
            Stale => of_role(Role::Administrator),
            Client | ForeignClient => of_scopes(Scope::ALL),
            NarrowClient => of_scopes(&[Scope::ReadStats]),
            _ => None,
        }
    }

    /// Whether the things that are asked for are somebody else's.
    pub(crate) fn is_foreign(self) -> bool {
        matches!(self, Foreign(_) | ForeignClient)
    }
}

/// Somebody at the door.
#[derive(Default)]
pub(crate) struct Visitor {
    pub(crate) token: Option<String>,
    /// Id and secret of a partner system.
    pub(crate) credentials: Option<(Uuid, String)>,
    /// The version of the own account.
    pub(crate) version: i64,
    /// Another own session of a person, to be ended.
    pub(crate) other_session: Option<Uuid>,
}

/// Lets a principal sign in who will ask for `things`, which belong to the own organisation of the place.
pub(crate) fn enter(node: &Node, place: &Place, things: &Things, principal: Principal) -> Visitor {
    let administrator: &[(Role, Option<Uuid>)] = &[(Role::Administrator, None)];
    let now = node.clock.now();
    match principal {
        Anonymous => Visitor::default(),
        Own(role) => person(node, node.person("person", &[(role, organization_of(role, &place.organization))])),
        Foreign(role) => person(node, node.person("person", &[(role, organization_of(role, &place.foreign_organization))])),
        SuspendedAccount => {
            let visitor = node.person("person", administrator);
            suspend_account(node, visitor.id);
            person(node, visitor)
        }
        SuspendedMembership => {
            let visitor = node.person("person", administrator);
            suspend_membership(node, visitor.id);
            // The change of the membership counted up the account.
            Visitor { version: 2, ..person(node, visitor) }
        }
        NoSecondFactor => person(node, node.person_with("person", administrator, &["pwd"], now)),
        Stale => person(node, node.person_with("person", administrator, &["pwd", "otp"], now - Duration::from_secs(3600))),
        EndedSession => {
            let visitor = node.person("person", administrator);
            let id = visitor.id;
            node.store.write(move |tx| sessions::end_all(tx, id, None, "test", now)).unwrap();
            Visitor { token: Some(visitor.token), ..Visitor::default() }
        }
        ExpiredToken => {
            let visitor = node.person("person", administrator);
            let yesterday = now - Duration::from_secs(86_400);
            let subject = Subject::Account { id: visitor.id, session: visitor.session, auth_time: yesterday, methods: vec!["pwd".to_owned()] };
            let claims = Claims::new(&node.identity.expected(), subject, new_id(&*node.clock, &SystemRng), yesterday);
            Visitor { token: Some(issue(&node.identity.keys, &claims).unwrap()), ..Visitor::default() }
        }
        Client => partner(node, things, Scope::ALL),
        // Another one's client asks for these things.
        ForeignClient => partner(node, &Things::make(node, &place.organization), Scope::ALL),
        NarrowClient => partner(node, things, &[Scope::ReadStats]),
        RevokedClient => {
            let (other, at) = (Things::make(node, &place.organization), now);
            let (key, id) = (other.source.key.clone(), other.client);
            node.store
                .write(move |tx| {
                    let owned = owned_source::<ManageClients>(tx, &Actor::system(), &key, at)?;
                    clients::revoke(tx, &owned, id, None, &SystemRng, at)
                })
                .unwrap();
            partner(node, &other, Scope::ALL)
        }
        RevokedToken => {
            let (token, id) = client_token(node, things.client, Scope::ALL);
            let until = now + Duration::from_secs(600);
            node.store.write(move |tx| spent_tokens::spend(tx, &id.to_string(), "access", until)).unwrap();
            Visitor { token: Some(token), credentials: Some((things.client, things.secret_text.clone())), ..Visitor::default() }
        }
    }
}

fn organization_of(role: Role, organization: &OrganizationRef) -> Option<Uuid> {
    (role.scope() == domain::accounts::RoleScope::Organization).then_some(organization.id)
}

/// A person, with another session of theirs.
fn person(node: &Node, visitor: Person) -> Visitor {
    let (id, now) = (new_id(&*node.clock, &SystemRng), node.clock.now());
    let other = sessions::Session {
        id,
        account_id: visitor.id,
        methods: vec!["pwd".to_owned()],
        created_at: now,
        authenticated_at: now,
        last_used_at: now,
        expires_at: now + Duration::from_secs(3600),
        address: None,
        user_agent: None,
    };
    node.store.write(move |tx| sessions::insert(tx, &other)).unwrap();
    Visitor { token: Some(visitor.token), other_session: Some(id), version: 1, credentials: None }
}

fn partner(node: &Node, things: &Things, scopes: &[Scope]) -> Visitor {
    let token = client_token(node, things.client, scopes).0;
    Visitor { token: Some(token), credentials: Some((things.client, things.secret_text.clone())), ..Visitor::default() }
}

fn client_token(node: &Node, client: Uuid, scopes: &[Scope]) -> (String, Uuid) {
    let subject = Subject::Client { id: client, scopes: scopes.iter().map(|scope| scope.code().to_owned()).collect() };
    let claims = Claims::new(&node.identity.expected(), subject, new_id(&*node.clock, &SystemRng), node.clock.now());
    (issue(&node.identity.keys, &claims).unwrap(), claims.id)
}

/// Suspends an account as an administrator does.
fn suspend_account(node: &Node, id: Uuid) {
    let now = node.clock.now();
    let change = administration::Change { status: Some(AccountStatus::Suspended), ..administration::Change::default() };
    node.store
        .write(move |tx| {
            let allowed = allow::<ManageAccounts>(tx, &Actor::system(), now)?;
            administration::change(tx, &allowed, id, 1, &change, &SystemRng, now)
        })
        .unwrap();
}

/// Suspends the only membership of an account as an administrator does.
fn suspend_membership(node: &Node, account: Uuid) {
    let now = node.clock.now();
    node.store
        .write(move |tx| {
            let membership = memberships::memberships_of(tx, account)?.remove(0);
            let allowed = allow::<ManageAccounts>(tx, &Actor::system(), now)?;
            let key = (account, membership.id);
            memberships::set_status(tx, &allowed, key, membership.version, MembershipStatus::Suspended, &SystemRng, now)
        })
        .unwrap();
}
