//! What a document stores: the parts of a list item, framed so that a page is put together by copying, without parsing JSON.
//!
//! The parts that depend on the request (language, time, distance, highlights) are chosen when a page is built; everything else was
//! written when the document was.

use crate::SearchError;

/// A text in one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StoredText<'a> {
    /// Language tag.
    pub(crate) language: &'a str,
    /// Title or name.
    pub(crate) title: &'a str,
    /// Summary; empty for none.
    pub(crate) summary: &'a str,
    /// The beginning of the description as plain text; empty for none.
    pub(crate) body: &'a str,
}

/// A run that is not cancelled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StoredRun<'a> {
    /// Status as the provider states it, one letter: see [`super::document`].
    pub(crate) status: u8,
    /// Second of its start; `i64::MIN` for none.
    pub(crate) start: i64,
    /// Second after which it is over; `i64::MAX` for never.
    pub(crate) end: i64,
    /// Last second in which it can be booked; `i64::MIN` for never.
    pub(crate) bookable_until: i64,
    /// Fixed JSON members without braces.
    pub(crate) json: &'a str,
    /// Little-endian seconds of its sessions' starts.
    sessions: &'a [u8],
}

impl StoredRun<'_> {
    /// The first session that starts at `now` or later.
    pub(crate) fn next_session(&self, now: i64) -> Option<i64> {
        self.sessions.chunks_exact(8).filter_map(|bytes| Some(i64::from_le_bytes(bytes.try_into().ok()?))).filter(|start| *start >= now).min()
    }
}

/// A stored item.
#[derive(Debug)]
pub(crate) struct StoredItem<'a> {
    /// Fixed JSON members without braces.
    pub(crate) json: &'a str,
    /// JSON of the place of an offer without dates; empty for none.
    pub(crate) place: &'a str,
    /// Texts, the original first.
    pub(crate) texts: Vec<StoredText<'a>>,
    /// Runs.
    pub(crate) runs: Vec<StoredRun<'a>>,
}

/// Builds a stored item.
#[derive(Debug, Default)]
pub(crate) struct Frame(Vec<u8>);

impl Frame {
    fn bytes(&mut self, bytes: &[u8]) {
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.0.extend_from_slice(&length.to_le_bytes());
        self.0.extend_from_slice(bytes);
    }

    fn number(&mut self, number: i64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// The fixed members and the place.
    pub(crate) fn head(&mut self, json: &str, place: &str) {
        self.bytes(json.as_bytes());
        self.bytes(place.as_bytes());
    }

    /// How many parts follow.
    pub(crate) fn count(&mut self, count: usize) {
        self.number(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// A text.
    pub(crate) fn text(&mut self, text: StoredText<'_>) {
        for part in [text.language, text.title, text.summary, text.body] {
            self.bytes(part.as_bytes());
        }
    }

    /// A run.
    pub(crate) fn run(&mut self, status: u8, [start, end, bookable_until]: [i64; 3], json: &str, sessions: &[i64]) {
        self.0.push(status);
        for number in [start, end, bookable_until] {
            self.number(number);
        }
        self.bytes(json.as_bytes());
        let bytes: Vec<u8> = sessions.iter().flat_map(|s| s.to_le_bytes()).collect();
        self.bytes(&bytes);
    }

    /// The finished item.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], SearchError> {
        let (head, rest) = self.0.split_at_checked(length).ok_or(SearchError::Unreadable("stored item is cut off"))?;
        self.0 = rest;
        Ok(head)
    }

    fn bytes(&mut self) -> Result<&'a [u8], SearchError> {
        let length = self.take(4)?.try_into().map_or(0, u32::from_le_bytes);
        self.take(length as usize)
    }

    fn text(&mut self) -> Result<&'a str, SearchError> {
        std::str::from_utf8(self.bytes()?).map_err(|_| SearchError::Unreadable("stored item is not text"))
    }

    fn number(&mut self) -> Result<i64, SearchError> {
        Ok(self.take(8)?.try_into().map_or(0, i64::from_le_bytes))
    }

    fn count(&mut self) -> Result<usize, SearchError> {
        let count = self.number()?;
        usize::try_from(count).ok().filter(|count| *count <= self.0.len()).ok_or(SearchError::Unreadable("stored item is cut off"))
    }
}

impl<'a> StoredItem<'a> {
    /// Reads a stored item.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, SearchError> {
        let mut reader = Reader(bytes);
        let (json, place) = (reader.text()?, reader.text()?);
        let mut texts = Vec::with_capacity(1);
        for _ in 0..reader.count()? {
            texts.push(StoredText { language: reader.text()?, title: reader.text()?, summary: reader.text()?, body: reader.text()? });
        }
        let mut runs = Vec::new();
        for _ in 0..reader.count()? {
            let status = reader.take(1)?.first().copied().unwrap_or_default();
            let (start, end, bookable_until) = (reader.number()?, reader.number()?, reader.number()?);
            runs.push(StoredRun { status, start, end, bookable_until, json: reader.text()?, sessions: reader.bytes()? });
        }
        Ok(Self { json, place, texts, runs })
    }

    /// Readable last part of the page address. It stands in the fixed members right after the id.
    pub(crate) fn slug(&self) -> &'a str {
        let after = self.json.split_once("\"slug\":\"").map_or("", |(_, after)| after);
        after.split_once('"').map_or("", |(slug, _)| slug)
    }

    /// The text in `language`, else the original.
    pub(crate) fn text_in(&self, language: &str) -> Option<&StoredText<'a>> {
        self.texts.iter().find(|t| t.language == language).or_else(|| self.texts.first())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut frame = Frame::default();
        frame.head("\"id\":1", "");
        frame.count(1);
        frame.text(StoredText { language: "de", title: "Töpfern", summary: "", body: "Ton" });
        frame.count(1);
        frame.run(b'b', [10, 90, 10], "\"id\":2", &[10, 50, 80]);
        let bytes = frame.finish();
        let item = StoredItem::read(&bytes).unwrap();
        assert_eq!((item.json, item.place, item.runs.len()), ("\"id\":1", "", 1));
        assert_eq!(item.text_in("en").unwrap().title, "Töpfern");
        assert_eq!(item.runs[0].next_session(50), Some(50));
        assert_eq!(item.runs[0].next_session(81), None);
        for cut in 0..bytes.len() {
            assert!(StoredItem::read(&bytes[..cut]).is_err(), "cut at {cut}");
        }
    }
}
