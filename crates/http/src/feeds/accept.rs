//! Which of several formats a request accepts (RFC 9110, section 12.5.1).

use actix_web::HttpRequest;
use actix_web::http::header::ACCEPT;

/// Most ranges that are looked at.
const MAX_RANGES: usize = 30;

/// A range of `Accept`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Range {
    /// `type/subtype`, `type/*` or `*/*`, in lower case.
    pub(crate) kind: String,
    /// Parameters but `q`, names in lower case.
    pub(crate) parameters: Vec<(String, String)>,
    /// Weight from 0 to 1.
    pub(crate) weight: f32,
}

impl Range {
    /// How exactly this range means a format; nothing if it does not.
    pub(crate) fn covers(&self, kind: &str) -> Option<u8> {
        let general = kind.split('/').next().unwrap_or_default();
        if self.kind == kind {
            Some(2)
        } else if self.kind.strip_suffix("/*") == Some(general) {
            Some(1)
        } else {
            (self.kind == "*/*").then_some(0)
        }
    }
}

/// The ranges of a request; everything if it says nothing.
pub(crate) fn ranges(request: &HttpRequest) -> Vec<Range> {
    let lines: Vec<&str> = request.headers().get_all(ACCEPT).filter_map(|line| line.to_str().ok()).collect();
    let written = lines.join(",");
    if written.trim().is_empty() {
        return vec![Range { kind: "*/*".to_owned(), parameters: vec![], weight: 1.0 }];
    }
    written.split(',').take(MAX_RANGES).map(range).collect()
}

fn range(text: &str) -> Range {
    let mut parts = text.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    let mut range = Range { kind, parameters: vec![], weight: 1.0 };
    for (name, value) in parts.filter_map(|part| part.split_once('=')) {
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().trim_matches('"'));
        if name == "q" {
            range.weight = value.parse::<f32>().ok().filter(|weight| (0.0..=1.0).contains(weight)).unwrap_or(0.0);
        } else {
            range.parameters.push((name, value.to_owned()));
        }
    }
    range
}

/// The place of the most wanted format among those offered; the first one if it is all the same, nothing if none is wanted.
pub(crate) fn choose(request: &HttpRequest, offered: &[&str]) -> Option<usize> {
    let ranges = ranges(request);
    let weight = |kind: &str| {
        let covering = ranges.iter().filter_map(|range| Some((range.covers(kind)?, range.weight)));
        covering.fold(None, |best: Option<(u8, f32)>, found| if best.is_none_or(|best| found.0 > best.0) { Some(found) } else { best })
    };
    let mut best: Option<(usize, f32)> = None;
    for (place, kind) in offered.iter().enumerate() {
        if let Some((_, weight)) = weight(kind)
            && weight > best.map_or(0.0, |(_, best)| best)
        {
            best = Some((place, weight));
        }
    }
    best.map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn chosen(accept: &str) -> Option<usize> {
        choose(&TestRequest::get().insert_header((ACCEPT, accept)).to_http_request(), &["application/json", "application/ld+json"])
    }

    #[test]
    fn the_more_exact_range_counts_and_then_the_weight() {
        assert_eq!(chosen("application/ld+json"), Some(1));
        assert_eq!(chosen("*/*"), Some(0));
        assert_eq!(chosen("application/ld+json;q=0.5, */*;q=0.1"), Some(1));
        assert_eq!(chosen("application/ld+json;q=0.5, application/json"), Some(0));
        assert_eq!(chosen("application/json;q=0, application/*"), Some(1));
        assert_eq!(chosen("text/html"), None);
        // What cannot be read says nothing.
        assert_eq!(chosen(";;=,\u{1f600}"), Some(0));
        assert_eq!(choose(&TestRequest::get().to_http_request(), &["a/b"]), Some(0));
    }
}
