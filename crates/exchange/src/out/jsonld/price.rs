//! What it costs, until when and where one can register, whether places are left.

use crate::out::fields::Fields;
use domain::Moment;
use domain::catalogue::{Price, PriceType};
use serde_json::Value;

/// Words by which readers know a reduced price.
const REDUCED: [&str; 4] = ["erma", "reduz", "reduced", "concession"];

/// What is known besides the price.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Terms<'a> {
    /// Where to register.
    pub url: Option<&'a str>,
    /// Last moment to register.
    pub deadline: Option<Moment>,
    /// No place is left.
    pub sold_out: bool,
}

/// Minor units as a decimal number.
pub(in crate::out) fn amount(minor: u32) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

/// The `Offer`s; none if nothing is known.
pub(super) fn offers(price: Option<&Price>, terms: Terms<'_>) -> Vec<Value> {
    let stated = price.filter(|price| !matches!(price.kind, PriceType::OnRequest | PriceType::Unknown));
    let mut main = Fields::of_type(if stated.is_some_and(|price| price.kind == PriceType::Range) { "AggregateOffer" } else { "Offer" });
    if let Some(price) = stated {
        main.set("priceCurrency", price.currency.as_str()).set("category", if price.kind == PriceType::Free { "Free" } else { "Paid" });
        match price.kind {
            PriceType::Range => main.some("lowPrice", price.amount.map(amount)).some("highPrice", price.max_amount.map(amount)),
            _ => main.set("price", amount(price.amount.unwrap_or(0))),
        };
        main.some("description", price.note.as_ref().map(|note| note.as_str()));
    }
    with_terms(&mut main, terms);
    if stated.is_none() && terms.url.is_none() && terms.deadline.is_none() && !terms.sold_out {
        return Vec::new();
    }
    let reduced = stated.into_iter().flat_map(|price| price.reductions.iter().map(move |reduction| (price, reduction)));
    let reduced = reduced.filter_map(|(price, reduction)| {
        let label = reduction.label.as_str();
        let known = REDUCED.iter().any(|word| domain::text::fold(label).contains(word));
        let mut node = Fields::of_type("Offer");
        node.set("name", if known { label.to_owned() } else { format!("Ermäßigt: {label}") }).set("category", "Paid");
        node.set("price", amount(reduction.amount?)).set("priceCurrency", price.currency.as_str());
        with_terms(&mut node, terms);
        Some(node.done())
    });
    let reduced: Vec<Value> = reduced.collect();
    std::iter::once(main.done()).chain(reduced).collect()
}

fn with_terms(node: &mut Fields, terms: Terms<'_>) {
    node.some("url", terms.url).some("validThrough", terms.deadline.map(|deadline| deadline.to_string()));
    if terms.sold_out {
        node.set("availability", "https://schema.org/SoldOut");
    }
}
