import { useTranslations } from 'use-intl';
import { useSomeOffers } from '#/api/hooks';
import type { Offer, OfferItem } from '#/api/types';
import { EditLink } from '#/features/catalogue/parts/EditLink';
import { OfferCard } from '#/features/catalogue/parts/OfferCard';

const most = 4;

/** The end of the page: what else the organisation offers. Nobody needs it at first sight: it comes when the reader gets near the end. */
export function OtherOffers({ offer }: { offer: Offer }) {
  const { data } = useSomeOffers({ organization: [offer.organization.id] }, most + 1);
  const others = (data?.data ?? []).filter(({ id }) => id !== offer.id).slice(0, most);
  return (
    <>
      <EditLink room="angebote" id={offer.id} />
      {others.length > 0 ? <Others offers={others} /> : null}
    </>
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
