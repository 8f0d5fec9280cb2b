import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { PageHeading } from '#/app/page';
import { useAccount } from '#/features/session/store';
import { Link as InlineLink } from '#/ui/Link';
import { Notice } from '#/ui/Notice';
import './style.css';

const pages = [
  { to: '/$lang/konto', key: 'profile' },
  { to: '/$lang/konto/sicherheit', key: 'security' },
  { to: '/$lang/konto/sitzungen', key: 'sessions' },
  { to: '/$lang/konto/daten', key: 'data' },
] as const;

export interface AccountFrameProps {
  title: string;
  lead?: string;
  children: ReactNode;
}

/** Frame of the pages about the own account: navigation beside the sections. */
export function AccountFrame({ title, lead, children }: AccountFrameProps) {
  const t = useTranslations('account');
  const lang = useLanguage();
  const { secondFactor } = useAccount();
  const here = useLocation({ select: ({ pathname }) => pathname.endsWith('/sicherheit') });
  const missing = secondFactor.required && !secondFactor.totp && secondFactor.passkeys === 0;
  return (
    <div className="page account">
      <nav className="account__nav no-print" aria-label={t('navigation')}>
        <ul className="account__links">
          {pages.map((page) => (
            <li key={page.key}>
              <Link className="account__link" to={page.to} params={{ lang }} activeOptions={{ exact: true }}>
                {t(`pages.${page.key}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="account__body">
        <PageHeading title={title} className="account__title">
          {title}
        </PageHeading>
        {lead ? <p className="account__lead">{lead}</p> : null}
        {missing ? (
          <Notice tone="warning" title={t('factorMissing')}>
            <p>{t('factorMissingText')}</p>
            {here ? null : (
              <p>
                <InlineLink to="/$lang/konto/sicherheit" params={{ lang }}>
                  {t('factorMissingLink')}
                </InlineLink>
              </p>
            )}
          </Notice>
        ) : null}
        {children}
      </div>
    </div>
  );
}

/** One section of such a page. */
export function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="account__section" aria-labelledby={id}>
      <h2 className="account__section-title" id={id}>
        {title}
      </h2>
      {children}
    </section>
  );
}
