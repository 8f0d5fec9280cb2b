import { useTranslations } from 'use-intl';
import { useSomeOffers } from '#/api/hooks';
import type { Offer, OfferItem } from '#/api/types';
import { useLanguage } from '#/app/i18n';
import { EditLink } from '#/features/catalogue/parts/EditLink';
import { OfferCard } from '#/features/catalogue/parts/OfferCard';
import { Link } from '#/ui/Link';

const most = 4;

/** The end of the page: what else the organisation offers. Nobody needs it at first sight: it comes when the reader gets near the end. */
export function OtherOffers({ offer }: { offer: Offer }) {
  const { data } = useSomeOffers({ organization: [offer.organization.id] }, most + 1);
  const others = (data?.data ?? []).filter(({ id }) => id !== offer.id).slice(0, most);
  return (
    <>
      <AlsoOfferedBy offer={offer} />
      <EditLink room="angebote" id={offer.id} />
      {others.length > 0 ? <Others offers={others} /> : null}
    </>
  );
}

/** The same offer of another organisation, where somebody has said that both are shown. */
function AlsoOfferedBy({ offer }: { offer: Offer }) {
  const t = useTranslations('offerPage');
  const lang = useLanguage();
  const twins = offer.alsoOfferedBy ?? [];
  if (twins.length === 0) return null;
  return (
    <section className="offer-section" aria-labelledby="offer-twins">
      <h2 id="offer-twins">{t('alsoOfferedBy')}</h2>
      <ul className="prose">
        {twins.map(({ id, slug, organization }) => (
          <li key={id}>
            <Link to="/$lang/angebote/$id/{-$slug}" params={{ lang, id, slug }}>
              <bdi>{organization.name}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Others({ offers }: { offers: OfferItem[] }) {
  const t = useTranslations('offerPage');
  return (
    <section className="offer-section no-print" aria-labelledby="offer-others">
      <h2 id="offer-others">{t('others')}</h2>
      <ul className="offer-others">
        {offers.map((other) => (
          <li key={other.id}>
            <OfferCard offer={other} compact hideOrganization />
          </li>
        ))}
      </ul>
    </section>
  );
}
