import { useTranslations } from 'use-intl';
import { Badge } from '#/ui/Badge';
import type { DataColumn } from '#/ui/DataTable';
import type { ImportProblem } from '../../exchange';
import { ListRows } from '../../parts/ListRows';
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
      <ListRows
        list={list}
        columns={columns}
        rowKey={(problem) =>
          [problem.line, problem.recordId, problem.pointer, problem.code, list.items.indexOf(problem)].join(
            ':',
          )
        }
        caption={text ?? t('problems')}
      />
    </section>
  );
}
