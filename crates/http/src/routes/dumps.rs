//! Nightly dumps.

use super::operations;
use crate::access::Public;

operations! { crate::openapi::PREFIX;
    "/dumps" { get Public => dumps::list::list_dumps }
    "/dumps/{name}" { get Public => dumps::get::get_dump }
}
