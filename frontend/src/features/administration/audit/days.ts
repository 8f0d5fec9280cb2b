import { berlinDay } from '#/app/format';

const hour = 60 * 60 * 1000;

/** The moment at which a day begins in Europe/Berlin, as UTC. It is one or two hours before midnight UTC. */
export function dayStart(day: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const summer = new Date(midnight - 2 * hour);
  return (berlinDay(summer) === day ? summer : new Date(midnight - hour)).toISOString();
}

/** The moment at which a day is over. */
export function dayEnd(day: string): string {
  const next = new Date(Date.parse(`${day}T12:00:00Z`) + 24 * hour).toISOString().slice(0, 10);
  return dayStart(next);
}
