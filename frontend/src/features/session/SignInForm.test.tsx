import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LanguageProvider } from '#/app/i18n';
import german from '#messages/de.json';
import { SignInForm } from './SignInForm';

const words = german.session;
const sent: Array<{ path: string; body: unknown }> = [];
let answers: Response[] = [];

beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    sent.push({ path, body: JSON.parse(String(init.body)) });
    return answers.shift() ?? new Response(null, { status: 500 });
  });
});
afterEach(() => vi.unstubAllGlobals());

function show() {
  const onSignedIn = vi.fn();
  render(
    <LanguageProvider language="de" messages={german}>
      <SignInForm onSignedIn={onSignedIn} />
    </LanguageProvider>,
  );
  return { onSignedIn, user: userEvent.setup() };
}

async function enterPassword(user: ReturnType<typeof userEvent.setup>) {
  await user.type(screen.getByLabelText(words.email), 'redaktion@example.org');
  await user.type(screen.getByLabelText(words.password), 'vier zufällige wörter');
  await user.click(screen.getByRole('button', { name: words.signIn }));
}

const challenge = {
  status: 'second-factor',
  challenge: 'c1',
  methods: ['totp', 'recovery-code', 'passkey'],
  expiresIn: 300,
};

const signedIn = {
  status: 'signed-in',
  accessToken: 't',
  tokenType: 'Bearer',
  expiresIn: 600,
  authTime: '2026-11-24T10:00:00Z',
  account: { id: 'a1', secondFactor: { required: true, totp: true, passkeys: 0, recoveryCodes: 8 } },
};

it('asks for the second factor after the password, and takes a code with spaces', async () => {
  answers = [Response.json(challenge), Response.json(signedIn)];
  const { onSignedIn, user } = show();
  await enterPassword(user);
  const heading = await screen.findByRole('heading', { name: words.secondFactor });
  await vi.waitFor(() => expect(document.activeElement).toBe(heading));
  await user.type(screen.getByLabelText(words.code.totp), '123 456');
  await user.click(screen.getByRole('button', { name: words.confirm }));
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalledTimes(1));
  expect(sent.map(({ path }) => path)).toEqual(['/api/v1/auth/login', '/api/v1/auth/login/second-factor']);
  expect(sent[1]?.body).toEqual({ challenge: 'c1', method: 'totp', code: '123456' });
});

it('offers the recovery code instead, and no passkey where the browser has none', async () => {
  answers = [Response.json(challenge), Response.json(signedIn)];
  const { user } = show();
  await enterPassword(user);
  await user.click(await screen.findByRole('button', { name: words.instead['recovery-code'] }));
  expect(screen.queryByRole('button', { name: words.instead.passkey })).toBeNull();
  await user.type(screen.getByLabelText(words.code['recovery-code']), '7Q2F-M0XA-93TK');
  await user.click(screen.getByRole('button', { name: words.confirm }));
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]?.body).toMatchObject({ method: 'recovery-code', code: '7Q2F-M0XA-93TK' });
});

it('says the same about an unknown address and a wrong password', async () => {
  answers = [Response.json({ status: 401, code: 'invalid-credentials', title: 'x' }, { status: 401 })];
  const { onSignedIn, user } = show();
  await enterPassword(user);
  expect(await screen.findByRole('link', { name: words.invalidCredentials })).toBeTruthy();
  expect(onSignedIn).not.toHaveBeenCalled();
});
