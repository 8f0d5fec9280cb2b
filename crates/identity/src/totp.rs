//! One-time codes from an authenticator app (RFC 6238: SHA-1, 6 digits, 30 seconds), each good for one use.

use domain::{Rng, Timestamp};
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt;
use std::fmt::Write as _;
use subtle::ConstantTimeEq;

/// Length of a step in seconds.
const STEP: i64 = 30;
const DIGITS: usize = 6;
/// Modules of white around a QR code (ISO/IEC 18004).
const QUIET: i32 = 4;

/// The shared secret does not fit the library, or its address does not fit into a QR code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the authenticator secret cannot be shown: {0}")]
pub struct TotpError(String);

/// The secret shared with an app: 160 random bits, as RFC 4226 recommends. Kept sealed; `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret([u8; 20]);

impl TotpSecret {
    /// A new secret.
    pub fn new(rng: &dyn Rng) -> Self {
        let mut bytes = [0u8; 20];
        rng.fill(&mut bytes);
        Self(bytes)
    }

    /// The secret from its 20 bytes, as they come out of the seal.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The 20 bytes, to seal them.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// For people who type it: base32 without padding, 32 characters.
    pub fn to_base32(&self) -> String {
        totp_rs::Secret::from(self.0).to_base32()
    }

    /// The `otpauth:` address that apps read from the QR code. A colon would end the issuer and is left out.
    ///
    /// # Errors
    /// If `account` is empty.
    pub fn uri(&self, issuer: &str, account: &str) -> Result<String, TotpError> {
        let plain = |text: &str| text.replace(':', " ");
        let builder = self.builder().with_issuer(Some(plain(issuer))).with_account_name(plain(account));
        let totp = builder.build().map_err(|error| TotpError(error.to_string()))?;
        totp.to_url().map_err(|error| TotpError(error.to_string()))
    }

    /// Checks a code against the steps before, at and after `now` and gives the step it belongs to. Steps up to `last_step`, the one last used,
    /// are not taken again: keep what this gives in the same transaction that lets the person in. Spaces in the code are ignored.
    pub fn verify(&self, code: &str, now: Timestamp, last_step: Option<i64>) -> Option<i64> {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        if code.len() != DIGITS || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let current = now.timestamp().div_euclid(STEP);
        [current, current - 1, current + 1]
            .into_iter()
            .filter(|step| last_step.is_none_or(|last| *step > last))
            .find(|step| self.code(*step).is_some_and(|expected| expected.as_bytes().ct_eq(code.as_bytes()).into()))
    }

    /// The code of a step; none before 1970.
    pub fn code(&self, step: i64) -> Option<String> {
        let seconds = u64::try_from(step.checked_mul(STEP)?).ok()?;
        self.builder().build().ok().map(|totp| totp.generate(seconds).to_string())
    }

    fn builder(&self) -> totp_rs::Builder {
        totp_rs::Builder::new().with_secret(self.0)
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

/// A QR code as SVG, dark on white in both colour schemes, hidden from assistive technology: the secret stands beside it as text.
///
/// # Errors
/// If the text is too long for a QR code (about 2,300 bytes).
pub fn qr_svg(text: &str) -> Result<String, TotpError> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|error| TotpError(error.to_string()))?;
    let size = code.size() + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            // Writing into a string cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges" aria-hidden="true"><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>"##
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::SystemRng;

    fn at(seconds: i64) -> Timestamp {
        chrono::DateTime::from_timestamp(seconds, 0).unwrap()
    }

    /// RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let secret = TotpSecret::from_bytes(b"12345678901234567890").unwrap();
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")] {
            assert_eq!(secret.verify(code, at(seconds), None), Some(seconds / 30), "{seconds}");
        }
        assert_eq!(secret.to_base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(format!("{secret:?}"), "TotpSecret(…)");
    }

    #[test]
    fn a_code_is_good_once_and_one_step_around() {
        let secret = TotpSecret::new(&SystemRng);
        let (now, step) = (at(1_800_000_015), 60_000_000);
        let code = secret.code(step).unwrap();
        assert_eq!(secret.verify(&code, now, None), Some(step));
        assert_eq!(secret.verify(&format!("{} {}", &code[..3], &code[3..]), now, Some(step - 1)), Some(step));
        assert_eq!(secret.verify(&code, now, Some(step)), None, "used");
        assert_eq!(secret.verify(&code, at(1_800_000_045), None), Some(step), "the step before");
        assert_eq!(secret.verify(&code, at(1_799_999_985), None), Some(step), "the step after");
        assert_eq!(secret.verify(&secret.code(step - 1).unwrap(), now, Some(step)), None, "older than the last one used");
        for other in [step - 2, step + 2] {
            let far = secret.code(other).unwrap();
            let near = (step - 1..=step + 1).any(|step| secret.code(step).unwrap() == far);
            assert!(near || secret.verify(&far, now, None).is_none());
        }
        for wrong in ["", "12345", "1234567", "+12345", "12345a", "１２３４５６"] {
            assert_eq!(secret.verify(wrong, now, None), None, "{wrong}");
        }
    }

    #[test]
    fn apps_can_read_the_address() {
        let secret = TotpSecret::from_bytes(b"12345678901234567890").unwrap();
        let uri = secret.uri("Bildung: Ludwigslust & Parchim", "kontakt+x@example.org").unwrap();
        let parsed = totp_rs::Totp::from_url(&uri).unwrap();
        assert_eq!(parsed.issuer(), Some("Bildung  Ludwigslust & Parchim"));
        assert_eq!(parsed.generate(59).to_string(), "287082");
        assert!(uri.starts_with("otpauth://totp/"), "{uri}");
        assert!(secret.uri("Portal", "").is_err());
        assert_eq!(TotpSecret::from_bytes(b"short"), None);
    }

    #[test]
    fn the_qr_code_is_an_image_without_script_or_style() {
        let svg = qr_svg(&TotpSecret::new(&SystemRng).uri("Portal", "a@b.de").unwrap()).unwrap();
        assert!(svg.starts_with("<svg xmlns") && svg.ends_with("</svg>"));
        assert!(!svg.contains("style") && !svg.contains("script"));
        assert!(svg.len() < 40_000, "{}", svg.len());
        assert!(qr_svg(&"x".repeat(5000)).is_err());
    }
}
