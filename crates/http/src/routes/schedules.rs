//! How sources are fetched, how carefully they are imported, and how they are doing.

use super::operations;
use crate::access::May;
use domain::accounts::may::{ConfigureSources, ReadSources};

operations! { crate::openapi::PREFIX;
    "/sources/health" { get May<ReadSources> => partners::health::list::list_source_health }
    "/sources/{source}/health" { get May<ReadSources> => partners::health::get::get_source_health }
    "/sources/{source}/schedule" {
        get May<ConfigureSources> => partners::schedule::get::get_schedule,
        put May<ConfigureSources> => partners::schedule::put::put_schedule,
        delete May<ConfigureSources> => partners::schedule::remove::remove_schedule,
    }
    "/sources/{source}/schedule/fetch" { post May<ConfigureSources> => partners::schedule::fetch::fetch_source }
    "/sources/{source}/settings" {
        get May<ConfigureSources> => partners::settings::get::get_source_settings,
        put May<ConfigureSources> => partners::settings::put::put_source_settings,
    }
}
