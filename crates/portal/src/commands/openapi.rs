//! `openapi`: the document that clients are generated from.

use crate::output;
use anyhow::Result;
use std::process::ExitCode;

pub(super) fn run() -> Result<ExitCode> {
    output::line(serde_json::to_string_pretty(&http::openapi_json()?)?);
    Ok(ExitCode::SUCCESS)
}
