import { keepPreviousData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLanguage } from '#/app/i18n';
import type { AreaTopology } from '#/ui/RegionMap';
import { $api } from './client';
import type { Area, ContentLanguage, OffersQuery, OrganizationsQuery } from './types';

/** Changes with a new version of the portal only. */
const forever = { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY };

const paging = {
  pageParamName: 'cursor',
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last: { page: { next: string | null } }) => last.page.next ?? undefined,
  placeholderData: keepPreviousData,
};

/** The list of offers with facets, page by page. The last results stay on screen while others load. */
export function useOffers(query: OffersQuery) {
  const lang = useLanguage();
  return $api.useInfiniteQuery(
    'get',
    '/api/v1/offers',
    { params: { query: { ...query, facets: true, limit: 20, lang } } },
    paging,
  );
}

/** The first few offers of a query, for teasers. */
export function useSomeOffers(query: OffersQuery & { facets?: boolean }, limit: number) {
  const lang = useLanguage();
  return $api.useQuery('get', '/api/v1/offers', { params: { query: { ...query, limit, lang } } });
}

/** One offer, in the language of the page or in another one of its languages. */
export function useOffer(id: string, contentLanguage?: ContentLanguage) {
  const lang = useLanguage();
  return $api.useQuery('get', '/api/v1/offers/{id}', {
    params: { path: { id }, query: { lang: contentLanguage ?? lang } },
  });
}

/** The list of organisations with facets, page by page. */
export function useOrganizations(query: OrganizationsQuery) {
  const lang = useLanguage();
  return $api.useInfiniteQuery(
    'get',
    '/api/v1/organizations',
    { params: { query: { ...query, facets: true, limit: 24, lang } } },
    paging,
  );
}

/** One organisation, in the language of the page or in another one of its languages. */
export function useOrganization(id: string, contentLanguage?: ContentLanguage) {
  const lang = useLanguage();
  return $api.useQuery('get', '/api/v1/organizations/{id}', {
    params: { path: { id }, query: { lang: contentLanguage ?? lang } },
  });
}

/** Facts about the region and the size of the catalogue. */
export function useRegion() {
  const lang = useLanguage();
  return $api.useQuery('get', '/api/v1/region', { params: { query: { lang } } }, { staleTime: 5 * 60_000 });
}

/** Boundaries of the municipalities for `RegionMap`. */
export function useBoundaries() {
  const query = $api.useQuery('get', '/api/v1/areas/boundaries', {}, forever);
  return { ...query, data: query.data as AreaTopology | undefined };
}

/** An area as the interface uses it: nothing optional that every area has. */
export interface RegionArea {
  key: string;
  kind: Area['kind'];
  name: string;
  town: boolean;
  parent: string | undefined;
  population: number;
  lon: number;
  lat: number;
  postcodes: readonly string[];
}

function regionArea({ key, kind, name, town, parent, population, centre, postcodes }: Area): RegionArea {
  const [lon = 0, lat = 0] = centre;
  return {
    key,
    kind,
    name,
    town: town ?? false,
    parent: parent ?? undefined,
    population: population ?? 0,
    lon,
    lat,
    postcodes: postcodes ?? [],
  };
}

/** All areas of the region, with a look-up by key. */
export function useAreas() {
  const { data } = $api.useQuery('get', '/api/v1/areas', {}, forever);
  return useMemo(() => {
    const areas = (data?.data ?? []).map(regionArea);
    return { areas, byKey: new Map(areas.map((area) => [area.key, area])) };
  }, [data]);
}

/** Labels of the controlled vocabularies in the language of the page; an unknown code stays as it is. */
export function useVocabularies() {
  const lang = useLanguage();
  const { data } = $api.useQuery('get', '/api/v1/vocabularies', { params: { query: { lang } } }, forever);
  return useMemo(() => {
    const byId = new Map(data?.data.map((vocabulary) => [vocabulary.id, vocabulary]));
    const labels = new Map<string, string>();
    for (const { id, concepts } of byId.values()) {
      for (const { code, label } of concepts) labels.set(`${id}/${code}`, label[lang] ?? label.de ?? code);
    }
    return {
      ready: data !== undefined,
      label: (vocabulary: string, code: string) => labels.get(`${vocabulary}/${code}`) ?? code,
      concepts: (vocabulary: string) => byId.get(vocabulary)?.concepts ?? [],
    };
  }, [data, lang]);
}

/** Type-ahead; silent below two characters. The last suggestions stay until new ones are there. */
export function useSuggestions(text: string) {
  const lang = useLanguage();
  const q = text.trim();
  return $api.useQuery(
    'get',
    '/api/v1/suggest',
    { params: { query: { q, limit: 8, lang } } },
    { enabled: q.length >= 2, placeholderData: keepPreviousData, retry: false },
  );
}
