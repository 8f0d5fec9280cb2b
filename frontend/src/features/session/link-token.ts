import { useEffect, useState } from 'react';

let token: string | undefined;
let error: { code: string; page: string } | undefined;

/**
 * Takes what links and redirects of the server bring out of the address, so that it stays neither visible nor in the
 * history: a one-time token (`#token=…`), or the code of an error at an identity provider (`#error=…`).
 */
function take(): void {
  const fragment = new URLSearchParams(window.location.hash.slice(1));
  if (!fragment.has('token') && !fragment.has('error')) return;
  token = fragment.get('token') ?? undefined;
  const code = fragment.get('error');
  error = code === null ? undefined : { code, page: window.location.pathname };
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

/** What went wrong at an identity provider, as a code, on the page that it was brought to. */
export function linkError(): string | undefined {
  return error?.page === window.location.pathname ? error.code : undefined;
}
