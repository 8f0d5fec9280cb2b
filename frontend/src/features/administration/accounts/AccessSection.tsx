import { useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { call, useInvalidate } from '#/features/session/api';
import { ActionButton } from '../parts/ActionButton';
import type { Account } from '../types';

/** Everything about whether and how somebody gets in. */
export function AccessSection({ account }: { account: Account }) {
  const t = useTranslations('adminAccounts');
  const lang = useLanguage();
  const navigate = useNavigate();
  const invalidate = useInvalidate();
  const { name, status, version } = account;
  const path = `/api/v1/accounts/${account.id}`;
  const then = (request: () => Promise<unknown>) => async () => {
    await request();
    await invalidate('/api/v1/accounts');
  };
  return (
    <section className="admin__section" aria-labelledby="account-access">
      <h2 id="account-access">{t('access')}</h2>
      <div className="admin__buttons">
        {status === 'invited' ? (
          <ActionButton run={then(() => call('POST', `${path}/invitation`))} done={t('resent')} icon="mail">
            {t('resend')}
          </ActionButton>
        ) : null}
        {status === 'active' ? (
          <>
            <ActionButton
              run={then(() => call('DELETE', `${path}/sessions`))}
              done={t('sessionsEnded')}
              confirm={{
                title: t('endSessionsTitle'),
                text: <p>{t('endSessionsText', { name })}</p>,
                confirm: t('endSessions'),
              }}
            >
              {t('endSessions')}
            </ActionButton>
            {account.secondFactor ? (
              <ActionButton
                run={then(() => call('DELETE', `${path}/factors`))}
                done={t('factorReset')}
                confirm={{
                  title: t('resetFactorTitle'),
                  text: <p>{t('resetFactorText', { name })}</p>,
                  confirm: t('resetFactor'),
                  danger: true,
                }}
              >
                {t('resetFactor')}
              </ActionButton>
            ) : null}
          </>
        ) : null}
        {status === 'suspended' ? (
          <ActionButton
            run={then(() => call('PATCH', path, { body: { status: 'active' }, version }))}
            done={t('reactivated')}
          >
            {t('reactivate')}
          </ActionButton>
        ) : (
          <ActionButton
            run={then(() => call('PATCH', path, { body: { status: 'suspended' }, version }))}
            done={t('suspended')}
            confirm={{
              title: t('suspendTitle'),
              text: <p>{t('suspendText', { name })}</p>,
              confirm: t('suspend'),
            }}
          >
            {t('suspend')}
          </ActionButton>
        )}
        <ActionButton
          variant="quiet"
          run={async () => {
            await call('DELETE', path, { version });
            await navigate({ to: '/$lang/verwaltung/konten', params: { lang } });
            void invalidate('/api/v1/accounts');
          }}
          done={t('deleted')}
          confirm={{
            title: t('deleteTitle'),
            text: (
              <>
                <p>{t('deleteText', { name })}</p>
                <p>{t('deleteStays')}</p>
              </>
            ),
            confirm: t('delete'),
            danger: true,
          }}
        >
          {t('delete')}
        </ActionButton>
      </div>
    </section>
  );
}
