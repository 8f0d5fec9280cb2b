import { useTranslations } from 'use-intl';
import { defaultSort, type OfferSearch, type Sort, sorts } from '#/features/catalogue/offer-search';
import { Button } from '#/ui/Button';
import { Select } from '#/ui/Select';

export interface ToolbarProps {
  search: OfferSearch;
  countText: string | undefined;
  loading: boolean;
  onChange: (search: OfferSearch) => void;
}

export function Toolbar({ search, countText, loading, onChange }: ToolbarProps) {
  const t = useTranslations('results');
  const possible = sorts.filter(
    (sort) => (sort !== 'distance' || search.near) && (sort !== 'relevance' || search.q),
  );
  const map = search.view === 'map';
  return (
    <div className="results__toolbar">
      <h2 className="results__count" id="results-count">
        {loading || countText === undefined ? t('loading') : countText}
      </h2>
      <div className="results__tools">
        <Select
          className="results__sort"
          label={t('sort')}
          hideLabel
          value={search.sort ?? defaultSort(search)}
          options={possible.map((sort) => ({ value: sort, label: t(`sortBy.${sort}`) }))}
          onChange={(sort) => onChange({ ...search, sort: sort as Sort })}
        />
        <Button
          variant="secondary"
          icon={map ? 'list' : 'map'}
          aria-pressed={map}
          onClick={() => onChange({ ...search, view: map ? undefined : 'map' })}
        >
          {map ? t('hideMap') : t('showMap')}
        </Button>
      </div>
    </div>
  );
}
