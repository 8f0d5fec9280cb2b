//! Walking an XML file record by record, with the limits that a file from outside needs.
//!
//! quick-xml alone accepts document types, endless nesting and elements that are never closed; here a document type is refused
//! before anything is expanded, nesting ends at [`MAX_DEPTH`], and a file counts only if its root was closed.

mod element;
mod source;

pub(crate) use element::Element;

use crate::{FileError, Limits, problems};
use domain::problem::ValueError;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use source::Source;
use std::io::BufRead;

/// Deepest nesting of elements.
pub(crate) const MAX_DEPTH: usize = 64;

/// A start tag that was read; its content comes next.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    /// Local name.
    pub name: String,
    /// Attributes without namespace declarations, sorted by local name.
    pub attributes: Vec<(String, String)>,
    /// Line on which it stands.
    pub line: u64,
}

impl Open {
    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

enum Step {
    Open(Open),
    Text(String),
    Close,
    End,
}

/// A cursor through an XML file.
pub(crate) struct Xml<'a> {
    reader: Reader<Source<'a>>,
    buffer: Vec<u8>,
    depth: usize,
    limits: Limits,
}

impl<'a> Xml<'a> {
    /// Looks at the beginning of the file for its encoding.
    pub(crate) fn new(input: &'a mut dyn BufRead, limits: Limits) -> Result<Self, FileError> {
        let mut reader = Reader::from_reader(Source::new(input, limits.text_bytes)?);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = true;
        config.allow_unmatched_ends = false;
        config.allow_dangling_amp = false;
        Ok(Self { reader, buffer: Vec::new(), depth: 0, limits })
    }

    /// The line the cursor stands on.
    pub(crate) fn line(&self) -> u64 {
        self.reader.get_ref().line()
    }

    /// An error of the whole file at the cursor.
    pub(crate) fn error(&self, value: ValueError) -> FileError {
        FileError::new(Some(self.line()), value)
    }

    /// The root element.
    pub(crate) fn root(&mut self) -> Result<Open, FileError> {
        loop {
            match self.step()? {
                Step::Open(open) => return Ok(open),
                Step::Text(text) if text.trim().is_empty() => {}
                Step::Text(_) | Step::Close => return Err(self.error(problems::not_xml())),
                Step::End => return Err(FileError::new(None, problems::file_empty())),
            }
        }
    }

    /// The next child of the element that is open, or `None` once that element is closed. Text between children is of no meaning here.
    pub(crate) fn child(&mut self) -> Result<Option<Open>, FileError> {
        loop {
            match self.step()? {
                Step::Open(open) => return Ok(Some(open)),
                Step::Close => return Ok(None),
                Step::Text(_) => {}
                Step::End => return Err(self.error(problems::file_truncated_xml())),
            }
        }
    }

    /// The whole element that was just opened; `None` if it is larger than a record may be (it is walked over then).
    pub(crate) fn element(&mut self, open: Open) -> Result<Option<Element>, FileError> {
        let begin = self.reader.buffer_position();
        let mut open_elements = vec![Element::from(open)];
        let mut fits = true;
        loop {
            let step = self.step()?;
            let size = self.reader.buffer_position().saturating_sub(begin);
            fits = fits && usize::try_from(size).is_ok_and(|size| size <= self.limits.record_bytes);
            match step {
                Step::Open(open) => open_elements.push(if fits { Element::from(open) } else { Element::default() }),
                Step::Text(text) => {
                    if let Some(element) = open_elements.last_mut().filter(|_| fits) {
                        element.text.push_str(&text);
                    }
                }
                Step::Close => {
                    let Some(mut done) = open_elements.pop() else { return Err(self.error(problems::not_xml())) };
                    done.tidy();
                    match open_elements.last_mut() {
                        Some(parent) if fits => parent.children.push(done),
                        Some(_) => {}
                        None => return Ok(fits.then_some(done)),
                    }
                }
                Step::End => return Err(self.error(problems::file_truncated_xml())),
            }
        }
    }

    /// Walks over the element that was just opened.
    pub(crate) fn skip(&mut self) -> Result<(), FileError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.step()?, Step::End) {
                return Err(self.error(problems::file_truncated_xml()));
            }
        }
        Ok(())
    }

    /// Makes sure that nothing but blank space follows the root.
    pub(crate) fn finish(&mut self) -> Result<(), FileError> {
        loop {
            match self.step()? {
                Step::End => return Ok(()),
                Step::Text(text) if text.trim().is_empty() => {}
                _ => return Err(self.error(problems::xml_ill_formed("content after the root element"))),
            }
        }
    }

    fn step(&mut self) -> Result<Step, FileError> {
        loop {
            self.buffer.clear();
            self.reader.get_mut().next_token();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(error) => {
                    let source = self.reader.get_ref();
                    let value = source.failure().unwrap_or_else(|| problem_of(&error));
                    return Err(FileError::new(Some(source.line()), value));
                }
            };
            let line = self.reader.get_ref().line();
            let fail = |value: ValueError| Err(FileError::new(Some(line), value));
            return Ok(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return fail(problems::too_deep(MAX_DEPTH));
                    }
                    match opened(&start, line) {
                        Ok(open) => Step::Open(open),
                        Err(value) => return fail(value),
                    }
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Step::Close
                }
                Event::Text(text) => Step::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Step::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => {
                    let resolved = match reference.resolve_char_ref() {
                        Ok(Some(c)) => Some(c.to_string()),
                        Ok(None) => quick_xml::escape::resolve_xml_entity(&reference).map(str::to_owned),
                        Err(_) => None,
                    };
                    match resolved {
                        Some(text) => Step::Text(text),
                        None => return fail(problems::entity_unknown(&reference)),
                    }
                }
                Event::DocType(_) => return fail(problems::doctype()),
                Event::Eof if self.depth > 0 => return fail(problems::file_truncated_xml()),
                Event::Eof => Step::End,
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::Empty(_) => continue,
            });
        }
    }
}

fn opened(start: &BytesStart<'_>, line: u64) -> Result<Open, ValueError> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|e| problems::xml_ill_formed(&e.to_string()))?;
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|e| problem_of(&e))?;
        attributes.push((attribute.key.local_name().into_inner().to_owned(), value.into_owned()));
    }
    attributes.sort();
    Ok(Open { name: start.local_name().into_inner().to_owned(), attributes, line })
}

fn problem_of(error: &quick_xml::Error) -> ValueError {
    use quick_xml::Error;
    use quick_xml::errors::{IllFormedError, SyntaxError};
    use quick_xml::escape::EscapeError;
    match error {
        Error::Io(_) => problems::read_failed(),
        Error::Encoding(_) => problems::not_utf8_xml(),
        Error::Escape(EscapeError::UnrecognizedEntity(_, name)) => problems::entity_unknown(name),
        Error::IllFormed(IllFormedError::MissingEndTag(_)) => problems::file_truncated_xml(),
        Error::Syntax(SyntaxError::InvalidBangMarkup | SyntaxError::UnclosedDoctype) => problems::xml_ill_formed(&error.to_string()),
        Error::Syntax(_) => problems::file_truncated_xml(),
        other => problems::xml_ill_formed(&other.to_string()),
    }
}

/// Reads one element back from the canonical XML of a payload.
pub(crate) fn parse(payload: &[u8]) -> Result<Element, ValueError> {
    let limits = Limits { record_bytes: usize::MAX, text_bytes: usize::MAX, ..Limits::default() };
    let mut input = payload;
    let mut read = || -> Result<Option<Element>, FileError> {
        let mut xml = Xml::new(&mut input, limits)?;
        let root = xml.root()?;
        let element = xml.element(root)?;
        xml.finish()?;
        Ok(element)
    };
    read().map_err(|e| ValueError::new(&e.problem.code, e.problem.message.de, e.problem.message.en))?.ok_or_else(problems::not_xml)
}
