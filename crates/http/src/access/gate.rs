//! The gate of every route: looks who asks, and lets in whom the policy admits.

use super::bearer::{self, unauthenticated};
use super::policy::{Policy, RECENT, Rule, Who};
use crate::client_address::ClientAddress;
use crate::cross_origin::same_origin;
use crate::problem::ApiError;
use crate::state::AppState;
use actix_web::dev::Payload;
use actix_web::http::header::{HeaderValue, USER_AGENT, WWW_AUTHENTICATE};
use actix_web::{FromRequest, HttpRequest, web};
use domain::ErrorCode;
use domain::accounts::{Actor, Grants, Identity, Origin};
use futures_util::future::LocalBoxFuture;
use persistence::access::Standing;
use std::marker::PhantomData;

/// Longest `User-Agent` that is kept, in characters.
const USER_AGENT_LENGTH: usize = 300;

/// Somebody whom the policy `P` lets in.
pub(crate) struct Access<P> {
    actor: Actor,
    grants: Grants,
    _policy: PhantomData<P>,
}

impl<P> Access<P> {
    /// Who asks, and from where.
    pub(crate) fn actor(&self) -> &Actor {
        &self.actor
    }

    /// What they may do: for what is shown, never instead of a proof.
    pub(crate) fn grants(&self) -> &Grants {
        &self.grants
    }
}

impl<P: Policy> FromRequest for Access<P> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let (actor, grants) = enter(&request, P::RULE).await?;
            Ok(Self { actor, grants, _policy: PhantomData })
        })
    }
}

/// From where a request comes.
fn origin(request: &HttpRequest) -> Origin {
    let user_agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    Origin {
        address: ClientAddress::of(request).map(ClientAddress::ip),
        user_agent: user_agent.map(|text| text.chars().take(USER_AGENT_LENGTH).collect()),
    }
}

async fn enter(request: &HttpRequest, rule: Rule) -> Result<(Actor, Grants), ApiError> {
    let state = request.app_data::<web::Data<AppState>>().ok_or_else(|| ApiError::internal("no state"))?;
    let origin = origin(request);
    if rule.who == Who::Cookie {
        same_origin(request)?;
    }
    if matches!(rule.who, Who::Anyone | Who::Cookie) {
        return Ok((Actor::anonymous(origin), Grants::default()));
    }
    let (identity, jti) = bearer::identity(state, request)?.ok_or_else(|| unauthenticated("Bearer"))?;
    let actor = Actor { identity, origin };
    let (now, asking) = (state.now(), actor.clone());
    let standing = state
        .look_up(move |connection| {
            if matches!(asking.identity, Identity::Client { .. }) && persistence::spent_tokens::is_spent(connection, &jti.to_string())? {
                return Err(persistence::Error::Unknown);
            }
            persistence::access::standing(connection, &asking, now)
        })
        .await?;
    judge(&actor, &standing, rule, now)?;
    Ok((actor, standing.grants))
}

fn judge(actor: &Actor, standing: &Standing, rule: Rule, now: domain::Timestamp) -> Result<(), ApiError> {
    match rule.who {
        Who::Anyone | Who::Cookie => {}
        Who::Person if actor.account().is_none() => return Err(ApiError::new(ErrorCode::Forbidden)),
        Who::Person => {}
        Who::Holder(_) if standing.second_factor_missing => return Err(ApiError::new(ErrorCode::SecondFactorMissing)),
        Who::Holder(capability) if standing.grants.reach(capability).is_none() => return Err(ApiError::new(ErrorCode::Forbidden)),
        Who::Holder(_) => {}
    }
    // Partner systems prove who they are with every token; there is nobody to ask again.
    let stale = standing.authenticated_at.is_some_and(|at| (now - at).num_seconds() > RECENT);
    if rule.recently && actor.account().is_some() && stale {
        let challenge = HeaderValue::from_static("Bearer error=\"insufficient_user_authentication\", max_age=600");
        return Err(ApiError::new(ErrorCode::StepUpRequired).header(WWW_AUTHENTICATE, challenge));
    }
    Ok(())
}
