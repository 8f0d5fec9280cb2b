//! Codes of filters as small numbers, the same in every segment.

use super::document::OF_ORGANIZATION;
use crate::catalogue::{OfferFacet, OrganizationFacet};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// The number of facets of offers; groups from here on are facets of organisations.
pub(crate) const OFFER_GROUPS: usize = OfferFacet::ALL.len();

/// The group of a facet of organisations.
pub(crate) fn group_of_organization(facet: OrganizationFacet) -> usize {
    OFFER_GROUPS + facet.ordinal()
}

/// A code that is counted.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    /// Which facet it belongs to.
    pub(crate) group: usize,
    /// The code.
    pub(crate) code: Arc<str>,
}

/// Says of a term that it is not counted.
pub(super) const UNCOUNTED: u16 = u16::MAX;

/// All codes met so far; it only grows.
#[derive(Debug, Default)]
pub(super) struct CodeTable(RwLock<Inner>);

#[derive(Debug, Default)]
struct Inner {
    numbers: HashMap<String, u16>,
    codes: Vec<Code>,
}

impl CodeTable {
    /// The number of a term `parameter=code`; [`UNCOUNTED`] if it belongs to no facet, or if a source floods us with codes.
    pub(super) fn number(&self, term: &str) -> u16 {
        if let Some(number) = self.0.read().unwrap_or_else(PoisonError::into_inner).numbers.get(term) {
            return *number;
        }
        let Some((group, code)) = parse(term) else { return UNCOUNTED };
        let mut inner = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let number = u16::try_from(inner.codes.len()).unwrap_or(UNCOUNTED);
        if number == UNCOUNTED {
            return number;
        }
        if let Some(known) = inner.numbers.get(term) {
            return *known;
        }
        inner.codes.push(Code { group, code: code.into() });
        inner.numbers.insert(term.to_owned(), number);
        number
    }

    /// All codes by number.
    pub(super) fn all(&self) -> Vec<Code> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).codes.clone()
    }
}

fn parse(term: &str) -> Option<(usize, &str)> {
    let (parameter, code) = term.split_once('=')?;
    if let Some(parameter) = parameter.strip_prefix(OF_ORGANIZATION) {
        return Some((group_of_organization(OrganizationFacet::from_parameter(parameter)?), code));
    }
    Some((OfferFacet::from_parameter(parameter)?.ordinal(), code))
}
