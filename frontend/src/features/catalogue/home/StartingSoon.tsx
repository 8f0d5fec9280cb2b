import { useTranslations } from 'use-intl';
import { useSomeOffers } from '#/api/hooks';
import type { OfferItem } from '#/api/types';
import { berlinDay } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { OfferCard } from '#/features/catalogue/parts/OfferCard';
import { ButtonLink } from '#/ui/Button';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';

const shown = 6;

/** Those one can still join from the first meeting, before those that have begun or whose next run is full. */
export function startingSoon(offers: readonly OfferItem[], today: string): OfferItem[] {
  const joinable = ({ nextRun }: OfferItem) =>
    nextRun?.bookable === true && !!nextRun.start && berlinDay(nextRun.start) >= today;
  return [...offers.filter(joinable), ...offers.filter((offer) => !joinable(offer))];
}

export function StartingSoon() {
  const t = useTranslations('home');
  const lang = useLanguage();
  const search = { from: berlinDay(new Date()), bookable: true };
  const offers = useSomeOffers({ ...search, sort: 'start' }, 4 * shown);
  const soon = startingSoon(offers.data?.data ?? [], search.from).slice(0, shown);
  return (
    <section className="home-section home-section--tint" aria-labelledby="home-soon">
      <div className="page">
        <h2 id="home-soon">{t('soon')}</h2>
        {offers.error ? (
          <ProblemNotice error={offers.error} onRetry={() => offers.refetch()} />
        ) : offers.data ? (
          soon.length > 0 ? (
            <ul className="soon-grid">
              {soon.map((offer) => (
                <li key={offer.id}>
                  <OfferCard offer={offer} compact />
                </li>
              ))}
            </ul>
          ) : (
            <p>{t('soonEmpty')}</p>
          )
        ) : (
          <Skeleton shape="block" count={6} className="soon-grid" />
        )}
        <p className="home-section__more">
          <ButtonLink
            variant="secondary"
            iconEnd="arrow"
            to="/$lang/angebote"
            params={{ lang }}
            search={search}
          >
            {t('soonAll')}
          </ButtonLink>
        </p>
      </div>
    </section>
  );
}
