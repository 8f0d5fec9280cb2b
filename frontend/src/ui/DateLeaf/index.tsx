import { cx } from '#/ui/cx';
import './style.css';

export interface DateLeafProps {
  /** ISO date or time, for machines. */
  dateTime: string;
  day: string;
  month: string;
  weekday?: string;
  className?: string;
}

/** A leaf of a tear-off calendar. The words beside it must give the full date: the leaf is decoration for the eye. */
export function DateLeaf({ dateTime, day, month, weekday, className }: DateLeafProps) {
  return (
    <time className={cx('date-leaf', className)} dateTime={dateTime} aria-hidden="true">
      <span className="date-leaf__month">{month}</span>
      <span className="date-leaf__day">{day}</span>
      {weekday ? <span className="date-leaf__weekday">{weekday}</span> : null}
    </time>
  );
}
