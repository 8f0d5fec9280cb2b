//! From template, municipality and variant to an offer.

use super::blueprints::Blueprint;
use super::network::{Host, Network, Site};
use super::schedule::{Calendar, Plan};
use super::variants::Variant;
use chrono::Duration;
use domain::Moment;
use domain::catalogue::{Capacity, ContactPoint, DeliveryMode, OfferDraft, PriceType, RegistrationForm, RunDraft, RunStatus};
use domain::text::{ExternalId, Title, WebUrl};
use rand::Rng;

/// The offer number `index`. The same title never comes twice: it tells template, variant, municipality and group.
pub(super) fn make(index: u64, blueprints: &[Blueprint], network: &Network, calendar: &Calendar, rng: &mut impl Rng) -> Option<OfferDraft> {
    let (templates, lap) = (blueprints.len() as u64, index.checked_div(blueprints.len() as u64)?);
    let blueprint = blueprints.get(usize::try_from(index % templates).ok()?)?;
    let (towns, kinds) = (blueprint.hosts.len() as u64, blueprint.variants.len() as u64);
    // Town and variant advance together, so that the first laps already show both; the shift keeps every pair unique.
    let town = lap % towns;
    let variant = (town + lap / towns) % kinds;
    let group = lap / (towns * kinds);
    let (host, site) = *blueprint.hosts.get(usize::try_from(town).ok()?)?;
    let host = network.organizations.get(host)?;
    let site = host.sites.get(site)?;
    let variant = blueprint.variants.get(usize::try_from(variant).ok()?)?;
    let mut offer = blueprint.base.clone();
    offer.external_id = ExternalId::try_from(format!("angebot-{:07}", index + 1)).ok()?;
    offer.organization = host.draft.external_id.clone();
    if lap > 0 {
        retitle(&mut offer, variant, &site.town, group);
    }
    offer.delivery_mode = variant.mode.unwrap_or(offer.delivery_mode);
    reprice(&mut offer, variant, rng);
    let online = matches!(offer.delivery_mode, DeliveryMode::Online | DeliveryMode::SelfPaced);
    if !online {
        offer.place = network.places.get(site.place).map(|place| place.external_id.clone());
    }
    reach(&mut offer, index, host);
    offer.runs = runs(&offer, blueprint, variant, site, index, network, calendar, rng);
    if host.real || rng.random_bool(0.5) {
        // Half of the generic providers state nothing about accessibility.
        offer.accessibility.retain(|statement| statement.criterion == "easy-language" || rng.random_bool(0.7));
    }
    if index % 11 == 3 && !offer.price.reductions.is_empty() {
        offer.price.note = "Die Ermäßigung bitte bei der Anmeldung nachweisen.".try_into().ok();
    }
    Some(offer)
}

fn retitle(offer: &mut OfferDraft, variant: &Variant, town: &str, group: u64) {
    let word = match offer.kind.as_str() {
        "counselling" => "Sprechtag",
        "service" => "Standort",
        "event" | "tour" => "Termin",
        _ => "Gruppe",
    };
    let numbered = if group == 0 { String::new() } else { format!(" – {word} {}", group + 1) };
    let titled = |title: &str, suffix: &str| {
        let sentence = title.ends_with(['?', '!', '.', '“']);
        let place = if sentence { format!(" – {town}") } else { format!(" in {town}") };
        match suffix.starts_with(" –") {
            true => format!("{title}{place}{suffix}{numbered}"),
            false => format!("{title}{suffix}{place}{numbered}"),
        }
    };
    if let Some((title, _)) = Title::truncated(&titled(offer.title.as_str(), variant.suffix)) {
        offer.title = title;
    }
    for translation in offer.translations.values_mut() {
        let longer = translation.title.as_ref().and_then(|title| Title::truncated(&format!("{title} – {town}")));
        if let Some((title, _)) = longer {
            translation.title = Some(title);
        }
    }
}

/// Prices differ a little between towns and variants; whole euros.
fn reprice(offer: &mut OfferDraft, variant: &Variant, rng: &mut impl Rng) {
    let factor = variant.price * *[90u32, 100, 100, 100, 110].get(rng.random_range(0..5)).unwrap_or(&100) / 100;
    if factor == 100 {
        return;
    }
    let scaled = |cents: u32| if cents < 1000 { cents } else { (cents * factor / 100).div_ceil(100) * 100 };
    if matches!(offer.price.kind, PriceType::Paid | PriceType::Range) {
        offer.price.amount = offer.price.amount.map(scaled);
        offer.price.max_amount = offer.price.max_amount.map(scaled);
        let half = offer.price.amount.map(|cents| cents / 2);
        for reduction in &mut offer.price.reductions {
            reduction.amount = half;
        }
        // Rounding may have closed a narrow range.
        if offer.price.kind == PriceType::Range && offer.price.amount >= offer.price.max_amount {
            offer.price.max_amount = offer.price.amount.map(|cents| cents + 100);
        }
    }
}

/// Contact, booking page and number, all of them fictional.
fn reach(offer: &mut OfferDraft, index: u64, host: &Host) {
    let contact = host.draft.contacts.first();
    offer.contact = contact.map(|c| ContactPoint { name: Title::try_from("Anmeldung und Beratung").ok(), ..c.clone() });
    let page = format!("https://www.example.org/{}/{}", host.draft.external_id, index + 1);
    if let Some(registration) = &mut offer.registration {
        if registration.forms.contains(&RegistrationForm::Online) {
            registration.url = WebUrl::try_from(format!("{page}/anmeldung")).ok();
        }
        if registration.forms.contains(&RegistrationForm::Phone) {
            registration.phone = contact.and_then(|c| c.phone.clone());
        }
        if registration.forms.contains(&RegistrationForm::Email) {
            registration.email = contact.and_then(|c| c.email.clone());
        }
        offer.course_code =
            Title::try_from(format!("{}-{:05}", ["A", "B", "C", "D"].get(usize::try_from(index % 4).unwrap_or(0)).unwrap_or(&"A"), index + 1)).ok();
    }
    if !index.is_multiple_of(3) {
        offer.url = WebUrl::try_from(page).ok();
    }
}

#[allow(clippy::too_many_arguments)]
fn runs(
    offer: &OfferDraft,
    blueprint: &Blueprint,
    variant: &Variant,
    site: &Site,
    index: u64,
    network: &Network,
    calendar: &Calendar,
    rng: &mut impl Rng,
) -> Vec<RunDraft> {
    let plan = variant.plan;
    let past = rng.random_bool(0.15);
    let count = match plan {
        Plan::Standing => 0,
        Plan::Open { .. } | Plan::Rolling => 1,
        _ if past => 1,
        // Most have one or two runs, some up to six.
        _ => {
            let drawn: f64 = rng.random();
            [0.5, 0.75, 0.88, 0.95, 0.985].iter().take_while(|limit| drawn > **limit).count() as u32 + 1
        }
    };
    let online = matches!(offer.delivery_mode, DeliveryMode::Online | DeliveryMode::Hybrid);
    (0..count)
        .map(|nth| {
            let mut run = calendar.run(plan, past, nth, rng);
            run.external_id = ExternalId::try_from(format!("{}-{}", offer.external_id, nth + 1)).ok();
            if online {
                run.online_url = WebUrl::try_from(format!("https://konferenz.example.org/raum-{}", index + 1)).ok();
            }
            if offer.place.is_some() && count > 1 {
                run.place = network.places.get(site.place).map(|place| place.external_id.clone());
            }
            fill(&mut run, blueprint, variant, rng);
            if !matches!(plan, Plan::Open { .. } | Plan::Rolling) && rng.random_bool(0.5) {
                run.deadline = run.start.map(|start| deadline(start, rng.random_range(3..15)));
            }
            run
        })
        .collect()
}

/// How many places are taken, and what follows from it.
fn fill(run: &mut RunDraft, blueprint: &Blueprint, variant: &Variant, rng: &mut impl Rng) {
    let drawn: f64 = rng.random();
    run.status = match drawn {
        d if d < 0.03 => Some(RunStatus::Cancelled),
        d if d < 0.10 => Some(RunStatus::Planned),
        _ => None,
    };
    if run.status == Some(RunStatus::Cancelled) {
        run.note = "Fällt leider aus. Auf Wunsch informieren wir über den nächsten Termin.".try_into().ok();
        return;
    }
    let Some(max) = blueprint.size.map(|size| (size * variant.size / 100).max(4)) else { return };
    let full = run.status.is_none() && rng.random_bool(0.12);
    let booked = if full { max } else { rng.random_range(0..max) };
    run.capacity =
        Some(Capacity { min: Some((max / 2).max(2)), max: Some(max), booked: Some(booked), waiting_list: full.then(|| rng.random_range(0..6)) });
    if full {
        run.status = Some(RunStatus::Full);
    }
}

fn deadline(start: Moment, days: i64) -> Moment {
    match start {
        Moment::Date(day) => Moment::Date(day - Duration::days(days)),
        Moment::DateTime(time) => Moment::Date(time.date_naive() - Duration::days(days)),
    }
}
