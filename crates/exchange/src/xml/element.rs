//! One record as a small tree, and its canonical text.

use super::Open;
use quick_xml::escape::escape;

/// An element with everything in it. Comments, indentation and the way text was escaped are gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Element {
    /// Local name.
    pub name: String,
    /// Attributes, sorted.
    pub attributes: Vec<(String, String)>,
    /// Text directly inside, without blank space around it.
    pub text: String,
    /// Child elements in order.
    pub children: Vec<Element>,
    /// Line on which it stands in the file it was read from.
    pub line: u64,
}

impl From<Open> for Element {
    fn from(open: Open) -> Self {
        Self { name: open.name, attributes: open.attributes, line: open.line, ..Self::default() }
    }
}

impl Element {
    /// An element that is made here, to carry what a record needs from around it.
    pub(crate) fn new(name: &str, attributes: &[(&str, &str)]) -> Self {
        let mut attributes: Vec<_> = attributes.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        attributes.sort();
        Self { name: name.to_owned(), attributes, ..Self::default() }
    }

    pub(super) fn tidy(&mut self) {
        let trimmed = self.text.trim();
        if trimmed.len() != self.text.len() {
            self.text = trimmed.to_owned();
        }
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The first element at `path` (names separated by `/`).
    pub(crate) fn at(&self, path: &str) -> Option<&Element> {
        path.split('/').try_fold(self, |element, name| element.children.iter().find(|child| child.name == name))
    }

    /// All children of one name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text at `path`, unless there is none.
    pub(crate) fn text_at(&self, path: &str) -> Option<&str> {
        self.at(path).map(|element| element.text.as_str()).filter(|text| !text.is_empty())
    }

    /// Canonical XML: attributes sorted, no indentation, one way of escaping. Equal records have equal text.
    pub(crate) fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            for part in escape(value.as_str()).split_inclusive(['\n', '\r', '\t']) {
                push_with_references(out, part, true);
            }
            out.push('"');
        }
        if self.text.is_empty() && self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for part in escape(self.text.as_str()).split_inclusive('\r') {
            push_with_references(out, part, false);
        }
        for child in &self.children {
            child.write(out);
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }

    /// [`Element::write`] into new bytes.
    pub(crate) fn canonical(&self) -> String {
        let mut out = String::with_capacity(1024);
        self.write(&mut out);
        out
    }
}

/// White space that a parser would normalise away has to be written as a reference to come back the same.
fn push_with_references(out: &mut String, part: &str, attribute: bool) {
    let Some(last) = part.chars().next_back() else { return };
    let reference = match last {
        '\r' => "&#13;",
        '\n' if attribute => "&#10;",
        '\t' if attribute => "&#9;",
        _ => return out.push_str(part),
    };
    out.push_str(part.strip_suffix(last).unwrap_or(part));
    out.push_str(reference);
}
