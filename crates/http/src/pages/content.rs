//! Texts of the pages that are only text, shared with the application: `frontend/src/features/content/texts`.
//!
//! Here they become plain HTML, so that the imprint, the privacy notice and the accessibility statement can be read without JavaScript.

use super::messages::Language;
use super::shell::escape;
use domain::text::markdown_to_html;
use serde::Deserialize;
use std::fmt::Write;

#[derive(Deserialize)]
struct Document {
    lead: String,
    notice: Option<String>,
    sections: Vec<Section>,
}

#[derive(Deserialize)]
struct Section {
    title: String,
    blocks: Vec<Block>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    text: Option<String>,
    list: Option<Vec<String>>,
    facts: Option<Vec<Fact>>,
    code: Option<String>,
    label: Option<String>,
    heading: Option<String>,
}

#[derive(Deserialize)]
struct Fact {
    term: String,
    text: String,
}

macro_rules! texts {
    ($($room:literal)*) => {
        fn source(room: &str, language: Language) -> Option<&'static str> {
            match (room, language) {
                $(
                    ($room, Language::German) => Some(include_str!(concat!("../../../../frontend/src/features/content/texts/", $room, ".de.json"))),
                    ($room, Language::English) => Some(include_str!(concat!("../../../../frontend/src/features/content/texts/", $room, ".en.json"))),
                )*
                _ => None,
            }
        }
        #[cfg(test)]
        const ROOMS: &[&str] = &[$($room),*];
    };
}

texts! { "about" "imprint" "privacy" "accessibility" "api" "partner" }

/// The text of a page as safe HTML; nothing for pages that are more than text.
pub(super) fn html(room: &str, language: Language, origin: &str) -> Option<String> {
    let parsed: Result<Document, _> = serde_json::from_str(source(room, language)?);
    match parsed {
        Ok(document) => Some(render(&document, origin)),
        Err(error) => {
            tracing::error!(%error, room, "the text of a page cannot be read");
            None
        }
    }
}

fn render(document: &Document, origin: &str) -> String {
    let mut html = String::new();
    if let Some(notice) = &document.notice {
        html.push_str(&words(notice));
    }
    html.push_str(&words(&document.lead));
    for section in &document.sections {
        let _ = write!(html, "<h2>{}</h2>", escape(&section.title));
        for block in &section.blocks {
            add(&mut html, block, origin);
        }
    }
    html
}

fn add(html: &mut String, block: &Block, origin: &str) {
    if let Some(heading) = &block.heading {
        let _ = write!(html, "<h3>{}</h3>", escape(heading));
    }
    if let Some(text) = &block.text {
        html.push_str(&words(text));
    }
    if let Some(entries) = &block.list {
        let _ = write!(html, "<ul>{}</ul>", entries.iter().map(|entry| format!("<li>{}</li>", words(entry))).collect::<String>());
    }
    if let Some(facts) = &block.facts {
        let facts = facts.iter().map(|fact| format!("<dt>{}</dt><dd>{}</dd>", escape(&fact.term), words(&fact.text)));
        let _ = write!(html, "<dl>{}</dl>", facts.collect::<String>());
    }
    if let Some(label) = &block.label {
        let _ = write!(html, "<p>{}</p>", escape(label));
    }
    if let Some(code) = &block.code {
        let _ = write!(html, "<pre><code>{}</code></pre>", escape(&code.replace("{origin}", origin)));
    }
}

/// `[[what the operator has to fill in]]` is shown in brackets; links and emphasis are Markdown.
fn words(text: &str) -> String {
    markdown_to_html(&text.replace("[[", "**\\[").replace("]]", "\\]**"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_of_the_application_can_be_read_without_it() {
        for room in ROOMS {
            for language in Language::ALL {
                let html = html(room, *language, "https://bildung.example").unwrap();
                assert!(html.contains("<h2>") && html.len() > 500, "{room} {}", language.tag());
                assert!(!html.contains("[[") && !html.contains("{origin}"), "{room} {}", language.tag());
            }
        }
        assert!(html("map", Language::German, "").is_none());
        assert!(html("imprint", Language::German, "").unwrap().contains("<strong>[Name der Körperschaft]</strong>"));
    }
}
