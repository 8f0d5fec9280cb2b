import { useTranslations } from 'use-intl';
import type { useOffers } from '#/api/hooks';
import type { OfferItem } from '#/api/types';
import type { OfferSearch } from '#/features/catalogue/offer-search';
import { OfferCard } from '#/features/catalogue/parts/OfferCard';
import { cx } from '#/ui/cx';
import { LoadMore } from '#/ui/LoadMore';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { ZeroResults } from './ZeroResults';

export interface ResultListProps {
  search: OfferSearch;
  offers: ReturnType<typeof useOffers>;
  items: OfferItem[];
  total: number | undefined;
  onChange: (search: OfferSearch) => void;
  onPoint?: (id: string | null) => void;
}

export function ResultList({ search, offers, items, total, onChange, onPoint }: ResultListProps) {
  const t = useTranslations('results');
  if (offers.error && items.length === 0) {
    return <ProblemNotice error={offers.error} onRetry={() => offers.refetch()} />;
  }
  if (total === undefined) return <Skeleton shape="block" count={5} className="result-list" />;
  const help = offers.data?.pages[0]?.page.help;
  if (total === 0) return <ZeroResults search={search} help={help} onChange={onChange} />;
  return (
    <>
      {help?.didYouMean ? (
        <p className="did-you-mean">
          {t('didYouMean')}{' '}
          <button
            type="button"
            className="did-you-mean__word"
            onClick={() => onChange({ ...search, q: help.didYouMean ?? undefined })}
          >
            {help.didYouMean}
          </button>
        </p>
      ) : null}
      <ol className={cx('result-list', offers.isPlaceholderData && 'result-list--stale')}>
        {items.map((offer) => (
          <li key={offer.id}>
            <OfferCard offer={offer} onPoint={onPoint} />
          </li>
        ))}
      </ol>
      {offers.isFetchNextPageError ? (
        <ProblemNotice error={offers.error} onRetry={() => offers.fetchNextPage()} />
      ) : null}
      <LoadMore
        shown={items.length}
        total={total}
        loading={offers.isFetchingNextPage}
        onMore={() => {
          if (!offers.isFetchingNextPage) void offers.fetchNextPage();
        }}
      />
    </>
  );
}
