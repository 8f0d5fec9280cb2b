import type { Language } from '#/app/languages';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, in the largest unit that says it well: `vor 3 Stunden`. Weeks and more are said in days. */
export function ago(seconds: number, lang: Language): string {
  const [size, unit] =
    seconds < hour
      ? ([minute, 'minute'] as const)
      : seconds < 2 * day
        ? ([hour, 'hour'] as const)
        : ([day, 'day'] as const);
  const count = Math.max(0, Math.round(seconds / size));
  return new Intl.RelativeTimeFormat(lang, { numeric: 'always' }).format(-count, unit);
}

/** A span in words: `3 Stunden`. */
export function span(minutes: number, lang: Language): string {
  const [size, unit] =
    minutes % (60 * 24) === 0
      ? ([60 * 24, 'day'] as const)
      : minutes % 60 === 0
        ? ([60, 'hour'] as const)
        : ([1, 'minute'] as const);
  return new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'long' }).format(minutes / size);
}
