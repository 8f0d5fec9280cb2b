//! The use cases of identity, run in the lane that fits, and their errors as those of the API.

use crate::problem::ApiError;
use crate::state::AppState;
use actix_web::http::header::{HeaderValue, WWW_AUTHENTICATE};
use domain::ErrorCode;
use identity::flows::{FlowError, Flows};
use std::sync::Arc;

impl AppState {
    fn flows(&self) -> Flows {
        let services = &self.services;
        Flows {
            store: services.store.clone(),
            clock: Arc::clone(&services.clock),
            rng: Arc::clone(&services.rng),
            services: Arc::clone(&self.identity),
        }
    }

    /// Runs a use case that hashes a password or a code.
    pub(crate) async fn hash<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&Flows) -> Result<T, FlowError> + Send + 'static,
    {
        let flows = self.flows();
        self.hashing.run(move || Ok(work(&flows)?)).await
    }

    /// Runs a use case that writes and hashes nothing.
    pub(crate) async fn flow<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&Flows) -> Result<T, FlowError> + Send + 'static,
    {
        let flows = self.flows();
        self.writing.run(move || Ok(work(&flows)?)).await
    }
}

impl AppState {
    /// Runs a use case that asks another provider, which may be slow.
    pub(crate) async fn elsewhere<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&Flows) -> Result<T, FlowError> + Send + 'static,
    {
        let flows = self.flows();
        self.elsewhere.run(move || Ok(work(&flows)?)).await
    }
}

impl ApiError {
    /// Says how to prove who one is, as every 401 does (RFC 9110, section 15.5.2).
    fn challenge(self, challenge: &'static str) -> Self {
        self.header(WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
    }
}

impl From<FlowError> for ApiError {
    fn from(error: FlowError) -> Self {
        match error {
            FlowError::Refused => Self::new(ErrorCode::InvalidCredentials).challenge("Bearer"),
            FlowError::Throttled(seconds) => Self::new(ErrorCode::TooManyRequests).retry_after(seconds),
            FlowError::SessionEnded => Self::new(ErrorCode::SessionEnded).challenge("Bearer error=\"invalid_token\""),
            FlowError::Over => Self::new(ErrorCode::LinkInvalid),
            FlowError::CodeInvalid => Self::new(ErrorCode::CodeInvalid),
            FlowError::SecondFactorNeeded => Self::new(ErrorCode::StepUpRequired)
                .challenge("Bearer error=\"insufficient_user_authentication\", max_age=600")
                .detail("Bitte bestätigen Sie mit Ihrem zweiten Faktor.", "Please confirm with your second factor."),
            FlowError::FactorDemanded => Self::new(ErrorCode::Conflict).detail(
                "Ihre Rolle verlangt einen zweiten Faktor. Richten Sie zuerst einen anderen ein.",
                "Your role demands a second factor. Set up another one first.",
            ),
            FlowError::Registered => Self::new(ErrorCode::Registered),
            FlowError::TooManyFactors => Self::new(ErrorCode::Conflict)
                .detail("Mehr als zwanzig Passkeys gehen nicht. Entfernen Sie zuerst einen.", "There are twenty passkeys already. Remove one first."),
            FlowError::Elsewhere => Self::new(ErrorCode::Unavailable)
                .retry_after(60)
                .detail("Die andere Anmeldung ist gerade nicht erreichbar.", "The other place to sign in at cannot be reached at the moment."),
            FlowError::NoPasskeys => Self::new(ErrorCode::NotFound)
                .detail("Passkeys gibt es nur unter einer Adresse mit einem Namen.", "Passkeys are available only at an address with a name."),
            FlowError::Invalid(fields) => {
                fields.into_iter().fold(Self::new(ErrorCode::Invalid), |error, (member, wrong)| error.field(format!("/body/{member}"), wrong))
            }
            FlowError::Store(error) => error.into(),
            other => Self::internal(other),
        }
    }
}
