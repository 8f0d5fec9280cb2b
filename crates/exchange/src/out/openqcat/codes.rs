//! Number codes of the agency's lists ("Wertebereiche") with the words that have to stand beside them.

use domain::catalogue::{Offer, Run};
use domain::vocabularies::{Vocabularies, ids};

/// `EDUCATION_TYPE@type`, list "Bildungsart".
pub(super) fn education(offer: &Offer) -> (&'static str, &'static str) {
    let topic = |code: &str| offer.topics.iter().any(|topic| topic == code);
    let phase = |code: &str| offer.life_phases.iter().any(|phase| phase == code);
    if offer.bamf_course_type.as_deref() == Some("vocational-german") {
        ("110", "Berufssprachkurse")
    } else if topic("job-search") {
        ("130", "Aktivierung/berufliche Eingliederung")
    } else if topic("training-retraining") {
        if phase("vocational-training") { ("102", "Berufsausbildung") } else { ("109", "Umschulung") }
    } else if topic("work-career") {
        if phase("study") { ("108", "Studienangebot - weiterführend") } else { ("104", "Fortbildung/Qualifizierung") }
    } else if phase("study") {
        ("107", "Studienangebot - grundständig")
    } else {
        ("100", "Allgemeinbildung")
    }
}

/// `COURSE_TYPE`, list "Angebotstyp": 1 general, 3 measure with an activation voucher, 4 language course with public support, 5 further
/// training. Courses of study need fields that the catalogue does not have.
pub(super) fn course_type(offer: &Offer, education: &str) -> &'static str {
    if offer.funding.iter().any(|funding| funding.kind == "activation-voucher") {
        return "3";
    }
    match education {
        "110" => "4",
        "101" | "103" | "104" | "105" | "106" | "108" | "109" => "5",
        _ => "1",
    }
}

/// `INSTRUCTION_FORM@type`, list "Unterrichtsform": the first notation of the concept.
pub(super) fn instruction_form(offer: &Offer, vocabularies: &Vocabularies) -> Option<(String, &'static str)> {
    let concept = vocabularies.concept(ids::DELIVERY_MODES, offer.delivery_mode.code())?;
    let code = concept.notations.get("kursnet-unterrichtsform")?.first()?;
    let words = match code.as_str() {
        "101" => "Präsenzunterricht",
        "201" => "Virtuelles Klassenzimmer",
        "202" => "Online-Seminar",
        "204" => "Selbstlernmodul",
        "301" => "Blended Learning",
        "303" => "Hybrid Learning",
        _ => "",
    };
    Some((code.clone(), words))
}

/// `FUNDING_TYPES_FEDERAL@type` ("foerderartenbund") or `_REGIONAL@type` ("foerderartenland") of a code of ours; the words are ours.
pub(super) fn funding<'a>(kind: &str, scheme: &str, vocabularies: &'a Vocabularies) -> Option<(&'a str, &'a str)> {
    let concept = vocabularies.concept(ids::FUNDING_TYPES, kind)?;
    Some((concept.notations.get(scheme)?.first()?, concept.label_in("de")))
}

/// `DURATION@type`, list "Dauerklassen", by the days from start to end; `0` without an end.
pub(super) fn duration(run: &Run) -> &'static str {
    let (Some(start), Some(end)) = (run.start, run.end) else { return "0" };
    let days = (end.date(run.time_zone) - start.date(run.time_zone)).num_days() + 1;
    match days {
        ..=3 => "1",
        4..=7 => "2",
        8..=31 => "3",
        32..=92 => "4",
        93..=184 => "5",
        185..=366 => "6",
        367..=731 => "7",
        732..=1096 => "8",
        _ => "9",
    }
}

/// The class whose words these are.
pub(super) fn duration_of_words(words: &str) -> Option<&'static str> {
    ["1", "2", "3", "4", "5", "6", "7", "8", "9"].into_iter().find(|code| crate::openqcat::duration_words(code) == Some(words))
}

/// A phone number as KURSNET wants it: country, area and number apart by dots. `None` if it cannot be told where the area code ends.
pub(super) fn phone(text: &str) -> Option<String> {
    let text = text.replace("(0)", " ");
    let text = text.trim();
    let groups: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let (first, rest) = groups.split_first()?;
    let international = text.starts_with('+') || first.starts_with("00");
    let phone = match (international, rest) {
        (true, [area, number @ ..]) if !number.is_empty() => {
            format!("+{}.{area}.{}", first.trim_start_matches('0'), number.concat())
        }
        (false, [_, ..]) => format!("{first}.{}", rest.concat()),
        _ => return None,
    };
    (phone.len() <= 30).then_some(phone)
}

/// A number of a measure as the agency gives them: `123-004567-89`.
pub(super) fn is_measure_number(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([3, 6, 2]) && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_get_dots_between_country_area_and_number() {
        for (text, dotted) in [
            ("+49 3874 000000", Some("+49.3874.000000")),
            ("+49 (0) 3874 / 000-12", Some("+49.3874.00012")),
            ("0049 3874 12", Some("+49.3874.12")),
            ("03874 / 12 34 56", Some("03874.123456")),
            ("03871722", None),
            ("+49 3871", None),
            ("nach Vereinbarung", None),
        ] {
            assert_eq!(phone(text).as_deref(), dotted, "{text}");
        }
    }

    #[test]
    fn numbers_of_measures() {
        assert!(is_measure_number("031-123456-26"));
        assert!(!is_measure_number("031-12345-26") && !is_measure_number("031-123456-2x") && !is_measure_number(""));
    }
}
