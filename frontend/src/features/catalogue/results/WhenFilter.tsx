import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { berlinDay } from '#/app/format';
import type { OfferSearch } from '#/features/catalogue/offer-search';
import { Button } from '#/ui/Button';
import { TextField } from '#/ui/TextField';

export interface WhenFilterProps {
  search: OfferSearch;
  onChange: (search: OfferSearch) => void;
}

function inDays(days: number): string {
  return berlinDay(new Date(Date.now() + days * 86_400_000));
}

/** From and until. A date being typed is not searched for: it counts when the field is left or “apply” is pressed. */
export function WhenFilter({ search, onChange }: WhenFilterProps) {
  const t = useTranslations('filter');
  const [from, setFrom] = useState(search.from ?? '');
  const [to, setTo] = useState(search.to ?? '');
  useEffect(() => setFrom(search.from ?? ''), [search.from]);
  useEffect(() => setTo(search.to ?? ''), [search.to]);
  const wrongOrder = from !== '' && to !== '' && to < from;

  function set(start: string, end: string) {
    onChange({ ...search, from: start || undefined, to: end || undefined });
  }

  return (
    <form
      className="when-filter"
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrongOrder) set(from, to);
      }}
    >
      <div className="when-filter__quick">
        <Button variant="quiet" size="sm" onClick={() => set(inDays(0), inDays(7))}>
          {t('nextDays', { days: 7 })}
        </Button>
        <Button variant="quiet" size="sm" onClick={() => set(inDays(0), inDays(30))}>
          {t('nextDays', { days: 30 })}
        </Button>
      </div>
      <TextField
        type="date"
        label={t('name.from')}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextField
        type="date"
        label={t('name.to')}
        value={to}
        error={wrongOrder ? t('wrongOrder') : undefined}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <Button type="submit" variant="secondary" size="sm">
        {t('apply')}
      </Button>
    </form>
  );
}
