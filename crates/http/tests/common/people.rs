//! People and their sessions, put straight into the database: for tests that are about what they may do, not about how they came in.

use super::Node;
use domain::accounts::{Account, AccountStatus, Membership, MembershipStatus, OrganizationRef, Role};
use domain::{Clock, SystemRng, Timestamp, Uuid, new_id};
use identity::tokens::{Claims, Subject, issue};
use persistence::accounts::{account, sessions};
use reqwest::blocking::RequestBuilder;

/// Somebody who is signed in.
pub(crate) struct Person {
    pub(crate) id: Uuid,
    pub(crate) session: Uuid,
    pub(crate) token: String,
}

impl Node {
    /// An active person with these roles, signed in a moment ago with two factors.
    pub(crate) fn person(&self, name: &str, roles: &[(Role, Option<Uuid>)]) -> Person {
        self.person_with(name, roles, &["pwd", "otp"], self.clock.now())
    }

    /// An active person with these roles, signed in at an instant with these methods.
    pub(crate) fn person_with(&self, name: &str, roles: &[(Role, Option<Uuid>)], methods: &[&str], at: Timestamp) -> Person {
        let now = self.clock.now();
        let id = new_id(&*self.clock, &SystemRng);
        let account = Account {
            id,
            email: Some(format!("{name}-{}@example.org", id.simple()).parse().unwrap()),
            name: name.to_owned(),
            language: "de".to_owned(),
            status: AccountStatus::Active,
            created_at: now,
            updated_at: now,
            last_sign_in_at: None,
            version: 1,
        };
        let memberships: Vec<Membership> = roles
            .iter()
            .map(|(role, organization)| Membership {
                id: new_id(&*self.clock, &SystemRng),
                account_id: id,
                role: *role,
                organization: organization.map(|id| OrganizationRef { id, name: String::new() }),
                status: MembershipStatus::Active,
                created_at: now,
                version: 1,
            })
            .collect();
        let session = sessions::Session {
            id: new_id(&*self.clock, &SystemRng),
            account_id: id,
            methods: methods.iter().map(|method| (*method).to_owned()).collect(),
            created_at: at,
            authenticated_at: at,
            last_used_at: at,
            expires_at: now + std::time::Duration::from_secs(3600),
            address: None,
            user_agent: None,
        };
        let claims = Claims::new(
            &self.identity.expected(),
            Subject::Account { id, session: session.id, auth_time: at, methods: session.methods.clone() },
            new_id(&*self.clock, &SystemRng),
            now,
        );
        let (token, session_id) = (issue(&self.identity.keys, &claims).unwrap(), session.id);
        self.store
            .write(move |tx| {
                account::insert(tx, &account)?;
                memberships.iter().try_for_each(|membership| account::insert_membership(tx, membership))?;
                sessions::insert(tx, &session)
            })
            .unwrap();
        Person { id, session: session_id, token }
    }
}

impl Person {
    /// A request as this person.
    pub(crate) fn asks(&self, request: RequestBuilder) -> RequestBuilder {
        request.bearer_auth(&self.token)
    }
}
