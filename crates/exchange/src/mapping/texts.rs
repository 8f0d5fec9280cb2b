//! Plain text of foreign systems as the Markdown subset of descriptions.

use domain::catalogue::OfferDraft;
use domain::vocabularies::{Vocabularies, ids};

/// As many topics an offer gets from words.
const MAX_TOPICS: usize = 5;

/// Keywords that are the name of a topic or a target group become one.
pub(crate) fn topics_by_words<'a>(words: impl Iterator<Item = &'a str>, vocabularies: &Vocabularies, offer: &mut OfferDraft) {
    let find = |vocabulary: &str, word: &str| vocabularies.get(vocabulary).and_then(|v| v.by_label(word)).map(|concept| concept.code.clone());
    for word in words {
        let wanted = [(ids::TOPICS, &mut offer.topics), (ids::TARGET_GROUPS, &mut offer.target_groups)];
        for (vocabulary, codes) in wanted {
            if let Some(code) = find(vocabulary, word).filter(|code| !codes.contains(code) && codes.len() < MAX_TOPICS) {
                codes.push(code);
            }
        }
    }
}

/// Keeps paragraphs and lists readable and everything else literal: bullets become list items, a lone asterisk
/// ("Teilnehmer*innen") never becomes emphasis, `#` no heading, indentation no code.
pub(crate) fn plain_to_markdown(text: &str) -> String {
    let text = domain::text::html_to_text(text).replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len() + 16);
    let mut in_list = false;
    for line in text.lines().map(str::trim) {
        let item = bullet(line);
        if item.is_some() && !in_list && !out.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
        in_list = item.is_some() || (in_list && line.is_empty());
        if line.is_empty() && (out.is_empty() || out.ends_with("\n\n")) {
            continue;
        }
        if item.is_some() {
            out.push_str("- ");
        } else if line.starts_with(['#', '>', '+']) {
            out.push('\\');
        }
        escape_emphasis(item.unwrap_or(line), &mut out);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

/// The text of a list item; `--` and longer are rulers, not bullets.
fn bullet(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['*', '•', '·', '▪', '●', '-', '–', 'o']).filter(|_| !line.starts_with("--"))?;
    let marked = !line.starts_with(['o', '-', '–', '*']) || rest.starts_with([' ', '\t']);
    let starred = line.starts_with('*') && rest.starts_with(char::is_alphanumeric) && !rest.contains('*');
    (marked || starred).then(|| rest.trim_start()).filter(|rest| !rest.is_empty())
}

/// Backslashes only where Markdown would otherwise see emphasis: from two markers in a line on.
fn escape_emphasis(line: &str, out: &mut String) {
    let many = |marker: char| line.chars().filter(|c| *c == marker).count() > 1;
    let (stars, underscores, ticks) = (many('*'), many('_'), many('`'));
    for c in line.chars() {
        let escape = match c {
            '*' => stars,
            '_' => underscores,
            '`' => ticks,
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_stays_what_it_says() {
        let text = "Inhalt:\n*Grammatik\n* Wortschatz\n\n# kein Titel\n    eingerückt\nLehrer*innen und Schüler*innen";
        let markdown = plain_to_markdown(text);
        assert_eq!(markdown, "Inhalt:\n\n- Grammatik\n- Wortschatz\n\n\\# kein Titel\neingerückt\nLehrer\\*innen und Schüler\\*innen");
        let html = domain::text::markdown_to_html(&markdown);
        assert!(html.contains("<li>Grammatik</li>") && html.contains("Lehrer*innen und Schüler*innen") && !html.contains("<em>"), "{html}");
    }

    #[test]
    fn html_of_descriptions_becomes_lines() {
        assert_eq!(plain_to_markdown("<p>A &amp; B</p><ul><li>eins</li><li>zwei</li></ul>"), "A & B\n\n- eins\n- zwei");
    }
}
