//! The page's first author: the built `index.html` of the application, filled with what a reader, a search engine and a link preview need.

use super::messages::Language;
use serde_json::Value;
use std::fmt::Write;

/// What the server knows about a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Title without the name of the portal; empty on the start page.
    pub(super) title: String,
    /// Description for search results and link previews, plain text.
    pub(super) description: String,
    /// Path after the language, with leading slash, or empty for the start page: the canonical address.
    pub(super) path: String,
    /// Whether search engines may list it.
    pub(super) listed: bool,
    /// Structured data (JSON-LD).
    pub(super) structured_data: Vec<Value>,
    /// Readable body, safe HTML.
    pub(super) body: String,
}

/// The built application's `index.html`, cut at its markers.
#[derive(Debug, Clone)]
pub(super) struct Shell {
    before_title: String,
    after_title: String,
    after_head: String,
    after_body: String,
}

impl Shell {
    /// Cuts the template; `None` if a marker is missing.
    pub(super) fn parse(index_html: &str) -> Option<Self> {
        let html = index_html.strip_prefix("<!doctype html>").unwrap_or(index_html);
        let (before_title, rest) = html.split_once("<title>")?;
        let (_, rest) = rest.split_once("</title>")?;
        let (after_title, rest) = rest.split_once("<!--app-head-->")?;
        let (after_head, after_body) = rest.split_once("<!--app-body-->")?;
        let before_title = before_title.split_once("<html lang=\"de\" dir=\"ltr\">")?.1;
        let own = |text: &str| text.to_owned();
        Some(Self { before_title: own(before_title), after_title: own(after_title), after_head: own(after_head), after_body: own(after_body) })
    }

    /// The page in `language`. `origin` is the public address of the portal without a trailing slash.
    pub(super) fn render(&self, page: &Page, language: Language, origin: &str) -> String {
        let name = language.text("app.name");
        let title = if page.title.is_empty() { name.to_owned() } else { format!("{} – {name}", page.title) };
        let mut html = String::with_capacity(self.after_head.len() + page.body.len() + 4096);
        let _ = write!(
            html,
            "<!doctype html>\n<html lang=\"{0}\" dir=\"{1}\">{2}<title>{3}</title>{4}",
            language.tag(),
            language.direction(),
            self.before_title,
            escape(&title),
            self.after_title
        );
        let meta = |html: &mut String, attribute: &str, key: &str, content: &str| {
            let _ = writeln!(html, "<meta {attribute}=\"{key}\" content=\"{}\">", escape(content));
        };
        meta(&mut html, "name", "description", &page.description);
        meta(&mut html, "property", "og:type", "website");
        meta(&mut html, "property", "og:site_name", name);
        meta(&mut html, "property", "og:title", if page.title.is_empty() { name } else { &page.title });
        meta(&mut html, "property", "og:description", &page.description);
        meta(&mut html, "property", "og:locale", language.locale());
        if page.listed {
            let address = |language: Language| escape(&format!("{origin}/{}{}", language.tag(), page.path));
            meta(&mut html, "property", "og:url", &format!("{origin}/{}{}", language.tag(), page.path));
            let _ = writeln!(html, "<link rel=\"canonical\" href=\"{}\">", address(language));
            for other in Language::ALL {
                let _ = writeln!(html, "<link rel=\"alternate\" hreflang=\"{}\" href=\"{}\">", other.tag(), address(*other));
            }
            let _ = writeln!(html, "<link rel=\"alternate\" hreflang=\"x-default\" href=\"{}\">", address(Language::German));
        } else {
            meta(&mut html, "name", "robots", "noindex");
        }
        for data in &page.structured_data {
            // Inside a script element only `<` could end it or open a comment.
            let json = data.to_string().replace('<', "\\u003c");
            let _ = writeln!(html, "<script type=\"application/ld+json\">{json}</script>");
        }
        html.push_str(&self.after_head);
        html.push_str(&page.body);
        html.push_str(&self.after_body);
        html
    }
}

/// Text as HTML, safe in elements and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// At most `limit` characters, cut at a word.
pub(super) fn shorten(text: &str, limit: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= limit {
        return text;
    }
    let cut: String = text.chars().take(limit).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut.get(..end).unwrap_or(&cut).trim_end_matches([',', '.', ';', ':', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "<!doctype html>\n<html lang=\"de\" dir=\"ltr\">\n<head><title>x</title><!--app-head--></head><body><div id=\"root\"><!--app-body--></div></body></html>";

    #[test]
    fn everything_foreign_is_escaped() {
        let page = Page {
            title: "A \"B\" <script>".into(),
            description: "x'\"><img>".into(),
            path: "/angebote".into(),
            listed: true,
            structured_data: vec![serde_json::json!({ "name": "</script><script>alert(1)</script>" })],
            body: "<h1>ok</h1>".into(),
        };
        let html = Shell::parse(INDEX).unwrap().render(&page, Language::English, "https://bildung.example");
        assert!(html.starts_with("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">"), "{html}");
        assert!(html.contains("<title>A &quot;B&quot; &lt;script&gt; – "), "{html}");
        assert_eq!(html.matches("</script>").count(), 1, "{html}");
        assert!(html.contains("<link rel=\"canonical\" href=\"https://bildung.example/en/angebote\">"), "{html}");
        assert!(html.contains("hreflang=\"x-default\" href=\"https://bildung.example/de/angebote\""), "{html}");
        assert!(html.contains("<div id=\"root\"><h1>ok</h1></div>"), "{html}");
    }

    #[test]
    fn a_template_without_markers_is_refused() {
        assert!(Shell::parse("<html><title>x</title></html>").is_none());
    }

    #[test]
    fn texts_are_cut_at_words() {
        assert_eq!(shorten("eins zwei,  drei vier", 12), "eins zwei…");
        assert_eq!(shorten("kurz", 12), "kurz");
    }
}
