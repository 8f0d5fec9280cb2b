import { useEffect, useSyncExternalStore } from 'react';

let current = '';
const listeners = new Set<() => void>();

function emit(message: string): void {
  current = message;
  for (const listener of listeners) listener();
}

/** Puts a message into the page's live region. The same message twice in a row is read only once. */
export function announce(message: string): void {
  emit(message);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Rendered once by the layout, empty and before anything is announced: only then do screen readers listen to it. */
export function LiveRegion() {
  const message = useSyncExternalStore(subscribe, () => current);
  return (
    <div className="visually-hidden" role="status" aria-live="polite" data-testid="live-region">
      {message}
    </div>
  );
}

/** Announces a message whenever it changes; `undefined` stays silent (for example while loading). */
export function useAnnouncement(message: string | undefined): void {
  useEffect(() => {
    if (message !== undefined) announce(message);
  }, [message]);
}
