/** The whole state of the calendar; exactly what its address says. */
export interface CalendarSearch {
  /** `YYYY-MM`; without it the current month. */
  month?: string;
  /** `YYYY-MM-DD`: one day with everything on it. */
  day?: string;
  area?: string;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

export function validateCalendarSearch(raw: { [key in keyof CalendarSearch]: unknown }): CalendarSearch {
  const search: CalendarSearch = {};
  const month = text(raw.month);
  if (/^20\d{2}-(0[1-9]|1[0-2])$/.test(month)) search.month = month;
  const day = text(raw.day);
  if (
    /^20\d{2}-(0[1-9]|1[0-2])-\d{2}$/.test(day) &&
    new Date(`${day}T00:00Z`).getUTCDate() === Number(day.slice(8))
  ) {
    search.day = day;
    delete search.month;
  }
  const area = text(raw.area);
  if (/^\d{5,12}$/.test(area)) search.area = area;
  return search;
}
