import { getRouteApi } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useOffer } from '#/api/hooks';
import { statusOf } from '#/api/problem';
import { useLanguage } from '#/app/i18n';
import { isContentLanguage } from '#/app/languages';
import { NotFoundPage } from '#/app/NotFoundPage';
import { PageHeading } from '#/app/page';
import { ButtonLink } from '#/ui/Button';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { OfferView } from './OfferView';
import './style.css';

const route = getRouteApi('/$lang/angebote/$id/{-$slug}');

export function OfferPage() {
  const { id } = route.useParams();
  const { text } = route.useSearch();
  const offer = useOffer(id, isContentLanguage(text) ? text : undefined);

  if (offer.data) return <OfferView offer={offer.data} />;
  if (statusOf(offer.error) === 410) return <GonePage />;
  // An id that is none is answered 400: for the reader both mean that there is no such page.
  if (statusOf(offer.error) === 404 || statusOf(offer.error) === 400) return <NotFoundPage />;
  return (
    <div className="page offer-page">
      {offer.error ? (
        <ProblemNotice error={offer.error} onRetry={() => offer.refetch()} />
      ) : (
        <>
          <Skeleton shape="title" />
          <Skeleton shape="block" count={2} className="offer-page__skeleton" />
        </>
      )}
    </div>
  );
}

/** Withdrawn or over: says so, and leads on. */
function GonePage() {
  const t = useTranslations('offerPage');
  const lang = useLanguage();
  return (
    <div className="page simple-page stack">
      <PageHeading title={t('goneTitle')}>{t('goneTitle')}</PageHeading>
      <p className="prose">{t('goneText')}</p>
      <p>
        <ButtonLink to="/$lang/angebote" params={{ lang }} icon="search">
          {t('goneSearch')}
        </ButtonLink>
      </p>
    </div>
  );
}
