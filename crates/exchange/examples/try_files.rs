//! Says of each file how many records it has and what is wrong: `cargo run -p exchange --example try_files -- openvhs FILE…`.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

use domain::Severity;
use exchange::{Body, ReadContext};
use std::collections::BTreeMap;
use std::sync::Arc;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let format = arguments.next().expect("format").parse().expect("format");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/vocabularies");
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| std::fs::read(f.unwrap().path()).unwrap()).collect();
    let vocabularies = domain::vocabularies::Vocabularies::parse(files.iter().map(|f| (String::new(), f.as_slice()))).unwrap();
    let context = ReadContext::new(Arc::new(vocabularies), chrono_tz::Europe::Berlin);
    for path in arguments {
        let mut input = std::io::BufReader::new(std::fs::File::open(&path).unwrap());
        let (mut sound, mut broken) = (BTreeMap::new(), 0_u64);
        let mut problems: BTreeMap<String, u64> = BTreeMap::new();
        let result = exchange::read(format, &mut input, &context, &mut |item| {
            let told = match &item.body {
                Body::Upsert(draft) => match draft.decode() {
                    Ok((draft, warnings)) => {
                        *sound.entry(draft.kind().code()).or_insert(0_u64) += 1;
                        warnings
                    }
                    Err(errors) => errors,
                },
                Body::Delete => {
                    *sound.entry("delete").or_insert(0) += 1;
                    vec![]
                }
                Body::Broken(errors) => errors.clone(),
            };
            broken += u64::from(told.iter().any(|problem| problem.severity == Severity::Error));
            told.into_iter().for_each(|problem| *problems.entry(problem.code).or_insert(0) += 1);
            Ok(())
        });
        let verdict = match result {
            Ok(_) => "taken".to_owned(),
            Err(error) => format!("refused: {} (line {:?}) {}", error.problem.code, error.line, error.problem.message.en),
        };
        println!("{path}\n  {verdict} · {sound:?} · broken {broken} · {problems:?}");
    }
}
