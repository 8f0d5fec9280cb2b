import { readProblem } from './problem';
import type { Me, SignedIn } from './types';

/** What the pages know about the session. The tokens are not part of it. */
export type SessionState =
  /** Not asked yet, or the server could not be reached (`error`). */
  | { status: 'unknown'; error?: unknown }
  /** `left`: on purpose, a moment ago. */
  | { status: 'signed-out'; left?: boolean }
  | { status: 'signed-in'; account: Me; idleEndsAt: number; idleWarning: boolean }
  /** It was signed in on this page: everything stays as it is until somebody signs in again. */
  | { status: 'ended'; account: Me };

/** What tabs tell each other. A token goes from memory to memory and is never stored. */
export type SessionMessage = { kind: 'signed-in'; session: SignedIn } | { kind: 'signed-out' };

/** The world around the store, passed in so that tests can bring their own. */
export interface Surroundings {
  fetch: typeof fetch;
  now: () => number;
  /** Runs the work while no other tab does the same. */
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  tell: (message: SessionMessage) => void;
  listen: (hear: (message: SessionMessage) => void) => void;
}

/** A token is replaced this long before it ends, so that no request travels with a dead one. */
const marginMs = 30_000;
/** As long as somebody is at work, the token is replaced this long before its end. */
const eagerMs = 90_000;
const minute = 60_000;
/** How long before the idle end the page warns. */
export const warningMs = 2 * minute;
/** How long a session may rest, after the rules of the server: accounts that need a second factor, and all others. */
const idleMs = { strict: 12 * 60 * minute, relaxed: 30 * 24 * 60 * minute };

export type SessionStore = ReturnType<typeof createSessionStore>;

export function createSessionStore(world: Surroundings) {
  let state: SessionState = { status: 'unknown' };
  let token: { value: string; endsAt: number } | undefined;
  let lastActivity = world.now();
  let lastRefresh = 0;
  let refreshing: Promise<boolean> | undefined;
  const listeners = new Set<() => void>();

  function set(next: SessionState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function keep(session: SignedIn): void {
    const now = world.now();
    token = { value: session.accessToken, endsAt: now + session.expiresIn * 1000 };
    lastRefresh = now;
    const idle = session.account.secondFactor.required ? idleMs.strict : idleMs.relaxed;
    set({ status: 'signed-in', account: session.account, idleEndsAt: now + idle, idleWarning: false });
  }

  /** A sign-in, step-up or refresh succeeded here. */
  function adopt(session: SignedIn): void {
    lastActivity = world.now();
    keep(session);
    world.tell({ kind: 'signed-in', session });
  }

  /** The session is over. Pages that were in use stay as they are; others go to the sign-in. */
  function end(): void {
    token = undefined;
    if (state.status === 'signed-in') set({ status: 'ended', account: state.account });
    else if (state.status !== 'ended') set({ status: 'signed-out' });
  }

  /** Somebody signed out on purpose: nothing private stays on any screen. */
  function leave(): void {
    token = undefined;
    set({ status: 'signed-out', left: true });
  }

  async function askForRefresh(): Promise<boolean> {
    const before = token?.value;
    return world.exclusively(async () => {
      // Another tab was faster and has told us.
      if (token && token.value !== before && token.endsAt - world.now() > marginMs) return true;
      const response = await world.fetch('/api/v1/auth/refresh', { method: 'POST' });
      if (response.ok) {
        const session = (await response.json()) as SignedIn;
        keep(session);
        world.tell({ kind: 'signed-in', session });
        return true;
      }
      const problem = await readProblem(response);
      if (response.status === 401) {
        end();
        return false;
      }
      throw problem;
    });
  }

  /**
   * Replaces the tokens, one at a time in all tabs. False: the session is over. Throws a problem or the network's error
   * when nobody can say.
   */
  function refresh(): Promise<boolean> {
    refreshing ??= askForRefresh().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  }

  /** Finds out at the start of a page whether somebody is signed in. */
  async function start(): Promise<void> {
    if (state.status !== 'unknown') return;
    try {
      await refresh();
    } catch (error) {
      if (state.status === 'unknown') set({ status: 'unknown', error });
    }
  }

  /** A token that lives long enough for one request; undefined when nobody is signed in. */
  async function accessToken(): Promise<string | undefined> {
    if (token && token.endsAt - world.now() > marginMs) return token.value;
    if (state.status === 'signed-out' || state.status === 'ended') return undefined;
    return (await refresh()) ? token?.value : undefined;
  }

  /** The server refused this token. True when there is another one to try. */
  async function replaceToken(refused: string | undefined): Promise<boolean> {
    if (token && token.value !== refused) return true;
    token = undefined;
    return state.status === 'signed-in' || state.status === 'unknown' ? refresh() : false;
  }

  /** Somebody touched the page. */
  function touch(): void {
    lastActivity = world.now();
  }

  /** Called every few seconds and when the tab is shown again: clocks stop while a computer sleeps, timers with them. */
  async function tick(): Promise<void> {
    if (state.status !== 'signed-in') return;
    const now = world.now();
    if (now >= state.idleEndsAt) {
      end();
      return;
    }
    if (lastActivity > lastRefresh && token && token.endsAt - now < eagerMs) {
      // A lost network is no end: the next tick or request tries again.
      await refresh().catch(() => undefined);
      return;
    }
    const idleWarning = state.idleEndsAt - now <= warningMs;
    if (idleWarning !== state.idleWarning) set({ ...state, idleWarning });
  }

  /** The answer to the warning: "stay signed in". */
  async function stay(): Promise<boolean> {
    touch();
    return refresh();
  }

  /** Whose session it is. */
  function accountId(): string | undefined {
    return 'account' in state ? state.account.id : undefined;
  }

  /** The account was changed, for example its name. */
  function updateAccount(account: Me): void {
    if (state.status === 'signed-in' || state.status === 'ended') set({ ...state, account });
  }

  /** Ends the session on the server and in all tabs. Throws when the server could not be told. */
  async function signOut(): Promise<void> {
    const response = await world.fetch('/api/v1/auth/logout', { method: 'POST' });
    if (!response.ok && response.status !== 401) throw await readProblem(response);
    forget();
  }

  /** The session is gone on the server already, for example with its account. */
  function forget(): void {
    leave();
    world.tell({ kind: 'signed-out' });
  }

  world.listen((message) => {
    if (message.kind === 'signed-in') keep(message.session);
    else leave();
  });

  return {
    state: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start,
    adopt,
    accessToken,
    replaceToken,
    refresh,
    touch,
    tick,
    stay,
    accountId,
    updateAccount,
    signOut,
    forget,
  };
}

/** Whether an account may do something, everywhere or in one organisation. The server decides; this only hides what would fail. */
export function may(account: Me | undefined, capability: string, organization?: string): boolean {
  return (account?.capabilities ?? []).some(
    (own) =>
      own.capability === capability &&
      (own.reach === 'all' || organization === undefined || (own.organizations ?? []).includes(organization)),
  );
}
