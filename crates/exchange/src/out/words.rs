//! The texts of a record in the language of the reader.

use domain::catalogue::{Offer, Organization};
use domain::text::{LanguageTag, Translations, html_to_text, markdown_to_html};
use std::borrow::Cow;

/// Texts in one language; what is not translated is German.
#[derive(Debug)]
pub(super) struct Words<'a> {
    /// Language of the title (BCP 47).
    pub language: &'a str,
    /// Title or name.
    pub title: &'a str,
    /// Summary.
    pub summary: Option<&'a str>,
    /// Description as safe HTML.
    pub html: Option<Cow<'a, str>>,
}

impl<'a> Words<'a> {
    pub(super) fn of_offer(offer: &'a Offer, language: &'a str) -> Self {
        let summary = offer.summary.as_ref().map(|summary| summary.as_str());
        Self { language: "de", title: offer.title.as_str(), summary, html: offer.description_html.as_deref().map(Cow::Borrowed) }
            .translated(&offer.translations, language)
    }

    pub(super) fn of_organization(organization: &'a Organization, language: &'a str) -> Self {
        let summary = organization.summary.as_ref().map(|summary| summary.as_str());
        Self { language: "de", title: organization.name.as_str(), summary, html: organization.description_html.as_deref().map(Cow::Borrowed) }
            .translated(&organization.translations, language)
    }

    fn translated(mut self, translations: &'a Translations, language: &'a str) -> Self {
        let found = LanguageTag::try_from(language.to_owned()).ok().and_then(|tag| translations.get(&tag));
        if let Some(translation) = found {
            self.language = language;
            self.title = translation.title.as_ref().map_or(self.title, |title| title.as_str());
            self.summary = translation.summary.as_ref().map(|summary| summary.as_str()).or(self.summary);
            self.html = translation.description.as_ref().map(|text| Cow::Owned(markdown_to_html(text.as_str()))).or(self.html);
        }
        self
    }

    /// The description as plain text.
    pub(super) fn plain(&self) -> Option<String> {
        self.html.as_deref().map(html_to_text).filter(|text| !text.is_empty())
    }

    /// The longest text there is: description, else summary.
    pub(super) fn most(&self) -> Option<String> {
        self.plain().or_else(|| self.summary.map(str::to_owned))
    }
}
