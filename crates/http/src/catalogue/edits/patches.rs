//! What a patch may hold, for the documentation: the fields of the draft that can be edited, none of them needed.

use domain::catalogue::edits::editable;
use domain::catalogue::{OfferDraft, OrganizationDraft, PlaceDraft, RecordKind};
use utoipa::openapi::schema::AdditionalProperties;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

macro_rules! patches {
    ($($(#[$doc:meta])* $name:ident of $draft:ident as $kind:ident: $description:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                of($draft::schema(), RecordKind::$kind, $description)
            }
        }

        impl ToSchema for $name {
            fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
                $draft::schemas(schemas);
            }
        }
    )*};
}

patches! {
    /// Fields of an offer to edit.
    OfferPatch of OfferDraft as Offer: "Fields of an offer to edit; `null` empties one.";
    /// Fields of an organisation to edit.
    OrganizationPatch of OrganizationDraft as Organization: "Fields of an organisation to edit; `null` empties one.";
    /// Fields of a place to edit.
    PlacePatch of PlaceDraft as Place: "Fields of a place to edit; `null` empties one.";
}

fn of(draft: RefOr<Schema>, kind: RecordKind, description: &str) -> RefOr<Schema> {
    match draft {
        RefOr::T(Schema::Object(mut object)) => {
            object.properties.retain(|field, _| editable(kind).contains(&field.as_str()));
            object.required.clear();
            object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
            object.description = Some(description.to_owned());
            RefOr::T(Schema::Object(object))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_has_every_field_that_can_be_edited() {
        for (schema, kind) in [
            (OfferPatch::schema(), RecordKind::Offer),
            (OrganizationPatch::schema(), RecordKind::Organization),
            (PlacePatch::schema(), RecordKind::Place),
        ] {
            let RefOr::T(Schema::Object(object)) = schema else { panic!("an object") };
            let mut fields: Vec<&str> = editable(kind).to_vec();
            fields.sort_unstable();
            let mut documented: Vec<&str> = object.properties.keys().map(String::as_str).collect();
            documented.sort_unstable();
            assert_eq!(documented, fields, "{}", kind.code());
        }
    }
}
