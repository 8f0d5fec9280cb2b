//! Files that leave the catalogue.

use super::operations;
use crate::access::{May, Public};
use domain::accounts::may::ReadSources;

operations! { crate::openapi::PREFIX;
    "/offers.ics" { get Public => exports::calendar::get_offer_list_calendar }
    "/offers.csv" { get Public => exports::offers::get_offer_table }
    "/organizations.csv" { get Public => exports::organizations::get_organization_table }
    "/organizations/{id}/offers.ics" { get Public => exports::organization_calendar::get_organization_calendar }
    "/organizations/{id}/openqcat.xml" { get Public => exports::openqcat::organization::get_organization_open_q_cat }
    "/exports/openqcat.xml" { get Public => exports::openqcat::catalogue::get_open_q_cat }
    "/exports/openqcat/report" { get Public => exports::openqcat::report::get_open_q_cat_report }
    "/sources/{source}/records.ndjson" { get May<ReadSources> => exports::records::export_records }
}
