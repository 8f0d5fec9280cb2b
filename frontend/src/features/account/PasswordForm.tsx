import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { call } from '#/features/session/api';
import { FormErrors, SubmitButton, useForm } from '#/features/session/form';
import { NewPassword } from '#/features/session/NewPassword';
import { useAccount } from '#/features/session/store';
import { Notice } from '#/ui/Notice';

/** A new password. Who is there is asked for by the step-up, if that was long ago. */
export function PasswordForm() {
  const t = useTranslations('password');
  const { email, name } = useAccount();
  const [done, setDone] = useState(0);
  const form = useForm({
    fields: { password: { required: t('missing') } },
    onSubmit: async (given) => {
      await call('POST', '/api/v1/me/password', { body: given });
      setDone((times) => times + 1);
    },
  });
  return (
    <>
      <p>{t('changeLead')}</p>
      {done > 0 ? (
        <Notice tone="success" role="status" title={t('changed')}>
          <p>{t('othersEnded')}</p>
        </Notice>
      ) : null}
      <form {...form.props} className="stack account__form">
        <FormErrors form={form} />
        <NewPassword key={done} {...form.field('password')} label={t('new')} email={email} person={name} />
        <p>
          <SubmitButton variant="secondary" pending={form.pending}>
            {t('change')}
          </SubmitButton>
        </p>
      </form>
    </>
  );
}
