import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { usePrivateQuery } from '#/features/session/api';
import { RequireSession } from '#/features/session/RequireSession';
import { ButtonAnchor } from '#/ui/Button';
import { type DataColumn, DataTable } from '#/ui/DataTable';
import { Link } from '#/ui/Link';
import { LoadMore } from '#/ui/LoadMore';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { SecretOnce } from '#/ui/SecretOnce';
import { Skeleton } from '#/ui/Skeleton';
import type { Dump } from '../exchange';
import { Moment } from '../parts/Moment';
import { PageHead } from '../parts/PageHead';
import { usePrivateList } from '../parts/use-private-list';
import type { Whole } from '../types';
import { byteSize } from './byte-size';
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
  const format = useFormat();
  const lang = useLanguage();
  const { data, error, refetch } = usePrivateQuery<Whole<Dump>>('/api/v1/dumps');
  const dumps = data?.data.data ?? [];
  const columns: DataColumn<Dump>[] = [
    {
      key: 'name',
      header: t('file'),
      cell: ({ name, sha256 }) => (
        <>
          <a className="link" href={`/api/v1/dumps/${encodeURIComponent(name)}`} download>
            {name}
          </a>
          <span className="admin__under">
            SHA-256 <code className="export-hash">{sha256}</code>
          </span>
        </>
      ),
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
    { key: 'licence', header: t('licence'), cell: ({ licence }) => licence },
  ];
  return (
    <section className="admin__section" aria-labelledby="export-dumps">
      <h2 id="export-dumps">{t('dumps')}</h2>
      <p>{t('dumpsText')}</p>
      {error ? <ProblemNotice error={error} onRetry={() => refetch()} /> : null}
      {!data && !error ? <Skeleton count={3} /> : null}
      {data && dumps.length === 0 ? <p className="muted">{t('noDumps')}</p> : null}
      {dumps.length > 0 ? (
        <DataTable caption={t('dumps')} columns={columns} rows={dumps} rowKey={({ name }) => name} />
      ) : null}
    </section>
  );
}

interface NotSent {
  id: string;
  title?: string | null;
  name?: string | null;
  problems?: { code: string; message: string }[] | null;
  reason?: string | null;
}

function OpenQcat() {
  const t = useTranslations('adminExports');
  const lang = useLanguage();
  const list = usePrivateList<NotSent>('/api/v1/exports/openqcat/report', {}, { limit: 20 });
  const columns: DataColumn<NotSent>[] = [
    {
      key: 'offer',
      header: t('offer'),
      cell: ({ id, title, name }) => (
        <Link to="/$lang/angebote/$id/{-$slug}" params={{ lang, id, slug: undefined }}>
          <bdi>{title ?? name ?? id}</bdi>
        </Link>
      ),
    },
    {
      key: 'why',
      header: t('why'),
      cell: ({ problems, reason }) =>
        problems && problems.length > 0 ? (
          <ul className="admin__plain">
            {problems.map(({ code, message }) => (
              <li key={code}>{message}</li>
            ))}
          </ul>
        ) : (
          reason
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
      <h3>{list.total === undefined ? t('notSent') : t('notSentCount', { count: list.total })}</h3>
      {list.error ? <ProblemNotice error={list.error} onRetry={list.retry} /> : null}
      {list.total === undefined && !list.error ? <Skeleton count={3} /> : null}
      {list.items.length > 0 ? (
        <DataTable caption={t('notSent')} columns={columns} rows={list.items} rowKey={({ id }) => id} />
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
