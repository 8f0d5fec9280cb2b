import { getRouteApi } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useAreas, useBoundaries, useRegion, useSomeOffers, useVocabularies } from '#/api/hooks';
import { PageHeading } from '#/app/page';
import { matchingAreas } from '#/features/catalogue/parts/where';
import { useWide } from '#/features/catalogue/results/use-wide';
import { useAnnouncement } from '#/ui/LiveRegion';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { RegionMap } from '#/ui/RegionMap';
import { SearchField } from '#/ui/SearchField';
import { Select } from '#/ui/Select';
import { Skeleton } from '#/ui/Skeleton';
import { AreaCard } from './AreaCard';
import { AreaList } from './AreaList';
import { Legend } from './Legend';
import { type MapSearch, validateMapSearch } from './map-search';
import './style.css';

const route = getRouteApi('/$lang/karte');

/** How many offers each municipality has: as a drawing, and as a list that says the same. */
export function MapPage() {
  const t = useTranslations('areas');
  const title = useTranslations('map')('title');
  const search = validateMapSearch(route.useSearch());
  const navigate = route.useNavigate();
  const { areas, byKey } = useAreas();
  const boundaries = useBoundaries();
  const region = useRegion();
  const vocabularies = useVocabularies();
  const offers = useSomeOffers({ facets: true, topic: search.topic ? [search.topic] : undefined }, 1);
  const wide = useWide();
  const [pointed, setPointed] = useState<string | null>(null);

  const facet = offers.data?.facets?.area;
  const counts = useMemo(
    () => Object.fromEntries((facet ?? []).map(({ code, count }) => [code, count])),
    [facet],
  );
  const municipal = areas.filter(({ kind }) => kind === 'municipality').map(({ key }) => counts[key] ?? 0);
  const q = useDeferredValue(search.q ?? '');
  const found = useMemo(() => (q.trim() ? matchingAreas(areas, q, 200) : null), [areas, q]);
  // On a phone only the largest towns find room for their names.
  const towns = useMemo(
    () =>
      areas
        .filter((area) => area.kind === 'municipality' && area.population >= (wide ? 4500 : 12_000))
        .map(({ key }) => key),
    [areas, wide],
  );
  const chosen = search.area ? byKey.get(search.area) : undefined;
  useAnnouncement(
    chosen && facet ? t('mapArea', { name: chosen.name, count: counts[chosen.key] ?? 0 }) : undefined,
  );
  useAnnouncement(found ? t('found', { count: found.length }) : undefined);

  const change = (next: MapSearch) =>
    navigate({ search: { ...search, ...next }, replace: true, resetScroll: false });
  const topics = vocabularies.concepts('topics').filter((topic) => !topic.broader);
  const marked = found ? found.map((area) => area.key) : [];

  return (
    <div className="page map-page">
      <PageHeading title={title}>{title}</PageHeading>
      <p className="map-page__lead prose">{t('lead')}</p>
      <search className="map-page__tools">
        <SearchField
          label={t('searchLabel')}
          hint={t('searchHint')}
          value={search.q ?? ''}
          onChange={(text) => change({ q: text || undefined })}
        />
        <Select
          label={t('topic')}
          hint={t('topicHint')}
          value={search.topic ?? ''}
          onChange={(topic) => change({ topic: topic || undefined })}
          options={[
            { value: '', label: t('allTopics') },
            ...topics.map(({ code }) => ({ value: code, label: vocabularies.label('topics', code) })),
          ]}
        />
      </search>
      {offers.error ? <ProblemNotice error={offers.error} onRetry={() => offers.refetch()} /> : null}
      <div className="map-page__grid">
        <figure className="map-page__figure">
          {boundaries.data ? (
            <RegionMap
              topology={boundaries.data}
              label={t('mapLabel')}
              counts={counts}
              describe={(name, count) => t('mapArea', { name, count })}
              selected={chosen ? [chosen.key, ...marked] : marked}
              highlighted={pointed}
              labelled={towns}
              onHighlight={setPointed}
              onSelect={(key) => change({ area: key === search.area ? undefined : key })}
            />
          ) : (
            <Skeleton shape="block" />
          )}
          <figcaption className="map-page__caption">
            <Legend values={municipal} />
            <span>{t('mapHint')}</span>
            <span>{region.data?.attribution?.[0]?.text}</span>
          </figcaption>
        </figure>
        <div className="map-page__list">
          {chosen ? (
            <AreaCard
              area={chosen}
              amt={byKey.get(chosen.parent ?? '')}
              count={counts[chosen.key] ?? 0}
              topic={search.topic}
              onClose={() => change({ area: undefined })}
            />
          ) : null}
          <AreaList
            areas={areas}
            byKey={byKey}
            counts={counts}
            found={found}
            topic={search.topic}
            onPoint={setPointed}
          />
        </div>
      </div>
    </div>
  );
}
