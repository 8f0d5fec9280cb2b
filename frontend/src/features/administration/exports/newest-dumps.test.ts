import { expect, it } from 'vitest';
import type { Dump } from '../exchange';
import { newestDumps } from './newest-dumps';

it('takes the newest of each kind', () => {
  const dump = (latest: string, createdAt: string) =>
    ({ latest, createdAt, name: latest + createdAt }) as Dump;
  const dumps = [
    dump('a', '2026-11-23T01:00:00Z'),
    dump('b', '2026-11-24T01:00:00Z'),
    dump('a', '2026-11-24T01:00:00Z'),
  ];
  expect(newestDumps(dumps).map(({ name }) => name)).toEqual([
    'a2026-11-24T01:00:00Z',
    'b2026-11-24T01:00:00Z',
  ]);
});
