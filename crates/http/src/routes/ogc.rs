//! OGC API – Features, and the same features as GeoJSON.

use super::operations;
use crate::access::Public;

operations! { crate::openapi::PREFIX;
    "/places.geojson" { get Public => ogc::places::get_places_geo_json }
    "/organizations.geojson" { get Public => ogc::organizations::get_organizations_geo_json }
    "/ogc" { get Public => ogc::landing::get_features_landing_page }
    "/ogc/api" { get Public => ogc::api::get_features_definition }
    "/ogc/conformance" { get Public => ogc::conformance::get_features_conformance }
    "/ogc/collections" { get Public => ogc::collections::list_feature_collections }
    "/ogc/collections/{collection}" { get Public => ogc::collection::get_feature_collection }
    "/ogc/collections/{collection}/items" { get Public => ogc::items::list_features }
    "/ogc/collections/{collection}/items/{id}" { get Public => ogc::item::get_feature }
}
