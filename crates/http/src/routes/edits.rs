//! What was edited of records. The edits themselves are made where the records are read.

use super::operations;
use crate::access::May;
use domain::accounts::may::EditRecords;

operations! { crate::openapi::PREFIX;
    "/offers/{id}/edits" { get May<EditRecords> => catalogue::edits::offers::list::list_offer_edits }
    "/offers/{id}/edits/{field}" { delete May<EditRecords> => catalogue::edits::offers::release::release_offer_field }
    "/organizations/{id}/edits" { get May<EditRecords> => catalogue::edits::organizations::list::list_organization_edits }
    "/organizations/{id}/edits/{field}" { delete May<EditRecords> => catalogue::edits::organizations::release::release_organization_field }
    "/places/{id}/edits" { get May<EditRecords> => catalogue::edits::places::list::list_place_edits }
    "/places/{id}/edits/{field}" { delete May<EditRecords> => catalogue::edits::places::release::release_place_field }
}
