import { useTranslations } from 'use-intl';
import { Checkbox } from '#/ui/Checkbox';
import type { Scope } from '../../types';
import { scopes } from './scopes';

export interface ScopeFieldsProps {
  /** Of the first checkbox: where the error summary leads to. */
  id: string;
  name?: string;
  error?: string;
  value: readonly Scope[];
  onChange: (scopes: Scope[]) => void;
}

/** What a partner system may do, each with an explanation. */
export function ScopeFields({ id, name, error, value, onChange }: ScopeFieldsProps) {
  const t = useTranslations('adminClients');
  return (
    <fieldset
      className={error ? 'field field--invalid' : 'field'}
      aria-describedby={error ? `${id}-error` : undefined}
    >
      <legend className="field__label">{t('scopes')}</legend>
      {error ? (
        <p className="field__error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
      {name ? <input type="hidden" name={name} value={value.join(' ')} /> : null}
      {scopes.map(({ scope, label, text }, index) => (
        <Checkbox
          key={scope}
          id={index === 0 ? id : `${id}-${index}`}
          checked={value.includes(scope)}
          onChange={(on) => onChange(on ? [...value, scope] : value.filter((other) => other !== scope))}
          label={
            <>
              {t(label)} <code className="small">{scope}</code>
              <span className="admin__under">{t(text)}</span>
            </>
          }
        />
      ))}
    </fieldset>
  );
}
