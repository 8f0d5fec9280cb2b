import { describe, expect, it } from 'vitest';
import { createPrivateCall } from './private-call';
import type { Prompt } from './prompts';

const problem = (status: number, code: string) => Response.json({ status, code, title: code }, { status });

/** A call with a session, a person at the dialog and a server that answers in this order. */
function setting(answers: Response[], { person = true, renewable = true, returns = 'a1' } = {}) {
  const sent: Array<{ url: string; init: RequestInit; headers: Headers; token: string | null }> = [];
  const asked: Prompt[] = [];
  let token = 1;
  let account = 'a1';
  const { call } = createPrivateCall(
    {
      accountId: () => account,
      accessToken: async () => `token-${token}`,
      replaceToken: async () => {
        if (renewable) token += 1;
        return renewable;
      },
    },
    async (prompt) => {
      asked.push(prompt);
      if (prompt === 'sign-in') {
        token += 1;
        account = returns;
      }
      return person;
    },
    async (url, init = {}) => {
      const headers = new Headers(init.headers);
      sent.push({ url: String(url), init, headers, token: headers.get('authorization') });
      const answer = answers.shift();
      if (!answer) throw new TypeError('no answer left');
      return answer;
    },
  );
  return { call, sent, asked };
}

describe('a private call', () => {
  it('sends token, query, body and version', async () => {
    const { call, sent } = setting([Response.json({ name: 'Neu' }, { headers: { etag: '"4"' } })]);
    const answer = await call<{ name: string }>('PATCH', '/api/v1/me', {
      query: { role: ['editor', 'analyst'], q: '', limit: 20, cursor: undefined },
      body: { name: 'Neu' },
      version: 3,
    });
    expect(answer).toEqual({ data: { name: 'Neu' }, etag: '"4"' });
    expect(sent[0]?.url).toBe('/api/v1/me?role=editor&role=analyst&limit=20');
    expect(sent[0]?.token).toBe('Bearer token-1');
    expect(sent[0]?.headers.get('if-match')).toBe('"3"');
    expect(sent[0]?.init.body).toBe('{"name":"Neu"}');
  });

  it('repeats with a new token when the old one is refused', async () => {
    const { call, sent, asked } = setting([problem(401, 'unauthenticated'), Response.json({})]);
    await call('GET', '/api/v1/me');
    expect(sent.map(({ token }) => token)).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(asked).toEqual([]);
  });

  it('asks for a confirmation and repeats the very same request', async () => {
    const { call, sent, asked } = setting([
      problem(401, 'step-up-required'),
      new Response(null, { status: 204 }),
    ]);
    await call('POST', '/api/v1/me/password', { body: { password: 'geheim' } });
    expect(asked).toEqual(['step-up']);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.init.body).toBe(sent[0]?.init.body);
  });

  it('gives the problem back when the person does not confirm', async () => {
    const { call, sent } = setting([problem(401, 'step-up-required')], { person: false });
    await expect(call('DELETE', '/api/v1/me')).rejects.toMatchObject({ code: 'step-up-required' });
    expect(sent).toHaveLength(1);
  });

  it('asks to sign in where the session is over, and goes on afterwards', async () => {
    const { call, sent, asked } = setting([problem(401, 'session-ended'), Response.json({ id: 1 })], {
      renewable: false,
    });
    expect((await call<{ id: number }>('GET', '/api/v1/me')).data.id).toBe(1);
    expect(asked).toEqual(['sign-in']);
    expect(sent[1]?.token).toBe('Bearer token-2');
  });

  it('sends nothing in the name of somebody else who signs in', async () => {
    const { call, sent } = setting([problem(401, 'session-ended')], { renewable: false, returns: 'b2' });
    await expect(call('DELETE', '/api/v1/me')).rejects.toMatchObject({ code: 'session-ended' });
    expect(sent).toHaveLength(1);
  });

  it('does not take a wrong password for the end of the session', async () => {
    const { call, asked } = setting([problem(401, 'invalid-credentials')]);
    await expect(call('POST', '/api/v1/auth/step-up')).rejects.toMatchObject({
      code: 'invalid-credentials',
    });
    expect(asked).toEqual([]);
  });

  it('throws problem details even where a proxy answered', async () => {
    const { call } = setting([new Response('<html>', { status: 502 })]);
    await expect(call('GET', '/api/v1/me')).rejects.toMatchObject({ status: 502, code: 'http-502' });
  });
});
