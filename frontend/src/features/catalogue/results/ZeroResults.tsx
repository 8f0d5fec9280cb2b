import { useTranslations } from 'use-intl';
import type { SearchHelp } from '#/api/types';
import { type ActiveFilter, activeFilters, withoutFilter } from '#/features/catalogue/offer-filters';
import type { OfferSearch } from '#/features/catalogue/offer-search';
import { useFilterLabel } from '#/features/catalogue/parts/filter-labels';
import { Button } from '#/ui/Button';
import { EmptyState } from '#/ui/EmptyState';

export interface ZeroResultsProps {
  search: OfferSearch;
  help: SearchHelp | undefined | null;
  onChange: (search: OfferSearch) => void;
}

/** Nothing found: the word that may have been meant, and which filter emptied the list. */
export function ZeroResults({ search, help, onChange }: ZeroResultsProps) {
  const t = useTranslations('results');
  const filterLabel = useFilterLabel();
  const active = activeFilters(search);
  const culprits = (help?.emptiedBy ?? []).flatMap(({ parameter, value, totalWithout }) => {
    const filters = active.filter(
      (filter: ActiveFilter) => filter.parameter === parameter && (value == null || filter.value === value),
    );
    return filters.length > 0 && totalWithout > 0 ? [{ filters, totalWithout }] : [];
  });
  return (
    <EmptyState title={t('nothing')} level={3}>
      {help?.didYouMean ? (
        <p>
          {t('didYouMean')}{' '}
          <button
            type="button"
            className="did-you-mean__word"
            onClick={() => onChange({ ...search, q: help.didYouMean ?? undefined })}
          >
            {help.didYouMean}
          </button>
        </p>
      ) : null}
      {culprits.length > 0 ? (
        <>
          <p>{t('emptiedBy')}</p>
          <ul className="zero-results__filters">
            {culprits.map(({ filters, totalWithout }) => {
              const text = filters
                .map((filter) => filterLabel(filter, search.radius))
                .map(({ name, value }) => (value ? `${name}: ${value}` : name))
                .join(', ');
              return (
                <li key={text}>
                  <Button
                    variant="secondary"
                    icon="close"
                    onClick={() =>
                      onChange(filters.reduce((rest, filter) => withoutFilter(rest, filter), search))
                    }
                  >
                    {t('without', { filter: text, count: totalWithout })}
                  </Button>
                </li>
              );
            })}
          </ul>
        </>
      ) : (
        <p>{t('tips')}</p>
      )}
      {active.length > 0 ? (
        <p>
          <Button variant="quiet" onClick={() => onChange({})}>
            {t('startOver')}
          </Button>
        </p>
      ) : null}
    </EmptyState>
  );
}
