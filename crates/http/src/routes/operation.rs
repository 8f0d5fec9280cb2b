//! For whoever keeps the server running.

use super::operations;
use crate::access::Public;

operations! { "";
    "/healthz" { get Public => health::healthz }
    "/readyz" { get Public => health::readyz }
}
