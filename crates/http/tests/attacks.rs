//! Attacks on rights: foreign things by every way in, fields nobody asked for, roles one may not give, answers that tell too much.
//! (Tokens and second factors: `attacks_tokens.rs`, `sign_in.rs`, `sessions.rs`. Bodies and framing: `bodies.rs`, `framing.rs`.)
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

mod matrix {
    pub(crate) mod things;
}

use common::people::Person;
use common::{Alone, Node, alone, complaints, problem};
use domain::accounts::{Role, Scope};
use domain::{Clock, SystemRng, Uuid, new_id};
use identity::tokens::{Claims, Subject, issue};
use matrix::things::{Place, Things};
use reqwest::blocking::{RequestBuilder, Response};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// Two organisations, each with an administrator and things of its own.
struct Neighbours {
    node: Alone,
    own: Things,
    foreign: Things,
    admin: Person,
    place: Place,
}

impl Neighbours {
    fn new() -> Self {
        let node = alone();
        let place = Place::prepare(&node);
        let (own, foreign) = (Things::make(&node, &place.organization), Things::make(&node, &place.foreign_organization));
        let admin = node.person("einrichtung", &[(Role::OrganizationAdmin, Some(place.organization.id))]);
        Self { node, own, foreign, admin, place }
    }

    fn as_admin(&self, method: &str, path: &str) -> RequestBuilder {
        self.admin.asks(ask(&self.node, method, path))
    }
}

/// A request below `/api/v1` to change version 1 of something.
fn ask(node: &Node, method: &str, path: &str) -> RequestBuilder {
    node.client.request(method.parse().unwrap(), node.url(&format!("/api/v1{path}"))).header("if-match", "\"1\"")
}

/// What an answer says apart from the id of its request.
fn said(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let mut body: Value = response.json().unwrap_or_default();
    body.as_object_mut().map(|body| body.remove("traceId"));
    (status, body)
}

// ASVS 5.0 V8.2.2
// ASVS 5.0 V8.4.1
#[test]
fn a_foreign_thing_below_an_own_one_is_not_there() {
    let town = Neighbours::new();
    let (own, foreign) = (&town.own, &town.foreign);
    let (source, organization) = (&own.source.key, own.organization);
    for (method, path, body) in [
        ("PATCH", format!("/organizations/{organization}/members/{}", foreign.membership), Some(json!({ "status": "suspended" }))),
        ("DELETE", format!("/organizations/{organization}/members/{}", foreign.membership), None),
        ("GET", format!("/sources/{source}/clients/{}", foreign.client), None),
        ("PATCH", format!("/sources/{source}/clients/{}", foreign.client), Some(json!({ "name": "Meins" }))),
        ("DELETE", format!("/sources/{source}/clients/{}", foreign.client), None),
        ("POST", format!("/sources/{source}/clients/{}/secrets", foreign.client), Some(json!({}))),
        ("DELETE", format!("/sources/{source}/clients/{}/secrets/{}", own.client, foreign.secret), None),
        ("DELETE", format!("/sources/{source}/clients/{}/secrets/{}", foreign.client, foreign.secret), None),
        ("GET", format!("/sources/{source}/imports/{}", foreign.import), None),
        ("GET", format!("/sources/{source}/imports/{}/problems", foreign.import), None),
        ("DELETE", format!("/me/sessions/{}", town.node.person("fremd", &[]).session), None),
    ] {
        let request = town.as_admin(method, &path);
        problem(body.map_or(request.try_clone().unwrap(), |body| request.json(&body)).send().unwrap(), 404, "not-found");
    }
    // An account of one person, a membership of another.
    let administrator = town.node.person("verwaltung", &[(Role::Administrator, None)]);
    let mixed = format!("/accounts/{}/memberships/{}", own.account, foreign.membership);
    problem(administrator.asks(ask(&town.node, "PATCH", &mixed)).json(&json!({ "status": "suspended" })).send().unwrap(), 404, "not-found");
    problem(administrator.asks(ask(&town.node, "DELETE", &mixed)).send().unwrap(), 404, "not-found");
}

// ASVS 5.0 V8.4.1
#[test]
fn lists_show_nothing_of_the_neighbours() {
    let town = Neighbours::new();
    let (own, foreign) = (&town.own, &town.foreign);
    for path in ["/sources".to_owned(), format!("/organizations/{}/members", own.organization), format!("/sources/{}/clients", own.source.key)] {
        let list = town.as_admin("GET", &path).send().unwrap().text().unwrap();
        for id in [foreign.source.id, foreign.client, foreign.account, foreign.organization] {
            assert!(!list.contains(&id.to_string()), "{path} shows {id}");
        }
        assert!(
            list.contains(&own.source.id.to_string()) || list.contains(&own.account.to_string()) || list.contains(&own.client.to_string()),
            "{list}"
        );
    }
}

// ASVS 5.0 V8.2.2
// ASVS 5.0 V15.3.3
#[test]
fn what_it_belongs_to_cannot_be_said_in_the_body() {
    let town = Neighbours::new();
    let (own, foreign) = (&town.own, &town.foreign);
    let member =
        json!({ "email": "neu@example.org", "name": "Neu", "language": "de", "role": "organization-editor", "organization": foreign.organization });
    let client = json!({ "name": "System", "scopes": ["imports:run"], "source": foreign.source.key });
    for (path, body, field) in [
        (format!("/organizations/{}/members", own.organization), member, "organization"),
        (format!("/sources/{}/clients", own.source.key), client, "source"),
    ] {
        let refused = problem(town.as_admin("POST", &path).json(&body).send().unwrap(), 422, "invalid");
        assert!(complaints(&refused).iter().any(|(pointer, _)| pointer.ends_with(field)), "{refused}");
    }
}

// ASVS 5.0 V8.4.1
#[test]
fn an_import_cannot_touch_records_of_another_source() {
    let town = Neighbours::new();
    let before = town.node.json(&format!("/organizations/{}", town.place.organization.id));
    // The same identifiers as those of the catalogue, which another source handed in.
    let file = [
        json!({ "type": "organization", "externalId": "o-1", "name": "Übernommen", "kind": "association" }),
        json!({ "type": "delete", "kind": "offer", "externalId": "a-1" }),
        json!({ "type": "offer", "externalId": "x-1", "organization": "o-9", "kind": "course", "title": "Bei Fremden", "topics": ["singing"] }),
        json!({ "type": "offer", "externalId": "x-2", "organization": "o-1", "kind": "course", "title": "Mit Id", "topics": ["singing"], "id": town.place.offer }),
        json!({ "type": "offer", "externalId": "x-3", "organization": "o-1", "kind": "course", "title": "Mit Quelle", "topics": ["singing"], "source": "matrix-catalogue" }),
    ];
    let file: String = file.iter().map(|record| format!("{record}\n")).collect();
    let request = town.as_admin("POST", &format!("/sources/{}/imports?mode=full", town.own.source.key));
    let import: Value = request.header("content-type", "application/x-ndjson").body(file).send().unwrap().json().unwrap();
    assert_eq!(
        (&import["counts"]["created"], &import["counts"]["withdrawn"], &import["counts"]["rejected"]),
        (&json!(1), &json!(0), &json!(3)),
        "{import}"
    );
    town.node.settle();
    assert_eq!(town.node.json(&format!("/organizations/{}", town.place.organization.id)), before);
    assert_eq!(town.node.json(&format!("/offers/{}", town.place.offer))["title"], "Deutsch für den Beruf");
}

// ASVS 5.0 V15.3.3
// ASVS 5.0 V8.2.3
#[test]
fn nobody_sets_a_field_that_is_not_theirs_to_set() {
    let town = Neighbours::new();
    let administrator = town.node.person("verwaltung", &[(Role::Administrator, None)]);
    let application = json!({ "organizationName": "Chor", "organizationKind": "association", "contactName": "Leitung", "email": "chor@example.org", "language": "de" });
    let (account, source) = (format!("/accounts/{}", town.own.account), format!("/sources/{}", town.own.source.key));
    let client = format!("{source}/clients/{}", town.own.client);
    for (method, path, base, fields) in [
        (
            "PATCH",
            "/me".to_owned(),
            json!({ "name": "Neu" }),
            &["role", "roles", "status", "email", "organization", "memberships", "version", "id", "capabilities"][..],
        ),
        ("PATCH", account, json!({ "name": "Neu" }), &["email", "memberships", "role", "password", "secondFactor", "createdAt"]),
        ("POST", "/accounts".to_owned(), json!({ "email": "a@example.org", "name": "A", "language": "de" }), &["status", "id", "password", "role"]),
        ("PATCH", source.clone(), json!({ "name": "Neu" }), &["key", "id", "revokedAt", "confirmedAt", "version"]),
        ("PATCH", client, json!({ "name": "Neu" }), &["source", "secrets", "revokedAt", "jwks", "lastUsedAt"]),
        ("POST", "/applications".to_owned(), application, &["status", "verifiedAt", "decidedBy", "organization", "role"]),
    ] {
        for field in fields {
            let mut body = base.clone();
            body[*field] = json!("administrator");
            let refused = problem(administrator.asks(ask(&town.node, method, &path)).json(&body).send().unwrap(), 422, "invalid");
            assert!(complaints(&refused).iter().any(|(pointer, _)| pointer.contains(field)), "{method} {path} {field}: {refused}");
        }
    }
}

// ASVS 5.0 V8.2.1
#[test]
fn nobody_gives_a_role_they_may_not_give() {
    let town = Neighbours::new();
    let (own, foreign) = (&town.own, &town.foreign);
    let members = format!("/organizations/{}/members", own.organization);
    for role in Role::ALL.iter().filter(|role| !role.code().starts_with("organization-")) {
        let body = json!({ "email": "neu@example.org", "name": "Neu", "language": "de", "role": role });
        problem(town.as_admin("POST", &members).json(&body).send().unwrap(), 422, "invalid");
        let path = format!("{members}/{}", own.membership);
        problem(town.as_admin("PATCH", &path).json(&json!({ "role": role })).send().unwrap(), 422, "invalid");
    }
    let colleague = json!({ "email": "neu@example.org", "name": "Neu", "language": "de", "role": "organization-admin" });
    problem(town.as_admin("POST", &format!("/organizations/{}/members", foreign.organization)).json(&colleague).send().unwrap(), 404, "not-found");
    let myself = format!("/accounts/{}/memberships", town.admin.id);
    problem(town.as_admin("POST", &myself).json(&json!({ "role": "administrator" })).send().unwrap(), 403, "forbidden");

    let editor = town.node.person("redaktion", &[(Role::Editor, None)]);
    let invited = json!({ "email": "b@example.org", "name": "B", "language": "de", "memberships": [{ "role": "administrator" }] });
    problem(editor.asks(ask(&town.node, "POST", "/accounts")).json(&invited).send().unwrap(), 403, "forbidden");
    problem(
        editor
            .asks(ask(&town.node, "POST", &format!("/accounts/{}/memberships", editor.id)))
            .json(&json!({ "role": "administrator" }))
            .send()
            .unwrap(),
        403,
        "forbidden",
    );

    // Not even an administrator gives a role where it does not hold.
    let administrator = town.node.person("verwaltung", &[(Role::Administrator, None)]);
    let path = format!("/accounts/{}/memberships", own.account);
    for body in [json!({ "role": "organization-admin" }), json!({ "role": "editor", "organization": own.organization })] {
        problem(administrator.asks(ask(&town.node, "POST", &path)).json(&body).send().unwrap(), 422, "invalid");
    }
}

// ASVS 5.0 V10.3.2
// ASVS 5.0 V10.4.11
#[test]
fn a_token_is_worth_no_more_than_the_row_of_its_client() {
    let town = Neighbours::new();
    let node = &town.node;
    let subject = Subject::Client { id: town.own.client, scopes: Scope::ALL.iter().map(|scope| scope.code().to_owned()).collect() };
    let claims = Claims::new(&node.identity.expected(), subject, new_id(&*node.clock, &SystemRng), node.clock.now());
    let token = issue(&node.identity.keys, &claims).unwrap();
    let imports = format!("/sources/{}/imports", town.own.source.key);
    assert_eq!(ask(node, "GET", &imports).bearer_auth(&token).send().unwrap().status(), 200);
    let client = format!("/sources/{}/clients/{}", town.own.source.key, town.own.client);
    let narrowed = town.as_admin("PATCH", &client).json(&json!({ "scopes": ["stats:read"] })).send().unwrap();
    assert_eq!(narrowed.status(), 200);
    problem(ask(node, "GET", &imports).bearer_auth(&token).send().unwrap(), 403, "forbidden");
    // Nor does a client look after clients, whatever its scopes.
    problem(
        ask(node, "POST", &format!("/sources/{}/clients", town.own.source.key))
            .bearer_auth(&token)
            .json(&json!({ "name": "x", "scopes": [] }))
            .send()
            .unwrap(),
        403,
        "forbidden",
    );
}

// ASVS 5.0 V6.3.8
#[test]
fn answers_do_not_tell_who_has_an_account() {
    let node = alone();
    let known = node.member("bekannt", &[(Role::SteeringMember, None)]);
    let suspended = node.member("gesperrt", &[(Role::SteeringMember, None)]);
    let administrator = node.person("verwaltung", &[(Role::Administrator, None)]);
    let path = format!("/accounts/{}", suspended.id);
    let version = administrator.asks(node.get(&path)).send().unwrap().headers()["etag"].to_str().unwrap().to_owned();
    let suspending = node.client.patch(node.url(&format!("/api/v1{path}"))).header("if-match", version).json(&json!({ "status": "suspended" }));
    assert_eq!(administrator.asks(suspending).send().unwrap().status(), 200);
    let (known, suspended, unknown) = (known.email.as_str(), suspended.email.as_str(), "niemand@example.org");
    let expected = said(node.log_in(unknown, "ganz falsches Passwort"));
    assert_eq!(expected.0, 401);
    for (email, password) in [(known, "ganz falsches Passwort"), (suspended, "ganz falsches Passwort"), (suspended, common::entrance::PASSWORD)] {
        assert_eq!(said(node.log_in(email, password)), expected, "{email}");
    }
    let forgotten = |email: &str| said(node.send("/auth/password-reset", json!({ "email": email, "language": "de" })).send().unwrap());
    let apply = |email: &str| {
        let body =
            json!({ "organizationName": "Chor", "organizationKind": "association", "contactName": "Leitung", "email": email, "language": "de" });
        said(node.send("/applications", body).send().unwrap())
    };
    for email in [known, suspended] {
        assert_eq!(forgotten(email), forgotten(unknown));
        assert_eq!(apply(email), apply(unknown));
    }
}

// ASVS 5.0 V6.3.8
#[test]
fn an_organization_does_not_learn_whom_an_address_belongs_to() {
    let town = Neighbours::new();
    let somebody = town.node.member("geheim", &[(Role::SteeringMember, None)]);
    let members = format!("/organizations/{}/members", town.own.organization);
    let invite = |email: &str| {
        let body = json!({ "email": email, "name": "Kursleitung", "language": "de", "role": "organization-editor" });
        let answer = town.as_admin("POST", &members).json(&body).send().unwrap();
        assert_eq!(answer.status(), 201);
        answer.json::<Value>().unwrap()
    };
    let (known, unknown) = (invite(&somebody.email), invite("niemand@example.org"));
    let shape = |answer: &Value| answer.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!((shape(&known), &known["status"], &known["account"]["name"]), (shape(&unknown), &unknown["status"], &unknown["account"]["name"]));
    let list = town.as_admin("GET", &members).send().unwrap().text().unwrap();
    assert!(!list.contains("\"geheim\""), "{list}");
}

// ASVS 5.0 V1.3.11
// ASVS 5.0 V2.2.1
#[test]
fn line_breaks_get_neither_into_names_nor_into_mail() {
    let town = Neighbours::new();
    let administrator = town.node.person("verwaltung", &[(Role::Administrator, None)]);
    let application = |email: &str, name: &str| json!({ "organizationName": name, "organizationKind": "association", "contactName": name, "email": email, "language": "de" });
    let unbroken = |text: &str| !text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
    // A break becomes a space, as it does in a form; what cannot be read is refused.
    for (number, name) in ["a\r\nBcc: alle@example.org", "a\nb", "a\rb", "a\u{0}b", "a\u{2028}b", "a\u{85}b"].into_iter().enumerate() {
        let email = format!("konto-{number}@example.org");
        let invited = json!({ "email": email, "name": name, "language": "de" });
        let answer = administrator.asks(ask(&town.node, "POST", "/accounts")).json(&invited).send().unwrap();
        assert!(matches!(answer.status().as_u16(), 201 | 422), "{name:?}");
        let answer: Value = answer.json().unwrap();
        assert!(answer["name"].as_str().is_none_or(unbroken), "{answer}");
        let applicant = format!("antrag-{number}@example.org");
        let handed_in = town.node.send("/applications", application(&applicant, name)).send().unwrap().status().as_u16();
        assert!(matches!(handed_in, 202 | 422), "{name:?}");
        for mail in [&email, &applicant].into_iter().flat_map(|to| town.node.mails(to)) {
            assert!(unbroken(&mail.subject) && unbroken(mail.to.as_str()), "{name:?}: {}", mail.subject);
        }
        assert!(town.node.mails("alle@example.org").is_empty());
    }
    for email in ["a@example.org\r\nBcc: b@example.org", "a@example.org\nb", "a@example.org, b@example.org", "<a@example.org>"] {
        problem(town.node.send("/applications", application(email, "Chor")).send().unwrap(), 422, "invalid");
        let invited = json!({ "email": email, "name": "A", "language": "de" });
        problem(administrator.asks(ask(&town.node, "POST", "/accounts")).json(&invited).send().unwrap(), 422, "invalid");
    }
}

// ASVS 5.0 V1.2.1
#[test]
fn no_header_of_an_answer_can_be_written_from_outside() {
    let town = Neighbours::new();
    let token = &town.admin.token;
    for head in [
        format!("GET /de/angebote/{}/x%0d%0aSet-Cookie:%20a=b HTTP/1.1", town.place.offer),
        "GET /api/v1/offers?q=x%0d%0aSet-Cookie:%20a=b HTTP/1.1".to_owned(),
        format!("GET /api/v1/sources/{}%0d%0aSet-Cookie:%20a=b/imports HTTP/1.1\r\nAuthorization: Bearer {token}", town.own.source.key),
        "GET /api/v1/offers HTTP/1.1\r\nAccept-Language: de%0d%0aSet-Cookie: a=b".to_owned(),
        "GET /api/v1/offers HTTP/1.1\r\nOrigin: https://x.example%0d%0aSet-Cookie: a=b".to_owned(),
    ] {
        let mut stream = TcpStream::connect(town.node.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(format!("{head}\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).to_ascii_lowercase();
        let headers = answer.split("\r\n\r\n").next().unwrap();
        assert!(headers.starts_with("http/1.1 ") && !headers.contains("\nset-cookie"), "{head}: {headers}");
    }
}

// ASVS 5.0 V1.3.6
// ASVS 5.0 V13.2.4
#[test]
fn no_address_that_is_handed_in_is_ever_fetched() {
    let town = Neighbours::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let bait = format!("http://{}/", listener.local_addr().unwrap());
    // The web page of an application, through to its approval.
    let body = json!({
        "organizationName": "Köder", "organizationKind": "association", "website": bait, "contactName": "Leitung", "email": "koeder@example.org", "language": "de"
    });
    assert_eq!(town.node.send("/applications", body).send().unwrap().status(), 202);
    let link = town.node.link_token("koeder@example.org");
    assert_eq!(town.node.send("/applications/verify", json!({ "token": link })).send().unwrap().status(), 200);
    let editor = town.node.person("redaktion", &[(Role::Editor, None)]);
    let list: Value = editor.asks(town.node.get("/applications")).send().unwrap().json().unwrap();
    let found = list["data"].as_array().unwrap().iter().find(|found| found["organizationName"] == "Köder").unwrap();
    assert_eq!(found["website"], Value::from(bait.clone()));
    let decision = town.node.client.post(town.node.url(&format!("/api/v1/applications/{}/decision", found["id"].as_str().unwrap())));
    let approved =
        editor.asks(decision).header("if-match", format!("\"{}\"", found["version"])).json(&json!({ "decision": "approve" })).send().unwrap();
    assert_eq!(approved.status(), 200, "{}", approved.text().unwrap());
    // Keys of partners: not by address, and not by an address inside of a key.
    let clients = format!("/sources/{}/clients", town.own.source.key);
    for body in [
        json!({ "name": "x", "scopes": ["imports:run"], "jwksUri": bait }),
        json!({ "name": "x", "scopes": ["imports:run"], "jwks": bait }),
        json!({ "name": "x", "scopes": ["imports:run"], "jwks": { "keys": [{ "kty": "OKP", "crv": "Ed25519", "kid": "k", "x5u": bait }] } }),
    ] {
        problem(town.as_admin("POST", &clients).json(&body).send().unwrap(), 422, "invalid");
    }
    // The pages of records.
    let records = format!("{{\"type\":\"organization\",\"externalId\":\"o\",\"name\":\"Köder\",\"kind\":\"association\",\"website\":\"{bait}\"}}\n");
    let import =
        town.as_admin("POST", &format!("/sources/{}/imports", town.own.source.key)).header("content-type", "application/x-ndjson").body(records);
    assert_eq!(import.send().unwrap().status(), 201);
    town.node.settle();
    std::thread::sleep(Duration::from_millis(300));
    assert!(listener.accept().is_err(), "somebody followed the address");
}

// ASVS 5.0 V8.3.2
#[test]
fn an_id_is_no_key() {
    let town = Neighbours::new();
    // Ids of the right shape that belong to nothing answer like foreign ones.
    let nobody = Uuid::from_u128(7);
    let foreign = said(town.as_admin("GET", &format!("/organizations/{}/members", town.foreign.organization)).send().unwrap());
    assert_eq!(said(town.as_admin("GET", &format!("/organizations/{nobody}/members")).send().unwrap()), foreign);
    let foreign = said(town.as_admin("GET", &format!("/sources/{}", town.foreign.source.key)).send().unwrap());
    assert_eq!(said(town.as_admin("GET", "/sources/nobody-here").send().unwrap()), foreign);
}
