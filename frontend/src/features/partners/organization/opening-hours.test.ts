import { describe, expect, it } from 'vitest';
import { parseOpeningHours } from './opening-hours';

describe('opening hours', () => {
  it('reads days, ranges, breaks and closed days', () => {
    expect(parseOpeningHours('Mo-Th 09:00-12:00,13:00-16:00; Fr,Sa 9:00-12:00; PH off')).toEqual([
      { days: [['Mo', 'Th']], times: ['09:00–12:00', '13:00–16:00'] },
      { days: [['Fr'], ['Sa']], times: ['9:00–12:00'] },
      { days: [['PH']], times: [] },
    ]);
  });

  it('leaves alone what it does not understand', () => {
    expect(parseOpeningHours('nach Vereinbarung')).toBeNull();
    expect(parseOpeningHours('Mo-Fr sunrise-sunset')).toBeNull();
    expect(parseOpeningHours('')).toBeNull();
  });
});
