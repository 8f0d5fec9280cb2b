import { useCallback, useRef, useState } from 'react';

export interface Submit<Input extends unknown[]> {
  /** Runs the action; does nothing while it is running already. True when it went through. */
  submit: (...input: Input) => Promise<boolean>;
  pending: boolean;
  /** Problem details or the network's error of the last attempt. */
  error: unknown;
  /** Counts failed attempts: as `key` of an error summary it lets the summary take focus every time. */
  attempt: number;
  reset: () => void;
}

/** One action of a form: not twice at once, and its error kept for the page. */
export function useSubmit<Input extends unknown[]>(
  action: (...input: Input) => Promise<unknown>,
): Submit<Input> {
  const [state, setState] = useState<{ pending: boolean; error: unknown; attempt: number }>({
    pending: false,
    error: undefined,
    attempt: 0,
  });
  const running = useRef(false);
  const latest = useRef(action);
  latest.current = action;

  const submit = useCallback(async (...input: Input) => {
    if (running.current) return false;
    running.current = true;
    setState((was) => ({ ...was, pending: true }));
    try {
      await latest.current(...input);
      setState((was) => ({ ...was, pending: false, error: undefined }));
      return true;
    } catch (error) {
      setState((was) => ({ pending: false, error, attempt: was.attempt + 1 }));
      return false;
    } finally {
      running.current = false;
    }
  }, []);

  const reset = useCallback(() => setState((was) => ({ ...was, error: undefined })), []);
  return { ...state, submit, reset };
}
