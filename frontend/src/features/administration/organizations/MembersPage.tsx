import { getRouteApi } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useOrganization } from '#/api/hooks';
import { statusOf } from '#/api/problem';
import { useLanguage } from '#/app/i18n';
import { usePageTitle } from '#/app/page';
import { usePrivateQuery } from '#/features/session/api';
import { RequireSession } from '#/features/session/RequireSession';
import { useCapability } from '#/features/session/store';
import { Link } from '#/ui/Link';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { Missing } from '../parts/Missing';
import { PageHead } from '../parts/PageHead';
import { useOwnOrganizations } from '../parts/use-own-organizations';
import { SourceTable } from '../sources/SourceTable';
import type { Member, OrganizationRef, Source, Whole } from '../types';
import { MemberSection } from './MemberSection';

const route = getRouteApi('/$lang/private/verwaltung/einrichtungen/$id');

export function MembersPage() {
  return (
    <RequireSession capability="members.read">
      <Members />
    </RequireSession>
  );
}

function Members() {
  const t = useTranslations('adminOrganizations');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const { id } = route.useParams();
  const own = useOwnOrganizations().find((organization) => organization.id === id);
  // An organisation without offers is not public yet, but its own people know its name.
  const published = useOrganization(id);
  const members = usePrivateQuery<Whole<Member>>(`/api/v1/organizations/${encodeURIComponent(id)}/members`);
  const name = own?.name ?? published.data?.name ?? t('title');
  usePageTitle(name);
  const readsSources = useCapability('sources.read', id);

  const back = (
    <Link to="/$lang/verwaltung/einrichtungen" params={{ lang }}>
      {a('back')}
    </Link>
  );
  if (statusOf(members.error) === 404) return <Missing back={back} />;
  const organization: OrganizationRef = { id, name };
  return (
    <>
      <PageHead title={name} heading={<bdi>{name}</bdi>} back={back}>
        {published.data ? (
          <Link
            to="/$lang/einrichtungen/$id/{-$slug}"
            params={{ lang, id, slug: published.data.slug }}
            className="small"
          >
            {t('publicPage')}
          </Link>
        ) : null}
      </PageHead>
      {members.error ? (
        <ProblemNotice error={members.error} onRetry={() => members.refetch()} />
      ) : members.data ? (
        <MemberSection organization={organization} members={members.data.data.data} />
      ) : (
        <Skeleton count={5} />
      )}
      {readsSources ? <Sources organization={organization} /> : null}
    </>
  );
}

function Sources({ organization }: { organization: OrganizationRef }) {
  const t = useTranslations('adminOrganizations');
  const { data, error, refetch } = usePrivateQuery<Whole<Source>>('/api/v1/sources');
  const sources = data?.data.data.filter((source) => source.organization?.id === organization.id);
  return (
    <section className="admin__section" aria-labelledby="organization-sources">
      <h2 id="organization-sources">{t('sources')}</h2>
      {error ? (
        <ProblemNotice error={error} onRetry={() => refetch()} />
      ) : sources === undefined ? (
        <Skeleton count={3} />
      ) : sources.length === 0 ? (
        <p>{t('sourcesEmpty')}</p>
      ) : (
        <SourceTable caption={t('sources')} sources={sources} />
      )}
    </section>
  );
}
