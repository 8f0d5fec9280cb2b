//! What must happen once happens once, on both databases, whoever else tries at the same time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use chrono::Duration;
use domain::accounts::{Account, AccountStatus, Actor, Identity, Origin};
use domain::{Clock, SystemRng, Timestamp, Uuid, new_id};
use persistence::access::{self, Myself};
use persistence::accounts::ceremonies::{self, Ceremony};
use persistence::accounts::factors::{self, Passkey};
use persistence::accounts::sessions::{self, Session};
use persistence::accounts::{account, credentials, identity_links, refresh_tokens};
use persistence::{AnyConnection, Error, Result, Store};
use testkit::TestDatabase;

fn id() -> Uuid {
    new_id(&testkit::clock(), &SystemRng)
}

fn now() -> Timestamp {
    testkit::clock().now()
}

/// An active account in a session.
fn person(store: &Store, name: &str) -> Actor {
    let (account, session) = (id(), id());
    let row = Account {
        id: account,
        email: Some(format!("{name}@example.org").parse().unwrap()),
        name: name.to_owned(),
        language: "de".to_owned(),
        status: AccountStatus::Active,
        created_at: now(),
        updated_at: now(),
        last_sign_in_at: None,
        version: 1,
    };
    let begun = Session {
        id: session,
        account_id: account,
        methods: vec!["pwd".to_owned()],
        created_at: now(),
        authenticated_at: now(),
        last_used_at: now(),
        expires_at: now() + Duration::hours(1),
        address: None,
        user_agent: None,
    };
    store
        .write(move |tx| {
            account::insert(tx, &row)?;
            sessions::insert(tx, &begun)
        })
        .unwrap();
    Actor { identity: Identity::Account { id: account, session }, origin: Origin::default() }
}

/// Runs `work` as somebody.
fn as_person<T: Send + 'static>(store: &Store, actor: &Actor, work: impl Fn(&mut AnyConnection, &Myself) -> Result<T> + Send + 'static) -> Result<T> {
    let actor = actor.clone();
    store.write(move |tx| {
        let myself = access::myself(tx, &actor, now())?;
        work(tx, &myself)
    })
}

/// How many of eight that do the same at once are told that they were the one.
fn winners(database: &TestDatabase, work: impl Fn(&mut AnyConnection) -> Result<bool> + Send + Sync + Clone + 'static) -> usize {
    let stores = [database.store(), database.store()];
    std::thread::scope(|scope| {
        let racers: Vec<_> = (0..8)
            .map(|n| {
                let (store, work) = (stores[n % 2].clone(), work.clone());
                scope.spawn(move || store.write(work).unwrap())
            })
            .collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).filter(|won| *won).count()
    })
}

testkit::on_both_databases! {
    fn a_refresh_token_a_step_and_a_recovery_code_are_spent_once(database) {
        let store = database.store();
        let actor = person(&store, "eins");
        let account = actor.account().unwrap();
        as_person(&store, &actor, |tx, myself| {
            refresh_tokens::insert(tx, "digest", myself.session(), now())?;
            factors::begin_totp(tx, myself, b"sealed", now())?;
            factors::confirm_totp(tx, myself, b"sealed", 10, &SystemRng, now())?;
            factors::replace_recovery_codes(tx, myself, &["code".to_owned()], &SystemRng, now())
        })
        .unwrap();
        assert_eq!(winners(database, |tx| refresh_tokens::spend(tx, "digest", now())), 1);
        assert_eq!(winners(database, move |tx| factors::spend_totp_step(tx, account, 11)), 1);
        assert_eq!(winners(database, move |tx| factors::spend_totp_step(tx, account, 10)), 0, "an earlier step");
        assert_eq!(winners(database, move |tx| factors::spend_recovery_code(tx, account, "code", now())), 1);
        let other = person(&store, "zwei").account().unwrap();
        assert_eq!(winners(database, move |tx| factors::spend_recovery_code(tx, other, "code", now())), 0);
    }

    fn a_ceremony_is_finished_once_and_tried_a_few_times(database) {
        let store = database.store();
        let begin = |digest: &str, expires_at| {
            let ceremony = Ceremony { digest: digest.to_owned(), kind: "passkey", account_id: None, state: vec![1], created_at: now(), expires_at };
            store.write(move |tx| ceremonies::insert(tx, &ceremony)).unwrap();
        };
        begin("one", now() + Duration::minutes(5));
        let tried = winners(database, |tx| Ok(ceremonies::attempt(tx, "one", "passkey", 5, now())?.is_some()));
        assert_eq!(tried, 5);
        assert_eq!(winners(database, |tx| ceremonies::finish(tx, "one")), 1);
        begin("two", now() + Duration::minutes(5));
        let attempt = |kind, at| store.write(move |tx| ceremonies::attempt(tx, "two", kind, 5, at)).unwrap();
        assert_eq!(attempt("oidc", now()), None, "another kind");
        assert_eq!(attempt("passkey", now() + Duration::minutes(5)), None, "too late");
        assert_eq!(attempt("passkey", now()), Some((None, vec![1])));
        begin("old", now() - Duration::seconds(1));
        begin("three", now() + Duration::minutes(5));
        assert!(!store.write(|tx| ceremonies::finish(tx, "old")).unwrap(), "cleared away");
    }

    fn an_unconfirmed_app_is_replaced_and_a_confirmed_one_is_not(database) {
        let store = database.store();
        let actor = person(&store, "eins");
        let begin = |secret: &'static [u8]| as_person(&store, &actor, move |tx, myself| factors::begin_totp(tx, myself, secret, now()));
        let confirm = |secret: &'static [u8]| as_person(&store, &actor, move |tx, myself| factors::confirm_totp(tx, myself, secret, 1, &SystemRng, now()));
        begin(b"first").unwrap();
        begin(b"second").unwrap();
        assert!(matches!(confirm(b"first"), Err(Error::NotFound)));
        confirm(b"second").unwrap();
        assert!(matches!(begin(b"third"), Err(Error::Exists(_))));
        assert!(matches!(confirm(b"second"), Err(Error::NotFound)));
    }

    fn a_passkey_belongs_to_one_account(database) {
        let store = database.store();
        let (one, two) = (person(&store, "eins"), person(&store, "zwei"));
        let passkey = |actor: &Actor| Passkey {
            id: id(),
            account_id: actor.account().unwrap(),
            credential_id: "credential".to_owned(),
            credential: "{}".to_owned(),
            name: "Diensttelefon".to_owned(),
            created_at: now(),
            last_used_at: None,
        };
        let (mine, again) = (passkey(&one), passkey(&two));
        let kept = mine.clone();
        as_person(&store, &one, move |tx, myself| factors::add_passkey(tx, myself, &kept, &SystemRng, now())).unwrap();
        let taken = as_person(&store, &two, move |tx, myself| factors::add_passkey(tx, myself, &again, &SystemRng, now()));
        assert!(matches!(taken, Err(Error::Exists(_))));
        let foreign = mine.id;
        let removed = as_person(&store, &two, move |tx, myself| factors::remove_passkey(tx, myself, foreign, &SystemRng, now()));
        assert!(matches!(removed, Err(Error::NotFound)));
        assert_eq!(store.read(|connection| factors::passkey_by_credential(connection, "credential")).unwrap(), Some(mine));
    }

    fn only_active_accounts_with_the_password_that_was_looked_at_sign_in(database) {
        let store = database.store();
        let account = person(&store, "eins").account().unwrap();
        store.write(move |tx| credentials::set_password(tx, account, "old", now())).unwrap();
        let sign_in = |hash: Option<&'static str>| store.write(move |tx| credentials::sign_in(tx, account, hash, now())).unwrap();
        assert_eq!((sign_in(Some("old")), sign_in(None), sign_in(Some("other"))), (true, true, false));
        store.write(move |tx| credentials::replace_hash(tx, account, "other", "new")).unwrap();
        assert!(sign_in(Some("old")));
        store.write(move |tx| credentials::replace_hash(tx, account, "old", "new")).unwrap();
        assert!(sign_in(Some("new")));
        assert!(!store.write(|tx| credentials::sign_in(tx, Uuid::nil(), None, now())).unwrap());
    }

    fn sessions_end_alone_or_together_and_only_the_own_ones(database) {
        let store = database.store();
        let (one, two) = (person(&store, "eins"), person(&store, "zwei"));
        let of = |actor: &Actor| match actor.identity {
            Identity::Account { session, .. } => session,
            _ => Uuid::nil(),
        };
        let (mine, theirs) = (of(&one), of(&two));
        let foreign = as_person(&store, &one, move |tx, myself| sessions::end_own(tx, myself, theirs, &SystemRng, now()));
        assert!(matches!(foreign, Err(Error::NotFound)));
        as_person(&store, &one, |tx, myself| sessions::end_others(tx, myself, "revoked", &SystemRng, now())).unwrap();
        as_person(&store, &one, move |tx, myself| sessions::end_own(tx, myself, mine, &SystemRng, now())).unwrap();
        assert!(matches!(as_person(&store, &one, |_, _| Ok(())), Err(Error::Unknown)));
        assert_eq!(winners(database, move |tx| sessions::end(tx, theirs, "signed-out", now())), 1);
    }

    fn an_identity_elsewhere_belongs_to_one_account_and_an_account_to_one_identity(database) {
        let store = database.store();
        let (one, two) = (person(&store, "eins"), person(&store, "zwei"));
        let link = |actor: &Actor, issuer: &'static str, subject: &'static str| {
            as_person(&store, actor, move |tx, myself| identity_links::link(tx, myself, issuer, subject, &SystemRng, now()))
        };
        assert!(link(&one, "https://a", "s").unwrap());
        assert!(!link(&one, "https://a", "s").unwrap(), "it is there already");
        assert!(matches!(link(&two, "https://a", "s"), Err(Error::Exists(_))));
        assert!(matches!(link(&one, "https://a", "t"), Err(Error::Exists(_))));
        assert!(link(&two, "https://a", "S").unwrap(), "subjects are told apart by case");
        assert!(link(&two, "https://b", "s").unwrap(), "another issuer's subject is somebody else");
        let find = |issuer: &'static str| store.read(move |connection| identity_links::find(connection, issuer, "s")).unwrap();
        assert_eq!((find("https://a"), find("https://b"), find("https://c")), (one.account(), two.account(), None));
        let unlink = |actor: &Actor| as_person(&store, actor, |tx, myself| identity_links::unlink(tx, myself, "https://a", &SystemRng, now()));
        unlink(&one).unwrap();
        assert!(matches!(unlink(&one), Err(Error::NotFound)));
        assert_eq!(find("https://a"), None);
        let left = as_person(&store, &two, identity_links::own).unwrap();
        assert_eq!(left.iter().map(|link| (link.issuer.as_str(), link.subject.as_str())).collect::<Vec<_>>(), [("https://a", "S"), ("https://b", "s")]);
    }
}
