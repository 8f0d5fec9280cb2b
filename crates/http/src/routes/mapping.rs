//! Columns of tables.

use super::operations;
use crate::access::May;
use domain::accounts::may::{ConfigureSources, ReadSources, RunImports};

operations! { crate::openapi::PREFIX;
    "/sources/{source}/mapping" {
        get May<ReadSources> => partners::mapping::get::get_mapping,
        put May<ConfigureSources> => partners::mapping::put::put_mapping,
    }
    "/sources/{source}/mapping/preview" { post May<RunImports> => partners::mapping::preview::preview_mapping }
}
