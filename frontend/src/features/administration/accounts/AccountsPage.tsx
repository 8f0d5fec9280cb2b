import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { RequireSession } from '#/features/session/RequireSession';
import { Button, ButtonLink } from '#/ui/Button';
import type { DataColumn } from '#/ui/DataTable';
import { Link } from '#/ui/Link';
import { SearchField } from '#/ui/SearchField';
import { Select } from '#/ui/Select';
import { useViewFocus } from '../parts/focus';
import { ListView } from '../parts/ListView';
import { Moment } from '../parts/Moment';
import { PageHead } from '../parts/PageHead';
import { RoleNames } from '../parts/RoleNames';
import { StatusBadge } from '../parts/StatusBadge';
import { usePrivateList } from '../parts/use-private-list';
import { useRoles } from '../parts/use-roles';
import type { Account } from '../types';
import { type AccountsSearch, accountStatuses, validateAccountsSearch } from './accounts-search';
import { InviteForm } from './InviteForm';

const route = getRouteApi('/$lang/private/verwaltung/konten');

export function AccountsPage() {
  return (
    <RequireSession capability="accounts.manage">
      <Accounts />
    </RequireSession>
  );
}

function Accounts() {
  const t = useTranslations('adminAccounts');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const navigate = useNavigate();
  const search = validateAccountsSearch({ ...route.useSearch() });
  useViewFocus(search.create);

  function change(next: AccountsSearch) {
    void navigate({ to: '/$lang/verwaltung/konten', params: { lang }, search: next, resetScroll: false });
  }

  if (search.create) {
    const list = { ...search, create: undefined };
    return (
      <>
        <PageHead
          title={t('inviteTitle')}
          back={
            <Link to="/$lang/verwaltung/konten" params={{ lang }} search={list}>
              {a('back')}
            </Link>
          }
        />
        <InviteForm onClose={() => change(list)} />
      </>
    );
  }
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')}>
        <ButtonLink to="/$lang/verwaltung/konten" params={{ lang }} search={{ ...search, create: '1' }}>
          {t('invite')}
        </ButtonLink>
      </PageHead>
      <Filters search={search} onChange={change} />
      <AccountList search={search} />
    </>
  );
}

function Filters({ search, onChange }: { search: AccountsSearch; onChange: (next: AccountsSearch) => void }) {
  const t = useTranslations('adminAccounts');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const { roles } = useRoles();
  const [words, setWords] = useState(search.q ?? '');
  useEffect(() => setWords(search.q ?? ''), [search.q]);
  return (
    <search>
      <form
        className="admin__filters"
        onSubmit={(event) => {
          event.preventDefault();
          onChange({ ...search, q: words.trim() || undefined });
        }}
      >
        <SearchField
          label={t('search')}
          value={words}
          onChange={(value) => {
            setWords(value);
            if (value === '' && search.q) onChange({ ...search, q: undefined });
          }}
        />
        <Select
          label={a('statusLabel')}
          value={search.status ?? ''}
          options={[
            { value: '', label: a('all') },
            ...accountStatuses.map((status) => ({ value: status, label: a(`status.${status}`) })),
          ]}
          onChange={(status) =>
            onChange({ ...search, status: (status || undefined) as AccountsSearch['status'] })
          }
        />
        <Select
          label={a('role')}
          value={search.role ?? ''}
          options={[
            { value: '', label: a('all') },
            ...roles.map(({ role, label }) => ({ value: role, label: label[lang] })),
          ]}
          onChange={(role) => onChange({ ...search, role: role || undefined })}
        />
        <Button type="submit" variant="secondary" icon="search">
          {a('find')}
        </Button>
      </form>
    </search>
  );
}

function AccountList({ search }: { search: AccountsSearch }) {
  const t = useTranslations('adminAccounts');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const { q, status, role } = search;
  const list = usePrivateList<Account>('/api/v1/accounts', { q, status, role });
  const columns: DataColumn<Account>[] = [
    {
      key: 'person',
      header: t('person'),
      cell: ({ id, name, email }) => (
        <>
          <Link to="/$lang/verwaltung/konten/$id" params={{ lang, id }}>
            <bdi>{name || t('deletedName')}</bdi>
          </Link>
          <span className="admin__under">
            <bdi>{email}</bdi>
          </span>
        </>
      ),
    },
    {
      key: 'roles',
      header: a('roles'),
      cell: ({ memberships }) => <RoleNames memberships={memberships} empty={t('noRoles')} />,
    },
    { key: 'status', header: a('statusLabel'), cell: (account) => <StatusBadge status={account.status} /> },
    {
      key: 'lastSignIn',
      header: a('lastSignIn'),
      cell: ({ lastSignInAt }) =>
        lastSignInAt ? <Moment at={lastSignInAt} time /> : <span className="muted">{a('never')}</span>,
    },
  ];
  return (
    <ListView
      list={list}
      columns={columns}
      rowKey={({ id }) => id}
      count={(count) => t('count', { count })}
      empty={{ title: t('nothing'), text: t('nothingText'), icon: 'person' }}
    />
  );
}
