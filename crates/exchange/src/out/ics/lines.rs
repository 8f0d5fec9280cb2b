//! Content lines: escaped, folded, never broken by what is in them.

/// Octets of a line, its line break not counted (RFC 5545, 3.1).
const LINE: usize = 75;

#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    pub(super) fn finish(self) -> String {
        self.0
    }

    pub(super) fn append(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    /// A property with a text value.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.line(name, &escaped(text));
    }

    /// A property with several text values; nothing if there is none.
    pub(super) fn list<'a>(&mut self, name: &str, texts: impl Iterator<Item = &'a str>) {
        let texts: Vec<String> = texts.map(escaped).collect();
        if !texts.is_empty() {
            self.line(name, &texts.join(","));
        }
    }

    /// A property, folded at 75 octets between characters.
    pub(super) fn line(&mut self, name: &str, value: &str) {
        let mut room = LINE;
        for character in name.chars().chain(":".chars()).chain(value.chars().filter(|c| !c.is_control())) {
            if character.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            room -= character.len_utf8();
            self.0.push(character);
        }
        self.0.push_str("\r\n");
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut out = Lines::default();
        out.text("SUMMARY", &"Prüfung; ".repeat(30));
        assert!(out.0.split("\r\n").all(|line| line.len() <= LINE), "{}", out.0);
        assert_eq!(out.0.replace("\r\n ", "").trim_end(), format!("SUMMARY:{}", "Prüfung\\; ".repeat(30)).trim_end());
    }

    #[test]
    fn a_text_cannot_begin_a_property() {
        let mut out = Lines::default();
        out.text("SUMMARY", "a\r\nATTACH:x\nb\\c,d\u{0}");
        assert_eq!(out.0, "SUMMARY:a\\nATTACH:x\\nb\\\\c\\,d\r\n");
    }
}
