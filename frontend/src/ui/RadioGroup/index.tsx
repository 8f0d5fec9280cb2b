import { type ReactNode, useId } from 'react';
import { cx } from '#/ui/cx';
import './style.css';

export interface RadioOption<Value extends string> {
  value: Value;
  label: ReactNode;
  /** What choosing this means. */
  explanation?: ReactNode;
}

export interface RadioGroupProps<Value extends string> {
  legend: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** The id of the first option: where the error summary leads to. */
  id?: string;
  name?: string;
  required?: boolean;
  value: Value | undefined;
  options: RadioOption<Value>[];
  onChange: (value: Value) => void;
  className?: string;
}

/** Native radio buttons in a fieldset, each with room for an explanation. */
export function RadioGroup<Value extends string>({
  legend,
  hint,
  error,
  id: givenId,
  name,
  required,
  value,
  options,
  onChange,
  className,
}: RadioGroupProps<Value>) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  return (
    <fieldset
      className={cx('radio-group', error ? 'field--invalid' : undefined, className)}
      aria-describedby={cx(hintId, errorId) || undefined}
    >
      <legend className="field__label">{legend}</legend>
      {hint ? (
        <p className="field__hint" id={hintId}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p className="field__error" id={errorId}>
          {error}
        </p>
      ) : null}
      {options.map((option, index) => {
        const optionId = index === 0 ? id : `${id}-${option.value}`;
        const explanationId = option.explanation ? `${optionId}-explanation` : undefined;
        return (
          <div key={option.value} className="radio-group__option">
            <input
              type="radio"
              id={optionId}
              name={name ?? id}
              required={required}
              value={option.value}
              className="radio-group__input"
              checked={option.value === value}
              aria-describedby={explanationId}
              onChange={() => onChange(option.value)}
            />
            <div className="radio-group__text">
              <label htmlFor={optionId} className="radio-group__label">
                {option.label}
              </label>
              {option.explanation ? (
                <div id={explanationId} className="field__hint">
                  {option.explanation}
                </div>
              ) : null}
            </div>
          </div>
        );
      })}
    </fieldset>
  );
}
