import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { Badge } from '#/ui/Badge';
import { type DataColumn, DataTable } from '#/ui/DataTable';
import { Notice } from '#/ui/Notice';
import type { TableProblem } from '../../exchange';
import { lines, type Preview } from './mapping';

/** What the table becomes: the first records, and every row that has a problem. */
export function PreviewResult({ outcome }: { outcome: Preview }) {
  const t = useTranslations('adminColumns');
  const i = useTranslations('adminImports');
  const format = useFormat();
  const lang = useLanguage();
  const { problems, records } = outcome;
  const columns: DataColumn<TableProblem>[] = [
    {
      key: 'place',
      header: t('place'),
      cell: ({ row, column }) => (
        <>
          {row ? t('row', { row: format.number(row) }) : t('wholeTable')}
          {column ? <span className="admin__under">{t('columnOf', { column })}</span> : null}
        </>
      ),
    },
    {
      key: 'message',
      header: t('problem'),
      cell: ({ messages, severity }) => (
        <>
          <Badge tone={severity === 'error' ? 'danger' : 'warning'}>{i(`severity.${severity}`)}</Badge>{' '}
          {messages[lang]}
        </>
      ),
    },
  ];
  return (
    <>
      {problems.length === 0 ? (
        <Notice tone="success">
          <p>{t('noProblems')}</p>
        </Notice>
      ) : (
        <>
          <h4>{t('problems', { count: problems.length })}</h4>
          <DataTable
            caption={t('problems', { count: problems.length })}
            columns={columns}
            rows={problems}
            rowKey={(problem) => String(problems.indexOf(problem))}
          />
        </>
      )}
      <h4>{t('records', { count: records.length })}</h4>
      <ol className="steps__records">
        {records.map((record, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a preview is shown once and never reordered.
          <li key={index} className="steps__record">
            <dl>
              {lines(record).map(([path, text]) => (
                <div key={path}>
                  <dt>
                    <code>{path}</code>
                  </dt>
                  <dd>
                    <bdi>{text}</bdi>
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    </>
  );
}
