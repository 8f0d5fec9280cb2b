//! Who asks, and whether this route is for them.
//!
//! Every line of the route tables names a [`Policy`], and the handler of the line takes the [`Access`] of that policy as its first argument:
//! a route without a policy, or with a handler that does not ask for it, does not compile. `Access` says that somebody may come in; what they
//! may do to which thing is proved again in the transaction that does it (`persistence::access`).

mod bearer;
mod gate;
mod policy;

pub(crate) use gate::Access;
pub(crate) use policy::{Admits, Cookie, May, Policy, Public, RECENT, Recently, Rule, SignedIn, Who};
