import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { call } from '#/features/session/api';
import { RecoveryCodes } from '#/features/session/RecoveryCodes';
import type { NewRecoveryCodes } from '#/features/session/types';
import { useSubmit } from '#/features/session/use-submit';
import { Button } from '#/ui/Button';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { Notice } from '#/ui/Notice';
import type { Factors } from './types';
import { useFactorsChanged } from './use-factors-changed';

/** Below this many codes the page says that new ones would be good. */
const few = 3;

/** How many recovery codes are left, and new ones in their place. */
export function Recovery({ factors }: { factors: Factors }) {
  const t = useTranslations('factors');
  const changed = useFactorsChanged();
  const [asking, setAsking] = useState(false);
  const [codes, setCodes] = useState<string[]>();
  const renew = useSubmit(async () => {
    const { data } = await call<NewRecoveryCodes>('POST', '/api/v1/me/factors/recovery-codes');
    setAsking(false);
    setCodes(data.recoveryCodes);
  });
  const { left } = factors.recoveryCodes;

  if (!factors.totp && factors.passkeys.length === 0) return <p>{t('codesNotYet')}</p>;
  if (codes) {
    return (
      <RecoveryCodes
        level={3}
        codes={codes}
        onKept={() => {
          setCodes(undefined);
          void changed();
        }}
      />
    );
  }
  return (
    <>
      <p>{t('codesLeft', { count: left })}</p>
      {left < few ? (
        <Notice tone="warning">
          <p>{t('codesFew')}</p>
        </Notice>
      ) : null}
      <p>
        <Button variant="secondary" onClick={() => setAsking(true)}>
          {t('codesNew')}
        </Button>
      </p>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('codesNew')}
        confirm={t('codesNew')}
        pending={renew.pending}
        error={renew.error}
        onConfirm={() => void renew.submit()}
      >
        <p>{t('codesNewText')}</p>
      </ConfirmDialog>
    </>
  );
}
