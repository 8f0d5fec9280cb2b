import { expect, languages, open, plainPages, settled, someRecords, test } from './portal.mjs';

for (const lang of languages) {
  test(`every page of /${lang} has its own title, one h1 and the language of its address`, async ({ page, request }) => {
    test.slow();
    const records = await someRecords(request);
    const titles = new Set();
    for (const path of [...plainPages, records.offer, records.organization]) {
      const response = await open(page, `/${lang}${path}`);
      expect(response?.status()).toBe(200);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.locator('h1')).toHaveCount(1);
      const title = await page.title();
      expect(titles.has(title), title).toBe(false);
      titles.add(title);
    }
  });
}

test('the title follows the navigation', async ({ page }) => {
  await open(page, '/de');
  const home = await page.title();
  await page.getByRole('banner').getByRole('link', { name: 'Karte' }).click();
  await page.waitForURL(/karte/);
  await settled(page);
  await expect(page).toHaveTitle(/^Karte .* – /);
  await page.goBack();
  await settled(page);
  await expect(page).toHaveTitle(home);
});

const states = [
  '/de/angebote?q=deutsch&price=free&price=paid&sort=title',
  '/de/angebote?near=19370&radius=30&bookable=true',
  '/de/einrichtungen?kind=library',
  '/de/karte?q=gre&topic=languages&area=13076108',
  '/de/kalender?month=2027-01&area=13076108',
  '/de/kalender?day=2027-01-12',
];
for (const state of states) {
  test(`the address holds the whole state: ${state}`, async ({ page }) => {
    await open(page, state);
    const seen = await page.locator('main').innerText();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(state);
    await page.reload();
    await settled(page);
    expect(await page.locator('main').innerText()).toBe(seen);
  });
}

test('what is chosen on the page goes into the address', async ({ page }) => {
  await open(page, '/de/karte');
  await page.getByRole('combobox').selectOption({ index: 2 });
  await page.waitForURL(/topic=/);
  await page.getByRole('searchbox').fill('lud');
  await page.waitForURL(/q=lud/);
  await open(page, '/de/kalender');
  await page.getByRole('combobox').selectOption('13076108');
  await page.waitForURL(/area=13076108/);
});

test('the language switch keeps page and state', async ({ page, request }) => {
  const { offer } = await someRecords(request);
  for (const path of ['/angebote?q=deutsch&price=free', '/karte?topic=languages', offer]) {
    await open(page, `/de${path}`);
    await page.getByRole('link', { name: 'English' }).click();
    await page.waitForURL((url) => url.pathname.startsWith('/en'));
    await settled(page);
    expect(page.url()).toMatch(new RegExp(`/en${path.replace(/[?]/g, '\\?')}`));
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  }
});

test('the start address follows the browser', async ({ request }) => {
  for (const [wanted, path] of [['en-GB,en;q=0.9', '/en'], ['de', '/de'], ['fr', '/de']]) {
    const response = await request.get('/', { headers: { 'accept-language': wanted }, maxRedirects: 0 });
    expect(response.status()).toBe(302);
    expect(response.headers().location).toBe(path);
  }
});

test('missing pages are missing, old addresses lead on', async ({ request }) => {
  for (const path of ['/de/gibt-es-nicht', '/xx', '/de/angebote/00000000-0000-7000-8000-000000000000/x', '/assets/nichts.js']) {
    expect((await request.get(path)).status(), path).toBe(404);
  }
  const { offer } = await someRecords(request);
  const wrong = await request.get(`/de${offer.slice(0, offer.lastIndexOf('/'))}/alter-titel`, { maxRedirects: 0 });
  expect(wrong.status()).toBe(301);
  expect(wrong.headers().location).toBe(`/de${offer}`);
  expect((await request.post('/de/karte')).status()).toBe(405);
});

test('the list goes on without losing or repeating anything', async ({ page }) => {
  await open(page, '/de/angebote?sort=title');
  const links = page.locator('main .card__link');
  const shown = await links.count();
  await page.getByRole('button', { name: 'Weitere laden' }).click();
  await expect.poll(() => links.count()).toBeGreaterThan(shown);
  const addresses = await links.evaluateAll((all) => all.map((link) => link.href));
  expect(new Set(addresses).size).toBe(addresses.length);
});

test('calendar and map show the numbers of the API', async ({ page, request }) => {
  const { facets } = await (await request.get('/api/v1/offers?facets=true&limit=1')).json();
  const { count } = facets.area.find(({ code }) => code === '13076108');
  await open(page, '/de/karte?q=parchim');
  await expect(page.locator('.area-list__row', { hasText: 'Parchim' }).first()).toContainText(`${count} Angebote`);

  const { page: found } = await (await request.get('/api/v1/runs?from=2027-01-12&to=2027-01-12')).json();
  await open(page, '/de/kalender?day=2027-01-12');
  const entries = await page.locator('.calendar-agenda > li').count();
  expect(entries).toBeGreaterThan(0);
  expect(entries).toBeLessThanOrEqual(found.total);
});
