import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Client } from 'openapi-fetch';
import type { OpenapiQueryClient } from 'openapi-react-query';
import type { paths } from './schema';

/** The hooks that public pages use, with the types of `openapi-react-query`. */
export type QueryHooks = Pick<OpenapiQueryClient<paths>, 'useQuery' | 'useInfiniteQuery'>;

type Fetch = (path: string, init: object) => Promise<{ data?: unknown; error?: unknown }>;

interface Init {
  params?: { query?: object };
}

/**
 * Reading only. The package's own runtime brings mutations and suspense into every page, a kilobyte that the budget of
 * the public pages does not have; pages that write use the package itself in their own chunk.
 */
export function createQueryHooks(client: Client<paths>): QueryHooks {
  const get = client.GET as unknown as Fetch;

  async function read(path: string, init: object): Promise<unknown> {
    const { data, error } = await get(path, init);
    if (error) throw error;
    return data;
  }

  const hooks = {
    useQuery: (method: string, path: string, init: Init = {}, options: object = {}) =>
      useQuery({
        queryKey: [method, path, init],
        queryFn: ({ signal }) => read(path, { ...init, signal }),
        ...options,
      }),
    useInfiniteQuery: (
      method: string,
      path: string,
      init: Init,
      { pageParamName = 'cursor', ...options }: { pageParamName?: string },
    ) =>
      useInfiniteQuery({
        queryKey: [method, path, init],
        queryFn: ({ pageParam, signal }: { pageParam: unknown; signal: AbortSignal }) =>
          read(path, {
            ...init,
            params: { ...init.params, query: { ...init.params?.query, [pageParamName]: pageParam } },
            signal,
          }),
        ...options,
      } as unknown as Parameters<typeof useInfiniteQuery>[0]),
  };
  return hooks as unknown as QueryHooks;
}
