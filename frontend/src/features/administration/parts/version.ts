import type { Answer } from '#/features/session/api';

/** The number in the ETag of an answer, for records that do not hold their version themselves. */
export function versionOf({ etag }: Answer<unknown>): number {
  return Number(/\d+/.exec(etag ?? '')?.[0] ?? 0);
}
