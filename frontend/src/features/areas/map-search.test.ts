import { describe, expect, it } from 'vitest';
import type { RegionArea } from '#/api/hooks';
import { groupByAmt } from './area-groups';
import { validateMapSearch } from './map-search';

const area = (key: string, kind: RegionArea['kind'], name: string, parent?: string): RegionArea => ({
  key,
  kind,
  name,
  parent,
  town: false,
  population: 0,
  lon: 0,
  lat: 0,
  postcodes: [],
});

describe('state of the map page', () => {
  it('keeps what can be shown and drops the rest', () => {
    expect(validateMapSearch({ q: 'gre', topic: 'languages', area: '13076108' })).toEqual({
      q: 'gre',
      topic: 'languages',
      area: '13076108',
    });
    expect(validateMapSearch({ q: '  ', topic: '<b>', area: ['a'] })).toEqual({});
  });
});

describe('areas by Amt', () => {
  it('puts towns without an Amt first and adds up where the Amt has no number of its own', () => {
    const areas = [
      area('1', 'county', 'Kreis'),
      area('12', 'amt', 'Amt B', '1'),
      area('11', 'amt', 'Amt A', '1'),
      area('101', 'municipality', 'Zett', '11'),
      area('102', 'municipality', 'Anfang', '11'),
      area('103', 'municipality', 'Stadt', '1'),
      area('104', 'municipality', 'Dorf', '12'),
    ];
    const groups = groupByAmt(areas, { '101': 2, '102': 1, '12': 7, '104': 9 });
    expect(
      groups.map(({ amt, municipalities, count }) => [amt?.name, municipalities.map((m) => m.name), count]),
    ).toEqual([
      [undefined, ['Stadt'], 0],
      ['Amt A', ['Anfang', 'Zett'], 3],
      ['Amt B', ['Dorf'], 7],
    ]);
  });
});
