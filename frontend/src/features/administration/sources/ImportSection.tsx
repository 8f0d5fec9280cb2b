import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { useCapability } from '#/features/session/store';
import { Button } from '#/ui/Button';
import { type DataColumn, DataTable } from '#/ui/DataTable';
import { Link } from '#/ui/Link';
import { LoadMore } from '#/ui/LoadMore';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { useFormFocus, useSectionFocus } from '../parts/focus';
import { Moment } from '../parts/Moment';
import { StatusBadge } from '../parts/StatusBadge';
import { usePrivateList } from '../parts/use-private-list';
import type { Import, Source } from '../types';
import { ImportCounts } from './ImportCounts';
import { ImportReport } from './ImportReport';
import { type SourceSearch, validateSourceSearch } from './sources-search';
import { UploadImport } from './UploadImport';
import { useFormatName } from './use-format-name';

const route = getRouteApi('/$lang/private/verwaltung/quellen/$key');

/** What was handed in for a source and what came of it. */
export function ImportSection({ source }: { source: Source }) {
  const t = useTranslations('adminImports');
  const lang = useLanguage();
  const navigate = useNavigate();
  const search = validateSourceSearch({ ...route.useSearch() });
  const { opener, frame } = useFormFocus(search.form === 'file');
  const section = useSectionFocus(search.import !== undefined);
  const runs = useCapability('imports.run', source.organization?.id);
  const path = `/api/v1/sources/${encodeURIComponent(source.key)}/imports`;

  function change(next: SourceSearch) {
    void navigate({
      to: '/$lang/verwaltung/quellen/$key',
      params: { lang, key: source.key },
      search: next,
      resetScroll: false,
    });
  }

  return (
    <section ref={section} className="admin__section" aria-labelledby="source-imports">
      <h2 id="source-imports">{t('title')}</h2>
      {search.import ? (
        <ImportReport
          path={path}
          id={search.import}
          onClose={() => change({ ...search, import: undefined })}
        />
      ) : null}
      {runs && !source.revokedAt ? (
        search.form === 'file' ? (
          <div ref={frame}>
            <UploadImport
              source={source}
              path={path}
              onClose={() => change({ ...search, form: undefined })}
              onDone={({ id }) => change({ import: id })}
            />
          </div>
        ) : (
          <Button
            ref={opener}
            variant="secondary"
            size="sm"
            onClick={() => change({ ...search, form: 'file' })}
          >
            {t('upload')}
          </Button>
        )
      ) : null}
      <ImportList source={source} path={path} search={search} />
    </section>
  );
}

interface ImportListProps {
  source: Source;
  path: string;
  search: SourceSearch;
}

function ImportList({ source, path, search }: ImportListProps) {
  const t = useTranslations('adminImports');
  const lang = useLanguage();
  const format = useFormat();
  const formatName = useFormatName();
  const list = usePrivateList<Import>(path, {}, { limit: 10 });
  const columns: DataColumn<Import>[] = [
    {
      key: 'started',
      header: t('started'),
      cell: ({ id, startedAt }) => (
        <Link
          to="/$lang/verwaltung/quellen/$key"
          params={{ lang, key: source.key }}
          search={{ ...search, import: id }}
          resetScroll={false}
          aria-current={search.import === id ? 'true' : undefined}
        >
          <Moment at={startedAt} time />
          <span className="visually-hidden">: {t('report')}</span>
        </Link>
      ),
    },
    {
      key: 'state',
      header: t('state'),
      cell: ({ state }) => <StatusBadge status={state} />,
    },
    {
      key: 'extent',
      header: t('mode'),
      cell: (item) => `${t(`modeName.${item.mode}`)}, ${formatName(item.format)}`,
    },
    { key: 'result', header: t('result'), cell: ({ counts }) => <ImportCounts counts={counts} short /> },
    {
      key: 'problems',
      header: t('problems'),
      numeric: true,
      cell: ({ problemCount }) => format.number(problemCount),
    },
  ];
  if (list.error) return <ProblemNotice error={list.error} onRetry={list.retry} />;
  if (list.total === undefined) return <Skeleton count={4} />;
  if (list.total === 0) return <p className="muted">{t('nothingText')}</p>;
  return (
    <>
      <DataTable caption={t('title')} columns={columns} rows={list.items} rowKey={({ id }) => id} />
      {list.total > list.items.length ? (
        <LoadMore
          shown={list.items.length}
          total={list.total}
          loading={list.loadingMore}
          onMore={list.more}
        />
      ) : null}
    </>
  );
}
