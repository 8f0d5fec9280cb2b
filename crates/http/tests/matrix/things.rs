//! What requests are about: for every cell of the matrix things of its own, in the own organisation and in a foreign one, so that no request
//! sees what another one did.
#![allow(dead_code, reason = "each test uses its part")]

use crate::common::{CATALOGUE, Node};
use domain::accounts::may::{ConfigureSources, ManageClients, ManageSources, ManageWebhooks, RunImports};
use domain::accounts::{
    Account, AccountStatus, Actor, ApplicationDraft, MailLanguage, Membership, MembershipStatus, OrganizationRef, Origin, Role, Scope,
};
use domain::catalogue::Licence;
use domain::partners::{DuplicateReason, FilePurpose, ImportCounts, ImportFormat, ImportMode, ImportState, ScheduleDraft, Source, WebhookFilter};
use domain::{Clock, SystemRng, Timestamp, Uuid, new_id};
use identity::secrets::{Secret, SecretKind, digest};
use persistence::access::{allow, owned_source};
use persistence::accounts::one_time_tokens::{self, OneTimeToken, Purpose};
use persistence::accounts::{account, applications, memberships};
use persistence::clients::{self, Client, NewSecret};
use persistence::duplicates::{self, Proposal};
use persistence::files::{self, StoredFile};
use persistence::{deliveries, imports, schedules, sources, webhooks};

/// Another organisation than the one of the small catalogue.
const FOREIGN: &str = r#"{"type":"organization","externalId":"o-9","name":"Fremde Musikschule","kind":"music-school"}"#;

/// What all cells share: the catalogue and the two organisations.
pub(crate) struct Place {
    pub(crate) organization: OrganizationRef,
    pub(crate) foreign_organization: OrganizationRef,
    pub(crate) offer: String,
    pub(crate) place: String,
    /// An offer that stands, as a service.
    pub(crate) service: String,
    /// Two of its offers that may be the same, about which nothing was decided.
    pub(crate) pair: Uuid,
}

impl Place {
    pub(crate) fn prepare(node: &Node) -> Self {
        let administrator = node.person("matrix", &[(Role::Administrator, None)]);
        node.store
            .write({
                let source = source(node, "matrix-catalogue", None);
                move |tx| {
                    let allowed = allow::<ManageSources>(tx, &Actor::system(), source.created_at)?;
                    sources::add(tx, &allowed, &source, &SystemRng)
                }
            })
            .unwrap();
        let request = node.client.post(node.url("/api/v1/sources/matrix-catalogue/imports")).header("content-type", "application/x-ndjson");
        let answer = administrator.asks(request.body(format!("{CATALOGUE}{FOREIGN}\n"))).send().unwrap();
        assert_eq!(answer.status(), 201, "{}", answer.text().unwrap());
        node.settle();
        let list = node.json("/organizations?limit=100");
        let named = |name: &str| {
            let item = list["data"].as_array().unwrap().iter().find(|item| item["name"] == name).unwrap();
            OrganizationRef { id: item["id"].as_str().unwrap().parse().unwrap(), name: name.to_owned() }
        };
        let offer = node.offer("Deutsch für den Beruf");
        let place = node.json(&format!("/offers/{offer}"))["place"]["id"].as_str().unwrap().to_owned();
        let service = node.offer("Bildungsberatung");
        let pair = new_id(&*node.clock, &SystemRng);
        let offers = (offer.parse().unwrap(), node.offer("Bildungsberatung").parse().unwrap());
        let proposal = Proposal { id: pair, offers, score: 80, reasons: vec![DuplicateReason::SimilarTitle] };
        let now = node.clock.now();
        node.store.write(move |tx| duplicates::propose(tx, std::slice::from_ref(&proposal), now)).unwrap();
        Self { organization: named("Volkshochschule Teststadt"), foreign_organization: named("Fremde Musikschule"), offer, place, service, pair }
    }
}

/// The things of a cell. Each is at version 1.
#[derive(Clone)]
pub(crate) struct Things {
    pub(crate) organization: Uuid,
    pub(crate) account: Uuid,
    pub(crate) membership: Uuid,
    pub(crate) source: Source,
    pub(crate) client: Uuid,
    pub(crate) secret: Uuid,
    /// What the partner system keeps of it.
    pub(crate) secret_text: String,
    pub(crate) import: Uuid,
    /// Of which nothing has come yet.
    pub(crate) upload: Uuid,
    pub(crate) webhook: Uuid,
    pub(crate) delivery: Uuid,
    pub(crate) application: Uuid,
}

fn source(node: &Node, key: &str, organization: Option<Uuid>) -> Source {
    Source {
        id: new_id(&*node.clock, &SystemRng),
        key: key.to_owned(),
        name: "Quelle der Matrix".to_owned(),
        licence: Licence::CcZero,
        created_at: node.clock.now(),
        revoked_at: None,
        confirmed_at: None,
        organization_id: organization,
        version: 1,
    }
}

fn colleague(id: Uuid, now: Timestamp) -> Account {
    Account {
        id,
        email: Some(format!("kollegin-{}@example.org", id.simple()).parse().unwrap()),
        name: "Redaktion der Einrichtung".to_owned(),
        language: "de".to_owned(),
        status: AccountStatus::Active,
        created_at: now,
        updated_at: now,
        last_sign_in_at: Some(now),
        version: 1,
    }
}

impl Things {
    /// An account with a membership, a source with a client that has a secret, a finished import, and an application that waits.
    pub(crate) fn make(node: &Node, organization: &OrganizationRef) -> Self {
        let fresh = || new_id(&*node.clock, &SystemRng);
        let now = node.clock.now();
        let things = Self {
            organization: organization.id,
            account: fresh(),
            membership: fresh(),
            source: source(node, &format!("matrix-{}", fresh().simple()), Some(organization.id)),
            client: fresh(),
            secret: fresh(),
            secret_text: Secret::new(SecretKind::Client, &SystemRng).reveal().to_owned(),
            import: fresh(),
            upload: fresh(),
            webhook: fresh(),
            delivery: fresh(),
            application: fresh(),
        };
        let (made, organization) = (things.clone(), organization.clone());
        node.store
            .write(move |tx| {
                let system = Actor::system();
                account::insert(tx, &colleague(made.account, now))?;
                memberships::insert_membership(
                    tx,
                    &Membership {
                        id: made.membership,
                        account_id: made.account,
                        role: Role::OrganizationEditor,
                        organization: Some(organization.clone()),
                        status: MembershipStatus::Active,
                        created_at: now,
                        version: 1,
                    },
                )?;
                let allowed = allow::<ManageSources>(tx, &system, now)?;
                sources::add(tx, &allowed, &made.source, &SystemRng)?;
                let owned = owned_source::<ManageClients>(tx, &system, &made.source.key, now)?;
                clients::create(tx, &owned, &client(&made, now), Some(&secret(&made)), &SystemRng)?;
                let owned = owned_source::<RunImports>(tx, &system, &made.source.key, now)?;
                imports::start(tx, &owned, &imports::NewImport::new(made.import, ImportFormat::Ndjson, ImportMode::Delta, now))?;
                let ending = imports::Ending::new(ImportState::Succeeded, ImportCounts::default(), 0, now);
                imports::finish(tx, made.import, &ending)?;
                files::create(tx, &upload(&made, now))?;
                dump(tx, &made, now)?;
                webhook(tx, &made, now)?;
                schedule(tx, &made, now)?;
                columns(tx, &made, now)?;
                hand_in(tx, made.application, now)
            })
            .unwrap();
        things
    }
}

fn client(things: &Things, now: Timestamp) -> Client {
    Client {
        id: things.client,
        source_id: things.source.id,
        name: "Partnersystem".to_owned(),
        scopes: Scope::ALL.to_vec(),
        jwks: None,
        created_at: now,
        last_used_at: None,
        revoked_at: None,
        version: 1,
    }
}

fn secret(things: &Things) -> NewSecret {
    NewSecret { id: things.secret, digest: digest(&things.secret_text), hint: "abcd".to_owned(), expires_at: None }
}

/// A dump of six bytes.
fn dump(tx: &mut persistence::AnyConnection, things: &Things, now: Timestamp) -> persistence::Result<()> {
    let id = new_id(&domain::SystemClock, &SystemRng);
    let name = "catalogue-20261124T010000Z.ndjson.gz".to_owned();
    files::create(tx, &StoredFile { id, purpose: FilePurpose::Dump, source_id: None, name, change_seq: Some(1), ..upload(things, now) })?;
    files::append(tx, id, 0, b"dumped")?;
    persistence::dumps::publish(tx, id, "00", &[Licence::CcBy4], now + chrono::Duration::days(7))
}

/// A file of six bytes that is to come.
fn upload(things: &Things, now: Timestamp) -> StoredFile {
    StoredFile {
        id: things.upload,
        purpose: FilePurpose::Upload,
        source_id: Some(things.source.id),
        owner: None,
        name: "kurse.xml".to_owned(),
        media_type: "application/octet-stream".to_owned(),
        size: 6,
        received: 0,
        sha256: None,
        change_seq: None,
        created_at: now,
        expires_at: None,
    }
}

/// A webhook that is told of nothing, and a delivery to try it out.
fn webhook(tx: &mut persistence::AnyConnection, things: &Things, now: Timestamp) -> persistence::Result<()> {
    let owned = owned_source::<ManageWebhooks>(tx, &Actor::system(), &things.source.key, now)?;
    let given = webhooks::Change {
        name: "Kalender".to_owned(),
        url: "https://calendar.example.org/hook".to_owned(),
        filter: WebhookFilter::default(),
        enabled: false,
    };
    let new = webhooks::NewWebhook { id: things.webhook, given, secret: vec![0; 61] };
    webhooks::create(tx, &owned, &new, &SystemRng, now)?;
    deliveries::test(tx, &owned, things.webhook, things.delivery, "{}", &SystemRng, now).map(drop)
}

/// A feed that nobody fetches.
fn schedule(tx: &mut persistence::AnyConnection, things: &Things, now: Timestamp) -> persistence::Result<()> {
    let owned = owned_source::<ConfigureSources>(tx, &Actor::system(), &things.source.key, now)?;
    let draft = ScheduleDraft {
        url: "https://vhs.example.org/kurse.xml".to_owned().try_into().unwrap(),
        format: ImportFormat::OpenVhs,
        mode: ImportMode::Full,
        every_minutes: 1440.try_into().unwrap(),
        enabled: false,
    };
    schedules::put(tx, &owned, None, &draft, &SystemRng, now).map(drop)
}

/// What the columns of its tables are.
fn columns(tx: &mut persistence::AnyConnection, things: &Things, now: Timestamp) -> persistence::Result<()> {
    let owned = owned_source::<ConfigureSources>(tx, &Actor::system(), &things.source.key, now)?;
    persistence::mapping::put(tx, &owned, None, domain::partners::ColumnMapping::default(), &SystemRng, now).map(drop)
}

/// An application whose address is confirmed.
fn hand_in(tx: &mut persistence::AnyConnection, id: Uuid, now: Timestamp) -> persistence::Result<()> {
    let draft = ApplicationDraft {
        organization_name: "Neue Einrichtung".to_owned(),
        organization_kind: "music-school".to_owned(),
        website: None,
        contact_name: "Leitung".to_owned(),
        email: format!("leitung-{}@example.org", id.simple()).parse().unwrap(),
        message: None,
        language: MailLanguage::German,
    };
    applications::hand_in(tx, id, &draft, now)?;
    let (digest, expires_at) = (id.simple().to_string(), now + std::time::Duration::from_secs(60));
    one_time_tokens::issue(tx, Purpose::Application, &digest, &OneTimeToken { account: None, subject: Some(id), data: None, expires_at }, now)?;
    applications::verify(tx, &Actor::anonymous(Origin::default()), &digest, &SystemRng, now)
}
