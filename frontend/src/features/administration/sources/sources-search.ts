import { codeIn, oneOf, wordsIn } from '../search';

/** The whole state of the list of sources. */
export interface SourcesSearch {
  q?: string;
  /** Sources that have ended are listed as well. */
  ended?: '1';
  /** The form for a new source is open. */
  create?: '1';
}

export function validateSourcesSearch(raw: Record<string, unknown>): SourcesSearch {
  return {
    q: wordsIn(raw.q),
    ended: oneOf(raw.ended, ['1']),
    create: oneOf(raw.create, ['1']),
  };
}

/** The whole state of the page of one source. */
export interface SourceSearch {
  /** The import whose report is open. */
  import?: string;
  /** The form that is open: for a partner system, or for a file. */
  form?: 'client' | 'file';
}

export function validateSourceSearch(raw: Record<string, unknown>): SourceSearch {
  return { import: codeIn(raw.import), form: oneOf(raw.form, ['client', 'file']) };
}
