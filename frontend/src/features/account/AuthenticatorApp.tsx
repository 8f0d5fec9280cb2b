import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useFormat } from '#/app/format';
import { call } from '#/features/session/api';
import { useAccount } from '#/features/session/store';
import { TotpSetup } from '#/features/session/TotpSetup';
import { useSubmit } from '#/features/session/use-submit';
import { Badge } from '#/ui/Badge';
import { Button } from '#/ui/Button';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { announce } from '#/ui/LiveRegion';
import type { Factors } from './types';
import { useFactorsChanged } from './use-factors-changed';

/** The authenticator app: set up, replace, remove. */
export function AuthenticatorApp({ factors }: { factors: Factors }) {
  const t = useTranslations('factors');
  const format = useFormat();
  const changed = useFactorsChanged();
  const { required } = useAccount().secondFactor;
  const [step, setStep] = useState<'setup' | 'remove'>();
  const remove = useSubmit(async () => {
    await call('DELETE', '/api/v1/me/factors/totp');
    await changed();
    setStep(undefined);
    announce(t('appRemoved'));
  });

  if (step === 'setup') {
    return (
      <TotpSetup
        level={3}
        onCancel={() => setStep(undefined)}
        onDone={() => {
          setStep(undefined);
          void changed();
          announce(t('appOn'));
        }}
      />
    );
  }
  if (!factors.totp) {
    return (
      <>
        <p>{t('appText')}</p>
        <p>
          <Button onClick={() => setStep('setup')}>{t('appSetUp')}</Button>
        </p>
      </>
    );
  }
  const last = required && factors.passkeys.length === 0;
  return (
    <>
      <p>
        <Badge tone="success" icon="check">
          {t('on')}
        </Badge>{' '}
        {t('appSince', { date: format.date(factors.totp.confirmedAt) })}
      </p>
      <p className="session-buttons">
        <Button variant="secondary" onClick={() => setStep('setup')}>
          {t('appReplace')}
        </Button>
        <Button variant="quiet" onClick={() => setStep('remove')}>
          {t('appRemove')}
        </Button>
      </p>
      <ConfirmDialog
        open={step === 'remove'}
        onClose={() => setStep(undefined)}
        title={t('appRemoveTitle')}
        confirm={t('appRemove')}
        danger
        pending={remove.pending}
        error={remove.error}
        onConfirm={() => void remove.submit()}
      >
        <p>{t(last ? 'removeLast' : 'appRemoveText')}</p>
      </ConfirmDialog>
    </>
  );
}
