import { describe, expect, it } from 'vitest';
import { valueText } from './value-text';

describe('valueText', () => {
  it.each([
    ['active', 'active'],
    [3, '3'],
    [false, 'false'],
    [['imports:run', 'stats:read'], 'imports:run, stats:read'],
    [{ id: '1', name: 'Kreisvolkshochschule' }, 'Kreisvolkshochschule'],
    [{ lat: 53.4 }, '{"lat":53.4}'],
    [null, undefined],
    ['', undefined],
    [[], undefined],
  ])('%j is %j', (value, text) => {
    expect(valueText(value)).toBe(text);
  });
});
