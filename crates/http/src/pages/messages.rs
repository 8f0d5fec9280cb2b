//! The interface's words: those of the application (`frontend/messages/*.json`), and under `page.` those only the server needs.

use serde_json::Value;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Language {
    /// German, the default.
    German,
    /// English.
    English,
}

type Texts = HashMap<String, String>;

static MESSAGES: LazyLock<[Texts; 2]> = LazyLock::new(|| {
    [
        texts(include_str!("../../../../frontend/messages/de.json"), include_str!("messages/de.json")),
        texts(include_str!("../../../../frontend/messages/en.json"), include_str!("messages/en.json")),
    ]
});

impl Language {
    /// All, in the order of the language switch.
    pub(super) const ALL: &[Self] = &[Self::German, Self::English];

    /// The language of a path segment.
    pub(super) fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| language.tag() == tag)
    }

    /// The first language of an `Accept-Language` header that the interface speaks, by weight.
    pub(super) fn preferred(accept_language: &str) -> Self {
        let mut wanted: Vec<(f32, Self)> = accept_language
            .split(',')
            .filter_map(|part| {
                let mut parts = part.split(';');
                let tag = parts.next()?.trim().to_ascii_lowercase();
                let weight = parts.find_map(|p| p.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
                Some((weight, Self::from_tag(tag.split('-').next()?)?))
            })
            .filter(|(weight, _)| *weight > 0.0)
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map_or(Self::German, |(_, language)| *language)
    }

    /// BCP 47.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
        }
    }

    /// Open Graph locale.
    pub(super) fn locale(self) -> &'static str {
        match self {
            Self::German => "de_DE",
            Self::English => "en_GB",
        }
    }

    /// Writing direction.
    pub(super) fn direction(self) -> &'static str {
        "ltr"
    }

    /// A message by its dotted key; German where the language lacks it, nothing where both do (a test makes sure they do not).
    pub(super) fn text(self, key: &str) -> &'static str {
        let [german, english] = &*MESSAGES;
        let texts = match self {
            Self::German => german,
            Self::English => english,
        };
        texts.get(key).or_else(|| german.get(key)).map_or("", String::as_str)
    }
}

fn texts(application: &str, server: &str) -> Texts {
    fn walk(value: &Value, key: &str, texts: &mut Texts) {
        match value {
            Value::String(text) => {
                texts.insert(key.to_owned(), text.clone());
            }
            Value::Object(map) => {
                for (name, value) in map {
                    walk(value, &if key.is_empty() { name.clone() } else { format!("{key}.{name}") }, texts);
                }
            }
            _ => {}
        }
    }
    let mut texts = Texts::new();
    // The files are compiled in and a test reads every word the pages use, so a parse error cannot reach a user.
    walk(&serde_json::from_str(application).unwrap_or(Value::Null), "", &mut texts);
    walk(&serde_json::from_str(server).unwrap_or(Value::Null), "page", &mut texts);
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_s_wish_decides() {
        assert_eq!(Language::preferred("en-GB,en;q=0.9,de;q=0.8"), Language::English);
        assert_eq!(Language::preferred("fr,de;q=0.5,en;q=0.4"), Language::German);
        assert_eq!(Language::preferred("en;q=0"), Language::German);
        assert_eq!(Language::preferred(""), Language::German);
    }

    #[test]
    fn both_languages_have_the_same_words() {
        let [german, english] = &*MESSAGES;
        let keys = |texts: &Texts| texts.keys().cloned().collect::<std::collections::BTreeSet<_>>();
        assert_eq!(keys(german), keys(english));
        assert!(german.len() > 100);
        assert!(!Language::German.text("app.name").is_empty() && !Language::English.text("page.fact.when").is_empty());
    }
}
