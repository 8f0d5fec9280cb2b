use super::*;

fn context() -> Context {
    Context::new(Some("frieda.nordwind@volkshochschule.example.org"), Some("Frieda Nordwind-Lüth"), "Bildungsregion Ludwigslust-Parchim")
}

fn codes(password: &str) -> Vec<String> {
    check(password, &context()).into_iter().map(|reason| reason.code).collect()
}

#[test]
fn the_list_is_folded_and_large() {
    assert!(LISTED.len() > 2000, "{}", LISTED.len());
    for entry in LISTED.iter() {
        assert_eq!(*entry, fold(entry), "folded");
        assert!((3..=LONGEST_LISTED).contains(&entry.len()), "{entry}");
    }
}

#[test]
fn good_passwords_are_taken_whatever_their_characters() {
    for password in [
        "vier runde tassen am fenster",
        "Regenschirm-Kastanie-Anker",
        "kdmwqeztrvbnal",
        "xK9#mQ2$vL7p",
        "Übermut tut selten gut",
        "пароль на каждый день недели",
        "🦔🚲🌻🍐🪁🎷🧭🪵🧲🧦🪴🎏",
        "frieda mag gerne lange spaziergänge",
        "abcdefghijklmnopqrstuvwxyz 1234 lange Passphrase",
        "Motorsaege hinter Glas 7",
    ] {
        assert_eq!(codes(password), Vec::<String>::new(), "{password}");
    }
}

#[test]
fn length_is_counted_in_composed_characters() {
    assert_eq!(codes("kdmwqeztrvb"), ["password-too-short"]);
    assert_eq!(codes("kdmwqeztrv\u{fc}"), ["password-too-short"]);
    assert_eq!(codes("kdmwqeztrvu\u{308}"), ["password-too-short"], "u and its dots are one character");
    assert_eq!(codes(""), ["password-too-short"]);
    let long: String = (0..).map(|n| char::from_u32(0x4e00 + n * 7).unwrap()).take(129).collect();
    assert_eq!(codes(&long), ["password-too-long"]);
    assert!(codes(&long.chars().take(128).collect::<String>()).is_empty());
}

#[test]
fn what_is_tried_first_is_refused() {
    for password in [
        "Passwort2026!!",
        "passwortpasswort1",
        "Kennwort-1234",
        "P4$$w0rt!2027",
        "MeinPasswort123",
        "SommerWinter2026",
        "Willkommen2026!",
        "!!!Schalke04!!!",
        "Volkshochschule1",
        "Administrator1!",
        "IchLiebeDich<3<3",
        "1q2w3e4r-geheim",
        "Letmein.Welcome.99",
        "ParchimParchim-26",
        "#4dm1n-4dm1n#99",
    ] {
        assert!(codes(password).iter().any(|code| code == "password-common"), "{password}: {:?}", codes(password));
    }
}

#[test]
fn repetitions_and_sequences_are_refused() {
    for password in ["aaaaaaaaaaaaaaaa", "abc1abc1abc1abc1", "xyxyxyxyxyxyxy", "Kranich!Kranich!", "111122223333"] {
        assert!(codes(password).iter().any(|code| code == "password-repeated"), "{password}: {:?}", codes(password));
    }
    for password in ["qwertzuiopü+", "abcdefghijklmn", "1234567890123", "asdfghjkl1234!", "yxcvbnm,.-123", "zyxwvutsrqpo", "1qay2wsx3edc"] {
        assert!(codes(password).iter().any(|code| code == "password-sequence"), "{password}: {:?}", codes(password));
    }
}

#[test]
fn names_of_the_person_and_the_portal_do_not_count() {
    for password in ["Frieda.Nordwind1", "nordwind-lueth-77", "FRIEDANORDWIND99", "Bildungsregion-LUP", "n.o.r.d.w.i.n.d.2026", "Lüth-Nordwind-Abc"]
    {
        assert!(codes(password).iter().any(|code| code == "password-context"), "{password}: {:?}", codes(password));
    }
    let nobody = Context::new(None, None, "");
    assert!(check("Frieda.Nordwind.Spaziergang", &nobody).is_empty());
}

#[test]
fn invisible_characters_are_refused() {
    assert_eq!(codes("vier runde\u{0}tassen"), ["password-control-character"]);
    assert_eq!(codes("vier runde\ntassen"), ["password-control-character"]);
}

#[test]
fn the_hint_agrees_with_the_rules() {
    let good = strength("vier runde tassen am fenster", &context());
    assert_eq!(good, Strength { score: 4, warning: None, suggestions: vec![] });
    let refused = strength("Frieda.Nordwind1", &context());
    assert!(refused.score <= 1, "{refused:?}");
    let short = strength("password", &context());
    assert_eq!((short.score, short.warning), (0, Some("common-password")));
    assert!(!short.suggestions.is_empty());
    assert_eq!(strength("", &context()).score, 0);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_rules_fail(password in ".{0,200}", name in ".{0,40}") {
        let context = Context::new(Some(&name), Some(&name), &name);
        let reasons = check(&password, &context);
        let long_enough = password.nfc().count() >= MIN_CHARS;
        proptest::prop_assert!(long_enough || reasons.len() == 1);
    }
}
