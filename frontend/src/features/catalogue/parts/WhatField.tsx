import { useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useSuggestions } from '#/api/hooks';
import type { Suggestion } from '#/api/types';
import { useLanguage } from '#/app/i18n';
import { useDebounced } from '#/app/use-debounced';
import { Combobox, type ComboboxOption } from '#/ui/Combobox';
import type { IconName } from '#/ui/Icon';

const icons: Record<Suggestion['type'], IconName> = {
  query: 'search',
  topic: 'tag',
  organization: 'building',
  place: 'pin',
  offer: 'book',
};

interface SuggestionOption extends ComboboxOption {
  suggestion: Suggestion;
}

export interface WhatFieldProps {
  value: string;
  onChange: (text: string) => void;
  /** Search for these words. */
  onQuery: (words: string) => void;
  hideLabel?: boolean;
}

/** The main search field. Suggestions lead straight to a topic, an organisation or an offer. */
export function WhatField({ value, onChange, onQuery, hideLabel }: WhatFieldProps) {
  const t = useTranslations('search');
  const lang = useLanguage();
  const navigate = useNavigate();
  const { data } = useSuggestions(useDebounced(value, 120));
  const options: SuggestionOption[] = (value.trim().length >= 2 ? (data?.data ?? []) : []).map(
    (suggestion) => ({
      id: `${suggestion.type}-${suggestion.id ?? suggestion.code ?? suggestion.text}`,
      label: suggestion.text,
      detail: suggestion.type === 'query' ? undefined : t(`suggestion.${suggestion.type}`),
      icon: icons[suggestion.type],
      suggestion,
    }),
  );

  function open({ type, text, id, slug, code }: Suggestion) {
    if (type === 'topic' && code) {
      onChange('');
      void navigate({ to: '/$lang/angebote', params: { lang }, search: { topic: [code] } });
    } else if (type === 'organization' && id) {
      void navigate({
        to: '/$lang/einrichtungen/$id/{-$slug}',
        params: { lang, id, slug: slug ?? undefined },
      });
    } else if (type === 'offer' && id) {
      void navigate({ to: '/$lang/angebote/$id/{-$slug}', params: { lang, id, slug: slug ?? undefined } });
    } else if (type === 'place' && code) {
      onChange('');
      void navigate({ to: '/$lang/angebote', params: { lang }, search: { area: [code] } });
    } else {
      onChange(text);
      onQuery(text);
    }
  }

  return (
    <Combobox
      label={t('what')}
      hideLabel={hideLabel}
      name="q"
      icon="search"
      placeholder={t('whatPlaceholder')}
      value={value}
      onChange={onChange}
      options={options}
      onSelect={(option) => open(option.suggestion)}
    />
  );
}
