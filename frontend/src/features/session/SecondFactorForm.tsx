import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#/ui/Button';
import { CodeField } from '#/ui/CodeField';
import { ErrorNotice, FormErrors, SubmitButton, useForm } from './form';
import { post } from './public-call';
import type { Challenge, SecondFactorMethod, SignedIn } from './types';
import { usePasskeyWords } from './use-passkey-words';
import { useSubmit } from './use-submit';
import { passkeysSupported, presentPasskey } from './webauthn';

const preference: SecondFactorMethod[] = ['totp', 'passkey', 'recovery-code'];

export interface SecondFactorFormProps {
  challenge: Challenge;
  onSignedIn: (answer: SignedIn) => void;
  /** Back to the password: chosen, or because the challenge has run out. */
  onBack: () => void;
}

/** The second proof after the password: a code of the app, a passkey, or a code from paper. */
export function SecondFactorForm({ challenge, onSignedIn, onBack }: SecondFactorFormProps) {
  const t = useTranslations('session');
  const usable = preference.filter(
    (method) =>
      challenge.methods.includes(method) &&
      (method !== 'passkey' || (challenge.passkey && passkeysSupported())),
  );
  const [method, setMethod] = useState(usable[0] ?? 'recovery-code');
  const heading = useRef<HTMLHeadingElement>(null);
  // The step before has left the page; its successor takes focus, so that nobody has to look for it.
  useEffect(() => heading.current?.focus(), []);

  return (
    <div className="stack">
      <h2 className="session-step" ref={heading} tabIndex={-1}>
        {t('secondFactor')}
      </h2>
      {method === 'passkey' ? (
        <PasskeyProof challenge={challenge} onSignedIn={onSignedIn} />
      ) : (
        <CodeProof key={method} method={method} challenge={challenge} onSignedIn={onSignedIn} />
      )}
      <ul className="session-others">
        {usable
          .filter((other) => other !== method)
          .map((other) => (
            <li key={other}>
              <Button variant="quiet" size="sm" onClick={() => setMethod(other)}>
                {t(`instead.${other}`)}
              </Button>
            </li>
          ))}
        <li>
          <Button variant="quiet" size="sm" onClick={onBack}>
            {t('startOver')}
          </Button>
        </li>
      </ul>
    </div>
  );
}

function CodeProof({
  method,
  challenge,
  onSignedIn,
}: {
  method: 'totp' | 'recovery-code';
  challenge: Challenge;
  onSignedIn: (answer: SignedIn) => void;
}) {
  const t = useTranslations('session');
  const form = useForm({
    fields: { code: { required: t('codeMissing') } },
    words: {
      'code-invalid': { field: 'code', message: t(`wrong.${method}`) },
      'link-invalid': { field: 'code', message: t('challengeOver') },
    },
    onSubmit: async ({ code }) =>
      onSignedIn(
        await post<SignedIn>('/auth/login/second-factor', {
          challenge: challenge.challenge,
          method,
          code: code.replaceAll(' ', ''),
        }),
      ),
  });
  return (
    <form {...form.props} className="stack">
      <FormErrors form={form} />
      <CodeField
        {...form.field('code')}
        kind={method === 'totp' ? 'digits' : 'recovery'}
        label={t(`code.${method}`)}
        hint={t(`codeHint.${method}`)}
      />
      <SubmitButton pending={form.pending} block>
        {t('confirm')}
      </SubmitButton>
    </form>
  );
}

function PasskeyProof({
  challenge,
  onSignedIn,
}: {
  challenge: Challenge;
  onSignedIn: (answer: SignedIn) => void;
}) {
  const t = useTranslations('session');
  const words = usePasskeyWords();
  const proof = useSubmit(async () => {
    if (!challenge.passkey) return;
    const credential = await presentPasskey(challenge.passkey);
    onSignedIn(await post<SignedIn>('/auth/login/passkey', { challenge: challenge.challenge, credential }));
  });
  return (
    <>
      <p>{t('passkeyHint')}</p>
      <ErrorNotice key={proof.attempt} error={proof.error} words={words} />
      <Button
        icon="person"
        block
        aria-disabled={proof.pending || undefined}
        onClick={() => void proof.submit()}
      >
        {t('usePasskey')}
      </Button>
    </>
  );
}
