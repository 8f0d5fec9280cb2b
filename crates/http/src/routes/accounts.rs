//! Roles and accounts.

use super::operations;
use crate::access::Public;

operations! { crate::openapi::PREFIX;
    "/roles" { get Public => roles::list::list_roles }
}
