import { useSyncExternalStore } from 'react';
import { createSessionStore, may, type SessionMessage, type SessionState } from './session-store';
import type { Me } from './types';

const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('session');

/** The session of this browser: tokens in memory, refreshed by one tab at a time. */
export const session = createSessionStore({
  fetch: (input, init) => fetch(input, init),
  now: () => Date.now(),
  exclusively: (work) => ('locks' in navigator ? navigator.locks.request('session-refresh', work) : work()),
  tell: (message) => channel?.postMessage(message),
  listen: (hear) =>
    channel?.addEventListener('message', ({ data }: MessageEvent<SessionMessage>) => hear(data)),
});

/** The session, kept up to date. */
export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.state);
}

/** The signed-in account; inside of `RequireSession` it is always there. */
export function useAccount(): Me {
  const state = useSession();
  if (state.status === 'signed-in' || state.status === 'ended') return state.account;
  throw new Error('useAccount needs RequireSession around it');
}

function currentAccount(): Me | undefined {
  const state = session.state();
  return state.status === 'signed-in' || state.status === 'ended' ? state.account : undefined;
}

/**
 * Whether the account may do something (`accounts.manage` …), everywhere or in one organisation. Read at the time of
 * the call; inside of components use `useCapability`.
 */
export function hasCapability(capability: string, organization?: string): boolean {
  return may(currentAccount(), capability, organization);
}

/** As `hasCapability`, following changes of the account. */
export function useCapability(capability: string, organization?: string): boolean {
  const state = useSession();
  return may('account' in state ? state.account : undefined, capability, organization);
}

/** Ends the session here, in the other tabs and on the server. */
export function signOut(): Promise<void> {
  return session.signOut();
}
