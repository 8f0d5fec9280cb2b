//! The table of `docs/SECURITY-DESIGN.md`: requirement, where it is met, which tests show it.

use super::tags::Tags;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write;

const BEGIN: &str = "<!-- requirements: begin, made by `make gen` -->";
const END: &str = "<!-- requirements: end -->";

/// Names of the chapters, in order.
const CHAPTERS: [&str; 17] = [
    "Encoding and sanitisation",
    "Validation and business logic",
    "Web frontend",
    "API",
    "Files",
    "Authentication",
    "Sessions",
    "Authorisation",
    "Self-contained tokens",
    "OAuth and OpenID Connect",
    "Cryptography",
    "Communication",
    "Configuration",
    "Data",
    "Coding and architecture",
    "Logging and errors",
    "WebRTC",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    requirement: Vec<Requirement>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Requirement {
    /// One id, or several with a comma between them.
    id: String,
    level: String,
    text: String,
    #[serde(rename = "where")]
    place: Option<String>,
    open: Option<String>,
    none: Option<String>,
}

impl Requirement {
    fn ids(&self) -> impl Iterator<Item = &str> {
        self.id.split(',').map(str::trim)
    }

    fn chapter(&self) -> Option<usize> {
        self.id.split('.').next()?.parse().ok()
    }

    fn tests(&self, tags: &Tags) -> BTreeSet<String> {
        self.ids().filter_map(|id| tags.get(id)).flatten().cloned().collect()
    }
}

/// How many requirements stand how.
#[derive(Default)]
struct Counts {
    shown: usize,
    designed: usize,
    open: usize,
    none: usize,
}

/// The document with its table made anew.
pub(super) fn with_table(document: &str, requirements: &str, tags: &Tags) -> Result<String, Box<dyn Error>> {
    let list: List = toml::from_str(requirements)?;
    let known: BTreeSet<&str> = list.requirement.iter().flat_map(Requirement::ids).collect();
    if let Some((id, tests)) = tags.iter().find(|(id, _)| !known.contains(id.as_str())) {
        return Err(format!("requirement {id} is not in data/asvs.toml: add it, or correct the tag at {}", tests.join(", ")).into());
    }
    let (head, rest) = document.split_once(BEGIN).ok_or("docs/SECURITY-DESIGN.md has lost the mark at which its table begins")?;
    let (_, tail) = rest.split_once(END).ok_or("docs/SECURITY-DESIGN.md has lost the mark at which its table ends")?;
    Ok(format!("{head}{BEGIN}\n{}{END}{tail}", table(&list.requirement, tags)?))
}

fn table(requirements: &[Requirement], tags: &Tags) -> Result<String, Box<dyn Error>> {
    let mut counts = Counts::default();
    let mut rows = String::new();
    for (number, chapter) in (1..).zip(CHAPTERS) {
        write!(rows, "\n### V{number} {chapter}\n\n| | level | requirement | where | shown by |\n|---|---|---|---|---|\n")?;
        for requirement in requirements.iter().filter(|requirement| requirement.chapter() == Some(number)) {
            row(&mut rows, requirement, tags, &mut counts)?;
        }
    }
    let Counts { shown, designed, open, none } = counts;
    Ok(format!("\n{shown} shown by tests, {designed} met by construction, **{open} open or only partly met**, {none} not applicable.\n{rows}"))
}

fn row(rows: &mut String, requirement: &Requirement, tags: &Tags, counts: &mut Counts) -> Result<(), Box<dyn Error>> {
    let tests = requirement.tests(tags);
    let number = requirement.ids().count();
    let mut shown: Vec<String> = tests.into_iter().collect();
    if let Some(open) = &requirement.open {
        counts.open += number;
        shown.insert(0, format!("**open**: {open}"));
    } else if let Some(none) = &requirement.none {
        if !shown.is_empty() {
            return Err(format!("{} does not apply, says data/asvs.toml, but has tests", requirement.id).into());
        }
        counts.none += number;
        shown.push(format!("does not apply: {none}"));
    } else if shown.is_empty() {
        counts.designed += number;
        requirement.place.as_ref().ok_or_else(|| format!("{} has neither a test nor a place", requirement.id))?;
    } else {
        counts.shown += number;
    }
    let place = requirement.place.as_deref().unwrap_or("");
    writeln!(rows, "| {} | {} | {} | {place} | {} |", requirement.id, requirement.level, requirement.text, shown.join("<br>"))?;
    Ok(())
}
