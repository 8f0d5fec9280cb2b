import { describe, expect, it } from 'vitest';
import { merge } from './merge';

const base = { name: 'A', licence: 'CC BY 4.0' };

describe('merge', () => {
  it('follows the saved record where nothing was entered', () => {
    expect(merge(base, base, { name: 'B', licence: 'CC BY 4.0' })).toEqual({
      values: { name: 'B', licence: 'CC BY 4.0' },
      conflicts: [],
    });
  });

  it('keeps own changes beside those of others', () => {
    const mine = { ...base, licence: 'CC0 1.0' };
    expect(merge(base, mine, { ...base, name: 'B' })).toEqual({
      values: { name: 'B', licence: 'CC0 1.0' },
      conflicts: [],
    });
  });

  it('names fields that both changed, and keeps the own value', () => {
    const mine = { ...base, name: 'C' };
    expect(merge(base, mine, { ...base, name: 'B' })).toEqual({
      values: { name: 'C', licence: 'CC BY 4.0' },
      conflicts: ['name'],
    });
  });

  it('has no conflict where both wrote the same', () => {
    const mine = { ...base, name: 'B' };
    expect(merge(base, mine, { ...base, name: 'B' }).conflicts).toEqual([]);
  });

  it('compares lists by content', () => {
    const scopes = { scopes: ['imports:run'] };
    expect(merge(scopes, { scopes: ['imports:run'] }, { scopes: ['stats:read'] })).toEqual({
      values: { scopes: ['stats:read'] },
      conflicts: [],
    });
  });
});
