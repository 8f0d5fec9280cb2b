import { describe, expect, it } from 'vitest';
import type { RunItem } from '#/api/types';
import { agenda } from './agenda';
import { validateCalendarSearch } from './calendar-search';
import { addDays, addMonths, daysOf, weekday } from './days';

describe('state of the calendar', () => {
  it('reads months, days and areas', () => {
    expect(validateCalendarSearch({ month: '2027-02', area: '13076108' })).toEqual({
      month: '2027-02',
      area: '13076108',
    });
    expect(validateCalendarSearch({ month: '2027-13', day: '2027-02-30', area: 'x' })).toEqual({});
    expect(validateCalendarSearch({ month: '2027-02', day: '2027-03-01' })).toEqual({ day: '2027-03-01' });
  });

  it('counts days and months across the ends of the year and the change of the clocks', () => {
    expect(addMonths('2026-12', 1)).toBe('2027-01');
    expect(addDays('2027-03-28', 1)).toBe('2027-03-29');
    expect(daysOf('2028-02')).toHaveLength(29);
    expect(weekday('2026-11-29')).toBe(7);
  });
});

describe('agenda', () => {
  const run = (id: string, rest: object) => ({ id, ...rest }) as unknown as RunItem;

  it('puts each meeting on its day in Berlin, in order of time', () => {
    const days = agenda([
      run('a', { sessions: [{ start: '2027-01-11T23:30:00Z' }, { start: '2027-01-18T17:00:00Z' }] }),
      run('b', { sessions: [], start: '2027-01-12T08:00:00Z' }),
    ]);
    expect([...days].map(([day, entries]) => [day, entries.map((entry) => entry.run.id)])).toEqual([
      ['2027-01-12', ['a', 'b']],
      ['2027-01-18', ['a']],
    ]);
  });
});
