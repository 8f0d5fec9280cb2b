/** The whole state of the calendar; exactly what its address says. */
export interface CalendarSearch {
  /** `YYYY-MM`; without it the current month. */
  month?: string;
  /** `YYYY-MM-DD`: one day with everything on it. */
  day?: string;
  area?: string;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

export function validateCalendarSearch(raw: Record<string, unknown>): CalendarSearch {
  const search: CalendarSearch = {};
  const month = text(raw.month);
  if (/^20\d{2}-(0[1-9]|1[0-2])$/.test(month)) search.month = month;
  const day = text(raw.day);
  if (/^20\d{2}-\d{2}-\d{2}$/.test(day) && isDay(day)) {
    search.day = day;
    delete search.month;
  }
  const area = text(raw.area);
  if (/^\d{5,12}$/.test(area)) search.area = area;
  return search;
}

const noon = (day: string) => new Date(`${day}T12:00:00Z`);

function isDay(day: string): boolean {
  const date = noon(day);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** The day `count` days later. */
export function addDays(day: string, count: number): string {
  const date = noon(day);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** The month `count` months later: `2026-12` + 1 = `2027-01`. */
export function addMonths(month: string, count: number): string {
  const date = noon(`${month}-01`);
  date.setUTCMonth(date.getUTCMonth() + count);
  return date.toISOString().slice(0, 7);
}

/** All days of a month. */
export function daysOf(month: string): string[] {
  const days: string[] = [];
  for (let day = `${month}-01`; day.startsWith(month); day = addDays(day, 1)) days.push(day);
  return days;
}

/** 1 for Monday … 7 for Sunday. */
export function weekday(day: string): number {
  return noon(day).getUTCDay() || 7;
}
