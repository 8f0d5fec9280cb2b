import type { Problem } from '#/api/types';
import { pageLanguage } from './page-language';
import { readProblem } from './problem';
import type { Prompt } from './prompts';
import type { SessionStore } from './session-store';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export type QueryValues = Record<string, string | number | boolean | readonly string[] | null | undefined>;

export interface CallOptions {
  query?: QueryValues;
  body?: unknown;
  /** Sent as it is in place of `body`; its type comes with `headers`. */
  file?: Blob;
  headers?: Record<string, string>;
  /** The version that is changed (`If-Match`): `etag` of an earlier answer, or the number `version` of a record. */
  version?: string | number;
  signal?: AbortSignal;
  /** Not from a cache of the browser. */
  fresh?: boolean;
}

export interface Answer<T> {
  data: T;
  /** The strong ETag, ready to be sent back as `version`. */
  etag: string | undefined;
}

function address(path: string, query: QueryValues = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    for (const item of Array.isArray(value) ? value : [value]) params.append(name, String(item));
  }
  const search = params.toString();
  return search ? `${path}?${search}` : path;
}

function headersOf({ body, version, headers: own }: CallOptions, token: string | undefined): Headers {
  const headers = new Headers({ accept: 'application/json', 'accept-language': pageLanguage() });
  if (token) headers.set('authorization', `Bearer ${token}`);
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (version !== undefined) {
    headers.set('if-match', typeof version === 'number' ? `"${version}"` : version);
  }
  for (const [name, value] of Object.entries(own ?? {})) headers.set(name, value);
  return headers;
}

/** Calls of the private API: they know the session, and ask the person where the server asks. */
export function createPrivateCall(
  session: Pick<SessionStore, 'accessToken' | 'replaceToken' | 'accountId'>,
  ask: (prompt: Prompt) => Promise<boolean>,
  send: typeof fetch,
) {
  /**
   * Sends one request with the session's token. A refused token is replaced and the request repeated once; where the
   * session is over or the server wants a fresh confirmation, the person is asked and the request repeated. Whatever
   * stays an error is thrown as problem details. Nothing that one person began is sent in the name of another.
   */
  async function callRaw(method: Method, path: string, options: CallOptions = {}): Promise<Response> {
    let renewed = false;
    let refused: Problem | undefined;
    let who: string | undefined;
    for (;;) {
      const token = await session.accessToken();
      who ??= session.accountId();
      if (refused && who !== session.accountId()) throw refused;
      const response = await send(address(path, options.query), {
        method,
        headers: headersOf(options, token),
        body: options.file ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
        signal: options.signal,
        ...(options.fresh ? { cache: 'reload' as const } : {}),
      });
      if (response.ok) return response;
      const problem = await readProblem(response);
      refused = problem;
      // A wrong password in a step-up says nothing about the session.
      if (response.status !== 401 || problem.code === 'invalid-credentials') throw problem;
      if (problem.code === 'step-up-required') {
        if (!(await ask('step-up'))) throw problem;
        continue;
      }
      if (!renewed && (await session.replaceToken(token))) {
        renewed = true;
        continue;
      }
      renewed = false;
      if (!(await ask('sign-in'))) throw problem;
    }
  }

  /** As `callRaw`, with the JSON of the answer; an answer without content gives `undefined` as data. */
  async function call<T>(method: Method, path: string, options?: CallOptions): Promise<Answer<T>> {
    const response = await callRaw(method, path, options);
    const text = await response.text();
    return {
      data: (text === '' ? undefined : JSON.parse(text)) as T,
      etag: response.headers.get('etag') ?? undefined,
    };
  }

  return { call, callRaw };
}
