//! The edge: what the server is told of the world in front of it. Nothing of it is believed because a request says so.

use crate::state::AppState;
use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderMap, HeaderName};
use actix_web::web::Data;
use ipnet::IpNet;
use std::net::IpAddr;
use url::Url;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// What the server is told of the world in front of it.
#[derive(Debug, Clone, Default)]
pub struct Edge {
    trusted: Vec<IpNet>,
    allowed: Vec<String>,
    own: Option<String>,
}

impl Edge {
    /// `trusted_proxies`: networks (`10.0.0.0/8`) or addresses of the reverse proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are
    /// believed. `allowed_origins`: other origins (`https://app.example.org`) whose pages may use the whole API. `public_url`: how the world
    /// knows the portal.
    pub fn new(trusted_proxies: &[String], allowed_origins: &[String], public_url: Option<&str>) -> Result<Self, EdgeError> {
        let network = |text: &String| {
            let network = text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
            network.ok_or_else(|| EdgeError::Network(text.clone()))
        };
        let allowed = |text: &String| match origin(text) {
            Some(origin) if origin == *text && !text.contains('*') => Ok(origin),
            _ => Err(EdgeError::Origin(text.clone())),
        };
        let own = public_url.map(|url| origin(url).ok_or_else(|| EdgeError::Origin(url.to_owned()))).transpose()?;
        Ok(Self {
            trusted: trusted_proxies.iter().map(network).collect::<Result<_, _>>()?,
            allowed: allowed_origins.iter().map(allowed).collect::<Result<_, _>>()?,
            own,
        })
    }

    /// Whether a proxy may say who is behind it.
    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.contains(&address))
    }

    /// Whether nobody is trusted to say who is behind them.
    pub(crate) fn is_direct(&self) -> bool {
        self.trusted.is_empty()
    }

    /// Whether the world only knows the portal with TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.own.as_deref().is_some_and(|own| own.starts_with("https://"))
    }

    /// Whether any other origin may use the whole API.
    pub(crate) fn lists_origins(&self) -> bool {
        !self.allowed.is_empty()
    }

    /// Whether pages of this origin may use the whole API. The comparison is exact (RFC 6454).
    pub(crate) fn allows(&self, origin: &str) -> bool {
        self.allowed.iter().any(|allowed| allowed == origin)
    }

    /// Whether this is the origin of the portal itself: the one of its public address, else the host that was asked for.
    pub(crate) fn is_own(&self, origin: &str, request: &HttpRequest) -> bool {
        if let Some(own) = &self.own {
            return own == origin;
        }
        // Without a public address the scheme is not known: a proxy may speak TLS in front.
        let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
        let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        authority.is_some() && authority == host
    }

    /// The origin of the portal, for absolute addresses: the public one, else the host that was asked for.
    pub(crate) fn origin(&self, request: &HttpRequest) -> String {
        if let Some(own) = &self.own {
            return own.clone();
        }
        let headers = request.headers();
        let told = request.peer_addr().is_some_and(|peer| self.trusts(peer.ip().to_canonical()));
        let secure = told && headers.get(FORWARDED_PROTO).is_some_and(|proto| proto.as_bytes().eq_ignore_ascii_case(b"https"));
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        format!("{}://{host}", if secure { "https" } else { "http" })
    }

    /// The address behind `peer`: what the proxies in front say, as far as they are trusted. `X-Forwarded-For` is read from its end, where the
    /// nearest proxy has written; the first entry that nobody trusted has written is the client's own claim, and so is everything before it.
    pub(crate) fn address_behind(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut nearest = peer.to_canonical();
        if self.is_direct() || !self.trusts(nearest) {
            return nearest;
        }
        let lines: Vec<&str> = headers.get_all(FORWARDED_FOR).map(|line| line.to_str().unwrap_or_default()).collect();
        for entry in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            let Some(address) = address(entry) else { break };
            nearest = address;
            if !self.trusts(nearest) {
                break;
            }
        }
        nearest
    }
}

/// The origin of the portal, for absolute addresses. Only a trusted proxy is asked for the scheme.
pub(crate) fn own_origin(request: &HttpRequest) -> String {
    match request.app_data::<Data<AppState>>() {
        Some(state) => state.limits.edge.origin(request),
        None => Edge::default().origin(request),
    }
}

/// Why an edge is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EdgeError {
    /// Not a network.
    #[error("“{0}” is no network (10.0.0.0/8) and no address")]
    Network(String),
    /// Not an origin.
    #[error("“{0}” is no origin (https://app.example.org, without a slash at the end)")]
    Origin(String),
}

/// The origin of an address of the web (RFC 6454).
fn origin(url: &str) -> Option<String> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    Some(url.origin().ascii_serialization())
}

/// An entry of `X-Forwarded-For`: an address, perhaps with a port.
fn address(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let bare = match entry.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None if entry.matches(':').count() == 1 => entry.split(':').next().unwrap_or_default(),
        None => entry,
    };
    bare.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn behind(trusted: &[&str], peer: &str, forwarded: &[&str]) -> String {
        let edge = Edge::new(&trusted.iter().map(|network| (*network).to_owned()).collect::<Vec<_>>(), &[], None).unwrap();
        let request = forwarded.iter().fold(TestRequest::get(), |request, line| request.append_header((FORWARDED_FOR, *line))).to_http_request();
        edge.address_behind(peer.parse().unwrap(), request.headers()).to_string()
    }

    // ASVS 5.0 V4.1.3
    // ASVS 5.0 V15.3.4
    #[test]
    fn the_address_is_what_trusted_proxies_say_and_nobody_else() {
        let none: &[&str] = &[];
        assert_eq!(behind(none, "192.0.2.1", &["203.0.113.9"]), "192.0.2.1", "nobody is trusted");
        assert_eq!(behind(&["10.0.0.0/8"], "192.0.2.1", &["203.0.113.9"]), "192.0.2.1", "the peer is no proxy of ours");
        assert_eq!(behind(&["10.0.0.0/8"], "10.0.0.1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(behind(&["10.0.0.0/8"], "10.0.0.1", &["1.1.1.1, 203.0.113.9"]), "203.0.113.9", "what the client wrote in front does not count");
        assert_eq!(behind(&["10.0.0.0/8"], "10.0.0.1", &["1.1.1.1", "203.0.113.9, 10.0.0.7"]), "203.0.113.9", "two proxies, two lines");
        assert_eq!(behind(&["10.0.0.0/8"], "10.0.0.1", &["10.0.0.7, 10.0.0.8"]), "10.0.0.7", "all the way through our own proxies");
        assert_eq!(behind(&["10.0.0.0/8"], "10.0.0.1", &["203.0.113.9, unknown"]), "10.0.0.1", "what cannot be read ends the search");
        assert_eq!(behind(&["10.0.0.0/8"], "10.0.0.1", none), "10.0.0.1");
        assert_eq!(behind(&["10.0.0.0/8"], "::ffff:10.0.0.1", &["203.0.113.9:4711"]), "203.0.113.9", "mapped peer, entry with port");
        assert_eq!(behind(&["fd00::/8"], "fd00::1", &["[2001:db8::5]:443"]), "2001:db8::5");
    }

    #[test]
    fn the_own_origin_is_the_public_address_or_the_host() {
        let request = TestRequest::get().insert_header((header::HOST, "portal.test:8080")).to_http_request();
        let public = Edge::new(&[], &[], Some("https://bildung.example.org")).unwrap();
        assert!(public.is_own("https://bildung.example.org", &request) && public.is_secure());
        for foreign in ["http://bildung.example.org", "https://portal.test:8080", "null", "https://bildung.example.org.evil.test", ""] {
            assert!(!public.is_own(foreign, &request), "{foreign}");
        }
        let unknown = Edge::default();
        assert!(unknown.is_own("https://portal.test:8080", &request) && unknown.is_own("http://portal.test:8080", &request));
        for foreign in ["https://portal.test", "portal.test:8080", "null", "http://evil.test"] {
            assert!(!unknown.is_own(foreign, &request), "{foreign}");
        }
        assert!(!Edge::default().is_own("null", &TestRequest::get().to_http_request()));
    }

    #[test]
    fn an_edge_is_described_exactly() {
        let trusted = |text: &str| Edge::new(&[text.to_owned()], &[], None).map(drop);
        assert!(trusted("10.0.0.0/8").is_ok() && trusted("127.0.0.1").is_ok() && trusted("fd00::/8").is_ok());
        assert_eq!(trusted("localhost"), Err(EdgeError::Network("localhost".into())));
        let allowed = |text: &str| Edge::new(&[], &[text.to_owned()], None).map(drop);
        assert!(allowed("https://app.example.org").is_ok() && allowed("http://localhost:5173").is_ok());
        for wrong in ["*", "null", "https://app.example.org/", "https://App.example.org", "https://app.example.org:443", "https://*.example.org"] {
            assert_eq!(allowed(wrong), Err(EdgeError::Origin(wrong.into())), "{wrong}");
        }
    }

    // ASVS 5.0 V4.1.3
    #[test]
    fn only_a_trusted_proxy_makes_an_address_secure() {
        let peer = |address: &str| {
            let request = TestRequest::get().peer_addr(format!("{address}:1").parse().unwrap());
            let request = request.insert_header((header::HOST, "portal.test")).insert_header((FORWARDED_PROTO, "https"));
            request.insert_header(("x-forwarded-host", "evil.test")).to_http_request()
        };
        let edge = Edge::new(&["10.0.0.0/8".into()], &[], None).unwrap();
        assert_eq!(edge.origin(&peer("10.0.0.1")), "https://portal.test");
        assert_eq!(edge.origin(&peer("192.0.2.1")), "http://portal.test");
    }
}
