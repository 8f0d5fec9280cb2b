import { useTranslations } from 'use-intl';
import { useSomeOffers, useVocabularies } from '#/api/hooks';
import type { Organization } from '#/api/types';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { contentDirection } from '#/app/languages';
import { PageHeading } from '#/app/page';
import { AccessibilitySection } from '#/features/catalogue/parts/AccessibilitySection';
import { ContactLines } from '#/features/catalogue/parts/ContactLines';
import { EditLink } from '#/features/catalogue/parts/EditLink';
import { OfferCard } from '#/features/catalogue/parts/OfferCard';
import { Provenance } from '#/features/catalogue/parts/Provenance';
import { ShareTools } from '#/features/catalogue/parts/ShareTools';
import { TextLanguages } from '#/features/catalogue/parts/TextLanguages';
import { kindIcon } from '#/features/partners/kind-icon';
import { ButtonAnchor, ButtonLink } from '#/ui/Button';
import { type Fact, FactList } from '#/ui/FactList';
import { Icon } from '#/ui/Icon';
import { Link } from '#/ui/Link';
import { Skeleton } from '#/ui/Skeleton';
import { OpeningHours } from './OpeningHours';

export function OrganizationView({ organization }: { organization: Organization }) {
  const t = useTranslations('organizationPage');
  const lang = useLanguage();
  const { label } = useVocabularies();
  const content = { lang: organization.contentLanguage, dir: contentDirection(organization.contentLanguage) };

  return (
    <article className="page offer-page">
      <nav className="breadcrumb no-print" aria-label={t('all')}>
        <Icon name="arrow" directional className="breadcrumb__icon" />
        <Link to="/$lang/einrichtungen" params={{ lang }}>
          {t('all')}
        </Link>
      </nav>
      <header className="offer-head">
        <p className="offer-head__kind">
          <Icon name={kindIcon(organization.kind)} />
          <span>{label('organization-kinds', organization.kind)}</span>
        </p>
        <PageHeading title={organization.name}>
          <bdi>{organization.name}</bdi>
        </PageHeading>
        {organization.alternateName ? <p className="muted">{organization.alternateName}</p> : null}
        {organization.summary ? (
          <p className="offer-head__summary" {...content}>
            {organization.summary}
          </p>
        ) : null}
        <TextLanguages record={organization} />
      </header>
      <div className="offer-columns">
        <div className="offer-main">
          <section className="key-facts" aria-labelledby="organization-facts">
            <h2 className="visually-hidden" id="organization-facts">
              {t('facts')}
            </h2>
            <FactList columns={2} facts={useFacts(organization)} />
          </section>
          <Offers organization={organization} />
          {organization.descriptionHtml ? (
            <section className="offer-section" aria-labelledby="organization-about">
              <h2 id="organization-about">{t('about')}</h2>
              <div
                className="prose"
                {...content}
                // biome-ignore lint/security/noDangerouslySetInnerHtml: the server renders a Markdown subset and sanitises it.
                dangerouslySetInnerHTML={{ __html: organization.descriptionHtml }}
              />
            </section>
          ) : null}
          <AccessibilitySection
            id="organization-accessibility"
            groups={[{ scope: 'place', title: t('house'), statements: organization.accessibility }]}
          />
          <Provenance record={organization} />
          <EditLink room="einrichtungen" id={organization.id} />
        </div>
        <div className="offer-aside">
          <section className="registration" aria-labelledby="organization-contact">
            <h2 className="registration__title" id="organization-contact">
              {t('contact')}
            </h2>
            {organization.contacts.map((contact) => (
              <ContactLines key={`${contact.name}${contact.phone}${contact.email}`} contact={contact} />
            ))}
            {organization.contacts.length === 0 && !organization.url ? (
              <p className="muted">{t('noContact')}</p>
            ) : null}
            {organization.url ? (
              <ButtonAnchor block href={organization.url} rel="external noopener" iconEnd="external">
                {t('website')}
              </ButtonAnchor>
            ) : null}
          </section>
          <ShareTools title={organization.name} />
        </div>
      </div>
    </article>
  );
}

function useFacts(organization: Organization): Fact[] {
  const t = useTranslations('organizationPage');
  const { label } = useVocabularies();
  const format = useFormat();
  const { address, openingHours, languages, sponsor, legalForm, networkMemberSince, identifiers } =
    organization;
  const facts: Fact[] = [];
  if (address) {
    const town = [address.postalCode, address.locality].filter(Boolean).join(' ');
    facts.push({
      key: 'address',
      icon: 'pin',
      label: t('address'),
      value: (
        <address className="plain-address">
          {address.street ? <span>{address.street}</span> : null}
          {town ? <span>{town}</span> : null}
          {organization.municipality && organization.municipality !== address.locality ? (
            <span className="small muted">{organization.municipality}</span>
          ) : null}
        </address>
      ),
    });
  }
  if (openingHours) {
    facts.push({
      key: 'hours',
      icon: 'clock',
      label: t('hours'),
      value: <OpeningHours value={openingHours} />,
    });
  }
  if (languages.length > 0) {
    facts.push({
      key: 'languages',
      icon: 'language',
      label: t('languages'),
      value: format.list(languages.map((code) => label('languages', code))),
    });
  }
  if (sponsor || legalForm) {
    facts.push({
      key: 'sponsor',
      icon: 'building',
      label: sponsor ? t('sponsor') : t('legalForm'),
      value: [sponsor ? t(`sponsors.${sponsor}`) : null, legalForm].filter(Boolean).join(', '),
    });
  }
  if (networkMemberSince) {
    facts.push({
      key: 'network',
      icon: 'handshake',
      label: t('network'),
      value: t('networkSince', { date: format.shortDate(networkMemberSince) }),
    });
  }
  if (identifiers?.schoolNumber) {
    facts.push({ key: 'school', icon: 'school', label: t('schoolNumber'), value: identifiers.schoolNumber });
  }
  return facts;
}

function Offers({ organization }: { organization: Organization }) {
  const t = useTranslations('organizationPage');
  const lang = useLanguage();
  const offers = useSomeOffers({ organization: [organization.id] }, 5);
  const total = offers.data?.page.total ?? 0;
  return (
    <section className="offer-section" aria-labelledby="organization-offers">
      <h2 id="organization-offers">{t('offers')}</h2>
      {offers.data === undefined ? (
        <Skeleton shape="block" count={2} />
      ) : total === 0 ? (
        <p>{t('offersNone')}</p>
      ) : (
        <>
          <ul className="result-stack">
            {offers.data.data.map((offer) => (
              <li key={offer.id}>
                <OfferCard offer={offer} compact hideOrganization />
              </li>
            ))}
          </ul>
          {total > offers.data.data.length ? (
            <ButtonLink
              className="result-stack__more no-print"
              variant="secondary"
              iconEnd="arrow"
              to="/$lang/angebote"
              params={{ lang }}
              search={{ organization: [organization.id] }}
            >
              {t('offersAll', { count: total })}
            </ButtonLink>
          ) : null}
        </>
      )}
    </section>
  );
}
