//! How one template becomes many offers that differ in more than their number.

use super::schedule::{DayTime, Plan};
use domain::catalogue::DeliveryMode;

/// A variant of a template: a word in the title and what it changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Variant {
    /// Follows the title.
    pub(super) suffix: &'static str,
    /// Another plan.
    pub(super) plan: Plan,
    /// Another way of teaching.
    pub(super) mode: Option<DeliveryMode>,
    /// Percent of the template's price.
    pub(super) price: u32,
    /// Percent of the template's size of group.
    pub(super) size: u32,
}

/// The variants that make sense for a plan; the first is the template as it stands.
pub(super) fn of(plan: Plan, adults: bool, onsite: bool) -> Vec<Variant> {
    let plain = Variant { suffix: "", plan, mode: None, price: 100, size: 100 };
    let Plan::Weekly { times, minutes, at } = plan else {
        return vec![plain];
    };
    let small = Variant { suffix: " – kleine Gruppe", price: 130, size: 60, ..plain };
    if !adults {
        return vec![plain, small];
    }
    let moved = |suffix, at| Variant { suffix, plan: Plan::Weekly { times, minutes, at }, ..plain };
    let total = times * minutes;
    let mut all = vec![plain];
    all.extend(
        [(" am Vormittag", DayTime::Morning), (" am Nachmittag", DayTime::Afternoon), (" am Abend", DayTime::Evening)]
            .into_iter()
            .filter(|(_, other)| *other != at)
            .map(|(suffix, other)| moved(suffix, other)),
    );
    all.push(small);
    if total <= 1500 {
        let days = total.div_ceil(300).max(2);
        all.push(Variant { suffix: " als Wochenendkurs", plan: Plan::Weekend { times: days, minutes: total / days }, ..plain });
    }
    all.push(Variant {
        suffix: " – Intensivkurs",
        plan: Plan::Block { times: times.div_ceil(2), minutes: minutes * 2, at: DayTime::Morning },
        price: 110,
        ..plain
    });
    if onsite {
        all.push(Variant { suffix: " mit Online-Teilnahme", mode: Some(DeliveryMode::Hybrid), ..plain });
    }
    all
}
