import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#/ui/Button';
import { Combobox } from '#/ui/Combobox';
import type { OrganizationRef } from '../types';
import { useOrganizationOptions } from './use-organization-options';

export interface OrganizationFieldProps {
  label: string;
  hint?: string;
  error?: string;
  id: string;
  name?: string;
  value: OrganizationRef | undefined;
  onChange: (organization: OrganizationRef | undefined) => void;
  /** Words to begin the search with. */
  suggestion?: string;
}

/** Finds one organisation by its name. What is chosen is shown as text, so that a typed name is not taken for a choice. */
export function OrganizationField(props: OrganizationFieldProps) {
  const { label, hint, error, id, name, value, onChange, suggestion = '' } = props;
  const t = useTranslations('admin');
  const [words, setWords] = useState(suggestion);
  const found = useOrganizationOptions(words, value === undefined);

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
