import { describe, expect, it } from 'vitest';
import type { Import } from '../../exchange';
import { canUndo } from './UndoImport';

const done = {
  state: 'succeeded',
  counts: { created: 1, changed: 0, unchanged: 5, withdrawn: 0, rejected: 0 },
} as Import;

describe('canUndo', () => {
  it('offers it for what has changed something', () => {
    expect(canUndo(done)).toBe(true);
    expect(canUndo({ ...done, undoes: 'i' })).toBe(true);
  });

  it.each([
    ['a dry run', { dryRun: true }],
    ['what failed', { state: 'failed' }],
    ['what waits', { state: 'awaiting-confirmation' }],
    ['what was undone', { undoneBy: 'i' }],
    ['what changed nothing', { counts: { ...done.counts, created: 0 } }],
  ] as const)('does not for %s', (_, fields) => {
    expect(canUndo({ ...done, ...fields } as Import)).toBe(false);
  });
});
