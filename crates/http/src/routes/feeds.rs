//! Records and searches for other programs: schema.org, Atom.

use super::operations;
use crate::access::Public;

// These addresses end in a suffix that the ids of the catalogue's table would swallow, so this table comes before that one.
operations! { crate::openapi::PREFIX;
    "/offers.atom" { get Public => feeds::atom::get_offer_feed }
    "/offers.jsonld" { get Public => feeds::offers::get_offer_json_ld_list }
    "/offers/{id}.jsonld" { get Public => feeds::offer::get_offer_json_ld }
    "/organizations/{id}.jsonld" { get Public => feeds::organization::get_organization_json_ld }
    "/places/{id}.jsonld" { get Public => feeds::place::get_place_json_ld }
}
