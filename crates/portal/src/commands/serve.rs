//! `serve`: API, documentation and pages, and the index that follows the database.

use super::{open, open_index, services};
use crate::cli::Serve as Arguments;
use crate::data::Data;
use crate::settings::Settings;
use actix_web::web::{self, Data as Shared};
use actix_web::{App, HttpResponse, HttpServer};
use anyhow::{Context, Result};
use http::pages::Pages;
use http::partners::webhooks::Keeper;
use http::{AppState, Limits};
use identity::flows::{Flows, Outbox, retention};
use identity::keys::KeyRing;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use persistence::Rounds;
use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use sync::Services;
use sync::digest::Teller;
use sync::fetching::Fetcher;
use sync::indexer::Follower;
use sync::outbound::{Addresses, Outbound, Policy};
use sync::webhooks::{Courier, Dispatcher};

pub(super) fn run(settings: &Settings, arguments: &Arguments) -> Result<ExitCode> {
    let began = Instant::now();
    let store = open(settings)?;
    let Data { region, vocabularies, words, boundaries } = Data::load(settings.region_dir.as_deref())?;
    let services = services(store, vocabularies, region);
    let index = open_index(settings, &words, &services)?;
    match sync::import::recover(&services.store, &*services.clock)? {
        0 => {}
        stale => tracing::warn!(stale, "imports that a former process left unfinished were marked as failed"),
    }
    let bind = arguments.bind.as_deref().unwrap_or(&settings.bind);
    let listener = TcpListener::bind(bind).with_context(|| format!("cannot listen on {bind}"))?;
    let metrics = metrics(arguments.metrics_bind.as_deref().unwrap_or(&settings.metrics_bind))?;
    let spool = settings.data_dir.join("spool");
    std::fs::create_dir_all(&spool).with_context(|| format!("cannot make the folder {}", spool.display()))?;
    let workers = if settings.workers == 0 { std::thread::available_parallelism().map_or(2, usize::from) } else { settings.workers };
    let limits = Limits {
        import_bytes: settings.import_max_mib << 20,
        reads: usize::try_from(settings.database_readers).unwrap_or(usize::MAX).saturating_sub(workers).max(1),
        spool,
        writes: usize::try_from(settings.database_writers).unwrap_or(usize::MAX).max(1),
        rates: settings.rates()?,
        edge: settings.edge()?,
        loopback_allowed: settings.outbound_allow_loopback,
        ..Limits::default()
    };
    let pages = Pages::new(
        services.store.clone(),
        Arc::clone(&index),
        Arc::clone(&services.vocabularies),
        Arc::clone(&services.region),
        Arc::clone(&services.clock),
        settings.public_url.clone(),
    );
    let follower = Follower::start(services.store.clone(), Arc::clone(&index)).context("cannot start the indexer")?;
    let site = super::dumps::site(&settings.public_address(&listener), &services.region);
    let dumps = sync::dumps::start(services.clone(), site).context("cannot start the making of dumps")?;
    let keys = KeyRing::open(&settings.keys_dir(), &*services.clock, &*services.rng).context("cannot open the keys")?;
    let info = services.region.info();
    let portal = format!("Bildung in {}", info.name.trim_start_matches("Landkreis "));
    let mut identity = identity::Services::new(keys, &settings.public_address(&listener)).named(&portal);
    identity.provider = settings.provider(&identity.issuer)?;
    (identity.contact, identity.zone) = (settings.mail_contact.clone(), info.time_zone);
    let (identity, mailer) = (Arc::new(identity), settings.mailer(&portal)?);
    let flows =
        Flows { store: services.store.clone(), clock: Arc::clone(&services.clock), rng: Arc::clone(&services.rng), services: Arc::clone(&identity) };
    let outbox = Outbox::start(flows.clone(), mailer).context("cannot start the outbox")?;
    let webhooks = webhooks(settings, flows.clone())?;
    let fetching = fetching(settings, &services, &limits)?;
    let telling = telling(flows.clone())?;
    let retention = retention::start(flows).context("cannot start the clearing away")?;
    let log = sync::retention::start(services.store.clone(), Arc::clone(&services.clock)).context("cannot start the clearing of the change log")?;
    let duplicates = sync::duplicates::Follower::start(services.clone()).context("cannot start the comparison of offers")?;
    let state = Shared::new(AppState::new(services, identity, index, boundaries, limits));
    let served = actix_web::rt::System::new().block_on(async move {
        let server = http::server(listener, state.clone(), Shared::new(pages), workers)?;
        let handle = server.handle();
        let metrics = metrics.map(|(listener, recorder)| metrics_server(listener, recorder)).transpose()?;
        let metrics_handle = metrics.as_ref().map(actix_web::dev::Server::handle);
        if let Some(metrics) = metrics {
            actix_web::rt::spawn(metrics);
        }
        actix_web::rt::spawn(async move {
            let name = asked_to_stop().await;
            tracing::info!(signal = name, "stopping: requests under way are finished");
            state.stop_waiting();
            handle.stop(true).await;
            if let Some(metrics) = metrics_handle {
                metrics.stop(false).await;
            }
        });
        tracing::info!(bind, took_ms = began.elapsed().as_millis() as u64, "listening");
        server.await
    });
    drop((follower, outbox, webhooks, fetching, telling, retention, log, duplicates, dumps));
    served?;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Where requests to others may go.
fn addresses(settings: &Settings) -> Addresses {
    if settings.outbound_allow_loopback { Addresses::LoopbackToo } else { Addresses::GlobalOnly }
}

/// Starts to tell webhooks of changes. They are asked for no more than a status: briefly, and without following where they point.
fn webhooks(settings: &Settings, flows: Flows) -> Result<Dispatcher> {
    let (total, idle) = (Duration::from_secs(15), Duration::from_secs(10));
    let outbound = Outbound::new(Policy { addresses: addresses(settings), max_bytes: 64 << 10, total, idle, redirects: 0 })
        .context("cannot prepare the way out")?;
    let courier = Courier {
        store: flows.store.clone(),
        clock: Arc::clone(&flows.clock),
        rng: Arc::clone(&flows.rng),
        outbound: Arc::new(outbound),
        surroundings: Arc::new(Keeper(flows)),
    };
    Dispatcher::start(courier).context("cannot start the webhooks")
}

/// Threads that fetch feeds: while one waits for a slow server, another one goes on.
const FETCHING: usize = 2;

/// Starts to fetch the feeds of sources. Exports are often made while one waits, and they are as large as imports may be.
fn fetching(settings: &Settings, services: &Services, limits: &Limits) -> Result<Rounds> {
    let (total, idle) = (Duration::from_secs(900), Duration::from_secs(60));
    let policy = Policy { addresses: addresses(settings), max_bytes: limits.import_bytes, total, idle, redirects: 3 };
    let outbound = Arc::new(Outbound::new(policy).context("cannot prepare the way out")?);
    let fetcher = Fetcher { services: services.clone(), outbound, spool: limits.spool.clone() };
    sync::fetching::start(fetcher, FETCHING).context("cannot start the fetching")
}

/// Starts to tell people what is wrong with their sources.
fn telling(flows: Flows) -> Result<Rounds> {
    let teller = Teller { store: flows.store.clone(), clock: Arc::clone(&flows.clock), postman: Arc::new(Keeper(flows)) };
    sync::digest::start(teller).context("cannot start the telling")
}

/// Waits for Ctrl-C or SIGTERM.
async fn asked_to_stop() -> &'static str {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        tracing::error!("signals cannot be received; only SIGKILL will end this process");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => "SIGTERM",
        _ = interrupt.recv() => "SIGINT",
    }
}

/// Installs the recorder and takes the address; nothing for `off`.
fn metrics(bind: &str) -> Result<Option<(TcpListener, PrometheusHandle)>> {
    if bind == "off" {
        return Ok(None);
    }
    let listener = TcpListener::bind(bind).with_context(|| format!("cannot listen on {bind} for metrics; `--metrics-bind off` does without"))?;
    let recorder = PrometheusBuilder::new().install_recorder().context("cannot record metrics")?;
    Ok(Some((listener, recorder)))
}

/// `/metrics` on an address of its own, which a reverse proxy does not pass on.
fn metrics_server(listener: TcpListener, recorder: PrometheusHandle) -> std::io::Result<actix_web::dev::Server> {
    let upkeep = recorder.clone();
    actix_web::rt::spawn(async move {
        let mut every = tokio::time::interval(Duration::from_secs(5));
        loop {
            every.tick().await;
            upkeep.run_upkeep();
        }
    });
    let server = HttpServer::new(move || {
        let recorder = recorder.clone();
        let render = move || {
            let text = recorder.render();
            async move { HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(text) }
        };
        App::new().route("/metrics", web::get().to(render))
    });
    Ok(server.workers(1).disable_signals().listen(listener)?.run())
}
