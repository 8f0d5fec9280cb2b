import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, expectAccessible, settled } from './portal.mjs';

const password = 'vier ruhige Boote am Steg';

/** The text of a mail: the body decoded from quoted-printable or base64, as its header says. */
function textOf(content) {
  const [head, ...rest] = content.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const encoding = /^content-transfer-encoding:\s*(\S+)/im.exec(head)?.[1]?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Texts of all mails that have arrived for an address, oldest first. */
export function mailsTo(address) {
  const folder = process.env.E2E_MAIL;
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .filter((mail) => mail.recipients.includes(address))
    .map((mail) => textOf(mail.content));
}

/** The link with a one-time token in the newest mail to an address that has one for `page`, as a path. */
export async function linkFromMail(address, page) {
  const find = () =>
    mailsTo(address)
      .map((text) => new RegExp(`https?://\\S+(/(?:de|en)/${page}#token=[A-Za-z0-9_-]+)`).exec(text)?.[1])
      .filter(Boolean)
      .at(-1);
  await expect.poll(find, { timeout: 20_000, message: `a mail to ${address} with a link to ${page}` }).toBeTruthy();
  return find();
}

function base32(text) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const letter of text.replace(/[\s=]/g, '').toUpperCase()) bits += alphabet.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

const spent = new Map();

/**
 * The next unused code of an authenticator app (RFC 6238): a code counts once, so this waits for the next half minute
 * where the present one is spent.
 */
export async function totp(secret) {
  let step = Math.floor(Date.now() / 30_000);
  const last = spent.get(secret) ?? 0;
  // The server takes codes that are one step early.
  if (step <= last) step = last + 1;
  while (step > Math.floor(Date.now() / 30_000) + 1) await new Promise((resolve) => setTimeout(resolve, 500));
  spent.set(secret, step);
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', base32(secret)).update(counter).digest();
  const offset = digest[19] & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** An access token of a partner system (client credentials). */
export async function partnerToken(request, id, secret) {
  const response = await request.post('/oauth/token', {
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    form: { grant_type: 'client_credentials' },
  });
  expect(response.status(), await response.text()).toBe(200);
  return (await response.json()).access_token;
}

/** Something to press: a button, or a link that looks like one. */
export const control = (page, name) => page.getByRole('button', { name, exact: true }).or(page.getByRole('link', { name, exact: true }));

/** Accepts an invitation in the browser: name, password, authenticator app, recovery codes. Returns the key of the app. */
export async function accept(page, link, name) {
  await page.goto(link);
  await settled(page);
  await expect(page.locator('main h1')).toHaveText('Einladung annehmen');
  await expectAccessible(page);
  expect(page.url(), 'the token leaves the address at once').not.toContain('token');
  await page.getByLabel('Ihr Name').fill(name);
  await page.getByLabel('Passwort wählen').fill(password);
  await page.getByRole('button', { name: 'Einladung annehmen' }).click();
  await expect(page.locator('main h1')).toHaveText('Noch ein Schritt: der zweite Faktor');
  return setUpApp(page);
}

async function setUpApp(page) {
  await page.getByRole('button', { name: 'Weiter' }).click();
  const key = page.locator('.secret-once__value').first();
  await expect(key).toBeVisible();
  await expectAccessible(page);
  const secret = (await key.textContent()).replace(/\s/g, '');
  await page.getByLabel('Erster Code aus der App').fill(await totp(secret));
  await page.getByRole('button', { name: 'Bestätigen' }).click();
  await expect(page.getByRole('heading', { name: 'Wiederherstellungscodes' })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Ich habe die Codes aufbewahrt').check();
  await page.getByRole('button', { name: 'Fertig' }).click();
  await page.waitForURL('**/de/konto');
  await settled(page);
  return secret;
}
