//! `GET /moochub/courses`: a page of courses.

use super::media::{MEDIA_TYPE, acceptable};
use crate::catalogue::found;
use crate::feeds::roll::{self, Roll};
use crate::feeds::{links, records, site, validator};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::http::header::{HeaderValue, VARY};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::Offer;
use exchange::out::moochub::{Links, page};
use utoipa::IntoParams;

const NUMBER: &str = "page[number]";
const SIZE: &str = "page[size]";

/// Parameters of the list of courses.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct MoochubParameters {
    /// Number of the page, from 1.
    #[param(rename = "page[number]", minimum = 1, maximum = 1_000_000, example = 1)]
    number: Option<u64>,
    /// Courses per page; 20 if not given.
    #[param(rename = "page[size]", minimum = 1, maximum = 100, example = 20)]
    size: Option<u64>,
    /// `true` also hands out invented records.
    example: Option<bool>,
    /// Language of titles and descriptions; overrides `Accept-Language`.
    #[param(example = "de")]
    lang: Option<String>,
}

/// Online courses for MOOChub
///
/// Offers that are taught online, wholly or partly, in the format of MOOChub 3 (JSON:API), in order of id. The media type is
/// `application/vnd.api+json; moochub-version=3`; a request that only accepts another version is answered 406. Each course carries its licence.
#[utoipa::path(
    get, path = "/moochub/courses", operation_id = "listMoochubCourses", tag = "offers", params(MoochubParameters), security(()),
    responses(
        (status = 200, description = "A page of courses.", body = Object, content_type = "application/vnd.api+json; moochub-version=3", example = json!({
            "links": { "self": "https://bildung.example.org/api/v1/moochub/courses", "first": "https://bildung.example.org/api/v1/moochub/courses?page%5Bnumber%5D=1",
                "last": "https://bildung.example.org/api/v1/moochub/courses?page%5Bnumber%5D=1" },
            "data": [{ "id": "019ab1c2-0000-7000-8000-000000000001", "type": "Course", "attributes": { "name": "Tastschreiben online", "courseMode": ["online", "asynchronous"] } }]
        })),
        problem::Parameters, problem::Negotiated
    )
)]
pub(crate) async fn list_moochub_courses(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let number: u64 = parameters.number(NUMBER, 1, 1_000_000).unwrap_or(1);
    let size: u64 = parameters.number(SIZE, 1, 100).unwrap_or(20);
    let examples = parameters.flag("example").unwrap_or(false);
    let language = parameters.finish()?;
    acceptable(&request)?;
    let site = site(&state, &request);
    let validator = found::changing(&state, validator(&state, &request, language, &site));
    let representation = Representation::public(language, validator);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let all = roll::call(&state, Roll::Online, examples).await?;
    let ids = roll::page(&all, number, size);
    let offers = state.read(move |connection| records::in_order::<Offer>(connection, &ids)).await?;
    let last = u64::try_from(all.len()).unwrap_or(u64::MAX).div_ceil(size).max(1);
    let at = |number: u64| links::with(&site, &request, &[(NUMBER, Some(number.to_string()))]);
    let links = Links {
        own: links::with(&site, &request, &[]),
        first: at(1),
        last: at(last),
        next: (number < last).then(|| at(number + 1)),
        prev: (number > 1).then(|| at((number - 1).min(last))),
    };
    let mut response = representation.bytes(MEDIA_TYPE, page(&site, &offers, links, language.tag()).to_string());
    response.headers_mut().append(VARY, HeaderValue::from_static("accept"));
    Ok(response)
}
