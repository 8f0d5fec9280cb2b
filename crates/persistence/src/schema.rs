//! The tables, the same for both databases. A test compares them with the migrations.

diesel::table! {
    sources (id) {
        id -> Text,
        key -> Text,
        name -> Text,
        licence -> Text,
        secret_hash -> Nullable<Text>,
        created_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
        confirmed_at -> Nullable<BigInt>,
        version -> BigInt,
    }
}

diesel::table! {
    records (id) {
        id -> Text,
        kind -> Text,
        source_id -> Text,
        external_id -> Text,
        organization_id -> Nullable<Text>,
        state -> Text,
        version -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
        content_hash -> Binary,
        slug -> Text,
        document -> Text,
        payload -> Binary,
    }
}

diesel::table! {
    record_links (record_id, target_id) {
        record_id -> Text,
        target_id -> Text,
    }
}

diesel::table! {
    runs (id) {
        id -> Text,
        offer_id -> Text,
        organization_id -> Text,
        ags -> Nullable<Text>,
        starts_at -> BigInt,
        ends_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    imports (id) {
        id -> Text,
        source_id -> Text,
        format -> Text,
        mode -> Text,
        state -> Text,
        created -> BigInt,
        changed -> BigInt,
        unchanged -> BigInt,
        withdrawn -> BigInt,
        rejected -> BigInt,
        problem_count -> BigInt,
        started_at -> BigInt,
        finished_at -> Nullable<BigInt>,
        failure -> Nullable<Text>,
    }
}

diesel::table! {
    import_problems (import_id, ordinal) {
        import_id -> Text,
        ordinal -> BigInt,
        line -> Nullable<BigInt>,
        record_kind -> Nullable<Text>,
        record_id -> Nullable<Text>,
        problem -> Text,
    }
}

diesel::table! {
    changes (seq) {
        seq -> BigInt,
        kind -> Text,
        record_id -> Text,
        action -> Text,
        version -> BigInt,
        changed_at -> BigInt,
    }
}

diesel::table! {
    idempotency_keys (source_id, key) {
        source_id -> Text,
        key -> Text,
        request_hash -> Text,
        import_id -> Text,
        created_at -> BigInt,
    }
}

diesel::joinable!(records -> sources (source_id));
diesel::joinable!(imports -> sources (source_id));
diesel::joinable!(runs -> records (offer_id));
diesel::joinable!(record_links -> records (record_id));
diesel::allow_tables_to_appear_in_same_query!(sources, records, record_links, runs, imports, import_problems);
