//! The deletion brake: a full import that would withdraw too much stops to ask.

use domain::partners::{HoldReason, ImportConfirmation};
use persistence::imports::Brake;

/// What an import has to know to stop in time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Braking {
    /// How much is too much for this source.
    pub(super) brake: Brake,
    /// Records that the source had published before.
    pub(super) published: u64,
    /// Whether the file holds no record at all.
    pub(super) empty: bool,
}

impl Braking {
    /// What somebody has to confirm before so many records are withdrawn.
    pub(super) fn asks(&self, withdrawals: u64) -> Option<ImportConfirmation> {
        let reason = if self.empty && self.published > 0 {
            HoldReason::Empty
        } else if self.brake.stops(withdrawals, self.published) {
            HoldReason::Shrinks
        } else {
            return None;
        };
        Some(ImportConfirmation { reason, withdrawals, published: self.published })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(withdrawals: u64, published: u64, empty: bool) -> Option<HoldReason> {
        let brake = Brake { percent: 20, records: 5 };
        Braking { brake, published, empty }.asks(withdrawals).map(|asked| asked.reason)
    }

    #[test]
    fn both_limits_have_to_be_passed() {
        assert_eq!(asks(5, 6, false), None, "five records are never too many");
        assert_eq!(asks(6, 30, false), None, "nor is a fifth");
        assert_eq!(asks(6, 29, false), Some(HoldReason::Shrinks));
        assert_eq!(asks(0, 0, false), None);
    }

    #[test]
    fn an_empty_file_is_always_a_question() {
        assert_eq!(asks(1, 1, true), Some(HoldReason::Empty));
        assert_eq!(asks(0, 1, true), Some(HoldReason::Empty), "also if everything is still shown elsewhere");
        assert_eq!(asks(0, 0, true), None, "but there is nothing to lose");
    }
}
