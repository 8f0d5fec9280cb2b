import { useQuery } from '@tanstack/react-query';
import { useLanguage } from '#/app/i18n';
import type { TextDocument } from './document';

export type TextPage = 'about' | 'accessibility' | 'api' | 'imprint' | 'partner' | 'privacy';

const texts = import.meta.glob<TextDocument>('./texts/*.json', { import: 'default' });

/** The text of a page in the language of the page, fetched as a chunk of its own. */
export function useTextDocument(page: TextPage) {
  const lang = useLanguage();
  return useQuery({
    queryKey: ['text', page, lang],
    queryFn: async () => {
      const load = texts[`./texts/${page}.${lang}.json`];
      if (!load) throw new Error(`no text ${page} in ${lang}`);
      return load();
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
