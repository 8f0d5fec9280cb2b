import { describe, expect, it } from 'vitest';
import { createSessionStore, may, type SessionMessage, type Surroundings, warningMs } from './session-store';
import type { Me, SignedIn } from './types';

const account: Me = {
  id: 'a1',
  email: 'redaktion@example.org',
  name: 'Redaktion',
  language: 'de',
  status: 'active',
  version: 1,
  createdAt: '2026-09-01T08:00:00Z',
  roles: [],
  capabilities: [
    { capability: 'audit.read', reach: 'all' },
    { capability: 'members.manage', reach: 'own', organizations: ['o1'] },
  ],
  secondFactor: { required: true, totp: true, passkeys: 0, recoveryCodes: 8 },
  methods: ['pwd', 'otp'],
};

const answer = (accessToken: string): SignedIn => ({
  status: 'signed-in',
  accessToken,
  tokenType: 'Bearer',
  expiresIn: 600,
  authTime: '2026-11-24T10:00:00Z',
  account,
});

const minute = 60_000;

/** Tabs of one browser: one server, one clock, one lock, one channel. */
function browser() {
  const served = { refreshes: 0, logouts: 0, ended: false, status: 200, now: 0 };
  const hearers: Array<(message: SessionMessage) => void> = [];
  let queue: Promise<unknown> = Promise.resolve();

  const server: typeof fetch = async (input) => {
    if (String(input).endsWith('/logout')) {
      served.logouts += 1;
      return new Response(null, { status: 204 });
    }
    if (served.status !== 200) return new Response('{}', { status: served.status });
    if (served.ended) {
      return Response.json({ status: 401, code: 'session-ended', title: 'x' }, { status: 401 });
    }
    served.refreshes += 1;
    return Response.json(answer(`token-${served.refreshes}`));
  };

  function tab() {
    const own: { hear: (message: SessionMessage) => void } = { hear: () => undefined };
    const world: Surroundings = {
      fetch: server,
      now: () => served.now,
      exclusively: (work) => {
        const turn = queue.then(work, work);
        queue = turn.catch(() => undefined);
        return turn;
      },
      tell: (message) => {
        for (const hear of hearers) if (hear !== own.hear) hear(message);
      },
      listen: (hear) => {
        own.hear = hear;
        hearers.push(hear);
      },
    };
    return createSessionStore(world);
  }
  return { served, tab };
}

describe('the session of a browser', () => {
  it('is found by one refresh, however many ask at once', async () => {
    const { served, tab } = browser();
    const store = tab();
    const tokens = await Promise.all([store.accessToken(), store.accessToken(), store.accessToken()]);
    expect(tokens).toEqual(['token-1', 'token-1', 'token-1']);
    expect(served.refreshes).toBe(1);
  });

  it('is refreshed by one tab for all', async () => {
    const { served, tab } = browser();
    const tabs = [tab(), tab(), tab()];
    const tokens = await Promise.all(tabs.map((store) => store.accessToken()));
    expect(served.refreshes).toBe(1);
    expect(tokens).toEqual(['token-1', 'token-1', 'token-1']);
  });

  it('replaces a token before it ends, and one that the server refused', async () => {
    const { served, tab } = browser();
    const store = tab();
    expect(await store.accessToken()).toBe('token-1');
    served.now = 9 * minute;
    expect(await store.accessToken()).toBe('token-1');
    served.now = 9.6 * minute;
    expect(await store.accessToken()).toBe('token-2');
    expect(await store.replaceToken('token-2')).toBe(true);
    expect(await store.accessToken()).toBe('token-3');
    // Refused a moment ago, replaced meanwhile: no further refresh.
    expect(await store.replaceToken('token-2')).toBe(true);
    expect(served.refreshes).toBe(3);
  });

  it('says that nobody is signed in where nobody was', async () => {
    const { served, tab } = browser();
    served.ended = true;
    const store = tab();
    await store.start();
    expect(store.state()).toEqual({ status: 'signed-out' });
    expect(await store.accessToken()).toBeUndefined();
  });

  it('keeps the account on the page when a session ends', async () => {
    const { served, tab } = browser();
    const store = tab();
    await store.start();
    served.ended = true;
    expect(await store.replaceToken('token-1')).toBe(false);
    expect(store.state()).toEqual({ status: 'ended', account });
    store.adopt(answer('again'));
    expect(store.state().status).toBe('signed-in');
    expect(await store.accessToken()).toBe('again');
  });

  it('does not take a lost network for an end', async () => {
    const { served, tab } = browser();
    const store = tab();
    served.status = 503;
    await store.start();
    expect(store.state()).toMatchObject({ status: 'unknown', error: { status: 503 } });
    served.status = 200;
    await store.start();
    expect(store.state().status).toBe('signed-in');
    served.status = 503;
    await expect(store.replaceToken('token-1')).rejects.toMatchObject({ status: 503 });
    expect(store.state().status).toBe('signed-in');
  });

  it('signs in and out in all tabs', async () => {
    const { served, tab } = browser();
    const [first, second] = [tab(), tab()];
    first.adopt(answer('mine'));
    expect(await second.accessToken()).toBe('mine');
    await second.signOut();
    expect(served.logouts).toBe(1);
    expect(first.state()).toEqual({ status: 'signed-out', left: true });
    expect(await first.accessToken()).toBeUndefined();
  });
});

describe('a resting session', () => {
  it('lives while somebody works', async () => {
    const { served, tab } = browser();
    const store = tab();
    await store.start();
    served.now = 9 * minute;
    await store.tick();
    expect(served.refreshes).toBe(1);
    store.touch();
    await store.tick();
    expect(served.refreshes).toBe(2);
  });

  it('warns, and goes on when asked to', async () => {
    const { served, tab } = browser();
    const store = tab();
    await store.start();
    served.now = 12 * 60 * minute - warningMs;
    await store.tick();
    expect(store.state()).toMatchObject({ status: 'signed-in', idleWarning: true });
    await store.stay();
    expect(store.state()).toMatchObject({ status: 'signed-in', idleWarning: false });
    expect(served.refreshes).toBe(2);
  });

  it('ends in place, without asking the server', async () => {
    const { served, tab } = browser();
    const store = tab();
    await store.start();
    served.now = 12 * 60 * minute;
    await store.tick();
    expect(store.state().status).toBe('ended');
    expect(served.refreshes).toBe(1);
  });
});

describe('rights', () => {
  it('reach everywhere, or the own organisations', () => {
    expect(may(account, 'audit.read')).toBe(true);
    expect(may(account, 'audit.read', 'o2')).toBe(true);
    expect(may(account, 'members.manage')).toBe(true);
    expect(may(account, 'members.manage', 'o1')).toBe(true);
    expect(may(account, 'members.manage', 'o2')).toBe(false);
    expect(may(account, 'accounts.manage')).toBe(false);
    expect(may(undefined, 'audit.read')).toBe(false);
  });
});
