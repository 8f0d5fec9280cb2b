import type { Licence } from '../types';

/** Names of the licences, the open ones first; the last one is said in words. */
export const licences: Record<Exclude<Licence, 'all-rights-reserved'>, string> = {
  'cc-by/4.0': 'CC BY 4.0',
  'cc-by-sa/4.0': 'CC BY-SA 4.0',
  'cc-zero': 'CC0',
  'dl-by-de/2.0': 'dl-de/by-2-0',
  'dl-zero-de/2.0': 'dl-de/zero-2-0',
};
