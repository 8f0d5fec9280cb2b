import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { call } from '#/features/session/api';
import { FormErrors, SubmitButton, useForm } from '#/features/session/form';
import { useAccount } from '#/features/session/store';
import { Notice } from '#/ui/Notice';
import { TextField } from '#/ui/TextField';

/** A new e-mail address. It counts when the link that is sent there was opened; the old address is told. */
export function EmailForm() {
  const t = useTranslations('account');
  const s = useTranslations('session');
  const { email } = useAccount();
  const [sentTo, setSentTo] = useState<string>();
  const form = useForm({
    fields: { email: { required: s('emailMissing') } },
    onSubmit: async (given) => {
      await call('POST', '/api/v1/me/email', { body: given });
      setSentTo(given.email);
    },
  });
  return (
    <>
      <p>{t.rich('emailNow', { email, bdi: (chunks) => <bdi>{chunks}</bdi> })}</p>
      {sentTo === undefined ? null : (
        <Notice tone="success" role="status" title={t('emailSent')}>
          <p>{t.rich('emailSentText', { email: sentTo, bdi: (chunks) => <bdi>{chunks}</bdi> })}</p>
        </Notice>
      )}
      <form {...form.props} className="stack account__form">
        <FormErrors form={form} />
        <TextField
          {...form.field('email')}
          label={t('emailNew')}
          hint={t('emailHint')}
          type="email"
          autoComplete="email"
        />
        <p>
          <SubmitButton variant="secondary" pending={form.pending}>
            {t('emailChange')}
          </SubmitButton>
        </p>
      </form>
    </>
  );
}
