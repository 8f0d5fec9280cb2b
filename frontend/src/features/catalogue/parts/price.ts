import { useTranslations } from 'use-intl';
import type { Price } from '#/api/types';
import { useFormat } from '#/app/format';

/** A price in words: never a bare zero, never an empty place. */
export function usePriceText(): (price: Price) => string {
  const t = useTranslations('price');
  const format = useFormat();
  return (price) => {
    const { type, amount, maxAmount, currency = 'EUR' } = price;
    if (type === 'free') return t('free');
    if (type === 'on-request') return t('onRequest');
    if (amount === undefined || amount === null || type === 'unknown') return t('unknown');
    if (type === 'range' && maxAmount) {
      return t('range', { from: format.money(amount, currency), to: format.money(maxAmount, currency) });
    }
    return format.money(amount, currency);
  };
}
