import type { RunItem } from '#/api/types';
import { berlinDay } from '#/app/format';

/** One meeting on one day. */
export interface Entry {
  key: string;
  start: string;
  end: string | undefined;
  run: RunItem;
}

/**
 * The meetings of all runs by calendar day in Europe/Berlin, each day in order of time. A run without meetings stands on
 * the day it begins.
 */
export function agenda(runs: readonly RunItem[]): Map<string, Entry[]> {
  const days = new Map<string, Entry[]>();
  for (const run of runs) {
    const sessions = run.sessions?.length
      ? run.sessions
      : run.start
        ? [{ start: run.start, end: run.end }]
        : [];
    for (const { start, end } of sessions) {
      const day = berlinDay(start);
      const entries = days.get(day) ?? [];
      entries.push({ key: `${run.id} ${start}`, start, end: end ?? undefined, run });
      days.set(day, entries);
    }
  }
  for (const entries of days.values()) entries.sort((a, b) => a.start.localeCompare(b.start));
  return days;
}
