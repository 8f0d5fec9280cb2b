import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { parseOpeningHours } from './opening-hours';

/** 4 January 2027 is a Monday: any week serves to let the browser name its days. */
const monday = { Mo: '04', Tu: '05', We: '06', Th: '07', Fr: '08', Sa: '09', Su: '10' };

export function OpeningHours({ value }: { value: string }) {
  const t = useTranslations('openingHours');
  const format = useFormat();
  const rules = parseOpeningHours(value);
  if (!rules) return <>{value}</>;
  const dayName = (day: string) =>
    day === 'PH' ? t('publicHoliday') : format.weekday(`2027-01-${monday[day as keyof typeof monday]}`);
  return (
    <ul className="opening-hours">
      {rules.map((rule) => {
        const days = rule.days.map((range) => range.map(dayName).join('–')).join(', ');
        const times = rule.times.length > 0 ? t('times', { times: rule.times.join(', ') }) : t('closed');
        return (
          <li key={days}>
            {days}: {times}
          </li>
        );
      })}
    </ul>
  );
}
