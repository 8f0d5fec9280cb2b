import { useTranslations } from 'use-intl';
import { useSomeOffers } from '#/api/hooks';
import type { Offer } from '#/api/types';
import { OfferCard } from '#/features/catalogue/parts/OfferCard';

const most = 4;

/** What else the organisation offers. Nobody needs it at first sight: it comes when the reader gets near the end. */
export function OtherOffers({ offer }: { offer: Offer }) {
  const t = useTranslations('offerPage');
  const { data } = useSomeOffers({ organization: [offer.organization.id] }, most + 1);
  const others = (data?.data ?? []).filter(({ id }) => id !== offer.id).slice(0, most);
  if (others.length === 0) return null;
  return (
    <section className="offer-section no-print" aria-labelledby="offer-others">
      <h2 id="offer-others">{t('others')}</h2>
      <ul className="offer-others">
        {others.map((other) => (
          <li key={other.id}>
            <OfferCard offer={other} compact hideOrganization />
          </li>
        ))}
      </ul>
    </section>
  );
}
