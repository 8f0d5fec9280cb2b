//! The readable body of a page, from templates that escape everything that is not marked as safe HTML.

use super::messages::Language;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value};
use serde::Serialize;
use std::sync::LazyLock;

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    for (name, source) in [
        ("base.html", include_str!("templates/base.html")),
        ("detail.html", include_str!("templates/detail.html")),
        ("home.html", include_str!("templates/home.html")),
        ("items.html", include_str!("templates/items.html")),
        ("list.html", include_str!("templates/list.html")),
        ("text.html", include_str!("templates/text.html")),
    ] {
        // Compiled-in templates; the tests render every one of them.
        if let Err(error) = environment.add_template(name, source) {
            tracing::error!(%error, name, "page template does not compile");
        }
    }
    environment
});

/// An entry of a list of offers or organisations.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Item {
    pub(super) segment: &'static str,
    pub(super) id: String,
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) language: String,
    pub(super) facts: String,
}

/// A labelled fact with one or more values.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Fact {
    label: String,
    values: Vec<FactValue>,
}

#[derive(Debug, Clone, Serialize)]
struct FactValue {
    text: String,
    href: Option<String>,
}

impl From<Item> for Value {
    fn from(item: Item) -> Self {
        Serde(item).into()
    }
}

impl From<Fact> for Value {
    fn from(fact: Fact) -> Self {
        Serde(fact).into()
    }
}

impl Fact {
    /// A fact with plain values; `None` if there is none.
    pub(super) fn new(label: &str, values: impl IntoIterator<Item = String>) -> Option<Self> {
        let values: Vec<_> = values.into_iter().filter(|text| !text.is_empty()).map(|text| FactValue { text, href: None }).collect();
        (!values.is_empty()).then(|| Self { label: label.to_owned(), values })
    }

    /// A fact with one link.
    pub(super) fn link(label: &str, text: &str, href: String) -> Self {
        Self { label: label.to_owned(), values: vec![FactValue { text: text.to_owned(), href: Some(href) }] }
    }
}

/// Renders `template`. `context` is what the template names besides `lang`, `heading` and `t(key)`.
pub(super) fn render(template: &str, language: Language, heading: &str, context: Value) -> String {
    let message = move |key: String| Value::from(language.text(&key));
    let base = minijinja::context! { lang => language.tag(), heading => heading, t => Value::from_function(message), ..context };
    let rendered = TEMPLATES.get_template(template).and_then(|template| template.render(base));
    rendered.unwrap_or_else(|error| {
        // The application still shows the page; only the readers without JavaScript miss it.
        tracing::error!(%error, template, "page template does not render");
        String::new()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use minijinja::context;

    #[test]
    fn templates_escape() {
        let items =
            vec![Item { segment: "angebote", id: "1".into(), slug: "a".into(), title: "<b>&".into(), language: "ar".into(), facts: "x".into() }];
        let html = render("list.html", Language::German, "A & <B>", context! { found => "1", items });
        assert!(html.contains("<h1>A &amp; &lt;B&gt;</h1>") && html.contains("lang=\"ar\">&lt;b&gt;&amp;</a> · x"), "{html}");
    }

    #[test]
    fn every_template_renders() {
        let items: Vec<Item> = vec![];
        let facts = vec![Fact::link("Internet", "example.org", "https://example.org".into())];
        for (template, context) in [
            ("text.html", context! { text => "x" }),
            ("home.html", context! { phases => vec![context! { code => "family", label => "Familie" }], items => items.clone() }),
            ("list.html", context! { found => "0", items }),
            ("detail.html", context! { facts, description_html => "<p>x</p>", example => true, summary => "y" }),
        ] {
            let html = render(template, Language::English, "Heading", context);
            assert!(html.contains("<h1>Heading</h1>") && html.contains("<footer"), "{template}: {html}");
        }
    }
}
