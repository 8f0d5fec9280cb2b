import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from '#/ui/cx';
import './style.css';

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'onChange'> {
  label: ReactNode;
  /** How many records this choice leaves; read out with the label. */
  count?: string;
  onChange?: (checked: boolean) => void;
}

/** A native checkbox with a large target. */
export function Checkbox({ label, count, className, id: givenId, onChange, ...input }: CheckboxProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  return (
    <div className={cx('checkbox', className)}>
      <input
        {...input}
        type="checkbox"
        id={id}
        className="checkbox__input"
        onChange={(event) => onChange?.(event.currentTarget.checked)}
      />
      <label htmlFor={id} className="checkbox__label">
        <span>{label}</span>
        {count ? <span className="checkbox__count">{count}</span> : null}
      </label>
    </div>
  );
}
