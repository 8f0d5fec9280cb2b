import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { PageHeading } from '#/app/page';
import { ButtonLink } from '#/ui/Button';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { may } from './session-store';
import { session, useSession } from './store';

export interface RequireSessionProps {
  /** One of these is enough. With it, the page also needs the second factor that the role demands. */
  capability?: string | readonly string[];
  children: ReactNode;
}

/**
 * Shows its children to a signed-in account; everybody else goes to the sign-in and comes back afterwards. A session
 * that ends later leaves the children as they are.
 */
export function RequireSession({ capability, children }: RequireSessionProps) {
  const t = useTranslations('frame');
  const lang = useLanguage();
  const navigate = useNavigate();
  const state = useSession();
  const { status } = state;
  const left = state.status === 'signed-out' && state.left === true;

  useEffect(() => {
    if (status === 'unknown') void session.start();
    if (status === 'signed-out') {
      const next = left ? undefined : window.location.pathname + window.location.search;
      void navigate({ to: '/$lang/anmelden', params: { lang }, search: { next }, replace: true });
    }
  }, [status, left, lang, navigate]);

  if (state.status === 'unknown' && state.error) {
    return (
      <div className="page simple-page">
        <ProblemNotice error={state.error} onRetry={() => void session.start()} />
      </div>
    );
  }
  if (state.status === 'unknown' || state.status === 'signed-out') {
    return (
      <div className="page simple-page" aria-busy="true">
        <p className="muted">{t('loading')}</p>
        <Skeleton shape="block" />
      </div>
    );
  }

  const { account } = state;
  if (capability !== undefined) {
    const { required, totp, passkeys } = account.secondFactor;
    if (required && !totp && passkeys === 0) return <SecondFactorMissing />;
    const needed = typeof capability === 'string' ? [capability] : capability;
    if (!needed.some((code) => may(account, code))) return <Denied />;
  }
  // Another account gets fresh pages: no half-filled form passes from one person to the next.
  return <div key={account.id}>{children}</div>;
}

/** The role demands a second factor that is not set up yet. */
function SecondFactorMissing() {
  const t = useTranslations('frame');
  const lang = useLanguage();
  return (
    <div className="page simple-page stack">
      <PageHeading title={t('factorTitle')}>{t('factorTitle')}</PageHeading>
      <p className="prose">{t('factorText')}</p>
      <p>
        <ButtonLink to="/$lang/konto/sicherheit" params={{ lang }} iconEnd="arrow">
          {t('factorLink')}
        </ButtonLink>
      </p>
    </div>
  );
}

/** The account may not use this page. */
export function Denied() {
  const t = useTranslations('frame');
  const lang = useLanguage();
  return (
    <div className="page simple-page stack">
      <PageHeading title={t('deniedTitle')}>{t('deniedTitle')}</PageHeading>
      <p className="prose">{t('deniedText')}</p>
      <p>
        <ButtonLink to="/$lang/konto" params={{ lang }} variant="secondary">
          {t('account')}
        </ButtonLink>
      </p>
    </div>
  );
}
