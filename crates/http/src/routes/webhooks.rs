//! Webhooks: who is told of changes.

use super::operations;
use crate::access::May;
use domain::accounts::may::ManageWebhooks;

operations! { crate::openapi::PREFIX;
    "/sources/{source}/webhooks" {
        get May<ManageWebhooks> => partners::webhooks::list::list_webhooks,
        post May<ManageWebhooks> => partners::webhooks::create::create_webhook,
    }
    "/sources/{source}/webhooks/{webhook}" {
        get May<ManageWebhooks> => partners::webhooks::get::get_webhook,
        patch May<ManageWebhooks> => partners::webhooks::change::change_webhook,
        delete May<ManageWebhooks> => partners::webhooks::remove::remove_webhook,
    }
    "/sources/{source}/webhooks/{webhook}/secret" { post May<ManageWebhooks> => partners::webhooks::rotate::rotate_webhook_secret }
    "/sources/{source}/webhooks/{webhook}/test" { post May<ManageWebhooks> => partners::webhooks::test::test_webhook }
    "/sources/{source}/webhooks/{webhook}/deliveries" {
        get May<ManageWebhooks> => partners::webhooks::deliveries::list::list_webhook_deliveries,
    }
    "/sources/{source}/webhooks/{webhook}/deliveries/{delivery}" {
        get May<ManageWebhooks> => partners::webhooks::deliveries::get::get_webhook_delivery,
    }
    "/sources/{source}/webhooks/{webhook}/deliveries/{delivery}/replay" {
        post May<ManageWebhooks> => partners::webhooks::deliveries::replay::replay_webhook_delivery,
    }
}
