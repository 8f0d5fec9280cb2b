//! A small writer of XML without namespaces.

#[derive(Default)]
pub(super) struct Xml(String);

impl Xml {
    pub(super) fn finish(self) -> String {
        self.0
    }

    /// Something that is XML already.
    pub(super) fn raw(&mut self, xml: &str) {
        self.0.push_str(xml);
    }

    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.0.push_str(">\n");
    }

    pub(super) fn close(&mut self, name: &str) {
        for part in ["</", name, ">\n"] {
            self.0.push_str(part);
        }
    }

    /// An element with a text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.coded(name, &[], text);
    }

    /// An element with a text that is cut after so many characters.
    pub(super) fn cut(&mut self, name: &str, text: &str, most: usize) {
        let cut: String = text.chars().take(most).collect();
        self.text(name, cut.trim_end());
    }

    /// An element with a text if there is one that fits.
    pub(super) fn fitting(&mut self, name: &str, text: Option<&str>, most: usize) {
        if let Some(text) = text.filter(|text| !text.is_empty() && text.chars().count() <= most) {
            self.text(name, text);
        }
    }

    /// An element with attributes and a text.
    pub(super) fn coded(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.tag(name, attributes);
        if text.is_empty() {
            self.0.push_str("/>\n");
            return;
        }
        self.0.push('>');
        escape(text, &mut self.0);
        self.close(name);
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.0.push('<');
        self.0.push_str(name);
        for (key, value) in attributes {
            for part in [" ", key, "=\""] {
                self.0.push_str(part);
            }
            escape(value, &mut self.0);
            self.0.push('"');
        }
    }

    /// A comment. Two hyphens would end it.
    pub(super) fn comment(&mut self, text: &str) {
        self.0.push_str("<!-- ");
        escape(&text.replace("--", "- -"), &mut self.0);
        self.0.push_str(" -->\n");
    }
}

/// Characters that XML 1.0 does not know are left out.
fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(character),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
}
