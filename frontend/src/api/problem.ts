import type { Problem } from './types';

/** An answer of the API that is an error (RFC 9457). */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** Status of an error; 0 when the server could not be reached at all. */
export function statusOf(error: unknown): number {
  return error instanceof ProblemError ? error.problem.status : 0;
}
