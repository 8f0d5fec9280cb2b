//! Sources, their imports and their clients.

use super::operations;
use crate::access::Public;

operations! { crate::openapi::PREFIX;
    "/sources/{source}/imports" {
        get Public => partners::imports::list::list_imports,
        post Public => partners::imports::create::create_import,
    }
    "/sources/{source}/imports/{id}" { get Public => partners::imports::get::get_import }
    "/sources/{source}/imports/{id}/problems" { get Public => partners::imports::problems::list_import_problems }
}
