//! Prints the JSON Schema of the NDJSON record: `cargo run -p exchange --example ndjson_schema > openapi/ndjson.schema.json`.
#![allow(clippy::print_stdout)]

fn main() {
    println!("{:#}", exchange::ndjson_schema());
}
