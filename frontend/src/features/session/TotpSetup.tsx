import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#/ui/Button';
import { CodeField } from '#/ui/CodeField';
import { QrCode } from '#/ui/QrCode';
import { SecretOnce } from '#/ui/SecretOnce';
import { call, reloadAccount } from './api';
import { ErrorNotice, FormErrors, SubmitButton, useForm } from './form';
import { RecoveryCodes } from './RecoveryCodes';
import type { NewRecoveryCodes, TotpKey } from './types';
import { useSubmit } from './use-submit';

/** In groups of four, as it is typed into an app. */
const grouped = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ');

export interface TotpSetupProps {
  /** Level of its headings in the page's outline. */
  level: 2 | 3;
  onDone: () => void;
  onCancel?: () => void;
}

/** Sets up the authenticator app step by step: app, code to scan, first code, recovery codes. */
export function TotpSetup({ level, onDone, onCancel }: TotpSetupProps) {
  const t = useTranslations('factors');
  const f = useTranslations('form');
  const [totp, setTotp] = useState<TotpKey>();
  const [codes, setCodes] = useState<string[]>();
  const begin = useSubmit(async () => {
    const { data } = await call<TotpKey>('POST', '/api/v1/me/factors/totp');
    setTotp(data);
  });

  if (codes) return <RecoveryCodes level={level} codes={codes} onKept={onDone} />;
  if (totp) return <Confirm level={level} totp={totp} onConfirmed={setCodes} onCancel={onCancel} />;
  return (
    <div className="stack">
      <p>{t('appLead')}</p>
      <p className="small muted">{t('appWhich')}</p>
      <ErrorNotice key={begin.attempt} error={begin.error} />
      <p className="session-buttons">
        <SubmitButton type="button" pending={begin.pending} onClick={() => void begin.submit()}>
          {t('appBegin')}
        </SubmitButton>
        {onCancel ? (
          <Button variant="secondary" onClick={onCancel}>
            {f('cancel')}
          </Button>
        ) : null}
      </p>
    </div>
  );
}

function Confirm({
  level,
  totp,
  onConfirmed,
  onCancel,
}: {
  level: 2 | 3;
  totp: TotpKey;
  onConfirmed: (codes: string[]) => void;
  onCancel: (() => void) | undefined;
}) {
  const t = useTranslations('factors');
  const s = useTranslations('session');
  const f = useTranslations('form');
  const Heading = `h${level}` as const;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const form = useForm({
    fields: { code: { required: s('codeMissing') } },
    words: { 'code-invalid': { field: 'code', message: t('appCodeWrong') } },
    onSubmit: async ({ code }) => {
      const { data } = await call<NewRecoveryCodes>('POST', '/api/v1/me/factors/totp/confirm', {
        body: { code: code.replaceAll(' ', '') },
      });
      onConfirmed(data.recoveryCodes);
      await reloadAccount();
    },
  });
  return (
    <div className="stack">
      <Heading className="session-step" ref={heading} tabIndex={-1}>
        {t('scan')}
      </Heading>
      <p>{t('scanText')}</p>
      <QrCode svg={totp.qr} alt={t('qrAlt')} />
      <SecretOnce label={t('key')} value={grouped(totp.secret)} />
      <p className="small">
        <a href={totp.uri}>{t('openApp')}</a>
      </p>
      <form {...form.props} className="stack">
        <FormErrors form={form} />
        <CodeField {...form.field('code')} kind="digits" label={t('firstCode')} hint={t('firstCodeHint')} />
        <p className="session-buttons">
          <SubmitButton pending={form.pending}>{t('turnOn')}</SubmitButton>
          {onCancel ? (
            <Button variant="secondary" onClick={onCancel}>
              {f('cancel')}
            </Button>
          ) : null}
        </p>
      </form>
    </div>
  );
}
