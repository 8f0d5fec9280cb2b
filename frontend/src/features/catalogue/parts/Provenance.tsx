import { useTranslations } from 'use-intl';
import type { Offer, Organization } from '#/api/types';
import { useFormat } from '#/app/format';
import { Icon } from '#/ui/Icon';
import './provenance.css';

const staleAfterDays = 180;

/** Whether a confirmation is so old that the reader should ask before setting out. */
export function isStale(confirmedAt: string, now: Date): boolean {
  return now.getTime() - new Date(confirmedAt).getTime() > staleAfterDays * 86_400_000;
}

/** How fresh a record is, who says so, where it comes from and how it may be used. */
export function Provenance({ record }: { record: Offer | Organization }) {
  const t = useTranslations('provenance');
  const format = useFormat();
  const { confirmedAt, confirmedBy } = record.freshness;
  const stale = isStale(confirmedAt, new Date());
  return (
    <section
      className={stale ? 'provenance provenance--stale' : 'provenance'}
      aria-labelledby="record-provenance"
    >
      <h2 className="provenance__title" id="record-provenance">
        {t('title')}
      </h2>
      <p>
        <Icon name={stale ? 'warning' : 'refresh'} />
        <span>
          {confirmedBy === 'person'
            ? t('confirmedByPerson', { date: format.shortDate(confirmedAt) })
            : t('confirmedByFeed', { date: format.shortDate(confirmedAt) })}
          {stale ? ` ${t('stale')}` : null}
        </span>
      </p>
      <p className="small muted">
        {t('source', { source: record.source.name })}
        {' · '}
        {record.licence === 'all-rights-reserved'
          ? t('allRightsReserved')
          : t('licence', { licence: licenceName(record.licence) })}
      </p>
      {'example' in record && record.example ? <p className="small muted">{t('example')}</p> : null}
    </section>
  );
}

const licences: Record<string, string> = {
  'cc-zero': 'CC0',
  'cc-by/4.0': 'CC BY 4.0',
  'cc-by-sa/4.0': 'CC BY-SA 4.0',
  'dl-zero-de/2.0': 'dl-de/zero-2-0',
  'dl-by-de/2.0': 'dl-de/by-2-0',
};

function licenceName(code: string): string {
  return licences[code] ?? code;
}
