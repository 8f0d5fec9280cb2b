//! The shape of the template files in `data/demo`. Unknown keys are refused, so that a typing mistake is noticed.

use anyhow::{Context, Result};
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(RustEmbed)]
#[folder = "../../data/demo"]
#[include = "*.toml"]
#[include = "offers/*.toml"]
struct Files;

/// `organizations.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrganizationsFile {
    pub(super) organization: Vec<RealOrganization>,
    pub(super) generic: Vec<GenericOrganization>,
    pub(super) place: Vec<GenericPlace>,
}

/// A public institution that exists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RealOrganization {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: String,
    #[serde(default)]
    pub(super) alternate: Option<String>,
    #[serde(default)]
    pub(super) street: Option<String>,
    #[serde(default)]
    pub(super) url: Option<String>,
    pub(super) sponsor: String,
    /// Municipality of its seat; outside of the region it has a postcode and no place.
    pub(super) town: String,
    #[serde(default)]
    pub(super) postcode: Option<String>,
    /// Further municipalities where it offers something.
    #[serde(default)]
    pub(super) sites: Vec<String>,
    pub(super) summary: String,
}

/// An invented institution of which every (larger) municipality gets one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GenericOrganization {
    pub(super) id: String,
    /// `{town}` is the municipality; `{pick}` one of `picks`.
    pub(super) name: String,
    #[serde(default)]
    pub(super) picks: Vec<String>,
    pub(super) kind: String,
    pub(super) sponsor: String,
    /// Only in municipalities with at least this many residents.
    #[serde(default)]
    pub(super) residents: u32,
    #[serde(default)]
    pub(super) hours: Option<String>,
    #[serde(default)]
    pub(super) languages: Vec<String>,
    pub(super) summary: String,
}

/// An invented place of which every (larger) municipality gets one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GenericPlace {
    pub(super) id: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) residents: u32,
    #[serde(default = "no_limit")]
    pub(super) fewer_than: u32,
    pub(super) street: String,
    pub(super) transport: String,
    /// Kinds of organisation that meet here rather than at another place of the municipality.
    #[serde(default)]
    pub(super) hosts: Vec<String>,
}

fn no_limit() -> u32 {
    u32::MAX
}

/// `offers/*.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OffersFile {
    #[serde(default)]
    pub(super) defaults: Defaults,
    pub(super) offer: Vec<Template>,
}

/// What the offers of a file have in common.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Defaults {
    #[serde(default)]
    pub(super) by: Vec<String>,
    #[serde(default)]
    pub(super) topics: Vec<String>,
    #[serde(default)]
    pub(super) phases: Vec<String>,
    #[serde(default)]
    pub(super) groups: Vec<String>,
}

/// A hand-written offer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Template {
    #[serde(default = "course")]
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) summary: String,
    #[serde(default)]
    pub(super) text: Option<String>,
    #[serde(default)]
    pub(super) by: Vec<String>,
    #[serde(default)]
    pub(super) topics: Vec<String>,
    #[serde(default)]
    pub(super) phases: Vec<String>,
    #[serde(default)]
    pub(super) groups: Vec<String>,
    /// `18-`, `6-10`, `-3`
    #[serde(default)]
    pub(super) age: Option<String>,
    /// See `schedule::Plan`.
    pub(super) when: String,
    /// `free`, `47`, `5-12`, `request`; not stated where missing.
    #[serde(default)]
    pub(super) price: Option<String>,
    /// Half price for the usual groups.
    #[serde(default)]
    pub(super) reduced: bool,
    /// `code` or `code|text`
    #[serde(default)]
    pub(super) needs: Vec<String>,
    #[serde(default)]
    pub(super) funding: Vec<String>,
    #[serde(default)]
    pub(super) languages: Vec<String>,
    /// `A0-A1`
    #[serde(default)]
    pub(super) level: Option<String>,
    #[serde(default)]
    pub(super) bamf: Option<String>,
    #[serde(default)]
    pub(super) literacy: bool,
    /// `code|name`
    #[serde(default)]
    pub(super) certificate: Option<String>,
    #[serde(default)]
    pub(super) dqr: Option<u8>,
    /// `criterion=yes`
    #[serde(default)]
    pub(super) access: Vec<String>,
    #[serde(default)]
    pub(super) mode: Option<String>,
    #[serde(default)]
    pub(super) childcare: Option<bool>,
    /// Largest number of participants.
    #[serde(default)]
    pub(super) size: Option<u32>,
    /// Ways to register, codes of `RegistrationForm`.
    #[serde(default)]
    pub(super) book: Vec<String>,
    #[serde(default)]
    pub(super) keywords: Vec<String>,
    /// Title and summary in other languages.
    #[serde(default)]
    pub(super) translations: BTreeMap<String, Text>,
}

fn course() -> String {
    "course".to_owned()
}

/// Texts in another language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    pub(super) title: String,
    #[serde(default)]
    pub(super) summary: Option<String>,
}

/// Reads `organizations.toml`.
pub(super) fn organizations() -> Result<OrganizationsFile> {
    let file = Files::get("organizations.toml").context("data/demo/organizations.toml is missing")?;
    toml::from_str(std::str::from_utf8(&file.data)?).context("data/demo/organizations.toml")
}

/// Reads all `offers/*.toml` in order of their names.
pub(super) fn offers() -> Result<Vec<OffersFile>> {
    let mut names: Vec<_> = Files::iter().filter(|name| name.starts_with("offers/")).collect();
    names.sort_unstable();
    names
        .iter()
        .map(|name| {
            let file = Files::get(name).with_context(|| format!("data/demo/{name} is missing"))?;
            toml::from_str(std::str::from_utf8(&file.data)?).with_context(|| format!("data/demo/{name}"))
        })
        .collect()
}
