//! A hint while someone types a new password. It advises; only the rules decide.

use super::{Context, check};
use zxcvbn::feedback::{Suggestion, Warning};

/// How hard a password is to guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// 0 (guessed at once) to 4 (very hard); at most 1 for a password that the rules refuse.
    pub score: u8,
    /// Code of what makes it weak.
    pub warning: Option<&'static str>,
    /// Codes of what would help.
    pub suggestions: Vec<&'static str>,
}

/// Estimates how hard a password is to guess for someone who knows the context (zxcvbn; its words are English, so German words count as
/// stronger than they are).
pub fn strength(password: &str, context: &Context) -> Strength {
    let estimate = zxcvbn::zxcvbn(password, &context.words());
    let score = u8::from(estimate.score());
    let refused = !check(password, context).is_empty();
    let feedback = estimate.feedback();
    Strength {
        score: if refused { score.min(1) } else { score },
        warning: feedback.and_then(|feedback| feedback.warning()).map(warning),
        suggestions: feedback.map(|feedback| feedback.suggestions().iter().copied().map(suggestion).collect()).unwrap_or_default(),
    }
}

fn warning(warning: Warning) -> &'static str {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess => "straight-row",
        Warning::ShortKeyboardPatternsAreEasyToGuess => "keyboard-pattern",
        Warning::RepeatsLikeAaaAreEasyToGuess => "repeated-character",
        Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => "repeated-part",
        Warning::ThisIsATop10Password | Warning::ThisIsATop100Password | Warning::ThisIsACommonPassword => "common-password",
        Warning::ThisIsSimilarToACommonlyUsedPassword => "similar-to-common",
        Warning::SequencesLikeAbcAreEasyToGuess => "sequence",
        Warning::RecentYearsAreEasyToGuess => "recent-year",
        Warning::AWordByItselfIsEasyToGuess => "single-word",
        Warning::DatesAreOftenEasyToGuess => "date",
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess => "name-alone",
        Warning::CommonNamesAndSurnamesAreEasyToGuess => "common-name",
    }
}

fn suggestion(suggestion: Suggestion) -> &'static str {
    match suggestion {
        Suggestion::UseAFewWordsAvoidCommonPhrases => "use-a-few-words",
        Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters => "no-need-for-symbols",
        Suggestion::AddAnotherWordOrTwo => "add-another-word",
        Suggestion::CapitalizationDoesntHelpVeryMuch => "capital-letters-help-little",
        Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => "all-capitals-help-little",
        Suggestion::ReversedWordsArentMuchHarderToGuess => "reversed-words-help-little",
        Suggestion::PredictableSubstitutionsDontHelpVeryMuch => "signs-for-letters-help-little",
        Suggestion::UseALongerKeyboardPatternWithMoreTurns => "longer-keyboard-pattern",
        Suggestion::AvoidRepeatedWordsAndCharacters => "avoid-repetition",
        Suggestion::AvoidSequences => "avoid-sequences",
        Suggestion::AvoidRecentYears => "avoid-recent-years",
        Suggestion::AvoidYearsThatAreAssociatedWithYou => "avoid-own-years",
        Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => "avoid-own-dates",
    }
}
