//! Organisations apply for access.

use super::operations;
use crate::access::{May, Public, Recently};
use domain::accounts::may::ReviewApplications;

// An address that is longer comes before one that would also match it.
operations! { crate::openapi::PREFIX;
    "/applications" { get May<ReviewApplications> => applications::list::list_applications, post Public => applications::create::apply }
    "/applications/verify" { post Public => applications::verify::verify_application }
    "/applications/{id}" { get May<ReviewApplications> => applications::get::get_application }
    "/applications/{id}/decision" { post Recently<May<ReviewApplications>> => applications::decide::decide_application }
}
