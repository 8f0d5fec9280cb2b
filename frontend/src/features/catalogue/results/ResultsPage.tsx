import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOffers } from '#/api/hooks';
import { useLanguage } from '#/app/i18n';
import { PageHeading } from '#/app/page';
import { activeFilters, toOffersQuery } from '#/features/catalogue/offer-filters';
import { type OfferSearch, validateOfferSearch } from '#/features/catalogue/offer-search';
import { SearchForm } from '#/features/catalogue/parts/SearchForm';
import { Button } from '#/ui/Button';
import { Dialog } from '#/ui/Dialog';
import { useAnnouncement } from '#/ui/LiveRegion';
import { ActiveFilters } from './ActiveFilters';
import { FeedLinks } from './FeedLinks';
import { Filters } from './Filters';
import { ResultList } from './ResultList';
import { ResultMap } from './ResultMap';
import { Toolbar } from './Toolbar';
import { useWide } from './use-wide';
import './style.css';

const route = getRouteApi('/$lang/angebote');

export function ResultsPage() {
  const t = useTranslations('results');
  const lang = useLanguage();
  const navigate = useNavigate();
  const search = validateOfferSearch({ ...route.useSearch() });
  const offers = useOffers(toOffersQuery(search));
  const [filtersOpen, setFiltersOpen] = useState(false);
  const [pointed, setPointed] = useState<string | null>(null);
  const wide = useWide();

  const items = offers.data?.pages.flatMap((page) => page.data) ?? [];
  const last = offers.data?.pages[0];
  const total = last?.page.total;
  const filterCount = activeFilters(search).filter(({ parameter }) => parameter !== 'q').length;
  const showMap = search.view === 'map';

  /** A new entry in the history per change, so that “back” undoes one filter. The page stays where it is. */
  function change(next: OfferSearch) {
    void navigate({ to: '/$lang/angebote', params: { lang }, search: next, resetScroll: false });
  }

  const countText = total === undefined ? undefined : t('count', { count: total });
  useAnnouncement(offers.isPlaceholderData ? undefined : countText);

  const filters = (
    <Filters
      search={search}
      facets={last?.facets ?? {}}
      onChange={change}
      key={wide ? 'column' : 'drawer'}
      idPrefix={wide ? 'column' : 'drawer'}
    />
  );

  return (
    <div className="results">
      <div className="results__head">
        <div className="page">
          <PageHeading
            className="results__title"
            title={search.q ? t('titleFor', { q: search.q }) : t('title')}
          >
            {search.q ? t('titleFor', { q: search.q }) : t('title')}
          </PageHeading>
          <SearchForm
            q={search.q}
            near={search.near}
            onSearch={(wanted) =>
              change({
                ...search,
                ...wanted,
                radius: wanted.near ? search.radius : undefined,
                sort: wanted.near ? search.sort : undefined,
              })
            }
          />
        </div>
      </div>
      <div className={showMap ? 'page results__columns results__columns--map' : 'page results__columns'}>
        {wide ? (
          <aside className="results__filters" aria-label={t('filters')}>
            {filters}
          </aside>
        ) : (
          <div className="results__phone-bar">
            <Button variant="secondary" icon="filter" onClick={() => setFiltersOpen(true)}>
              {filterCount > 0 ? t('filtersCount', { count: filterCount }) : t('filters')}
            </Button>
            <Dialog
              open={filtersOpen}
              onClose={() => setFiltersOpen(false)}
              title={t('filters')}
              variant="drawer"
              footer={
                <>
                  <Button onClick={() => setFiltersOpen(false)}>{t('show', { count: total ?? 0 })}</Button>
                  {filterCount > 0 ? (
                    <Button variant="quiet" onClick={() => change({ q: search.q })}>
                      {t('reset')}
                    </Button>
                  ) : null}
                </>
              }
            >
              {filters}
            </Dialog>
          </div>
        )}
        <section className="results__main" aria-labelledby="results-count" aria-busy={offers.isFetching}>
          <Toolbar
            search={search}
            countText={countText}
            loading={offers.isPlaceholderData}
            onChange={change}
          />
          <ActiveFilters search={search} onChange={change} />
          {showMap ? (
            <ResultMap
              search={search}
              items={items}
              facets={last?.facets ?? {}}
              pointed={pointed}
              onChange={change}
            />
          ) : null}
          <ResultList
            search={search}
            offers={offers}
            items={items}
            total={total}
            onChange={change}
            onPoint={showMap ? setPointed : undefined}
          />
          <FeedLinks search={search} />
        </section>
      </div>
    </div>
  );
}
