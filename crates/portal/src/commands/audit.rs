//! `audit`: whether the audit log is what was written.

use super::open;
use crate::cli::AuditCommand;
use crate::output;
use crate::settings::Settings;
use anyhow::Result;
use std::fmt::Write;
use std::process::ExitCode;

pub(super) fn run(settings: &Settings, command: &AuditCommand) -> Result<ExitCode> {
    let AuditCommand::Verify = command;
    match open(settings)?.read(persistence::audit::verify)? {
        Ok(verified) => {
            let last = verified.last_hash.iter().fold(String::new(), |mut text, byte| {
                // Writing to a string cannot fail.
                let _ = write!(text, "{byte:02x}");
                text
            });
            output::line(format_args!("The audit log is whole: {} entries, the last one has the hash {last}", verified.entries));
            Ok(ExitCode::SUCCESS)
        }
        Err(broken) => {
            output::line(format_args!("The audit log was tampered with: {broken}"));
            Ok(ExitCode::from(1))
        }
    }
}
