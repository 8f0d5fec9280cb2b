import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { Button } from '#/ui/Button';
import { CodeField } from '#/ui/CodeField';
import { Dialog } from '#/ui/Dialog';
import { Notice } from '#/ui/Notice';
import { PasswordField } from '#/ui/PasswordField';
import { call } from './api';
import { ErrorNotice, FormErrors, SubmitButton, useForm } from './form';
import { initialFocus } from './initial-focus';
import { passkeyForStepUp } from './passkey-calls';
import { answerPrompt, ask, usePrompt } from './prompts';
import { SignInForm } from './SignInForm';
import { session, signOut, useAccount, useSession } from './store';
import type { SignedIn } from './types';
import { usePasskeyWords } from './use-passkey-words';
import { useSubmit } from './use-submit';
import { passkeysSupported } from './webauthn';

/** Everything that a session may ask in the middle of work. The page below keeps what was entered. */
export function SessionDialogs() {
  const state = useSession();
  const prompt = usePrompt();
  const ended = state.status === 'ended';

  // The end of a session asks at once.
  useEffect(() => {
    if (ended) void ask('sign-in');
  }, [ended]);
  // Signing in again, here or in another tab, answers whatever waits for it.
  useEffect(() => {
    if (!ended && prompt === 'sign-in') answerPrompt(true);
  }, [ended, prompt]);
  // Whoever leaves the pages behind the sign-in answers nothing any more.
  useEffect(() => () => answerPrompt(false), []);

  return (
    <>
      {ended && prompt === undefined ? <EndedNotice /> : null}
      <SignInDialog open={prompt === 'sign-in'} />
      <StepUpDialog open={prompt === 'step-up'} />
      <IdleDialog />
    </>
  );
}

/** The dialog was closed: what was entered can still be read and copied. */
function EndedNotice() {
  const t = useTranslations('frame');
  return (
    <div className="session-ended no-print">
      <div className="page">
        <Notice tone="warning" title={t('ended')} role="status">
          <p>{t('endedText')}</p>
          <p>
            <Button size="sm" onClick={() => void ask('sign-in')}>
              {t('signInAgain')}
            </Button>
          </p>
        </Notice>
      </div>
    </div>
  );
}

function SignInDialog({ open }: { open: boolean }) {
  const t = useTranslations('frame');
  const { email } = useAccount();
  return (
    <Dialog open={open} onClose={() => open && answerPrompt(false)} title={t('ended')}>
      <div className="stack">
        <p>{t('endedDialog')}</p>
        <SignInForm email={email} onSignedIn={() => answerPrompt(true)} />
      </div>
    </Dialog>
  );
}

function StepUpDialog({ open }: { open: boolean }) {
  const t = useTranslations('session');
  return (
    <Dialog open={open} onClose={() => open && answerPrompt(false)} title={t('stepUpTitle')}>
      <div className="stack">
        <p>{t('stepUpText')}</p>
        <StepUpForm />
      </div>
    </Dialog>
  );
}

/** An account with a second factor confirms with that factor, every other one with its password. */
function StepUpForm() {
  const t = useTranslations('session');
  const { secondFactor, email } = useAccount();
  const withPasskey = secondFactor.passkeys > 0 && passkeysSupported();
  const kind = secondFactor.totp ? 'code' : withPasskey ? undefined : 'password';

  async function confirm(proof: object): Promise<void> {
    const { data } = await call<SignedIn>('POST', '/api/v1/auth/step-up', { body: proof });
    session.adopt(data);
    answerPrompt(true);
  }

  const passkeyWords = usePasskeyWords();
  const passkey = useSubmit(async () => confirm(await passkeyForStepUp()));
  return (
    <>
      {kind === 'code' ? <StepUpCode confirm={confirm} /> : null}
      {kind === 'password' ? <StepUpPassword email={email} confirm={confirm} /> : null}
      {kind && withPasskey ? <p className="session-or">{t('or')}</p> : null}
      {withPasskey ? (
        <>
          <ErrorNotice key={passkey.attempt} error={passkey.error} words={passkeyWords} />
          <Button
            variant={kind ? 'secondary' : 'primary'}
            icon="person"
            block
            aria-disabled={passkey.pending || undefined}
            onClick={() => void passkey.submit()}
          >
            {t('usePasskey')}
          </Button>
        </>
      ) : null}
    </>
  );
}

function StepUpCode({ confirm }: { confirm: (proof: object) => Promise<void> }) {
  const t = useTranslations('session');
  const form = useForm({
    fields: { code: { required: t('codeMissing') } },
    words: { 'code-invalid': { field: 'code', message: t('wrong.totp') } },
    onSubmit: ({ code }) => confirm({ code: code.replaceAll(' ', '') }),
  });
  return (
    <form {...form.props} className="stack">
      <FormErrors form={form} />
      <CodeField
        {...form.field('code')}
        kind="digits"
        label={t('code.totp')}
        hint={t('codeHint.totp')}
        ref={initialFocus}
      />
      <SubmitButton pending={form.pending} block>
        {t('confirm')}
      </SubmitButton>
    </form>
  );
}

function StepUpPassword({ email, confirm }: { email: string; confirm: (proof: object) => Promise<void> }) {
  const t = useTranslations('session');
  const form = useForm({
    fields: { password: { required: t('passwordMissing') } },
    words: { 'invalid-credentials': { field: 'password', message: t('wrongPassword') } },
    onSubmit: ({ password }) => confirm({ password }),
  });
  return (
    <form {...form.props} className="stack">
      <FormErrors form={form} />
      {/* Password managers want to know whose password it is. */}
      <input type="text" hidden readOnly name="username" autoComplete="username" value={email} />
      <PasswordField
        {...form.field('password')}
        label={t('password')}
        autoComplete="current-password"
        ref={initialFocus}
      />
      <SubmitButton pending={form.pending} block>
        {t('confirm')}
      </SubmitButton>
    </form>
  );
}

/** The warning before a resting session ends. */
function IdleDialog() {
  const t = useTranslations('session');
  const format = useFormat();
  const state = useSession();
  const [closed, setClosed] = useState(false);
  const warning = state.status === 'signed-in' && state.idleWarning;
  const stay = useSubmit(() => session.stay());
  const leave = useSubmit(signOut);

  useEffect(() => {
    if (!warning) setClosed(false);
  }, [warning]);

  return (
    <Dialog
      open={warning && !closed}
      onClose={() => {
        if (!warning || closed) return;
        setClosed(true);
        void stay.submit();
      }}
      title={t('idleTitle')}
      footer={
        <>
          <SubmitButton type="button" pending={stay.pending} onClick={() => void stay.submit()}>
            {t('stay')}
          </SubmitButton>
          <Button variant="secondary" onClick={() => void leave.submit()}>
            {t('signOutNow')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>
          {warning
            ? t('idleText', { time: format.timeRange(new Date(state.idleEndsAt).toISOString()) })
            : null}
        </p>
        <ErrorNotice error={stay.error ?? leave.error} />
      </div>
    </Dialog>
  );
}
