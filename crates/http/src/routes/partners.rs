//! Sources, their imports and their clients.

use super::operations;
use crate::access::{May, Recently};
use domain::accounts::may::{ConfirmImports, ManageClients, ManageSources, ReadImports, ReadSources, RunImports};

operations! { crate::openapi::PREFIX;
    "/sources" {
        get May<ReadSources> => partners::sources::list::list_sources,
        post Recently<May<ManageSources>> => partners::sources::create::create_source,
    }
    "/sources/{source}" {
        get May<ReadSources> => partners::sources::get::get_source,
        patch Recently<May<ManageSources>> => partners::sources::change::change_source,
        delete Recently<May<ManageSources>> => partners::sources::revoke::revoke_source,
    }
    "/sources/{source}/clients" {
        get May<ManageClients> => partners::clients::list::list_clients,
        post Recently<May<ManageClients>> => partners::clients::create::create_client,
    }
    "/sources/{source}/clients/{client}" {
        get May<ManageClients> => partners::clients::get::get_client,
        patch Recently<May<ManageClients>> => partners::clients::change::change_client,
        delete Recently<May<ManageClients>> => partners::clients::revoke::revoke_client,
    }
    "/sources/{source}/clients/{client}/secrets" {
        post Recently<May<ManageClients>> => partners::clients::secrets::create::create_secret,
    }
    "/sources/{source}/clients/{client}/secrets/{secret}" {
        delete Recently<May<ManageClients>> => partners::clients::secrets::revoke::revoke_secret,
    }
    "/sources/{source}/imports" {
        get May<ReadImports> => partners::imports::list::list_imports,
        post May<RunImports> => partners::imports::create::create_import,
    }
    "/sources/{source}/imports/{id}" { get May<ReadImports> => partners::imports::get::get_import }
    "/sources/{source}/imports/{id}/problems" { get May<ReadImports> => partners::imports::problems::list_import_problems }
    "/sources/{source}/imports/{id}/records" { get May<ReadImports> => partners::imports::records::list_import_records }
    "/sources/{source}/imports/{id}/confirmation" { post May<ConfirmImports> => partners::imports::confirm::decide_import }
    "/sources/{source}/imports/{id}/undo" { post May<ConfirmImports> => partners::imports::undo::undo_import }
    "/sources/{source}/uploads" { post May<RunImports> => partners::uploads::create::create_upload }
    "/sources/{source}/uploads/{upload}" {
        get May<RunImports> => partners::uploads::get::get_upload,
        patch May<RunImports> => partners::uploads::append::append_upload,
    }
}
