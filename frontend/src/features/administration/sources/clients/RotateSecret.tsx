import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { call, useInvalidate } from '#/features/session/api';
import { ErrorNotice } from '#/features/session/form';
import { codeOf } from '#/features/session/problem';
import { useSubmit } from '#/features/session/use-submit';
import { Button } from '#/ui/Button';
import { Dialog } from '#/ui/Dialog';
import { Notice } from '#/ui/Notice';
import { Select } from '#/ui/Select';
import type { Client, IssuedSecret, SecretWish } from '../../types';

export interface RotateSecretProps {
  client: Client;
  /** Address of the client. */
  path: string;
  onIssued: (issued: IssuedSecret) => void;
}

/** A second secret beside the first, so that a partner system can be switched without interruption. */
export function RotateSecret({ client, path, onIssued }: RotateSecretProps) {
  const t = useTranslations('adminClients');
  const f = useTranslations('form');
  const invalidate = useInvalidate();
  const [open, setOpen] = useState(false);
  const [days, setDays] = useState('365');
  const issue = useSubmit(async () => {
    const { data } = await call<IssuedSecret>('POST', `${path}/secrets`, {
      body: { expiresInDays: Number(days) } satisfies SecretWish,
    });
    setOpen(false);
    onIssued(data);
    void invalidate('/api/v1/sources');
  });
  return (
    <>
      <Button
        variant="secondary"
        size="sm"
        icon="refresh"
        onClick={() => {
          issue.reset();
          setOpen(true);
        }}
      >
        {t('rotate')}
        <span className="visually-hidden">: {client.name}</span>
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('rotateTitle', { name: client.name })}
        footer={
          <>
            <Button aria-disabled={issue.pending || undefined} onClick={() => void issue.submit()}>
              {t('rotate')}
            </Button>
            <Button variant="secondary" onClick={() => setOpen(false)}>
              {f('cancel')}
            </Button>
          </>
        }
      >
        <div className="stack">
          {codeOf(issue.error) === 'secret-limit' ? (
            <Notice tone="danger" role="alert">
              <p>{t('limit')}</p>
            </Notice>
          ) : (
            <ErrorNotice error={issue.error} key={issue.attempt} />
          )}
          <p>{t('rotateText')}</p>
          <Select
            label={t('lifetime')}
            value={days}
            options={[
              { value: '90', label: t('lifetimeDays', { days: 90 }) },
              { value: '180', label: t('lifetimeDays', { days: 180 }) },
              { value: '365', label: t('lifetimeYear') },
            ]}
            onChange={setDays}
          />
        </div>
      </Dialog>
    </>
  );
}
