import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { Link } from '#/ui/Link';
import type { Entry } from './agenda';

/** One meeting in a day of the month: when and what. */
export function EntryLine({ entry: { start, run } }: { entry: Entry }) {
  const t = useTranslations('runStatus');
  const format = useFormat();
  const lang = useLanguage();
  const cancelled = run.status === 'cancelled';
  return (
    <li className={cancelled ? 'calendar-entry calendar-entry--cancelled' : 'calendar-entry'}>
      {start.length > 10 ? <time dateTime={start}>{format.time(start)}</time> : null}{' '}
      <Link
        variant="standalone"
        to="/$lang/angebote/$id/{-$slug}"
        params={{ lang, id: run.offer.id, slug: run.offer.slug }}
        preload={false}
      >
        <bdi>{run.offer.title}</bdi>
      </Link>
      {cancelled ? <span className="calendar-entry__state"> {t('cancelled')}</span> : null}
    </li>
  );
}
