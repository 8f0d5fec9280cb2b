//! Coming in as people do: with a password, a code, a cookie.

use super::{Node, header};
use domain::accounts::may::ReadAudit;
use domain::accounts::{Actor, Role};
use domain::{Clock, SystemRng, Uuid};
use persistence::access::allow;
use persistence::accounts::{account, credentials};
use persistence::audit::{self, Filter};
use reqwest::blocking::{RequestBuilder, Response};
use serde_json::{Value, json};

/// The password of every [`Member`].
pub(crate) const PASSWORD: &str = "Regenschirm am Hafen";

/// An account with a password.
pub(crate) struct Member {
    pub(crate) id: Uuid,
    pub(crate) email: String,
}

/// What a sign-in or a renewal gave.
pub(crate) struct Visit {
    pub(crate) token: String,
    pub(crate) cookie: String,
    pub(crate) session: Value,
}

impl Node {
    /// An active account with [`PASSWORD`].
    pub(crate) fn member(&self, name: &str, roles: &[(Role, Option<Uuid>)]) -> Member {
        let person = self.person(name, roles);
        let (id, now) = (person.id, self.clock.now());
        let hash = self.identity.hasher.hash(PASSWORD, &SystemRng).unwrap();
        self.store.write(move |tx| credentials::set_password(tx, id, &hash, now)).unwrap();
        let account = self.store.read(move |tx| account::get(tx, id)).unwrap().unwrap();
        Member { id, email: account.email.unwrap().to_string() }
    }

    /// `POST` of JSON below `/api/v1`.
    pub(crate) fn send(&self, path: &str, body: Value) -> RequestBuilder {
        self.client.post(self.url(&format!("/api/v1{path}"))).json(&body)
    }

    /// `POST` with a cookie from a page of the portal.
    pub(crate) fn with_cookie(&self, path: &str, cookie: &str) -> RequestBuilder {
        let request = self.client.post(self.url(&format!("/api/v1{path}"))).header("sec-fetch-site", "same-origin");
        request.header("cookie", format!("theme=dark; __Host-refresh={cookie}"))
    }

    /// The answer to address and password.
    pub(crate) fn log_in(&self, email: &str, password: &str) -> Response {
        self.send("/auth/login", json!({ "email": email, "password": password })).send().unwrap()
    }

    /// A session of somebody without a second factor.
    pub(crate) fn visit(&self, member: &Member) -> Visit {
        visit(self.log_in(&member.email, PASSWORD))
    }

    /// Renews a session.
    pub(crate) fn renew(&self, cookie: &str) -> Response {
        self.with_cookie("/auth/refresh", cookie).send().unwrap()
    }

    /// How often an action stands in the audit log.
    pub(crate) fn audited(&self, action: &str) -> i64 {
        let (now, filter) = (self.clock.now(), Filter { action: Some(action.to_owned()), ..Filter::default() });
        let count = |tx: &mut persistence::AnyConnection| {
            let proof = allow::<ReadAudit>(tx, &Actor::system(), now)?;
            audit::count(tx, &proof, &filter)
        };
        self.store.read(count).unwrap()
    }

    /// `GET /me` with an access token.
    pub(crate) fn me(&self, token: &str) -> Response {
        self.get("/me").bearer_auth(token).send().unwrap()
    }
}

/// The session of an answer, which has to be one.
#[track_caller]
pub(crate) fn visit(answer: Response) -> Visit {
    let (status, cookie) = (answer.status(), header(answer.headers(), "set-cookie").to_owned());
    let session: Value = answer.json().unwrap();
    assert_eq!((status.as_u16(), &session["status"]), (200, &json!("signed-in")), "{session}");
    Visit { token: session["accessToken"].as_str().unwrap().to_owned(), cookie: cookie_value(&cookie), session }
}

/// The value of the refresh cookie of `Set-Cookie`; empty without one.
pub(crate) fn cookie_value(set_cookie: &str) -> String {
    set_cookie.strip_prefix("__Host-refresh=").and_then(|rest| rest.split(';').next()).unwrap_or_default().to_owned()
}
