import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { call, useInvalidate, usePrivateQuery } from '#/features/session/api';
import { ErrorNotice } from '#/features/session/form';
import { useSubmit } from '#/features/session/use-submit';
import { Badge } from '#/ui/Badge';
import { Button } from '#/ui/Button';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { announce } from '#/ui/LiveRegion';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Skeleton } from '#/ui/Skeleton';
import { AccountFrame } from './AccountFrame';
import { describeDevice } from './device';
import type { OwnSession } from './types';

/** Where the account is signed in, and an end to each of it. */
export function SessionsPage() {
  const t = useTranslations('sessions');
  const invalidate = useInvalidate();
  const { data, error, refetch } = usePrivateQuery<{ data: OwnSession[] }>('/api/v1/me/sessions');
  const [asking, setAsking] = useState(false);
  const end = useSubmit(async (id: string) => {
    await call('DELETE', `/api/v1/me/sessions/${id}`);
    await invalidate('/api/v1/me/sessions');
    announce(t('ended'));
  });
  const endOthers = useSubmit(async () => {
    await call('DELETE', '/api/v1/me/sessions');
    await invalidate('/api/v1/me/sessions');
    setAsking(false);
    announce(t('othersEnded'));
  });
  const sessions = data?.data.data;
  return (
    <AccountFrame title={t('title')} lead={t('lead')}>
      {error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : null}
      <ErrorNotice key={end.attempt} error={end.error} />
      {sessions ? (
        <>
          <ul className="account__items">
            {sessions.map((item) => (
              <Item key={item.id} session={item} onEnd={() => void end.submit(item.id)} />
            ))}
          </ul>
          {sessions.some((item) => !item.current) ? (
            <p>
              <Button variant="secondary" onClick={() => setAsking(true)}>
                {t('endOthers')}
              </Button>
            </p>
          ) : null}
          <ConfirmDialog
            open={asking}
            onClose={() => setAsking(false)}
            title={t('endOthers')}
            confirm={t('endOthers')}
            pending={endOthers.pending}
            error={endOthers.error}
            onConfirm={() => void endOthers.submit()}
          >
            <p>{t('endOthersText')}</p>
          </ConfirmDialog>
        </>
      ) : error ? null : (
        <Skeleton shape="block" count={2} />
      )}
    </AccountFrame>
  );
}

function Item({ session, onEnd }: { session: OwnSession; onEnd: () => void }) {
  const t = useTranslations('sessions');
  const format = useFormat();
  const { address, current, createdAt, lastUsedAt } = session;
  const { browser, system } = describeDevice(session.device ?? '');
  const device =
    browser && system
      ? t('device', { browser, system })
      : (browser ?? system ?? session.device ?? t('unknownDevice'));
  const since = { moment: format.moment(createdAt), address: address ?? '' };
  return (
    <li className="account__item">
      <div>
        <p className="account__item-name">
          <bdi>{device}</bdi> {current ? <Badge tone="success">{t('current')}</Badge> : null}
        </p>
        <p className="small muted">
          {t('lastUsed', { moment: format.moment(lastUsedAt) })}
          <br />
          {address ? t('since', since) : t('sinceOnly', since)}
        </p>
      </div>
      {current ? null : (
        <Button variant="quiet" size="sm" onClick={onEnd}>
          {t('end')}
          <span className="visually-hidden">: {device}</span>
        </Button>
      )}
    </li>
  );
}
