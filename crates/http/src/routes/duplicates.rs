//! Offers that may be the same.

use super::operations;
use crate::access::May;
use domain::accounts::may::ReviewDuplicates;

operations! { crate::openapi::PREFIX;
    "/duplicates" { get May<ReviewDuplicates> => duplicates::list::list_duplicates }
    "/duplicates/{id}" { get May<ReviewDuplicates> => duplicates::get::get_duplicate }
    "/duplicates/{id}/decision" { post May<ReviewDuplicates> => duplicates::decide::decide_duplicate }
}
