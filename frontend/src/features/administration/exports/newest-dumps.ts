import type { Dump } from '../exchange';

/** The newest of each kind, in the order of the list. */
export function newestDumps(dumps: Dump[]): Dump[] {
  const newest = new Map<string, Dump>();
  for (const dump of dumps) {
    const known = newest.get(dump.latest);
    if (!known || dump.createdAt > known.createdAt) newest.set(dump.latest, dump);
  }
  return [...newest.values()];
}
