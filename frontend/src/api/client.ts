import { QueryClient } from '@tanstack/react-query';
import createFetchClient from 'openapi-fetch';
import { statusOf } from './problem';
import { createQueryHooks } from './query-hooks';
import type { paths } from './schema';

/** The typed client of our own API. Paths, parameters and answers are checked against `openapi/openapi.json`. */
export const api = createFetchClient<paths>({ baseUrl: '' });

/** The same as hooks of TanStack Query. */
export const $api = createQueryHooks(api);

/** Lists stay fresh as long as the server lets caches keep them (`max-age=60`). */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        // Only what may heal by itself is tried again: the network, overload and errors of the server.
        retry: (count, error) => {
          const status = statusOf(error);
          return count < 2 && (status === 0 || status >= 500);
        },
      },
    },
  });
}
