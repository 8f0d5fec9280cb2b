import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from './problem';

/** Lists stay fresh as long as the server lets caches keep them (`max-age=60`). */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        // Only what may heal by itself is tried again: the network, overload and errors of the server.
        retry: (count, error) =>
          count < 2 && (!(error instanceof ProblemError) || error.problem.status >= 500),
      },
    },
  });
}

type Query = object;

export async function getJson<T>(path: string, query: Query, signal?: AbortSignal): Promise<T> {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) params.append(key, String(item));
    }
  }
  const response = await fetch(`/api/v1${path}?${params}`, { signal });
  if (!response.ok) throw new ProblemError(await response.json());
  return (await response.json()) as T;
}
