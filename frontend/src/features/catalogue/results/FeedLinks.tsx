import { useTranslations } from 'use-intl';
import { toOffersQuery } from '#/features/catalogue/offer-filters';
import type { OfferSearch } from '#/features/catalogue/offer-search';

const feeds = [
  ['feedCalendar', 'ics'],
  ['feedAtom', 'atom'],
  ['feedCsv', 'csv'],
] as const;

/** Address of the present search for programs that come back by themselves. The order of the list is theirs. */
export function feedAddress(search: OfferSearch, ending: string): string {
  const { sort: _sort, ...query } = toOffersQuery(search);
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) params.append(name, String(item));
  }
  const text = params.toString();
  return `/api/v1/offers.${ending}${text ? `?${text}` : ''}`;
}

/** The same search as a calendar, a feed and a table. */
export function FeedLinks({ search }: { search: OfferSearch }) {
  const t = useTranslations('results');
  return (
    <nav className="results__feeds no-print" aria-label={t('feeds')}>
      <ul className="results__feed-list">
        {feeds.map(([key, ending]) => (
          <li key={key}>
            <a className="link" href={feedAddress(search, ending)}>
              {t(key)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
