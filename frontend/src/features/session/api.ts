import { keepPreviousData, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useLanguage } from '#/app/i18n';
import { type Answer, createPrivateCall, type QueryValues } from './private-call';
import { ask } from './prompts';
import { session } from './store';
import type { Me } from './types';

export type { Answer, CallOptions, Method, QueryValues } from './private-call';
export { codeOf, fieldProblem, isStale } from './problem';

/** `call<Account>('GET', '/api/v1/accounts/1')` for reading and writing; `callRaw` for files. */
export const { call, callRaw } = createPrivateCall(session, ask, (input, init) => fetch(input, init));

/** Asks anew who is signed in, after a change of the own account. */
export async function reloadAccount(): Promise<void> {
  const { data } = await call<Me>('GET', '/api/v1/me');
  session.updateAccount(data);
}

const privateKey = (path: string, query?: QueryValues) =>
  query === undefined ? ['private', path] : ['private', path, query];

export interface PrivateQueryOptions<T> {
  enabled?: boolean;
  /** The last answer stays on screen while another one loads: lists with filters. */
  keepPrevious?: boolean;
  /** Past every cache: public answers may be a minute old. */
  fresh?: boolean;
  /** Asks anew every so many milliseconds, as long as the answer wants it. */
  every?: (data: T | undefined) => number | false;
}

/** Reads something behind the sign-in, with TanStack Query. `data.data` is the record, `data.etag` its version. */
export function usePrivateQuery<T>(
  path: string,
  query?: QueryValues,
  { enabled = true, keepPrevious = false, fresh, every }: PrivateQueryOptions<T> = {},
): UseQueryResult<Answer<T>> {
  const lang = useLanguage();
  return useQuery<Answer<T>>({
    queryKey: [...privateKey(path, query), lang],
    queryFn: ({ signal }) => call<T>('GET', path, { query, signal, fresh }),
    enabled,
    // What several people work on is asked for anew with every visit of the page.
    staleTime: 0,
    placeholderData: keepPrevious ? keepPreviousData : undefined,
    refetchInterval: every ? (query) => every(query.state.data?.data) : false,
  });
}

/** Asks anew for everything below a path after a change: `invalidate('/api/v1/accounts')`. */
export function useInvalidate(): (path: string) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    (path) =>
      client.invalidateQueries({
        predicate: ({ queryKey: [scope, asked] }) =>
          scope === 'private' && (asked === path || String(asked).startsWith(`${path}/`)),
      }),
    [client],
  );
}
