//! Number codes of the agency's lists that have no vocabulary of ours behind them.

use domain::catalogue::DeliveryMode;
use domain::vocabularies::{Vocabularies, ids};

/// Scheme of `INSTRUCTION_FORM@type` in the vocabulary `delivery-modes`.
const FORM: &str = "kursnet-unterrichtsform";

/// How an `INSTRUCTION_FORM@type` is taught; `None` if the code is unknown.
pub(super) fn delivery_mode(code: &str, vocabularies: &Vocabularies) -> Option<DeliveryMode> {
    // "Auf Anfrage" says nothing.
    if code == "0" {
        return Some(DeliveryMode::Onsite);
    }
    vocabularies.get(ids::DELIVERY_MODES)?.by_notation(FORM, code)?.code.parse().ok()
}

/// `DURATION@type` in the agency's words (list "Dauerklassen").
pub(super) fn duration(code: &str) -> Option<&'static str> {
    Some(match code {
        "1" => "bis 3 Tage",
        "2" => "mehr als 3 Tage bis 1 Woche",
        "3" => "mehr als 1 Woche bis 1 Monat",
        "4" => "mehr als 1 Monat bis 3 Monate",
        "5" => "mehr als 3 Monate bis 6 Monate",
        "6" => "mehr als 6 Monate bis 1 Jahr",
        "7" => "mehr als 1 Jahr bis 2 Jahre",
        "8" => "mehr als 2 Jahre bis 3 Jahre",
        "9" => "mehr als 3 Jahre",
        _ => return None,
    })
}

/// What an `EDUCATION_TYPE@type` (list "Bildungsart") means here.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Education {
    /// Code of the vocabulary `topics`.
    pub topic: Option<&'static str>,
    /// Code of the vocabulary `life-phases`.
    pub life_phase: Option<&'static str>,
    /// Code of the vocabulary `bamf-course-types`.
    pub bamf_course_type: Option<&'static str>,
}

/// Topic and life phase by kind of education; `None` if the code is unknown (older exports use numbers below 100).
pub(super) fn education(code: &str) -> Option<Education> {
    let of = |topic, life_phase| Education { topic: Some(topic), life_phase: Some(life_phase), bamf_course_type: None };
    Some(match code {
        "101" | "103" | "104" => of("work-career", "working-life"),
        "102" => of("training-retraining", "vocational-training"),
        "105" | "109" => of("training-retraining", "working-life"),
        "106" => of("work-career", "working-life"),
        "107" => Education { life_phase: Some("study"), ..Education::default() },
        "108" => of("work-career", "study"),
        "110" => Education { bamf_course_type: Some("vocational-german"), ..of("german-for-work", "working-life") },
        "130" => of("job-search", "working-life"),
        "0" | "100" => Education::default(),
        _ => return None,
    })
}
