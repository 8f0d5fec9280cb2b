import { describe, expect, it } from 'vitest';
import { berlinDay, createFormat } from './format';

const de = createFormat('de');
const en = createFormat('en');
/** Intl puts narrow and non-breaking spaces where eyes see a space. */
const plain = (text: string) => text.replace(/[\u00a0\u202f\u2009]/g, ' ');

describe('times are those of Europe/Berlin', () => {
  it('shows winter and summer time', () => {
    expect(de.timeRange('2027-01-12T17:00:00Z', '2027-01-12T18:30:00Z')).toBe('18:00–19:30 Uhr');
    expect(de.timeRange('2027-07-12T16:00:00Z')).toBe('18:00 Uhr');
  });

  it('counts the day from Berlin, not from UTC', () => {
    expect(berlinDay('2027-01-11T23:30:00Z')).toBe('2027-01-12');
    expect(de.date('2027-01-11T23:30:00Z')).toBe('Di., 12. Januar 2027');
  });

  it('keeps both clocks around the changes of daylight saving time', () => {
    // 28 March 2027: 01:59 is followed by 03:00. 31 October 2027: 02:00–03:00 happens twice.
    expect(de.time('2027-03-28T00:59:00Z')).toBe('01:59');
    expect(de.time('2027-03-28T01:00:00Z')).toBe('03:00');
    expect(de.time('2027-10-31T00:30:00Z')).toBe('02:30');
    expect(de.time('2027-10-31T01:30:00Z')).toBe('02:30');
  });

  it('never moves a calendar date', () => {
    expect(de.date('2027-01-12')).toBe('Di., 12. Januar 2027');
    expect(en.date('2027-01-12')).toBe('Tue, 12 January 2027');
    expect(de.moment('2027-01-12')).toBe('Di., 12. Januar 2027');
  });
});

describe('spans', () => {
  it('joins two days of one year', () => {
    expect(de.dateRange('2027-01-12', '2027-03-30')).toBe('12. Jan. – 30. März 2027');
    expect(en.dateRange('2027-01-12', '2027-03-30')).toBe('12 Jan – 30 Mar 2027');
  });

  it('names both years across New Year', () => {
    expect(de.dateRange('2026-12-01', '2027-01-30')).toBe('1. Dez. 2026 – 30. Jan. 2027');
  });

  it('shows one day once', () => {
    expect(de.moment('2027-01-12T17:00:00Z', '2027-01-12T18:30:00Z')).toBe(
      'Di., 12. Januar 2027, 18:00–19:30 Uhr',
    );
    expect(de.moment('2027-01-12T17:00:00Z', '2027-03-30T18:30:00Z')).toBe('12. Jan. – 30. März 2027');
  });
});

describe('amounts', () => {
  it('drops cents only where there are none', () => {
    expect(plain(de.money(4500, 'EUR'))).toBe('45 €');
    expect(plain(de.money(4550, 'EUR'))).toBe('45,50 €');
    expect(en.money(123456, 'EUR')).toBe('€1,234.56');
  });

  it('shows distances as people say them', () => {
    expect(de.distance(3.24)).toBe('3,2 km');
    expect(de.distance(27.4)).toBe('27 km');
  });
});
