import { accept } from './people.mjs';
import { expect, expectAccessible, expectReflow, languages, open, test, widths } from './portal.mjs';

const entrance = [
  '/anmelden',
  '/passwort-vergessen',
  '/passwort-neu',
  '/einladung',
  '/e-mail-bestaetigen',
  '/zugang-beantragen',
  '/zugang-bestaetigen',
];

/** Without a session these ask to sign in first. */
const guarded = ['/konto', '/verwaltung', '/verwaltung/protokoll'];

const inside = [
  '/konto',
  '/konto/sicherheit',
  '/konto/sitzungen',
  '/konto/daten',
  '/verwaltung',
  '/verwaltung/konten',
  '/verwaltung/konten?q=niemand-heisst-so',
  '/verwaltung/konten?create=1',
  '/verwaltung/einrichtungen',
  '/verwaltung/antraege',
  '/verwaltung/quellen',
  '/verwaltung/quellen?create=1',
  '/verwaltung/quellen/e2e',
  '/verwaltung/quellen/gibt-es-nicht',
  '/verwaltung/protokoll',
  '/verwaltung/protokoll?action=import.finished',
];

for (const lang of languages) {
  for (const width of widths) {
    test.describe(`${lang} at ${width} px`, () => {
      test.use({ viewport: { width, height: width < 500 ? 640 : 900 }, allowedErrors: ['/api/v1/auth/'] });

      test('entrance', async ({ page }) => {
        for (const path of [...entrance, ...guarded]) {
          const response = await open(page, `/${lang}${path}`);
          expect(response.status(), path).toBe(200);
          await expect(page.locator('meta[name=robots]').first()).toHaveAttribute('content', /noindex/);
          await expectAccessible(page);
          await expectReflow(page);
        }
      });

      test('what is missing is told in the error summary', async ({ page }) => {
        await open(page, `/${lang}/anmelden`);
        await page.locator('main form button[type=submit]').first().click();
        await expect(page.locator('.error-summary')).toBeFocused();
        await expectAccessible(page);
        await page.locator('main form input[type=email]').fill('niemand@example.org');
        await page.locator('main form input[autocomplete~=current-password]').fill('falsches Passwort');
        await page.locator('main form button[type=submit]').first().click();
        await expect(page.locator('.error-summary')).toBeFocused();
        await expectAccessible(page);
      });
    });
  }
}

test.describe('inside', () => {
  test.skip(!process.env.E2E_WALK_LINK, 'needs the invitation that run.sh makes');
  test.setTimeout(600_000);
  test.use({ allowedErrors: ['/api/v1/auth/', '/api/v1/sources/gibt-es-nicht'] });

  test('every page of account and administration', async ({ page }) => {
    await accept(page, process.env.E2E_WALK_LINK, 'Rundgang');
    for (const width of widths) {
      await page.setViewportSize({ width, height: width < 500 ? 640 : 900 });
      for (const lang of languages) {
        for (const path of inside) {
          await test.step(`/${lang}${path} at ${width} px`, async () => {
            await open(page, `/${lang}${path}`);
            await expectAccessible(page);
            await expectReflow(page);
          });
        }
      }
    }
  });
});
