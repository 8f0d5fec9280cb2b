//! `GET /sources/{source}/webhooks/{webhook}/deliveries`: the deliveries of a webhook.

use super::super::{WebhookId, id_of};
use super::{DeliveryView, show};
use crate::access::{Access, May};
use crate::catalogue::found;
use crate::cursor;
use crate::list::Page;
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageWebhooks;
use domain::partners::DeliveryState;
use persistence::access::owned_source;
use persistence::deliveries;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A page of deliveries.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WebhookDeliveryList)]
pub struct DeliveryList {
    /// The deliveries, the latest first.
    pub data: Vec<DeliveryView>,
    /// Where the list stands.
    pub page: Page,
}

/// Parameters of the list of deliveries.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeliveryParameters {
    /// States; all if not given. `dead` lists what was given up.
    pub state: Option<Vec<DeliveryState>>,
    /// Entries per page; 20 if not given.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    /// Continues a list: `page.next` of the page before.
    #[param(max_length = 400)]
    pub cursor: Option<String>,
    /// Language of errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// List the deliveries of a webhook
///
/// The latest first. What was delivered is kept for 30 days, what was given up for 90.
#[utoipa::path(
    get, path = "/sources/{source}/webhooks/{webhook}/deliveries", operation_id = "listWebhookDeliveries", tag = "webhooks",
    params(crate::params::SourceKey, WebhookId, DeliveryParameters),
    responses(
        (status = 200, description = "A page of deliveries.", body = DeliveryList, content_type = "application/json", example = json!({
            "data": [{ "id": "019ab1c2-0000-7000-8000-000000000012", "event": "catalogue.changed", "state": "dead", "attempts": 11,
                "createdAt": "2026-11-21T04:00:00Z", "lastAttemptAt": "2026-11-24T03:36:00Z", "finishedAt": "2026-11-24T03:36:00Z",
                "lastStatus": 500, "lastError": "the endpoint answered 500" }],
            "page": { "next": null, "limit": 20, "total": 1 }
        })),
        problem::Cursors, problem::Missing
    )
)]
pub(crate) async fn list_webhook_deliveries(
    access: Access<May<ManageWebhooks>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let states = parameters.values::<DeliveryState>("state");
    let limit = parameters.limit(20, 100);
    let cursor = parameters.cursor();
    let (actor, key, now) = (access.actor().clone(), source_key(&request), state.now());
    let list = parameters.fingerprint(&format!("deliveries {key} {}", request.match_info().query("webhook")));
    let language = parameters.finish()?;
    let webhook = id_of(&request, "webhook")?;
    let before = cursor.map(|cursor| cursor::decode(list, &cursor, |text| text.parse().ok())).transpose()?;
    let (mut found, total) = state
        .read(move |connection| {
            let source = owned_source::<ManageWebhooks>(connection, &actor, &key, now)?;
            deliveries::list(connection, &source, webhook, &states, before, i64::from(limit) + 1)
        })
        .await?;
    let next = found::next_page(&mut found, limit, |delivery| cursor::encode(list, &delivery.id.to_string()));
    let data = found.into_iter().map(|delivery| show(delivery, None)).collect::<Result<_, _>>()?;
    private_json(&request, language, &DeliveryList { data, page: Page { next, limit, total: u64::try_from(total).unwrap_or(0) } })
}
