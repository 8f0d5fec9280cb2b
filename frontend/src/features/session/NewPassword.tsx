import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useDebounced } from '#/app/use-debounced';
import { PasswordField, type PasswordFieldProps } from '#/ui/PasswordField';
import { post } from './public-call';
import type { PasswordStrength } from './types';

type Score = 0 | 1 | 2 | 3 | 4;

export interface NewPasswordProps
  extends Omit<PasswordFieldProps, 'label' | 'autoComplete' | 'value' | 'onChange'> {
  label: string;
  /** Whose password it is: passwords made of the address or the name are refused. */
  email?: string;
  person?: string;
}

/** A new password with a word on its strength while it is typed. The rules are the server's; pasting is welcome. */
export function NewPassword({ email, person, ...field }: NewPasswordProps) {
  const t = useTranslations('password');
  const [value, setValue] = useState('');
  const settled = useDebounced(value, 350);
  // A hint only: without an answer the server still checks when the form is sent.
  const { data } = useQuery({
    queryKey: ['password-strength', settled, email, person],
    queryFn: ({ signal }) =>
      post<PasswordStrength>(
        '/auth/password-strength',
        { password: settled, email, name: person || undefined },
        signal,
      ),
    enabled: settled.length > 0,
    gcTime: 0,
    retry: false,
  });
  const strength = settled && value ? data : undefined;

  return (
    <div className="new-password">
      {/* Tells password managers which account the new password belongs to. */}
      {email ? (
        <input type="text" hidden readOnly name="username" autoComplete="username" value={email} />
      ) : null}
      <PasswordField
        hint={t('hint')}
        {...field}
        autoComplete="new-password"
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <div className="new-password__strength" role="status">
        {strength ? (
          <>
            <meter
              className="new-password__meter"
              aria-hidden="true"
              min={0}
              max={4}
              value={strength.acceptable ? Math.max(1, strength.score) : 0.5}
            />
            <p className="small">
              {strength.acceptable ? t(`strength.${strength.score as Score}`) : t('notAcceptable')}
            </p>
            {strength.reasons.map(({ code, message }) => (
              <p key={code} className="small">
                {message}
              </p>
            ))}
          </>
        ) : null}
      </div>
    </div>
  );
}
