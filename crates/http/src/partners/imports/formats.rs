//! In which media types formats come.

use crate::problem::ApiError;
use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderValue};
use domain::ErrorCode;
use domain::partners::ImportFormat;
use domain::problem::ValueError;

/// Media types, the formats that come in them, and whether `format` has to say which: JSON and XML say nothing about what they are.
const MEDIA_TYPES: [(&[&str], &[ImportFormat], bool); 8] = [
    (&["application/x-ndjson", "application/ndjson"], &[ImportFormat::Ndjson], false),
    (
        &["application/xml", "text/xml", "application/gml+xml"],
        &[ImportFormat::OpenQCat, ImportFormat::OpenVhs, ImportFormat::Kufer, ImportFormat::Gml],
        true,
    ),
    (&["text/calendar"], &[ImportFormat::Ics], false),
    (&["application/ld+json", "text/html"], &[ImportFormat::JsonLd], false),
    (&["application/json"], &[ImportFormat::JsonLd, ImportFormat::VhsJson, ImportFormat::GeoJson, ImportFormat::Integreat], true),
    (&["text/csv", "text/tab-separated-values", "text/plain"], &[ImportFormat::Csv], false),
    (&["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"], &[ImportFormat::Xlsx], false),
    (&["application/geo+json", "application/vnd.geo+json"], &[ImportFormat::GeoJson], false),
];

/// The format: from the content type, and where that fits several, from `format`.
pub(super) fn format_of(request: &HttpRequest, wanted: Option<ImportFormat>) -> Result<ImportFormat, ApiError> {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let Some((_, formats, has_to_be_named)) = MEDIA_TYPES.iter().find(|(names, ..)| names.contains(&media_type.as_str())) else {
        let accepted: Vec<&str> = MEDIA_TYPES.iter().flat_map(|(names, ..)| names.first()).copied().collect();
        let error = ApiError::new(ErrorCode::UnsupportedMediaType)
            .detail(format!("Angenommen werden {}.", accepted.join(", ")), format!("Accepted are {}.", accepted.join(", ")));
        return Err(match HeaderValue::from_str(&accepted.join(", ")) {
            Ok(accepted) => error.header(header::ACCEPT, accepted),
            Err(_) => error,
        });
    };
    match (wanted, *formats) {
        (None, [only]) if !has_to_be_named => Ok(*only),
        (Some(format), fitting) if fitting.contains(&format) => Ok(format),
        _ => {
            let fitting: Vec<String> = formats.iter().map(|format| format!("format={}", format.code())).collect();
            let (de, en) =
                (format!("Zu {media_type} gehört {}.", fitting.join(" oder ")), format!("With {media_type} comes {}.", fitting.join(" or ")));
            Err(ApiError::new(ErrorCode::ParameterInvalid).field("/query/format", ValueError::new("format-mismatch", de, en)))
        }
    }
}
