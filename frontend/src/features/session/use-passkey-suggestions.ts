import { useEffect, useRef } from 'react';
import { signInWithPasskey } from './passkey-calls';
import type { SignedIn } from './types';
import { conditionalSupported } from './webauthn';

/** A challenge of the server lives for five minutes; a new one is fetched before. */
const renewMs = 4 * 60_000;

/**
 * Lets the browser offer passkeys in the e-mail field. Silent: whoever does not use one notices nothing, and what goes
 * wrong here leaves the other ways to sign in.
 */
export function usePasskeySuggestions(
  active: boolean,
  onSignedIn: (answer: SignedIn) => void,
): { stop: () => void } {
  const running = useRef<AbortController>(undefined);
  const latest = useRef(onSignedIn);
  latest.current = onSignedIn;

  useEffect(() => {
    if (!active) return;
    let over = false;

    async function offer(): Promise<void> {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      if (over || !(await conditionalSupported())) return;
      try {
        const answer = await signInWithPasskey(controller.signal, true);
        if (!over) latest.current(answer);
      } catch {
        // Dismissed, replaced by the next offer, or refused: the form below says all there is to say.
      }
    }

    void offer();
    const timer = setInterval(() => void offer(), renewMs);
    return () => {
      over = true;
      clearInterval(timer);
      running.current?.abort();
    };
  }, [active]);

  return { stop: () => running.current?.abort() };
}
