import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { usePrivateQuery } from '#/features/session/api';
import { RequireSession } from '#/features/session/RequireSession';
import { Button, ButtonAnchor } from '#/ui/Button';
import { type DataColumn, DataTable } from '#/ui/DataTable';
import { Disclosure } from '#/ui/Disclosure';
import { Link } from '#/ui/Link';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { SecretOnce } from '#/ui/SecretOnce';
import { Skeleton } from '#/ui/Skeleton';
import type { Dump, OpenQcatGap } from '../exchange';
import { Moment } from '../parts/Moment';
import { PageHead } from '../parts/PageHead';
import { usePrivateList } from '../parts/use-private-list';
import type { Whole } from '../types';
import { byteSize } from './byte-size';
import { newestDumps } from './newest-dumps';
import './style.css';

export function ExportsPage() {
  return (
    <RequireSession capability="sources.read">
      <Exports />
    </RequireSession>
  );
}

/** What leaves the portal: whole files, the report for KURSNET, addresses to subscribe to. */
function Exports() {
  const t = useTranslations('adminExports');
  const lang = useLanguage();
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <Dumps />
      <OpenQcat />
      <Addresses />
      <p className="small">
        <Link to="/$lang/partner" params={{ lang }}>
          {t('guide')}
        </Link>
      </p>
    </>
  );
}

function Dumps() {
  const t = useTranslations('adminExports');
  const { data, error, refetch } = usePrivateQuery<Whole<Dump>>('/api/v1/dumps');
  const dumps = data?.data.data ?? [];
  const newest = newestDumps(dumps);
  const older = dumps.filter((dump) => !newest.includes(dump));
  return (
    <section className="admin__section" aria-labelledby="export-dumps">
      <h2 id="export-dumps">{t('dumps')}</h2>
      <p>{t('dumpsText')}</p>
      {error ? <ProblemNotice error={error} onRetry={() => refetch()} /> : null}
      {!data && !error ? <Skeleton count={3} /> : null}
      {data && dumps.length === 0 ? <p className="muted">{t('noDumps')}</p> : null}
      {newest.length > 0 ? <DumpTable caption={t('dumps')} dumps={newest} latest /> : null}
      {older.length > 0 ? (
        <Disclosure summary={t('older', { count: older.length })}>
          <DumpTable caption={t('older', { count: older.length })} dumps={older} />
        </Disclosure>
      ) : null}
    </section>
  );
}

/** Under the name that stays where it is the latest of its kind. */
function DumpTable({ caption, dumps, latest = false }: { caption: string; dumps: Dump[]; latest?: boolean }) {
  const t = useTranslations('adminExports');
  const format = useFormat();
  const lang = useLanguage();
  const columns: DataColumn<Dump>[] = [
    {
      key: 'name',
      header: t('file'),
      cell: (dump) => {
        const name = latest ? dump.latest : dump.name;
        return (
          <>
            <a className="link" href={`/api/v1/dumps/${encodeURIComponent(name)}`} download>
              {name}
            </a>
            <span className="admin__under">
              SHA-256 <code className="export-hash">{dump.sha256}</code>
            </span>
          </>
        );
      },
    },
    {
      key: 'size',
      header: t('size'),
      numeric: true,
      cell: ({ size }) => <span className="admin__moment">{byteSize(size, lang)}</span>,
    },
    { key: 'created', header: t('created'), cell: ({ createdAt }) => <Moment at={createdAt} time /> },
    {
      key: 'state',
      header: t('changeSeq'),
      numeric: true,
      cell: ({ changeSeq }) => format.number(changeSeq),
    },
    {
      key: 'licence',
      header: t('licence'),
      cell: ({ licences }) => (
        <ul className="admin__plain">
          {licences.map(({ code, name }) => (
            <li key={code}>{name}</li>
          ))}
        </ul>
      ),
    },
  ];
  return <DataTable caption={caption} columns={columns} rows={dumps} rowKey={({ name }) => name} />;
}

function OpenQcat() {
  const t = useTranslations('adminExports');
  const lang = useLanguage();
  const list = usePrivateList<OpenQcatGap>('/api/v1/exports/openqcat/report', {}, { limit: 20 });
  const columns: DataColumn<OpenQcatGap>[] = [
    { key: 'record', header: t('record'), cell: (gap) => <GapLink gap={gap} /> },
    {
      key: 'why',
      header: t('why'),
      cell: ({ problems }) => (
        <ul className="admin__plain">
          {problems.map(({ code, pointer, message }) => (
            <li key={`${code}${pointer}`}>{message[lang]}</li>
          ))}
        </ul>
      ),
    },
  ];
  return (
    <section className="admin__section" aria-labelledby="export-openqcat">
      <h2 id="export-openqcat">{t('openqcat')}</h2>
      <p>{t('openqcatText')}</p>
      <p>
        <ButtonAnchor variant="secondary" size="sm" href="/api/v1/exports/openqcat.xml" download>
          {t('openqcatFile')}
        </ButtonAnchor>
      </p>
      <h3>{t('notSent')}</h3>
      {list.error ? <ProblemNotice error={list.error} onRetry={list.retry} /> : null}
      {!list.loaded && !list.error ? <Skeleton count={3} /> : null}
      {list.loaded && list.items.length === 0 && !list.hasMore ? <p>{t('allSent')}</p> : null}
      {list.items.length > 0 ? (
        <DataTable
          caption={t('notSent')}
          columns={columns}
          rows={list.items}
          rowKey={({ recordId }) => recordId}
        />
      ) : null}
      {list.hasMore ? (
        <p>
          <Button variant="secondary" aria-disabled={list.loadingMore || undefined} onClick={list.more}>
            {list.loadingMore ? t('checking') : t('checkMore')}
          </Button>
        </p>
      ) : null}
    </section>
  );
}

function GapLink({ gap: { kind, recordId: id, slug, name } }: { gap: OpenQcatGap }) {
  const lang = useLanguage();
  return kind === 'organization' ? (
    <Link to="/$lang/einrichtungen/$id/{-$slug}" params={{ lang, id, slug }}>
      <bdi>{name}</bdi>
    </Link>
  ) : (
    <Link to="/$lang/angebote/$id/{-$slug}" params={{ lang, id, slug }}>
      <bdi>{name}</bdi>
    </Link>
  );
}

/** Addresses that stay, for calendars, readers and other programs. */
const addresses = [
  ['calendar', '/api/v1/offers.ics'],
  ['atom', '/api/v1/offers.atom'],
  ['csv', '/api/v1/offers.csv'],
  ['organizationsCsv', '/api/v1/organizations.csv'],
  ['jsonld', '/api/v1/offers.jsonld'],
  ['openqcatXml', '/api/v1/exports/openqcat.xml'],
  ['ogc', '/api/v1/ogc'],
  ['moochub', '/api/v1/moochub/courses'],
  ['hsds', '/api/v1/hsds/services'],
] as const;

function Addresses() {
  const t = useTranslations('adminExports');
  const { origin } = window.location;
  return (
    <section className="admin__section" aria-labelledby="export-addresses">
      <h2 id="export-addresses">{t('addresses')}</h2>
      <p>{t('addressesText')}</p>
      <div className="export-addresses">
        {addresses.map(([key, path]) => (
          <SecretOnce key={key} label={t(`address.${key}`)} value={origin + path} />
        ))}
      </div>
    </section>
  );
}
