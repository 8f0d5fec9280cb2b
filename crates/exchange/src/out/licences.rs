//! Licences as other formats name them.

use domain::catalogue::Licence as Code;

/// How a licence is named outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Licence {
    /// Our code, for example `cc-by/4.0`.
    pub code: &'static str,
    /// The licence's own address, where people can read it. `None` if all rights are reserved.
    pub url: Option<&'static str>,
    /// The address of dcat-ap.de, by which open-data portals tell licences apart.
    pub dcat: &'static str,
    /// The identifier of SPDX, where there is one.
    pub spdx: Option<&'static str>,
    /// Name for people, the same in German and English.
    pub name: &'static str,
    /// Whether others may use the record beyond what the law allows anyway.
    pub open: bool,
}

/// What is known of a licence.
pub fn licence(code: Code) -> Licence {
    let of = |url, dcat, spdx, name, open| Licence { code: code.code(), url, dcat, spdx, name, open };
    match code {
        Code::CcZero => {
            of(Some("https://creativecommons.org/publicdomain/zero/1.0/"), "http://dcat-ap.de/def/licenses/cc-zero", Some("CC0-1.0"), "CC0 1.0", true)
        }
        Code::CcBy4 => {
            of(Some("https://creativecommons.org/licenses/by/4.0/"), "http://dcat-ap.de/def/licenses/cc-by/4.0", Some("CC-BY-4.0"), "CC BY 4.0", true)
        }
        Code::CcBySa4 => of(
            Some("https://creativecommons.org/licenses/by-sa/4.0/"),
            "http://dcat-ap.de/def/licenses/cc-by-sa/4.0",
            Some("CC-BY-SA-4.0"),
            "CC BY-SA 4.0",
            true,
        ),
        Code::DlZeroDe2 => of(
            Some("https://www.govdata.de/dl-de/zero-2-0"),
            "http://dcat-ap.de/def/licenses/dl-zero-de/2.0",
            Some("DL-DE-ZERO-2.0"),
            "Datenlizenz Deutschland – Zero – Version 2.0",
            true,
        ),
        Code::DlByDe2 => of(
            Some("https://www.govdata.de/dl-de/by-2-0"),
            "http://dcat-ap.de/def/licenses/dl-by-de/2.0",
            Some("DL-DE-BY-2.0"),
            "Datenlizenz Deutschland – Namensnennung – Version 2.0",
            true,
        ),
        Code::AllRightsReserved => {
            of(None, "http://dcat-ap.de/def/licenses/other-closed", None, "Alle Rechte vorbehalten / all rights reserved", false)
        }
    }
}
