import { useQuery } from '@tanstack/react-query';
import { readProblem } from './problem';
import type { Provider } from './types';

/** Where else one can sign in: the identity providers that the operator has connected. Undefined while that is unknown. */
export function useProviders(): Provider[] | undefined {
  const { data } = useQuery({
    queryKey: ['sign-in-providers'],
    queryFn: async ({ signal }) => {
      const response = await fetch('/api/v1/auth/providers', { signal });
      if (!response.ok) throw await readProblem(response);
      return ((await response.json()) as { data: Provider[] }).data;
    },
  });
  return data;
}
