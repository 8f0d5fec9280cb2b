import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { $api } from '#/api/client';
import { useVocabularies } from '#/api/hooks';
import type { OrganizationItem } from '#/api/types';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { RequireSession } from '#/features/session/RequireSession';
import { may } from '#/features/session/session-store';
import { useAccount } from '#/features/session/store';
import { Button } from '#/ui/Button';
import { Card } from '#/ui/Card';
import type { DataColumn } from '#/ui/DataTable';
import { Link } from '#/ui/Link';
import { SearchField } from '#/ui/SearchField';
import { ListView } from '../parts/ListView';
import { PageHead } from '../parts/PageHead';
import { useOwnOrganizations } from '../parts/use-own-organizations';
import { wordsIn } from '../search';

const route = getRouteApi('/$lang/private/verwaltung/einrichtungen');

export function OrganizationsPage() {
  return (
    <RequireSession capability="members.read">
      <Organizations />
    </RequireSession>
  );
}

function Organizations() {
  const t = useTranslations('adminOrganizations');
  const account = useAccount();
  const everywhere = account.capabilities.some(
    ({ capability, reach }) => capability === 'members.read' && reach === 'all',
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      {everywhere ? <AllOrganizations /> : <OwnOrganizations />}
    </>
  );
}

/** People of one organisation, or of a few, need no search. */
function OwnOrganizations() {
  const t = useTranslations('adminOrganizations');
  const lang = useLanguage();
  const account = useAccount();
  const own = useOwnOrganizations().filter(({ id }) => may(account, 'members.read', id));
  return (
    <section aria-labelledby="own-organizations">
      <h2 id="own-organizations" className="admin__count">
        {t('own')}
      </h2>
      <ul className="stack">
        {own.map(({ id, name }) => (
          <Card as="li" key={id} interactive>
            <Link className="card__link" to="/$lang/verwaltung/einrichtungen/$id" params={{ lang, id }}>
              <bdi>{name}</bdi>
            </Link>
          </Card>
        ))}
      </ul>
    </section>
  );
}

function AllOrganizations() {
  const t = useTranslations('adminOrganizations');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const format = useFormat();
  const navigate = useNavigate();
  const { label } = useVocabularies();
  const q = wordsIn(route.useSearch().q);
  const [words, setWords] = useState(q ?? '');
  useEffect(() => setWords(q ?? ''), [q]);
  const query = $api.useInfiniteQuery(
    'get',
    '/api/v1/organizations',
    { params: { query: { q, limit: 50, lang } } },
    {
      pageParamName: 'cursor',
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last: { page: { next: string | null } }) => last.page.next ?? undefined,
    },
  );

  function change(next: string | undefined) {
    void navigate({
      to: '/$lang/verwaltung/einrichtungen',
      params: { lang },
      search: { q: next },
      resetScroll: false,
    });
  }

  const columns: DataColumn<OrganizationItem>[] = [
    {
      key: 'name',
      header: a('name'),
      cell: ({ id, name }) => (
        <Link to="/$lang/verwaltung/einrichtungen/$id" params={{ lang, id }}>
          <bdi>{name}</bdi>
        </Link>
      ),
    },
    { key: 'kind', header: a('kind'), cell: ({ kind }) => label('organization-kinds', kind) },
    {
      key: 'municipality',
      header: t('municipality'),
      cell: ({ municipality }) => <bdi>{municipality ?? '–'}</bdi>,
    },
    {
      key: 'offers',
      header: t('offers'),
      numeric: true,
      cell: ({ offerCount }) => format.number(offerCount),
    },
  ];
  return (
    <>
      <search>
        <form
          className="admin__filters"
          onSubmit={(event) => {
            event.preventDefault();
            change(words.trim() || undefined);
          }}
        >
          <SearchField
            label={t('search')}
            value={words}
            onChange={(value) => {
              setWords(value);
              if (value === '' && q) change(undefined);
            }}
          />
          <Button type="submit" variant="secondary" icon="search">
            {a('find')}
          </Button>
        </form>
      </search>
      <ListView
        list={{
          items: query.data?.pages.flatMap((page) => page.data) ?? [],
          total: query.data?.pages[0]?.page.total,
          loaded: query.data !== undefined,
          hasMore: query.hasNextPage,
          error: query.error,
          stale: query.isPlaceholderData,
          loadingMore: query.isFetchingNextPage,
          more: () => {
            if (!query.isFetchingNextPage) void query.fetchNextPage();
          },
          retry: () => void query.refetch(),
        }}
        columns={columns}
        rowKey={({ id }) => id}
        count={(count) => t('count', { count })}
        empty={{ title: t('nothing'), text: t('nothingText'), icon: 'building' }}
      />
    </>
  );
}
