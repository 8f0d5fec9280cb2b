import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { accept, partnerToken, totp } from './people.mjs';
import { expect, expectAccessible, expectReflow, open, settled, test } from './portal.mjs';

const { E2E_EXCHANGE_LINK: invitation, E2E_CLIENT: client, E2E_SECRET: clientSecret } = process.env;

const stamp = Date.now();
const word = `Seilerhandwerk${stamp}`;
const title = `${word} für Anfänger`;

const organization = { type: 'organization', externalId: 'o', name: 'Lernwerkstatt am Hafen', kind: 'adult-education-centre' };
const offer = (number, fields = {}) => ({
  type: 'offer',
  externalId: `k${number}`,
  organization: 'o',
  kind: 'course',
  title: number === 1 ? title : `${word} Teil ${number}`,
  summary: 'Knoten, Spleißen, Taue schlagen.',
  price: { type: 'paid', amount: 4500 },
  runs: [{ externalId: `r${number}`, start: `2031-03-${10 + number}T17:00:00Z`, end: `2031-03-${10 + number}T19:00:00Z` }],
  ...fields,
});
const ndjson = (records) => records.map((record) => JSON.stringify(record)).join('\n').concat('\n');
const file = (name, text) => ({ name, mimeType: 'application/x-ndjson', buffer: Buffer.from(text) });
const whole = ndjson([organization, ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => offer(number))]);

/** How many offers the public finds. */
async function found(request) {
  const response = await request.get(`/api/v1/offers?q=${word}&limit=50`);
  const { data } = await response.json();
  return data.filter((item) => item.title.includes(word)).length;
}

/** Goes on where somebody is asked once more who they are. */
async function confirmIdentity(page, secret) {
  const dialog = page.getByRole('dialog', { name: /Sie es sind/ });
  const asked = await dialog.waitFor({ timeout: 2000 }).then(() => true, () => false);
  if (!asked) return;
  await dialog.getByLabel(/Code/).fill(await totp(secret));
  await dialog.getByRole('button', { name: 'Bestätigen' }).click();
  await expect(dialog).toBeHidden();
}

/** A partner's server: keeps what it is sent, and serves a feed. */
async function partner() {
  const messages = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'POST') {
        messages.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
        response.writeHead(204).end();
      } else {
        response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end(ndjson([organization, offer(1), offer(2), offer(3), offer(4), offer(5), offer(6), offer(7), offer(8), offer(9)]));
      }
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { messages, address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

test.describe('exchange', () => {
  test.skip(!invitation, 'needs the invitation that run.sh makes');
  test.setTimeout(300_000);
  test.use({ allowedErrors: ['/api/v1/'] });

  test('from a dry run to a webhook', async ({ page, request }) => {
    page.setDefaultTimeout(20_000);
    const source = `tausch-${stamp}`;
    const base = `/de/verwaltung/quellen/${source}`;
    const main = page.locator('main');
    const dialog = page.getByRole('dialog');
    const key = await accept(page, invitation, 'Austausch');
    const other = await partner();

    const upload = async (name, text, mode) => {
      await open(page, `${base}/importe?form=file`);
      await page.getByLabel('Datei', { exact: true }).setInputFiles(file(name, text));
      await expect(page.getByLabel('Format')).toHaveValue('ndjson');
      await page.getByRole('radio', { name: mode, exact: true }).check();
    };

    await test.step('a new source has nothing to report', async () => {
      await open(page, '/de/verwaltung/quellen?create=1');
      await page.getByLabel('Name', { exact: true }).fill('Austausch der Lernwerkstatt');
      await page.getByLabel('Kürzel').fill(source);
      await page.getByRole('button', { name: 'Quelle anlegen' }).click();
      await confirmIdentity(page, key);
      await page.waitForURL(`**${base}`);
      await settled(page);
      await expect(main.getByText('Es wurde noch nichts erfolgreich eingelesen.')).toBeVisible();
      await expectAccessible(page);
      await expectReflow(page);
    });

    await test.step('what is missing is told in the error summary', async () => {
      await open(page, `${base}/importe?form=file`);
      await page.getByRole('button', { name: 'Probelauf starten' }).click();
      await expect(page.locator('.error-summary')).toBeFocused();
      await expectAccessible(page);
    });

    await test.step('a dry run changes nothing', async () => {
      await upload('kurse.ndjson', whole, 'vollständig');
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Probelauf starten' }).click();
      await expect(main.getByText('Das war ein Probelauf.')).toBeVisible();
      await settled(page);
      await expect(page.locator('.admin-counts')).toContainText('9 neu');
      await expect(main.getByRole('row', { name: new RegExp(title) })).toContainText('neu');
      await expectAccessible(page);
      expect(await found(request)).toBe(0);
    });

    await test.step('the same file for real', async () => {
      await page.getByRole('button', { name: 'Jetzt wirklich einspielen' }).click();
      await expect(main.getByRole('heading', { name: /^Bericht des Imports/ })).toBeVisible();
      await settled(page);
      await expect(page.locator('.admin-counts')).toContainText('9 neu');
      await expect.poll(() => found(request), { timeout: 15_000 }).toBe(8);
      await expectAccessible(page);
    });

    await test.step('a file that is much too small waits for somebody', async () => {
      await upload('halb.ndjson', ndjson([organization, offer(1)]), 'vollständig');
      await page.getByRole('button', { name: 'Ohne Probelauf einspielen' }).click();
      await dialog.getByRole('button', { name: 'Ohne Probelauf einspielen' }).click();
      await expect(main.getByRole('heading', { name: 'Dieser Import wartet auf eine Entscheidung' })).toBeVisible();
      await settled(page);
      await expect(main.getByText(/7 von 9/).first()).toBeVisible();
      await expectAccessible(page);
      expect(await found(request)).toBe(8);
      await open(page, base);
      await expect(main.getByRole('link', { name: /wartet auf Ihre Entscheidung/ })).toBeVisible();
      await expectAccessible(page);
      await main.getByRole('link', { name: /wartet auf Ihre Entscheidung/ }).click();
      await main.getByRole('row', { name: /wartet auf Entscheidung/ }).getByRole('link').click();
      await settled(page);
    });

    await test.step('who confirms it, and takes it back', async () => {
      await page.getByRole('button', { name: 'Import bestätigen' }).click();
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Import bestätigen' }).click();
      await expect(main.getByText('Import angewendet.').first()).toBeVisible();
      await expect.poll(() => found(request), { timeout: 15_000 }).toBe(1);
      await settled(page);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Import rückgängig machen' }).click();
      await expect(dialog).toContainText('7 zurückgezogene Einträge werden wieder öffentlich.');
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Import rückgängig machen' }).click();
      await expect(main.getByText('Dieser Import nimmt einen früheren zurück.')).toBeVisible();
      await expect.poll(() => found(request), { timeout: 15_000 }).toBe(8);
      await settled(page);
      await expectAccessible(page);
    });

    await test.step('the same offer from another source is noticed', async () => {
      const token = await partnerToken(request, client, clientSecret);
      const answer = await request.post('/api/v1/sources/e2e/imports?mode=delta&format=ndjson', {
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
        data: ndjson([{ ...organization, externalId: `o${stamp}` }, offer(1, { externalId: `x${stamp}`, organization: `o${stamp}`, price: { type: 'free' } })]),
      });
      expect(answer.status(), await answer.text()).toBe(201);
      await expect
        .poll(
          async () => {
            await open(page, '/de/verwaltung/doppelte-angebote');
            return main.getByRole('link', { name: new RegExp(title) }).count();
          },
          { timeout: 30_000 },
        )
        .toBeGreaterThan(0);
      await expectAccessible(page);
      await main.getByRole('link', { name: new RegExp(title) }).first().click();
      await settled(page);
      await expect(main.getByRole('row', { name: /^Kosten/ })).toContainText('verschieden');
      await expect(main.getByRole('row', { name: /^Titel/ })).toContainText('gleich');
      await expectAccessible(page);
      await expectReflow(page);
      await page.getByRole('button', { name: 'Entscheidung speichern' }).click();
      await expect(page.locator('.error-summary')).toBeFocused();
      await page.getByRole('radio', { name: 'Dasselbe: das erste Angebot bleibt' }).check();
      await page.getByRole('button', { name: 'Entscheidung speichern' }).click();
      await expect(main.getByText(/^Entschieden: dasselbe/)).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Wieder öffnen' }).click();
      await dialog.getByRole('button', { name: 'Wieder öffnen' }).click();
      await expect(page.getByRole('radio', { name: 'Nicht dasselbe' })).toBeVisible();
      await page.getByRole('radio', { name: 'Nicht dasselbe' }).check();
      await page.getByRole('button', { name: 'Entscheidung speichern' }).click();
      await expect(main.getByText('Entschieden: nicht dasselbe.')).toBeVisible();
    });

    await test.step('a field that is edited here is kept from the source', async () => {
      const list = await (await request.get(`/api/v1/offers?q=${word}&limit=50`)).json();
      const { id } = list.data.find((item) => item.title === `${word} Teil 2`);
      await open(page, `/de/angebote/${id}`);
      await page.mouse.wheel(0, 20_000);
      await page.getByRole('link', { name: 'Bearbeiten' }).click();
      await settled(page);
      await expectAccessible(page);
      await expectReflow(page);
      await page.getByLabel('Titel', { exact: true }).fill('');
      await page.getByRole('button', { name: 'Änderungen speichern' }).click();
      await expect(page.locator('.error-summary')).toBeFocused();
      await page.getByLabel('Titel', { exact: true }).fill(`${word} Teil 2, jetzt am Abend`);
      await page.getByRole('button', { name: 'Änderungen speichern' }).click();
      await expect(main.getByText('Die Quelle sagt:')).toBeVisible();
      await expect(main.locator('.record-protected')).toContainText(`${word} Teil 2`);
      await expectAccessible(page);
      await page.getByRole('button', { name: /^Wieder der Quelle überlassen/ }).click();
      await dialog.getByRole('button', { name: 'Wieder der Quelle überlassen' }).click();
      await expect(page.getByLabel('Titel', { exact: true })).toHaveValue(`${word} Teil 2`);
      await expect(main.locator('.record-protected')).toHaveCount(0);
    });

    await test.step('a webhook is told of changes, and proves who calls', async () => {
      await open(page, `${base}/webhooks`);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Webhook anlegen' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Kalender der Stadt');
      await page.getByLabel('Adresse des Empfängers').fill(`${other.address}/hook`);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Webhook anlegen' }).click();
      await confirmIdentity(page, key);
      const shown = page.locator('.secret-once__value').filter({ hasText: /whsec_/ });
      await expect(shown).toBeVisible();
      const secret = (await shown.textContent()).trim();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Ich habe es gespeichert' }).click();
      await main.getByRole('link', { name: 'Kalender der Stadt' }).click();
      await settled(page);
      await page.getByRole('button', { name: 'Testnachricht senden' }).click();
      const tests = () => other.messages.filter(({ body }) => JSON.parse(body).type === 'webhook.test');
      await expect.poll(() => tests().length, { timeout: 20_000 }).toBe(1);
      const [{ headers, body }] = tests();
      const signed = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
        .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
        .digest('base64');
      expect(headers['webhook-signature'].split(' ')).toContain(`v1,${signed}`);
      await expect
        .poll(async () => {
          await page.getByRole('button', { name: 'Liste auffrischen' }).click();
          return main.getByRole('row', { name: /webhook\.test/ }).innerText();
        })
        .toContain('zugestellt');
      await expectAccessible(page);
      await expectReflow(page);
      await main.getByRole('row', { name: /webhook\.test/ }).getByRole('button', { name: 'Noch einmal senden' }).click();
      await expect.poll(() => tests().length, { timeout: 20_000 }).toBe(2);
    });

    await test.step('a feed is fetched by the portal itself', async () => {
      await open(page, `${base}/zeitplan`);
      await page.getByLabel('Adresse des Feeds').fill('kein Feed');
      await page.getByRole('button', { name: 'Speichern' }).click();
      await expect(page.locator('.error-summary')).toBeFocused();
      await expectAccessible(page);
      await page.getByLabel('Adresse des Feeds').fill(`${other.address}/kurse.ndjson`);
      await page.getByLabel('Format').selectOption('ndjson');
      await page.getByRole('button', { name: 'Speichern' }).click();
      await confirmIdentity(page, key);
      await expect(page.getByRole('heading', { name: 'Abruf ändern' })).toBeVisible();
      await settled(page);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Jetzt abrufen' }).click();
      await expect.poll(() => found(request), { timeout: 30_000 }).toBeGreaterThanOrEqual(9);
    });

    await test.step('a table becomes offers', async () => {
      const table = ['Bezeichnung;Datum;Entgelt', `${word} im Sommer;14.06.2031;45,00 €`, `${word} im Herbst;31.09.2031;frei`].join('\n');
      await open(page, `${base}/spalten`);
      await page.getByLabel('Tabelle', { exact: true }).setInputFiles({ name: 'kurse.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
      await expect(page.getByRole('heading', { name: /Spalten zuordnen/ })).toBeFocused();
      await page.getByLabel('Bedeutung der Spalte Bezeichnung').selectOption('title');
      await page.getByLabel('Bedeutung der Spalte Datum').selectOption('start');
      await page.getByLabel('Bedeutung der Spalte Entgelt').selectOption('price');
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Vorschau ansehen' }).click();
      await expect(page.getByRole('heading', { name: /Ansehen, was daraus wird/ })).toBeFocused();
      await expect(main.getByRole('row', { name: /Zeile 3/ })).toContainText('31.09.2031');
      await expect(main.locator('.steps__record').first()).toContainText(`${word} im Sommer`);
      await expectAccessible(page);
      await expectReflow(page);
      await page.getByRole('radio', { name: 'nur Änderungen' }).check();
      await page.getByRole('button', { name: 'Speichern und Probelauf starten' }).click();
      await confirmIdentity(page, key);
      await expect(main.getByText('Das war ein Probelauf.')).toBeVisible();
      await settled(page);
      await expect(main.getByRole('row', { name: new RegExp(`${word} im Sommer`) })).toContainText('neu');
      await expectAccessible(page);
    });

    await test.step('settings and exports', async () => {
      await open(page, `${base}/einstellungen`);
      await page.getByLabel('Anteil in Prozent').fill('150');
      await page.getByRole('button', { name: 'Speichern' }).first().click();
      await expect(page.locator('.error-summary')).toBeFocused();
      await expectAccessible(page);
      await page.getByLabel('Anteil in Prozent').fill('30');
      await page.getByRole('button', { name: 'Speichern' }).first().click();
      await expect(main.getByText('Einstellungen gespeichert.').first()).toBeVisible();
      await open(page, '/de/verwaltung/exporte');
      await expectAccessible(page);
    });
    other.close();
  });
});
