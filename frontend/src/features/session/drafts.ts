import { type FormEvent, useEffect, useRef, useState } from 'react';
import { session, useAccount } from './store';

const prefix = 'draft:';

// What somebody has not sent does not stay behind when they sign out.
session.subscribe(() => {
  if (session.state().status !== 'signed-out') return;
  // See PrivateFrame: the mark of somebody who edits.
  localStorage.removeItem('editor');
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  }
});

export interface Draft<Values> {
  /** What was entered before, or the initial values. */
  values: Values;
  keep: (values: Values) => void;
  /** It was sent, or given up. */
  discard: () => void;
}

function read<Values>(key: string, initial: Values): Values {
  try {
    return { ...initial, ...(JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Values>) };
  } catch {
    return initial;
  }
}

/** The values of a form, kept for this tab until they are sent: leaving the page or loading it anew loses nothing. */
export function useDraft<Values extends object>(name: string, initial: Values): Draft<Values> {
  const key = `${prefix}${useAccount().id}:${name}`;
  const [values, setValues] = useState(() => read(key, initial));
  const first = useRef(initial);
  useEffect(() => setValues(read(key, first.current)), [key]);
  return {
    values,
    keep: (next) => {
      setValues(next);
      sessionStorage.setItem(key, JSON.stringify(next));
    },
    discard: () => {
      setValues(first.current);
      sessionStorage.removeItem(key);
    },
  };
}

/** Takes the named text controls of a form into a draft: `onInput={keepInput(draft)}`. */
export function keepInput<Values extends object>({ values, keep }: Draft<Values>) {
  return (event: FormEvent<HTMLFormElement>) => {
    const { name, value, type } = event.target as HTMLInputElement;
    if (name in values && type !== 'checkbox' && type !== 'hidden') keep({ ...values, [name]: value });
  };
}
