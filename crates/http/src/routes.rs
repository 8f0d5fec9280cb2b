//! The one table of routes: what is served is what is documented, and a wrong method is told the right ones.

use crate::problem::ApiError;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Route, guard};
use domain::ErrorCode;
use utoipa::OpenApi;

macro_rules! operations {
    ($document:ident $table:ident $configure:ident: $($path:literal { $($method:ident $($segment:ident)::+),+ })*) => {
        #[derive(OpenApi)]
        #[openapi(paths($($(crate::$($segment)::+),+),*))]
        struct $document;

        /// Paths and their methods.
        #[cfg(test)]
        const $table: &[(&str, &[&str])] = &[$(($path, &[$(stringify!($method)),+]),)*];

        /// Serves the table.
        pub(crate) fn $configure(config: &mut ServiceConfig) {
            $(config.service(
                web::resource($path)
                    $(.route($method().to(crate::$($segment)::+)))+
                    .default_service(web::to(|request: HttpRequest| async move { other_method(&request, allowed(&[$(stringify!($method)),+])) })),
            );)*
        }
    };
}

// An address that is longer comes before one that would also match it.
operations! { Api API api:
    "/offers" { get catalogue::offers::list::list_offers }
    "/offers/{id}.ics" { get catalogue::offers::calendar::get_offer_calendar }
    "/offers/{id}" { get catalogue::offers::get::get_offer }
    "/runs" { get catalogue::runs::list::list_runs }
    "/suggest" { get catalogue::suggest::suggest }
    "/organizations" { get catalogue::organizations::list::list_organizations }
    "/organizations/{id}" { get catalogue::organizations::get::get_organization }
    "/places/{id}" { get catalogue::places::get::get_place }
    "/region" { get areas::region::get_region }
    "/areas" { get areas::list::list_areas }
    "/areas/boundaries" { get areas::boundaries::get_boundaries }
    "/areas/holidays" { get areas::holidays::list_holidays }
    "/vocabularies" { get vocabularies::list::list_vocabularies }
    "/vocabularies/{id}" { get vocabularies::get::get_vocabulary }
    "/changes" { get changes::list::list_changes }
    "/sources/{source}/imports" { get partners::imports::list::list_imports, post partners::imports::create::create_import }
    "/sources/{source}/imports/{id}" { get partners::imports::get::get_import }
    "/sources/{source}/imports/{id}/problems" { get partners::imports::problems::list_import_problems }
}

operations! { Operation OPERATION operation:
    "/healthz" { get health::healthz }
    "/readyz" { get health::readyz }
}

fn get() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

fn post() -> Route {
    web::post()
}

fn allowed(methods: &[&str]) -> &'static str {
    match methods {
        ["get"] => "GET, HEAD, OPTIONS",
        _ => "GET, HEAD, POST, OPTIONS",
    }
}

/// A method that is not in the table: `OPTIONS` is answered, all others are refused.
fn other_method(request: &HttpRequest, allow: &'static str) -> Result<HttpResponse, ApiError> {
    if request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent().insert_header((header::ALLOW, allow)).finish());
    }
    Err(ApiError::new(ErrorCode::MethodNotAllowed).header(header::ALLOW, HeaderValue::from_static(allow)))
}

/// What only can be read: for addresses outside of the tables.
pub(crate) fn read_only(path: &str) -> actix_web::Resource {
    web::resource(path).default_service(web::to(|request: HttpRequest| async move { other_method(&request, allowed(&["get"])) }))
}

/// A route for reading.
pub(crate) fn read() -> Route {
    get()
}

/// What is documented, under its full paths.
pub(crate) fn documentation() -> utoipa::openapi::OpenApi {
    let mut documented = Operation::openapi();
    documented.merge(utoipa::openapi::OpenApi::default().nest(crate::openapi::PREFIX, Api::openapi()));
    documented
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn what_is_served_is_what_is_documented() {
        let table = API.iter().map(|(path, methods)| (format!("{}{path}", crate::openapi::PREFIX), methods));
        let table = table.chain(OPERATION.iter().map(|(path, methods)| ((*path).to_owned(), methods)));
        let served: BTreeSet<(String, String)> =
            table.flat_map(|(path, methods)| methods.iter().map(move |m| (path.clone(), (*m).to_owned()))).collect();
        let document = crate::openapi();
        let documented: BTreeSet<(String, String)> = document
            .paths
            .paths
            .iter()
            .flat_map(|(path, item)| {
                let methods = [("get", &item.get), ("post", &item.post), ("put", &item.put), ("patch", &item.patch), ("delete", &item.delete)];
                methods.into_iter().filter(|(_, operation)| operation.is_some()).map(|(method, _)| (path.clone(), method.to_owned()))
            })
            .collect();
        assert_eq!(served, documented);
    }
}
