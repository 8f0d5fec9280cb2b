import type { ComponentProps } from 'react';
import { cx } from '#/ui/cx';
import { FieldFrame, type FieldFrameProps } from '#/ui/TextField';
import './style.css';

export type TextAreaProps = FieldFrameProps & ComponentProps<'textarea'>;

/** A labelled native text area that grows with its text where the browser can. */
export function TextArea({
  label,
  hideLabel,
  hint,
  error,
  id,
  className,
  rows = 4,
  ...textarea
}: TextAreaProps) {
  return (
    <FieldFrame label={label} hideLabel={hideLabel} hint={hint} error={error} id={id} className={className}>
      {(ids) => (
        <textarea
          {...textarea}
          rows={rows}
          id={ids.id}
          className={cx('field__control', 'text-area')}
          aria-describedby={ids.describedBy}
          aria-invalid={error ? true : undefined}
        />
      )}
    </FieldFrame>
  );
}
