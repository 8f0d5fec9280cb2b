//! Who offers and where: real public institutions, generic ones per municipality, and places inside the county.

use super::files::{self, GenericOrganization, GenericPlace, RealOrganization};
use anyhow::{Context, Result};
use domain::areas::{Area, AreaKind, GeoPoint, Region};
use domain::catalogue::{AccessibilityStatement, AccessibilityValue, Address, ContactPoint, OrganizationDraft, PlaceDraft, Provenance, Sponsor};
use domain::text::{ExternalId, LanguageTag, Short, Title, WebUrl, slug};
use rand::Rng;
use std::collections::HashMap;
use std::str::FromStr;

/// An organisation that hosts offers.
pub(super) struct Host {
    pub(super) draft: OrganizationDraft,
    /// Where it offers something.
    pub(super) sites: Vec<Site>,
    /// A real institution: nothing is claimed about its building.
    pub(super) real: bool,
}

/// An organisation's presence in a municipality.
#[derive(Debug, Clone)]
pub(super) struct Site {
    /// Short name of the municipality.
    pub(super) town: String,
    /// Index of the place.
    pub(super) place: usize,
}

/// All organisations and places.
pub(super) struct Network {
    pub(super) organizations: Vec<Host>,
    pub(super) places: Vec<PlaceDraft>,
}

impl Network {
    pub(super) fn build(region: &Region, rng: &mut impl Rng) -> Result<Self> {
        let file = files::organizations()?;
        let mut towns: Vec<&Area> = region.areas().iter().filter(|area| area.kind == AreaKind::Municipality).collect();
        towns.sort_by_key(|area| std::cmp::Reverse((area.population, &area.key)));
        let mut network = Self { organizations: Vec::new(), places: Vec::new() };
        // (municipality, kind of organisation) → place; the empty kind is the municipality's usual place.
        let mut rooms: HashMap<(String, String), usize> = HashMap::new();
        for town in &towns {
            for generic in file.place.iter().filter(|p| fits(town, p.residents, p.fewer_than)) {
                let index = network.places.len();
                network.places.push(generic_place(generic, town, region, rng)?);
                for kind in &generic.hosts {
                    rooms.insert((town.key.clone(), kind.clone()), index);
                }
                rooms.entry((town.key.clone(), String::new())).or_insert(index);
            }
        }
        let room = |town: &Area, kind: &str| {
            rooms.get(&(town.key.clone(), kind.to_owned())).or_else(|| rooms.get(&(town.key.clone(), String::new()))).copied()
        };
        for real in &file.organization {
            let seat = towns.iter().find(|town| short_name(town) == real.town);
            let geo = seat.map(|town| near_centre(town, region, 0.006, rng));
            let mut sites = Vec::new();
            if let Some(town) = seat {
                sites.push(Site { town: real.town.clone(), place: network.places.len() });
                network.places.push(own_place(real, town, geo, region)?);
            }
            for name in &real.sites {
                let town = towns.iter().find(|town| short_name(town) == *name).with_context(|| format!("{}: no municipality {name}", real.id))?;
                sites.extend(room(town, &real.kind).map(|place| Site { town: name.clone(), place }));
            }
            let draft = real_organization(real, seat.copied(), geo, region).with_context(|| real.id.clone())?;
            network.organizations.push(Host { draft, sites, real: true });
        }
        for generic in &file.generic {
            // Where a real institution of the kind has its seat, an invented one beside it would only confuse.
            let taken = |town: &Area| file.organization.iter().any(|real| real.kind == generic.kind && real.town == short_name(town));
            for town in towns.iter().filter(|town| fits(town, generic.residents, u32::MAX) && !taken(town)) {
                let place = room(town, &generic.kind).context("every municipality has a place")?;
                let draft = generic_organization(generic, town, region, rng).with_context(|| generic.id.clone())?;
                network.organizations.push(Host { draft, sites: vec![Site { town: short_name(town), place }], real: false });
            }
        }
        Ok(network)
    }
}

fn fits(town: &Area, residents: u32, fewer_than: u32) -> bool {
    let population = town.population.unwrap_or(0);
    population >= residents && population < fewer_than
}

/// `Boizenburg/Elbe` → `Boizenburg`, `Parchim, Stadt` → `Parchim`
fn short_name(town: &Area) -> String {
    town.name.split([',', '/']).next().unwrap_or(&town.name).trim().to_owned()
}

/// The postcode whose centre is nearest to the municipality's.
fn postcode(town: &Area, region: &Region) -> Option<String> {
    let centre = centre(town);
    let distance = |code: &&String| region.postcode_centre(code).map_or(f64::INFINITY, |p| p.distance_km(centre));
    town.postcodes.iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).cloned()
}

fn centre(town: &Area) -> GeoPoint {
    let [lon, lat] = town.centre;
    GeoPoint { lat, lon }
}

/// A point at most `spread` degrees from the centre that still lies in the municipality.
fn near_centre(town: &Area, region: &Region, spread: f64, rng: &mut impl Rng) -> GeoPoint {
    let middle = centre(town);
    for _ in 0..8 {
        let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
        let lat = round(middle.lat + rng.random_range(-spread..spread) * 0.6);
        let point = GeoPoint { lat, lon: round(middle.lon + rng.random_range(-spread..spread)) };
        if region.by_point(point).is_some_and(|found| found.key == town.key) {
            return point;
        }
    }
    middle
}

fn address(town: &Area, street: Option<&str>, region: &Region) -> Result<Address> {
    Ok(Address {
        street: street.map(Title::try_from).transpose()?,
        postal_code: postcode(town, region),
        locality: Some(Title::try_from(short_name(town))?),
        district: None,
        country: "DE".to_owned(),
    })
}

fn own_place(real: &RealOrganization, town: &Area, geo: Option<GeoPoint>, region: &Region) -> Result<PlaceDraft> {
    Ok(PlaceDraft {
        external_id: ExternalId::try_from(format!("ort-{}", real.id))?,
        name: Title::try_from(real.name.as_str())?,
        address: address(town, real.street.as_deref(), region)?,
        geo,
        accessibility: vec![],
        public_transport: None,
        url: None,
        licence: None,
        translations: Default::default(),
    })
}

fn generic_place(generic: &GenericPlace, town: &Area, region: &Region, rng: &mut impl Rng) -> Result<PlaceDraft> {
    let name = short_name(town);
    let mut accessibility = Vec::new();
    // What is not stated stays open: a third of the places says nothing.
    if rng.random_bool(0.66) {
        for (criterion, yes, partly) in [
            ("step-free-entrance", 0.6, 0.2),
            ("accessible-toilet", 0.45, 0.15),
            ("disabled-parking", 0.5, 0.1),
            ("wide-doors", 0.6, 0.1),
            ("induction-loop", 0.1, 0.05),
            ("tactile-guidance", 0.08, 0.1),
            ("guide-dogs-welcome", 0.6, 0.0),
        ] {
            let drawn: f64 = rng.random();
            let value = match drawn {
                d if d < yes => AccessibilityValue::Yes,
                d if d < yes + partly => AccessibilityValue::Partly,
                d if d < 0.8 => AccessibilityValue::No,
                _ => continue,
            };
            let note = (criterion == "step-free-entrance" && value == AccessibilityValue::Partly)
                .then(|| Short::try_from("Stufenlos über den Hofeingang, bitte klingeln."))
                .transpose()?;
            accessibility.push(AccessibilityStatement {
                criterion: criterion.to_owned(),
                value,
                provenance: if rng.random_bool(0.15) { Provenance::Verified } else { Provenance::SelfDeclared },
                date: None,
                note,
            });
        }
    }
    Ok(PlaceDraft {
        external_id: ExternalId::try_from(format!("ort-{}-{}", generic.id, town.key))?,
        name: Title::try_from(generic.name.replace("{town}", &name))?,
        address: address(town, Some(&generic.street), region)?,
        geo: Some(near_centre(town, region, 0.008, rng)),
        accessibility,
        public_transport: Some(Short::try_from(generic.transport.replace("{town}", &name))?),
        url: None,
        licence: None,
        translations: Default::default(),
    })
}

fn real_organization(real: &RealOrganization, seat: Option<&Area>, geo: Option<GeoPoint>, region: &Region) -> Result<OrganizationDraft> {
    let address = match seat {
        Some(town) => address(town, real.street.as_deref(), region)?,
        None => Address {
            postal_code: real.postcode.clone(),
            locality: Some(Title::try_from(real.town.as_str())?),
            country: "DE".to_owned(),
            ..Address::default()
        },
    };
    let mut draft = organization(&real.id, &real.name, &real.kind, &real.sponsor, &real.summary)?;
    draft.alternate_name = real.alternate.as_deref().map(Title::try_from).transpose()?;
    draft.address = Some(address);
    draft.geo = geo;
    draft.url = real.url.clone().map(WebUrl::try_from).transpose()?;
    draft.contacts = vec![contact("Information", &real.id, 100 + fictional(&real.id))?];
    draft.description =
        Some("Diese Einrichtung gibt es wirklich. **Die Angebote, Nummern und Mailadressen in diesem Beispielkatalog sind erfunden.**".try_into()?);
    Ok(draft)
}

fn generic_organization(generic: &GenericOrganization, town: &Area, region: &Region, rng: &mut impl Rng) -> Result<OrganizationDraft> {
    let name = short_name(town);
    let pick = if generic.picks.is_empty() { None } else { generic.picks.get(rng.random_range(0..generic.picks.len())) };
    let fill = |text: &str| text.replace("{town}", &name).replace("{pick}", pick.map_or("", String::as_str));
    let id = format!("{}-{}", generic.id, town.key);
    let mut draft = organization(&id, &fill(&generic.name), &generic.kind, &generic.sponsor, &fill(&generic.summary))?;
    draft.address = Some(address(town, Some("Beispielstraße 1"), region)?);
    draft.geo = Some(near_centre(town, region, 0.008, rng));
    draft.opening_hours = generic.hours.as_deref().map(Short::try_from).transpose()?;
    draft.languages = generic.languages.iter().cloned().map(LanguageTag::try_from).collect::<Result<_, _>>()?;
    draft.contacts = vec![contact("Büro", &slug(&format!("{} {name}", generic.id)), fictional(&id))?];
    draft.description = Some("Diese Einrichtung ist erfunden und steht nur für das Beispiel.".try_into()?);
    if rng.random_bool(0.4) {
        draft.network_member_since = chrono::NaiveDate::from_ymd_opt(rng.random_range(2023..2026), rng.random_range(1..13), 1);
        draft.cooperation_agreement = Some(rng.random_bool(0.5));
    }
    if rng.random_bool(0.5) {
        let value = if rng.random_bool(0.7) { AccessibilityValue::Yes } else { AccessibilityValue::No };
        let statement = AccessibilityStatement {
            criterion: "step-free-entrance".to_owned(),
            value,
            provenance: Provenance::SelfDeclared,
            date: None,
            note: None,
        };
        draft.accessibility = vec![statement];
    }
    Ok(draft)
}

fn organization(id: &str, name: &str, kind: &str, sponsor: &str, summary: &str) -> Result<OrganizationDraft> {
    Ok(OrganizationDraft {
        external_id: ExternalId::try_from(id)?,
        name: Title::try_from(name)?,
        alternate_name: None,
        kind: kind.to_owned(),
        legal_form: None,
        sponsor: Some(Sponsor::from_str(sponsor)?),
        identifiers: Default::default(),
        summary: Some(Short::try_from(summary)?),
        description: None,
        address: None,
        geo: None,
        opening_hours: None,
        contacts: vec![],
        languages: vec![],
        accessibility: vec![],
        logo: None,
        url: None,
        social_links: vec![],
        network_member_since: None,
        cooperation_agreement: None,
        licence: None,
        translations: Default::default(),
    })
}

/// Last three digits of a number, from the id: the same record has the same number on every machine.
fn fictional(id: &str) -> u32 {
    id.bytes().fold(7u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 800
}

/// A role with a number kept free for fiction (Bundesnetzagentur: 030 23125 000–999) and a mailbox of the reserved domain.
fn contact(role: &str, mailbox: &str, number: u32) -> Result<ContactPoint> {
    Ok(ContactPoint {
        name: Some(Title::try_from(role)?),
        phone: Some(Title::try_from(format!("030 23125-{number:03}"))?),
        email: Some(Title::try_from(format!("{}@example.org", slug(mailbox)))?),
        url: None,
        hours: None,
    })
}
