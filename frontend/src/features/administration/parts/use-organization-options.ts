import { $api } from '#/api/client';
import { useLanguage } from '#/app/i18n';
import { useDebounced } from '#/app/use-debounced';
import type { ComboboxOption } from '#/ui/Combobox';

/** Organisations for what was typed: type-ahead knows beginnings of names, the list knows words and their forms. */
export function useOrganizationOptions(words: string, wanted: boolean): ComboboxOption[] {
  const lang = useLanguage();
  const q = useDebounced(words.trim(), 200).slice(0, 100);
  const enabled = wanted && q.length >= 2;
  const begun = $api.useQuery(
    'get',
    '/api/v1/suggest',
    { params: { query: { q, limit: 10, lang } } },
    { enabled },
  );
  const listed = $api.useQuery(
    'get',
    '/api/v1/organizations',
    { params: { query: { q, limit: 8, lang } } },
    { enabled },
  );
  if (!enabled) return [];
  const options = new Map<string, ComboboxOption>();
  for (const { type, id, text } of begun.data?.data ?? []) {
    if (type === 'organization' && id) options.set(id, { id, label: text });
  }
  for (const { id, name, municipality } of listed.data?.data ?? []) {
    options.set(id, { id, label: name, detail: municipality ?? undefined });
  }
  return [...options.values()].slice(0, 8);
}
