import { useTranslations } from 'use-intl';
import { usePrivateQuery } from '#/features/session/api';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { AccountFrame, Section } from './AccountFrame';
import { AuthenticatorApp } from './AuthenticatorApp';
import { Identities } from './Identities';
import { Passkeys } from './Passkeys';
import { PasswordForm } from './PasswordForm';
import { Recovery } from './Recovery';
import type { Factors } from './types';

/** Password and second factors. */
export function SecurityPage() {
  const t = useTranslations('account');
  const f = useTranslations('factors');
  const p = useTranslations('password');
  const { data, error, refetch } = usePrivateQuery<Factors>('/api/v1/me/factors');
  const factors = data?.data;
  return (
    <AccountFrame title={t('pages.security')} lead={f('lead')}>
      {error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : null}
      {factors ? (
        <>
          <Section id="app" title={f('app')}>
            <AuthenticatorApp factors={factors} />
          </Section>
          <Section id="passkeys" title={f('passkeys')}>
            <Passkeys passkeys={factors.passkeys} />
          </Section>
          <Section id="recovery" title={f('codes')}>
            <Recovery factors={factors} />
          </Section>
        </>
      ) : error ? null : (
        <Skeleton shape="block" count={2} />
      )}
      <Section id="password" title={p('title')}>
        <PasswordForm />
      </Section>
      <Identities />
    </AccountFrame>
  );
}
