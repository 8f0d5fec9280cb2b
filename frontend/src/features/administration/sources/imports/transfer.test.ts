import { describe, expect, it } from 'vitest';
import { pieceBytes, transfer, type UploadCalls } from './transfer';

const size = 2 * pieceBytes + 10;
const file = new File([new Uint8Array(size)], 'kurse.xml');

/** A server that keeps what it gets; `faults` says what happens to each call of `append`. */
function server(faults: (unknown | undefined)[] = []) {
  let arrived = 0;
  const offsets: number[] = [];
  const calls: UploadCalls = {
    create: async () => ({
      id: 'u',
      name: 'kurse.xml',
      received: 0,
      size,
      createdAt: '2026-11-24T00:00:00Z',
    }),
    received: async () => arrived,
    append: async (_id, offset, piece) => {
      const fault = faults.shift();
      offsets.push(offset);
      if (fault === 'lost answer') arrived = offset + piece.size;
      if (fault !== undefined) throw fault === 'lost answer' ? new TypeError('offline') : fault;
      arrived = offset + piece.size;
      return arrived;
    },
    wait: async () => {},
  };
  return { calls, offsets, arrived: () => arrived };
}

const wish = { file, onUpload: () => {}, onProgress: () => {} };

describe('transfer', () => {
  it('sends all pieces and tells how far it is', async () => {
    const { calls, offsets } = server();
    const shares: number[] = [];
    await transfer(calls, { ...wish, onProgress: (share) => shares.push(share) });
    expect(offsets).toEqual([0, pieceBytes, 2 * pieceBytes]);
    expect(shares.at(0)).toBe(0);
    expect(shares.at(-1)).toBe(1);
  });

  it('does not send a piece twice whose answer was lost', async () => {
    const { calls, offsets } = server(['lost answer', { status: 503, code: 'busy' }]);
    await transfer(calls, wish);
    expect(offsets).toEqual([0, pieceBytes, pieceBytes, 2 * pieceBytes]);
  });

  it('goes on with an earlier attempt', async () => {
    const denied = { status: 403, code: 'forbidden' };
    const { calls, offsets } = server([undefined, denied]);
    await expect(transfer(calls, wish)).rejects.toBe(denied);
    await transfer(calls, { ...wish, upload: 'u' });
    expect(offsets).toEqual([0, pieceBytes, pieceBytes, 2 * pieceBytes]);
  });

  it('gives up when nothing helps', async () => {
    const gone = new TypeError('offline');
    const { calls, offsets } = server([gone, gone, gone, gone]);
    await expect(transfer(calls, wish)).rejects.toBe(gone);
    expect(offsets).toEqual([0, 0, 0, 0]);
  });
});
