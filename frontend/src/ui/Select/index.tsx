import type { ComponentProps } from 'react';
import { cx } from '#/ui/cx';
import { Icon } from '#/ui/Icon';
import { FieldFrame, type FieldFrameProps } from '#/ui/TextField';
import './style.css';

export interface SelectOption {
  value: string;
  label: string;
}

/** Options under a common heading. */
export interface SelectGroup {
  label: string;
  options: SelectOption[];
}

export interface SelectProps extends FieldFrameProps, Omit<ComponentProps<'select'>, 'onChange'> {
  options: (SelectOption | SelectGroup)[];
  onChange?: (value: string) => void;
}

function choice({ value, label }: SelectOption) {
  return (
    <option key={value} value={value}>
      {label}
    </option>
  );
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
            {options.map((option) =>
              'options' in option ? (
                <optgroup key={option.label} label={option.label}>
                  {option.options.map(choice)}
                </optgroup>
              ) : (
                choice(option)
              ),
            )}
          </select>
          <Icon name="down" className="select__icon" />
        </div>
      )}
    </FieldFrame>
  );
}
