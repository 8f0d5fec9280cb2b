//! Who is at the other end. The address is for limits and for the audit log; it never goes to the general log.

use crate::problem::ApiError;
use crate::state::AppState;
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The address of the client, behind the proxies that are trusted. An extractor.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClientAddress(IpAddr);

/// The network of a client: what one household, school or attacker usually has. /24 of IPv4, /56 of IPv6.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Network(IpAddr);

impl ClientAddress {
    /// The address behind a request; `None` where there is no network connection.
    pub(crate) fn of(request: &HttpRequest) -> Option<Self> {
        let peer = request.peer_addr()?.ip();
        let state = request.app_data::<Data<AppState>>();
        Some(Self(state.map_or(peer.to_canonical(), |state| state.limits.edge.address_behind(peer, request.headers()))))
    }

    /// The address.
    pub(crate) fn ip(self) -> IpAddr {
        self.0
    }

    /// The network, for limits.
    pub(crate) fn network(self) -> Network {
        Network(match self.0 {
            IpAddr::V4(address) => IpAddr::V4(Ipv4Addr::from_bits(address.to_bits() & !0xff)),
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 72 << 72)),
        })
    }
}

impl FromRequest for ClientAddress {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request).ok_or_else(|| ApiError::internal("a request without a peer")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_what_one_client_usually_has() {
        let network = |address: &str| ClientAddress(address.parse().unwrap()).network();
        assert!(network("203.0.113.1") == network("203.0.113.254") && network("203.0.113.1") != network("203.0.112.1"));
        assert!(network("2001:db8:0:1200::1") == network("2001:db8:0:12ff:ffff::") && network("2001:db8:0:1200::") != network("2001:db8:0:1300::"));
    }
}
