//! A small catalogue as NDJSON. The test clock stands at 24 November 2026, 9 o'clock in Parchim.

/// One organisation, two places and six offers: with sessions, with days only, cancelled, rolling, without dates, and over.
pub(crate) const CATALOGUE: &str = r##"{"type":"organization","externalId":"o-1","name":"Volkshochschule Teststadt","kind":"adult-education-centre","sponsor":"public","summary":"Kurse für alle.","address":{"street":"Schulstraße 1","postalCode":"19370","locality":"Parchim"},"geo":{"lat":53.4258,"lon":11.8481},"contacts":[{"name":"Anmeldung","phone":"03871 0000"}],"languages":["de"],"networkMemberSince":"2020-01-01"}
{"type":"place","externalId":"p-1","name":"Haus der Bildung","address":{"street":"Schulstraße 1","postalCode":"19370","locality":"Parchim"},"geo":{"lat":53.4258,"lon":11.8481},"accessibility":[{"criterion":"step-free-entrance","value":"yes"},{"criterion":"lift","value":"no"}]}
{"type":"place","externalId":"p-2","name":"Bürgerhaus","address":{"postalCode":"19288","locality":"Ludwigslust"},"geo":{"lat":53.3246,"lon":11.4959}}
{"type":"offer","externalId":"a-1","organization":"o-1","kind":"course","title":"Deutsch für den Beruf","summary":"Sprechen am Arbeitsplatz; für Menschen mit B1.","description":"**Inhalt**\n\n- Telefonieren\n- E-Mails","topics":["german-for-work"],"languages":["de"],"languageLevel":{"from":"B1","to":"B2"},"price":{"type":"paid","amount":4700,"currency":"EUR"},"entryRequirements":[{"type":"none"}],"childcare":true,"place":"p-1","runs":[{"externalId":"r-1","start":"2027-01-11T17:00:00Z","sessions":[{"start":"2027-01-11T17:00:00Z","end":"2027-01-11T18:30:00Z"},{"start":"2027-01-18T17:00:00Z","end":"2027-01-18T18:30:00Z"}]}],"translations":{"en":{"title":"German for work","summary":"Speaking at the workplace.","description":"**Contents**","machine":true}}}
{"type":"offer","externalId":"a-2","organization":"o-1","kind":"event","title":"Tag der offenen Tür","topics":["history-region"],"price":{"type":"free"},"place":"p-1","runs":[{"externalId":"r-1","start":"2026-12-05","end":"2026-12-06"}]}
{"type":"offer","externalId":"a-3","organization":"o-1","kind":"course","title":"Töpfern am Abend","topics":["crafts-making"],"price":{"type":"range","amount":1000,"maxAmount":2500},"place":"p-2","runs":[{"externalId":"r-1","start":"2026-12-01T18:00:00Z","end":"2026-12-01T20:00:00Z","status":"cancelled"},{"externalId":"r-2","start":"2027-02-01T18:00:00Z","end":"2027-02-01T20:00:00Z","capacity":{"max":8,"booked":8},"status":"full"}]}
{"type":"offer","externalId":"a-4","organization":"o-1","kind":"self-study","title":"Tastschreiben online","deliveryMode":"self-paced","topics":["computer-basics"],"example":true,"runs":[{"externalId":"r-1","rollingStart":true}]}
{"type":"offer","externalId":"a-5","organization":"o-1","kind":"counselling","title":"Bildungsberatung","topics":["everyday-skills"],"price":{"type":"free"},"place":"p-1"}
{"type":"offer","externalId":"a-6","organization":"o-1","kind":"course","title":"Englisch im Sommer","topics":["english"],"place":"p-2","runs":[{"externalId":"r-1","start":"2026-06-01T08:00:00Z","end":"2026-06-05T14:00:00Z"}]}
"##;

/// A record with a mistake between two good ones.
pub(crate) const WITH_MISTAKES: &str = r##"{"type":"offer","externalId":"b-1","organization":"o-1","kind":"course","title":"Kochen ohne Reste","topics":["nutrition-cooking"]}
{"type":"offer","externalId":"b-2","organization":"o-1","kind":"course","title":"Kaputt","topics":["cookery"],"titel":"x"}
{"type":"offer","externalId":"b-3","organization":"o-1","kind":"course","title":"Singen im Chor","topics":["singing"]}
"##;

/// An offer alone, of an organisation that is in the catalogue already.
pub(crate) fn offer(external_id: &str, title: &str) -> String {
    format!(r#"{{"type":"offer","externalId":"{external_id}","organization":"o-1","kind":"course","title":"{title}","topics":["singing"]}}"#) + "\n"
}
