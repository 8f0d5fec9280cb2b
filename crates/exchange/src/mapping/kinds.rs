//! What kind of offer a title speaks of, for formats that do not say it.

use domain::text::fold;

/// A code of the vocabulary `offer-kinds`: titles of talks and guided tours say so themselves, everything else is a course.
pub(crate) fn offer_kind(title: &str) -> &'static str {
    let folded = fold(title);
    let first = folded.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    match first {
        "vortrag" | "lesung" | "konzert" | "ausstellung" | "podiumsdiskussion" | "infoabend" | "filmabend" => "event",
        "fuehrung" | "stadtfuehrung" | "exkursion" | "rundgang" | "stadtrundgang" => "tour",
        _ => "course",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn talks_and_tours_say_so() {
        assert_eq!(offer_kind("Vortrag: Balkonkraftwerke"), "event");
        assert_eq!(offer_kind("Stadtführung durch Parchim"), "tour");
        assert_eq!(offer_kind("Führungskräfte stärken"), "course");
    }
}
