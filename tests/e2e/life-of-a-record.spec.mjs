import { partnerToken } from './people.mjs';
import { expect, expectAccessible, open, settled, test } from './portal.mjs';

const { E2E_CLIENT: client, E2E_SECRET: secret } = process.env;
const word = 'Klöppelspitzenwerkstatt';
const hostile = `${word} <img src=x onerror="document.title='broken'"> & "Freunde"`;

function lines(...records) {
  return records.map((record) => JSON.stringify(record)).join('\n').concat('\n');
}

async function handIn(request, body) {
  const token = await partnerToken(request, client, secret);
  const response = await request.post('/api/v1/sources/e2e/imports?mode=delta&format=ndjson', {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    data: body,
  });
  expect(response.status(), await response.text()).toBe(201);
  return response.json();
}

async function find(request) {
  const response = await request.get(`/api/v1/offers?q=${encodeURIComponent(word)}`);
  return (await response.json()).data;
}

test.describe('the life of a record', () => {
  test.skip(!secret, 'needs the source that run.sh makes');
  test.use({ allowedErrors: ['/angebote/', '/api/v1/offers/'] });

  test('is found, read, and gone', async ({ page, request, browser, baseURL }) => {
    await handIn(
      request,
      lines(
        { type: 'organization', externalId: 'o', name: 'Verein „Spitze“ <b>e. V.</b>', kind: 'adult-education-centre' },
        {
          type: 'offer',
          externalId: 'k',
          organization: 'o',
          kind: 'course',
          title: hostile,
          description: `**Für alle.** <script>document.title='broken'</script> [böse](javascript:alert(1))`,
          languages: ['de', 'ar'],
          runs: [{ externalId: 'r', start: '2030-01-11T17:00:00Z', end: '2030-01-11T18:00:00Z' }],
        },
      ),
    );
    await expect.poll(async () => (await find(request)).length, { timeout: 10_000 }).toBe(1);

    await open(page, `/de/angebote?q=${encodeURIComponent(word)}`);
    const link = page.locator('main .card__link').first();
    await expect(link).toContainText('<img src=x');
    await link.click();
    await page.waitForURL(/\/de\/angebote\/[0-9a-f-]{36}\//);
    await settled(page);
    await expect(page.locator('main h1')).toContainText(hostile);
    await expect(page.locator('main a[href^="javascript"], main img[src="x"], main script')).toHaveCount(0);
    await expectAccessible(page);

    const address = page.url();
    await page.reload();
    await settled(page);
    await expect(page).toHaveTitle(/Klöppelspitzenwerkstatt .* – /);
    await open(page, '/de/kalender?day=2030-01-11');
    await expect(page.locator('.calendar-agenda')).toContainText(hostile);

    await handIn(request, lines({ type: 'delete', kind: 'offer', externalId: 'k' }));
    await expect.poll(async () => (await find(request)).length, { timeout: 10_000 }).toBe(0);
    const id = address.match(/[0-9a-f-]{36}/)[0];
    expect((await request.get(`/api/v1/offers/${id}`)).status()).toBe(410);
    expect((await request.get(address)).status()).toBe(410);
    // Another reader: this one's browser may show what it read a moment ago for a minute.
    const context = await browser.newContext({ baseURL });
    const other = await context.newPage();
    await open(other, address);
    await expect(other.locator('main h1')).toContainText('gibt es nicht mehr');
    await expectAccessible(other);
    await context.close();
  });
});
