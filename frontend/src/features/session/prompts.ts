import { useSyncExternalStore } from 'react';

/** A question that stands between a request and its answer. */
export type Prompt = 'step-up' | 'sign-in';

let current: Prompt | undefined;
let waiting: Array<(confirmed: boolean) => void> = [];
const listeners = new Set<() => void>();

function set(next: Prompt | undefined): void {
  current = next;
  for (const listener of listeners) listener();
}

/**
 * Opens the dialog of the private frame and waits for its outcome: true when the person has confirmed, false when they
 * closed it. Requests that need the same wait together.
 */
export function ask(prompt: Prompt): Promise<boolean> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    // Signing in anew confirms as well, so it takes the place of the smaller question.
    if (current !== 'sign-in') set(prompt);
  });
}

/** Called by the dialog. */
export function answerPrompt(confirmed: boolean): void {
  const asking = waiting;
  waiting = [];
  set(undefined);
  for (const resolve of asking) resolve(confirmed);
}

export function usePrompt(): Prompt | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
