import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { usePrivateQuery } from '#/features/session/api';
import { RequireSession } from '#/features/session/RequireSession';
import { useCapability } from '#/features/session/store';
import { ButtonLink } from '#/ui/Button';
import { Checkbox } from '#/ui/Checkbox';
import { EmptyState } from '#/ui/EmptyState';
import { Link } from '#/ui/Link';
import { useAnnouncement } from '#/ui/LiveRegion';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { SearchField } from '#/ui/SearchField';
import { Skeleton } from '#/ui/Skeleton';
import { useViewFocus } from '../parts/focus';
import { PageHead } from '../parts/PageHead';
import type { Source, Whole } from '../types';
import { CreateSource } from './CreateSource';
import { SourceTable } from './SourceTable';
import { type SourcesSearch, validateSourcesSearch } from './sources-search';

const route = getRouteApi('/$lang/private/verwaltung/quellen');

export function SourcesPage() {
  return (
    <RequireSession capability="sources.read">
      <Sources />
    </RequireSession>
  );
}

function Sources() {
  const t = useTranslations('adminSources');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const navigate = useNavigate();
  const search = validateSourcesSearch({ ...route.useSearch() });
  useViewFocus(search.create);
  const manages = useCapability('sources.manage');

  function change(next: SourcesSearch, replace = false) {
    void navigate({
      to: '/$lang/verwaltung/quellen',
      params: { lang },
      search: next,
      resetScroll: false,
      replace,
    });
  }

  if (search.create && manages) {
    const list = { ...search, create: undefined };
    return (
      <>
        <PageHead
          title={t('createTitle')}
          back={
            <Link to="/$lang/verwaltung/quellen" params={{ lang }} search={list}>
              {a('back')}
            </Link>
          }
        />
        <CreateSource onClose={() => change(list)} />
      </>
    );
  }
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')}>
        {manages ? (
          <ButtonLink to="/$lang/verwaltung/quellen" params={{ lang }} search={{ ...search, create: '1' }}>
            {t('create')}
          </ButtonLink>
        ) : null}
      </PageHead>
      <SourceList search={search} onChange={(next) => change(next, true)} />
    </>
  );
}

interface SourceListProps {
  search: SourcesSearch;
  onChange: (next: SourcesSearch) => void;
}

/** The list comes whole, so it is filtered here, while typing. */
function SourceList({ search, onChange }: SourceListProps) {
  const t = useTranslations('adminSources');
  const { data, error, refetch } = usePrivateQuery<Whole<Source>>('/api/v1/sources');
  const [words, setWords] = useState(search.q ?? '');
  const wanted = words.trim().toLowerCase();
  const sources = data?.data.data.filter(
    ({ name, key, organization, revokedAt }) =>
      (search.ended || !revokedAt) &&
      [name, key, organization?.name ?? ''].some((text) => text.toLowerCase().includes(wanted)),
  );
  const count = sources ? t('count', { count: sources.length }) : undefined;
  useAnnouncement(count);
  return (
    <>
      <search className="admin__filters">
        <SearchField
          label={t('search')}
          value={words}
          onChange={(value) => {
            setWords(value);
            onChange({ ...search, q: value.trim() || undefined });
          }}
        />
        <Checkbox
          label={t('showRevoked')}
          checked={search.ended === '1'}
          onChange={(on) => onChange({ ...search, ended: on ? '1' : undefined })}
        />
      </search>
      {error ? <ProblemNotice error={error} onRetry={() => refetch()} /> : null}
      {sources === undefined && !error ? <Skeleton count={6} /> : null}
      {sources ? (
        <section aria-labelledby="sources-count">
          <h2 id="sources-count" className="admin__count">
            {count}
          </h2>
          {sources.length > 0 ? (
            <SourceTable caption={t('title')} sources={sources} />
          ) : (
            <EmptyState icon="refresh" title={t('nothing')} level={3} />
          )}
        </section>
      ) : null}
    </>
  );
}
