import { useTranslations } from 'use-intl';
import { activeFilters, withoutFilter } from '#/features/catalogue/offer-filters';
import type { OfferSearch } from '#/features/catalogue/offer-search';
import { useFilterLabel } from '#/features/catalogue/parts/filter-labels';
import { Button } from '#/ui/Button';
import { RemovableTag } from '#/ui/Tag';

export interface ActiveFiltersProps {
  search: OfferSearch;
  onChange: (search: OfferSearch) => void;
}

/** Everything that narrows the list, each removable with one press. */
export function ActiveFilters({ search, onChange }: ActiveFiltersProps) {
  const t = useTranslations('filter');
  const filterLabel = useFilterLabel();
  const active = activeFilters(search);
  if (active.length === 0) return null;
  return (
    <div className="active-filters">
      <h3 className="visually-hidden">{t('active')}</h3>
      <ul className="active-filters__list">
        {active.map((filter) => {
          const { name, value } = filterLabel(filter, search.radius);
          const text = value ? `${name}: ${value}` : name;
          return (
            <li key={`${filter.parameter}-${filter.value}`}>
              <RemovableTag
                removeLabel={t('remove', { filter: text })}
                onRemove={() => onChange(withoutFilter(search, filter))}
              >
                {text}
              </RemovableTag>
            </li>
          );
        })}
        {active.length > 1 ? (
          <li>
            <Button variant="quiet" size="sm" onClick={() => onChange({ view: search.view })}>
              {t('removeAll')}
            </Button>
          </li>
        ) : null}
      </ul>
    </div>
  );
}
