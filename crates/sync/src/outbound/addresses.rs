//! Which addresses may be asked.

use super::OutboundError;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};

/// Where requests may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addresses {
    /// To the public internet alone.
    GlobalOnly,
    /// Also to this machine, by http, too. For tests and development: whoever may give an address reaches everything that listens here.
    LoopbackToo,
}

impl Addresses {
    pub(super) fn permits(self, address: IpAddr) -> bool {
        is_public(address) || (self == Self::LoopbackToo && address.to_canonical().is_loopback())
    }
}

/// Whether an address is a global unicast one that belongs to nobody in particular (IANA special-purpose registries, RFC 6890 and its
/// successors). Addresses that carry another one inside are judged by that one.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    // Inside a large cloud this public address answers with what only its own machines should know.
    if address == Ipv4Addr::new(168, 63, 129, 16) {
        return false;
    }
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127, _, _)                  // this network, private, loopback
            | (100, 64..=127, _)              // shared (carrier-grade NAT)
            | (169, 254, _)                   // link-local, and with it the metadata services of clouds
            | (172, 16..=31, _)               // private
            | (192, 0, 0 | 2)                 // protocol assignments, documentation
            | (192, 31, 196)                  // AS112
            | (192, 52, 193)                  // AMT
            | (192, 88, 99)                   // 6to4 relays
            | (192, 168, _)                   // private
            | (192, 175, 48)                  // AS112
            | (198, 18..=19, _)               // benchmarking
            | (198, 51, 100)                  // documentation
            | (203, 0, 113)                   // documentation
            | (224..=255, _, _) // multicast, reserved, broadcast
    );
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let carried = |high: u16, low: u16| is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match address.segments() {
        // IPv4-mapped; IPv4-compatible ones (::a.b.c.d) were never global.
        [0, 0, 0, 0, 0, 0xffff, high, low] => carried(high, low),
        // NAT64: the well-known prefix leads to the IPv4 address inside, the local one (64:ff9b:1::/48) wherever its operator likes.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => carried(high, low),
        // 6to4 leads to the IPv4 address inside.
        [0x2002, high, low, ..] => carried(high, low),
        // Protocol assignments with Teredo, ORCHID and benchmarking; documentation.
        [0x2001, 0x0000..=0x01ff, ..] | [0x2001, 0x0db8, ..] | [0x3fff, 0x0000..=0x0fff, ..] => false,
        // Everything else that is global unicast begins with 001.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// Looks names up and refuses those with any address that may not be asked: a name that points inside is not there by accident.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resolver(pub(super) Addresses);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let permitted = self.0;
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found = tokio::task::spawn_blocking(move || look_up(permitted, &host)).await??;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

fn look_up(permitted: Addresses, host: &str) -> Result<Vec<SocketAddr>, OutboundError> {
    let found: Vec<SocketAddr> = (host, 0).to_socket_addrs().map_err(|_| OutboundError::Unreachable(host.to_owned()))?.collect();
    if found.iter().all(|address| permitted.permits(address.ip())) { Ok(found) } else { Err(OutboundError::Private(host.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        for text in ["93.184.215.14", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808"] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
        let inside = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.254",
            "168.63.129.16",
            "100.100.100.200",
            "192.0.0.192",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::808:808",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "3fff::1",
            "fc00::1",
            "fd12:3456::1",
            "fd00:ec2::254",
            "2001:0:7f00:1::1",
            "::ffff:169.254.169.254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "5f00::1",
        ];
        for text in inside {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }
}
