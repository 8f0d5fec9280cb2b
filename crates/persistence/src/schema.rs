//! The tables, the same for both databases. A test compares them with the migrations.

diesel::table! {
    sources (id) {
        id -> Text,
        key -> Text,
        name -> Text,
        licence -> Text,
        created_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
        confirmed_at -> Nullable<BigInt>,
        version -> BigInt,
        organization_id -> Nullable<Text>,
        brake_percent -> BigInt,
        brake_records -> BigInt,
        contact_email -> Nullable<Text>,
        told_at -> Nullable<BigInt>,
        column_mapping -> Nullable<Text>,
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
        format -> Nullable<Text>,
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
        actor -> Nullable<Text>,
        dry_run -> BigInt,
        expected_withdrawals -> Nullable<BigInt>,
        expected_published -> Nullable<BigInt>,
        file_id -> Nullable<Text>,
        decided_at -> Nullable<BigInt>,
        decided_by -> Nullable<Text>,
        undoes -> Nullable<Text>,
        undone_by -> Nullable<Text>,
        progress -> BigInt,
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

diesel::table! {
    accounts (id) {
        id -> Text,
        email -> Nullable<Text>,
        email_key -> Nullable<Text>,
        name -> Text,
        search_key -> Text,
        language -> Text,
        status -> Text,
        password_hash -> Nullable<Text>,
        password_changed_at -> Nullable<BigInt>,
        created_at -> BigInt,
        updated_at -> BigInt,
        last_sign_in_at -> Nullable<BigInt>,
        version -> BigInt,
    }
}

diesel::table! {
    memberships (id) {
        id -> Text,
        account_id -> Text,
        role -> Text,
        organization_id -> Nullable<Text>,
        status -> Text,
        invited_name -> Nullable<Text>,
        created_at -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        account_id -> Text,
        methods -> Text,
        created_at -> BigInt,
        authenticated_at -> BigInt,
        last_used_at -> BigInt,
        expires_at -> BigInt,
        address -> Nullable<Text>,
        user_agent -> Nullable<Text>,
        ended_at -> Nullable<BigInt>,
        end_reason -> Nullable<Text>,
    }
}

diesel::table! {
    refresh_tokens (token_hash) {
        token_hash -> Text,
        session_id -> Text,
        issued_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    one_time_tokens (token_hash) {
        token_hash -> Text,
        purpose -> Text,
        account_id -> Nullable<Text>,
        subject_id -> Nullable<Text>,
        data -> Nullable<Text>,
        created_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    totp_factors (account_id) {
        account_id -> Text,
        secret -> Binary,
        created_at -> BigInt,
        confirmed_at -> Nullable<BigInt>,
        last_step -> BigInt,
    }
}

diesel::table! {
    recovery_codes (code_hash) {
        code_hash -> Text,
        account_id -> Text,
        created_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    passkeys (id) {
        id -> Text,
        account_id -> Text,
        credential_id -> Text,
        credential -> Text,
        name -> Text,
        created_at -> BigInt,
        last_used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    identity_links (issuer, subject) {
        issuer -> Text,
        subject -> Text,
        account_id -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    ceremonies (id) {
        id -> Text,
        kind -> Text,
        account_id -> Nullable<Text>,
        state -> Binary,
        attempts -> BigInt,
        created_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    mails (id) {
        id -> Text,
        content -> Nullable<Binary>,
        created_at -> BigInt,
        next_attempt_at -> BigInt,
        attempts -> BigInt,
        sent_at -> Nullable<BigInt>,
        failed_at -> Nullable<BigInt>,
        last_error -> Nullable<Text>,
    }
}

diesel::table! {
    applications (id) {
        id -> Text,
        organization_name -> Text,
        organization_kind -> Text,
        website -> Nullable<Text>,
        contact_name -> Text,
        email -> Nullable<Text>,
        email_key -> Nullable<Text>,
        message -> Nullable<Text>,
        language -> Text,
        status -> Text,
        created_at -> BigInt,
        verified_at -> Nullable<BigInt>,
        decided_at -> Nullable<BigInt>,
        decided_by -> Nullable<Text>,
        reason -> Nullable<Text>,
        organization_id -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    clients (id) {
        id -> Text,
        source_id -> Text,
        name -> Text,
        scopes -> Text,
        jwks -> Nullable<Text>,
        created_at -> BigInt,
        last_used_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
        version -> BigInt,
    }
}

diesel::table! {
    client_secrets (id) {
        id -> Text,
        client_id -> Text,
        secret_hash -> Text,
        hint -> Text,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        last_used_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    spent_tokens (id) {
        id -> Text,
        kind -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    audit_entries (seq) {
        seq -> BigInt,
        at -> BigInt,
        actor_kind -> Text,
        actor_id -> Nullable<Text>,
        action -> Text,
        target_kind -> Text,
        target_id -> Nullable<Text>,
        organization_id -> Nullable<Text>,
        actor_hash -> Binary,
        detail_hash -> Binary,
        previous_hash -> Binary,
        hash -> Binary,
    }
}

diesel::table! {
    audit_actors (seq) {
        seq -> BigInt,
        salt -> Binary,
        name -> Nullable<Text>,
        address -> Nullable<Text>,
        user_agent -> Nullable<Text>,
    }
}

diesel::table! {
    audit_details (seq) {
        seq -> BigInt,
        salt -> Binary,
        target_name -> Nullable<Text>,
        before -> Nullable<Text>,
        after -> Nullable<Text>,
    }
}

diesel::table! {
    import_changes (import_id, record_id) {
        import_id -> Text,
        record_id -> Text,
        record_kind -> Text,
        external_id -> Text,
        action -> Text,
        version -> BigInt,
        name -> Nullable<Text>,
        hash_after -> Nullable<Binary>,
        hash_before -> Nullable<Binary>,
        state_before -> Nullable<Text>,
        format_before -> Nullable<Text>,
        slug_before -> Nullable<Text>,
        document_before -> Nullable<Text>,
        payload_before -> Nullable<Binary>,
    }
}

diesel::table! {
    record_edits (record_id, field) {
        record_id -> Text,
        field -> Text,
        value -> Text,
        edited_at -> BigInt,
        edited_by -> Text,
    }
}

diesel::table! {
    duplicate_pairs (id) {
        id -> Text,
        first_id -> Text,
        second_id -> Text,
        score -> BigInt,
        reasons -> Text,
        state -> Text,
        kept_id -> Nullable<Text>,
        found_at -> BigInt,
        decided_at -> Nullable<BigInt>,
        decided_by -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    record_merges (record_id) {
        record_id -> Text,
        into_id -> Text,
    }
}

diesel::table! {
    files (id) {
        id -> Text,
        purpose -> Text,
        source_id -> Nullable<Text>,
        owner -> Nullable<Text>,
        name -> Text,
        media_type -> Text,
        size -> BigInt,
        received -> BigInt,
        sha256 -> Nullable<Text>,
        change_seq -> Nullable<BigInt>,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        licences -> Nullable<Text>,
    }
}

diesel::table! {
    file_chunks (file_id, start) {
        file_id -> Text,
        start -> BigInt,
        bytes -> Binary,
    }
}

diesel::table! {
    schedules (source_id) {
        source_id -> Text,
        url -> Text,
        format -> Text,
        mode -> Text,
        every_minutes -> BigInt,
        enabled -> BigInt,
        etag -> Nullable<Text>,
        last_modified -> Nullable<Text>,
        content_hash -> Nullable<Text>,
        next_at -> BigInt,
        claimed_until -> Nullable<BigInt>,
        failures -> BigInt,
        last_attempt_at -> Nullable<BigInt>,
        last_success_at -> Nullable<BigInt>,
        last_new_at -> Nullable<BigInt>,
        last_error -> Nullable<Text>,
        told_at -> Nullable<BigInt>,
        version -> BigInt,
    }
}

diesel::table! {
    webhooks (id) {
        id -> Text,
        source_id -> Text,
        name -> Text,
        url -> Text,
        filter -> Text,
        secret -> Binary,
        previous_secret -> Nullable<Binary>,
        previous_secret_until -> Nullable<BigInt>,
        enabled -> BigInt,
        position -> BigInt,
        failing_since -> Nullable<BigInt>,
        disabled_because -> Nullable<Text>,
        created_at -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    webhook_deliveries (id) {
        id -> Text,
        webhook_id -> Text,
        event -> Text,
        payload -> Text,
        state -> Text,
        attempts -> BigInt,
        created_at -> BigInt,
        next_attempt_at -> BigInt,
        last_attempt_at -> Nullable<BigInt>,
        claimed_until -> Nullable<BigInt>,
        finished_at -> Nullable<BigInt>,
        last_status -> Nullable<BigInt>,
        last_error -> Nullable<Text>,
    }
}

diesel::joinable!(records -> sources (source_id));
diesel::joinable!(imports -> sources (source_id));
diesel::joinable!(runs -> records (offer_id));
diesel::joinable!(record_links -> records (record_id));
diesel::joinable!(memberships -> accounts (account_id));
diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(clients -> sources (source_id));
diesel::joinable!(client_secrets -> clients (client_id));
diesel::joinable!(audit_actors -> audit_entries (seq));
diesel::joinable!(audit_details -> audit_entries (seq));
diesel::joinable!(import_changes -> imports (import_id));
diesel::joinable!(record_edits -> records (record_id));
diesel::joinable!(record_merges -> records (record_id));
diesel::joinable!(file_chunks -> files (file_id));
diesel::joinable!(schedules -> sources (source_id));
diesel::joinable!(webhooks -> sources (source_id));
diesel::joinable!(webhook_deliveries -> webhooks (webhook_id));
diesel::allow_tables_to_appear_in_same_query!(
    clients,
    client_secrets,
    sources,
    records,
    record_links,
    runs,
    imports,
    import_problems,
    import_changes,
    record_edits,
    record_merges,
    duplicate_pairs,
    files,
    file_chunks,
    schedules,
    webhooks,
    webhook_deliveries,
    changes
);
diesel::allow_tables_to_appear_in_same_query!(accounts, memberships, sessions, refresh_tokens);
diesel::allow_tables_to_appear_in_same_query!(audit_entries, audit_actors, audit_details);
