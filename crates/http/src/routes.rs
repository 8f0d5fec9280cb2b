//! The one table of routes: what is served is what is documented.

use utoipa::OpenApi;

macro_rules! operations {
    ($($($segment:ident)::+;)*) => {
        #[derive(OpenApi)]
        #[openapi(paths($(crate::$($segment)::+),*))]
        struct Documented;
    };
}

operations! {
    catalogue::offers::list::list_offers;
    catalogue::offers::get::get_offer;
    catalogue::offers::calendar::get_offer_calendar;
    catalogue::runs::list::list_runs;
    catalogue::suggest::suggest;
    catalogue::organizations::list::list_organizations;
    catalogue::organizations::get::get_organization;
    catalogue::places::get::get_place;
    areas::region::get_region;
    areas::list::list_areas;
    areas::boundaries::get_boundaries;
    areas::holidays::list_holidays;
    vocabularies::list::list_vocabularies;
    vocabularies::get::get_vocabulary;
    changes::list::list_changes;
    partners::imports::create::create_import;
    partners::imports::list::list_imports;
    partners::imports::get::get_import;
    partners::imports::problems::list_import_problems;
}

#[derive(OpenApi)]
#[openapi(paths(crate::health::healthz, crate::health::readyz))]
struct Operation;

/// What is documented, under its full paths.
pub(crate) fn documentation() -> utoipa::openapi::OpenApi {
    let mut documented = Operation::openapi();
    documented.merge(utoipa::openapi::OpenApi::default().nest(crate::openapi::PREFIX, Documented::openapi()));
    documented
}
