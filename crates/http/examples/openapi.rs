//! Prints the OpenAPI document: `cargo run -p http --example openapi > openapi/openapi.json`.

use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    writeln!(std::io::stdout(), "{}", http::openapi().to_pretty_json()?)?;
    Ok(())
}
