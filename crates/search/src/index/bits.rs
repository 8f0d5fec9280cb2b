//! A set of documents: one bit each.

/// A set of documents of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// No document out of `len`.
    pub(crate) fn none(len: u32) -> Self {
        Self(vec![0; len.div_ceil(64) as usize])
    }

    /// Adds a document; one that is out of range is ignored.
    pub(crate) fn insert(&mut self, doc: u32) {
        if let Some(word) = self.0.get_mut((doc / 64) as usize) {
            *word |= 1 << (doc % 64);
        }
    }

    /// Whether a document is in it.
    #[inline]
    pub(crate) fn contains(&self, doc: u32) -> bool {
        self.0.get((doc / 64) as usize).is_some_and(|word| word & (1 << (doc % 64)) != 0)
    }

    /// How many documents are in it.
    pub(crate) fn count(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// Keeps what is also in `other`.
    pub(crate) fn and(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    /// Keeps what is not in `other`.
    pub(crate) fn and_not(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= !other;
        }
    }

    /// The documents in ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().zip((0u32..).step_by(64)).flat_map(|(&word, base)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                if rest == 0 {
                    return None;
                }
                let bit = rest.trailing_zeros();
                rest &= rest - 1;
                Some(base + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_documents() {
        let mut bits = Bits::none(130);
        for doc in [0, 63, 64, 129, 900] {
            bits.insert(doc);
        }
        assert_eq!(bits.iter().collect::<Vec<_>>(), [0, 63, 64, 129]);
        assert_eq!(bits.count(), 4);
        let mut other = Bits::none(130);
        other.insert(64);
        let mut rest = bits.clone();
        rest.and_not(&other);
        assert_eq!(rest.iter().collect::<Vec<_>>(), [0, 63, 129]);
        bits.and(&other);
        assert!(bits.contains(64) && !bits.contains(63) && !bits.contains(5000));
    }
}
