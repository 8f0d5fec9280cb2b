import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useAreas } from '#/api/hooks';
import { berlinDay } from '#/app/format';
import { PageHeading } from '#/app/page';
import { Button } from '#/ui/Button';
import { Select } from '#/ui/Select';
import { validateCalendarSearch } from './calendar-search';
import { DayView } from './DayView';
import { MonthView } from './MonthView';
import './style.css';

const route = getRouteApi('/$lang/kalender');

/** What takes place when: a month at a glance, or one day with everything on it. */
export function CalendarPage() {
  const t = useTranslations('calendar');
  const search = validateCalendarSearch(route.useSearch());
  const navigate = route.useNavigate();
  const today = berlinDay(new Date());
  const month = search.day?.slice(0, 7) ?? search.month ?? today.slice(0, 7);

  return (
    <div className="page calendar-page">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
      <p className="calendar-page__lead prose">{t('lead')}</p>
      <div className="calendar-page__tools no-print">
        <AreaSelect
          value={search.area}
          onChange={(area) => navigate({ search: { ...search, area }, resetScroll: false })}
        />
        <Button variant="secondary" icon="print" onClick={() => window.print()}>
          {t('print')}
        </Button>
      </div>
      {search.day ? (
        <DayView day={search.day} area={search.area} />
      ) : (
        <MonthView month={month} area={search.area} today={today} />
      )}
    </div>
  );
}

function AreaSelect({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (area: string | undefined) => void;
}) {
  const t = useTranslations('calendar');
  const { areas } = useAreas();
  const options = useMemo(() => {
    const of = (kind: string) =>
      areas
        .filter((area) => area.kind === kind)
        .sort((a, b) => a.name.localeCompare(b.name, 'de'))
        .map((area) => ({ value: area.key, label: area.name }));
    return [...of('amt'), ...of('municipality')];
  }, [areas]);
  return (
    <Select
      label={t('area')}
      value={value ?? ''}
      onChange={(area) => onChange(area || undefined)}
      options={[{ value: '', label: t('everywhere') }, ...options]}
    />
  );
}
