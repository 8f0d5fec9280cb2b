import type { Language } from '#/app/languages';

/** Where to go after signing in: an address of this portal, never one that leads away from it. */
export function nextAddress(next: unknown, lang: Language): string {
  const own = `/${lang}/konto`;
  if (typeof next !== 'string') return own;
  // What the browser would really open counts: `//host`, backslashes and control characters all resolve elsewhere.
  const base = 'https://portal.invalid';
  if (!URL.canParse(next, base)) return own;
  const url = new URL(next, base);
  return url.origin === base && /^\/(de|en)\//.test(url.pathname)
    ? url.pathname + url.search + url.hash
    : own;
}
