import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import type { DataColumn } from '#/ui/DataTable';
import { Link } from '#/ui/Link';
import { useAnnouncement } from '#/ui/LiveRegion';
import { Select } from '#/ui/Select';
import { type Import, type ImportRecord, type RecordAction, recordActions } from '../../exchange';
import { ListRows } from '../../parts/ListRows';
import { usePrivateList } from '../../parts/use-private-list';
import { useSource } from '../SourceFrame';
import { validateImportSearch } from '../sources-search';

const route = getRouteApi('/$lang/private/verwaltung/quellen/$key/importe/$id');

/** What happened to each record, or would happen. */
export function ImportRecords({ report, address }: { report: Import; address: string }) {
  const t = useTranslations('adminImports');
  const lang = useLanguage();
  const navigate = useNavigate();
  const { source } = useSource();
  const { action } = validateImportSearch({ ...route.useSearch() });
  const list = usePrivateList<ImportRecord>(`${address}/records`, { action }, { limit: 50 });
  const count = list.total === undefined ? undefined : t('recordCount', { count: list.total });
  useAnnouncement(action && !list.stale ? count : undefined);
  const columns: DataColumn<ImportRecord>[] = [
    {
      key: 'name',
      header: t('record'),
      cell: (record) => (
        <>
          <RecordName record={record} shown={!report.dryRun && report.state === 'succeeded'} />
          <span className="admin__under">
            <bdi>{record.externalId}</bdi>
          </span>
        </>
      ),
    },
    { key: 'kind', header: t('kind'), cell: ({ kind }) => t(`kindName.${kind}`) },
    { key: 'action', header: t('action'), cell: (record) => <ActionName action={record.action} /> },
  ];
  return (
    <section className="admin__section" aria-labelledby="import-records" aria-busy={list.stale || undefined}>
      <h3 id="import-records">{count ?? t('records')}</h3>
      <div className="admin__filters">
        <Select
          label={t('actionFilter')}
          value={action ?? ''}
          options={[
            { value: '', label: t('actionAll') },
            ...recordActions.map((code) => ({ value: code, label: t(code) })),
          ]}
          onChange={(next) =>
            void navigate({
              to: '/$lang/verwaltung/quellen/$key/importe/$id',
              params: { lang, key: source.key, id: report.id },
              search: { action: (next || undefined) as RecordAction | undefined },
              resetScroll: false,
            })
          }
        />
      </div>
      <ListRows
        list={list}
        columns={columns}
        rowKey={({ recordId, externalId }) => `${recordId}:${externalId}`}
        caption={count ?? t('records')}
      />
    </section>
  );
}

/** A word for what happened; one that is not known here is shown as it is. */
function ActionName({ action }: { action: string }) {
  const t = useTranslations('adminImports');
  const known = (['created', 'changed', 'unchanged', 'withdrawn'] as const).find((code) => code === action);
  return known ? t(known) : action;
}

function RecordName({ record, shown }: { record: ImportRecord; shown: boolean }) {
  const lang = useLanguage();
  const name = <bdi>{record.name || record.externalId}</bdi>;
  const { recordId } = record;
  if (!shown || !recordId || record.action === 'withdrawn') return name;
  const params = { lang, id: recordId, slug: undefined };
  if (record.kind === 'offer') {
    return (
      <Link to="/$lang/angebote/$id/{-$slug}" params={params}>
        {name}
      </Link>
    );
  }
  if (record.kind === 'organization') {
    return (
      <Link to="/$lang/einrichtungen/$id/{-$slug}" params={params}>
        {name}
      </Link>
    );
  }
  return name;
}
