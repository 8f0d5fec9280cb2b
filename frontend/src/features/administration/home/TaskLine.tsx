import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { Badge, type BadgeTone } from '#/ui/Badge';
import { Link } from '#/ui/Link';
import type { Task } from './queue';

function tone(task: Task): BadgeTone {
  if (task.kind === 'secret') return task.days === undefined ? 'danger' : 'warning';
  if (task.kind === 'held' || task.kind === 'fetch') return 'danger';
  return task.kind === 'application' ? 'accent' : 'neutral';
}

/** One thing to do, with the page on which it is done. */
export function TaskLine({ task }: { task: Task }) {
  const t = useTranslations('adminHome');
  return (
    <li className="admin-task">
      <Badge tone={tone(task)} className="admin-task__kind">
        {t(`kind.${task.kind}`)}
      </Badge>
      <div>
        <p className="admin-task__title">
          <TaskLink task={task} />
        </p>
        <p className="small muted">{useDetail(task)}</p>
      </div>
    </li>
  );
}

function useDetail(task: Task): string {
  const t = useTranslations('adminHome');
  switch (task.kind) {
    case 'secret':
      return task.days === undefined ? t('secretNone') : t('secretSoon', { days: task.days });
    case 'application':
      return t('application', { waiting: t('waiting', { days: task.days }) });
    case 'invitation':
      return task.days === undefined
        ? t('invitationOpen')
        : t('invitation', { waiting: t('waiting', { days: task.days }) });
    case 'held':
      return t('held', { count: task.count });
    case 'fetch':
      return t('fetchFailed', { count: task.count });
    case 'duplicates':
      return t('duplicates', { count: task.count });
    case 'import':
      return task.days === undefined ? t('importNever') : t('importOld', { days: task.days });
  }
}

function TaskLink({ task }: { task: Task }) {
  const lang = useLanguage();
  const name = <bdi>{task.title}</bdi>;
  switch (task.kind) {
    case 'secret':
    case 'import':
      return (
        <Link to="/$lang/verwaltung/quellen/$key" params={{ lang, key: task.source }}>
          {name}
        </Link>
      );
    case 'held':
      return (
        <Link to="/$lang/verwaltung/quellen/$key/importe" params={{ lang, key: task.source }}>
          {name}
        </Link>
      );
    case 'fetch':
      return (
        <Link to="/$lang/verwaltung/quellen/$key/zeitplan" params={{ lang, key: task.source }}>
          {name}
        </Link>
      );
    case 'duplicates':
      return (
        <Link to="/$lang/verwaltung/doppelte-angebote" params={{ lang }}>
          {name}
        </Link>
      );
    case 'application':
      return (
        <Link to="/$lang/verwaltung/antraege/$id" params={{ lang, id: task.id }}>
          {name}
        </Link>
      );
    case 'invitation':
      return 'account' in task ? (
        <Link to="/$lang/verwaltung/konten/$id" params={{ lang, id: task.account }}>
          {name}
        </Link>
      ) : (
        <Link to="/$lang/verwaltung/einrichtungen/$id" params={{ lang, id: task.organization }}>
          {name}
        </Link>
      );
  }
}
