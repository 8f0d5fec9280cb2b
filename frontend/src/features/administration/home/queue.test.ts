import { describe, expect, it } from 'vitest';
import type { Client, Source } from '../types';
import { applicationTasks, healthTasks, importTasks, secretTasks, sortTasks } from './queue';

const now = new Date('2027-03-10T09:00:00Z');

function client(id: string, ...ends: (string | null)[]): Client {
  return {
    id,
    source: 'kvhs-lup',
    name: id,
    scopes: ['imports:run'],
    secrets: ends.map((expiresAt, index) => ({
      id: `${id}-${index}`,
      hint: 'abcd',
      createdAt: '2026-03-10T09:00:00Z',
      expiresAt,
    })),
    createdAt: '2026-03-10T09:00:00Z',
    version: 1,
  };
}

const source = (key: string, confirmedAt?: string): Source => ({
  id: key,
  key,
  name: key,
  licence: 'cc-by/4.0',
  createdAt: '2026-03-10T09:00:00Z',
  confirmedAt,
  version: 1,
});

describe('secretTasks', () => {
  it('reminds of a secret that ends soon', () => {
    expect(secretTasks([client('a', '2027-03-15T09:00:00Z')], now)).toMatchObject([
      { days: 5, source: 'kvhs-lup' },
    ]);
  });

  it('says when none is left', () => {
    expect(secretTasks([client('a')], now)).toMatchObject([{ days: undefined }]);
  });

  it('is silent where a newer secret takes over, where one never ends, and for what has ended', () => {
    const replaced = client('a', '2027-03-12T09:00:00Z', '2028-03-12T09:00:00Z');
    const unlimited = client('b', '2027-03-12T09:00:00Z', null);
    const revoked = { ...client('c', '2027-03-12T09:00:00Z'), revokedAt: '2027-01-01T00:00:00Z' };
    const keys = { ...client('d'), jwks: {} };
    expect(secretTasks([replaced, unlimited, revoked, keys], now)).toEqual([]);
  });
});

describe('importTasks', () => {
  it('names sources that were never or long not imported as a whole', () => {
    const sources = [
      source('never'),
      source('old', '2027-02-01T09:00:00Z'),
      source('fresh', '2027-03-09T09:00:00Z'),
      source('portal'),
      { ...source('ended'), revokedAt: '2027-01-01T00:00:00Z' },
    ];
    expect(importTasks(sources, now)).toMatchObject([
      { id: 'never', days: undefined },
      { id: 'old', days: 37 },
    ]);
  });
});

describe('healthTasks', () => {
  it('names what waits and what cannot be fetched, with the name of the source', () => {
    const health = (key: string, awaitingConfirmation: number, failures?: number) =>
      ({
        source: key,
        awaitingConfirmation,
        schedule: failures === undefined ? null : { failures },
      }) as Parameters<typeof healthTasks>[0][number];
    const tasks = healthTasks(
      [health('a', 1, 0), health('b', 0, 3), health('c', 0)],
      [{ ...source('a'), name: 'Kursverwaltung' }],
    );
    expect(tasks).toMatchObject([
      { kind: 'held', source: 'a', title: 'Kursverwaltung', count: 1 },
      { kind: 'fetch', source: 'b', title: 'b', count: 3 },
    ]);
  });
});

describe('sortTasks', () => {
  it('puts what breaks first before what only waits', () => {
    const applications = applicationTasks(
      [
        { id: 'young', organizationName: 'young', verifiedAt: '2027-03-09T09:00:00Z' },
        { id: 'old', organizationName: 'old', verifiedAt: '2027-03-01T09:00:00Z' },
      ] as Parameters<typeof applicationTasks>[0],
      now,
    );
    const secrets = secretTasks(
      [client('later', '2027-03-30T09:00:00Z'), client('soon', '2027-03-11T09:00:00Z'), client('none')],
      now,
    );
    const imports = importTasks([source('stale', '2027-02-01T09:00:00Z'), source('never')], now);
    expect(sortTasks([...applications, ...imports, ...secrets]).map(({ id }) => id)).toEqual([
      'none',
      'soon',
      'later',
      'old',
      'young',
      'never',
      'stale',
    ]);
  });
});
