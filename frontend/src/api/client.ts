import { QueryClient } from '@tanstack/react-query';

/** Lists stay fresh as long as the server lets caches keep them (`max-age=60`). */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 60_000, gcTime: 10 * 60_000, retry: 1, refetchOnWindowFocus: false },
    },
  });
}
