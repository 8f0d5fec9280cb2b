//! Who ran an import: kept as kind and id, shown with the name as long as there is one.

use crate::connection::AnyConnection;
use crate::convert::{texts, uuid};
use crate::error::Result;
use crate::schema::{accounts, clients};
use diesel::prelude::*;
use domain::Uuid;
use domain::accounts::{Actor, Identity};
use domain::partners::{Import, ImportActor};
use std::collections::HashMap;

const ACCOUNT: &str = "account";
const CLIENT: &str = "client";

/// Who ran an import, as its row says it.
pub(super) fn ran_by(actor: &Actor) -> String {
    match &actor.identity {
        Identity::Anonymous => "anonymous".to_owned(),
        Identity::System => "system".to_owned(),
        Identity::Account { id, .. } => format!("{ACCOUNT}:{id}"),
        Identity::Client { id, .. } => format!("{CLIENT}:{id}"),
    }
}

/// The same, read again.
pub(super) fn parse(text: &str) -> ImportActor {
    let (kind, id) = text.split_once(':').map_or((text, None), |(kind, id)| (kind, id.parse().ok()));
    ImportActor { kind: kind.to_owned(), id, name: None }
}

/// Adds the names that accounts and clients have now.
pub(super) fn name(connection: &mut AnyConnection, imports: &mut [Import]) -> Result<()> {
    let of = |kind: &str| -> Vec<Uuid> {
        let mut ids: Vec<Uuid> = imports.iter().filter_map(|i| i.actor.as_ref().filter(|actor| actor.kind == kind)?.id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let (people, systems) = (of(ACCOUNT), of(CLIENT));
    let mut rows: Vec<(String, String)> = Vec::new();
    if !people.is_empty() {
        rows.extend(
            accounts::table
                .filter(accounts::id.eq_any(texts(&people)))
                .select((accounts::id, accounts::name))
                .load::<(String, String)>(connection)?,
        );
    }
    if !systems.is_empty() {
        rows.extend(
            clients::table.filter(clients::id.eq_any(texts(&systems))).select((clients::id, clients::name)).load::<(String, String)>(connection)?,
        );
    }
    let names = rows.into_iter().map(|(id, name)| Ok((uuid(&id)?, name))).collect::<Result<HashMap<Uuid, String>>>()?;
    for actor in imports.iter_mut().filter_map(|import| import.actor.as_mut()) {
        actor.name = actor.id.and_then(|id| names.get(&id).cloned()).filter(|name| !name.is_empty());
    }
    Ok(())
}
