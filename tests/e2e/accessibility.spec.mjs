import { expect, expectAccessible, expectReflow, languages, open, plainPages, someRecords, test, widths } from './portal.mjs';

for (const lang of languages) {
  for (const width of widths) {
    test.describe(`${lang} at ${width} px`, () => {
      test.use({ viewport: { width, height: width < 500 ? 640 : 900 } });

      for (const path of plainPages) {
        test(`page /${lang}${path}`, async ({ page }) => {
          await open(page, `/${lang}${path}`);
          await expectAccessible(page);
          await expectReflow(page);
        });
      }

      test('an offer and an organisation', async ({ page, request }) => {
        const { offer, organization } = await someRecords(request);
        for (const path of [offer, organization]) {
          await open(page, `/${lang}${path}`);
          await expectAccessible(page);
          await expectReflow(page);
        }
      });

      test('results: filtered', async ({ page }) => {
        await open(page, `/${lang}/angebote?q=deutsch&topic=languages&price=free&price=paid&near=19370&radius=30`);
        await expectAccessible(page);
        await expectReflow(page);
      });

      test('results: nothing found, with help', async ({ page }) => {
        await open(page, `/${lang}/angebote?q=deutsch&area=13076108&age=3&price=free`);
        await expectAccessible(page);
        await open(page, `/${lang}/angebote?q=qqqxyzzy`);
        await expect(page.locator('.empty-state')).toBeVisible();
        await expectAccessible(page);
        await expectReflow(page);
      });

      test('results: filters open', async ({ page }) => {
        await open(page, `/${lang}/angebote`);
        const drawer = page.getByRole('button', { name: /^Filter/ });
        if (await drawer.first().isVisible()) await drawer.first().click();
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) details.open = true;
        });
        await expectAccessible(page);
        await expectReflow(page);
      });

      test('suggestions open', async ({ page }) => {
        await open(page, `/${lang}`);
        const field = page.getByRole('combobox').first();
        await field.fill('deu');
        await expect(page.getByRole('listbox').first()).toBeVisible();
        await field.press('ArrowDown');
        await expectAccessible(page);
        await expectReflow(page);
      });

      test('menu open', async ({ page }) => {
        await open(page, `/${lang}`);
        const menu = page.locator('.site-header__toggle');
        if (await menu.isVisible()) await menu.click();
        await expectAccessible(page);
        await expectReflow(page);
      });

      test('map: place found, area chosen, topic chosen', async ({ page }) => {
        await open(page, `/${lang}/karte?q=gre&area=13076108&topic=languages`);
        await expectAccessible(page);
        await open(page, `/${lang}/karte?q=xyzzy`);
        await expectAccessible(page);
        await expectReflow(page);
      });

      test('calendar: a day, and a month without anything', async ({ page, request }) => {
        await open(page, `/${lang}/kalender?day=${await busyDay(request)}`);
        await expectAccessible(page);
        await expectReflow(page);
        await open(page, `/${lang}/kalender?month=2031-02&area=13076108`);
        await expect(page.locator('.empty-state')).toBeVisible();
        await expectAccessible(page);
        await expectReflow(page);
      });

      test.describe('errors', () => {
        test.use({ allowedErrors: ['/gibt-es-nicht', '00000000-0000-7000-8000-000000000000', '/api/v1/offers'] });

        test('page that does not exist', async ({ page }) => {
          await open(page, `/${lang}/gibt-es-nicht`);
          await expectAccessible(page);
          await open(page, `/${lang}/angebote/00000000-0000-7000-8000-000000000000/nichts`);
          await expectAccessible(page);
          await expectReflow(page);
        });

        test('the server answers with an error', async ({ page }) => {
          await page.route('**/api/v1/offers?*', (route) =>
            route.fulfill({
              status: 500,
              contentType: 'application/problem+json',
              body: JSON.stringify({ type: '/problems/internal', title: 'Fehler', status: 500, code: 'internal', traceId: 't1' }),
            }),
          );
          await page.goto(`/${lang}/angebote`);
          await expect(page.getByRole('alert')).toBeVisible({ timeout: 30_000 });
          await expectAccessible(page);
        });
      });
    });
  }
}

for (const width of widths) {
  test(`components at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('/_kitchen');
    await expect(page.locator('.kitchen__set').first()).toBeVisible();
    await expectAccessible(page);
    await expectReflow(page);
  });
}

/** A day with meetings, from the API. */
async function busyDay(request) {
  const from = new Date().toISOString().slice(0, 10);
  const to = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  const response = await request.get(`/api/v1/runs?from=${from}&to=${to}&limit=100`);
  const sessions = (await response.json()).data.flatMap((run) => run.sessions.map((session) => session.start.slice(0, 10)));
  return sessions.find((day) => day >= from) ?? from;
}
