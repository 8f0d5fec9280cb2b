import { describe, expect, it } from 'vitest';
import { dayEnd, dayStart } from './days';

describe('days in Europe/Berlin', () => {
  it('begin an hour before UTC in winter, two in summer', () => {
    expect(dayStart('2027-01-12')).toBe('2027-01-11T23:00:00.000Z');
    expect(dayStart('2027-07-12')).toBe('2027-07-11T22:00:00.000Z');
  });

  it('are 23 and 25 hours long when the clocks change', () => {
    expect(dayStart('2027-03-28')).toBe('2027-03-27T23:00:00.000Z');
    expect(dayEnd('2027-03-28')).toBe('2027-03-28T22:00:00.000Z');
    expect(dayStart('2027-10-31')).toBe('2027-10-30T22:00:00.000Z');
    expect(dayEnd('2027-10-31')).toBe('2027-10-31T23:00:00.000Z');
  });
});
