import { describe, expect, it } from 'vitest';
import type { Health, Schedule } from '../../exchange';
import { everyNth, findings } from './findings';

const well: Health = {
  source: 'kvhs',
  records: { published: 120, withdrawn: 3 },
  lastSuccessAt: '2026-11-24T10:00:00Z',
  feedAgeSeconds: 3600,
  stale: false,
  errorRate: 0.001,
  awaitingConfirmation: 0,
  protectedFields: 2,
};
const schedule: Schedule = {
  url: 'https://example.org/kurse.xml',
  format: 'openvhs',
  mode: 'full',
  everyMinutes: 60,
  enabled: true,
  failures: 0,
  stale: false,
  version: 1,
};

describe('findings', () => {
  it('finds nothing where all is well', () => {
    expect(findings({ ...well, schedule })).toEqual([]);
  });

  it('says that nothing was ever imported, and not that it is old', () => {
    expect(findings({ ...well, lastSuccessAt: null, stale: true })).toEqual([{ kind: 'never' }]);
  });

  it('puts what waits for a person first', () => {
    const found = findings({
      ...well,
      stale: true,
      feedAgeSeconds: 900_000,
      errorRate: 0.125,
      awaitingConfirmation: 1,
      schedule: {
        ...schedule,
        failures: 3,
        lastError: 'timeout',
        enabled: false,
      },
    });
    expect(found).toEqual([
      { kind: 'waiting', count: 1 },
      { kind: 'fetchFailed', failures: 3, error: 'timeout' },
      { kind: 'stale', seconds: 900_000 },
      { kind: 'refused', rate: 0.125 },
      { kind: 'paused' },
    ]);
  });
});

it('says a rate as every so manieth', () => {
  expect([0.125, 0.5, 1, 0.021].map(everyNth)).toEqual([8, 2, 1, 48]);
});
