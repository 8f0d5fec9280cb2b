//! A flood of sign-ins must not keep memory: argon2 takes 19 MiB a time, and allocators are slow to give back.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "helpers of tests may panic")]

use identity::passwords::Hasher;

/// Resident memory of this process in KiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

// Trap 3: an allocator keeps what a flood of sign-ins took.
// ASVS 5.0 V15.2.2
#[test]
fn memory_stays_where_it_was_after_the_first_sign_ins() {
    let hasher = Hasher::new(2);
    let flood = |threads: usize, each: usize| {
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| (0..each).for_each(|_| hasher.verify_dummy("Regenschirm am Hafen").unwrap()));
            }
        });
    };
    flood(2, 2);
    let before = resident();
    flood(32, 3);
    let after = resident();
    assert!(hasher.buffers() <= 2);
    assert!(after * 10 <= before * 13, "{before} KiB before, {after} KiB after");
}
