import { useEffect, useState } from 'react';

let token: string | undefined;

/** Takes the one-time token out of the address (`#token=…`), so that it stays neither visible nor in the history. */
function take(): void {
  const found = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (!found) return;
  token = found;
  window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
}

// At once, before the router reads the address.
take();

/** The one-time token of the link that was opened; undefined when the address had none, for example after a reload. */
export function useLinkToken(): string | undefined {
  const [current, setCurrent] = useState(token);
  useEffect(() => {
    // A second link in the same tab changes the fragment only.
    const changed = () => {
      take();
      setCurrent(token);
    };
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, []);
  return current;
}

/** The token has done its work. */
export function forgetLinkToken(): void {
  token = undefined;
}
