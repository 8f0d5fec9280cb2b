import { type ComponentProps, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#/ui/Button';
import { cx } from '#/ui/cx';
import { Icon } from '#/ui/Icon';
import { FieldFrame, type FieldFrameProps } from '#/ui/TextField';
import './style.css';

export interface SearchFieldProps
  extends FieldFrameProps,
    Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  value: string;
  onChange: (value: string) => void;
}

/** A search input with a clear button of its own: the browsers' differ and are not reachable by keyboard. */
export function SearchField({
  label,
  hideLabel,
  hint,
  error,
  id,
  className,
  value,
  onChange,
  ...input
}: SearchFieldProps) {
  const t = useTranslations('ui');
  const ref = useRef<HTMLInputElement>(null);
  return (
    <FieldFrame label={label} hideLabel={hideLabel} hint={hint} error={error} id={id} className={className}>
      {(ids) => (
        <div className="search-field">
          <Icon name="search" className="search-field__icon" />
          <input
            autoComplete="off"
            enterKeyHint="search"
            {...input}
            ref={ref}
            type="search"
            id={ids.id}
            className={cx('field__control', 'search-field__input')}
            aria-describedby={ids.describedBy}
            value={value}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          {value ? (
            <Button
              className="search-field__clear"
              variant="quiet"
              size="sm"
              icon="close"
              iconOnly
              onClick={() => {
                onChange('');
                ref.current?.focus();
              }}
            >
              {t('clear')}
            </Button>
          ) : null}
        </div>
      )}
    </FieldFrame>
  );
}
