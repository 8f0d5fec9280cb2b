import { test as plain } from '@playwright/test';
import { expect, languages, plainPages, someRecords } from './portal.mjs';

const test = plain.extend({});
test.use({ javaScriptEnabled: false });

for (const lang of languages) {
  test(`/${lang} is readable before any script runs`, async ({ page, request, baseURL }) => {
    const records = await someRecords(request);
    const paths = [...plainPages, records.offer, records.organization];
    for (const path of paths) {
      await page.goto(`/${lang}${path}`);
      await expect(page.locator('html'), path).toHaveAttribute('lang', lang);
      await expect(page.locator('html'), path).toHaveAttribute('dir', 'ltr');
      await expect(page.locator('h1'), path).toHaveCount(1);
      expect((await page.locator('h1').innerText()).length, path).toBeGreaterThan(3);
      expect((await page.locator('main').innerText()).length, path).toBeGreaterThan(60);
      expect(await page.locator('meta[name="description"]').getAttribute('content'), path).toBeTruthy();
      // Invented examples are kept out of search engines; everything else says which address is the right one.
      if ((await page.locator('meta[name="robots"][content="noindex"]').count()) > 0) {
        expect(plainPages, path).not.toContain(path);
        continue;
      }
      await expect(page.locator('link[rel="canonical"]'), path).toHaveAttribute('href', `${baseURL}/${lang}${path}`);
      await expect(page.locator('link[hreflang="en"]'), path).toHaveAttribute('href', `${baseURL}/en${path}`);
    }
  });
}

test('an offer says when, where and how much, and links on', async ({ page, request }) => {
  const { offer, organization } = await someRecords(request);
  await page.goto(`/de${offer}`);
  expect(await page.locator('dt').count()).toBeGreaterThan(3);
  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').first().textContent()) ?? '{}');
  expect(['Course', 'Event', 'Service']).toContain(data['@type']);
  await page.goto(`/de${organization}`);
  await page.locator('main a[href*="/angebote/"], nav a[href$="/angebote"]').first().click();
  await expect(page.locator('h1')).toBeVisible();
});

test('search works as a form', async ({ page }) => {
  await page.goto('/de');
  const field = page.locator('main form input[name="q"]');
  await field.fill('deutsch');
  await field.press('Enter');
  await page.waitForURL(/\/de\/angebote\?.*q=deutsch/);
  await expect(page.locator('main')).toContainText(/\d+ Angebote/);
});

test('robots and site map name the pages', async ({ request, baseURL }) => {
  expect(await (await request.get('/robots.txt')).text()).toContain(`${baseURL}/sitemap.xml`);
  const index = await (await request.get('/sitemap.xml')).text();
  const [, first] = index.match(/<loc>([^<]+)<\/loc>/) ?? [];
  expect(first).toContain(baseURL);
  expect((await request.get(first)).status()).toBe(200);
});
