//! Writes the documents that follow from data and code: `docs/ROLES.md` wholly, and the table of requirements in `docs/SECURITY-DESIGN.md`.
//!
//! `cargo run -p http@0.1.0 --example documents`; `make gen` does it.

mod roles;
mod security;
mod tags;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let repository = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    std::fs::write(repository.join("docs/ROLES.md"), roles::document()?)?;
    let design = repository.join("docs/SECURITY-DESIGN.md");
    let requirements = std::fs::read_to_string(repository.join("data/asvs.toml"))?;
    let tags = tags::find(repository)?;
    let text = security::with_table(&std::fs::read_to_string(&design)?, &requirements, &tags)?;
    std::fs::write(design, text)?;
    Ok(())
}
