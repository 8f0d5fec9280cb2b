import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useVocabularies } from '#/api/hooks';
import { useLanguage } from '#/app/i18n';
import { RequireSession } from '#/features/session/RequireSession';
import type { DataColumn } from '#/ui/DataTable';
import { Link } from '#/ui/Link';
import { Select } from '#/ui/Select';
import { ListView } from '../parts/ListView';
import { Moment } from '../parts/Moment';
import { PageHead } from '../parts/PageHead';
import { StatusBadge } from '../parts/StatusBadge';
import { usePrivateList } from '../parts/use-private-list';
import { oneOf } from '../search';
import type { Application } from '../types';

const route = getRouteApi('/$lang/private/verwaltung/antraege');
/** `all` is said in the address, because without a word it shows what waits. */
const choices = ['pending', 'approved', 'rejected', 'all'] as const;

export function ApplicationsPage() {
  return (
    <RequireSession capability="applications.review">
      <Applications />
    </RequireSession>
  );
}

function Applications() {
  const t = useTranslations('adminApplications');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const navigate = useNavigate();
  const { label } = useVocabularies();
  const status = oneOf(route.useSearch().status, choices) ?? 'pending';
  const list = usePrivateList<Application>('/api/v1/applications', {
    status: status === 'all' ? undefined : status,
  });
  const columns: DataColumn<Application>[] = [
    {
      key: 'organization',
      header: a('organization'),
      cell: ({ id, organizationName }) => (
        <Link to="/$lang/verwaltung/antraege/$id" params={{ lang, id }}>
          <bdi>{organizationName}</bdi>
        </Link>
      ),
    },
    {
      key: 'kind',
      header: a('kind'),
      cell: ({ organizationKind }) => label('organization-kinds', organizationKind),
    },
    {
      key: 'contact',
      header: t('contact'),
      cell: ({ contactName, email }) => (
        <>
          <bdi>{contactName}</bdi>
          <span className="admin__under">
            <bdi>{email}</bdi>
          </span>
        </>
      ),
    },
    { key: 'received', header: t('received'), cell: ({ createdAt }) => <Moment at={createdAt} time /> },
    {
      key: 'status',
      header: a('statusLabel'),
      cell: (application) => <StatusBadge status={application.status} />,
    },
  ];
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <div className="admin__filters">
        <Select
          label={a('statusLabel')}
          value={status}
          options={choices.map((choice) => ({
            value: choice,
            label: choice === 'all' ? a('all') : a(`status.${choice}`),
          }))}
          onChange={(next) =>
            navigate({
              to: '/$lang/verwaltung/antraege',
              params: { lang },
              search: { status: next === 'pending' ? undefined : next },
              resetScroll: false,
            })
          }
        />
      </div>
      <ListView
        list={list}
        columns={columns}
        rowKey={({ id }) => id}
        count={(count) => t('count', { count })}
        empty={{ title: t('nothing'), icon: 'mail' }}
      />
    </>
  );
}
