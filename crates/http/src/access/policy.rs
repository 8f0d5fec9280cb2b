//! Policies: what a route demands of whoever asks.

use super::Access;
use domain::accounts::Capability;
use domain::accounts::may;
use std::marker::PhantomData;

/// What a route demands, as a type.
pub(crate) trait Policy: 'static {
    /// The same as a value.
    const RULE: Rule;
}

/// What a route demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rule {
    /// Of whom.
    pub(crate) who: Who,
    /// Whether the person must have proved who they are within [`RECENT`].
    pub(crate) recently: bool,
}

/// Who may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// Anybody.
    Anyone,
    /// Whoever holds the cookie of a session; the handler looks.
    Cookie,
    /// A person in a session.
    Person,
    /// Whoever has this capability somewhere: a person or a partner system.
    Holder(Capability),
}

/// How long a proof of who one is counts as recent, in seconds.
pub(crate) const RECENT: i64 = 600;

/// Anybody.
pub(crate) struct Public;

/// Anybody who sends the session's cookie from the portal's own pages.
pub(crate) struct Cookie;

/// A person in a session. While a second factor is missing, too: this is where it is set up.
pub(crate) struct SignedIn;

/// Whoever has the capability `C` somewhere.
pub(crate) struct May<C>(PhantomData<C>);

/// The same as `P`, for people who have proved who they are a moment ago.
pub(crate) struct Recently<P>(PhantomData<P>);

impl Policy for Public {
    const RULE: Rule = Rule { who: Who::Anyone, recently: false };
}

impl Policy for Cookie {
    const RULE: Rule = Rule { who: Who::Cookie, recently: false };
}

impl Policy for SignedIn {
    const RULE: Rule = Rule { who: Who::Person, recently: false };
}

impl<C: may::May> Policy for May<C> {
    const RULE: Rule = Rule { who: Who::Holder(C::CAPABILITY), recently: false };
}

impl<P: Policy> Policy for Recently<P> {
    const RULE: Rule = Rule { recently: true, ..P::RULE };
}

/// Handlers with these arguments may stand behind the policy: those that ask for its [`Access`] first. Public ones need not ask.
#[diagnostic::on_unimplemented(message = "the handler's first argument must be `Access<{Self}>`")]
pub(crate) trait Admits<Arguments>: Policy {}

impl<Arguments> Admits<Arguments> for Public {}

macro_rules! admits {
    ($($argument:ident)*) => {
        impl<$($argument),*> Admits<(Access<Cookie>, $($argument,)*)> for Cookie {}
        impl<$($argument),*> Admits<(Access<SignedIn>, $($argument,)*)> for SignedIn {}
        impl<C: may::May, $($argument),*> Admits<(Access<May<C>>, $($argument,)*)> for May<C> {}
        impl<P: Policy, $($argument),*> Admits<(Access<Recently<P>>, $($argument,)*)> for Recently<P> {}
    };
}

admits! {}
admits! { A1 }
admits! { A1 A2 }
admits! { A1 A2 A3 }
admits! { A1 A2 A3 A4 }
admits! { A1 A2 A3 A4 A5 }
