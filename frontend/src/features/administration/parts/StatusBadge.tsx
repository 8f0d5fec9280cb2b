import { useTranslations } from 'use-intl';
import { Badge, type BadgeTone } from '#/ui/Badge';
import type { IconName } from '#/ui/Icon';

/** Every state that the administration shows: of accounts, memberships, applications, sources, imports and deliveries. */
export type Status =
  | 'invited'
  | 'active'
  | 'suspended'
  | 'deleted'
  | 'pending'
  | 'approved'
  | 'rejected'
  | 'revoked'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'awaiting-confirmation'
  | 'discarded'
  | 'delivered'
  | 'dead'
  | 'paused';

const looks: Record<Status, { tone: BadgeTone; icon?: IconName }> = {
  invited: { tone: 'warning', icon: 'mail' },
  active: { tone: 'success', icon: 'check' },
  suspended: { tone: 'danger', icon: 'close' },
  deleted: { tone: 'neutral' },
  pending: { tone: 'warning', icon: 'clock' },
  approved: { tone: 'success', icon: 'check' },
  rejected: { tone: 'neutral', icon: 'close' },
  revoked: { tone: 'neutral', icon: 'close' },
  running: { tone: 'info', icon: 'clock' },
  succeeded: { tone: 'success', icon: 'check' },
  failed: { tone: 'danger', icon: 'warning' },
  'awaiting-confirmation': { tone: 'warning', icon: 'question' },
  discarded: { tone: 'neutral', icon: 'close' },
  delivered: { tone: 'success', icon: 'check' },
  dead: { tone: 'danger', icon: 'warning' },
  paused: { tone: 'neutral' },
};

export function StatusBadge({ status }: { status: Status }) {
  const t = useTranslations('admin');
  const { tone, icon } = looks[status];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`status.${status}`)}
    </Badge>
  );
}
