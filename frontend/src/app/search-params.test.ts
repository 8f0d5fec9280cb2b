import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from './search-params';

describe('query parameters', () => {
  it('reads repeated parameters as a list', () => {
    expect(parseSearch('?q=deutsch&topic=languages&topic=literacy')).toEqual({
      q: 'deutsch',
      topic: ['languages', 'literacy'],
    });
  });

  it('writes what it reads', () => {
    const query = '?q=deutsch+kurs&topic=languages&topic=literacy&near=53.43,11.85';
    expect(stringifySearch(parseSearch(query))).toBe(query);
  });

  it('leaves out what says nothing', () => {
    expect(stringifySearch({ q: '', topic: [], bookable: false, sort: undefined })).toBe('');
  });

  it('survives umlauts and reserved characters', () => {
    const search = { q: 'Prüfung & Übung = 100 %' };
    expect(parseSearch(stringifySearch(search))).toEqual(search);
  });
});
