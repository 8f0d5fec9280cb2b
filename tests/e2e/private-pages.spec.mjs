import { accept } from './people.mjs';
import { expect, expectAccessible, expectReflow, languages, open, someRecords, test, widths } from './portal.mjs';

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
const guarded = ['/konto', '/verwaltung', '/verwaltung/quellen/e2e/importe', '/verwaltung/exporte', '/verwaltung/protokoll'];

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
  '/verwaltung/quellen/e2e/importe',
  '/verwaltung/quellen/e2e/importe?form=file',
  '/verwaltung/quellen/e2e/importe/gibt-es-nicht',
  '/verwaltung/quellen/e2e/zeitplan',
  '/verwaltung/quellen/e2e/spalten',
  '/verwaltung/quellen/e2e/webhooks',
  '/verwaltung/quellen/e2e/webhooks?form=webhook',
  '/verwaltung/quellen/e2e/webhooks/gibt-es-nicht',
  '/verwaltung/quellen/e2e/partnersysteme',
  '/verwaltung/quellen/e2e/partnersysteme?form=client',
  '/verwaltung/quellen/e2e/einstellungen',
  '/verwaltung/quellen/gibt-es-nicht',
  '/verwaltung/doppelte-angebote',
  '/verwaltung/doppelte-angebote?state=merged',
  '/verwaltung/doppelte-angebote/gibt-es-nicht',
  '/verwaltung/eintraege/angebote/gibt-es-nicht',
  '/verwaltung/exporte',
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
  // Some hundred pages, one after the other, in one session.
  test.setTimeout(1_500_000);
  test.use({ allowedErrors: ['/api/v1/auth/', 'gibt-es-nicht', '/sources/e2e/schedule', '/sources/e2e/mapping'] });

  test('every page of account and administration', async ({ page, request }) => {
    await accept(page, process.env.E2E_WALK_LINK, 'Rundgang');
    const { offer, organization } = await someRecords(request);
    const [, , offerId] = offer.split('/');
    const [, , organizationId] = organization.split('/');
    const records = [`/verwaltung/eintraege/angebote/${offerId}`, `/verwaltung/eintraege/einrichtungen/${organizationId}`];
    for (const width of widths) {
      await page.setViewportSize({ width, height: width < 500 ? 640 : 900 });
      for (const lang of languages) {
        for (const path of [...inside, ...records]) {
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
