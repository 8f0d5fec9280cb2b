import type { Problem } from './types';

/** The error of a request as problem details (RFC 9457), if the server answered with one. */
export function problemOf(error: unknown): Problem | undefined {
  return typeof error === 'object' && error !== null && 'status' in error && 'code' in error
    ? (error as Problem)
    : undefined;
}

/** Status of an error; 0 when the server could not be reached at all. */
export function statusOf(error: unknown): number {
  return problemOf(error)?.status ?? 0;
}
