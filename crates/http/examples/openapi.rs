//! Prints the OpenAPI document: `cargo run -p http --example openapi > openapi/openapi.json`.

use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&http::openapi_json()?)?)?;
    Ok(())
}
