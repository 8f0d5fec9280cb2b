//! Atom 1.0 (RFC 4287): a page of a search as a feed. `docs/formats/out/atom.md`.

use super::words::Words;
use super::{Site, addresses, licence};
use chrono::SecondsFormat;
use domain::Timestamp;
use domain::catalogue::Offer;
use domain::vocabularies::{Vocabularies, ids};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// A page of a feed.
#[derive(Debug, Clone)]
pub struct AtomFeed<'a> {
    /// The portal.
    pub site: &'a Site,
    /// Labels of codes.
    pub vocabularies: &'a Vocabularies,
    /// Language wished for texts (BCP 47).
    pub language: &'a str,
    /// What was searched for, for people.
    pub title: &'a str,
    /// Identifies the search, whatever its page: the parameters in a fixed order, without those that only say which part of it.
    pub query: &'a str,
    /// Address of this page.
    pub own: &'a str,
    /// Address of the first page.
    pub first: &'a str,
    /// Address of the next page.
    pub next: Option<&'a str>,
    /// The page of the portal that shows the same.
    pub page: &'a str,
    /// When the feed last changed, if it has no entries.
    pub empty_since: Timestamp,
    /// The offers in the order of the search.
    pub offers: &'a [Offer],
}

/// The feed in XML. Fails only if memory does.
pub fn write(feed: &AtomFeed<'_>) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::with_capacity(4096 + 4096 * feed.offers.len()));
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let root = writer.create_element("feed").with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.language)]);
    root.write_inner_content(|writer| {
        text(writer, "id", &identifier(feed.site, feed.query))?;
        text(writer, "title", feed.title)?;
        let updated = feed.offers.iter().map(|offer| offer.meta.updated_at).max().unwrap_or(feed.empty_since);
        text(writer, "updated", &instant(updated))?;
        link(writer, "self", feed.own, "application/atom+xml")?;
        link(writer, "first", feed.first, "application/atom+xml")?;
        if let Some(next) = feed.next {
            link(writer, "next", next, "application/atom+xml")?;
        }
        link(writer, "alternate", feed.page, "text/html")?;
        person(writer, &feed.site.name, &feed.site.base)?;
        text(writer, "generator", "Bildungsregion")?;
        feed.offers.iter().try_for_each(|offer| entry(writer, feed, offer))
    })?;
    Ok(writer.into_inner())
}

/// A `tag:` URI (RFC 4151): the same search keeps it, wherever the feed is fetched from. The year only says that the name of the host was the portal's then.
fn identifier(site: &Site, query: &str) -> String {
    format!("tag:{},2026:angebote?{query}", site.host())
}

fn entry(writer: &mut Writer<Vec<u8>>, feed: &AtomFeed<'_>, offer: &Offer) -> io::Result<()> {
    let words = Words::of_offer(offer, feed.language);
    let known = licence(offer.meta.licence);
    writer.create_element("entry").with_attribute(("xml:lang", words.language)).write_inner_content(|writer| {
        text(writer, "id", &format!("urn:uuid:{}", offer.meta.id))?;
        text(writer, "title", words.title)?;
        text(writer, "updated", &instant(offer.meta.updated_at))?;
        text(writer, "published", &instant(offer.meta.created_at))?;
        link(writer, "alternate", &addresses::offer(feed.site, offer), "text/html")?;
        if !offer.runs.is_empty() {
            link(writer, "related", &feed.site.address(&format!("/api/v1/offers/{}.ics", offer.meta.id)), "text/calendar")?;
        }
        let from = &offer.organization;
        person(writer, &from.name, &addresses::organization_page(feed.site, from.id, &from.slug))?;
        for code in &offer.topics {
            let label = clean(feed.vocabularies.label(ids::TOPICS, code, feed.language));
            let scheme = feed.site.address("/api/v1/vocabularies/topics");
            let attributes = [("term", code.as_str()), ("scheme", scheme.as_str()), ("label", label.as_str())];
            writer.create_element("category").with_attributes(attributes).write_empty()?;
        }
        text(writer, "rights", known.name)?;
        if let Some(url) = known.url {
            link(writer, "license", url, "text/html")?;
        }
        if let Some(summary) = words.summary {
            text(writer, "summary", summary)?;
        }
        if let Some(html) = words.html.as_deref() {
            let html = clean(html);
            writer.create_element("content").with_attribute(("type", "html")).write_text_content(BytesText::new(&html))?;
        } else if words.summary.is_none() {
            // An entry says something about itself.
            text(writer, "summary", words.title)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn person(writer: &mut Writer<Vec<u8>>, name: &str, address: &str) -> io::Result<()> {
    writer.create_element("author").write_inner_content(|writer| {
        text(writer, "name", name)?;
        text(writer, "uri", address)
    })?;
    Ok(())
}

fn link(writer: &mut Writer<Vec<u8>>, relation: &str, address: &str, kind: &str) -> io::Result<()> {
    writer.create_element("link").with_attributes([("rel", relation), ("href", address), ("type", kind)]).write_empty()?;
    Ok(())
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, value: &str) -> io::Result<()> {
    let value = clean(value);
    writer.create_element(name).write_text_content(BytesText::new(&value))?;
    Ok(())
}

fn instant(at: Timestamp) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Without the characters that XML 1.0 cannot hold at all.
fn clean(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(allowed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(clean("a\u{0}b\u{b}c\u{fffe}d\n€😀"), "abcd\n€😀");
    }
}
