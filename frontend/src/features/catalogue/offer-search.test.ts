import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from '#/app/search-params';
import { activeFilters, toggled, toOffersQuery, withoutFilter } from './offer-filters';
import { validateOfferSearch } from './offer-search';

const read = (query: string) => validateOfferSearch(parseSearch(query));

describe('state of the results page', () => {
  it('comes from the address and goes back into it unchanged', () => {
    const query =
      '?q=deutsch+kurs&topic=languages&topic=literacy&area=13076108&near=53.43,11.85&radius=20&from=2027-01-01&bookable=true&sort=distance';
    expect(parseSearch(stringifySearch({ ...read(query) }))).toEqual(parseSearch(query));
  });

  it('becomes parameters of the API under the same names', () => {
    expect(toOffersQuery(read('?q=yoga&price=free&view=map&age=12'))).toEqual({
      q: 'yoga',
      price: ['free'],
      age: 12,
    });
  });

  it('makes a list of a single value and drops repetitions', () => {
    expect(read('?topic=music').topic).toEqual(['music']);
    expect(read('?topic=music&topic=music').topic).toEqual(['music']);
  });

  it('drops what the API would refuse', () => {
    expect(
      read('?nonsense=1&near=Parchim&from=2027-02-31&age=-3&sort=random&bookable=maybe&topic=%3Cscript%3E'),
    ).toEqual({});
    expect(read('?near=19370&radius=999')).toEqual({ near: '19370' });
    expect(read('?from=2027-03-01&to=2027-02-01')).toEqual({ from: '2027-03-01' });
  });

  it('says nothing about what is the default anyway', () => {
    expect(read('?q=deutsch&sort=relevance')).toEqual({ q: 'deutsch' });
    expect(read('?sort=start')).toEqual({});
    expect(read('?near=19370&radius=10')).toEqual({ near: '19370' });
    expect(read('?radius=20')).toEqual({});
    expect(read('?sort=distance')).toEqual({});
  });
});

describe('active filters', () => {
  const search = read(
    '?q=deutsch&topic=languages&topic=literacy&near=19370&radius=20&sort=distance&bookable=true',
  );

  it('lists each value on its own', () => {
    expect(activeFilters(search)).toEqual([
      { parameter: 'q', value: 'deutsch' },
      { parameter: 'near', value: '19370' },
      { parameter: 'bookable', value: 'true' },
      { parameter: 'topic', value: 'languages' },
      { parameter: 'topic', value: 'literacy' },
    ]);
  });

  it('removes one value and leaves the others', () => {
    expect(withoutFilter(search, { parameter: 'topic', value: 'languages' }).topic).toEqual(['literacy']);
    expect(withoutFilter(search, { parameter: 'bookable', value: 'true' }).bookable).toBeUndefined();
  });

  it('takes radius and order by distance away with the place', () => {
    const left = withoutFilter(search, { parameter: 'near', value: '19370' });
    expect(left).not.toHaveProperty('radius');
    expect(left).not.toHaveProperty('sort');
  });

  it('switches a value on and off', () => {
    expect(toggled({}, 'topic', 'music', true)).toEqual({ topic: ['music'] });
    expect(toggled({ topic: ['music'] }, 'topic', 'music', false).topic).toBeUndefined();
  });
});
