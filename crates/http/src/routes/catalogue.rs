//! The public catalogue: everybody may read it.

use super::operations;
use crate::access::{May, Public};
use domain::accounts::may::EditRecords;

// An address that is longer comes before one that would also match it.
operations! { crate::openapi::PREFIX;
    "/offers" { get Public => catalogue::offers::list::list_offers }
    "/offers/{id}.ics" { get Public => catalogue::offers::calendar::get_offer_calendar }
    "/offers/{id}" {
        get Public => catalogue::offers::get::get_offer,
        patch May<EditRecords> => catalogue::edits::offers::change::edit_offer,
    }
    "/runs" { get Public => catalogue::runs::list::list_runs }
    "/suggest" { get Public => catalogue::suggest::suggest }
    "/organizations" { get Public => catalogue::organizations::list::list_organizations }
    "/organizations/{id}" {
        get Public => catalogue::organizations::get::get_organization,
        patch May<EditRecords> => catalogue::edits::organizations::change::edit_organization,
    }
    "/places/{id}" {
        get Public => catalogue::places::get::get_place,
        patch May<EditRecords> => catalogue::edits::places::change::edit_place,
    }
    "/region" { get Public => areas::region::get_region }
    "/areas" { get Public => areas::list::list_areas }
    "/areas/boundaries" { get Public => areas::boundaries::get_boundaries }
    "/areas/holidays" { get Public => areas::holidays::list_holidays }
    "/vocabularies" { get Public => vocabularies::list::list_vocabularies }
    "/vocabularies/{id}" { get Public => vocabularies::get::get_vocabulary }
    "/changes" { get Public => changes::list::list_changes }
}
