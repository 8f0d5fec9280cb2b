import { expect, liveRegion, open, settled, test } from './portal.mjs';

/** What has focus, in words. */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element ? `${element.tagName.toLowerCase()} ${element.textContent?.trim() ?? ''}`.trim() : '';
  });

/** Presses Tab until `wanted` has focus; fails when the page ends first. Checks that each stop is visible. */
async function tabTo(page, wanted, limit = 80) {
  for (let stop = 0; stop < limit; stop++) {
    await page.keyboard.press('Tab');
    const here = page.locator(':focus');
    if ((await here.count()) === 0) continue;
    expect(await visibleFocus(page), await focused(page)).toBe(true);
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`not reached by keyboard: ${wanted}`);
}

/** Whether the focused element is on screen and drawn differently from its surroundings. */
function visibleFocus(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return true;
    const box = element.getBoundingClientRect();
    const drawn = [element, ...ancestors(element)].some((candidate) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(candidate);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    });
    return box.width > 0 && box.height > 0 && drawn;

    function ancestors(from) {
      const list = [];
      for (let parent = from.parentElement; parent && list.length < 4; parent = parent.parentElement) list.push(parent);
      return list;
    }
  });
}

test('from the home page to an offer and back, without a pointer', async ({ page }) => {
  await open(page, '/de');
  await page.keyboard.press('Tab');
  await expect(page.locator('.skip-link')).toBeFocused();
  await expect(page.locator('.skip-link')).toBeInViewport();

  const field = page.getByRole('main').getByRole('combobox').first();
  await tabTo(page, field);
  await page.keyboard.type('deutschk');
  await expect(page.getByRole('listbox').first()).toBeVisible();
  await expect(liveRegion(page)).toContainText(/Vorschl/);
  await page.keyboard.press('ArrowDown');
  const active = await field.getAttribute('aria-activedescendant');
  expect(active).toBeTruthy();
  await expect(page.locator(`[id="${active}"]`)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expect(field).toHaveValue('deutschk');
  await field.fill('deutsch');
  await page.keyboard.press('Enter');

  await page.waitForURL(/\/de\/angebote\?.*q=deutsch/);
  await settled(page);
  await expect(page.locator('main h1')).toBeFocused();
  await expect(liveRegion(page)).toContainText(/Angebote? gefunden/);
  const before = await liveRegion(page).textContent();

  const checkbox = page.locator('main input[type="checkbox"]:visible').first();
  await tabTo(page, checkbox);
  await page.keyboard.press('Space');
  await page.waitForURL((url) => [...url.searchParams.keys()].length > 1);
  await expect(checkbox).toBeChecked();
  await settled(page);
  await expect(liveRegion(page)).not.toHaveText(before ?? '');

  const results = page.url();
  const first = page.locator('main .card__link').first();
  await tabTo(page, first);
  const title = (await first.textContent())?.trim() ?? '';
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/de\/angebote\/[0-9a-f-]{36}/);
  await settled(page);
  await expect(page.locator('main h1')).toBeFocused();
  await expect(page.locator('main h1')).toContainText(title);

  await page.keyboard.press('Alt+ArrowLeft');
  if (page.url() !== results) await page.goBack();
  await page.waitForURL(results);
  await settled(page);
  await expect(checkbox).toBeChecked();
});

test('the skip link leads past the navigation', async ({ page }) => {
  await open(page, '/de/karte');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});

test('on a phone the menu and the filters work by keyboard', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, '/de/angebote');
  const menu = page.locator('.site-header__toggle');
  await tabTo(page, menu);
  await page.keyboard.press('Enter');
  await expect(menu).toHaveAttribute('aria-expanded', 'true');
  await tabTo(page, page.locator('.site-header__link').last());
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/de\/kalender/);
  await settled(page);
  await expect(menu).toHaveAttribute('aria-expanded', 'false');
  await expect(page.locator('main h1')).toBeFocused();

  await open(page, '/de/angebote');
  const filters = page.getByRole('button', { name: /^Filter/ }).first();
  await tabTo(page, filters);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(filters).toBeFocused();
});

test('the map can be used without the drawing', async ({ page }) => {
  await open(page, '/de/karte');
  await page.getByRole('searchbox').focus();
  await page.keyboard.type('parchim');
  await expect(liveRegion(page)).toContainText(/Gemeinde/);
  const link = page.locator('.area-list a').first();
  await tabTo(page, link);
  await expect(page.locator('.region-map__frame').first()).toBeAttached();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/de\/angebote\?area=13076108/);
  await settled(page);
  await expect(page.locator('main h1')).toBeFocused();
});

test('a postcode of several municipalities stays ambiguous', async ({ page }) => {
  await open(page, '/de/karte');
  await page.getByRole('searchbox').fill('19376');
  await expect(page.locator('.area-list__row')).not.toHaveCount(1);
  await expect(page.locator('.area-list__row').first()).toContainText(/Amt |19376/);
});

test('the calendar is turned by keyboard', async ({ page }) => {
  await open(page, '/de/kalender?month=2026-12');
  const next = page.getByRole('link', { name: 'Nächster Monat' });
  await next.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/month=2027-01/);
  await expect(page.getByRole('heading', { level: 2, name: 'Januar 2027' })).toBeVisible();
  await expect(liveRegion(page)).toContainText('Januar 2027');
  await expect(page.getByText('Neujahr')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Nächster Monat' })).toBeFocused();
});
