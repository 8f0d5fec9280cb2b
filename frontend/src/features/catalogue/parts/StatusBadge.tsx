import { useTranslations } from 'use-intl';
import type { RunStatus } from '#/api/types';
import { Badge, type BadgeTone } from '#/ui/Badge';
import type { IconName } from '#/ui/Icon';

const looks: Record<RunStatus, { tone: BadgeTone; icon?: IconName }> = {
  bookable: { tone: 'success', icon: 'check' },
  planned: { tone: 'info' },
  full: { tone: 'warning' },
  running: { tone: 'info' },
  finished: { tone: 'neutral' },
  cancelled: { tone: 'danger', icon: 'close' },
};

export function StatusBadge({ status }: { status: RunStatus }) {
  const t = useTranslations('runStatus');
  const look = looks[status];
  return (
    <Badge tone={look.tone} icon={look.icon}>
      {t(status)}
    </Badge>
  );
}
