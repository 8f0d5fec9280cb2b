use super::*;
use domain::{FixedClock, SystemRng};
use std::os::unix::fs::PermissionsExt as _;

fn clock() -> FixedClock {
    FixedClock::at("2026-11-24T08:00:00Z")
}

#[test]
fn the_first_start_makes_the_keys_and_the_second_finds_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    let first = KeyRing::open(&path, &clock(), &SystemRng).unwrap();
    let second = KeyRing::open(&path, &clock(), &SystemRng).unwrap();
    assert_eq!(first.list(), second.list());
    assert_eq!(first.list().len(), 1);
    let sealed = first.seal_key().seal(b"secret", "context", &SystemRng).unwrap();
    assert_eq!(second.seal_key().open(&sealed, "context").unwrap(), b"secret");

    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
    for entry in std::fs::read_dir(&path).unwrap() {
        assert_eq!(entry.unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn processes_that_start_at_once_agree() {
    let folder = tempfile::tempdir().unwrap();
    let lists = std::thread::scope(|scope| {
        let start = || KeyRing::open(folder.path(), &clock(), &SystemRng).unwrap().list();
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(lists.iter().all(|list| list.len() == 1 && list == &lists[0]), "{lists:?}");
}

#[test]
fn the_newest_signs_the_older_verify_until_they_are_retired() {
    let folder = tempfile::tempdir().unwrap();
    let clock = clock();
    let ring = KeyRing::open(folder.path(), &clock, &SystemRng).unwrap();
    let old = ring.signing(clock.now()).unwrap().kid().to_owned();
    let new = ring.rotate(&clock, &SystemRng).unwrap();
    assert_eq!(ring.signing(clock.now()).unwrap().kid(), new, "newer even within the same second");
    assert!(ring.verifying(&old, clock.now()).is_some());
    let jwks = ring.jwks(clock.now());
    assert_eq!(jwks["keys"][0]["kid"], new.as_str());
    assert_eq!(jwks["keys"].as_array().unwrap().len(), 2);
    assert!(!jwks.to_string().contains("\"d\""), "no private part");

    assert!(ring.retire_before(clock.now()).unwrap().is_empty(), "it signed until now, its tokens still live");
    clock.advance(chrono::Duration::minutes(11));
    assert_eq!(ring.retire_before(clock.now() - chrono::Duration::minutes(10)).unwrap(), vec![old.clone()]);
    assert!(ring.verifying(&old, clock.now()).is_none());
    assert!(ring.retire_before(clock.now() + chrono::Duration::days(9999)).unwrap().is_empty(), "the last key stays");
}

#[test]
fn a_running_server_notices_a_rotation() {
    let folder = tempfile::tempdir().unwrap();
    let clock = clock();
    let server = KeyRing::open(folder.path(), &clock, &SystemRng).unwrap();
    let command = KeyRing::open(folder.path(), &clock, &SystemRng).unwrap();
    let new = command.rotate(&clock, &SystemRng).unwrap();
    assert_ne!(server.signing(clock.now()).unwrap().kid(), new, "it does not look on every call");
    clock.advance(chrono::Duration::seconds(1));
    assert!(server.verifying(&new, clock.now()).is_some(), "a token with an unknown key makes it look sooner");
    let newest = command.rotate(&clock, &SystemRng).unwrap();
    clock.advance(chrono::Duration::seconds(5));
    assert_eq!(server.signing(clock.now()).unwrap().kid(), newest);
}

#[test]
fn a_broken_or_foreign_file_is_refused_and_does_not_stop_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let clock = clock();
    let ring = KeyRing::open(folder.path(), &clock, &SystemRng).unwrap();
    let kid = ring.signing(clock.now()).unwrap().kid().to_owned();
    let file = folder.path().join(files::name(clock.now(), &kid));
    std::fs::copy(&file, folder.path().join("1800000000-other.pem")).unwrap();
    assert!(matches!(ring.reload(), Err(KeyError::Broken { .. })));
    clock.advance(chrono::Duration::seconds(10));
    assert_eq!(ring.signing(clock.now()).unwrap().kid(), kid);
    std::fs::write(folder.path().join("1800000000-other.pem"), "no key").unwrap();
    assert!(matches!(KeyRing::open(folder.path(), &clock, &SystemRng), Err(KeyError::Broken { .. })));
}

#[test]
fn a_lost_sealing_key_is_not_replaced_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    drop(KeyRing::open(folder.path(), &clock(), &SystemRng).unwrap());
    std::fs::remove_file(folder.path().join(files::SEAL_KEY)).unwrap();
    assert!(matches!(KeyRing::open(folder.path(), &clock(), &SystemRng), Err(KeyError::SealKeyMissing(_))));
    std::fs::write(folder.path().join(files::SEAL_KEY), [0; 31]).unwrap();
    assert!(matches!(KeyRing::open(folder.path(), &clock(), &SystemRng), Err(KeyError::Broken { .. })));
}

#[test]
fn the_key_id_is_the_thumbprint_of_rfc_8037() {
    assert_eq!(thumbprint("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}
