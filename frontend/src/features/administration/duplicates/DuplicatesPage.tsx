import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { RequireSession } from '#/features/session/RequireSession';
import type { DataColumn } from '#/ui/DataTable';
import { Link } from '#/ui/Link';
import { Select } from '#/ui/Select';
import { type DuplicatePair, type PairState, pairStates } from '../exchange';
import { ListView } from '../parts/ListView';
import { PageHead } from '../parts/PageHead';
import { usePrivateList } from '../parts/use-private-list';
import { validateDuplicatesSearch } from './duplicates-search';
import { PairBadge } from './PairBadge';
import { useReason } from './use-reason';

const route = getRouteApi('/$lang/private/verwaltung/doppelte-angebote');

export function DuplicatesPage() {
  return (
    <RequireSession capability="duplicates.review">
      <Duplicates />
    </RequireSession>
  );
}

/** Offers that may be the same. */
function Duplicates() {
  const t = useTranslations('adminDuplicates');
  const lang = useLanguage();
  const navigate = useNavigate();
  const search = validateDuplicatesSearch({ ...route.useSearch() });
  const state = search.state ?? 'open';
  const list = usePrivateList<DuplicatePair>('/api/v1/duplicates', { state });
  const reason = useReason();
  const columns: DataColumn<DuplicatePair>[] = [
    {
      key: 'pair',
      header: t('pair'),
      cell: ({ id, first, second }) => (
        <Link to="/$lang/verwaltung/doppelte-angebote/$id" params={{ lang, id }}>
          <bdi>{first.title}</bdi>
          {first.title === second.title ? null : (
            <>
              {' / '}
              <bdi>{second.title}</bdi>
            </>
          )}
        </Link>
      ),
    },
    {
      key: 'organizations',
      header: t('organizations'),
      cell: ({ first, second }) => (
        <ul className="admin__plain">
          <li>
            <bdi>{first.organization.name}</bdi>
          </li>
          {first.organization.id === second.organization.id ? null : (
            <li>
              <bdi>{second.organization.name}</bdi>
            </li>
          )}
        </ul>
      ),
    },
    { key: 'reasons', header: t('reasons'), cell: ({ reasons }) => reasons.map(reason).join(', ') },
    { key: 'state', header: t('state'), cell: (pair) => <PairBadge state={pair.state} /> },
  ];
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <search className="admin__filters">
        <Select
          label={t('state')}
          value={state}
          options={pairStates.map((code) => ({ value: code, label: t(`stateName.${code}`) }))}
          onChange={(next) =>
            void navigate({
              to: '/$lang/verwaltung/doppelte-angebote',
              params: { lang },
              search: { state: next === 'open' ? undefined : (next as PairState) },
              resetScroll: false,
            })
          }
        />
      </search>
      <ListView
        list={list}
        columns={columns}
        rowKey={({ id }) => id}
        count={(count) => t('count', { count })}
        empty={{ title: t('nothing'), text: t('nothingText'), icon: 'check' }}
      />
    </>
  );
}
