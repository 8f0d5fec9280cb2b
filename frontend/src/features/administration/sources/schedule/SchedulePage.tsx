import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { statusOf } from '#/api/problem';
import { useLanguage } from '#/app/i18n';
import { call, useInvalidate, usePrivateQuery } from '#/features/session/api';
import { Link } from '#/ui/Link';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import type { Schedule } from '../../exchange';
import { ActionButton } from '../../parts/ActionButton';
import { span } from '../../parts/ago';
import { Facts } from '../../parts/Facts';
import { Moment } from '../../parts/Moment';
import { SourcePart, useSource } from '../SourceFrame';
import { ScheduleForm } from './ScheduleForm';

/** How often the outcome of a fetch is asked for, and for how long. */
const pollMs = 2000;
const patienceMs = 60_000;

/** A feed that the portal fetches itself. */
export function SchedulePage() {
  return (
    <SourcePart needs={['sources.configure']}>
      <ScheduleLoader />
    </SourcePart>
  );
}

function ScheduleLoader() {
  const t = useTranslations('adminSchedule');
  const { source, path } = useSource();
  /** What was fetched last before somebody asked for a fetch now, and when they did. */
  const [asked, setAsked] = useState<{ before: string | undefined; at: number }>();
  const { data, error, refetch } = usePrivateQuery<Schedule>(`${path}/schedule`, undefined, {
    every: (schedule) => {
      if (!asked || !schedule) return false;
      const over =
        (schedule.lastAttemptAt ?? undefined) !== asked.before || Date.now() - asked.at > patienceMs;
      return over ? false : pollMs;
    },
  });
  const none = statusOf(error) === 404;
  const schedule = none ? undefined : data?.data;
  return (
    <section className="admin__section" aria-labelledby="source-schedule">
      <h2 id="source-schedule">{t('title')}</h2>
      <p className="admin__lead">{t('lead')}</p>
      {error && !none ? <ProblemNotice error={error} onRetry={() => refetch()} /> : null}
      {!schedule && !error ? <Skeleton count={4} /> : null}
      {schedule ? (
        <ScheduleState
          schedule={schedule}
          waiting={asked !== undefined && (schedule.lastAttemptAt ?? undefined) === asked.before}
          onFetch={() => setAsked({ before: schedule.lastAttemptAt ?? undefined, at: Date.now() })}
        />
      ) : null}
      {(schedule || none) && !source.revokedAt ? (
        <ScheduleForm key={schedule ? 'saved' : 'new'} schedule={schedule} reload={refetch} />
      ) : null}
      {schedule && !source.revokedAt ? <RemoveSchedule schedule={schedule} reload={refetch} /> : null}
    </section>
  );
}

interface StateProps {
  schedule: Schedule;
  /** Somebody has asked for a fetch whose outcome is not known yet. */
  waiting: boolean;
  onFetch: () => void;
}

function ScheduleState({ schedule, waiting, onFetch }: StateProps) {
  const t = useTranslations('adminSchedule');
  const lang = useLanguage();
  const { source, path } = useSource();
  const { enabled, everyMinutes, nextAt, lastAttemptAt, lastSuccessAt, lastNewAt, failures } = schedule;
  const moment = (at: string | null | undefined) => (at ? <Moment at={at} time /> : t('never'));
  return (
    <div className="admin__panel">
      {failures > 0 ? (
        <Notice tone="danger" title={t('failing', { count: failures })}>
          {schedule.lastError ? <p>{schedule.lastError}</p> : null}
          <p>{t('failingText')}</p>
        </Notice>
      ) : !enabled ? (
        <Notice title={t('paused')}>
          <p>{t('pausedText')}</p>
        </Notice>
      ) : schedule.stale ? (
        <Notice tone="warning" title={t('stale')}>
          <p>{t('staleText')}</p>
        </Notice>
      ) : (
        <p>{t('running', { span: span(everyMinutes, lang) })}</p>
      )}
      <Facts
        facts={[
          [t('next'), enabled ? moment(nextAt) : t('off')],
          [t('lastAttempt'), moment(lastAttemptAt)],
          [t('lastSuccess'), moment(lastSuccessAt)],
          [t('lastNew'), moment(lastNewAt)],
        ]}
      />
      <div className="admin__buttons">
        {source.revokedAt ? null : (
          <ActionButton
            icon="refresh"
            run={async () => {
              await call('POST', `${path}/schedule/fetch`);
              onFetch();
            }}
            done={t('fetching')}
          >
            {t('fetch')}
          </ActionButton>
        )}
        <Link to="/$lang/verwaltung/quellen/$key/importe" params={{ lang, key: source.key }}>
          {t('imports')}
        </Link>
      </div>
      {waiting ? <p className="muted">{t('waiting')}</p> : null}
    </div>
  );
}

function RemoveSchedule({ schedule, reload }: { schedule: Schedule; reload: () => Promise<unknown> }) {
  const t = useTranslations('adminSchedule');
  const { path } = useSource();
  const invalidate = useInvalidate();
  return (
    <p>
      <ActionButton
        variant="quiet"
        run={async () => {
          await call('DELETE', `${path}/schedule`, { version: schedule.version });
          await reload();
          void invalidate('/api/v1/sources');
        }}
        done={t('removed')}
        confirm={{
          title: t('removeTitle'),
          text: <p>{t('removeText')}</p>,
          confirm: t('remove'),
          danger: true,
        }}
      >
        {t('remove')}
      </ActionButton>
    </p>
  );
}
