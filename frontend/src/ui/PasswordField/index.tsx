import { type ComponentProps, useState } from 'react';
import { useTranslations } from 'use-intl';
import { FieldFrame, type FieldFrameProps } from '#/ui/TextField';
import './style.css';

export interface PasswordFieldProps extends FieldFrameProps, Omit<ComponentProps<'input'>, 'type'> {
  /** Lets password managers do their work: fill in, or suggest a new one. */
  autoComplete: 'current-password' | 'new-password';
}

/** A password that can be shown while typing. Pasting and password managers are welcome. */
export function PasswordField({
  label,
  hideLabel,
  hint,
  error,
  id,
  className,
  ...input
}: PasswordFieldProps) {
  const t = useTranslations('control');
  const [shown, setShown] = useState(false);
  return (
    <FieldFrame label={label} hideLabel={hideLabel} hint={hint} error={error} id={id} className={className}>
      {(ids) => (
        <div className="password-field">
          <input
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            {...input}
            type={shown ? 'text' : 'password'}
            id={ids.id}
            className="field__control password-field__control"
            aria-describedby={ids.describedBy}
            aria-invalid={error ? true : undefined}
          />
          <button
            type="button"
            className="password-field__toggle"
            aria-label={t(shown ? 'hidePassword' : 'showPassword')}
            aria-controls={ids.id}
            onClick={() => setShown(!shown)}
          >
            {t(shown ? 'hide' : 'show')}
          </button>
        </div>
      )}
    </FieldFrame>
  );
}
