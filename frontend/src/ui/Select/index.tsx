import type { ComponentProps } from 'react';
import { cx } from '#/ui/cx';
import { Icon } from '#/ui/Icon';
import { FieldFrame, type FieldFrameProps } from '#/ui/TextField';
import './style.css';

export interface SelectOption {
  value: string;
  label: string;
}

export interface SelectProps extends FieldFrameProps, Omit<ComponentProps<'select'>, 'onChange'> {
  options: SelectOption[];
  onChange?: (value: string) => void;
}

/** A labelled native select. */
export function Select({
  label,
  hideLabel,
  hint,
  error,
  id,
  className,
  options,
  onChange,
  ...select
}: SelectProps) {
  return (
    <FieldFrame label={label} hideLabel={hideLabel} hint={hint} error={error} id={id} className={className}>
      {(ids) => (
        <div className="select">
          <select
            {...select}
            id={ids.id}
            className={cx('field__control', 'select__control')}
            aria-describedby={ids.describedBy}
            onChange={(event) => onChange?.(event.currentTarget.value)}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon name="down" className="select__icon" />
        </div>
      )}
    </FieldFrame>
  );
}
