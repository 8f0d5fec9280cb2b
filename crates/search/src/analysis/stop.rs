//! Words that say nothing about what is wanted.

/// German and English words of a question that are not looked for.
const STOP_WORDS: &[&str] = &[
    "aber", "alle", "allem", "allen", "aller", "alles", "als", "also", "am", "an", "auch", "auf", "aus", "bei", "beim", "bin", "bis", "bitte", "da",
    "damit", "dann", "das", "dass", "dein", "deine", "dem", "den", "denn", "der", "des", "dich", "die", "dies", "diese", "dieser", "dir", "doch",
    "du", "durch", "ein", "eine", "einem", "einen", "einer", "eines", "er", "es", "etwas", "finde", "finden", "für", "fuer", "gegen", "gibt", "habe",
    "haben", "hat", "hier", "ich", "ihr", "ihre", "ihren", "im", "in", "ins", "ist", "ja", "kann", "können", "koennen", "man", "mein", "meine",
    "meinem", "meinen", "meiner", "mich", "mir", "mit", "möchte", "moechte", "muss", "nach", "nicht", "noch", "nur", "ob", "oder", "ohne", "rund",
    "sein", "sich", "sie", "sind", "so", "suche", "suchen", "über", "ueber", "um", "und", "uns", "unter", "vom", "von", "vor", "war", "was", "wegen",
    "wenn", "wer", "wie", "will", "wir", "wird", "wo", "zu", "zum", "zur", "zwischen", "a", "an", "and", "are", "at", "by", "can", "do", "find",
    "for", "from", "how", "i", "is", "looking", "me", "my", "near", "of", "on", "or", "some", "the", "to", "want", "where", "with", "you", "your",
];

/// Whether a lower-case word is one of them.
pub(crate) fn is_stop_word(word: &str) -> bool {
    static SORTED: std::sync::LazyLock<std::collections::HashSet<&'static str>> = std::sync::LazyLock::new(|| STOP_WORDS.iter().copied().collect());
    SORTED.contains(word)
}
