import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { useLanguage } from '#/app/i18n';
import { ButtonLink } from '#/ui/Button';
import { cx } from '#/ui/cx';
import { EmptyState } from '#/ui/EmptyState';
import { Link } from '#/ui/Link';
import { useAnnouncement } from '#/ui/LiveRegion';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { agenda, type Entry } from './agenda';
import { addMonths, daysOf, weekday } from './days';
import { EntryLine } from './EntryLine';
import { useHolidays, useRuns } from './use-runs';

/** Entries that a day shows before it refers to its own view. */
const shownPerDay = 3;

export function MonthView({
  month,
  area,
  today,
}: {
  month: string;
  area: string | undefined;
  today: string;
}) {
  const t = useTranslations('calendar');
  const format = useFormat();
  const lang = useLanguage();
  const days = useMemo(() => daysOf(month), [month]);
  const first = `${month}-01`;
  const last = days.at(-1) ?? first;
  const runs = useRuns(first, last, area);
  const holidays = useHolidays(first, last);
  const entries = useMemo(() => agenda(runs.data?.runs ?? []), [runs.data]);
  const total = days.reduce((sum, day) => sum + (entries.get(day)?.length ?? 0), 0);
  const name = format.month(first);
  const loaded = runs.data !== undefined && !runs.isPlaceholderData;
  useAnnouncement(loaded ? t('monthCount', { month: name, count: total }) : undefined);

  const to = (target: string) =>
    ({ to: '/$lang/kalender', params: { lang }, search: { month: target, area } }) as const;
  return (
    <section aria-labelledby="calendar-month">
      <div className="calendar-page__head">
        <h2 id="calendar-month">{name}</h2>
        <nav className="calendar-page__steps no-print" aria-label={t('steps')}>
          <ButtonLink variant="secondary" size="sm" resetScroll={false} {...to(addMonths(month, -1))}>
            {t('previous')}
          </ButtonLink>
          <ButtonLink variant="secondary" size="sm" resetScroll={false} {...to(today.slice(0, 7))}>
            {t('today')}
          </ButtonLink>
          <ButtonLink variant="secondary" size="sm" resetScroll={false} {...to(addMonths(month, 1))}>
            {t('next')}
          </ButtonLink>
        </nav>
      </div>
      <p className="muted">{loaded ? t('count', { count: total }) : t('loading')}</p>
      {runs.error ? <ProblemNotice error={runs.error} onRetry={() => runs.refetch()} /> : null}
      {runs.data?.more ? <Notice tone="warning">{t('tooMany')}</Notice> : null}
      {runs.isPending && !runs.error ? <Skeleton shape="block" count={3} /> : null}
      {loaded && total === 0 ? (
        <EmptyState icon="calendar" title={t('emptyMonth')} level={3}>
          <p>{t('emptyHint')}</p>
        </EmptyState>
      ) : null}
      <div className="calendar-month__weekdays" aria-hidden="true">
        {days.slice(0, 7).length === 7
          ? [
              '2024-01-01',
              '2024-01-02',
              '2024-01-03',
              '2024-01-04',
              '2024-01-05',
              '2024-01-06',
              '2024-01-07',
            ].map((day) => <span key={day}>{format.leaf(day).weekday}</span>)
          : null}
      </div>
      <ol className={cx('calendar-month', runs.isPlaceholderData && 'calendar-month--stale')}>
        {days.map((day) => (
          <Day
            key={day}
            day={day}
            area={area}
            isToday={day === today}
            entries={entries.get(day) ?? []}
            holidays={holidays(day)}
          />
        ))}
      </ol>
    </section>
  );
}

interface DayProps {
  day: string;
  area: string | undefined;
  isToday: boolean;
  entries: Entry[];
  holidays: { kind: string; name: string }[];
}

function Day({ day, area, isToday, entries, holidays }: DayProps) {
  const t = useTranslations('calendar');
  const format = useFormat();
  const lang = useLanguage();
  const column = weekday(day);
  const isPublic = holidays.some((holiday) => holiday.kind === 'public');
  const rest = entries.length - shownPerDay;
  return (
    <li
      className={cx(
        'calendar-day',
        `calendar-day--${column}`,
        (column > 5 || isPublic) && 'calendar-day--free',
        isToday && 'calendar-day--today',
        entries.length === 0 && holidays.length === 0 && 'calendar-day--empty',
      )}
    >
      <h3 className="calendar-day__date">
        <span className="visually-hidden">{format.date(day)}</span>
        <span aria-hidden="true" className="calendar-day__long">
          {format.date(day)}
        </span>
        <span aria-hidden="true" className="calendar-day__short">
          {Number(day.slice(8))}
        </span>
        {isToday ? <span className="calendar-day__now">{t('today')}</span> : null}
      </h3>
      {holidays.map(({ kind, name }) => (
        <p
          key={name}
          className={cx('calendar-day__holiday', kind === 'public' && 'calendar-day__holiday--public')}
        >
          {name}
        </p>
      ))}
      <ul className="calendar-day__entries">
        {entries.slice(0, shownPerDay).map((entry) => (
          <EntryLine key={entry.key} entry={entry} />
        ))}
      </ul>
      {rest > 0 ? (
        <Link className="calendar-day__more" to="/$lang/kalender" params={{ lang }} search={{ day, area }}>
          {t('more', { count: rest })}
          <span className="visually-hidden">: {format.date(day)}</span>
        </Link>
      ) : null}
    </li>
  );
}
