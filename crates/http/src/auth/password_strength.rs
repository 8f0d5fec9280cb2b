//! `POST /auth/password-strength`: a hint while somebody types a new password.

use crate::access::{Access, Public};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::ErrorCode;
use domain::problem::ValueError;
use identity::password_rules::{self, Context};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest texts that are looked at, in characters.
const PASSWORD: usize = 1000;
const EMAIL: usize = 254;
const NAME: usize = 200;

/// A password that somebody thinks of, and what it should not be made of.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImaginedPassword {
    /// The password.
    #[schema(max_length = 1000, format = Password, examples("korrekt pferd batterie klammer"))]
    password: String,
    /// E-mail address of the account.
    #[serde(default)]
    #[schema(max_length = 254)]
    email: Option<String>,
    /// Name of the account.
    #[serde(default)]
    #[schema(max_length = 200)]
    name: Option<String>,
}

/// What is to be said about a password.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct PasswordStrength {
    /// Whether it would be taken.
    pub acceptable: bool,
    /// How hard it is to guess: 0 (at once) to 4 (very hard).
    #[schema(maximum = 4, examples(4))]
    pub score: u8,
    /// Every reason against it.
    pub reasons: Vec<PasswordReason>,
}

/// A reason against a password.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct PasswordReason {
    /// Stable code.
    #[schema(examples("password-too-short"))]
    pub code: String,
    /// The same for people.
    #[schema(examples("Das Passwort braucht mindestens 12 Zeichen; dieses hat 8."))]
    pub message: String,
}

/// Judge a password
///
/// For a hint while somebody types; nothing is kept or logged. The rules are those of `POST /me/password`: length, and none of those that are tried
/// first (NIST SP 800-63B-4). No kinds of characters are demanded.
#[utoipa::path(
    post, path = "/auth/password-strength", operation_id = "judgePassword", tag = "auth", params(crate::params::Lang), request_body = ImaginedPassword,
    responses(
        (status = 200, description = "What is to be said about it.", body = PasswordStrength, content_type = "application/json", example = json!({
            "acceptable": false, "score": 1, "reasons": [{ "code": "password-common", "message": "Das Passwort gehört zu denen, die zuerst ausprobiert werden." }]
        })),
        problem::Parameters, problem::Bodies
    )
)]
pub(crate) async fn judge_password(
    _: Access<Public>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<ImaginedPassword>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let ImaginedPassword { password, email, name } = body.read().await?;
    let given = [("/body/password", Some(&password), PASSWORD), ("/body/email", email.as_ref(), EMAIL), ("/body/name", name.as_ref(), NAME)];
    if let Some((pointer, _, most)) = given.into_iter().find(|(_, text, most)| text.is_some_and(|text| text.chars().count() > *most)) {
        let long = ValueError::new("text-too-long", format!("Höchstens {most} Zeichen."), format!("At most {most} characters."));
        return Err(ApiError::new(ErrorCode::Invalid).field(pointer, long));
    }
    let context = Context::new(email.as_deref(), name.as_deref(), &state.identity.portal);
    let (wrong, strength) =
        state.hashing.run(move || Ok((password_rules::check(&password, &context), password_rules::strength(&password, &context)))).await?;
    let reason = |wrong: ValueError| PasswordReason { code: wrong.code.clone(), message: language.choose_error(wrong) };
    let reasons: Vec<PasswordReason> = wrong.into_iter().map(reason).collect();
    Ok(HttpResponse::Ok().json(PasswordStrength { acceptable: reasons.is_empty(), score: strength.score, reasons }))
}
