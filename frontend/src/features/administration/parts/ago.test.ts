import { describe, expect, it } from 'vitest';
import { ago, span } from './ago';

describe('ago', () => {
  it.each([
    [30, 'vor 1 Minute'],
    [59 * 60, 'vor 59 Minuten'],
    [3 * 3600, 'vor 3 Stunden'],
    [30 * 3600, 'vor 30 Stunden'],
    [49 * 3600, 'vor 2 Tagen'],
    [-5, 'vor 0 Minuten'],
  ])('%i seconds are %s', (seconds, text) => {
    expect(ago(seconds, 'de')).toBe(text);
  });
});

describe('span', () => {
  it.each([
    [15, '15 Minuten'],
    [60, '1 Stunde'],
    [90, '90 Minuten'],
    [1440, '1 Tag'],
    [10080, '7 Tage'],
  ])('%i minutes are %s', (minutes, text) => {
    expect(span(minutes, 'de')).toBe(text);
  });
});
