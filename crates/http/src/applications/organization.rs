//! A new organisation of the catalogue, handed in like any other record: by an import.

use crate::problem::ApiError;
use domain::accounts::may::ManageSources;
use domain::accounts::{Actor, Application};
use domain::catalogue::{Licence, RecordKind};
use domain::partners::{Handing, ImportFormat, ImportMode, Source};
use domain::{ErrorCode, Timestamp, Uuid, new_id};
use persistence::access::{allow, owned_source};
use persistence::{AnyConnection, Error, records, sources};
use serde_json::json;
use std::io::Cursor;
use sync::Services;
use sync::import::{self, ImportError};

/// Key of the source of records that are made in the portal itself.
const KEY: &str = "portal";

/// Makes the organisation of an application. The same one again if it was made before, by a decision that failed in the end.
pub(super) fn create(services: &Services, application: &Application) -> Result<Uuid, ApiError> {
    let source = source(services)?;
    let external_id = format!("application-{}", application.id);
    let mut record = json!({
        "type": "organization", "externalId": external_id, "name": application.organization_name, "kind": application.organization_kind,
    });
    if let (Some(website), Some(fields)) = (&application.website, record.as_object_mut()) {
        fields.insert("url".to_owned(), json!(website));
    }
    let line = format!("{record}\n");
    // The editor decides about the application; that it makes a record is the program's doing.
    let actor = Actor::system();
    let done = import::run(services, &actor, KEY, &Handing::new(ImportFormat::Ndjson, ImportMode::Delta), &mut Cursor::new(line), &mut |_| {});
    let import = done.map_err(|error| match error {
        ImportError::InProgress => ApiError::new(ErrorCode::ImportInProgress).retry_after(2),
        ImportError::Revoked => ApiError::new(ErrorCode::Conflict)
            .detail("Die Quelle „portal“ ist beendet; sie nimmt nichts mehr an.", "The source “portal” has been ended; it takes nothing any more."),
        ImportError::Store(error) => error.into(),
        error @ ImportError::TooOld => ApiError::internal(error),
    })?;
    let mut made = None;
    services.store.read(|connection| {
        records::each_of_source(connection, source.id, |known| {
            if known.kind == RecordKind::Organization && known.external_id == external_id {
                made = Some(known.id);
            }
        })
    })?;
    made.ok_or_else(|| ApiError::internal(format!("import {} did not make the organisation of the application", import.id)))
}

/// The source of the portal itself, made where it is missing.
fn source(services: &Services) -> Result<Source, ApiError> {
    let now = services.clock.now();
    let new = Source {
        id: new_id(&*services.clock, &*services.rng),
        key: KEY.to_owned(),
        name: "Portal".to_owned(),
        licence: Licence::DlZeroDe2,
        created_at: now,
        revoked_at: None,
        confirmed_at: None,
        organization_id: None,
        version: 1,
    };
    let rng = std::sync::Arc::clone(&services.rng);
    let made = services.store.write(move |tx| {
        let known = known(tx, now)?;
        if known.is_none() {
            let allowed = allow::<ManageSources>(tx, &Actor::system(), now)?;
            sources::add(tx, &allowed, &new, &*rng)?;
        }
        Ok(known.unwrap_or_else(|| new.clone()))
    });
    match made {
        // Another editor was faster.
        Err(Error::Exists(_)) => services.store.read(|connection| known(connection, now))?.ok_or_else(|| Error::NotFound.into()),
        made => Ok(made?),
    }
}

fn known(connection: &mut AnyConnection, now: Timestamp) -> persistence::Result<Option<Source>> {
    match owned_source::<ManageSources>(connection, &Actor::system(), KEY, now) {
        Ok(source) => Ok(Some(source.value().clone())),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
