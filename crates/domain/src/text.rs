//! Words: bounded texts, language tags, translations, slugs and the Markdown subset of descriptions.

use crate::problem::ValueError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;
use utoipa::ToSchema;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, schema::Type};

/// The OpenAPI schema of a type that is a string in JSON.
pub(crate) fn string_schema(refine: impl FnOnce(ObjectBuilder) -> ObjectBuilder) -> RefOr<Schema> {
    RefOr::T(Schema::Object(refine(ObjectBuilder::new().schema_type(Type::String)).build()))
}

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident, $min:literal, $max:literal, $lines:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl utoipa::PartialSchema for $name {
            fn schema() -> RefOr<Schema> { string_schema(|s| s.min_length(Some($min)).max_length(Some($max))) }
        }
        impl ToSchema for $name {}

        impl $name {
            /// The longest allowed text, in characters.
            pub const MAX: usize = $max;

            /// The text.
            pub fn as_str(&self) -> &str { &self.0 }

            /// As much of `text` as fits; `None` if nothing is left. For foreign formats whose limits are wider than ours.
            pub fn truncated(text: &str) -> Option<(Self, bool)> {
                let clean = tidy(text, $lines);
                let cut = clean.chars().count() > $max;
                let kept: String = if cut { clean.chars().take($max - 1).chain(std::iter::once('…')).collect() } else { clean };
                Self::try_from(kept).ok().map(|kept| (kept, cut))
            }
        }

        impl TryFrom<String> for $name {
            type Error = ValueError;
            fn try_from(text: String) -> Result<Self, ValueError> {
                let text = tidy(&text, $lines);
                let length = text.chars().count();
                if length < $min {
                    return Err(ValueError::new("text-empty", "Der Text darf nicht leer sein.", "The text must not be empty."));
                }
                if length > $max {
                    return Err(ValueError::new(
                        "text-too-long",
                        format!("Höchstens {} Zeichen, es sind {length}.", $max),
                        format!("At most {} characters, there are {length}.", $max),
                    ));
                }
                Ok(Self(text))
            }
        }

        impl TryFrom<&str> for $name {
            type Error = ValueError;
            fn try_from(text: &str) -> Result<Self, ValueError> { Self::try_from(text.to_owned()) }
        }

        impl From<$name> for String { fn from(value: $name) -> String { value.0 } }
        impl fmt::Display for $name { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) } }
    };
}

text_type!(/** A title or name: one line, 1–250 characters. */ Title, 1, 250, false);
text_type!(/** A short text: one line, 1–600 characters. */ Short, 1, 600, false);
text_type!(/** A remark in plain text with lines, 1–2,000 characters. */ Note, 1, 2000, true);
text_type!(/** A long text in the Markdown subset, 1–20,000 characters. */ Markdown, 1, 20000, true);
text_type!(/** The identifier a source gives its own record, 1–200 characters. */ ExternalId, 1, 200, false);

/// Control characters out, blank space folded; line breaks kept where the text may have lines.
fn tidy(text: &str, lines: bool) -> String {
    if lines {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        return kept.trim().to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// An absolute `http` or `https` address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebUrl(String);

impl utoipa::PartialSchema for WebUrl {
    fn schema() -> RefOr<Schema> {
        string_schema(|s| {
            s.format(Some(utoipa::openapi::SchemaFormat::Custom("uri".into()))).max_length(Some(2000)).examples(["https://www.example.org/kurs/1"])
        })
    }
}
impl ToSchema for WebUrl {}

impl WebUrl {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for WebUrl {
    type Error = ValueError;
    fn try_from(text: String) -> Result<Self, ValueError> {
        let error = || {
            ValueError::new(
                "url-invalid",
                format!("„{text}“ ist keine vollständige Web-Adresse (https://…)."),
                format!("“{text}” is not a complete web address (https://…)."),
            )
        };
        let url = url::Url::parse(text.trim()).map_err(|_| error())?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) || text.len() > 2000 {
            return Err(error());
        }
        Ok(Self(url.into()))
    }
}

impl From<WebUrl> for String {
    fn from(value: WebUrl) -> Self {
        value.0
    }
}

/// A language tag (BCP 47), lower-case: `de`, `de-simple` (Leichte Sprache), `en`, `gsg` …
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LanguageTag(String);

impl utoipa::PartialSchema for LanguageTag {
    fn schema() -> RefOr<Schema> {
        string_schema(|s| s.examples(["de", "de-simple", "ar"]))
    }
}
impl ToSchema for LanguageTag {}

impl LanguageTag {
    /// German, the language of originals.
    pub fn german() -> Self {
        Self("de".to_owned())
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for LanguageTag {
    type Error = ValueError;
    fn try_from(text: String) -> Result<Self, ValueError> {
        let tag = text.trim().to_ascii_lowercase();
        let mut parts = tag.split('-');
        let primary = parts.next().unwrap_or_default();
        let well_formed = (2..=3).contains(&primary.len())
            && primary.bytes().all(|b| b.is_ascii_lowercase())
            && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        if well_formed {
            Ok(Self(tag))
        } else {
            Err(ValueError::new(
                "language-invalid",
                format!("„{text}“ ist kein Sprachkürzel nach BCP 47 (zum Beispiel de, uk, ar)."),
                format!("“{text}” is not a BCP 47 language tag (for example de, uk, ar)."),
            ))
        }
    }
}

impl From<LanguageTag> for String {
    fn from(value: LanguageTag) -> Self {
        value.0
    }
}

/// The text fields of a record in another language than the original.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Translation {
    /// Title or name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Title>,
    /// Summary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Short>,
    /// Description (Markdown subset).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Markdown>,
    /// Made by a machine and not checked by a person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub machine: bool,
    /// Version of the original this translation was made from; older than the record's `textVersion` means stale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_version: Option<i64>,
}

/// Translations by language tag.
pub type Translations = BTreeMap<LanguageTag, Translation>;

static SANITIZER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(["p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "a", "blockquote"].into())
        .tag_attributes([("a", ["href"].into())].into())
        .url_schemes(["https", "http", "mailto", "tel"].into())
        .link_rel(Some("noopener nofollow"));
    builder
});

/// Renders the Markdown subset: paragraphs, emphasis, lists, links, sub-headings (as `h3`/`h4`). Everything else becomes text.
pub fn markdown_to_html(markdown: &str) -> String {
    use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
    let level = |level: HeadingLevel| if level <= HeadingLevel::H3 { HeadingLevel::H3 } else { HeadingLevel::H4 };
    let events = Parser::new(markdown).map(|event| match event {
        Event::Start(Tag::Heading { level: l, .. }) => Event::Start(Tag::Heading { level: level(l), id: None, classes: vec![], attrs: vec![] }),
        Event::End(TagEnd::Heading(l)) => Event::End(TagEnd::Heading(level(l))),
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        Event::SoftBreak => Event::HardBreak,
        other => other,
    });
    let mut html = String::with_capacity(markdown.len() * 5 / 4);
    pulldown_cmark::html::push_html(&mut html, events);
    SANITIZER.clean(&html).to_string()
}

/// Plain text out of HTML fragments of foreign formats: tags dropped, blocks become lines, entities resolved.
pub fn html_to_text(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    let mut spaced = html.to_owned();
    for (tag, line) in [("<br>", "\n"), ("<br/>", "\n"), ("<br />", "\n"), ("</p>", "\n\n"), ("<li>", "\n- "), ("</ul>", "\n"), ("</div>", "\n")] {
        spaced = spaced.replace(tag, line);
    }
    let cleaned = ammonia::Builder::empty().clean(&spaced).to_string();
    let text = cleaned.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&").replace('\u{a0}', " ").trim().to_owned()
}

/// Folds to lower-case ASCII with German spelling (`ä` = `ae`, `ß` = `ss`), for keys and slugs.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'á' | 'à' | 'â' | 'ã' | 'å' | 'ą' => out.push('a'),
            'é' | 'è' | 'ê' | 'ë' | 'ę' => out.push('e'),
            'í' | 'ì' | 'î' | 'ï' | 'ı' => out.push('i'),
            'ó' | 'ò' | 'ô' | 'õ' | 'ø' => out.push('o'),
            'ú' | 'ù' | 'û' => out.push('u'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'ñ' | 'ń' => out.push('n'),
            'š' | 'ś' | 'ș' => out.push('s'),
            'ž' | 'ź' | 'ż' => out.push('z'),
            'ł' => out.push('l'),
            c => out.push(c),
        }
    }
    out
}

/// The readable last part of a page address, at most 60 characters: `Deutsch für den Beruf` → `deutsch-fuer-den-beruf`.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for word in fold(text).split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if out.len() + word.len() > 60 {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(word);
    }
    if out.is_empty() { "-".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_bounded_and_tidy() {
        assert_eq!(Title::try_from(" Deutsch\n\t A1 ").unwrap().as_str(), "Deutsch A1");
        assert_eq!(Title::try_from(" \u{0} ").unwrap_err().code, "text-empty");
        assert_eq!(Title::try_from("x".repeat(251)).unwrap_err().code, "text-too-long");
        let (cut, was_cut) = Title::truncated(&"ä".repeat(300)).unwrap();
        assert!(was_cut && cut.as_str().chars().count() == 250);
    }

    #[test]
    fn only_web_addresses() {
        assert!(WebUrl::try_from("https://example.org/kurs?a=ü".to_owned()).is_ok());
        for bad in ["javascript:alert(1)", "www.example.org", "ftp://example.org", "https://", "data:text/html,x"] {
            assert!(WebUrl::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }

    #[test]
    fn markdown_is_a_safe_subset() {
        let html = markdown_to_html("# Inhalt\n\n**fett** <script>alert(1)</script> [x](javascript:alert(1)) [y](https://example.org)\n\n- eins");
        assert!(html.contains("<h3>Inhalt</h3>") && html.contains("<strong>fett</strong>") && html.contains("<li>eins</li>"), "{html}");
        assert!(!html.contains("<script") && !html.contains("href=\"javascript"), "{html}");
        assert!(html.contains("href=\"https://example.org\" rel=\"noopener nofollow\""), "{html}");
    }

    #[test]
    fn html_becomes_text() {
        assert_eq!(html_to_text("<p>A &amp; B</p><p>C<br/>D</p>"), "A & B\n\nC\nD");
        assert_eq!(html_to_text("nur Text"), "nur Text");
    }

    #[test]
    fn slugs() {
        assert_eq!(slug("Prüfungsvorbereitung: Großes \"Latinum\"!"), "pruefungsvorbereitung-grosses-latinum");
        assert_eq!(slug("—"), "-");
    }
}
