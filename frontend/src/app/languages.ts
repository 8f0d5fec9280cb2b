import type { ContentLanguage } from '#/api/types';

/** Interface languages, in the order of the switch. A new one is a file in `messages/` and a line here. */
export const languages = {
  de: { name: 'Deutsch', dir: 'ltr' },
  en: { name: 'English', dir: 'ltr' },
} as const;

export type Language = keyof typeof languages;

export const defaultLanguage: Language = 'de';

export function isLanguage(value: string | undefined): value is Language {
  return value !== undefined && Object.hasOwn(languages, value);
}

/** The first language of the browser that the portal speaks. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split('-')[0];
    if (isLanguage(base)) return base;
  }
  return defaultLanguage;
}

/** Languages the API gives records in; the compiler compares them with its description. */
const contentLanguages: Record<ContentLanguage, true> = {
  de: true,
  'de-simple': true,
  en: true,
  uk: true,
  ru: true,
  pl: true,
  ar: true,
  fa: true,
  ro: true,
};

export function isContentLanguage(tag: string | undefined): tag is ContentLanguage {
  return tag !== undefined && Object.hasOwn(contentLanguages, tag);
}

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur', 'ckb', 'ps']);

/** Writing direction of a content language (BCP 47), independent of the interface. */
export function contentDirection(tag: string): 'ltr' | 'rtl' {
  return rightToLeft.has(tag.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr';
}
