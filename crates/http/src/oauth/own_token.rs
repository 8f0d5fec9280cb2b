//! A token that a client asks about, or gives back.

use crate::state::AppState;
use domain::Uuid;
use identity::tokens::{self, Claims, Subject};

/// What a token says, if it is an access token of this very client that has not expired. Tokens of others look like no tokens at all.
pub(super) fn of(state: &AppState, client: Uuid, token: &str) -> Option<Claims> {
    let claims = tokens::verify(&state.identity.keys, token, &state.identity.expected(), state.now()).ok()?;
    matches!(&claims.subject, Subject::Client { id, .. } if *id == client).then_some(claims)
}
