//! Parameters that several operations share, for the documentation.

use utoipa::IntoParams;

/// The id of a record.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct RecordId {
    /// Id of the record.
    #[param(example = "019ab1c2-0000-7000-8000-000000000001")]
    pub(crate) id: domain::Uuid,
}

/// The language.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct Lang {
    /// Language of titles, labels and errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub(crate) lang: Option<String>,
}

/// The key of a source.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct SourceKey {
    /// Key of the source.
    #[param(example = "kvhs-lup")]
    pub(crate) source: String,
}

/// The id of an import.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct ImportId {
    /// Id of the import.
    #[param(example = "019ab1c2-0000-7000-8000-000000000009")]
    pub(crate) id: domain::Uuid,
}
