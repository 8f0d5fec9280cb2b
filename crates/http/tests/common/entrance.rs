//! Coming in as people do: with a password, a code, a cookie.

use super::{Alone, Node, header};
use domain::accounts::may::{ManageAccounts, ReadAudit};
use domain::accounts::{AccountStatus, Actor, Role};
use domain::{Clock, SystemRng, Uuid};
use identity::totp::TotpSecret;
use persistence::access::allow;
use persistence::accounts::administration::{self, Change};
use persistence::accounts::{account, credentials, factors, mails};
use persistence::audit::{self, Filter};
use reqwest::blocking::{RequestBuilder, Response};
use serde_json::{Value, json};
use std::path::PathBuf;

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

    /// Sets up an authenticator app in a session and gives the recovery codes.
    pub(crate) fn set_up_totp(&self, visit: &Visit) -> Vec<String> {
        let begun = self.send("/me/factors/totp", json!({})).bearer_auth(&visit.token).send().unwrap();
        assert_eq!(begun.status(), 200, "{}", begun.text().unwrap());
        let id = visit.session["account"]["id"].as_str().unwrap().parse().unwrap();
        let confirmed = self.send("/me/factors/totp/confirm", json!({ "code": self.totp(id) })).bearer_auth(&visit.token).send().unwrap();
        let (status, codes): (_, Value) = (confirmed.status(), confirmed.json().unwrap());
        assert_eq!(status, 200, "{codes}");
        codes["recoveryCodes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect()
    }

    /// The code that the authenticator app of an account shows now.
    pub(crate) fn totp(&self, account: Uuid) -> String {
        let totp = self.store.read(move |connection| factors::totp(connection, account)).unwrap().unwrap();
        let secret = self.identity.keys.seal_key().open(&totp.sealed, &format!("totp:{account}")).unwrap();
        TotpSecret::from_bytes(&secret).unwrap().code(self.clock.now().timestamp() / 30).unwrap()
    }

    /// The question for the second factor, which has to come.
    #[track_caller]
    pub(crate) fn challenge(&self, member: &Member) -> Value {
        let answer: Value = self.log_in(&member.email, PASSWORD).json().unwrap();
        assert_eq!(answer["status"], "second-factor", "{answer}");
        answer
    }

    /// The answer to a code.
    pub(crate) fn give_code(&self, challenge: &Value, method: &str, code: &str) -> Response {
        self.send("/auth/login/second-factor", json!({ "challenge": challenge["challenge"], "method": method, "code": code })).send().unwrap()
    }

    /// Puts an account into a status without anybody being told.
    pub(crate) fn set_status(&self, account: Uuid, status: AccountStatus) {
        let now = self.clock.now();
        let change = Change { status: Some(status), ..Change::default() };
        self.store
            .write(move |tx| {
                let version = account::get(tx, account)?.unwrap().version;
                let allowed = allow::<ManageAccounts>(tx, &Actor::system(), now)?;
                administration::change(tx, &allowed, account, version, &change, &SystemRng, now)
            })
            .unwrap();
    }

    /// How many letters wait in the outbox.
    pub(crate) fn letters(&self) -> usize {
        let now = self.clock.now();
        self.store.read(|connection| mails::due(connection, now, 100)).unwrap().len()
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

impl Alone {
    /// Where the keys of the node lie.
    pub(crate) fn keys_folder(&self) -> PathBuf {
        self._database.folder().join("keys")
    }

    /// Everything that lies on the disk of the database.
    pub(crate) fn database_bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self._database.folder()).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.is_file()).flat_map(|path| std::fs::read(path).unwrap()).collect()
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
