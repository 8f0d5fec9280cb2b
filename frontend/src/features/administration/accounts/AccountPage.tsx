import { getRouteApi } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { statusOf } from '#/api/problem';
import { useLanguage } from '#/app/i18n';
import { usePageTitle } from '#/app/page';
import { usePrivateQuery } from '#/features/session/api';
import { RequireSession } from '#/features/session/RequireSession';
import { useAccount, useCapability } from '#/features/session/store';
import { Link } from '#/ui/Link';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { Facts } from '../parts/Facts';
import { Missing } from '../parts/Missing';
import { Moment } from '../parts/Moment';
import { PageHead } from '../parts/PageHead';
import { StatusBadge } from '../parts/StatusBadge';
import type { Account } from '../types';
import { AccessSection } from './AccessSection';
import { MembershipSection } from './MembershipSection';
import { ProfileForm } from './ProfileForm';

const route = getRouteApi('/$lang/private/verwaltung/konten/$id');

export function AccountPage() {
  return (
    <RequireSession capability="accounts.manage">
      <AccountLoader />
    </RequireSession>
  );
}

function AccountLoader() {
  const t = useTranslations('adminAccounts');
  const { id } = route.useParams();
  const { data, error, refetch } = usePrivateQuery<Account>(`/api/v1/accounts/${encodeURIComponent(id)}`);
  usePageTitle(data?.data.name || t('title'));
  if (data) return <AccountView key={id} account={data.data} reload={refetch} />;
  if (statusOf(error) === 404) return <Missing back={<Back />} />;
  if (error) return <ProblemNotice error={error} onRetry={() => refetch()} />;
  return <Skeleton shape="block" />;
}

function Back() {
  const a = useTranslations('admin');
  const lang = useLanguage();
  return (
    <Link to="/$lang/verwaltung/konten" params={{ lang }}>
      {a('back')}
    </Link>
  );
}

function AccountView({ account, reload }: { account: Account; reload: () => Promise<unknown> }) {
  const t = useTranslations('adminAccounts');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const own = useAccount().id === account.id;
  const readsAudit = useCapability('audit.read');
  const { email, status, createdAt, lastSignInAt, secondFactor } = account;
  const name = account.name || t('deletedName');
  return (
    <>
      <PageHead title={name} heading={<bdi>{name}</bdi>} back={<Back />}>
        <StatusBadge status={status} />
      </PageHead>
      {own ? <Notice>{t('own')}</Notice> : null}
      {status === 'deleted' ? <Notice tone="warning">{t('deletedText')}</Notice> : null}
      <div className="admin__section">
        <Facts
          facts={[
            [a('email'), email ? <bdi key="email">{email}</bdi> : undefined],
            [t('created'), <Moment key="created" at={createdAt} />],
            [a('lastSignIn'), lastSignInAt ? <Moment key="last" at={lastSignInAt} time /> : a('never')],
            [t('secondFactor'), secondFactor ? t('secondFactorYes') : t('secondFactorNo')],
          ]}
        />
        {readsAudit ? (
          <p className="small">
            <Link to="/$lang/verwaltung/protokoll" params={{ lang }} search={{ actor: account.id }}>
              {t('audit')}
            </Link>
          </p>
        ) : null}
      </div>
      {status === 'deleted' ? null : (
        <>
          <MembershipSection account={account} />
          <ProfileForm account={account} reload={reload} />
          <AccessSection account={account} />
        </>
      )}
    </>
  );
}
