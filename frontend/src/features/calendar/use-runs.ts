import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { $api, api } from '#/api/client';
import type { RunItem } from '#/api/types';
import { useLanguage } from '#/app/i18n';

/** More than this many runs in one month are not drawn: the reader is asked for an area instead. */
const maxPages = 15;

export interface Runs {
  runs: RunItem[];
  /** Whether the span holds more than what was loaded. */
  more: boolean;
}

/** All runs that touch the days, page after page. */
export function useRuns(from: string, to: string, area: string | undefined) {
  const lang = useLanguage();
  return useQuery({
    queryKey: ['calendar', lang, from, to, area],
    queryFn: async ({ signal }): Promise<Runs> => {
      const runs: RunItem[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < maxPages; page++) {
        const query = { from, to, area: area ? [area] : undefined, limit: 100, cursor, lang };
        const { data, error } = await api.GET('/api/v1/runs', { params: { query }, signal });
        if (error) throw error;
        runs.push(...data.data);
        cursor = data.page.next ?? undefined;
        if (!cursor) return { runs, more: false };
      }
      return { runs, more: true };
    },
    placeholderData: keepPreviousData,
  });
}

/** Names of the holidays that fall on a day. */
export function useHolidays(from: string, to: string) {
  const lang = useLanguage();
  const { data } = $api.useQuery('get', '/api/v1/areas/holidays', { params: { query: { from, to } } });
  return (day: string) => {
    const holidays = (data?.data ?? []).filter((holiday) => holiday.start <= day && day <= holiday.end);
    return holidays
      .filter((holiday, index) => index === holidays.findIndex((same) => same.name.de === holiday.name.de))
      .map(({ kind, name }) => ({ kind, name: name[lang] ?? name.de ?? '' }));
  };
}
