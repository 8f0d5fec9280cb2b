import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '#/app/i18n';
import { PageHeading } from '#/app/page';
import { ButtonLink } from '#/ui/Button';
import { Link } from '#/ui/Link';
import { Notice } from '#/ui/Notice';
import { FormErrors, SubmitButton, useForm } from '../form';
import { LinkOver } from '../LinkOver';
import { forgetLinkToken, useLinkToken } from '../link-token';
import { NewPassword } from '../NewPassword';
import { codeOf } from '../problem';
import { post } from '../public-call';

/** Sets a new password with the link from the mail. It signs nobody in: the second factor is still asked for. */
export function NewPasswordPage() {
  const t = useTranslations('password');
  const s = useTranslations('session');
  const lang = useLanguage();
  const token = useLinkToken();
  const [done, setDone] = useState(false);
  const form = useForm({
    fields: { password: { required: t('missing') } },
    onSubmit: async ({ password }) => {
      await post('/auth/password-reset/confirm', { token, password });
      forgetLinkToken();
      setDone(true);
    },
  });
  const over = codeOf(form.error) === 'link-invalid';

  if (done) {
    return (
      <>
        <PageHeading title={t('newTitle')}>{t('newTitle')}</PageHeading>
        <Notice tone="success" role="status" title={t('changed')}>
          <p>{t('changedText')}</p>
        </Notice>
        <p>
          <ButtonLink to="/$lang/anmelden" params={{ lang }}>
            {s('toSignIn')}
          </ButtonLink>
        </p>
      </>
    );
  }
  return (
    <>
      <PageHeading title={t('newTitle')}>{t('newTitle')}</PageHeading>
      {token === undefined || over ? (
        <LinkOver reason={over ? 'over' : 'missing'}>
          <p>
            <Link to="/$lang/passwort-vergessen" params={{ lang }}>
              {t('forgottenAgain')}
            </Link>
          </p>
        </LinkOver>
      ) : (
        <>
          <p className="entrance__lead">{t('newLead')}</p>
          <form {...form.props} className="stack">
            <FormErrors form={form} />
            <NewPassword {...form.field('password')} label={t('new')} />
            <SubmitButton pending={form.pending}>{t('set')}</SubmitButton>
          </form>
        </>
      )}
    </>
  );
}
