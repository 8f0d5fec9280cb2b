const noon = (day: string) => new Date(`${day}T12:00:00Z`);

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
