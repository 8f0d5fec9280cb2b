import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { useCapability } from '#/features/session/store';
import { Button } from '#/ui/Button';
import type { DataColumn } from '#/ui/DataTable';
import { Link } from '#/ui/Link';
import type { Import } from '../../exchange';
import { useFormFocus } from '../../parts/focus';
import { ListRows } from '../../parts/ListRows';
import { Moment } from '../../parts/Moment';
import { usePrivateList } from '../../parts/use-private-list';
import { SourcePart, useSource } from '../SourceFrame';
import { type ImportsSearch, validateImportsSearch } from '../sources-search';
import { ImportCounts } from './ImportCounts';
import { ImportState } from './ImportState';
import { importFormats } from './import-format';
import { UploadImport } from './UploadImport';
import { useFormatName } from './use-format-name';

const route = getRouteApi('/$lang/private/verwaltung/quellen/$key/importe');

/** What was handed in for a source and what came of it. */
export function ImportsPage() {
  return (
    <SourcePart needs={['imports.read']}>
      <Imports />
    </SourcePart>
  );
}

function Imports() {
  const t = useTranslations('adminImports');
  const lang = useLanguage();
  const navigate = useNavigate();
  const { source } = useSource();
  const search = validateImportsSearch({ ...route.useSearch() });
  const { opener, frame } = useFormFocus(search.form === 'file');
  const runs = useCapability('imports.run', source.organization?.id);
  const params = { lang, key: source.key };

  function change(next: ImportsSearch) {
    void navigate({
      to: '/$lang/verwaltung/quellen/$key/importe',
      params,
      search: next,
      resetScroll: false,
    });
  }

  return (
    <section className="admin__section" aria-labelledby="source-imports">
      <h2 id="source-imports">{t('title')}</h2>
      {runs && !source.revokedAt ? (
        search.form === 'file' ? (
          <div ref={frame}>
            <UploadImport
              format={importFormats.find((known) => known === search.format)}
              mode={search.mode}
              onClose={() => change({})}
              onDone={({ id }) =>
                void navigate({
                  to: '/$lang/verwaltung/quellen/$key/importe/$id',
                  params: { ...params, id },
                })
              }
            />
          </div>
        ) : (
          <Button ref={opener} variant="secondary" size="sm" onClick={() => change({ form: 'file' })}>
            {t('upload')}
          </Button>
        )
      ) : null}
      <ImportList />
    </section>
  );
}

function ImportList() {
  const t = useTranslations('adminImports');
  const lang = useLanguage();
  const format = useFormat();
  const formatName = useFormatName();
  const { source, path } = useSource();
  const list = usePrivateList<Import>(`${path}/imports`, {}, { limit: 20 });
  const columns: DataColumn<Import>[] = [
    {
      key: 'started',
      header: t('started'),
      cell: ({ id, startedAt }) => (
        <Link to="/$lang/verwaltung/quellen/$key/importe/$id" params={{ lang, key: source.key, id }}>
          <Moment at={startedAt} time />
          <span className="visually-hidden">: {t('report')}</span>
        </Link>
      ),
    },
    {
      key: 'state',
      header: t('state'),
      cell: (item) => <ImportState item={item} />,
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
  return (
    <ListRows
      list={list}
      columns={columns}
      rowKey={({ id }) => id}
      caption={t('title')}
      empty={t('nothingText')}
    />
  );
}
