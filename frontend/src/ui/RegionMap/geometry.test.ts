import { describe, expect, it } from 'vitest';
import { shadeLimits, shadeOf } from './geometry';

describe('shades of the map', () => {
  it('spreads areas evenly over the shades', () => {
    expect(shadeLimits([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toEqual([2, 4, 6, 8, 10]);
  });

  it('needs fewer shades for few different values', () => {
    expect(shadeLimits([1, 1, 1, 5])).toEqual([1, 5]);
    expect(shadeLimits([])).toEqual([]);
  });

  it('keeps the shade of nothing apart', () => {
    expect(shadeOf(0, [2, 4])).toBe(0);
    expect(shadeOf(2, [2, 4])).toBe(1);
    expect(shadeOf(3, [2, 4])).toBe(2);
    expect(shadeOf(99, [2, 4])).toBe(2);
  });
});
