import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { StatusBadge } from '#/features/catalogue/parts/StatusBadge';
import { ButtonLink } from '#/ui/Button';
import { Card } from '#/ui/Card';
import { EmptyState } from '#/ui/EmptyState';
import { Link } from '#/ui/Link';
import { useAnnouncement } from '#/ui/LiveRegion';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { agenda, type Entry } from './agenda';
import { addDays } from './days';
import { useHolidays, useRuns } from './use-runs';

export function DayView({ day, area }: { day: string; area: string | undefined }) {
  const t = useTranslations('calendar');
  const format = useFormat();
  const lang = useLanguage();
  const runs = useRuns(day, day, area);
  const holidays = useHolidays(day, day)(day);
  const entries = useMemo(() => agenda(runs.data?.runs ?? []).get(day) ?? [], [runs.data, day]);
  const loaded = runs.data !== undefined && !runs.isPlaceholderData;
  useAnnouncement(loaded ? t('monthCount', { month: format.date(day), count: entries.length }) : undefined);

  const page = { to: '/$lang/kalender', params: { lang }, resetScroll: false } as const;
  return (
    <section aria-labelledby="calendar-day">
      <div className="calendar-page__head">
        <h2 id="calendar-day">{format.date(day)}</h2>
        <nav className="calendar-page__steps no-print" aria-label={t('steps')}>
          <ButtonLink variant="secondary" size="sm" {...page} search={{ day: addDays(day, -1), area }}>
            {t('previousDay')}
          </ButtonLink>
          <ButtonLink variant="secondary" size="sm" {...page} search={{ month: day.slice(0, 7), area }}>
            {t('wholeMonth')}
          </ButtonLink>
          <ButtonLink variant="secondary" size="sm" {...page} search={{ day: addDays(day, 1), area }}>
            {t('nextDay')}
          </ButtonLink>
        </nav>
      </div>
      {holidays.length > 0 ? <p>{format.list(holidays.map((holiday) => holiday.name))}</p> : null}
      <p className="muted">{loaded ? t('count', { count: entries.length }) : t('loading')}</p>
      {runs.error ? <ProblemNotice error={runs.error} onRetry={() => runs.refetch()} /> : null}
      {runs.isPending && !runs.error ? <Skeleton shape="block" count={2} /> : null}
      {loaded && entries.length === 0 ? (
        <EmptyState icon="calendar" title={t('emptyDay')} level={3}>
          <p>{t('emptyHint')}</p>
        </EmptyState>
      ) : null}
      <ol className="calendar-agenda">
        {entries.map((entry) => (
          <AgendaItem key={entry.key} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function AgendaItem({ entry: { start, end, run } }: { entry: Entry }) {
  const format = useFormat();
  const lang = useLanguage();
  const { offer, place } = run;
  return (
    <Card as="li" interactive className="calendar-agenda__item">
      <p className="calendar-agenda__time">
        {start.length > 10 ? <time dateTime={start}>{format.timeRange(start, end)}</time> : null}
      </p>
      <div className="calendar-agenda__what">
        <h3>
          <Link
            className="card__link"
            to="/$lang/angebote/$id/{-$slug}"
            params={{ lang, id: offer.id, slug: offer.slug }}
            preload={false}
          >
            <bdi>{offer.title}</bdi>
          </Link>
        </h3>
        <p className="muted">
          <bdi>{offer.organization.name}</bdi>
          {place ? (
            <>
              {' · '}
              <bdi>{[place.name, place.municipality].filter(Boolean).join(', ')}</bdi>
            </>
          ) : null}
        </p>
        <StatusBadge status={run.status} />
      </div>
    </Card>
  );
}
