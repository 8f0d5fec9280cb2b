import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { statusOf } from '#/api/problem';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { usePrivateQuery } from '#/features/session/api';
import { Link } from '#/ui/Link';
import { useAnnouncement } from '#/ui/LiveRegion';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Progress } from '#/ui/Progress';
import { Skeleton } from '#/ui/Skeleton';
import type { Import } from '../../exchange';
import { Facts } from '../../parts/Facts';
import { Moment } from '../../parts/Moment';
import { SourcePart, useSource } from '../SourceFrame';
import { ApplyDryRun } from './ApplyDryRun';
import { HeldImport } from './HeldImport';
import { ImportCounts } from './ImportCounts';
import { ImportProblems } from './ImportProblems';
import { ImportRecords } from './ImportRecords';
import { ImportState } from './ImportState';
import { UndoImport } from './UndoImport';
import { useFormatName } from './use-format-name';

const route = getRouteApi('/$lang/private/verwaltung/quellen/$key/importe/$id');

/** How often a running import is asked how far it is. */
const pollMs = 1500;
/** Progress is read out in steps of this many records. */
const spokenStep = 1000;

export function ImportPage() {
  return (
    <SourcePart needs={['imports.read']}>
      <ImportLoader />
    </SourcePart>
  );
}

function ImportLoader() {
  const t = useTranslations('adminImports');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const { id } = route.useParams();
  const { source, path } = useSource();
  const address = `${path}/imports/${encodeURIComponent(id)}`;
  const { data, error, refetch } = usePrivateQuery<Import>(address, undefined, {
    every: (report) => (report?.state === 'running' ? pollMs : false),
  });
  return (
    <section className="admin__section" aria-labelledby="import-report">
      <p className="small no-print">
        <Link to="/$lang/verwaltung/quellen/$key/importe" params={{ lang, key: source.key }}>
          {t('allImports')}
        </Link>
      </p>
      {data ? (
        <Report key={id} report={data.data} address={address} />
      ) : statusOf(error) === 404 ? (
        <>
          <h2 id="import-report">{a('missing')}</h2>
          <p>{a('missingText')}</p>
        </>
      ) : error ? (
        <ProblemNotice error={error} onRetry={() => refetch()} />
      ) : (
        <Skeleton count={6} />
      )}
    </section>
  );
}

/** What came of one import, or what would come of it. */
function Report({ report, address }: { report: Import; address: string }) {
  const t = useTranslations('adminImports');
  const lang = useLanguage();
  const format = useFormat();
  const formatName = useFormatName();
  const navigate = useNavigate();
  const { source } = useSource();
  const { startedAt, finishedAt, state, failure, dryRun, actor } = report;
  const seconds = finishedAt ? Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 : undefined;
  const show = (id: string) =>
    navigate({ to: '/$lang/verwaltung/quellen/$key/importe/$id', params: { lang, key: source.key, id } });

  return (
    <>
      <div className="admin-client__head">
        <h2 id="import-report">
          {t(dryRun ? 'dryRunTitle' : 'reportTitle', { date: format.moment(startedAt) })}
        </h2>
        <ImportState item={report} />
      </div>
      <Running report={report} />
      {state === 'failed' ? (
        <Notice tone="danger" title={t('failure')}>
          {failure ? (
            <p>
              {failure.message[lang]} {failure.pointer ? <code>{failure.pointer}</code> : null}
            </p>
          ) : null}
        </Notice>
      ) : null}
      {state === 'discarded' ? (
        <Notice>
          <p>{t('discardedText')}</p>
        </Notice>
      ) : null}
      {state === 'awaiting-confirmation' ? <HeldImport report={report} address={address} /> : null}
      {report.undoes ? (
        <Notice>
          <p>
            {t('undoesText')} <ReportLink id={report.undoes}>{t('undoesLink')}</ReportLink>
          </p>
        </Notice>
      ) : null}
      {report.undoneBy ? (
        <Notice>
          <p>
            {t('undoneText')} <ReportLink id={report.undoneBy}>{t('undoneLink')}</ReportLink>
          </p>
        </Notice>
      ) : null}
      {dryRun && state !== 'failed' && state !== 'running' ? (
        <ApplyDryRun report={report} onDone={({ id }) => void show(id)} />
      ) : null}
      <Facts
        facts={[
          [t('format'), formatName(report.format)],
          [t('mode'), t(`modeName.${report.mode}`)],
          [t('started'), <Moment key="started" at={startedAt} time />],
          [t('took'), seconds === undefined ? undefined : t('seconds', { seconds })],
          [t('actor'), actor ? <bdi key="actor">{actor.name ?? actor.kind}</bdi> : undefined],
        ]}
      />
      {state === 'running' ? null : (
        <section aria-labelledby="import-result">
          <h3 id="import-result">{t(dryRun || state === 'awaiting-confirmation' ? 'wouldBe' : 'result')}</h3>
          <ImportCounts counts={report.counts} />
        </section>
      )}
      {report.problemCount > 0 ? (
        <ImportProblems address={address} />
      ) : state === 'succeeded' ? (
        <p>{t('noProblems')}</p>
      ) : null}
      {state === 'running' || state === 'failed' ? null : <ImportRecords report={report} address={address} />}
      <UndoImport report={report} address={address} onDone={({ id }) => void show(id)} />
    </>
  );
}

function ReportLink({ id, children }: { id: string; children: string }) {
  const lang = useLanguage();
  const { source } = useSource();
  return (
    <Link to="/$lang/verwaltung/quellen/$key/importe/$id" params={{ lang, key: source.key, id }}>
      {children}
    </Link>
  );
}

/** How far a running import is, and that it has ended. Numbers are read out now and then, not with every answer. */
function Running({ report }: { report: Import }) {
  const t = useTranslations('adminImports');
  const a = useTranslations('admin');
  const read = report.progress ?? 0;
  const spoken = Math.floor(read / spokenStep) * spokenStep;
  useAnnouncement(
    report.state === 'running'
      ? t('read', { count: spoken })
      : `${t('state')}: ${a(`status.${report.state}`)}`,
  );
  if (report.state !== 'running') return null;
  return <Progress label={t('reading')} text={t('read', { count: read })} />;
}
