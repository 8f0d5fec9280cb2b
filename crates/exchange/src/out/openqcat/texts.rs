//! The description taken apart again: what the reader put under headings goes back into elements of its own.

/// Headings the reader writes, and the element each one comes from.
const SECTIONS: &[&str] = &[
    "Voraussetzungen",
    "Zielgruppe",
    "Abschluss",
    "Zusatzqualifikationen",
    "Berechtigung durch den Abschluss",
    "Anrechnung",
    "Förderung",
    "Hinweise zur Förderung",
    "Unterrichtssprache",
    "Bedingungen",
];

/// A description in its parts, as plain text.
#[derive(Default)]
pub(super) struct Parts {
    /// What stands under no heading of these.
    pub main: String,
    sections: Vec<(&'static str, String)>,
}

impl Parts {
    pub(super) fn of(markdown: &str) -> Self {
        let mut parts = Self::default();
        let mut current: Option<&'static str> = None;
        for line in markdown.lines() {
            if let Some(heading) = line.strip_prefix("### ") {
                current = SECTIONS.iter().find(|known| **known == heading.trim()).copied();
                if let Some(known) = current {
                    parts.sections.push((known, String::new()));
                    continue;
                }
            }
            let target = match (current, parts.sections.last_mut()) {
                (Some(_), Some((_, text))) => text,
                _ => &mut parts.main,
            };
            unescape(line, target);
            target.push('\n');
        }
        parts.main = parts.main.trim().to_owned();
        for (_, text) in &mut parts.sections {
            *text = text.trim().to_owned();
        }
        parts
    }

    /// The texts under a heading.
    pub(super) fn all<'a>(&'a self, heading: &'a str) -> impl Iterator<Item = &'a str> {
        self.sections.iter().filter(move |(known, text)| *known == heading && !text.is_empty()).map(|(_, text)| text.as_str())
    }

    pub(super) fn first<'a>(&'a self, heading: &'a str) -> Option<&'a str> {
        self.all(heading).next()
    }
}

/// Backslashes before punctuation are Markdown, not text.
fn unescape(line: &str, out: &mut String) {
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\\' && characters.peek().is_some_and(char::is_ascii_punctuation) {
            continue;
        }
        out.push(character);
    }
}

/// What a run's note says: a title of its own, the length, and remarks on the dates.
#[derive(Default)]
pub(super) struct Note {
    pub title: Option<String>,
    pub duration: Option<String>,
    pub remarks: Option<String>,
}

impl Note {
    pub(super) fn of(note: &str) -> Self {
        let parts: Vec<&str> = note.split(" · ").collect();
        let Some(at) = parts.iter().position(|part| part.starts_with("Dauer: ")) else {
            return Self { remarks: Some(note.to_owned()), ..Self::default() };
        };
        let join = |parts: &[&str]| Some(parts.join(" · ")).filter(|text| !text.is_empty());
        let (before, rest) = parts.split_at_checked(at).unwrap_or_default();
        let (length, after) = rest.split_first().map_or((None, None), |(length, after)| (Some(*length), join(after)));
        Self { title: join(before), duration: length.and_then(|l| l.strip_prefix("Dauer: ")).map(str::to_owned), remarks: after }
    }
}

/// Full or part time, and the hours in the provider's words.
pub(super) fn schedule(text: &str) -> (Option<&str>, Option<&str>) {
    let (first, rest) = text.split_once(" · ").map_or((text, None), |(first, rest)| (first, Some(rest)));
    let lowered = first.to_lowercase();
    let known = lowered.len() <= 40
        && ["vollzeit", "teilzeit", "wochenend", "abend", "blockunterricht", "fernunterricht"].iter().any(|word| lowered.starts_with(word));
    if known { (Some(first), rest) } else { (None, Some(text)) }
}
