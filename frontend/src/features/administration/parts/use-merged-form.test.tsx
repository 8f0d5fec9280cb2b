import { act, renderHook } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { useMergedForm } from './use-merged-form';

const stale = { status: 412, code: 'precondition-failed' };

function setup() {
  return renderHook(({ name, version }) => useMergedForm({ name, language: 'de' }, version), {
    initialProps: { name: 'A', version: 1 },
  });
}

describe('useMergedForm', () => {
  it('sends nothing where nothing was changed', async () => {
    const { result } = setup();
    const send = vi.fn();
    await act(() => result.current.save(send, vi.fn()));
    expect(send).not.toHaveBeenCalled();
  });

  it('keeps what was entered when somebody else was faster, shows theirs, and sends with their version', async () => {
    const { result, rerender } = setup();
    act(() => result.current.set({ name: ' C ' }));
    expect(result.current.changes).toEqual({ name: 'C' });
    const refused = await act(() =>
      result.current.save(
        () => Promise.reject(stale),
        async () => rerender({ name: 'B', version: 2 }),
      ),
    );
    expect(refused).toBe(false);
    expect(result.current).toMatchObject({ stale: true, version: 2, conflicts: { name: 'B' } });
    expect(result.current.values.name).toBe(' C ');

    const saved = await act(() => result.current.save(() => Promise.resolve(), vi.fn()));
    expect(saved).toBe(true);
    expect(result.current).toMatchObject({ stale: false, conflicts: {} });
  });

  it('takes theirs on request', async () => {
    const { result, rerender } = setup();
    act(() => result.current.set({ name: 'C' }));
    rerender({ name: 'B', version: 2 });
    act(() => result.current.adopt('name'));
    expect(result.current.values.name).toBe('B');
    expect(result.current.changes).toEqual({});
  });

  it('lets other errors through', async () => {
    const { result } = setup();
    act(() => result.current.set({ name: 'C' }));
    await expect(
      act(() => result.current.save(() => Promise.reject({ status: 409, code: 'conflict' }), vi.fn())),
    ).rejects.toMatchObject({ status: 409 });
  });
});
