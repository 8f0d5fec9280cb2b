//! The filters that hold codes. Their names are the parameters of the API and the keys of the facets.

use domain::vocabularies::ids;

macro_rules! facets {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident $parameter:literal $vocabulary:expr;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Name of the parameter and key of the facet.
            pub fn parameter(self) -> &'static str { match self { $(Self::$variant => $parameter,)* } }

            /// Id of the vocabulary its codes come from; `None` for areas and sponsors.
            pub fn vocabulary(self) -> Option<&'static str> { match self { $(Self::$variant => $vocabulary,)* } }

            /// The facet of a parameter.
            pub fn from_parameter(parameter: &str) -> Option<Self> { Self::ALL.iter().copied().find(|f| f.parameter() == parameter) }

            /// Position in [`Self::ALL`].
            pub(crate) fn ordinal(self) -> usize { self as usize }
        }
    };
}

facets! {
    /// A filter of offers that holds codes.
    OfferFacet {
        /// Topics; a topic includes its narrower topics.
        Topic "topic" Some(ids::TOPICS);
        /// Life phases.
        LifePhase "lifePhase" Some(ids::LIFE_PHASES);
        /// Target groups.
        TargetGroup "targetGroup" Some(ids::TARGET_GROUPS);
        /// Kinds of offer.
        Kind "kind" Some(ids::OFFER_KINDS);
        /// Delivery modes.
        DeliveryMode "deliveryMode" Some(ids::DELIVERY_MODES);
        /// Areas; a county or Amt includes its municipalities.
        Area "area" None;
        /// Languages of instruction.
        Language "language" Some(ids::LANGUAGES);
        /// Language levels that are passed through.
        Level "level" Some(ids::LANGUAGE_LEVELS);
        /// Course types of the Federal Office for Migration and Refugees.
        BamfCourseType "bamfCourseType" Some(ids::BAMF_COURSE_TYPES);
        /// Ways to pay for it.
        Funding "funding" Some(ids::FUNDING_TYPES);
        /// What is needed to take part; [`NOT_STATED`] where nothing is said.
        EntryRequirement "entryRequirement" Some(ids::ENTRY_REQUIREMENTS);
        /// Accessibility criteria answered with yes or partly by the offer or one of its places. All chosen ones must hold.
        Accessibility "accessibility" Some(ids::ACCESSIBILITY_CRITERIA);
        /// How the price is stated.
        Price "price" Some(ids::PRICE_TYPES);
        /// Kinds of the organisation.
        OrganizationKind "organizationKind" Some(ids::ORGANIZATION_KINDS);
        /// Days of the week with a session.
        Weekday "weekday" Some(ids::WEEKDAYS);
        /// Times of day with a session.
        DayTime "dayTime" Some(ids::DAY_TIMES);
    }
}

facets! {
    /// A filter of organisations that holds codes.
    OrganizationFacet {
        /// Kinds of organisation.
        Kind "kind" Some(ids::ORGANIZATION_KINDS);
        /// Areas; a county or Amt includes its municipalities.
        Area "area" None;
        /// Sponsors.
        Sponsor "sponsor" None;
    }
}

/// The entry requirement of an offer that says nothing about requirements. Not a concept: nothing said is not "none".
pub const NOT_STATED: &str = "not-stated";

impl OfferFacet {
    /// Whether all chosen values must hold, not only one of them.
    pub fn all_must_hold(self) -> bool {
        self == Self::Accessibility
    }
}
