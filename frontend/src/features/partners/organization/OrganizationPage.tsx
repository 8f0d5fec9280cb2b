import { getRouteApi } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useOrganization } from '#/api/hooks';
import { statusOf } from '#/api/problem';
import { useLanguage } from '#/app/i18n';
import { isContentLanguage } from '#/app/languages';
import { NotFoundPage } from '#/app/NotFoundPage';
import { PageHeading } from '#/app/page';
import { ButtonLink } from '#/ui/Button';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { OrganizationView } from './OrganizationView';
import '#/features/catalogue/offer/style.css';

const route = getRouteApi('/$lang/einrichtungen/$id/{-$slug}');

export function OrganizationPage() {
  const { id } = route.useParams();
  const { text } = route.useSearch();
  const organization = useOrganization(id, isContentLanguage(text) ? text : undefined);

  if (organization.data) return <OrganizationView organization={organization.data} />;
  if (statusOf(organization.error) === 410) return <GonePage />;
  // An id that is none is answered 400: for the reader both mean that there is no such page.
  if (statusOf(organization.error) === 404 || statusOf(organization.error) === 400) return <NotFoundPage />;
  return (
    <div className="page offer-page">
      {organization.error ? (
        <ProblemNotice error={organization.error} onRetry={() => organization.refetch()} />
      ) : (
        <>
          <Skeleton shape="title" />
          <Skeleton shape="block" count={2} className="offer-page__skeleton" />
        </>
      )}
    </div>
  );
}

/** Taken off the list: says so, and leads to the directory. */
function GonePage() {
  const t = useTranslations('organizationPage');
  const lang = useLanguage();
  return (
    <div className="page simple-page stack">
      <PageHeading title={t('goneTitle')}>{t('goneTitle')}</PageHeading>
      <p className="prose">{t('goneText')}</p>
      <p>
        <ButtonLink to="/$lang/einrichtungen" params={{ lang }} icon="building">
          {t('all')}
        </ButtonLink>
      </p>
    </div>
  );
}
