//! Absolute addresses of pages of a list.

use actix_web::HttpRequest;
use exchange::out::Site;
use url::form_urlencoded;

/// The address of the request itself, with parameters set (`Some`) or left out (`None`).
pub(crate) fn with(site: &Site, request: &HttpRequest, changes: &[(&str, Option<String>)]) -> String {
    let changed = |name: &str| changes.iter().any(|(known, _)| *known == name);
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(request.query_string().as_bytes()).filter(|(name, _)| !changed(name)) {
        query.append_pair(&name, &value);
    }
    for (name, value) in changes {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    let query = query.finish();
    let address = site.address(request.path());
    if query.is_empty() { address } else { format!("{address}?{query}") }
}

/// The parameters that say what the list is, in a fixed order, without those that say which part of it and how it is shown.
pub(crate) fn essence(request: &HttpRequest) -> String {
    let mut pairs: Vec<(String, String)> = form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect();
    pairs.retain(|(name, _)| !matches!(name.as_str(), "cursor" | "limit" | "lang" | "facets"));
    pairs.sort();
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn parameters_are_replaced_and_the_rest_stays() {
        let site = Site { base: "https://a.example".into(), name: "A".into(), zone: chrono_tz::Europe::Berlin };
        let request = TestRequest::get().uri("/x?q=a%20b&cursor=1&limit=5").to_http_request();
        assert_eq!(with(&site, &request, &[("cursor", Some("2".to_owned()))]), "https://a.example/x?q=a+b&limit=5&cursor=2");
        assert_eq!(with(&site, &request, &[("cursor", None), ("limit", None), ("q", None)]), "https://a.example/x");
        let other = TestRequest::get().uri("/x?lang=en&z=1&q=a+b&limit=9").to_http_request();
        assert_eq!(essence(&other), "q=a+b&z=1");
    }
}
