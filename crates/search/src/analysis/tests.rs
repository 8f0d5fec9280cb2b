use super::*;

const COMPOUNDS: &str = include_str!("../../../../data/compounds.txt");
const OVERRIDES: &str = include_str!("../../../../data/stem-overrides.txt");

fn analysis() -> Analysis {
    Analysis::from_data("edv, computer, pc\nkita, kindertagesstätte\ndaz, deutsch als zweitsprache\nenglish => englisch", COMPOUNDS, OVERRIDES)
}

fn whole(word: &str) -> String {
    let mut found = String::new();
    let analysis = analysis();
    for_each_word(word, |_, _, w| found = analysis.word(w).whole.clone());
    found
}

fn parts(word: &str) -> Vec<String> {
    analysis().word(&word.to_lowercase()).parts.clone()
}

#[test]
fn forms_of_one_word_have_one_stem() {
    for forms in [
        &["Kurs", "Kurse", "Kurses", "Kursen"][..],
        &["Prüfung", "Prüfungen", "Pruefung", "pruefungen"],
        &["Senior", "Senioren", "Seniorin", "Seniorinnen", "Senior*innen", "Senior:in", "SeniorInnen", "Senior/-innen", "Senior(innen)"],
        &["Erzieher", "Erzieherin", "Erzieherinnen", "Erzieher:innen", "Erzieher*innen", "Erzieher_innen", "Erzieher/innen", "Erziehern"],
        &["Künstler", "Kuenstler", "Künstlerinnen", "Kuenstlern"],
        &["Deutschkurs", "Deutschkurse", "Deutschkursen", "Deutschkurses"],
        &["Prüfungsvorbereitung", "Pruefungsvorbereitung", "Prüfungsvorbereitungen"],
        &["Straße", "Strasse", "Straßen", "STRASSE"],
        &["Bücher", "Buecher", "Büchern"],
        &["Übung", "Übungen", "Uebung"],
        &["Pädagogin", "Pädagogen", "Pädagog:innen", "Paedagoge"],
    ] {
        let stems: Vec<_> = forms.iter().map(|f| whole(f)).collect();
        assert!(stems.windows(2).all(|w| w[0] == w[1]), "{forms:?} → {stems:?}");
    }
}

#[test]
fn different_words_stay_apart() {
    for (one, other) in [("Schule", "Schüler"), ("Schule", "Schulung"), ("Kurs", "Kur"), ("Bau", "Bauer")] {
        assert_ne!(whole(one), whole(other), "{one} {other}");
    }
}

#[test]
fn compounds_give_their_parts() {
    let has = |word: &str, expected: &[&str]| {
        let found = parts(word);
        for part in expected {
            assert!(found.contains(&whole(part)), "{word}: {part} ({}) not in {found:?}", whole(part));
        }
    };
    has("Deutschkurse", &["deutsch", "kurs"]);
    has("Pflegefachkraft", &["pflege", "kraft"]);
    has("Pflegefachkräfte", &["pflege", "kräfte"]);
    has("Gebärdensprachdolmetschung", &["gebärden", "sprache", "dolmetschung"]);
    has("Prüfungsvorbereitung", &["prüfung", "vorbereitung"]);
    has("Pruefungsvorbereitung", &["prüfung", "vorbereitung"]);
    has("Klangschalenkurs", &["kurs"]);
    assert!(parts("Schüler").is_empty());
    assert!(parts("Kurse").is_empty());
}

#[test]
fn gender_forms_are_one_word() {
    let mut words = Vec::new();
    let text = "Lehrer:innen/Schüler*innen (Erzieher/-innen), Freund(innen) und Angestellte:r; 10/2027 in/out";
    for_each_word(text, |from, to, word| words.push((text[from..to].to_owned(), word.to_owned())));
    let found: Vec<_> = words.iter().map(|(_, w)| w.as_str()).collect();
    assert_eq!(found[..6], ["lehrerinnen", "schülerinnen", "erzieherinnen", "freundinnen", "und", "angestellter"]);
    assert_eq!(words[2].0, "Erzieher/-innen");
}

#[test]
fn synonyms_go_both_ways_or_one_way() {
    let analysis = analysis();
    let of = |words: &str| {
        let stems: Vec<String> = content_words(words).iter().map(|w| analysis.word(w).whole.clone()).collect();
        let stems: Vec<&str> = stems.iter().map(String::as_str).collect();
        analysis.synonyms().of(&stems).map(|(n, m)| (n, m.iter().map(|p| p.join(" ")).collect::<Vec<_>>()))
    };
    assert_eq!(of("EDV").unwrap().1, ["computer", "pc"]);
    assert_eq!(of("Deutsch als Zweitsprache"), Some((2, vec!["daz".to_owned()])));
    assert_eq!(of("DaZ").unwrap().1, ["deutsch zweitsprache"]);
    assert_eq!(of("english").unwrap().1, ["englisch"]);
    assert_eq!(of("englisch"), None);
}
