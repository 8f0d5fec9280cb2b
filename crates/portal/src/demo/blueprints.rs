//! Templates made ready: codes split, texts bounded, hosts found; what all offers of a template share is built once.

use super::files::{self, Defaults, Template};
use super::network::Network;
use super::schedule::Plan;
use super::variants::{self, Variant};
use anyhow::{Context, Result, bail};
use domain::catalogue::{
    AccessibilityStatement, AccessibilityValue, AgeRange, DeliveryMode, EntryRequirement, Funding, LanguageLevel, LevelRange, OfferDraft, Price,
    PriceReduction, PriceType, Provenance, Qualification, Registration, RegistrationForm,
};
use domain::text::{ExternalId, LanguageTag, Short, Title, Translation};
use rand::Rng;
use rand::seq::SliceRandom;
use std::collections::HashSet;
use std::str::FromStr;

/// A template with everything its offers share.
pub(super) struct Blueprint {
    /// The offer without id, organisation, place and runs.
    pub(super) base: OfferDraft,
    pub(super) variants: Vec<Variant>,
    /// (organisation, site) pairs, one per municipality, shuffled.
    pub(super) hosts: Vec<(usize, usize)>,
    /// Places in a run, where it is limited.
    pub(super) size: Option<u32>,
}

/// Reads and prepares all templates.
pub(super) fn load(network: &Network, rng: &mut impl Rng) -> Result<Vec<Blueprint>> {
    let mut blueprints = Vec::new();
    let mut titles = HashSet::new();
    for file in files::offers()? {
        for template in &file.offer {
            if !titles.insert(template.title.clone()) {
                bail!("two templates are called “{}”", template.title);
            }
            blueprints.push(prepare(template, &file.defaults, network, rng).with_context(|| format!("template “{}”", template.title))?);
        }
    }
    Ok(blueprints)
}

fn prepare(template: &Template, defaults: &Defaults, network: &Network, rng: &mut impl Rng) -> Result<Blueprint> {
    let plan = Plan::parse(&template.when)?;
    let or = |own: &[String], common: &[String]| if own.is_empty() { common.to_vec() } else { own.to_vec() };
    let by = or(&template.by, &defaults.by);
    let mut base = OfferDraft::new(ExternalId::try_from("-")?, ExternalId::try_from("-")?, &template.kind, Title::try_from(template.title.as_str())?);
    base.summary = Some(Short::try_from(template.summary.as_str())?);
    base.description = template.text.clone().map(TryInto::try_into).transpose()?;
    base.topics = or(&template.topics, &defaults.topics);
    base.life_phases = or(&template.phases, &defaults.phases);
    base.target_groups = or(&template.groups, &defaults.groups);
    base.age_range = template.age.as_deref().map(age).transpose()?;
    base.delivery_mode = template.mode.as_deref().map_or(Ok(DeliveryMode::Onsite), DeliveryMode::from_str)?;
    base.languages = match template.languages.as_slice() {
        [] => vec![LanguageTag::german()],
        some => some.iter().cloned().map(LanguageTag::try_from).collect::<Result<_, _>>()?,
    };
    base.language_level = template.level.as_deref().map(level).transpose()?;
    base.bamf_course_type.clone_from(&template.bamf);
    base.literacy_course = template.literacy;
    base.entry_requirements =
        template.needs.iter().map(|need| coded(need).map(|(kind, text)| EntryRequirement { kind, text })).collect::<Result<_>>()?;
    base.funding = template.funding.iter().map(|way| coded(way).map(|(kind, text)| Funding { kind, number: None, text })).collect::<Result<_>>()?;
    base.qualification = template.certificate.as_deref().map(|text| qualification(text, template.dqr)).transpose()?;
    base.price = template.price.as_deref().map_or(Ok(Price::unknown()), |text| price(text, template.reduced))?;
    base.accessibility = template.access.iter().map(|text| statement(text)).collect::<Result<_>>()?;
    base.childcare = template.childcare;
    base.registration = registration(template, plan)?;
    base.keywords = template.keywords.iter().map(|word| Title::try_from(word.as_str())).collect::<Result<_, _>>()?;
    base.example = true;
    for (language, text) in &template.translations {
        let translation = Translation {
            title: Some(Title::try_from(text.title.as_str())?),
            summary: text.summary.as_deref().map(Short::try_from).transpose()?,
            ..Translation::default()
        };
        base.translations.insert(LanguageTag::try_from(language.clone())?, translation);
    }
    let adults = base.life_phases.iter().any(|phase| matches!(phase.as_str(), "working-life" | "later-life"));
    let variants = variants::of(plan, adults, base.delivery_mode == DeliveryMode::Onsite);
    let hosts = hosts(&by, network, rng);
    if hosts.is_empty() {
        bail!("nobody offers it: {by:?}");
    }
    Ok(Blueprint { base, variants, hosts, size: template.size })
}

/// Everybody of the right kind (or with the right id), one per municipality, so that title and municipality tell two offers apart.
fn hosts(by: &[String], network: &Network, rng: &mut impl Rng) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = network
        .organizations
        .iter()
        .enumerate()
        .filter(|(_, host)| by.iter().any(|wanted| *wanted == host.draft.kind || wanted == host.draft.external_id.as_str()))
        .flat_map(|(i, host)| (0..host.sites.len()).map(move |site| (i, site)))
        .collect();
    all.shuffle(rng);
    let mut towns = HashSet::new();
    all.retain(|(host, site)| network.organizations.get(*host).and_then(|h| h.sites.get(*site)).is_some_and(|s| towns.insert(s.town.as_str())));
    all
}

fn coded(text: &str) -> Result<(String, Option<Short>)> {
    match text.split_once('|') {
        Some((code, words)) => Ok((code.to_owned(), Some(Short::try_from(words)?))),
        None => Ok((text.to_owned(), None)),
    }
}

fn age(text: &str) -> Result<AgeRange> {
    let (min, max) = text.split_once('-').context("an age is written 6-10, 18- or -3")?;
    let years = |text: &str| if text.is_empty() { Ok(None) } else { text.parse().map(Some) };
    Ok(AgeRange { min: years(min)?, max: years(max)? })
}

fn level(text: &str) -> Result<LevelRange> {
    let (from, to) = text.split_once('-').context("a level is written A1-A2")?;
    let one = |text: &str| if text.is_empty() { Ok(None) } else { LanguageLevel::from_str(text).map(Some) };
    Ok(LevelRange { from: one(from)?, to: one(to)? })
}

fn qualification(text: &str, dqr_level: Option<u8>) -> Result<Qualification> {
    let (code, name) = text.split_once('|').context("a certificate is written code|name")?;
    Ok(Qualification { name: Short::try_from(name)?, certificate: Some(code.to_owned()), dqr_level })
}

fn statement(text: &str) -> Result<AccessibilityStatement> {
    let (criterion, value) = text.split_once('=').context("accessibility is written criterion=yes")?;
    let value = AccessibilityValue::from_str(value)?;
    Ok(AccessibilityStatement { criterion: criterion.to_owned(), value, provenance: Provenance::SelfDeclared, date: None, note: None })
}

fn price(text: &str, reduced: bool) -> Result<Price> {
    let cents = |text: &str| -> Result<u32> {
        let (euros, rest) = text.split_once('.').unwrap_or((text, "0"));
        Ok(euros.parse::<u32>()? * 100 + format!("{rest:0<2}").parse::<u32>()?)
    };
    let mut price = match text {
        "free" => Price::free(),
        "request" => Price { kind: PriceType::OnRequest, ..Price::unknown() },
        _ => match text.split_once('-') {
            Some((low, high)) => Price { kind: PriceType::Range, amount: Some(cents(low)?), max_amount: Some(cents(high)?), ..Price::unknown() },
            None => Price::euros(cents(text)?),
        },
    };
    if let (true, Some(amount)) = (reduced, price.amount) {
        let label = Short::try_from("Auszubildende, Studierende, Menschen mit Schwerbehinderung, Bürgergeld")?;
        price.reductions = vec![PriceReduction { label, amount: Some(amount / 2) }];
    }
    Ok(price)
}

/// The ways named in the template, else what is usual for such dates.
fn registration(template: &Template, plan: Plan) -> Result<Option<Registration>> {
    let forms = match (template.book.as_slice(), plan) {
        ([], Plan::Open { .. }) => vec![RegistrationForm::NotRequired],
        ([], Plan::Standing) => return Ok(None),
        ([], Plan::Rolling) => vec![RegistrationForm::Phone, RegistrationForm::Email],
        ([], _) => vec![RegistrationForm::Online, RegistrationForm::Phone],
        (some, _) => some.iter().map(|form| RegistrationForm::from_str(form)).collect::<Result<_, _>>()?,
    };
    Ok(Some(Registration { forms, ..Registration::default() }))
}
