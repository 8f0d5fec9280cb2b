import { useState } from 'react';
import { isStale } from '#/features/session/api';
import { type Fields, merge, same } from './merge';

export interface MergedForm<Values extends Fields> {
  values: Values;
  set: (changes: Partial<Values>) => void;
  /** The version to send with a change. */
  version: number;
  /** What the person has changed: only this is sent. */
  changes: Partial<Values>;
  /** What others saved while this form was open, by field; only what the person had changed as well. */
  conflicts: Partial<Values>;
  /** Somebody else saved meanwhile: the last attempt was refused. */
  stale: boolean;
  /** Takes what others have saved for one field. */
  adopt: (field: keyof Values) => void;
  /** Saves; when the server refuses because of another change, asks for the record anew and keeps what was entered. */
  save: (send: () => Promise<unknown>, reload: () => Promise<unknown>) => Promise<boolean>;
}

interface State<Values extends Fields> {
  /** The record that `values` started from. */
  base: Values;
  version: number;
  values: Values;
  conflicts: Partial<Values>;
  stale: boolean;
}

/** A form over a saved record. When the record changes below it, both are merged field by field. */
export function useMergedForm<Values extends Fields>(saved: Values, version: number): MergedForm<Values> {
  const [state, setState] = useState<State<Values>>({
    base: saved,
    version,
    values: saved,
    conflicts: {},
    stale: false,
  });
  let current = state;
  if (version !== state.version) {
    const merged = merge(state.base, state.values, saved);
    const conflicts = Object.fromEntries(merged.conflicts.map((field) => [field, saved[field]]));
    current = {
      ...state,
      base: saved,
      version,
      values: merged.values,
      conflicts: conflicts as Partial<Values>,
    };
    setState(current);
  }
  const { values, conflicts } = current;

  return {
    values,
    version: current.version,
    conflicts,
    stale: current.stale,
    changes: Object.fromEntries(
      Object.entries(values)
        .filter(([field, value]) => !same(value, current.base[field]))
        .map(([field, value]) => [field, typeof value === 'string' ? value.trim() : value]),
    ) as Partial<Values>,
    set: (changes) => setState((was) => ({ ...was, values: { ...was.values, ...changes } })),
    adopt: (field) =>
      setState((was) => {
        const { [field]: theirs, ...rest } = was.conflicts as Values;
        return {
          ...was,
          values: { ...was.values, [field]: theirs },
          conflicts: rest as unknown as Partial<Values>,
        };
      }),
    save: async (send, reload) => {
      try {
        if (!same(values, current.base)) await send();
        setState((was) => ({ ...was, conflicts: {}, stale: false }));
        return true;
      } catch (error) {
        if (!isStale(error)) throw error;
        setState((was) => ({ ...was, stale: true }));
        await reload();
        return false;
      }
    },
  };
}
