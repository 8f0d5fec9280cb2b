//! The built application is compiled in: a new build of it has to rebuild this crate.

// Cargo reads its instructions from standard output.
#[allow(clippy::print_stdout)]
fn main() {
    println!("cargo:rerun-if-changed=../../frontend/dist");
}
