import AxeBuilder from '@axe-core/playwright';
import { test as base, expect } from '@playwright/test';

export { expect };

export const languages = ['de', 'en'];
export const widths = [320, 1280];

/** Paths after the language of every page that needs no record. */
export const plainPages = [
  '',
  '/angebote',
  '/einrichtungen',
  '/karte',
  '/kalender',
  '/ueber',
  '/impressum',
  '/datenschutz',
  '/barrierefreiheit',
  '/schnittstelle',
  '/partner',
];

/** Axe rules that have to hold: WCAG 2.2 AA and good practice. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * A page that watches what no page may do: write errors to the console, break the content security policy, ask another
 * origin for anything, fail to load something. `allowedErrors` are addresses whose 4xx answer the test is about.
 */
export const test = base.extend({
  allowedErrors: [[], { option: true }],
  page: async ({ page, baseURL, allowedErrors }, use) => {
    const faults = [];
    const allowed = (url) => allowedErrors.some((part) => url.includes(part));
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      if (!allowed(message.location().url)) faults.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(baseURL) && !url.startsWith('data:') && !url.startsWith('blob:')) {
        faults.push(`another origin: ${url}`);
      }
    });
    page.on('response', (response) => {
      if (response.status() >= 400 && !allowed(response.url())) faults.push(`${response.status()}: ${response.url()}`);
    });
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    await use(page);
    expect(faults).toEqual([]);
  },
});

/** Waits until the application has taken over and everything it asked for has come. */
export async function settled(page) {
  await page.locator('#root main').first().waitFor();
  await page.locator('main.plain').waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle');
  await expect(page.locator('main h1').first()).toBeVisible();
  await expect(page.locator('.skeleton')).toHaveCount(0);
}

export async function open(page, path) {
  const response = await page.goto(path);
  await settled(page);
  return response;
}

/** No accessibility violation of any kind; the message names rule, element and reason. */
export async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} – ${node.failureSummary?.replace(/\s+/g, ' ')}`),
  );
  expect(found).toEqual([]);
}

/** Nothing sticks out: at 320 CSS pixels a page scrolls in one direction only (WCAG 1.4.10). */
export async function expectReflow(page) {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  });
  expect(wide, 'wider than the screen').toEqual([]);
}

/** The first offer and the first organisation, as the API lists them. */
export async function someRecords(request) {
  const [offers, organizations] = await Promise.all(
    ['/api/v1/offers?limit=1&sort=title', '/api/v1/organizations?limit=1'].map(async (path) => {
      const response = await request.get(path);
      return (await response.json()).data[0];
    }),
  );
  return {
    offer: `/angebote/${offers.id}/${offers.slug}`,
    organization: `/einrichtungen/${organizations.id}/${organizations.slug}`,
  };
}

export const liveRegion = (page) => page.getByTestId('live-region');
