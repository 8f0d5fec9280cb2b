import { expect, it } from 'vitest';
import { feedAddress } from './FeedLinks';

it('takes the search with it, but not what belongs to the screen', () => {
  expect(feedAddress({}, 'ics')).toBe('/api/v1/offers.ics');
  expect(
    feedAddress(
      { q: 'Deutsch & mehr', topic: ['sprache', 'grundbildung'], view: 'map', sort: 'title' },
      'csv',
    ),
  ).toBe('/api/v1/offers.csv?q=Deutsch+%26+mehr&topic=sprache&topic=grundbildung');
});
