//! Schemas of parameters that follow from elsewhere: languages, codes of vocabularies, keys of areas, positions, cursors.
//!
//! The codes themselves are data and differ from region to region, so a schema names the vocabulary instead of listing them.

use crate::language::CONTENT_LANGUAGES;
use search::OfferFacet;
use utoipa::openapi::RefOr;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::schema::{ArrayBuilder, KnownFormat, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, Type};

/// Most values of one parameter.
const MAX_VALUES: usize = 50;

/// Completes the query parameters of an operation.
pub(super) fn refine(operation: &mut Operation) {
    let id = operation.operation_id.clone().unwrap_or_default();
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && parameter.parameter_in == ParameterIn::Query
        {
            refine_one(&id, parameter);
        }
    }
}

fn refine_one(operation: &str, parameter: &mut Parameter) {
    let string = || ObjectBuilder::new().schema_type(Type::String);
    let refined = match (operation, parameter.name.as_str()) {
        (_, "lang") => Some(string().enum_values(Some(CONTENT_LANGUAGES.iter().copied())).into()),
        (_, "cursor") => Some(string().pattern(Some("^[A-Za-z0-9_-]+$")).max_length(Some(400)).into()),
        (_, "near") => Some(string().pattern(Some(r"^([0-9]{5}|-?[0-9]{1,2}(\.[0-9]{1,12})?,-?[0-9]{1,3}(\.[0-9]{1,12})?)$")).into()),
        (_, "area") => Some(array(string().pattern(Some("^[0-9]{5,12}$")).description(Some("Key of an area, see `GET /areas`.")))),
        ("listAudit" | "exportAudit", "from" | "to") => Some(day_or_instant()),
        ("listOffers" | "getOfferFeed" | "getOfferJsonLdList", name) => OfferFacet::from_parameter(name).and_then(OfferFacet::vocabulary).map(codes),
        ("listOrganizations", "kind") => Some(codes(domain::vocabularies::ids::ORGANIZATION_KINDS)),
        _ => None,
    };
    if let Some(schema) = refined {
        parameter.schema = Some(RefOr::T(schema));
    }
}

/// `2026-11-01`, or `2026-11-01T08:00:00Z`.
fn day_or_instant() -> Schema {
    let format = |format| ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(format)));
    OneOfBuilder::new().item(format(KnownFormat::Date)).item(format(KnownFormat::DateTime)).into()
}

/// Codes of a vocabulary; `x-vocabulary` tells a client where to find them.
fn codes(vocabulary: &str) -> Schema {
    let extensions = ExtensionsBuilder::new().add("x-vocabulary", vocabulary).build();
    let description = format!("Code of the vocabulary `{vocabulary}`, see `GET /vocabularies/{vocabulary}`.");
    let code = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[A-Za-z0-9-]+$"));
    array(code.max_length(Some(60)).description(Some(description)).extensions(Some(extensions)))
}

fn array(items: ObjectBuilder) -> Schema {
    ArrayBuilder::new().items(items).max_items(Some(MAX_VALUES)).into()
}
