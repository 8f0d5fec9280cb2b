import { useFormat } from '#/app/format';

export interface MomentProps {
  at: string;
  /** The clock as well: for what happened, not for what ends. */
  time?: boolean;
}

/** A point in time, short enough for tables. */
export function Moment({ at, time = false }: MomentProps) {
  const format = useFormat();
  return (
    <time dateTime={at} className="admin__moment">
      {format.shortDate(at)}
      {time ? `, ${format.time(at)}` : null}
    </time>
  );
}
