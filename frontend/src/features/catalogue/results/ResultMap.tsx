import { lazy, Suspense, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { type RegionArea, useAreas, useBoundaries, useRegion } from '#/api/hooks';
import type { Facets, GeoPoint, OfferItem } from '#/api/types';
import { toggled } from '#/features/catalogue/offer-filters';
import { defaultRadius, type OfferSearch } from '#/features/catalogue/offer-search';
import { positionOf } from '#/features/catalogue/parts/where';
import { Skeleton } from '#/ui/Skeleton';
import { useWide } from './use-wide';

const RegionMap = lazy(() => import('#/ui/RegionMap').then((module) => ({ default: module.RegionMap })));

export interface ResultMapProps {
  search: OfferSearch;
  items: OfferItem[];
  facets: Facets;
  /** Id of the offer that is pointed at in the list. */
  pointed: string | null;
  onChange: (search: OfferSearch) => void;
}

/** The list as a map: shades say how many offers a municipality has, a press filters by it. */
export function ResultMap({ search, items, facets, pointed, onChange }: ResultMapProps) {
  const t = useTranslations('results');
  const wide = useWide();
  const boundaries = useBoundaries();
  const region = useRegion();
  const { areas } = useAreas();
  const counts = useMemo(
    () => Object.fromEntries((facets.area ?? []).map(({ code, count }) => [code, count])),
    [facets.area],
  );
  const towns = useMemo(
    () =>
      areas
        .filter((area) => area.kind === 'municipality' && area.population >= (wide ? 4500 : 12_000))
        .map(({ key }) => key),
    [areas, wide],
  );
  const points = items.flatMap((item) => {
    const geo = item.nextRun?.place?.geo ?? item.place?.geo;
    return geo ? [{ id: item.id, ...geo }] : [];
  });
  const centre = search.near ? (positionOf(search.near) ?? positionOfPostcode(areas, search.near)) : null;
  const chosen = search.area ?? [];

  return (
    <figure className="result-map">
      {boundaries.data ? (
        <Suspense fallback={<Skeleton shape="block" />}>
          <RegionMap
            topology={boundaries.data}
            label={t('mapLabel')}
            counts={counts}
            describe={(name, count) => t('mapArea', { name, count })}
            selected={chosen}
            labelled={towns}
            points={points}
            highlightedPoint={pointed}
            circle={centre ? { ...centre, km: search.radius ?? defaultRadius } : null}
            onSelect={(key) => onChange(toggled(search, 'area', key, !chosen.includes(key)))}
          />
        </Suspense>
      ) : (
        <Skeleton shape="block" />
      )}
      <figcaption className="result-map__caption">
        <span>{t('mapHint')}</span>
        <span>{region.data?.attribution?.[0]?.text}</span>
      </figcaption>
    </figure>
  );
}

/** Roughly where a postcode is: the middle of its municipalities. */
function positionOfPostcode(areas: RegionArea[], postcode: string): GeoPoint | null {
  const inside = areas.filter((area) => area.kind === 'municipality' && area.postcodes.includes(postcode));
  if (inside.length === 0) return null;
  const sum = (of: (area: RegionArea) => number) => inside.reduce((total, area) => total + of(area), 0);
  return { lon: sum((area) => area.lon) / inside.length, lat: sum((area) => area.lat) / inside.length };
}
