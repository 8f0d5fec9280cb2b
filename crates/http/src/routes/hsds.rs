//! Open Referral HSDS 3.0: standing services.

use super::operations;
use crate::access::Public;

operations! { crate::openapi::PREFIX;
    "/hsds" { get Public => hsds::about::get_hsds }
    "/hsds/services" { get Public => hsds::services::list_hsds_services }
    "/hsds/services/{id}" { get Public => hsds::service::get_hsds_service }
    "/hsds/organizations" { get Public => hsds::organizations::list_hsds_organizations }
    "/hsds/organizations/{id}" { get Public => hsds::organization::get_hsds_organization }
}
