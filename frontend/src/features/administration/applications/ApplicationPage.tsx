import { getRouteApi } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useVocabularies } from '#/api/hooks';
import { statusOf } from '#/api/problem';
import { useLanguage } from '#/app/i18n';
import { usePageTitle } from '#/app/page';
import { usePrivateQuery } from '#/features/session/api';
import { RequireSession } from '#/features/session/RequireSession';
import { ExternalLink, Link } from '#/ui/Link';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { Facts } from '../parts/Facts';
import { Missing } from '../parts/Missing';
import { Moment } from '../parts/Moment';
import { PageHead } from '../parts/PageHead';
import { StatusBadge } from '../parts/StatusBadge';
import type { Application } from '../types';
import { DecisionForm } from './DecisionForm';

const route = getRouteApi('/$lang/private/verwaltung/antraege/$id');

export function ApplicationPage() {
  return (
    <RequireSession capability="applications.review">
      <ApplicationLoader />
    </RequireSession>
  );
}

function ApplicationLoader() {
  const t = useTranslations('adminApplications');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const { id } = route.useParams();
  const { data, error, refetch } = usePrivateQuery<Application>(
    `/api/v1/applications/${encodeURIComponent(id)}`,
  );
  usePageTitle(data?.data.organizationName ?? t('title'));
  const back = (
    <Link to="/$lang/verwaltung/antraege" params={{ lang }}>
      {a('back')}
    </Link>
  );
  if (data) {
    const application = data.data;
    return (
      <>
        <PageHead
          title={application.organizationName}
          heading={<bdi>{application.organizationName}</bdi>}
          back={back}
        >
          <StatusBadge status={application.status} />
        </PageHead>
        <ApplicationFacts application={application} />
        {application.status === 'pending' ? (
          <DecisionForm key={application.id} application={application} />
        ) : null}
      </>
    );
  }
  if (statusOf(error) === 404) return <Missing back={back} />;
  if (error) return <ProblemNotice error={error} onRetry={() => refetch()} />;
  return <Skeleton shape="block" />;
}

/** A website that somebody typed: only an address that can be nothing else becomes a link. */
function Website({ address }: { address: string }) {
  return /^https?:\/\//i.test(address) ? (
    <ExternalLink href={address} rel="external noopener noreferrer nofollow">
      <bdi>{address}</bdi>
    </ExternalLink>
  ) : (
    <bdi>{address}</bdi>
  );
}

function ApplicationFacts({ application }: { application: Application }) {
  const t = useTranslations('adminApplications');
  const a = useTranslations('admin');
  const lang = useLanguage();
  const { label } = useVocabularies();
  const { website, message, organization, decidedAt, decidedBy, reason, email } = application;
  return (
    <div className="admin__section">
      <Facts
        facts={[
          [a('kind'), label('organization-kinds', application.organizationKind)],
          [t('website'), website ? <Website key="website" address={website} /> : undefined],
          [t('contact'), <bdi key="contact">{application.contactName}</bdi>],
          [
            a('email'),
            <a key="email" href={`mailto:${email}`}>
              <bdi>{email}</bdi>
            </a>,
          ],
          [a('language'), a(`languageName.${application.language}`)],
          [t('received'), <Moment key="received" at={application.createdAt} time />],
          [t('verified'), <Moment key="verified" at={application.verifiedAt} time />],
          [
            t('decided'),
            decidedAt ? (
              <span key="decided">
                <Moment at={decidedAt} time />
                {decidedBy ? (
                  <>
                    {' · '}
                    <bdi>{decidedBy}</bdi>
                  </>
                ) : null}
              </span>
            ) : undefined,
          ],
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
            ) : undefined,
          ],
        ]}
      />
      <Quote title={t('message')} text={message} />
      <Quote title={t('reasonGiven')} text={reason} />
    </div>
  );
}

function Quote({ title, text }: { title: string; text: string | null | undefined }) {
  if (!text) return null;
  return (
    <>
      <h2>{title}</h2>
      <blockquote className="admin-quote" dir="auto">
        {text}
      </blockquote>
    </>
  );
}
