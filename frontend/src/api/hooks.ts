import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLanguage } from '#/app/i18n';
import type { AreaTopology } from '#/ui/RegionMap';
import { getJson } from './client';
import type {
  Area,
  List,
  Offer,
  OfferItem,
  Organization,
  OrganizationItem,
  Region,
  Suggestion,
  Vocabulary,
} from './types';

const forever = { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY };

export type OfferPages = InfiniteData<List<OfferItem>>;

/** The list of offers, page by page. The last results stay on screen while others load. */
export function useOffers(query: object) {
  const lang = useLanguage();
  return useInfiniteQuery({
    queryKey: ['offers', lang, query],
    queryFn: ({ pageParam, signal }) =>
      getJson<List<OfferItem>>(
        '/offers',
        { ...query, facets: true, limit: 20, cursor: pageParam ?? undefined, lang },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.next,
    placeholderData: keepPreviousData,
  });
}

/** The first few offers of a query, for teasers. */
export function useSomeOffers(query: object, limit: number) {
  const lang = useLanguage();
  return useQuery({
    queryKey: ['offers-some', lang, query, limit],
    queryFn: ({ signal }) => getJson<List<OfferItem>>('/offers', { ...query, limit, lang }, signal),
  });
}

export function useOffer(id: string, contentLanguage?: string) {
  const lang = useLanguage();
  return useQuery({
    queryKey: ['offer', id, contentLanguage ?? lang],
    queryFn: ({ signal }) => getJson<Offer>(`/offers/${id}`, { lang: contentLanguage ?? lang }, signal),
  });
}

export function useOrganizations(query: object) {
  const lang = useLanguage();
  return useInfiniteQuery({
    queryKey: ['organizations', lang, query],
    queryFn: ({ pageParam, signal }) =>
      getJson<List<OrganizationItem>>(
        '/organizations',
        { ...query, facets: true, limit: 24, cursor: pageParam ?? undefined, lang },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.next,
    placeholderData: keepPreviousData,
  });
}

export function useOrganization(id: string, contentLanguage?: string) {
  const lang = useLanguage();
  return useQuery({
    queryKey: ['organization', id, contentLanguage ?? lang],
    queryFn: ({ signal }) =>
      getJson<Organization>(`/organizations/${id}`, { lang: contentLanguage ?? lang }, signal),
  });
}

export function useRegion() {
  const lang = useLanguage();
  return useQuery({
    queryKey: ['region', lang],
    queryFn: ({ signal }) => getJson<Region>('/region', { lang }, signal),
    staleTime: 5 * 60_000,
  });
}

export function useBoundaries(enabled = true) {
  return useQuery({
    queryKey: ['boundaries'],
    queryFn: ({ signal }) => getJson<AreaTopology>('/areas/boundaries', {}, signal),
    enabled,
    ...forever,
  });
}

/** All areas of the region, with a look-up by key. */
export function useAreas() {
  const query = useQuery({
    queryKey: ['areas'],
    queryFn: ({ signal }) => getJson<List<Area>>('/areas', {}, signal),
    ...forever,
  });
  return useMemo(() => {
    const areas = query.data?.data ?? [];
    return { areas, byKey: new Map(areas.map((area) => [area.key, area])) };
  }, [query.data]);
}

/** Labels of the controlled vocabularies in the language of the page; an unknown code stays as it is. */
export function useVocabularies() {
  const lang = useLanguage();
  const query = useQuery({
    queryKey: ['vocabularies', lang],
    queryFn: ({ signal }) => getJson<List<Vocabulary>>('/vocabularies', { lang }, signal),
    ...forever,
  });
  return useMemo(() => {
    const byId = new Map(query.data?.data.map((vocabulary) => [vocabulary.id, vocabulary]));
    const labels = new Map<string, string>();
    for (const vocabulary of byId.values()) {
      for (const concept of vocabulary.concepts) {
        labels.set(
          `${vocabulary.id}/${concept.code}`,
          concept.label[lang] ?? concept.label.de ?? concept.code,
        );
      }
    }
    return {
      ready: query.data !== undefined,
      label: (vocabulary: string, code: string) => labels.get(`${vocabulary}/${code}`) ?? code,
      concepts: (vocabulary: string) => byId.get(vocabulary)?.concepts ?? [],
    };
  }, [query.data, lang]);
}

/** Type-ahead; silent below two characters. The last suggestions stay until new ones are there. */
export function useSuggestions(text: string) {
  const lang = useLanguage();
  const q = text.trim();
  return useQuery({
    queryKey: ['suggest', lang, q],
    queryFn: ({ signal }) => getJson<{ data: Suggestion[] }>('/suggest', { q, limit: 8, lang }, signal),
    enabled: q.length >= 2,
    placeholderData: (previous) => (q.length >= 2 ? previous : undefined),
    retry: false,
  });
}
