//! Reading query parameters strictly: what is not understood is refused, and everything that is wrong is told at once.

mod values;

pub(crate) use values::{choice, date, number, point, uuid};

use crate::language::{self, Language};
use crate::problem::ApiError;
use crate::state::AppState;
use actix_web::HttpRequest;
use domain::ErrorCode;
use domain::problem::ValueError;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::str::FromStr;

/// Most values of one parameter.
const MAX_VALUES: usize = 50;

/// The parameters of a request, taken one by one; [`Query::finish`] complains about what is left.
pub(crate) struct Query<'a> {
    state: &'a AppState,
    language: Language,
    pairs: Vec<(String, String)>,
    known: Vec<&'static str>,
    wrong: Vec<(String, ValueError)>,
}

impl<'a> Query<'a> {
    /// The parameters of `request`. `lang` is understood everywhere.
    pub(crate) fn new(state: &'a AppState, request: &HttpRequest) -> Self {
        let pairs = url::form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect();
        let mut query = Self { state, language: Language::of(request), pairs, known: vec![], wrong: vec![] };
        query.one("lang", language::parse);
        query
    }

    /// For operations that only understand `lang`.
    pub(crate) fn none(state: &'a AppState, request: &HttpRequest) -> Result<Language, ApiError> {
        Self::new(state, request).finish()
    }

    /// Whether a parameter was given at all.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(given, _)| given == name)
    }

    /// The values of a parameter, which is known from now on.
    fn take(&mut self, name: &'static str) -> Vec<String> {
        self.known.push(name);
        self.pairs.iter().filter(|(given, _)| given == name).map(|(_, value)| value.clone()).collect()
    }

    /// Notes that a parameter is wrong.
    pub(crate) fn refuse(&mut self, name: &str, error: ValueError) {
        self.wrong.push((format!("/query/{name}"), error));
    }

    /// A parameter that may stand once.
    pub(crate) fn one<T>(&mut self, name: &'static str, parse: impl FnOnce(&str) -> Result<T, ValueError>) -> Option<T> {
        let values = self.take(name);
        match values.as_slice() {
            [] => None,
            [value] => parse(value).map_err(|error| self.refuse(name, error)).ok(),
            _ => {
                self.refuse(
                    name,
                    ValueError::new("parameter-repeated", "Dieser Parameter darf nur einmal stehen.", "This parameter may stand only once."),
                );
                None
            }
        }
    }

    /// A parameter that has to be there.
    pub(crate) fn required<T>(&mut self, name: &'static str, parse: impl FnOnce(&str) -> Result<T, ValueError>) -> Option<T> {
        if !self.has(name) {
            self.known.push(name);
            self.refuse(name, ValueError::new("parameter-missing", "Dieser Parameter fehlt.", "This parameter is missing."));
            return None;
        }
        self.one(name, parse)
    }

    /// A parameter that may be repeated.
    pub(crate) fn many<T>(&mut self, name: &'static str, parse: impl Fn(&Self, &str) -> Result<T, ValueError>) -> Vec<T> {
        let values = self.take(name);
        if values.len() > MAX_VALUES {
            let (de, en) = (
                format!("Höchstens {MAX_VALUES} Werte, es sind {}.", values.len()),
                format!("At most {MAX_VALUES} values, there are {}.", values.len()),
            );
            self.refuse(name, ValueError::new("too-many-values", de, en));
            return Vec::new();
        }
        let mut parsed = Vec::with_capacity(values.len());
        for value in &values {
            match parse(self, value) {
                Ok(value) => parsed.push(value),
                Err(error) => self.refuse(name, error),
            }
        }
        parsed
    }

    /// Codes of a vocabulary, and `more` that are allowed besides.
    pub(crate) fn codes(&mut self, name: &'static str, vocabulary: &str, more: &[&str]) -> Vec<String> {
        self.many(name, |query, code| {
            if !more.contains(&code) {
                query.state.services.vocabularies.check(vocabulary, code)?;
            }
            Ok(code.to_owned())
        })
    }

    /// Keys of areas of the region.
    pub(crate) fn areas(&mut self) -> Vec<String> {
        self.many("area", |query, key| match query.state.services.region.area(key) {
            Some(area) => Ok(area.key.clone()),
            None => Err(ValueError::new(
                "area-unknown",
                format!("„{key}“ ist kein Schlüssel eines Gebiets dieser Region; alle stehen unter /api/v1/areas."),
                format!("“{key}” is not the key of an area of this region; all are at /api/v1/areas."),
            )),
        })
    }

    /// Codes of an enumeration.
    pub(crate) fn values<T: FromStr<Err = ValueError>>(&mut self, name: &'static str) -> Vec<T> {
        self.many(name, |_, code| code.parse())
    }

    /// A whole number between two bounds, both included.
    pub(crate) fn number<T: FromStr + PartialOrd + Display + Copy>(&mut self, name: &'static str, least: T, most: T) -> Option<T> {
        self.one(name, |text| values::number(text, least, most))
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, name: &'static str) -> Option<bool> {
        self.one(name, |text| {
            text.parse().map_err(|_| ValueError::new("value-unknown", "Erlaubt sind true und false.", "Allowed are true and false."))
        })
    }

    /// Words; blank ones are none.
    pub(crate) fn words(&mut self, name: &'static str, most: usize) -> Option<String> {
        self.one(name, |text| values::words(text, most)).flatten()
    }

    /// Entries per page.
    pub(crate) fn limit(&mut self, default: u32, most: u32) -> u32 {
        self.number("limit", 1, most).unwrap_or(default)
    }

    /// A cursor, not yet understood.
    pub(crate) fn cursor(&mut self) -> Option<String> {
        self.one("cursor", |text| Ok(text.to_owned()))
    }

    /// A fingerprint of the parameters that make up the list: all but those that only say which part of it, and how it is shown.
    pub(crate) fn fingerprint(&self, list: &str) -> u64 {
        let mut pairs: Vec<_> = self.pairs.iter().filter(|(name, _)| !matches!(name.as_str(), "cursor" | "limit" | "lang" | "facets")).collect();
        pairs.sort();
        crate::cursor::fingerprint(list, &pairs)
    }

    /// The state of the application.
    pub(crate) fn state(&self) -> &'a AppState {
        self.state
    }

    /// The language, if every parameter was known and right.
    pub(crate) fn finish(self) -> Result<Language, ApiError> {
        let mut wrong = Vec::new();
        let mut code = ErrorCode::ParameterInvalid;
        let mut told = BTreeSet::new();
        for (name, _) in &self.pairs {
            if !self.known.contains(&name.as_str()) && told.insert(name) && told.len() <= MAX_VALUES {
                code = ErrorCode::ParameterUnknown;
                let known = self.known.join(", ");
                let error = ValueError::new(
                    "parameter-unknown",
                    format!("Diesen Parameter gibt es hier nicht. Erlaubt sind: {known}."),
                    format!("This parameter does not exist here. Allowed: {known}."),
                );
                wrong.push((format!("/query/{}", name.replace('~', "~0").replace('/', "~1")), error));
            }
        }
        wrong.extend(self.wrong);
        if wrong.is_empty() { Ok(self.language) } else { Err(ApiError::new(code).fields(wrong)) }
    }
}
