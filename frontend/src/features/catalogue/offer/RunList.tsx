import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Offer, Run } from '#/api/types';
import { useFormat } from '#/app/format';
import { PlaceText } from '#/features/catalogue/parts/PlaceText';
import { usePriceText } from '#/features/catalogue/parts/price';
import { StatusBadge } from '#/features/catalogue/parts/StatusBadge';
import { Button } from '#/ui/Button';
import { DateLeaf } from '#/ui/DateLeaf';
import { Disclosure } from '#/ui/Disclosure';
import { ExternalLink } from '#/ui/Link';

const shortLength = 5;

/** All runs, those to come first; the sessions of each behind a disclosure. */
export function RunList({ offer }: { offer: Offer }) {
  const t = useTranslations('offerPage');
  const [all, setAll] = useState(false);
  const runs = offer.runs.filter((run) => run.status !== 'finished');
  if (runs.length === 0 || (runs.length === 1 && (runs[0]?.sessions.length ?? 0) <= 1)) return null;
  const shown = all ? runs : runs.slice(0, shortLength);
  return (
    <section className="offer-section" aria-labelledby="offer-runs">
      <h2 id="offer-runs" tabIndex={-1}>
        {t('runs')}
      </h2>
      <ul className="run-list">
        {shown.map((run) => (
          <li key={run.id} className="run">
            <RunEntry run={run} offer={offer} />
          </li>
        ))}
      </ul>
      {runs.length > shown.length ? (
        <Button variant="secondary" className="no-print" onClick={() => setAll(true)}>
          {t('showAllRuns', { count: runs.length })}
        </Button>
      ) : null}
    </section>
  );
}

function RunEntry({ run, offer }: { run: Run; offer: Offer }) {
  const t = useTranslations('offerPage');
  const format = useFormat();
  const priceText = usePriceText();
  const { capacity, place } = run;
  const free =
    capacity?.max != null && capacity.booked != null
      ? Math.max(0, capacity.max - capacity.booked)
      : undefined;
  const otherPlace =
    place && place.id !== offer.place?.id && offer.runs.some((other) => other.place?.id !== place.id);
  return (
    <>
      {run.start ? <DateLeaf dateTime={run.start} {...format.leaf(run.start)} /> : null}
      <div className="run__body">
        <p className="run__when">
          <strong>{run.start ? format.moment(run.start, run.end) : t('rollingStart')}</strong>
          <StatusBadge status={run.status} />
        </p>
        {run.courseCode ? <p className="small muted">{t('courseCode', { code: run.courseCode })}</p> : null}
        {free !== undefined && run.status === 'bookable' ? (
          <p className="small">{t('placesFree', { free, max: capacity?.max ?? 0 })}</p>
        ) : null}
        {run.price ? <p className="small">{priceText(run.price)}</p> : null}
        {run.note ? <p className="small">{run.note}</p> : null}
        {otherPlace ? <PlaceText place={place} brief /> : null}
        {run.url ? (
          <p className="small no-print">
            <ExternalLink href={run.url}>{t('toRegistration')}</ExternalLink>
          </p>
        ) : null}
        {run.sessions.length > 1 ? (
          <Disclosure className="run__sessions" summary={t('sessions', { count: run.sessions.length })}>
            <ol className="session-list">
              {run.sessions.map((session) => (
                <li key={session.start}>{format.moment(session.start, session.end)}</li>
              ))}
            </ol>
          </Disclosure>
        ) : null}
      </div>
    </>
  );
}
