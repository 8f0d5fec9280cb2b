import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { usePrivateQuery } from '#/features/session/api';
import { Badge } from '#/ui/Badge';
import { Button } from '#/ui/Button';
import { type DataColumn, DataTable } from '#/ui/DataTable';
import { LoadMore } from '#/ui/LoadMore';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { Facts } from '../parts/Facts';
import { Moment } from '../parts/Moment';
import { StatusBadge } from '../parts/StatusBadge';
import { usePrivateList } from '../parts/use-private-list';
import type { Import, ImportProblem } from '../types';
import { ImportCounts } from './ImportCounts';
import { useFormatName } from './use-format-name';

export interface ImportReportProps {
  /** Address of the imports of the source. */
  path: string;
  id: string;
  onClose: () => void;
}

/** What came of one import, and what the records were told. */
export function ImportReport({ path, id, onClose }: ImportReportProps) {
  const address = `${path}/${encodeURIComponent(id)}`;
  const { data, error, refetch } = usePrivateQuery<Import>(address);
  if (error) return <ProblemNotice error={error} onRetry={() => refetch()} />;
  if (!data) return <Skeleton count={4} />;
  return <Report key={id} report={data.data} address={address} onClose={onClose} />;
}

interface ReportProps {
  report: Import;
  address: string;
  onClose: () => void;
}

function Report({ report, address, onClose }: ReportProps) {
  const t = useTranslations('adminImports');
  const lang = useLanguage();
  const format = useFormat();
  const formatName = useFormatName();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { startedAt, finishedAt, state, failure } = report;
  return (
    <section className="admin__panel" aria-labelledby="import-report">
      <div className="admin-client__head">
        <h3 id="import-report" ref={heading} tabIndex={-1} className="admin__focus">
          {t('reportTitle', { date: format.moment(startedAt) })}
        </h3>
        <StatusBadge status={state} />
      </div>
      {state === 'failed' ? (
        <Notice tone="danger" title={t('failure')}>
          {failure ? (
            <p>
              {failure.message[lang]} {failure.pointer ? <code>{failure.pointer}</code> : null}
            </p>
          ) : null}
        </Notice>
      ) : null}
      <Facts
        facts={[
          [t('format'), formatName(report.format)],
          [t('mode'), t(`modeName.${report.mode}`)],
          [t('started'), <Moment key="started" at={startedAt} time />],
          [
            t('took'),
            finishedAt
              ? t('seconds', { seconds: Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 })
              : undefined,
          ],
        ]}
      />
      <ImportCounts counts={report.counts} />
      {report.problemCount > 0 ? (
        <Problems address={address} />
      ) : state === 'succeeded' ? (
        <p>{t('noProblems')}</p>
      ) : null}
      <Button variant="secondary" size="sm" onClick={onClose}>
        {t('closeReport')}
      </Button>
    </section>
  );
}

function Problems({ address }: { address: string }) {
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
  if (list.error) return <ProblemNotice error={list.error} onRetry={list.retry} />;
  if (list.total === undefined) return <Skeleton count={4} />;
  const text = t('problemCount', { count: list.total });
  return (
    <>
      <h4>{text}</h4>
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
