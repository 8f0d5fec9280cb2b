//! `offers`: what it costs, whether places are left, until when one can register.

use super::node::{Node, all, object, term, text};
use crate::mapping::{Notes, moment, parse_cents, truth};
use crate::problems;
use chrono_tz::Tz;
use domain::Moment;
use domain::catalogue::{Price, PriceReduction, PriceType};
use domain::text::{WebUrl, fold};
use serde_json::Value;

/// What the `offers` of a node say.
#[derive(Debug, Default)]
pub(super) struct Terms {
    /// Price; none if nothing is said about it.
    pub price: Option<Price>,
    /// No place is left.
    pub sold_out: bool,
    /// Until when one can register.
    pub deadline: Option<Moment>,
    /// Where one can.
    pub url: Option<WebUrl>,
}

pub(super) fn terms(node: &Node, zone: Tz, notes: &mut Notes) -> Terms {
    let mut terms = Terms::default();
    let mut amounts: Vec<(u32, Option<String>)> = Vec::new();
    let mut currency = None;
    let mut all_sold_out = true;
    let mut stated = false;
    for offer in all(node, "offers").filter_map(Value::as_object) {
        stated = true;
        let specification = object(offer, "priceSpecification").unwrap_or(offer);
        let label = text(offer, "name").or_else(|| text(offer, "category"));
        for name in ["price", "lowPrice", "highPrice", "minPrice", "maxPrice"] {
            let Some(amount) = text(offer, name).or_else(|| text(specification, name)) else { continue };
            match parse_cents(amount.trim_end_matches(['€', ' ']).trim_end_matches("EUR").trim()) {
                Some(cents) => amounts.push((cents, label.clone().filter(|_| name == "price"))),
                None => notes.warning(format!("/offers/{name}"), problems::number_invalid(&amount)),
            }
        }
        currency = currency.or_else(|| text(offer, "priceCurrency")).or_else(|| text(specification, "priceCurrency"));
        all_sold_out &= text(offer, "availability").is_some_and(|state| matches!(term(&state), "SoldOut" | "OutOfStock" | "Discontinued"));
        terms.deadline = terms.deadline.or_else(|| text(offer, "validThrough").and_then(|until| moment(&until, zone)).map(|(moment, _)| moment));
        terms.url = terms
            .url
            .or_else(|| text(offer, "url").filter(|url| super::absolute(url).is_some()).and_then(|url| notes.url(Some(&url), "/offers/url")));
    }
    terms.sold_out = stated && all_sold_out;
    let free = text(node, "isAccessibleForFree").and_then(|stated| truth(term(&stated))) == Some(true);
    terms.price = price(amounts, notes).or_else(|| free.then(Price::free));
    let currency = currency.filter(|currency| currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase()));
    if let (Some(price), Some(currency)) = (&mut terms.price, currency) {
        price.currency = currency;
    }
    terms
}

/// Reduced prices are those that call themselves so; of the others the lowest and the highest count.
fn price(mut amounts: Vec<(u32, Option<String>)>, notes: &mut Notes) -> Option<Price> {
    let reduced = |label: &Option<String>| {
        label.as_deref().is_some_and(|label| ["erma", "ermae", "reduz", "reduced", "concession"].iter().any(|w| fold(label).contains(w)))
    };
    let reductions: Vec<PriceReduction> = amounts
        .iter()
        .filter(|(_, label)| reduced(label))
        .filter_map(|(cents, label)| Some(PriceReduction { label: notes.short(label.as_deref(), "/offers/name")?, amount: Some(*cents) }))
        .collect();
    amounts.retain(|(_, label)| !reduced(label));
    let (low, high) = (amounts.iter().map(|(cents, _)| *cents).min()?, amounts.iter().map(|(cents, _)| *cents).max()?);
    let mut price = match (low, high) {
        (0, 0) => Price::free(),
        (low, high) if low == high => Price::euros(low),
        (low, high) => Price { kind: PriceType::Range, amount: Some(low), max_amount: Some(high), ..Price::unknown() },
    };
    price.reductions = reductions;
    Some(price)
}
