//! The documentation is complete, true, and what is committed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use http::Limits;
use serde_json::Value;
use std::collections::BTreeSet;

fn document() -> Value {
    serde_json::to_value(http::openapi()).unwrap()
}

/// Every operation with its path and method.
fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let of_path = |(path, item): (&String, &Value)| {
        let methods = item.as_object().unwrap().iter().filter(|(method, _)| matches!(method.as_str(), "get" | "post" | "put" | "patch" | "delete"));
        methods.map(|(method, operation)| (path.clone(), method.clone(), operation.clone())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

#[test]
fn the_committed_document_is_the_generated_one() {
    let committed = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/openapi.json")).unwrap();
    let generated = serde_json::to_string_pretty(&http::openapi_json().unwrap()).unwrap();
    assert!(committed.trim() == generated.trim(), "openapi/openapi.json is out of date: run `make gen`");
    assert!(generated.contains("\"openapi\": \"3.1.0\""));
}

#[test]
fn every_operation_is_fully_described() {
    let document = document();
    let mut ids = BTreeSet::new();
    let mut problems_seen = BTreeSet::new();
    for (path, method, operation) in operations(&document) {
        let name = format!("{method} {path}");
        for key in ["summary", "description"] {
            assert!(operation[key].as_str().is_some_and(|text| text.len() > 5), "{name} has no {key}");
        }
        assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{name}: operationId");
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{name}: tag");
        assert!(operation["security"].as_array().is_some_and(|s| !s.is_empty()), "{name}: security");
        let responses = operation["responses"].as_object().unwrap();
        let success = responses.iter().find(|(status, _)| status.starts_with(['2', '3'])).unwrap_or_else(|| panic!("{name}: success"));
        // An answer without content needs no example of it, and a packed file would show nobody anything.
        let content = success.1["content"].as_object().into_iter().flatten();
        assert!(content.filter(|(kind, _)| *kind != "application/gzip").all(|(_, media)| media.get("example").is_some()), "{name}: example");
        let (kind, schema) = if path.starts_with("/oauth/") {
            ("application/json", "#/components/schemas/OAuthError")
        } else {
            ("application/problem+json", "#/components/schemas/ProblemDetails")
        };
        for (status, response) in responses.iter().filter(|(status, _)| status.starts_with(['4', '5'])) {
            let problem = &response["content"][kind];
            assert_eq!(problem["schema"]["$ref"], schema, "{name} {status}");
            assert!(problem.get("example").is_some(), "{name} {status}: example");
            if path.starts_with("/oauth/") {
                continue;
            }
            problems_seen.extend(response["description"].as_str().unwrap().split('`').skip(1).step_by(2).map(str::to_owned));
        }
        assert!(responses.contains_key("500"), "{name}: 500");
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["description"].as_str().is_some_and(|d| !d.is_empty()), "{name}: {parameter}");
        }
    }
    let known: BTreeSet<String> = domain::ErrorCode::ALL.iter().map(|code| code.code().to_owned()).collect();
    assert!(problems_seen.is_subset(&known), "{problems_seen:?}");
}

#[test]
fn documented_parameters_are_the_understood_ones() {
    let node = alone();
    let id = node.offer("Bildungsberatung");
    let administrator = node.person("leitung", &[(domain::accounts::Role::Administrator, None)]);
    let import = administrator.asks(node.get(&format!("/sources/{SOURCE}/imports"))).send().unwrap().json::<Value>().unwrap()["data"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    // What a cookie opens takes no parameters and is asked by the portal's own pages alone.
    let strict = |(path, _, operation): &(String, String, Value)| path.starts_with("/api/") && operation["tags"][0] != "auth";
    for (path, method, operation) in operations(&document()).into_iter().filter(strict) {
        let documented: BTreeSet<String> = operation["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|p| p["in"] == "query")
            .map(|p| p["name"].as_str().unwrap().to_owned())
            .collect();
        let id = if path.contains("{source}") {
            &import
        } else if path.contains("vocabularies") {
            "topics"
        } else {
            &id
        };
        let path = path.replace("{source}", SOURCE).replace("{id}", id).replace(['{', '}'], "");
        let request = node.client.request(method.to_uppercase().parse().unwrap(), node.url(&format!("{path}?nonsense=1")));
        let refused = problem(administrator.asks(request).header("accept-language", "en").send().unwrap(), 400, "parameter-unknown");
        let message = refused["errors"][0]["message"].as_str().unwrap();
        let understood = message.split_once("Allowed: ").unwrap().1.trim_end_matches('.').split(", ").map(str::to_owned).collect();
        assert_eq!(documented, understood, "{method} {path}");
    }
}

#[test]
fn answers_keep_to_their_schemas() {
    let node = alone();
    let document = document();
    let id = node.offer("Deutsch für den Beruf");
    let organization = node.json("/organizations")["data"][0]["id"].as_str().unwrap().to_owned();
    let place = node.json(&format!("/offers/{id}"))["place"]["id"].as_str().unwrap().to_owned();
    for (template, path) in [
        ("/offers", "/offers?facets=true&q=deutsch&near=19370".to_owned()),
        ("/offers", "/offers?price=free&q=deutsch".into()),
        ("/offers/{id}", format!("/offers/{id}?lang=en")),
        ("/organizations", "/organizations?facets=true&q=volkshochschule".into()),
        ("/organizations/{id}", format!("/organizations/{organization}")),
        ("/places/{id}", format!("/places/{place}")),
        ("/runs", "/runs?from=2026-12-01&to=2027-02-28".into()),
        ("/suggest", "/suggest?q=de".into()),
        ("/region", "/region".into()),
        ("/areas", "/areas".into()),
        ("/areas/holidays", "/areas/holidays".into()),
        ("/vocabularies", "/vocabularies".into()),
        ("/changes", "/changes".into()),
    ] {
        let schema = &document["paths"][format!("/api/v1{template}")]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        let answer = node.json(&path);
        let mut wrong = Vec::new();
        schema::check(&document, schema, &answer, path.clone(), &mut wrong);
        assert!(wrong.is_empty(), "{path}:\n{}", wrong.join("\n"));
    }
}

#[test]
fn the_documentation_is_served_without_anything_foreign_or_inline() {
    let node = empty(Limits::default());
    let served: Value = node.client.get(node.url("/api/openapi.json")).send().unwrap().json().unwrap();
    assert_eq!(served, document());
    let moved = node.client.get(node.url("/api/docs")).send().unwrap();
    assert_eq!((moved.status().as_u16(), header(moved.headers(), "location")), (308, "/api/docs/"));
    let page = node.client.get(node.url("/api/docs/")).send().unwrap();
    let policy = header(page.headers(), "content-security-policy").to_owned();
    assert!(policy.contains("script-src 'self';") && policy.contains("default-src 'none'"), "{policy}");
    let html = page.text().unwrap();
    assert!(!html.contains("<script>") && !html.contains("http://") && !html.contains("https://"), "{html}");
    for part in html.split(['"', '\'']).filter(|part| part.starts_with("./") || part.ends_with(".css") || part.ends_with(".js")) {
        let file = node.client.get(node.url(&format!("/api/docs/{}", part.trim_start_matches("./")))).send().unwrap();
        assert_eq!(file.status(), 200, "{part}");
    }
    let start = node.client.get(node.url("/api/docs/swagger-initializer.js")).send().unwrap().text().unwrap();
    assert!(start.contains("../openapi.json"), "{start}");
}

#[test]
fn health_and_readiness() {
    let node = empty(Limits::default());
    for path in ["/healthz", "/readyz"] {
        let response = node.client.get(node.url(path)).send().unwrap();
        assert_eq!((response.status().as_u16(), header(response.headers(), "cache-control")), (200, "no-store"), "{path}");
        assert_eq!(response.json::<Value>().unwrap()["status"], "ok");
    }
}

#[test]
fn pages_and_files_are_served_beside_the_api() {
    let node = empty(Limits::default());
    let response = node.client.get(node.url("/robots.txt")).send().unwrap();
    assert_eq!((response.status().as_u16(), header(response.headers(), "content-type")), (200, "text/plain; charset=utf-8"));
}
