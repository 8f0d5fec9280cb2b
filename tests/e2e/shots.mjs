// Pictures of the main pages for the eye, not for comparison: BASE_URL=http://127.0.0.1:8080 node shots.mjs FOLDER
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium as engine } from '@playwright/test';
import { browserFlags, chromium } from './browser.mjs';

const folder = process.argv[2];
const base = process.env.BASE_URL ?? 'http://127.0.0.1:8080';
if (!folder) {
  console.error('usage: BASE_URL=http://127.0.0.1:8080 node shots.mjs FOLDER');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const first = async (path) => (await (await fetch(`${base}/api/v1/${path}`)).json()).data[0];
const offer = await first('offers?limit=1&q=deutsch');
const organization = await first('organizations?limit=1&sort=name');
const pages = {
  home: '',
  results: '/angebote?q=deutsch',
  offer: `/angebote/${offer.id}/${offer.slug}`,
  organizations: '/einrichtungen',
  organization: `/einrichtungen/${organization.id}/${organization.slug}`,
  map: '/karte',
  calendar: '/kalender',
  about: '/ueber',
  api: '/schnittstelle',
  accessibility: '/barrierefreiheit',
  imprint: '/impressum',
};

const browser = await engine.launch({ executablePath: chromium, args: browserFlags });
for (const width of [360, 1280]) {
  for (const lang of ['de', 'en']) {
    const context = await browser.newContext({ viewport: { width, height: width < 500 ? 740 : 900 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`${base}/${lang}${path}`);
      await page.locator('main.plain').waitFor({ state: 'detached' });
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: join(folder, `${name}-${lang}-${width}.png`), fullPage: true });
    }
    await context.close();
  }
}
await browser.close();
