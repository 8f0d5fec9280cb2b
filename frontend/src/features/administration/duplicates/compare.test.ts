import { describe, expect, it } from 'vitest';
import type { KeptOffer as Offer } from '../exchange';
import { difference } from './compare';

const offer = (fields: Partial<Offer>) =>
  ({
    title: 'Deutsch A1',
    organization: { id: 'o', slug: 'o', name: 'Kreisvolkshochschule' },
    kind: 'course',
    price: { type: 'unknown', currency: 'EUR' },
    runs: [],
    topics: [],
    ...fields,
  }) as unknown as Offer;

describe('difference', () => {
  it.each([
    ['title', { title: 'Deutsch A1' }, { title: '  deutsch – A1!' }, 'same'],
    ['title', { title: 'Deutsch A1' }, { title: 'Deutsch A2' }, 'different'],
    ['summary', { summary: 'Für alle' }, {}, 'onlyFirst'],
    ['summary', {}, { summary: 'Für alle' }, 'onlySecond'],
    ['summary', {}, {}, 'none'],
    ['topics', { topics: ['a', 'b'] }, { topics: ['b', 'a'] }, 'same'],
    ['price', {}, {}, 'none'],
    ['price', { price: { type: 'free', currency: 'EUR' } }, {}, 'onlyFirst'],
  ] as const)('%s of %j and %j: %s', (field, first, second, result) => {
    expect(
      difference(
        offer(first as unknown as Partial<Offer>),
        offer(second as unknown as Partial<Offer>),
        field,
      ),
    ).toBe(result);
  });

  it('compares runs by their times, not by their ids', () => {
    const run = (id: string, start: string) => ({ id, start }) as unknown as Offer['runs'][number];
    const first = offer({ runs: [run('1', '2027-01-12T17:00:00Z')] });
    expect(difference(first, offer({ runs: [run('2', '2027-01-12T17:00:00Z')] }), 'runs')).toBe('same');
    expect(difference(first, offer({ runs: [run('1', '2027-01-13T17:00:00Z')] }), 'runs')).toBe('different');
  });
});
