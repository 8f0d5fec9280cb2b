import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { $api } from '#/api/client';
import { useLanguage } from '#/app/i18n';
import { useDebounced } from '#/app/use-debounced';
import { Button } from '#/ui/Button';
import { Combobox, type ComboboxOption } from '#/ui/Combobox';
import type { OrganizationRef } from '../types';

export interface OrganizationFieldProps {
  label: string;
  hint?: string;
  error?: string;
  id: string;
  name?: string;
  value: OrganizationRef | undefined;
  onChange: (organization: OrganizationRef | undefined) => void;
  /** Offers these only, without asking the server: for people who may act in some organisations. */
  among?: OrganizationRef[];
  /** Words to begin the search with. */
  suggestion?: string;
}

/** Finds one organisation by its name. What is chosen is shown as text, so that a typed name is not taken for a choice. */
export function OrganizationField(props: OrganizationFieldProps) {
  const { label, hint, error, id, name, value, onChange, among, suggestion = '' } = props;
  const t = useTranslations('admin');
  const lang = useLanguage();
  const [words, setWords] = useState(suggestion);
  const q = useDebounced(words.trim(), 200);
  const { data } = $api.useQuery(
    'get',
    '/api/v1/organizations',
    { params: { query: { q, limit: 8, lang } } },
    { enabled: among === undefined && value === undefined && q.length >= 2 },
  );
  const found: ComboboxOption[] = among
    ? among
        .filter((own) => own.name.toLowerCase().includes(words.trim().toLowerCase()))
        .map((own) => ({ id: own.id, label: own.name }))
    : q.length >= 2
      ? (data?.data ?? []).map((item) => ({
          id: item.id,
          label: item.name,
          detail: item.municipality ?? undefined,
        }))
      : [];

  return (
    <div className={error ? 'field field--invalid' : 'field'}>
      {name ? <input type="hidden" name={name} value={value?.id ?? ''} /> : null}
      {value ? (
        <>
          <p className="field__label">{label}</p>
          <p className="admin__chosen">
            <bdi>{value.name}</bdi>
            <Button id={id} variant="quiet" size="sm" icon="close" onClick={() => onChange(undefined)}>
              {t('organizationOther')}
            </Button>
          </p>
        </>
      ) : (
        <Combobox
          id={id}
          label={
            <>
              {label}
              <span className="admin__label-hint">{hint ?? t('organizationHint')}</span>
              {error ? <span className="field__error admin__label-hint">{error}</span> : null}
            </>
          }
          icon="building"
          value={words}
          options={found}
          onChange={setWords}
          onSelect={(option) => {
            setWords('');
            onChange({ id: option.id, name: option.label });
          }}
        />
      )}
    </div>
  );
}
