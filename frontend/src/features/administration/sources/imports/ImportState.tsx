import { useTranslations } from 'use-intl';
import { Badge } from '#/ui/Badge';
import type { Import } from '../../exchange';
import { StatusBadge } from '../../parts/StatusBadge';

/** State, and what kind of import it is where that is not the usual one. */
export function ImportState({ item }: { item: Import }) {
  const t = useTranslations('adminImports');
  return (
    <span className="admin__badges">
      {/* "applied" would be wrong for what was only tried. */}
      {item.dryRun && item.state === 'succeeded' ? null : <StatusBadge status={item.state} />}
      {item.dryRun ? <Badge tone="info">{t('dryRunBadge')}</Badge> : null}
      {item.undoes ? <Badge>{t('undoBadge')}</Badge> : null}
      {item.undoneBy ? <Badge icon="refresh">{t('undoneBadge')}</Badge> : null}
    </span>
  );
}
