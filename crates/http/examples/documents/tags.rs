//! The tags on tests: `// ASVS 5.0 V8.2.1` above a test says that it shows requirement 8.2.1.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

/// Where tests stand, and how the files end that hold them.
const PLACES: &[(&str, &str)] = &[("crates", ".rs"), ("tests/e2e", ".mjs"), ("frontend/src", ".test.ts"), ("frontend/src", ".test.tsx")];

/// How a tag begins.
const TAG: &str = "// ASVS 5.0 V";

/// The tests of each requirement, as `file: name`.
pub(super) type Tags = BTreeMap<String, Vec<String>>;

/// Every tag of the repository.
pub(super) fn find(repository: &Path) -> Result<Tags, Box<dyn Error>> {
    let mut tags = Tags::new();
    for (place, ending) in PLACES {
        let mut files = Vec::new();
        list(&repository.join(place), ending, &mut files)?;
        files.sort();
        for file in files {
            let name = file.strip_prefix(repository)?.display().to_string();
            read(&name, &std::fs::read_to_string(&file)?, &mut tags)?;
        }
    }
    Ok(tags)
}

fn list(folder: &Path, ending: &str, files: &mut Vec<std::path::PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            if name != "node_modules" && name != "target" {
                list(&entry.path(), ending, files)?;
            }
        } else if name.ends_with(ending) {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn read(file: &str, text: &str, tags: &mut Tags) -> Result<(), Box<dyn Error>> {
    let mut waiting: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix(TAG) {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            waiting.push(rest.get(..end).unwrap_or_default());
        } else if !waiting.is_empty() {
            if let Some(name) = test_name(line) {
                let place = format!("`{file}`: {}", name.replace('_', " "));
                waiting.drain(..).for_each(|id| tags.entry(id.to_owned()).or_default().push(place.clone()));
            } else if !line.starts_with('#') && !line.starts_with("//") {
                return Err(format!("{file}: a tag stands above {line:?}, which is no test").into());
            }
        }
    }
    if waiting.is_empty() { Ok(()) } else { Err(format!("{file}: a tag stands above nothing").into()) }
}

/// The name of a test that begins on this line.
fn test_name(line: &str) -> Option<&str> {
    if let Some((before, rest)) = line.split_once("fn ")
        && before.split_whitespace().all(|word| matches!(word, "pub" | "async" | "pub(crate)"))
    {
        return rest.split(['(', '<']).next();
    }
    let call = ["test(", "it(", "test.describe(", "describe("].iter().find_map(|call| line.strip_prefix(call))?;
    let quote = call.chars().next().filter(|c| matches!(c, '\'' | '"' | '`'))?;
    call.get(1..)?.split(quote).next()
}
