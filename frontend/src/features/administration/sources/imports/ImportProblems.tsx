import { useTranslations } from 'use-intl';
import { Badge } from '#/ui/Badge';
import { type DataColumn, DataTable } from '#/ui/DataTable';
import { LoadMore } from '#/ui/LoadMore';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import type { ImportProblem } from '../../exchange';
import { usePrivateList } from '../../parts/use-private-list';

/** What the records of an import were told. */
export function ImportProblems({ address }: { address: string }) {
  const t = useTranslations('adminImports');
  const list = usePrivateList<ImportProblem>(`${address}/problems`, {}, { limit: 50 });
  const columns: DataColumn<ImportProblem>[] = [
    {
      key: 'record',
      header: t('record'),
      cell: ({ recordId, line }) => (
        <>
          {recordId ? <bdi>{recordId}</bdi> : '–'}
          {line ? <span className="admin__under">{t('line', { line })}</span> : null}
        </>
      ),
    },
    {
      key: 'problem',
      header: t('problem'),
      cell: ({ message, pointer, severity }) => (
        <>
          <Badge tone={severity === 'error' ? 'danger' : 'warning'}>{t(`severity.${severity}`)}</Badge>{' '}
          {message}
          {pointer ? (
            <span className="admin__under">
              <code>{pointer}</code>
            </span>
          ) : null}
        </>
      ),
    },
  ];
  const text = list.total === undefined ? undefined : t('problemCount', { count: list.total });
  return (
    <section className="admin__section" aria-labelledby="import-problems">
      <h3 id="import-problems">{text ?? t('problems')}</h3>
      {list.error ? <ProblemNotice error={list.error} onRetry={list.retry} /> : null}
      {text === undefined && !list.error ? <Skeleton count={4} /> : null}
      {text !== undefined && list.items.length > 0 ? (
        <DataTable
          caption={text}
          columns={columns}
          rows={list.items}
          rowKey={(problem) =>
            [problem.line, problem.recordId, problem.pointer, problem.code, list.items.indexOf(problem)].join(
              ':',
            )
          }
        />
      ) : null}
      {(list.total ?? 0) > list.items.length ? (
        <LoadMore
          shown={list.items.length}
          total={list.total ?? 0}
          loading={list.loadingMore}
          onMore={list.more}
        />
      ) : null}
    </section>
  );
}
