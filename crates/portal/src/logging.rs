//! Logs on standard error: text for people at a terminal, JSON for everything else. A panic is a log entry like any other.

use crate::settings::LogFormat;
use anyhow::{Context, Result};
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

/// Starts logging. `filter` as `tracing` knows it: `info`, `warn,sync=debug`.
pub fn start(filter: &str, format: LogFormat) -> Result<()> {
    let filter: EnvFilter = filter.parse().with_context(|| format!("log: “{filter}” is no filter; try `info` or `warn,sync=debug`"))?;
    let json = match format {
        LogFormat::Json => true,
        LogFormat::Text => false,
        LogFormat::Auto => !std::io::stderr().is_terminal(),
    };
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_span_events(FmtSpan::NONE);
    let started = if json { builder.json().flatten_event(true).try_init() } else { builder.try_init() };
    started.map_err(|error| anyhow::anyhow!("cannot start logging: {error}"))?;
    std::panic::set_hook(Box::new(|panic| {
        let message = panic.payload_as_str().unwrap_or("no message");
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, backtrace = %std::backtrace::Backtrace::capture(), "panic: {message}");
    }));
    Ok(())
}
