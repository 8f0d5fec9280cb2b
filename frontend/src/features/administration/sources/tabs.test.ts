import { expect, it } from 'vitest';
import { tabOf } from './tabs';

it.each([
  ['/de/verwaltung/quellen/kvhs', 'overview'],
  ['/de/verwaltung/quellen/kvhs/', 'overview'],
  ['/de/verwaltung/quellen/webhooks', 'overview'],
  ['/en/verwaltung/quellen/kvhs/importe/019ab1c2', 'imports'],
  ['/de/verwaltung/quellen/kvhs/webhooks', 'webhooks'],
])('%s belongs to %s', (path, tab) => {
  expect(tabOf(path)).toBe(tab);
});
