import { describe, expect, it } from 'vitest';
import type { RegionArea } from '#/api/hooks';
import { areaOfNear, matchingAreas, nearOfArea, nearOfText, positionOf } from './where';

const area = (key: string, name: string, postcodes: string[], town = false): RegionArea => ({
  key,
  kind: 'municipality',
  name,
  town,
  parent: '13076',
  population: 1000,
  lon: 11 + Number(key) / 100,
  lat: 53,
  postcodes,
});

const areas: RegionArea[] = [
  area('1', 'Parchim', ['19370'], true),
  area('2', 'Groß Godems', ['19372']),
  area('3', 'Plau am See', ['19395'], true),
  area('4', 'Lübz', ['19386'], true),
  { ...area('5', 'Amt Parchimer Umland', ['19370']), kind: 'amt' },
];

describe('places of the search', () => {
  it('finds municipalities by the beginning of any word, with or without umlauts', () => {
    expect(matchingAreas(areas, 'parch').map((hit) => hit.name)).toEqual(['Parchim']);
    expect(matchingAreas(areas, 'luebz').map((hit) => hit.name)).toEqual(['Lübz']);
    expect(matchingAreas(areas, 'godems').map((hit) => hit.name)).toEqual(['Groß Godems']);
    expect(matchingAreas(areas, '1937').map((hit) => hit.name)).toEqual(['Parchim', 'Groß Godems']);
    expect(matchingAreas(areas, '')).toEqual([]);
  });

  it('understands postcodes and unambiguous names, and says when it does not', () => {
    expect(nearOfText(areas, '19395')).toBe('19395');
    expect(nearOfText(areas, ' plau am see ')).toBe('53.00000,11.03000');
    expect(nearOfText(areas, 'Atlantis')).toBeNull();
    expect(nearOfText(areas, '  ')).toBeUndefined();
    expect(nearOfText([...areas, area('6', 'Lübz', [])], 'Lübz')).toBeNull();
  });

  it('finds the name again from the address', () => {
    const parchim = areas[0] as RegionArea;
    expect(areaOfNear(areas, nearOfArea(parchim))).toBe(parchim);
    expect(positionOf('53.42,11.84')).toEqual({ lat: 53.42, lon: 11.84 });
    expect(positionOf('19370')).toBeNull();
  });
});
