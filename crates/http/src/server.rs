//! The server: what is wrapped around the routes, and in which order.

use crate::pages::{self, Pages};
use crate::problem::{self, ApiError};
use crate::state::AppState;
use crate::tracing_span::RequestSpan;
use crate::{docs, guard, metering, rate_limit, routes};
use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{App, HttpResponse, HttpServer};
use domain::ErrorCode;
use std::net::TcpListener;
use std::time::Duration;
use tracing_actix_web::TracingLogger;

/// How long the head of a request may take to arrive.
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);

/// How long an idle connection is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// Connections of one event loop; more wait in the queue of the operating system.
const MAX_CONNECTIONS: usize = 4096;

/// How long running requests may take to end when the server stops.
const SHUTDOWN_SECONDS: u64 = 20;

/// Serves API and pages on a socket that is already bound. `workers` event loops; the future ends when the server has been stopped.
pub fn server(listener: TcpListener, state: Data<AppState>, pages: Data<Pages>, workers: usize) -> std::io::Result<Server> {
    let server = HttpServer::new(move || {
        App::new()
            .configure(configure(state.clone(), pages.clone()))
            .wrap(Compress::default())
            .wrap(from_fn(guard::headers))
            .wrap(from_fn(metering::meter))
            .wrap(TracingLogger::<RequestSpan>::new())
    });
    let server = server
        .workers(workers.max(1))
        .client_request_timeout(HEAD_TIMEOUT)
        .client_disconnect_timeout(HEAD_TIMEOUT)
        .keep_alive(KEEP_ALIVE)
        // Whoever hangs up gives back the place in which they waited.
        .h1_allow_half_closed(false)
        .max_connections(MAX_CONNECTIONS)
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .disable_signals()
        .listen(listener)?;
    Ok(server.run())
}

/// All routes: the API with its documentation, the pages, and for every other address the files of the application.
fn configure(state: Data<AppState>, pages: Data<Pages>) -> impl FnOnce(&mut ServiceConfig) {
    move |config| {
        config
            .app_data(state)
            .service(
                web::scope("/api")
                    .service(web::scope("/v1").configure(routes::configure(crate::PREFIX)).default_service(web::to(nothing_here)))
                    .configure(docs::configure)
                    .default_service(web::to(nothing_here))
                    .wrap(from_fn(guard::uncompressed))
                    .wrap(from_fn(rate_limit::throttle))
                    .wrap(from_fn(problem::problems)),
            )
            .service(
                web::scope("")
                    .guard(actix_web::guard::fn_guard(|context| guard::is_api(context.head().uri.path())))
                    .configure(routes::configure(""))
                    .default_service(web::to(nothing_here))
                    .wrap(from_fn(guard::uncompressed))
                    .wrap(from_fn(rate_limit::throttle))
                    .wrap(from_fn(problem::problems)),
            )
            .configure(pages::configure(pages))
            .default_service(web::to(pages::fallback));
    }
}

async fn nothing_here() -> Result<HttpResponse, ApiError> {
    Err(ApiError::new(ErrorCode::NotFound))
}
