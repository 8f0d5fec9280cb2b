//! Editing records in the portal: who may, what is refused, and what imports and readers make of it. The same on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::people::Person;
use common::*;
use domain::accounts::may::{ManageClients, ManageSources};
use domain::accounts::{Actor, Role, Scope};
use domain::catalogue::Licence;
use domain::{Clock, SystemRng, Uuid, new_id};
use http::Limits;
use persistence::access::owned_source;
use persistence::clients::{self, Client, NewSecret};
use persistence::sources::{self, Particulars};
use reqwest::Method;
use reqwest::blocking::{RequestBuilder, Response};
use serde_json::{Value, json};
use testkit::{TestDatabase, on_both_databases};

/// A node with the small catalogue and its people.
struct Scene {
    node: Node,
    administrator: Person,
    /// Works for the organisation of the catalogue.
    editor: Person,
    /// Works for another one.
    stranger: Person,
    organization: String,
    offer: String,
    place: String,
}

fn scene(database: &TestDatabase) -> Scene {
    let node = Node::start(database, Limits::default());
    node.add_sources();
    node.import(&format!("{CATALOGUE}{}\n", r#"{"type":"organization","externalId":"o-9","name":"Fremde Musikschule","kind":"music-school"}"#));
    let list = node.json("/organizations?limit=100");
    let named = |name: &str| {
        let item = list["data"].as_array().unwrap().iter().find(|item| item["name"] == name).unwrap();
        item["id"].as_str().unwrap().to_owned()
    };
    let (organization, foreign) = (named("Volkshochschule Teststadt"), named("Fremde Musikschule"));
    let of = |id: &str| -> Option<Uuid> { Some(id.parse().unwrap()) };
    let administrator = node.person("leitung", &[(Role::Administrator, None)]);
    let editor = node.person("redaktion", &[(Role::OrganizationEditor, of(&organization))]);
    let stranger = node.person("fremd", &[(Role::OrganizationEditor, of(&foreign))]);
    let offer = node.offer("Deutsch für den Beruf");
    let place = node.json(&format!("/offers/{offer}"))["place"]["id"].as_str().unwrap().to_owned();
    Scene { node, administrator, editor, stranger, organization, offer, place }
}

impl Scene {
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.node.client.request(method, self.node.url(&format!("/api/v1{path}")))
    }

    fn patch(&self, person: &Person, path: &str, version: i64, patch: Value) -> Response {
        let request = self.request(Method::PATCH, path).header("content-type", "application/merge-patch+json");
        person.asks(request.header("if-match", format!("\"{version}\""))).body(patch.to_string()).send().unwrap()
    }

    fn edits(&self, path: &str) -> Value {
        let answer = self.editor.asks(self.request(Method::GET, &format!("{path}/edits"))).send().unwrap();
        assert_eq!(answer.status(), 200);
        let tag = header(answer.headers(), "etag").to_owned();
        let edits: Value = answer.json().unwrap();
        assert_eq!(tag, format!("\"{}\"", edits["version"]));
        edits
    }

    fn offer_path(&self) -> String {
        format!("/offers/{}", self.offer)
    }
}

on_both_databases! {
    fn an_edit_is_shown_survives_the_import_and_is_released(database) {
        let scene = scene(database);
        let (node, path) = (&scene.node, scene.offer_path());
        let tag = header(node.get(&path).send().unwrap().headers(), "etag").to_owned();
        let answer = scene.patch(&scene.editor, &path, 1, json!({ "title": "Deutsch im Büro", "summary": null }));
        let (status, etag) = (answer.status(), header(answer.headers(), "etag").to_owned());
        let changed: Value = answer.json().unwrap();
        assert_eq!((status.as_u16(), etag.as_str()), (200, "\"2\""), "{changed}");
        assert_eq!((&changed["title"], &changed["version"], changed.get("summary"), &changed["contentLanguage"]), (&json!("Deutsch im Büro"), &json!(2), None, &json!("de")));
        let public = node.get(&path).send().unwrap();
        assert_ne!(header(public.headers(), "etag"), tag, "the public representation is another one");
        assert_eq!(public.json::<Value>().unwrap(), changed);
        node.settle();
        assert_eq!(node.offer("Deutsch im Büro"), scene.offer, "search finds it by its new title");
        node.import(&CATALOGUE.replace("Deutsch für den Beruf", "Deutsch für Berufe").replace(r#""amount":4700"#, r#""amount":4900"#));
        let after = node.json(&path);
        assert_eq!((&after["title"], &after["price"]["amount"], after.get("summary")), (&json!("Deutsch im Büro"), &json!(4900), None));
        let edits = scene.edits(&path);
        let fields = edits["data"].as_array().unwrap();
        assert_eq!(fields.iter().map(|edit| edit["field"].as_str().unwrap()).collect::<Vec<_>>(), ["summary", "title"]);
        assert_eq!((&fields[1]["value"], &fields[1]["feedValue"]), (&json!("Deutsch im Büro"), &json!("Deutsch für Berufe")));
        assert_eq!((&fields[0]["value"], &fields[1]["editedBy"]["name"]), (&Value::Null, &json!("redaktion")));
        let version = edits["version"].as_i64().unwrap();
        let release = |field: &str, version: i64| {
            let request = scene.request(Method::DELETE, &format!("{path}/edits/{field}")).header("if-match", format!("\"{version}\""));
            scene.editor.asks(request).send().unwrap()
        };
        problem(release("title", version - 1), 412, "precondition-failed");
        let released = release("title", version);
        assert_eq!((released.status().as_u16(), header(released.headers(), "etag")), (204, format!("\"{}\"", version + 1).as_str()));
        assert_eq!(node.json(&path)["title"], "Deutsch für Berufe");
        problem(release("title", version + 1), 404, "not-found");
        problem(release("price", version + 1), 404, "not-found");
        let log = scene.administrator.asks(node.get("/audit?action=record.")).send().unwrap().json::<Value>().unwrap();
        let actions: Vec<&str> = log["data"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
        assert_eq!(actions, ["record.released", "record.edited"]);
    }

    fn only_whoever_it_belongs_to_may_edit(database) {
        let scene = scene(database);
        let (organization, place) = (format!("/organizations/{}", scene.organization), format!("/places/{}", scene.place));
        for path in [scene.offer_path(), organization.clone(), place.clone()] {
            problem(scene.patch(&scene.stranger, &path, 1, json!({ "url": null })), 404, "not-found");
            problem(scene.stranger.asks(scene.request(Method::GET, &format!("{path}/edits"))).send().unwrap(), 404, "not-found");
            let release = scene.request(Method::DELETE, &format!("{path}/edits/url")).header("if-match", "\"1\"");
            problem(scene.stranger.asks(release).send().unwrap(), 404, "not-found");
            problem(scene.request(Method::PATCH, &path).body("{}").send().unwrap(), 401, "unauthenticated");
            problem(scene.request(Method::GET, &format!("{path}/edits")).send().unwrap(), 401, "unauthenticated");
        }
        // The place is of the source, which belongs to nobody yet.
        problem(scene.patch(&scene.editor, &place, 1, json!({ "url": null })), 404, "not-found");
        let (owner, now): (Uuid, _) = (scene.organization.parse().unwrap(), scene.node.clock.now());
        scene.node.store.write(move |tx| {
            let source = owned_source::<ManageSources>(tx, &Actor::system(), SOURCE, now)?;
            let owned = Particulars { name: "Quelle".to_owned(), licence: Licence::CcZero, organization_id: Some(owner) };
            sources::change(tx, &source, source.value().version, &owned, &SystemRng, now)
        }).unwrap();
        for (path, patch) in [(scene.offer_path(), json!({ "courseCode": "D 1" })), (organization, json!({ "name": "VHS" })), (place, json!({ "name": "Haus" }))] {
            let answer = scene.patch(&scene.editor, &path, 1, patch);
            assert_eq!(answer.status(), 200, "{path}: {}", answer.text().unwrap());
        }
        let reader = scene.node.person("ohne", &[]);
        problem(scene.patch(&reader, &scene.offer_path(), 1, json!({})), 403, "forbidden");
    }

    fn a_partner_system_edits_records_of_its_source_only(database) {
        let scene = scene(database);
        let node = &scene.node;
        let token = |source: &'static str, number: u128| {
            let (id, now) = (Uuid::from_u128(number), node.clock.now());
            let client = Client {
                id, source_id: Uuid::nil(), name: "Kursverwaltung".to_owned(), scopes: vec![Scope::WriteOffers], jwks: None, created_at: now,
                last_used_at: None, revoked_at: None, version: 1,
            };
            let text = format!("brs_{}", source.repeat(6).get(1..44).unwrap());
            let secret = NewSecret { id: new_id(&*node.clock, &SystemRng), digest: identity::secrets::digest(&text), hint: String::new(), expires_at: None };
            node.store.write(move |tx| {
                let owned = owned_source::<ManageClients>(tx, &Actor::system(), source, now)?;
                clients::create(tx, &owned, &client, Some(&secret), &SystemRng)
            }).unwrap();
            let answer = node.ask_for_token(&id.to_string(), &text, &[("grant_type", "client_credentials")]);
            answer.json::<Value>().unwrap()["access_token"].as_str().unwrap().to_owned()
        };
        let patch = |token: &str| {
            let request = scene.request(Method::PATCH, &scene.offer_path()).header("content-type", "application/merge-patch+json");
            request.header("if-match", "\"1\"").bearer_auth(token).body(r#"{"courseCode":"27F"}"#).send().unwrap()
        };
        problem(patch(&token(OTHER_SOURCE, 0xe1)), 404, "not-found");
        problem(patch(&node.token(SOURCE)), 403, "forbidden");
        assert_eq!(patch(&token(SOURCE, 0xe2)).status(), 200);
        assert_eq!(scene.edits(&scene.offer_path())["data"][0]["editedBy"]["name"], "Kursverwaltung");
    }

    fn what_is_no_patch_is_refused(database) {
        let scene = scene(database);
        let path = scene.offer_path();
        let send = |kind: &str, tag: Option<&str>, body: &str| {
            let mut request = scene.request(Method::PATCH, &path).header("content-type", kind.to_owned()).body(body.to_owned());
            if let Some(tag) = tag {
                request = request.header("if-match", tag.to_owned());
            }
            scene.editor.asks(request).send().unwrap()
        };
        const MERGE: &str = "application/merge-patch+json";
        problem(send(MERGE, None, "{}"), 428, "precondition-required");
        problem(send(MERGE, Some("*"), "{}"), 428, "precondition-required");
        problem(send(MERGE, Some("\"7\""), r#"{"title":"X"}"#), 412, "precondition-failed");
        let other = send("application/json", Some("\"1\""), "{}");
        assert_eq!(header(other.headers(), "accept"), MERGE);
        problem(other, 415, "unsupported-media-type");
        problem(send(MERGE, Some("\"1\""), "{"), 400, "bad-request");
        for (body, pointer, code) in [
            ("[]", "/body", "type-wrong"),
            (r#"{"colour":"red"}"#, "/body/colour", "field-not-editable"),
            (r#"{"externalId":"x"}"#, "/body/externalId", "field-not-editable"),
            (r#"{"licence":"cc-zero"}"#, "/body/licence", "field-not-editable"),
            (r#"{"topics":["cookery"]}"#, "/body/topics/0", "concept-unknown"),
            (r#"{"title":""}"#, "/body/title", "text-empty"),
            (r#"{"contact":{"fax":"1"}}"#, "/body/contact/fax", "field-unknown"),
        ] {
            let refused = problem(send(MERGE, Some("\"1\""), body), 422, "invalid");
            assert_eq!(complaints(&refused), [(pointer.to_owned(), code.to_owned())], "{body}: {refused}");
        }
        assert_eq!(scene.edits(&path), json!({ "data": [], "version": 1 }));
        // A withdrawn record is gone.
        scene.node.import(r#"{"type":"delete","kind":"offer","externalId":"a-1"}"#);
        problem(scene.patch(&scene.editor, &path, 2, json!({ "title": "X" })), 410, "gone");
    }
}
