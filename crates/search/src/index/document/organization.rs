//! Documents of organisations.

use super::{Builder, Documents, IS_ORGANIZATION, NETWORK_MEMBER, OF_ORGANIZATION, members, plain, texts};
use crate::SearchError;
use crate::catalogue::OrganizationFacet;
use crate::index::stored::{Frame, StoredText};
use domain::Uuid;
use domain::areas::GeoPoint;
use domain::catalogue::{Organization, Sponsor};
use domain::vocabularies::ids;
use serde::Serialize;
use tantivy::TantivyDocument;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FixedItem<'a> {
    id: Uuid,
    slug: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sponsor: Option<Sponsor>,
    network_member: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    municipality: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ags: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geo: Option<GeoPoint>,
}

impl Documents {
    /// The document of an organisation.
    pub(crate) fn organization(&self, organization: &Organization) -> Result<TantivyDocument, SearchError> {
        let mut builder = Builder::new(self, organization.meta.id, organization.name.as_str());
        builder.organization_words(organization);
        let code = |facet: OrganizationFacet| format!("{OF_ORGANIZATION}{}", facet.parameter());
        builder.flag(IS_ORGANIZATION);
        builder.code(&code(OrganizationFacet::Kind), &organization.kind);
        if let Some(sponsor) = organization.sponsor {
            builder.code(&code(OrganizationFacet::Sponsor), sponsor.code());
        }
        if let Some(ags) = &organization.ags {
            builder.areas(&code(OrganizationFacet::Area), ags);
        }
        if organization.network_member_since.is_some() {
            builder.flag(NETWORK_MEMBER);
        }
        if let Some(point) = organization.geo {
            builder.point(point);
        }
        let item = frame(organization)?;
        Ok(builder.finish(&item))
    }
}

impl Builder<'_> {
    fn organization_words(&mut self, organization: &Organization) {
        let fields = self.context.fields;
        self.document.add_text(fields.title, organization.name.as_str());
        self.remember(organization.name.as_str());
        if let Some(name) = &organization.alternate_name {
            self.german_label(name.as_str());
        }
        self.concept(ids::ORGANIZATION_KINDS, &organization.kind);
        let locality = organization.address.as_ref().and_then(|a| a.locality.as_ref()).map(|l| l.as_str());
        for name in [organization.municipality.as_deref(), locality].into_iter().flatten() {
            self.german_label(name);
        }
        if let Some(summary) = &organization.summary {
            self.document.add_text(fields.text, summary.as_str());
        }
        if let Some(description) = &organization.description {
            self.document.add_text(fields.text, description.as_str());
        }
        self.translations(&organization.translations);
    }
}

fn frame(organization: &Organization) -> Result<Vec<u8>, SearchError> {
    let fixed = FixedItem {
        id: organization.meta.id,
        slug: &organization.meta.slug,
        kind: &organization.kind,
        sponsor: organization.sponsor,
        network_member: organization.network_member_since.is_some(),
        municipality: organization.municipality.as_deref(),
        ags: organization.ags.as_deref(),
        geo: organization.geo,
    };
    let mut frame = Frame::default();
    frame.head(&members(organization.meta.id, &fixed)?, "");
    let original = StoredText {
        language: "de",
        title: organization.name.as_str(),
        summary: organization.summary.as_ref().map_or("", |s| s.as_str()),
        body: &organization.description.as_ref().map_or_else(String::new, |d| plain(d.as_str())),
    };
    texts(&mut frame, original, &organization.translations);
    frame.count(0);
    Ok(frame.finish())
}
