import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import type { Counts } from '../../exchange';

const order = ['created', 'changed', 'unchanged', 'withdrawn', 'rejected'] as const;

/** What an import did to the records; what did not happen is left out of a short list. */
export function ImportCounts({ counts, short = false }: { counts: Counts; short?: boolean }) {
  const t = useTranslations('adminImports');
  const format = useFormat();
  const shown = order.filter((key) => !short || counts[key] > 0);
  if (shown.length === 0) return <span className="muted">–</span>;
  return (
    <ul className="admin-counts">
      {shown.map((key) => (
        <li key={key}>
          <b>{format.number(counts[key])}</b> {t(key)}
        </li>
      ))}
    </ul>
  );
}
