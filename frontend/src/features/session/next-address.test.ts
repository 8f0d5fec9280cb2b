import { expect, it } from 'vitest';
import { nextAddress } from './next-address';

it('follows addresses of the portal', () => {
  expect(nextAddress('/de/verwaltung/konten?q=a', 'de')).toBe('/de/verwaltung/konten?q=a');
  expect(nextAddress('/en/konto#x', 'de')).toBe('/en/konto#x');
});

it.each([
  undefined,
  42,
  '',
  'https://evil.example/de/',
  '//evil.example/de/konto',
  '/\\evil.example/de/konto',
  '/\t/evil.example/de/',
  'javascript:alert(1)',
  '/api/v1/auth/logout',
  '/de/../api/v1/auth/logout',
])('goes to the account instead of %j', (next) => {
  expect(nextAddress(next, 'en')).toBe('/en/konto');
});
