//! The tables of routes, one for each room: what is served is what is documented, every line names who may come in, and a wrong method is told
//! the right ones.

mod accounts;
mod applications;
mod audit;
mod auth;
mod catalogue;
mod dumps;
mod duplicates;
mod edits;
mod exports;
mod feeds;
mod hsds;
mod links;
mod mapping;
mod me;
mod moochub;
mod oauth;
mod ogc;
mod operation;
mod partners;
mod push;
mod schedules;
mod webhooks;

use crate::access::{Admits, Policy, Rule, Who};
use crate::problem::{ApiError, responses_of};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Responder, Route, guard};
use domain::ErrorCode;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::SecurityRequirement;

/// A table: paths with their methods, policies and handlers.
pub(crate) struct Table {
    /// Where its paths begin: `/api/v1` or nothing.
    prefix: &'static str,
    entries: &'static [Entry],
    configure: fn(&mut ServiceConfig),
    document: fn() -> utoipa::openapi::OpenApi,
}

/// A line of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    /// Path without prefix.
    path: &'static str,
    /// Method, in lower case.
    method: &'static str,
    /// Who may come in.
    rule: Rule,
}

/// Every table. A room of its own adds its file here.
const TABLES: &[&Table] = &[
    &feeds::TABLE,
    &ogc::TABLE,
    &moochub::TABLE,
    &hsds::TABLE,
    &exports::TABLE,
    &dumps::TABLE,
    &catalogue::TABLE,
    &edits::TABLE,
    &duplicates::TABLE,
    // Before the sources: `health` is no key.
    &schedules::TABLE,
    &partners::TABLE,
    &push::TABLE,
    &mapping::TABLE,
    &webhooks::TABLE,
    &accounts::TABLE,
    &applications::TABLE,
    &auth::TABLE,
    &links::TABLE,
    &me::TABLE,
    &audit::TABLE,
    &oauth::TABLE,
    &operation::TABLE,
];

/// `path { method Policy => handler, … }`: handlers are paths from the root of the crate.
macro_rules! operations {
    ($prefix:expr; $($path:literal { $($method:ident $policy:ty => $($segment:ident)::+),+ $(,)? })*) => {
        #[derive(utoipa::OpenApi)]
        #[openapi(paths($($(crate::$($segment)::+),+),*))]
        struct Document;

        /// The table of this room.
        pub(super) const TABLE: $crate::routes::Table = $crate::routes::Table {
            prefix: $prefix,
            entries: &[$($($crate::routes::Entry {
                path: $path,
                method: stringify!($method),
                rule: <$policy as $crate::access::Policy>::RULE,
            },)+)*],
            configure: |config| {
                $(config.service(
                    actix_web::web::resource($path)
                        $(.route($crate::routes::gated::<$policy, _, _>($crate::routes::$method(), crate::$($segment)::+)))+
                        .default_service($crate::routes::others(&[$(stringify!($method)),+])),
                );)*
            },
            document: || <Document as utoipa::OpenApi>::openapi(),
        };
    };
}
use operations;

/// A handler behind a policy. Compiles only if the handler asks for the `Access` of that very policy.
fn gated<P, F, Args>(route: Route, handler: F) -> Route
where
    P: Policy + Admits<Args>,
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    route.to(handler)
}

fn get() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

fn post() -> Route {
    web::post()
}

fn put() -> Route {
    web::put()
}

fn patch() -> Route {
    web::patch()
}

fn delete() -> Route {
    web::delete()
}

/// Serves the tables below a prefix.
pub(crate) fn configure(prefix: &'static str) -> impl Fn(&mut ServiceConfig) {
    move |config| TABLES.iter().filter(|table| table.prefix == prefix).for_each(|table| (table.configure)(config))
}

/// The value of `Allow` for the methods of a path.
fn allow(methods: &[&str]) -> String {
    let mut allowed = Vec::with_capacity(methods.len() + 2);
    for method in methods {
        allowed.push(method.to_ascii_uppercase());
        if *method == "get" {
            allowed.push("HEAD".to_owned());
        }
    }
    allowed.push("OPTIONS".to_owned());
    allowed.join(", ")
}

/// A method that is not in the table: `OPTIONS` is answered, all others are refused.
fn others(methods: &'static [&'static str]) -> Route {
    web::to(move |request: HttpRequest| async move {
        let allow = HeaderValue::from_str(&allow(methods)).map_err(ApiError::internal)?;
        if request.method() == Method::OPTIONS {
            return Ok(HttpResponse::NoContent().insert_header((header::ALLOW, allow)).finish());
        }
        Err(ApiError::new(ErrorCode::MethodNotAllowed).header(header::ALLOW, allow))
    })
}

/// What only can be read: for addresses outside of the tables.
pub(crate) fn read_only(path: &str) -> actix_web::Resource {
    web::resource(path).default_service(others(&["get"]))
}

/// A route for reading.
pub(crate) fn read() -> Route {
    get()
}

/// What is documented, under its full paths, with what each policy means.
pub(crate) fn documentation() -> utoipa::openapi::OpenApi {
    let mut documented = utoipa::openapi::OpenApi::default();
    for table in TABLES {
        let mut document = (table.document)();
        for entry in table.entries {
            if let Some(operation) = document.paths.paths.get_mut(entry.path).and_then(|item| method_of(item, entry.method)) {
                describe(operation, entry.rule);
            }
        }
        let nested = if table.prefix.is_empty() { document } else { utoipa::openapi::OpenApi::default().nest(table.prefix, document) };
        documented.merge(nested);
    }
    documented
}

fn method_of<'a>(item: &'a mut utoipa::openapi::PathItem, method: &str) -> Option<&'a mut Operation> {
    match method {
        "get" => item.get.as_mut(),
        "post" => item.post.as_mut(),
        "put" => item.put.as_mut(),
        "patch" => item.patch.as_mut(),
        "delete" => item.delete.as_mut(),
        _ => None,
    }
}

/// Security, required capability and the errors that follow from a policy.
fn describe(operation: &mut Operation, rule: Rule) {
    let scheme = |name: &str| SecurityRequirement::new::<_, [&str; 0], &str>(name, []);
    let (security, mut errors) = match rule.who {
        Who::Anyone => (vec![SecurityRequirement::default()], vec![]),
        Who::Cookie => (vec![scheme("sessionCookie")], vec![ErrorCode::SessionEnded, ErrorCode::OriginForbidden]),
        Who::Person => (vec![scheme("accessToken")], vec![ErrorCode::Unauthenticated, ErrorCode::SessionEnded, ErrorCode::Forbidden]),
        Who::Holder(_) => (
            vec![scheme("accessToken")],
            vec![ErrorCode::Unauthenticated, ErrorCode::SessionEnded, ErrorCode::Forbidden, ErrorCode::SecondFactorMissing],
        ),
    };
    // Where everybody may come in, the operation itself may demand something.
    if rule.who != Who::Anyone || operation.security.is_none() {
        operation.security = Some(security);
    }
    let extensions = operation.extensions.get_or_insert_default();
    if let Who::Holder(capability) = rule.who {
        extensions.insert("x-required-capability".to_owned(), capability.code().into());
    }
    if rule.recently {
        extensions.insert("x-recent-authentication".to_owned(), crate::access::RECENT.into());
        errors.push(ErrorCode::StepUpRequired);
    }
    for (status, response) in responses_of(&errors) {
        operation.responses.responses.entry(status).or_insert(response);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn what_is_served_is_what_is_documented() {
        let served: BTreeSet<(String, String)> = TABLES
            .iter()
            .flat_map(|table| table.entries.iter().map(|entry| (format!("{}{}", table.prefix, entry.path), entry.method.to_owned())))
            .collect();
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

    #[test]
    fn a_path_allows_what_its_line_says() {
        assert_eq!(allow(&["get", "patch"]), "GET, HEAD, PATCH, OPTIONS");
    }
}
