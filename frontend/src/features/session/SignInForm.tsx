import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#/ui/Button';
import { PasswordField } from '#/ui/PasswordField';
import { TextField } from '#/ui/TextField';
import { ErrorNotice, FormErrors, SubmitButton, useForm } from './form';
import { initialFocus } from './initial-focus';
import { signInWithPasskey } from './passkey-calls';
import { post } from './public-call';
import { SecondFactorForm } from './SecondFactorForm';
import { session } from './store';
import type { Challenge, SignedIn } from './types';
import { usePasskeySuggestions } from './use-passkey-suggestions';
import { usePasskeyWords } from './use-passkey-words';
import { useSubmit } from './use-submit';
import { passkeysSupported } from './webauthn';

export interface SignInFormProps {
  /** The account that has to come back, where a session ended. */
  email?: string;
  onSignedIn: (answer: SignedIn) => void;
  /** Shown below the form while the password is asked for: other ways to sign in. */
  children?: ReactNode;
}

/** Password, then the second factor; or a passkey for both. */
export function SignInForm({ email, onSignedIn, children }: SignInFormProps) {
  const t = useTranslations('session');
  const [challenge, setChallenge] = useState<Challenge>();

  function done(answer: SignedIn): void {
    session.adopt(answer);
    onSignedIn(answer);
  }

  const form = useForm({
    fields: { email: { required: t('emailMissing') }, password: { required: t('passwordMissing') } },
    words: { 'invalid-credentials': { field: 'password', message: t('invalidCredentials') } },
    onSubmit: async ({ email: address, password }) => {
      const answer = await post<SignedIn | Challenge>('/auth/login', { email: address, password });
      if (answer.status === 'signed-in') done(answer);
      else setChallenge(answer);
    },
  });
  const passkeyWords = usePasskeyWords();
  const passkey = useSubmit(async () => {
    suggestions.stop();
    done(await signInWithPasskey());
  });
  const suggestions = usePasskeySuggestions(challenge === undefined, done);

  if (challenge) {
    return (
      <SecondFactorForm challenge={challenge} onSignedIn={done} onBack={() => setChallenge(undefined)} />
    );
  }
  return (
    <div className="stack">
      <form {...form.props} className="stack">
        <FormErrors form={form} />
        <TextField
          {...form.field('email')}
          label={t('email')}
          type="email"
          autoComplete="username webauthn"
          defaultValue={email}
          readOnly={email !== undefined}
        />
        <PasswordField
          {...form.field('password')}
          label={t('password')}
          autoComplete="current-password"
          ref={email === undefined ? undefined : initialFocus}
        />
        <SubmitButton pending={form.pending} block>
          {t('signIn')}
        </SubmitButton>
      </form>
      {passkeysSupported() ? (
        <>
          <p className="session-or">{t('or')}</p>
          <ErrorNotice key={passkey.attempt} error={passkey.error} words={passkeyWords} />
          <Button
            variant="secondary"
            icon="person"
            block
            aria-disabled={passkey.pending || undefined}
            onClick={() => void passkey.submit()}
          >
            {t('withPasskey')}
          </Button>
        </>
      ) : null}
      {children}
    </div>
  );
}
