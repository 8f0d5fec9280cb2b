import { lazy, Suspense } from 'react';
import { useTranslations } from 'use-intl';
import { useVocabularies } from '#/api/hooks';
import type { Offer } from '#/api/types';
import { useLanguage } from '#/app/i18n';
import { contentDirection } from '#/app/languages';
import { PageHeading } from '#/app/page';
import { AccessibilitySection } from '#/features/catalogue/parts/AccessibilitySection';
import { Provenance } from '#/features/catalogue/parts/Provenance';
import { ShareTools } from '#/features/catalogue/parts/ShareTools';
import { TextLanguages } from '#/features/catalogue/parts/TextLanguages';
import { Badge } from '#/ui/Badge';
import { Icon } from '#/ui/Icon';
import { Link } from '#/ui/Link';
import { WhenNear } from '#/ui/WhenNear';
import { KeyFacts } from './KeyFacts';
import { MoreFacts } from './MoreFacts';
import { RegistrationBox } from './RegistrationBox';
import { RunList } from './RunList';

const OtherOffers = lazy(() => import('./OtherOffers').then((module) => ({ default: module.OtherOffers })));

/** Facts first: when, where, how much, who may come, how to register; then the text; then everything else. */
export function OfferView({ offer }: { offer: Offer }) {
  const t = useTranslations('offerPage');
  const o = useTranslations('offer');
  const lang = useLanguage();
  const { label } = useVocabularies();
  const content = { lang: offer.contentLanguage, dir: contentDirection(offer.contentLanguage) };

  return (
    <article className="page offer-page">
      <nav className="breadcrumb no-print" aria-label={t('breadcrumb')}>
        <Icon name="arrow" directional className="breadcrumb__icon" />
        <Link to="/$lang/angebote" params={{ lang }}>
          {t('allOffers')}
        </Link>
      </nav>
      <header className="offer-head">
        <p className="offer-head__kind">
          <span>{label('offer-kinds', offer.kind)}</span>
          {offer.example ? <Badge>{o('example')}</Badge> : null}
        </p>
        <PageHeading title={`${offer.title} – ${offer.organization.name}`} {...content}>
          <bdi>{offer.title}</bdi>
        </PageHeading>
        <p className="offer-head__organization">
          <Icon name="building" />
          <Link
            to="/$lang/einrichtungen/$id/{-$slug}"
            params={{ lang, id: offer.organization.id, slug: offer.organization.slug }}
          >
            <bdi>{offer.organization.name}</bdi>
          </Link>
        </p>
        {offer.summary ? (
          <p className="offer-head__summary" {...content}>
            {offer.summary}
          </p>
        ) : null}
        <TextLanguages record={offer} />
      </header>

      <div className="offer-columns">
        <div className="offer-main">
          <KeyFacts offer={offer} />
          {offer.descriptionHtml ? (
            <section className="offer-section" aria-labelledby="offer-description">
              <h2 id="offer-description">{t('description')}</h2>
              <div
                className="prose"
                {...content}
                // biome-ignore lint/security/noDangerouslySetInnerHtml: the server renders a Markdown subset and sanitises it.
                dangerouslySetInnerHTML={{ __html: offer.descriptionHtml }}
              />
            </section>
          ) : null}
          <RunList offer={offer} />
          <AccessibilitySection
            id="offer-accessibility"
            groups={[
              { scope: 'offer', title: t('accessibilityOffer'), statements: offer.accessibility },
              ...placesOf(offer).map((place) => ({
                scope: 'place' as const,
                title: place.name,
                statements: place.accessibility ?? [],
              })),
            ]}
          />
          <MoreFacts offer={offer} />
          <Provenance record={offer} />
        </div>
        <div className="offer-aside">
          <RegistrationBox offer={offer} />
          <ShareTools
            title={offer.title}
            calendar={offer.runs.length > 0 ? `/api/v1/offers/${offer.id}.ics` : undefined}
          />
        </div>
      </div>

      <WhenNear>
        <Suspense>
          <OtherOffers offer={offer} />
        </Suspense>
      </WhenNear>
    </article>
  );
}

/** Every place the offer happens at, once. */
function placesOf(offer: Offer) {
  const places = new Map(
    [...offer.runs.map((run) => run.place), offer.place].flatMap((place) =>
      place ? [[place.id, place] as const] : [],
    ),
  );
  return [...places.values()];
}
