//! The only place that writes to standard output: answers of commands, for people and for pipes. Logs go to standard error.

use std::io::{IsTerminal, Write};

/// Writes a line. A reader that has gone away (`| head`) is no reason to fail.
pub fn line(text: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Writes a line of warning or failure to standard error.
pub fn complain(text: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// A progress bar on standard error, silent unless somebody watches. `length` is the number of steps, if known.
pub fn progress(length: Option<u64>, what: &'static str) -> indicatif::ProgressBar {
    use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let (bar, template) = match length {
        Some(length) => (ProgressBar::new(length), "{msg} {wide_bar} {pos}/{len} {per_sec}"),
        None => (ProgressBar::new_spinner(), "{msg} {spinner} {pos} {per_sec}"),
    };
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(what);
    bar
}
