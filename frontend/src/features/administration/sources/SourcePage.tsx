import { getRouteApi } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { statusOf } from '#/api/problem';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { usePageTitle } from '#/app/page';
import { call, useInvalidate, usePrivateQuery } from '#/features/session/api';
import { RequireSession } from '#/features/session/RequireSession';
import { useCapability } from '#/features/session/store';
import { Link } from '#/ui/Link';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { ActionButton } from '../parts/ActionButton';
import { Facts } from '../parts/Facts';
import { Missing } from '../parts/Missing';
import { Moment } from '../parts/Moment';
import { PageHead } from '../parts/PageHead';
import { StatusBadge } from '../parts/StatusBadge';
import type { Source } from '../types';
import { ClientSection } from './ClientSection';
import { ImportSection } from './ImportSection';
import { useLicenceName } from './LicenceField';
import { SourceForm } from './SourceForm';
import './style.css';

const route = getRouteApi('/$lang/private/verwaltung/quellen/$key');

export function SourcePage() {
  return (
    <RequireSession capability="sources.read">
      <SourceLoader />
    </RequireSession>
  );
}

function SourceLoader() {
  const t = useTranslations('adminSources');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const { key } = route.useParams();
  const { data, error, refetch } = usePrivateQuery<Source>(`/api/v1/sources/${encodeURIComponent(key)}`);
  usePageTitle(data?.data.name ?? t('title'));
  const back = (
    <Link to="/$lang/verwaltung/quellen" params={{ lang }}>
      {a('back')}
    </Link>
  );
  if (data) {
    const { name, revokedAt } = data.data;
    return (
      <>
        <PageHead title={name} heading={<bdi>{name}</bdi>} back={back}>
          <StatusBadge status={revokedAt ? 'revoked' : 'active'} />
        </PageHead>
        <SourceView key={key} source={data.data} reload={refetch} />
      </>
    );
  }
  if (statusOf(error) === 404) return <Missing back={back} />;
  if (error) return <ProblemNotice error={error} onRetry={() => refetch()} />;
  return <Skeleton shape="block" />;
}

function SourceView({ source, reload }: { source: Source; reload: () => Promise<unknown> }) {
  const t = useTranslations('adminSources');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const format = useFormat();
  const licenceName = useLicenceName();
  const owner = source.organization?.id;
  const readsImports = useCapability('imports.read', owner);
  const managesClients = useCapability('clients.manage', owner);
  const manages = useCapability('sources.manage', owner);
  const { organization, confirmedAt, revokedAt } = source;
  return (
    <>
      {revokedAt ? (
        <Notice tone="warning">{t('revokedText', { date: format.shortDate(revokedAt) })}</Notice>
      ) : null}
      <div className="admin__section">
        <Facts
          facts={[
            [t('key'), <code key="key">{source.key}</code>],
            [
              a('organization'),
              organization ? (
                <Link
                  key="organization"
                  to="/$lang/verwaltung/einrichtungen/$id"
                  params={{ lang, id: organization.id }}
                >
                  <bdi>{organization.name}</bdi>
                </Link>
              ) : (
                a('noOrganization')
              ),
            ],
            [t('licence'), licenceName(source.licence)],
            [a('confirmed'), confirmedAt ? <Moment key="confirmed" at={confirmedAt} time /> : a('never')],
          ]}
        />
        <p className="small">
          <Link to="/$lang/schnittstelle" params={{ lang }}>
            {t('guide')}
          </Link>
        </p>
      </div>
      {readsImports ? <ImportSection source={source} /> : null}
      {managesClients ? <ClientSection source={source} /> : null}
      {manages && !revokedAt ? (
        <>
          <section className="admin__section" aria-labelledby="source-facts">
            <h2 id="source-facts">{t('facts')}</h2>
            <SourceForm source={source} reload={reload} />
          </section>
          <EndSource source={source} />
        </>
      ) : null}
    </>
  );
}

function EndSource({ source }: { source: Source }) {
  const t = useTranslations('adminSources');
  const invalidate = useInvalidate();
  return (
    <section className="admin__section" aria-labelledby="source-end">
      <h2 id="source-end">{t('end')}</h2>
      <p>{t('endLead')}</p>
      <ActionButton
        run={async () => {
          await call('DELETE', `/api/v1/sources/${encodeURIComponent(source.key)}`, {
            version: source.version,
          });
          await invalidate('/api/v1/sources');
        }}
        done={t('ended')}
        confirm={{
          title: t('endTitle', { name: source.name }),
          text: <p>{t('endText')}</p>,
          confirm: t('end'),
          danger: true,
        }}
      >
        {t('end')}
      </ActionButton>
    </section>
  );
}
