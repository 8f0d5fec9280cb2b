import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOrganizations, useVocabularies } from '#/api/hooks';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { PageHeading } from '#/app/page';
import { FacetGroup } from '#/features/catalogue/results/FacetGroup';
import { useWide } from '#/features/catalogue/results/use-wide';
import { type OrganizationSearch, validateOrganizationSearch } from '#/features/partners/organization-search';
import { Button } from '#/ui/Button';
import { Dialog } from '#/ui/Dialog';
import { Disclosure } from '#/ui/Disclosure';
import { EmptyState } from '#/ui/EmptyState';
import { useAnnouncement } from '#/ui/LiveRegion';
import { LoadMore } from '#/ui/LoadMore';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { SearchField } from '#/ui/SearchField';
import { Skeleton } from '#/ui/Skeleton';
import { OrganizationCard } from './OrganizationCard';
import './style.css';

const route = getRouteApi('/$lang/einrichtungen');

export function DirectoryPage() {
  const t = useTranslations('directory');
  const lang = useLanguage();
  const navigate = useNavigate();
  const search = validateOrganizationSearch({ ...route.useSearch() });
  const organizations = useOrganizations(search);
  const { ready } = useVocabularies();
  const format = useFormat();
  const wide = useWide();
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState(search.q ?? '');
  useEffect(() => setWords(search.q ?? ''), [search.q]);

  const first = organizations.data?.pages[0];
  const items = organizations.data?.pages.flatMap((page) => page.data) ?? [];
  const total = first?.page.total;
  const chosen = (search.kind?.length ?? 0) + (search.area?.length ?? 0);
  const countText = total === undefined ? undefined : t('count', { count: total });
  useAnnouncement(organizations.isPlaceholderData ? undefined : countText);

  function change(next: OrganizationSearch) {
    void navigate({ to: '/$lang/einrichtungen', params: { lang }, search: next, resetScroll: false });
  }

  const filters = (['kind', 'area'] as const).map((name) => (
    <Disclosure key={name} summary={t(name)} defaultOpen={wide || (search[name]?.length ?? 0) > 0}>
      <FacetGroup
        filter={name === 'kind' ? 'organizationKind' : 'area'}
        legend={t(name)}
        counts={first?.facets?.[name] ?? []}
        chosen={search[name] ?? []}
        idPrefix={wide ? 'column' : 'drawer'}
        onToggle={(value, on) => {
          const rest = (search[name] ?? []).filter((code) => code !== value);
          const values = on ? [...rest, value] : rest;
          change({ ...search, [name]: values.length > 0 ? values : undefined });
        }}
      />
    </Disclosure>
  ));

  return (
    <div className="page directory">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
      <p className="directory__lead">{t('lead')}</p>
      <search>
        <form
          className="directory__search"
          onSubmit={(event) => {
            event.preventDefault();
            change({ ...search, q: words.trim() || undefined });
          }}
        >
          <SearchField
            label={t('search')}
            placeholder={t('placeholder')}
            value={words}
            onChange={(value) => {
              setWords(value);
              if (value === '' && search.q) change({ ...search, q: undefined });
            }}
          />
          <Button type="submit" icon="search">
            {t('submit')}
          </Button>
        </form>
      </search>
      <div className="directory__columns">
        {wide ? (
          <aside aria-label={t('filters')}>{ready ? filters : <Skeleton count={6} />}</aside>
        ) : (
          <div>
            <Button variant="secondary" icon="filter" block onClick={() => setOpen(true)}>
              {chosen > 0 ? `${t('filters')} (${format.number(chosen)})` : t('filters')}
            </Button>
            <Dialog
              open={open}
              onClose={() => setOpen(false)}
              title={t('filters')}
              variant="drawer"
              footer={<Button onClick={() => setOpen(false)}>{t('show', { count: total ?? 0 })}</Button>}
            >
              {filters}
            </Dialog>
          </div>
        )}
        <section aria-labelledby="directory-count" aria-busy={organizations.isFetching}>
          <h2 className="directory__count" id="directory-count">
            {organizations.isPlaceholderData || !countText ? t('loading') : countText}
          </h2>
          {organizations.error && items.length === 0 ? (
            <ProblemNotice error={organizations.error} onRetry={() => organizations.refetch()} />
          ) : total === undefined ? (
            <Skeleton shape="block" count={4} className="directory__list" />
          ) : total === 0 ? (
            <EmptyState title={t('nothing')} level={3} icon="building">
              <p>{t('tips')}</p>
              <Button variant="secondary" onClick={() => change({})}>
                {t('startOver')}
              </Button>
            </EmptyState>
          ) : (
            <>
              <ul
                className={
                  organizations.isPlaceholderData
                    ? 'directory__list directory__list--stale'
                    : 'directory__list'
                }
              >
                {items.map((organization) => (
                  <li key={organization.id}>
                    <OrganizationCard organization={organization} />
                  </li>
                ))}
              </ul>
              <LoadMore
                shown={items.length}
                total={total}
                loading={organizations.isFetchingNextPage}
                onMore={() => {
                  if (!organizations.isFetchingNextPage) void organizations.fetchNextPage();
                }}
              />
            </>
          )}
        </section>
      </div>
    </div>
  );
}
