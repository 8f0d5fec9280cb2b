import { problemOf } from '#/api/problem';
import type { Problem } from '#/api/types';

/** The problem details of a failed answer; a proxy may answer without them. */
export async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  const { status } = response;
  const title = `HTTP ${status}`;
  return problemOf(body) ?? { type: 'about:blank', status, code: `http-${status}`, title, traceId: '' };
}

/** The stable code of an error, for words of our own. */
export function codeOf(error: unknown): string | undefined {
  return problemOf(error)?.code;
}

/** Somebody else changed the record in the meantime (`If-Match` did not match). */
export function isStale(error: unknown): boolean {
  return problemOf(error)?.status === 412;
}

/**
 * What the server says about one field, by JSON pointer into the body (`/email`), or by its place (`/query/mode`). A
 * fault inside of a field (`/price/amount`) is one of the field.
 */
export function fieldProblem(error: unknown, pointer: string): string | undefined {
  const errors = problemOf(error)?.errors ?? [];
  const own = [pointer, `/body${pointer}`];
  const found =
    errors.find((item) => own.includes(item.pointer)) ??
    errors.find((item) => own.some((place) => item.pointer.startsWith(`${place}/`)));
  return found?.message ?? undefined;
}
