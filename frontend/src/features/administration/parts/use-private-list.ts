import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useLanguage } from '#/app/i18n';
import { call, type QueryValues } from '#/features/session/api';
import type { List } from '../types';

/** A list behind the sign-in, page by page. The last results stay on screen while others load. */
export interface PrivateList<T> {
  items: T[];
  /** Undefined until the first answer, and for lists that nobody has counted. */
  total: number | undefined;
  /** The first answer is here. */
  loaded: boolean;
  hasMore: boolean;
  error: unknown;
  /** What is shown belongs to the filters before. */
  stale: boolean;
  loadingMore: boolean;
  more: () => void;
  retry: () => void;
}

export function usePrivateList<T>(
  path: string,
  query: QueryValues = {},
  { enabled = true, limit = 50 }: { enabled?: boolean; limit?: number } = {},
): PrivateList<T> {
  const lang = useLanguage();
  const list = useInfiniteQuery({
    queryKey: ['private', path, query, { limit }, lang],
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await call<List<T>>('GET', path, {
        query: { ...query, limit, cursor: pageParam },
        signal,
      });
      return data;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
    enabled,
  });
  return {
    items: list.data?.pages.flatMap((page) => page.data) ?? [],
    total: list.data?.pages[0]?.page.total,
    loaded: list.data !== undefined,
    hasMore: list.hasNextPage,
    error: list.error,
    stale: list.isPlaceholderData,
    loadingMore: list.isFetchingNextPage,
    more: () => {
      if (!list.isFetchingNextPage) void list.fetchNextPage();
    },
    retry: () => void list.refetch(),
  };
}
