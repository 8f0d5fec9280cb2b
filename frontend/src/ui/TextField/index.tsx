import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from '#/ui/cx';
import './style.css';

export interface FieldFrameProps {
  label: ReactNode;
  /** The label stays for assistive technology only. */
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: ReactNode;
}

interface FrameIds {
  id: string;
  describedBy: string | undefined;
}

/** Label, hint and error around one native control, tied together by ids. */
export function FieldFrame({
  label,
  hideLabel,
  hint,
  error,
  id: givenId,
  className,
  children,
}: FieldFrameProps & { id?: string; className?: string; children: (ids: FrameIds) => ReactNode }) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  return (
    <div className={cx('field', error ? 'field--invalid' : undefined, className)}>
      <label className={hideLabel ? 'visually-hidden' : 'field__label'} htmlFor={id}>
        {label}
      </label>
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
      {children({ id, describedBy: cx(hintId, errorId) || undefined })}
    </div>
  );
}

export type TextFieldProps = FieldFrameProps & ComponentProps<'input'>;

/** A labelled native input; `type="date"` and others keep the browser's own control. */
export function TextField({ label, hideLabel, hint, error, id, className, ...input }: TextFieldProps) {
  return (
    <FieldFrame label={label} hideLabel={hideLabel} hint={hint} error={error} id={id} className={className}>
      {(ids) => (
        <input
          type="text"
          {...input}
          id={ids.id}
          className="field__control"
          aria-describedby={ids.describedBy}
          aria-invalid={error ? true : undefined}
        />
      )}
    </FieldFrame>
  );
}
