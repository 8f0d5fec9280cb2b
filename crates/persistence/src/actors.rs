//! Who did something, as rows keep it: kind and id, shown with the name as long as there is one.

use crate::connection::AnyConnection;
use crate::convert::{texts, uuid};
use crate::error::Result;
use crate::schema::{accounts, clients};
use diesel::prelude::*;
use domain::Uuid;
use domain::accounts::{Actor, Identity};
use std::collections::HashMap;

const ACCOUNT: &str = "account";
const CLIENT: &str = "client";

/// An actor as a row says it: `account:ID`, `client:ID`, `system` or `anonymous`.
pub(crate) fn text(actor: &Actor) -> String {
    match &actor.identity {
        Identity::Anonymous => "anonymous".to_owned(),
        Identity::System => "system".to_owned(),
        Identity::Account { id, .. } => format!("{ACCOUNT}:{id}"),
        Identity::Client { id, .. } => format!("{CLIENT}:{id}"),
    }
}

/// Kind and id of an actor of a row.
pub(crate) fn parts(text: &str) -> (&str, Option<Uuid>) {
    text.split_once(':').map_or((text, None), |(kind, id)| (kind, id.parse().ok()))
}

/// The names that accounts and clients have now, by their ids; those who have none any more are left out.
pub(crate) fn names<'a>(connection: &mut AnyConnection, actors: impl Iterator<Item = (&'a str, Option<Uuid>)>) -> Result<HashMap<Uuid, String>> {
    let (mut people, mut systems) = (Vec::new(), Vec::new());
    for actor in actors {
        match actor {
            (ACCOUNT, Some(id)) => people.push(id),
            (CLIENT, Some(id)) => systems.push(id),
            _ => {}
        }
    }
    let mut rows: Vec<(String, String)> = Vec::new();
    if !people.is_empty() {
        let named = accounts::table.filter(accounts::id.eq_any(texts(&distinct(people))));
        rows.extend(named.select((accounts::id, accounts::name)).load::<(String, String)>(connection)?);
    }
    if !systems.is_empty() {
        let named = clients::table.filter(clients::id.eq_any(texts(&distinct(systems))));
        rows.extend(named.select((clients::id, clients::name)).load::<(String, String)>(connection)?);
    }
    rows.into_iter().filter(|(_, name)| !name.is_empty()).map(|(id, name)| Ok((uuid(&id)?, name))).collect()
}

fn distinct(mut ids: Vec<Uuid>) -> Vec<Uuid> {
    ids.sort_unstable();
    ids.dedup();
    ids
}
