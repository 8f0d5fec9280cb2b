import { useMemo } from 'react';
import { timeZone, useLanguage } from './i18n';
import type { Language } from './languages';

const locales: Record<Language, string> = { de: 'de-DE', en: 'en-GB' };

const dateOnly = /^\d{4}-\d{2}-\d{2}$/;

/** A calendar date has no time zone: it is read as noon UTC and shown in UTC, so that no zone can move it. */
function parse(value: string): { date: Date; zone: string; hasTime: boolean } {
  if (dateOnly.test(value)) return { date: new Date(`${value}T12:00:00Z`), zone: 'UTC', hasTime: false };
  return { date: new Date(value), zone: timeZone, hasTime: true };
}

const cache = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let format = cache.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, options);
    cache.set(key, format);
  }
  return format;
}

/** The calendar day (`2027-01-12`) on which a moment falls in Europe/Berlin. */
export function berlinDay(value: string | Date): string {
  if (typeof value === 'string' && dateOnly.test(value)) return value;
  const date = typeof value === 'string' ? new Date(value) : value;
  return dateFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(date);
}

/** Everything that turns values into words of one language. Times are shown in Europe/Berlin, never in the reader's zone. */
export function createFormat(language: Language) {
  const locale = locales[language];
  const format = (value: string, options: Intl.DateTimeFormatOptions) => {
    const { date, zone } = parse(value);
    return dateFormat(locale, { ...options, timeZone: zone }).format(date);
  };

  /** `Di., 12. Januar 2027` */
  const date = (value: string) =>
    format(value, { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' });

  /** `12.01.2027` */
  const shortDate = (value: string) => format(value, { day: '2-digit', month: '2-digit', year: 'numeric' });

  /** `18:00` */
  const time = (value: string) => format(value, { hour: '2-digit', minute: '2-digit' });

  /** `18:00–19:30 Uhr`, or `18:00 Uhr` without an end on the same day. */
  const timeRange = (start: string, end?: string | null) => {
    const clock =
      end && berlinDay(end) === berlinDay(start) && end !== start
        ? `${time(start)}–${time(end)}`
        : time(start);
    return language === 'de' ? `${clock} Uhr` : clock;
  };

  /** A day, or the span between two days: `12. Jan. – 30. März 2027`. */
  const dateRange = (start: string, end?: string | null) => {
    if (!end || berlinDay(start) === berlinDay(end)) return date(start);
    const sameYear = berlinDay(start).slice(0, 4) === berlinDay(end).slice(0, 4);
    const day = { day: 'numeric', month: 'short' } as const;
    const from = format(start, sameYear ? day : { ...day, year: 'numeric' });
    return `${from} – ${format(end, { ...day, year: 'numeric' })}`;
  };

  /** `Di., 12. Januar 2027, 18:00–19:30 Uhr`; a bare date stays a date. */
  const moment = (start: string, end?: string | null) =>
    parse(start).hasTime && (!end || berlinDay(start) === berlinDay(end))
      ? `${date(start)}, ${timeRange(start, end)}`
      : dateRange(start, end);

  /** The usual hour of a weekly course: `Di. 18:00–19:30 Uhr`. */
  const weekdayTime = (start: string, end?: string | null) => {
    const day = format(start, { weekday: 'short' });
    return parse(start).hasTime ? `${day} ${timeRange(start, end)}` : day;
  };

  /** `Di` or `Tue`. */
  const weekday = (value: string) => format(value, { weekday: 'short' });

  /** The three lines of a calendar leaf. */
  const leaf = (value: string) => ({
    day: format(value, { day: 'numeric' }).replace('.', ''),
    month: format(value, { month: 'short' }),
    weekday: format(value, { weekday: 'short' }),
  });

  /** `Januar 2027`, of any day in it. */
  const month = (value: string) => format(value, { month: 'long', year: 'numeric' });

  /** Minor units and ISO 4217: `4500, EUR` → `45,00 €`; whole amounts drop the cents. */
  const money = (minor: number, currency: string) =>
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      trailingZeroDisplay: 'stripIfInteger',
    }).format(minor / 100);

  const number = (value: number) => new Intl.NumberFormat(locale).format(value);

  /** Kilometres with one decimal below ten: `3,2 km`, `27 km`. */
  const distance = (km: number) =>
    `${new Intl.NumberFormat(locale, { maximumFractionDigits: km < 10 ? 1 : 0 }).format(km)} km`;

  const languageNames = new Intl.DisplayNames([locale], { type: 'language' });
  /** `uk` → `Ukrainisch`; an unknown tag stays as it is. */
  const languageName = (tag: string) => languageNames.of(tag) ?? tag;

  const list = (items: string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);

  return {
    date,
    shortDate,
    time,
    timeRange,
    dateRange,
    moment,
    weekdayTime,
    weekday,
    leaf,
    month,
    money,
    number,
    distance,
    languageName,
    list,
  };
}

export type Format = ReturnType<typeof createFormat>;

export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => createFormat(language), [language]);
}
