//! Reads a file of any format and prints what came out: `cargo run -p exchange --example read_file -- openvhs FILE`.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

use exchange::{Body, ReadContext};
use std::sync::Arc;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (format, path) = (arguments.next().expect("format"), arguments.next().expect("file"));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/vocabularies");
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| std::fs::read(f.unwrap().path()).unwrap()).collect();
    let vocabularies = domain::vocabularies::Vocabularies::parse(files.iter().map(|f| (String::new(), f.as_slice()))).unwrap();
    let context = ReadContext::new(Arc::new(vocabularies), chrono_tz::Europe::Berlin);
    let mut input = std::io::BufReader::new(std::fs::File::open(path).unwrap());
    let result = exchange::read(format.parse().expect("format"), &mut input, &context, &mut |item| {
        let hash: String = item.hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        println!("line {} {:?} {:?} {hash}", item.line.unwrap_or(0), item.kind, item.external_id);
        match &item.body {
            Body::Upsert(draft) => match draft.decode() {
                Ok((draft, problems)) => {
                    println!("{}", serde_json::to_string_pretty(&draft).unwrap());
                    problems.iter().for_each(|p| println!("  warning {} {}: {}", p.pointer, p.code, p.message.de));
                }
                Err(problems) => problems.iter().for_each(|p| println!("  ERROR {} {}: {}", p.pointer, p.code, p.message.de)),
            },
            Body::Delete => println!("  delete"),
            Body::Broken(problems) => problems.iter().for_each(|p| println!("  BROKEN {} {}: {}", p.pointer, p.code, p.message.de)),
        }
        Ok(())
    });
    println!("{result:?}");
}
