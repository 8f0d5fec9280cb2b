//! Webhooks: addresses that are told of changes. Their secrets are sealed by the caller.

mod follow;
mod manage;

pub use follow::{Following, advance, disable, following};
pub(crate) use follow::{ill, well};
pub use manage::{Change, NewWebhook, change, create, get, list, remove, rotate};

use crate::connection::AnyConnection;
use crate::convert::{code, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::webhooks;
use diesel::prelude::*;
use domain::Uuid;
use domain::accounts::may::ManageWebhooks;
use domain::partners::{Source, Webhook};

/// The proof that somebody may manage the webhooks of a source.
pub type Manages = crate::access::Owned<Source, ManageWebhooks>;

/// Most webhooks of a source.
pub const MOST: i64 = 20;

#[derive(Queryable, Selectable)]
#[diesel(table_name = webhooks)]
struct Row {
    id: String,
    source_id: String,
    name: String,
    url: String,
    filter: String,
    enabled: i64,
    position: i64,
    failing_since: Option<i64>,
    disabled_because: Option<String>,
    previous_secret_until: Option<i64>,
    created_at: i64,
    version: i64,
}

impl TryFrom<Row> for Webhook {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: uuid(&row.id)?,
            source_id: uuid(&row.source_id)?,
            name: row.name,
            url: row.url,
            filter: serde_json::from_str(&row.filter).map_err(Error::corrupt)?,
            enabled: row.enabled != 0,
            position: row.position,
            failing_since: row.failing_since.map(timestamp).transpose()?,
            disabled_because: row.disabled_because.as_deref().map(code).transpose()?,
            previous_secret_until: row.previous_secret_until.map(timestamp).transpose()?,
            created_at: timestamp(row.created_at)?,
            version: row.version,
        })
    }
}

/// The webhook with this id, of this source.
fn of_source(connection: &mut AnyConnection, source: &Source, id: Uuid) -> Result<Webhook> {
    let row = webhooks::table
        .find(id.to_string())
        .filter(webhooks::source_id.eq(source.id.to_string()))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(Webhook::try_from).transpose()?.ok_or(Error::NotFound)
}
