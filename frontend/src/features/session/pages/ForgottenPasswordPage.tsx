import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { PageHeading } from '#/app/page';
import { Link } from '#/ui/Link';
import { Notice } from '#/ui/Notice';
import { TextField } from '#/ui/TextField';
import { FormErrors, SubmitButton, useForm } from '../form';
import { post } from '../public-call';

/** Asks for a link by mail. The answer is always the same, so that nobody learns which addresses have an account. */
export function ForgottenPasswordPage() {
  const t = useTranslations('password');
  const s = useTranslations('session');
  const lang = useLanguage();
  const [sentTo, setSentTo] = useState<string>();
  const form = useForm({
    fields: { email: { required: s('emailMissing') } },
    onSubmit: async ({ email }) => {
      await post('/auth/password-reset', { email, language: lang });
      setSentTo(email);
    },
  });
  return (
    <>
      <PageHeading title={t('forgottenTitle')}>{t('forgottenTitle')}</PageHeading>
      {sentTo === undefined ? (
        <>
          <p className="entrance__lead">{t('forgottenLead')}</p>
          <form {...form.props} className="stack">
            <FormErrors form={form} />
            <TextField {...form.field('email')} label={s('email')} type="email" autoComplete="username" />
            <SubmitButton pending={form.pending}>{t('forgottenSend')}</SubmitButton>
          </form>
        </>
      ) : (
        <Notice tone="success" role="status" title={t('forgottenSent')}>
          <p>{t.rich('forgottenSentText', { email: sentTo, bdi: (chunks) => <bdi>{chunks}</bdi> })}</p>
          <p>{t('forgottenNoMail')}</p>
        </Notice>
      )}
      <p>
        <Link to="/$lang/anmelden" params={{ lang }}>
          {s('toSignIn')}
        </Link>
      </p>
    </>
  );
}
